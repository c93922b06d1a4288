"""Zips that are the same bytes on every machine: stored, one time, one mode; and whether one still is so."""

import shutil
import struct
import zipfile
from collections.abc import Iterator, Sequence
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
