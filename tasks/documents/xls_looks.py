"""Figures an .xls or .et shows otherwise than it stores them; the sister of ``struck.py`` for [MS-XLS].

Only in the bounded child. What no record says is taken to be shown as it is stored.
"""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tasks.documents.cells import RAISED, column_letters
from tasks.documents.number_format import BUILT_IN, as_unseen, in_its_format
from tasks.documents.struck import LEAST_SIZE

FONT, XF, FORMAT, SST, CONTINUE, PALETTE = 0x31, 0xE0, 0x41E, 0xFC, 0x3C, 0x92
BOF, EOF, LABELSST, MULRK, RK, NUMBER, FORMULA, LABEL, RSTRING = (
    0x809, 0x0A, 0xFD, 0xBD, 0x27E, 0x203, 0x06, 0x204, 0xD6,
)  # fmt: skip
_WORKSHEET, _BIFF8 = 0x0010, 0x0600
_STRUCK_OUT = 0x0008
_SCRIPT_AT, _OFF_THE_LINE = 8, frozenset({1, 2})
"""Where a font says that it is raised or lowered ([MS-XLS] 2.4.122, sss)."""
_TWIPS = 20
"""A font's height is given in twentieths of a point."""
_NO_FONT = 4
"""Fonts are numbered from 0 and none has this number."""

_WHITE = b"\xff\xff\xff"
_WHITES = frozenset({1, 9, 65})
"""Colours that are white unless the workbook's palette says else: two of [MS-XLS] 2.5.161, and the paper."""
_PAPER = 65
_OWN_COLORS = 8
"""The colours from this number on are the palette's."""

_CELLS = frozenset({LABELSST, RK, NUMBER, FORMULA, LABEL, RSTRING})

Run = tuple[int, int]
"""From which character on, in which font."""
Record = tuple[int, bytes]


@dataclass
class _Looks:
    """What the workbook's own records say of fonts, formats and rich strings."""

    struck_fonts: set[int] = field(default_factory=set)
    raised_fonts: set[int] = field(default_factory=set)
    tiny_fonts: set[int] = field(default_factory=set)
    fonts: int = 0
    formats: dict[int, str] = field(default_factory=dict)
    looks: list[tuple[int, int]] = field(default_factory=list)
    inks: dict[int, int] = field(default_factory=dict)
    grounds: list[int | None] = field(default_factory=list)
    palette: list[bytes] = field(default_factory=list)
    strings: dict[int, tuple[str, tuple[Run, ...]]] = field(default_factory=dict)

    def is_struck(self, look: int) -> bool:
        return look < len(self.looks) and self.looks[look][0] in self.struck_fonts

    def is_unseen(self, look: int) -> bool:
        """Whether figures of this look are printed in the colour of their ground, or too small to be seen."""
        if look < len(self.looks) and self.looks[look][0] in self.tiny_fonts:
            return True
        ground = self.grounds[look] if look < len(self.grounds) else None
        ink = self.inks.get(self.looks[look][0]) if look < len(self.looks) else None
        return ink is not None and ground is not None and self._color(ink) == self._color(ground)

    def _color(self, number: int) -> bytes | int:
        if 0 <= number - _OWN_COLORS < len(self.palette):
            return self.palette[number - _OWN_COLORS]
        return _WHITE if number in _WHITES else number

    def code(self, look: int) -> str:
        """The number format of a cell of this look; empty where it is an ordinary one."""
        number = self.looks[look][1] if look < len(self.looks) else 0
        return self.formats.get(number) or BUILT_IN.get(str(number), "")

    def left(self, string: int, look: int) -> str | None:
        """A rich string without its struck parts, its raised digits as such; None where it is as stored."""
        text, runs = self.strings[string]
        own = self.looks[look][0] if look < len(self.looks) else 0
        spans = pairwise([(0, own), *runs, (len(text), 0)])
        parts = [(text[a:b], font) for (a, font), (b, _) in spans if font not in self.struck_fonts and a < b]
        if not {font for _, font in parts} <= self.raised_fonts:  # raised as a whole it is no note
            parts = [(t.translate(RAISED) if font in self.raised_fonts else t, font) for t, font in parts]
        left = "".join(part for part, _ in parts)
        return None if left == text else left


def shown(records: Iterable[Record]) -> list[dict[str, str | None]]:
    """By worksheet in the workbook's order: the cells that show something else, and what is left of them."""
    known, found = _Looks(), []
    cells: dict[str, str | None] | None = None
    strings: list[bytes] = []
    for kind, body in records:
        if strings and kind != CONTINUE:
            known.strings, strings = _rich_strings(strings), []
        if kind == BOF and len(body) >= 4:  # noqa: PLR2004  version and kind
            version, what = struct.unpack_from("<2H", body)
            cells = {} if what == _WORKSHEET else None
            if version != _BIFF8:
                return []
        elif kind == EOF:
            found += [cells] if cells is not None else []
            cells = None
        elif cells is not None:
            cells |= _cells(known, kind, body)
        elif kind == SST and (known.struck_fonts or known.raised_fonts):
            strings = [body]
        elif kind == CONTINUE and strings:
            strings.append(body)
        else:
            _learn(known, kind, body)
    return found


