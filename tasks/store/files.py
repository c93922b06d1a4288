"""Originals by content: the SHA-256 is the path, so a sender's file name never is."""

import hashlib
import os
import tempfile
from pathlib import Path


class Store:
    """A content-addressed folder: ``ab/cdef…`` below its root. What is in it never changes."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, data: bytes) -> str:
        """Keep these bytes for good and return their SHA-256; on return they survive a power cut."""
        digest = hashlib.sha256(data).hexdigest()
        path = self.path(digest)
        if not path.exists():
            self._write(path, data)
        # Also when it was there already: whoever made or renamed it may not have reached these lines.
        _sync_folder(path.parent)
        _sync_folder(self.root)
        return digest

    def path(self, digest: str) -> Path:
        """Where the original with this SHA-256 lies."""
        return self.root / digest[:2] / digest[2:]

    def read(self, digest: str) -> bytes:
        """The original's bytes. Raises FileNotFoundError when the store does not hold it."""
        return self.path(digest).read_bytes()

    def _write(self, path: Path, data: bytes) -> None:
        _make_folder(path.parent)
        handle, temporary = tempfile.mkstemp(prefix=".", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
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
