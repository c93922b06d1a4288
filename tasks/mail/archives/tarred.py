"""Tar archives within bounds: plain files only, nothing written, no link and no device followed."""

import io
import tarfile
from collections.abc import Iterator

from tasks.mail.addresses import without_unsafe
from tasks.mail.archives.member import (
    CLUTTER,
    MAX_MEMBERS,
    MAX_TOTAL,
    OUTSIDE,
    Member,
    leads_outside,
    spoilt,
    too_large,
    too_many,
)
from tasks.mail.charset import decode_text

BLOCK = tarfile.BLOCKSIZE
FAULTS = (
    tarfile.TarError, OSError, EOFError, ValueError, OverflowError, IndexError, KeyError, TypeError,
    AttributeError, RuntimeError,
)  # fmt: skip
"""What reading a stranger's tar may raise; its reader trusts the fields of extended headers."""


def is_tar(data: bytes) -> bool:
    """Whether the bytes begin with a tar header: its checksum is proof enough."""
    try:
        return bool(tarfile.TarInfo.frombuf(data[:BLOCK], "utf-8", "surrogateescape").name)
    except FAULTS:
        return False


def members(name: str, data: bytes) -> Iterator[Member]:
    """The files in a tar, in its order. Never raises; what is wrong comes as a member with a flag."""
    try:
        with tarfile.open(
            fileobj=io.BytesIO(data), mode="r:", encoding="utf-8", errors="surrogateescape"
        ) as archive:
            yield from _members(name, archive, len(data))
    except FAULTS:
        yield spoilt(name)


def _members(name: str, archive: tarfile.TarFile, size: int) -> Iterator[Member]:
    left = MAX_TOTAL
    for number, info in enumerate(archive):
        if number >= MAX_MEMBERS:
            yield too_many(name)
            return
        inner = decode_text(info.name.encode("utf-8", "surrogateescape")).replace("\\", "/")
        if info.isdir() or CLUTTER.search(inner):
            continue
        member = _member(name, inner, archive, info, min(left, size))
        left -= len(member.data)
        yield member


def _member(name: str, inner: str, archive: tarfile.TarFile, info: tarfile.TarInfo, left: int) -> Member:
    if OUTSIDE.search(inner):
        return leads_outside(name, inner)
    inner = without_unsafe(inner)
    if not info.isreg():
        reason = f"压缩包“{name}”内的“{inner}”是链接或设备，不是文件，未予解压"
        return Member(inner, flag="HOSTILE", reason=reason)
    if info.size > left:  # nothing is packed in a tar: what claims to be larger than it is no file
        return spoilt(name, inner) if info.size <= MAX_TOTAL else too_large(name, inner)
    file = archive.extractfile(info)
    data = file.read(info.size) if file else b""
    return Member(inner, data) if len(data) == info.size else spoilt(name, inner)
