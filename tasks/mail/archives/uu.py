"""Files that old programs write into the text itself: ``begin 644 name``, lines of uuencoding, ``end``."""

import binascii
import re
from dataclasses import dataclass

BEGIN = re.compile(rb"^begin(?:-base64)? [0-7]{3,4} ([^\r\n]{1,500})\r?\n", re.MULTILINE)
ENDS = frozenset({b"end", b"===="})
EMPTY_LINE = frozenset({b"`", b""})
LONGEST_LINE = 200
OCTETS = range(32, 97)


@dataclass(frozen=True, slots=True)
class Embedded:
    """One file; ``whole`` is False where it breaks off before its end."""

    name: bytes
    data: bytes
    whole: bool


def without_uu(text: bytes, most: int) -> tuple[bytes, list[Embedded]]:
    """The text without the files in it, and at most so many files. Words that only begin alike stay text."""
    kept: list[bytes] = []
    found: list[Embedded] = []
    at = 0
    for begin in BEGIN.finditer(text):
        if begin.start() < at or len(found) >= most:
            continue
        data, end, whole = _decoded(text, begin.end(), packed=begin[0].startswith(b"begin-base64"))
        if not data and not whole:
            continue
        kept.append(text[at : begin.start()])
        found.append(Embedded(begin[1].strip(), data, whole))
        at = end
    return b"".join([*kept, text[at:]]), found


def _decoded(text: bytes, at: int, *, packed: bool) -> tuple[bytes, int, bool]:
    """The data, where the text goes on, and whether the end was there."""
    data = bytearray()
    while at < len(text):
        stop = text.find(b"\n", at, at + LONGEST_LINE)
        stop = stop if stop >= 0 else min(at + LONGEST_LINE, len(text))
        line = text[at:stop].rstrip(b"\r")
        if line.strip() in ENDS:
            return bytes(data), min(stop + 1, len(text)), True
        piece = _packed_line(line) if packed else _line(line)
        if piece is None or not (data or packed or _is_full(line)):
            return bytes(data), at, False
        data += piece
        at = stop + 1
    return bytes(data), min(at, len(text)), False


def _line(line: bytes) -> bytes | None:
    """One line's octets, with or without the blanks its end may have lost; None when it is none."""
    if line.strip() in EMPTY_LINE:
        return b""
    count = (line[0] - 32) & 63
    wanted = (count + 2) // 3 * 4
    body = line[1:].ljust(wanted, b" ")
    if len(body) > wanted + 2 or not all(octet in OCTETS for octet in body):
        return None
    return binascii.a2b_uu(line[:1] + body[:wanted])


def _is_full(line: bytes) -> bool:
    """Whether no blank at its end was lost: the first line must look like one, or words would be taken."""
    return line.strip() in EMPTY_LINE or len(line) > (((line[0] - 32) & 63) + 2) // 3 * 4


def _packed_line(line: bytes) -> bytes | None:
    try:
        return binascii.a2b_base64(line, strict_mode=True)
    except binascii.Error:
        return None
