"""Zips that are the same bytes on every machine: stored, one time, one mode; and whether one still is so."""

import os
import shutil
import struct
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

_CHUNK = 1 << 20
_MODE = 0o100644 << 16  # a plain file, as every unzip program reads it
_UNIX, _VERSION, _DATE = 3, 20, 33  # 33 is 1980-01-01 as MS-DOS writes it
_ENTRY = struct.Struct("<4s4B4H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_LARGEST = 1 << 31  # beyond it zips have records of another form; they are left to their contents' digests
_MOST = 65_535


def plain_member(name: str) -> zipfile.ZipInfo:
    """A member's entry: nothing in it depends on the file it was made from, or on the machine."""
    info = zipfile.ZipInfo(name)  # dated 1980-01-01
    info.external_attr, info.create_system = _MODE, _UNIX
    return info


def add_stored(archive: zipfile.ZipFile, path: Path, name: str) -> None:
    """Add a file, stored."""
    info = plain_member(name)
    info.file_size = path.stat().st_size
    with path.open("rb") as file, archive.open(info, "w") as member:
        shutil.copyfileobj(file, member, _CHUNK)


class StoredZip:
    """A zip whose files may be written in any order, many at once: where each begins is known beforehand.

    Byte for byte what ``add_stored`` makes of the same files in the same order.
    """

    def __init__(self, name: str, sizes: Mapping[str, int]) -> None:
        """``name`` is the zip's own, and of the folder all files lie in; ``sizes`` are theirs, in order."""
        self._name, self._members, self._begins = name, dict[str, zipfile.ZipInfo](), dict[str, int]()
        self._out = -1
        at = 0
        for path, size in sizes.items():
            info = self._members[path] = plain_member(f"{name}/{path}")
            info.CRC, info.file_size, info.compress_size = 0, size, size
            self._begins[path] = at + len(info.FileHeader())
            at = self._begins[path] + size
        self._size = at

    @property
    def possible(self) -> bool:
        """Whether a zip of this size has no records of another form."""
        directory = sum(_ENTRY.size + len(i.filename.encode()) for i in self._members.values()) + _END.size
        return self._size + directory <= _LARGEST and len(self._members) <= _MOST

    def open(self, out: int) -> None:
        """Write to this new file from now on."""
        self._out = out

    def put(self, path: str, offset: int, data: bytes | memoryview) -> None:
        """Write a piece of a file, so many bytes behind its beginning."""
        self._write(self._begins[path] + offset, data)

    def check(self, path: str, crc: int) -> None:
        """A file's CRC-32, once all of it is written."""
        self._members[path].CRC = crc

    def finish(self) -> None:
        """Write what stands between the files and behind them."""
        for _, at, data in _heads([*self._members.values()], self._name):
            self._write(at, data)

    def _write(self, at: int, data: bytes | memoryview) -> None:
        rest = memoryview(data)
        while rest:
            done = os.pwrite(self._out, rest, at)
            rest, at = rest[done:], at + done


def altered(path: Path, members: Sequence[zipfile.ZipInfo]) -> list[str]:
    """Members of a zip of ours whose heads are not as written, the zip's own name for its directory.

    No manifest covers these bytes. A zip packed by another program is none of ours and has none altered.
    """
    if not _ours(members) or path.stat().st_size > _LARGEST or len(members) > _MOST:
        return []
    with path.open("rb") as file:
        found = [name for name, at, wanted in _heads(members, path.name) if _read(file, at, wanted) != wanted]
        longer = file.read(1)  # the directory was read last: nothing comes after it
    return list(dict.fromkeys([*found, path.name] if longer else found))


def _ours(members: Sequence[zipfile.ZipInfo]) -> bool:
    """Whether most members are as we write them: one flipped byte must not make it another's zip."""
    alike = sum(
        (m.date_time, m.compress_type, m.external_attr) == ((1980, 1, 1, 0, 0, 0), zipfile.ZIP_STORED, _MODE)
        for m in members
    )
    return alike * 2 > len(members)


def _heads(members: Sequence[zipfile.ZipInfo], archive: str) -> Iterator[tuple[str, int, bytes]]:
    """Everything in the zip but the files' own bytes: whose it is, where it stands, what it reads."""
    at, directory = 0, b""
    for given in members:
        info = plain_member(given.filename)
        info.CRC, info.file_size, info.compress_size = given.CRC, given.file_size, given.file_size
        head = info.FileHeader()
        yield given.filename, at, head
        directory += _entry(info, head, at)
        at += len(head) + given.file_size
    size, count = len(directory), len(members)
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, size, at, 0)
    yield archive, at, directory + end


def _entry(info: zipfile.ZipInfo, head: bytes, at: int) -> bytes:
    name = head[30:]
    flags = int.from_bytes(head[6:8], "little")
    return (
        _ENTRY.pack(
            b"PK\x01\x02", _VERSION, _UNIX, _VERSION, 0, flags, 0, 0, _DATE, info.CRC, info.file_size,
            info.file_size, len(name), 0, 0, 0, 0, _MODE, at,
        )
        + name
    )  # fmt: skip


def _read(file: BinaryIO, at: int, wanted: bytes) -> bytes:
    file.seek(at)
    return file.read(len(wanted))
