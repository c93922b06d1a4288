"""Originals several machines share: a bucket is the truth, the folder of each machine only its cache.

The order that loses nothing: the bytes are on this machine's disk, synced; then in the bucket, confirmed;
then the caller commits its ledger. A kill in between leaves bytes nobody names; the next run puts the same
bytes under the same name. The folder may be deleted at any time.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from tasks.store.bucket import Objects
from tasks.store.files import Store


class SharedStore(Store):
    """A ``Store`` whose content is in a bucket: Transient when it is away, Misconfigured when wrong."""

    shared = True

    def __init__(self, root: Path, objects: Objects) -> None:
        super().__init__(root)
        self._objects = objects

    def put_all(self, many: Iterable[bytes]) -> list[str]:
        """Keep these bytes for good; on return the bucket has confirmed them."""
        data = list(many)
        known = [self._place(hashlib.sha256(each).hexdigest()).exists() for each in data]
        digests = super().put_all(data)
        for digest, each, there in zip(digests, data, known, strict=True):
            # What lies here already may come from a run that was killed before it had uploaded.
            if not there or self._objects.size(digest) != len(each):
                self._objects.upload(digest, each)
        return digests

    def path(self, digest: str) -> Path:
        """A file here that holds the original, fetched when need be; not there when the bucket has none."""
        path = self._place(digest)
        if not path.exists():
            with suppress(FileNotFoundError):
                self._objects.download(digest, path)
        return path

    def read(self, digest: str) -> bytes:
        """The original's bytes, held to the digest: one hurt on this machine's disk is fetched anew."""
        data = self.path(digest).read_bytes()
        if hashlib.sha256(data).hexdigest() != digest:
            self.forget_here(digest)
            data = self.path(digest).read_bytes()
        return data

    def has(self, digest: str) -> bool:
        """Whether the bucket holds it."""
        return self._objects.size(digest) is not None

    def remove(self, digest: str) -> None:
        """Take it out of the bucket, then out of this machine's cache."""
        self._objects.remove(digest)
        super().remove(digest)

    def digests(self) -> Iterator[str]:
        """Everything the bucket holds."""
        return self._objects.digests()

    def share(self, digest: str, path: Path) -> None:
        """Let the other machines have this file, too; on return the bucket has confirmed it."""
        if self._objects.size(digest) != path.stat().st_size:
            self._objects.upload(digest, path)

    def forget_here(self, digest: str) -> None:
        """Drop this machine's copy; the next reader fetches it."""
        self._place(digest).unlink(missing_ok=True)

    def stale(self) -> list[str]:
        """What this machine's cache still holds although the bucket does not: deleted elsewhere by rule."""
        return sorted(set(self._here()) - set(self._objects.digests()))
