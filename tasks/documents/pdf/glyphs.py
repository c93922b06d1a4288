"""The characters of a page with their places; runs only inside the bounded child."""

import ctypes as c
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pypdfium2 import raw

from tasks.documents.pdf.marks import TOO_MUCH, Box, Glyph, Lost, Unsure, within
from tasks.documents.pdf.meant import says_the_same
from tasks.documents.pdf.page import NOWHERE, Objects, Text, address, pale
from tasks.documents.pdf.shapes import looks_like
from tasks.documents.pdf.sight import Sight
from tasks.documents.pdf.twins import AS_TYPED
from tasks.documents.pdf.view import PLAIN, Matrix, at, seen_box

UNMAPPED = "有的字没有编码，无法确定是什么字"
UNSEEN = "有看不见的字"
TURNED = "有的字不是横排正写"
TINY = "有小得看不清的字"
MEANT = "有的字另附了代替的文字，看到的和取出的不一定相同"
MISNAMED = "有的数字看到的与编码的不同"
TWICE = "有文字错位重印"
_FILLED = frozenset({0, 1, 2})
"""How characters are drawn that are seen; 3 is what lies hidden over a scanned page."""
_HYPHENS = frozenset({0x02, 0xFFFE})
_REDDEST = 150
_UPRIGHT = 0.1
_SLANTED = 0.5
_LEAST_SIZE, _LEAST_WIDTH = 2.5, 0.2
"""Points, and the share of its size a figure's width is at least, for it to be read on paper."""
_FORMS, _MOST_FORMS = 20, 200
_SHIFT, _BAND = 0.2, 8.0
_NOT_DRAWN = Text(-1, NOWHERE)
MAX_CODE = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)
_FIRST_FAR = 0x2E80
_FAR_FIGURES = frozenset("０１２３４５６７８９〇零一二三四五六七八九十百千万两壹贰叁肆伍陆柒捌玖拾佰仟")
"""What no machine without Chinese fonts can draw when the file does not bring the font."""


@dataclass(frozen=True, slots=True)
class _Run:
    """What was drawn in one go."""

    number: int
    order: int
    size: float
    fault: str
    embedded: bool
    font: int = 0
    slanted: bool = False
    clip: Box | None = None
    marks: tuple[int, ...] = ()
    red: bool = False


