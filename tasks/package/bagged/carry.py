"""Carry a package's files to where they belong, each read once: checked, into the folder and into the zip.

An original's bytes are digested while they are copied, so what is handed up is what was checked. Each file is
synced by who wrote it, while others are being read.
"""

import hashlib
import os
import threading
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tasks.package.bagged import durable
from tasks.package.bagged.zipping import StoredZip
from tasks.package.dossier import ReadOriginal
from tasks.package.words import clean
from tasks.store.together import each_of
from tasks.terms.errors import BaosongError

_CHUNK = 256 << 10  # stays in the processor's cache from the reading to the last writing


class OriginalChanged(BaosongError):
    """An original is not what the ledger recorded, or is gone; nothing is handed up under its name."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A file the package takes over as it is: an original from the store, or a photo's smaller copy.

    Attributes:
        path: where it goes, from the package's root; ``name`` is what a person calls it.
        source: the file, where it is not in the store.
    """

    path: str
    name: str
    digest: str
    size: int
    source: Path | None = None


@dataclass(frozen=True, slots=True)
class Places:
    """Where the files go: a folder, a zip, or both.

    Attributes:
        synced: the files of the folder whose bytes are safe on the disk; filled meanwhile.
    """

    folder: Path | None
    archive: StoredZip | None
    synced: set[Path] = field(default_factory=set)


def carry(
    made: Mapping[str, bytes], copies: Sequence[Copy], read_original: ReadOriginal, places: Places
) -> None:
    """Write every file to its places; the zip is whole afterwards.

    Raises:
        OriginalChanged: an original is not there, or its bytes do not have the digest it goes by.
    """
    if places.folder is not None:
        paths = (*made, *(each.path for each in copies))
        for folder in dict.fromkeys((places.folder / path).parent for path in paths):
            folder.mkdir(parents=True, exist_ok=True)
    for path, data in made.items():
        if places.folder is not None:
            durable.write(places.folder / path, data)
        if places.archive is not None:
            places.archive.put(path, 0, data)
            places.archive.check(path, zlib.crc32(data))
    each_of(copies, lambda each: _copy(each, read_original, places))
    if places.archive is not None:
        places.archive.finish()


def _copy(each: Copy, read_original: ReadOriginal, places: Places) -> None:
    source = each.source or read_original(each.digest)
    if isinstance(source, Path) and not source.exists():
        raise _gone(each)
    chunks = _checked(each, _chunks(source), places.archive)
    if places.folder is None:
        for _ in chunks:
            pass
        return
    target = places.folder / each.path
    with target.open("xb") as out:
        for chunk in chunks:
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    places.synced.add(target)


def _checked(each: Copy, chunks: Iterator[memoryview], archive: StoredZip | None) -> Iterator[memoryview]:
    """The chunks, each in its place in the zip already; at their end they are the original, or it is told."""
    digest, check, at = hashlib.sha256(), 0, 0
    for chunk in chunks:
        if at + len(chunk) > each.size:
            raise _changed(each)  # it would run into the next file's place
        digest.update(chunk)
        if archive is not None:
            archive.put(each.path, at, chunk)
            check = zlib.crc32(chunk, check)
        at += len(chunk)
        yield chunk
    if digest.hexdigest() != each.digest or at != each.size:
        raise _changed(each)
    if archive is not None:
        archive.check(each.path, check)


def _changed(each: Copy) -> OriginalChanged:
    return OriginalChanged(
        f"原件“{clean(each.name)}”与台账记录不符（SHA-256 {each.digest[:12]}…），汇总件未编成；请检查原件库。"
    )


def _gone(each: Copy) -> OriginalChanged:
    return OriginalChanged(
        f"原件“{clean(each.name)}”不在原件库（SHA-256 {each.digest[:12]}…），汇总件未编成；请从备份恢复。"
    )


_mine = threading.local()


def _chunks(source: bytes | Path) -> Iterator[memoryview]:
    """A file's bytes piece by piece, in one buffer of this thread's: the next piece overwrites it."""
    if isinstance(source, bytes):
        yield memoryview(source)
        return
    room = _room()
    with source.open("rb", buffering=0) as file:
        while size := file.readinto(room):
            yield room[:size]


def _room() -> memoryview:
    room: memoryview | None = getattr(_mine, "room", None)
    if room is None:
        room = _mine.room = memoryview(bytearray(_CHUNK))
    return room
