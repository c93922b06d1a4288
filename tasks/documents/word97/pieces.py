"""The characters of a Word 97 file, put together from its pieces, and where each of them lies in the file."""

import io
import struct
from array import array
from dataclasses import dataclass

import olefile

_MAIN, _VERSION, _FLAGS, _STORIES, _PAIRS = "WordDocument", 0x02, 0x0A, 0x4C, 0x9A
_USES_TABLE_1, _FAST_SAVED = 0x0200, 0x0004
_WORD_97 = 0x00C1
_CLX = 33
_COMPRESSED = 1 << 30
_MOST = 1 << 23
"""Characters; a thousand times the longest report."""


class TooOld(Exception):
    """Written before Word 97: there is no piece table to go by."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters ``start`` to ``end`` lie from ``offset`` on, each ``width`` bytes wide."""

    start: int
    end: int
    offset: int
    width: int

    @property
    def beyond(self) -> int:
        """The offset behind its last character."""
        return self.offset + (self.end - self.start) * self.width


@dataclass(frozen=True, slots=True)
class Word97:
    """One file opened.

    Attributes:
        main, table, data: its streams.
        units: the UTF-16 code unit of every character.
        stories: how many characters each story has: text, footnotes, headers, macros, comments, endnotes,
            text boxes, text boxes of headers; they follow one another.
        direct: no piece has formatting of its own, as after a fast save.
    """

    main: bytes
    table: bytes
    data: bytes
    pieces: tuple[Piece, ...]
    units: "array[int]"
    stories: tuple[int, ...]
    direct: bool

    def part(self, number: int) -> bytes:
        """The part of the table stream the header points to at this number.

        Raises:
            ValueError: it lies outside the stream.
        """
        return _part(self.main, self.table, number)

    def story(self, number: int) -> range:
        """The characters of one story."""
        begin = sum(self.stories[:number])
        return range(begin, begin + self.stories[number])

    @property
    def rest(self) -> range:
        """What no story claims: one mark at most, unless the file is damaged."""
        return range(sum(self.stories), len(self.units))


def open_doc(data: bytes) -> Word97:
    """The streams and characters of a file.

    Raises:
        TooOld: the format precedes Word 97.
        struct.error, ValueError, OSError: the file is damaged.
    """
    with olefile.OleFileIO(io.BytesIO(data)) as container:
        main = container.openstream(_MAIN).read()
        version, flags = (struct.unpack_from("<H", main, at)[0] for at in (_VERSION, _FLAGS))
        if version < _WORD_97:
            raise TooOld
        table = container.openstream("1Table" if flags & _USES_TABLE_1 else "0Table").read()
        more = container.openstream("Data").read() if container.exists("Data") else b""
    pieces, plain = _pieces(_part(main, table, _CLX), len(main))
    stories = struct.unpack_from("<8I", main, _STORIES)
    units = _units(main, pieces)
    if sum(stories) > len(units):
        raise ValueError("stories beyond the text")
    return Word97(main, table, more, pieces, units, stories, plain and not flags & _FAST_SAVED)


def _part(main: bytes, table: bytes, number: int) -> bytes:
    start, length = struct.unpack_from("<II", main, _PAIRS + 8 * number)
    if start + length > len(table):
        raise ValueError("a part beyond its stream")
    return table[start : start + length]


def _pieces(clx: bytes, size: int) -> tuple[tuple[Piece, ...], bool]:
    """The pieces, and whether none has formatting of its own."""
    position = 0
    while clx[position : position + 1] == b"\x01":  # property runs come before the piece table
        position += 3 + struct.unpack_from("<H", clx, position + 1)[0]
    if clx[position : position + 1] != b"\x02":
        raise ValueError("no piece table")
    plc = clx[position + 5 : position + 5 + struct.unpack_from("<I", clx, position + 1)[0]]
    count = (len(plc) - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", plc)
    found, plain = [], True
    for index in range(count):
        _, raw, own = struct.unpack_from("<HIH", plc, 4 * (count + 1) + 8 * index)
        width = 1 if raw & _COMPRESSED else 2
        offset = (raw & (_COMPRESSED - 1)) // (3 - width)
        found.append(Piece(ends[index], ends[index + 1], offset, width))
        plain = plain and not own
    _check(found, size)
    return tuple(found), plain


def _check(pieces: list[Piece], size: int) -> None:
    """Every character of a file is stored in it, and once: what says otherwise could be without end."""
    at = 0
    for piece in pieces:
        if piece.start != at or piece.end <= piece.start or piece.beyond > size:
            raise ValueError("pieces out of order")
        at = piece.end
    if sum(p.beyond - p.offset for p in pieces) > size or at > _MOST:
        raise ValueError("more text than file")


def _units(main: bytes, pieces: tuple[Piece, ...]) -> "array[int]":
    units = array("H")
    for piece in pieces:
        raw = main[piece.offset : piece.beyond]
        wide = raw if piece.width > 1 else raw.decode("cp1252", "replace").encode("utf-16le")
        units.frombytes(wide)
    return units
