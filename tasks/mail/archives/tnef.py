"""winmail.dat: the files Outlook wraps in TNEF (MS-OXTNEF)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from tasks.mail.charset import decode_text

SIGNATURE = b"\x78\x9f\x3e\x22"
MAX_ITEMS = 5000

ATTACHMENT_BEGINS, TITLE, DATA, CODEPAGE, PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9007, 0x9005
LONG_FILENAME = 0x3707
UNICODE, ANSI, BINARY, OBJECT = 0x001F, 0x001E, 0x0102, 0x000D
SIZES = {2: 4, 3: 4, 4: 4, 10: 4, 11: 4, 5: 8, 6: 8, 7: 8, 20: 8, 64: 8, 72: 16}
"""Octets of MAPI's fixed-size types, padded to four."""
NAMED = 0x8000
HEADER = struct.Struct("<BIi")
CHECKSUM = 2


@dataclass(slots=True)
class _Attached:
    title: bytes = b""
    long_name: str = ""
    data: bytes = b""


def files(data: bytes) -> list[tuple[str, bytes]]:
    """(name, content) of every attached file.

    Raises:
        ValueError: the container is broken.
    """
    if not data.startswith(SIGNATURE):
        raise ValueError("no TNEF signature")
    codepage = ""
    found: list[_Attached] = []
    for kind, value in _attributes(data):
        if kind == CODEPAGE:
            codepage = f"cp{_number(value, 0)}"
        elif kind == ATTACHMENT_BEGINS:
            found.append(_Attached())
        elif not found:
            continue
        elif kind == TITLE:
            found[-1].title = value.rstrip(b"\0")
        elif kind == DATA:
            found[-1].data = value
        elif kind == PROPERTIES:
            found[-1].long_name = _long_name(value, codepage)
    return [(each.long_name or decode_text(each.title, codepage), each.data) for each in found]


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    position = len(SIGNATURE) + 2
    for _ in range(MAX_ITEMS):
        if position + HEADER.size > len(data):
            return
        _, identity, size = HEADER.unpack_from(data, position)
        begin = position + HEADER.size
        if size < 0 or begin + size > len(data):
            raise ValueError("TNEF attribute beyond the end")
        yield identity & 0xFFFF, data[begin : begin + size]
        position = begin + size + CHECKSUM


def _long_name(data: bytes, codepage: str) -> str:
    """The long file name among an attachment's MAPI properties, or nothing."""
    position = 4
    for _ in range(min(_number(data, 0), MAX_ITEMS)):
        kind, identity = _number(data, position) & 0xFFFF, _number(data, position) >> 16
        position += 4
        if identity >= NAMED:
            return ""  # named properties follow the plain ones
        if kind in SIZES:
            position += SIZES[kind]
            continue
        if kind not in {UNICODE, ANSI, BINARY, OBJECT}:
            return ""
        count = _number(data, position)
        position += 4
        for _ in range(min(count, MAX_ITEMS)):
            size = _number(data, position)
            value = data[position + 4 : position + 4 + size]
            if identity == LONG_FILENAME and kind in {UNICODE, ANSI}:
                return decode_text(value, "utf-16-le" if kind == UNICODE else codepage).rstrip("\0")
            position += 4 + (size + 3) // 4 * 4
    return ""


def _number(data: bytes, position: int) -> int:
    if position + 4 > len(data):
        raise ValueError("TNEF property beyond the end")
    return int.from_bytes(data[position : position + 4], "little")
