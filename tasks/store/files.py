"""Originals by content: the SHA-256 is the path, so a sender's file name never is."""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from tasks.store.together import each_of


class Store:
    """A content-addressed folder: ``ab/cdef…`` below its root. What is in it never changes.

    Attributes:
        shared: whether other machines see what is put here; see ``SharedStore``.
    """

    shared = False

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, data: bytes) -> str:
        """Keep these bytes for good and return their SHA-256; on return they survive a power cut."""
        return self.put_all([data])[0]

    def put_all(self, many: Iterable[bytes]) -> list[str]:
        """Keep several originals for good; each folder is synced once, when all of them are there."""
        every = [(hashlib.sha256(data).hexdigest(), data) for data in many]
        digests = [digest for digest, _ in every]
        folders = {self.root / digest[:2] for digest in digests}
        if folders:
            _make_folder(self.root)
        for folder in folders:
            folder.mkdir(exist_ok=True)
        each_of(dict(every).items(), lambda one: self._put(*one))
        # Also what was there already: whoever made or renamed it may not have reached these lines.
        each_of(folders, _sync_folder)
        if folders:
            _sync_folder(self.root)
        return digests

    def _put(self, digest: str, data: bytes) -> None:
        """The bytes are in their place and synced; the folders that name them are not yet."""
        path = self._place(digest)
        if not path.exists():
            _write(path, [data])

    def path(self, digest: str) -> Path:
        """Where the original with this SHA-256 lies; nothing is there when the store does not hold it."""
        return self._place(digest)

    def read(self, digest: str) -> bytes:
        """The original's bytes. Raises FileNotFoundError when the store does not hold it."""
        return self.path(digest).read_bytes()

    def has(self, digest: str) -> bool:
        """Whether the store holds it."""
        return self._place(digest).is_file()

    def remove(self, digest: str) -> None:
        """Take an original away for good; one that is not there is no fault."""
        self._place(digest).unlink(missing_ok=True)

    def digests(self) -> Iterator[str]:
        """Everything the store holds."""
        return self._here()

    def share(self, digest: str, path: Path) -> None:
        """Let the other machines have a file made here, too. There are none."""

    def _place(self, digest: str) -> Path:
        return self.root.joinpath(digest[:2], digest[2:])

    def _here(self) -> Iterator[str]:
        for path in self.root.glob("??/*"):
            if not path.name.startswith("."):
                yield path.parent.name + path.name


def keep(path: Path, data: Iterable[bytes]) -> None:
    """Write a file whole or not at all, synced. What raises while its pieces come leaves nothing there."""
    _make_folder(path.parent)
    _write(path, data)


def _write(path: Path, data: Iterable[bytes]) -> None:
    handle, temporary = tempfile.mkstemp(prefix=".", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(data)
            file.flush()
            os.fsync(file.fileno())
        os.rename(temporary, path)  # noqa: PTH104  atomic; the digest names the content
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _make_folder(folder: Path) -> None:
    """Make a folder and those above it, each kept by its own parent for good."""
    if not folder.exists():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