class Glyphs:
    """Reads one page's characters."""

    def __init__(self, text_page: Any, objects: Objects, sight: Sight) -> None:
        self._page = text_page
        self._objects = objects
        self._sight = sight
        self._matrix = objects.view.matrix
        self._runs: dict[int, _Run] = {}
        self._shapes: dict[tuple[int, ...], bool] = {}

    def all(self, most: int) -> list[Glyph]:
        """Every character but spaces, in the file's order.

        Raises:
            Unsure: there are more than any form holds.
        """
        count = raw.FPDFText_CountChars(self._page)
        if count > most:
            raise Unsure(TOO_MUCH)
        found: list[Glyph] = []
        spaces = ""
        for number in range(count):
            code = raw.FPDFText_GetUnicode(self._page, number)
            if raw.FPDFText_IsGenerated(self._page, number) == 1:
                spaces = ""
            elif chr(min(code, MAX_CODE)).isspace():
                self._run(number)
                spaces += chr(code)
            else:
                found.append(self._glyph(number, code, spaces))
                spaces = ""
        return self._as_meant(found)

    def numerals(self) -> Iterator[tuple[int, Glyph]]:
        """The characters that make up figures, with their numbers."""
        for number in range(raw.FPDFText_CountChars(self._page)):
            code = raw.FPDFText_GetUnicode(self._page, number)
            if chr(min(code, MAX_CODE)).isnumeric():
                yield number, self._glyph(number, code, "")

    def _as_meant(self, found: list[Glyph]) -> list[Glyph]:
        """With those at fault that another text is said to stand for."""
        runs = {run.number: run for run in self._runs.values()}
        drawn: dict[int, str] = defaultdict(str)
        for glyph in found:
            for mark in runs[glyph.run].marks:
                drawn[mark] += glyph.text
        other = {key for key, text in drawn.items() if not says_the_same(self._objects.meant[key], text)}
        return [
            replace(g, fault=g.fault or MEANT) if other.intersection(runs[g.run].marks) else g for g in found
        ]

    def _glyph(self, number: int, code: int, spaces: str) -> Glyph:
        unmapped = code == 0 or raw.FPDFText_HasUnicodeMapError(self._page, number) == 1
        text = "\ufffd" if unmapped else "-" if code in _HYPHENS else _written(code)
        edges = [c.c_double() for _ in range(4)]
        raw.FPDFText_GetCharBox(self._page, number, *edges)
        left, right, bottom, top = (edge.value for edge in edges)
        box = seen_box((left, bottom, right, top), self._matrix)
        loose = raw.FS_RECTF()
        raw.FPDFText_GetLooseCharBox(self._page, number, loose)
        wide = seen_box((loose.left, loose.bottom, loose.right, loose.top), self._matrix)
        x, y = c.c_double(), c.c_double()
        raw.FPDFText_GetCharOrigin(self._page, number, x, y)
        run = self._run(number)
        fault = run.fault or (UNMAPPED if unmapped else "") or self._unseen(number, code, box, run)
        odd = ""
        if not fault and text.isdecimal():
            fault = TINY if wide[2] - wide[0] < _LEAST_WIDTH * run.size else ""
            odd = self._misnamed(int(text), box, run) if run.embedded or code < _FIRST_FAR else ""
        base = at((x.value, y.value), self._matrix)[1]
        return Glyph(
            text, box, wide[0], wide[2], base, run.size, run.number, run.order, fault, spaces, odd, run.red
        )

    def _unseen(self, number: int, code: int, box: Box, run: _Run) -> str:
        if run.embedded or code < _FIRST_FAR:
            if self._sight.sees(box):
                return ""
            dot = not run.embedded and not pale(self._colour, number)
            return "" if dot and self._sight.sees(box, nearby=True) else UNSEEN
        middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        hidden = pale(self._colour, number) or (run.clip is not None and not within(middle, run.clip))
        return UNSEEN if chr(code) in _FAR_FIGURES and hidden else ""

    def _misnamed(self, digit: int, box: Box, run: _Run) -> str:
        """Whether a digit looks like another one; each form it has in a font is looked at once."""
        size = run.size / _FORMS
        form = (run.font, digit, round((box[2] - box[0]) / size), round((box[3] - box[1]) / size))
        if form not in self._shapes:
            if len(self._shapes) >= _MOST_FORMS:
                raise Unsure(TOO_MUCH)
            self._shapes[form] = looks_like(str(digit), self._sight.page, box, slanted=run.slanted)
        return "" if self._shapes[form] else MISNAMED

    def _red(self, number: int) -> bool:
        parts = [c.c_uint() for _ in range(4)]
        if not self._colour(number, *parts):
            return False
        red, green, blue, _ = (part.value for part in parts)
        return red >= _REDDEST and max(green, blue) <= red / 2

    def _colour(self, number: int, *parts: Any) -> bool:
        return bool(raw.FPDFText_GetFillColor(self._page, number, *parts))

    def lost(self) -> list[Lost]:
        """Texts drawn of which nothing was found, where that matters.

        pdfium leaves out a text drawn nearly over an equal one, to make it bold; farther off it is another.
        """
        found: list[Lost] = []
        rows: dict[int, list[Box]] = defaultdict(list)
        for key in self._runs.keys() & self._objects.texts:
            box = self._objects.texts[key].box
            rows[_band(box)].append(box)
        for text in (text for key, text in self._objects.texts.items() if key not in self._runs):
            near = (box for band in (-1, 0, 1) for box in rows[_band(text.box) + band])
            if text.marks:
                found.append(Lost(text.box, MEANT))
            elif any(_shifted(text.box, box) for box in near):
                found.append(Lost(text.box, TWICE))
        return found

    def _run(self, number: int) -> _Run:
        owner = raw.FPDFText_GetTextObject(self._page, number)
        key = address(owner) if owner else 0
        if key not in self._runs:
            self._runs[key] = self._new_run(number, owner, key)
        return self._runs[key]

    def _new_run(self, number: int, owner: Any, key: int) -> _Run:
        matrix = self._text_matrix(number)
        size = abs(raw.FPDFText_GetFontSize(self._page, number)) * (matrix[2] ** 2 + matrix[3] ** 2) ** 0.5
        drawn = self._objects.texts.get(key, _NOT_DRAWN)
        mode = raw.FPDFTextObj_GetTextRenderMode(owner) if owner else -1
        font = raw.FPDFTextObj_GetFont(owner) if owner else None
        embedded = bool(font) and raw.FPDFFont_GetIsEmbedded(font) == 1
        fault = UNSEEN if mode not in _FILLED or drawn.order < 0 else "" if _upright(matrix) else TURNED
        fault = fault or (TINY if size < _LEAST_SIZE else "")
        angle = c.c_int()
        slanted = bool(font) and bool(raw.FPDFFont_GetItalicAngle(font, angle)) and angle.value != 0
        slanted |= abs(matrix[2]) > _UPRIGHT * abs(matrix[3])
        key = address(font) if font else 0
        return _Run(
            len(self._runs),
            drawn.order,
            size,
            fault,
            embedded,
            key,
            slanted,
            drawn.clip,
            drawn.marks,
            self._red(number),
        )

    def _text_matrix(self, number: int) -> Matrix:
        """How a character is turned on the page as it is seen: upright is (+, 0, 0, -)."""
        found = raw.FS_MATRIX()
        if not raw.FPDFText_GetMatrix(self._page, number, found):
            return PLAIN
        a, b, c_, d = self._matrix[:4]
        return (
            found.a * a + found.b * c_, found.a * b + found.b * d,
            found.c * a + found.d * c_, found.c * b + found.d * d, 0.0, 0.0,
        )  # fmt: skip


def _band(box: Box) -> int:
    return int((box[1] + box[3]) / 2 // _BAND)


def _shifted(one: Box, other: Box) -> bool:
    """Whether two texts as large as each other lie half over each other, farther apart than bold is made."""
    wide, high = one[2] - one[0], one[3] - one[1]
    common = min(one[2], other[2]) - max(one[0], other[0])
    like = abs(other[2] - other[0] - wide) <= wide / 2 and common >= wide / 4
    return like and max(abs(one[0] - other[0]), abs(one[1] - other[1])) > _SHIFT * high


def _upright(matrix: Matrix) -> bool:
    a, b, c_, d = matrix[:4]
    return a > 0 > d and abs(b) <= _UPRIGHT * a and abs(c_) <= _SLANTED * -d


def _written(code: int) -> str:
    return AS_TYPED.get(code) or chr(code) if code <= MAX_CODE and code not in _SURROGATES else "\ufffd"
