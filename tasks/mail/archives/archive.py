"""Zip files within bounds: names in whatever encoding, nothing written, nothing believed."""

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator

from tasks.mail.addresses import without_unsafe
from tasks.mail.archives.member import (
    CLUTTER,
    MAX_MEMBERS,
    MAX_TOTAL,
    OUTSIDE,
    Member,
    is_bomb,
    leads_outside,
    locked,
    spoilt,
    too_large,
    too_many,
)
from tasks.mail.charset import decode_text

MAX_ENTRIES = 20_000
"""Directory entries, those of stored inner zips among them; beyond it the zip is not even opened."""

UTF8_FLAG, ENCRYPTED_FLAG = 0x800, 0x1
UNICODE_PATH = 0x7075  # Info-ZIP's extra field with the name in UTF-8
MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
ENTRY = b"PK\x01\x02"
DOCUMENT_MARKS = frozenset({"[content_types].xml", "mimetype", "ofd.xml"})
"""A zip with one of these is a document by itself: docx, xlsx, odt, ofd."""
FAULTS = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, RuntimeError, OSError, EOFError,
    ValueError, struct.error, IndexError, OverflowError,
)  # fmt: skip
"""What reading a stranger's zip may raise."""


def is_zip(data: bytes) -> bool:
    """Whether the bytes are a zip that is no document by itself."""
    if not data.startswith(MAGIC):
        return False
    if data.count(ENTRY) > MAX_ENTRIES:
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {info.filename.lower() for info in archive.infolist()[:MAX_MEMBERS]}
    except FAULTS:
        return True
    return not names & DOCUMENT_MARKS


def members(name: str, data: bytes) -> Iterator[Member]:
    """The files in a zip, in its order. Never raises; what is wrong comes as a member with a flag."""
    if data.count(ENTRY) > MAX_ENTRIES:
        yield Member(name, flag="HOSTILE", reason=f"压缩包“{name}”内文件过多，未予解压")
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from _members(name, archive)
    except FAULTS:
        yield spoilt(name)


def _members(name: str, archive: zipfile.ZipFile) -> Iterator[Member]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MAX_MEMBERS:
        yield too_many(name)
        return
    left = MAX_TOTAL
    for info in infos:
        inner = member_name(info)
        if CLUTTER.search(inner):
            continue
        member = _member(name, inner, archive, info, left)
        left -= len(member.data)
        yield member


def _member(name: str, inner: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> Member:
    if OUTSIDE.search(inner) or OUTSIDE.search(info.orig_filename):
        return leads_outside(name, inner)
    inner = without_unsafe(inner)
    if info.flag_bits & ENCRYPTED_FLAG:
        return locked(name, inner)
    if is_bomb(info.file_size, info.compress_size) or info.file_size > left:
        return too_large(name, inner)
    try:
        return Member(inner, _read(archive, info))
    except FAULTS:
        return spoilt(name, inner)


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """The member, never more than it claims to be."""
    with archive.open(info) as file:
        data = file.read(info.file_size + 1)
    if len(data) != info.file_size:
        raise zipfile.BadZipFile("size differs from the directory's")
    return data


def member_name(info: zipfile.ZipInfo) -> str:
    """A member's name with its folders: by the UTF-8 flag, the Unicode field, or as GB18030."""
    if info.flag_bits & UTF8_FLAG:
        name = info.orig_filename
    else:
        stored = info.orig_filename.encode("cp437", "replace")
        name = _unicode_path(info.extra, stored) or decode_text(stored)
    return name.replace("\\", "/")


def _unicode_path(extra: bytes, stored: bytes) -> str:
    """The name in the Unicode Path field, if it still belongs to the stored one."""
    position = 0
    while position + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, position)
        value = extra[position + 4 : position + 4 + size]
        if kind == UNICODE_PATH and value[1:5] == struct.pack("<I", zlib.crc32(stored)):
            return value[5:].decode("utf-8", "replace")
        position += 4 + size
    return ""