def _learn(known: _Looks, kind: int, body: bytes) -> None:
    if len(body) < 5:  # noqa: PLR2004  none of the three is shorter
        return
    if kind == FONT:
        number = known.fonts + (known.fonts >= _NO_FONT)
        known.fonts += 1
        if struct.unpack_from("<H", body)[0] < LEAST_SIZE * _TWIPS:
            known.tiny_fonts.add(number)
        if struct.unpack_from("<H", body, 2)[0] & _STRUCK_OUT:
            known.struck_fonts.add(number)
        if len(body) >= 6:  # noqa: PLR2004  height, flags, colour
            known.inks[number] = struct.unpack_from("<H", body, 4)[0]
        if body[_SCRIPT_AT : _SCRIPT_AT + 1] and body[_SCRIPT_AT] in _OFF_THE_LINE:
            known.raised_fonts.add(number)
    elif kind == XF:
        known.looks.append(struct.unpack_from("<2H", body))
        known.grounds.append(_ground(body))
    elif kind == PALETTE:
        known.palette = [body[at : at + 3] for at in range(2, len(body) - 3, 4)]
    elif kind == FORMAT:
        number, length, flags = struct.unpack_from("<2HB", body)
        known.formats[number] = body[5 : 5 + length * (1 + (flags & 1))].decode(
            "utf-16le" if flags & 1 else "latin-1", "replace"
        )


def _ground(look: bytes) -> int | None:
    """The colour behind a cell: the paper's, or that of a solid fill; None behind a pattern."""
    if len(look) < 20:  # noqa: PLR2004  [MS-XLS] 2.4.353
        return None
    borders, fill = struct.unpack_from("<IH", look, 14)
    pattern = borders >> 26
    return {0: _PAPER, 1: fill & 0x7F}.get(pattern)


def _cells(known: _Looks, kind: int, body: bytes) -> dict[str, str | None]:
    """What one cell record shows, where that is not what it stores."""
    if kind == MULRK:
        row, first = struct.unpack_from("<2H", body)
        each = [body[at : at + 6] for at in range(4, len(body) - 2, 6)]
        parts = [struct.pack("<2H", row, first + n) + part for n, part in enumerate(each)]
        return {place: text for part in parts for place, text in _cells(known, RK, part).items()}
    if kind not in _CELLS or len(body) < 10:  # noqa: PLR2004  place, look and a value
        return {}
    row, column, look = struct.unpack_from("<3H", body)
    place = f"{column_letters(column)}{row + 1}"
    string = struct.unpack_from("<I", body, 6)[0]
    if kind == LABELSST and string in known.strings:
        left = known.left(string, look)
        return {} if left is None else {place: left.strip() or None}
    if known.is_struck(look):
        return {place: None}
    value = _number(kind, body)
    seen = _seen(known, f"{value:.15g}", look) if value else None
    return {} if seen is None else {place: seen}


def _seen(known: _Looks, figure: str, look: int) -> str | None:
    """What a figure shows as, where that is not what is stored."""
    if known.is_unseen(look):
        return as_unseen(figure)
    code = known.code(look)
    return in_its_format(figure, code) if code else None


def _number(kind: int, body: bytes) -> float | None:
    if kind == RK:
        raw = struct.unpack_from("<i", body, 6)[0]
        whole = raw >> 2 if raw & 2 else struct.unpack("<d", struct.pack("<Q", (raw & 0xFFFFFFFC) << 32))[0]
        return whole / 100 if raw & 1 else float(whole)
    if kind == NUMBER or (kind == FORMULA and body[12:14] != b"\xff\xff"):
        return float(struct.unpack_from("<d", body, 6)[0])
    return None


class _Chunks:
    """The bytes of the shared strings, whose characters begin anew with a flag in each further record."""

    def __init__(self, chunks: Sequence[bytes]) -> None:
        self.chunks, self.number, self.at = chunks, 0, 0

    def take(self, size: int) -> bytes:
        taken = b""
        while len(taken) < size:
            part = self._part(size - len(taken))
            if not part:
                raise struct.error
            taken += part
        return taken

    def characters(self, count: int, wide: int) -> str:
        text = ""
        while len(text) < count:
            if self.at >= len(self.chunks[self.number]):
                wide = self.take(1)[0] & 1
            part = self._part((count - len(text)) * (1 + wide))
            if not part:
                raise struct.error
            text += part.decode("utf-16le" if wide else "latin-1", "surrogatepass")
        return text

    def _part(self, size: int) -> bytes:
        if self.at >= len(self.chunks[self.number]) and self.number + 1 < len(self.chunks):
            self.number, self.at = self.number + 1, 0
        part = self.chunks[self.number][self.at : self.at + size]
        self.at += len(part)
        return part


def _rich_strings(chunks: Sequence[bytes]) -> dict[int, tuple[str, tuple[Run, ...]]]:
    """The shared strings with runs of several fonts, by their number."""
    source, found = _Chunks(chunks), {}
    _, unique = struct.unpack("<2I", source.take(8))
    for number in range(unique):
        length, flags = struct.unpack("<HB", source.take(3))
        runs = struct.unpack("<H", source.take(2))[0] if flags & 8 else 0
        extra = struct.unpack("<I", source.take(4))[0] if flags & 4 else 0
        text = source.characters(length, flags & 1)
        made = tuple(struct.unpack("<2H", source.take(4)) for _ in range(runs))
        source.take(extra)
        if made:
            found[number] = (text, made)
    return found
