"""Figures in running text that a reader of the page does not take as said: struck out, covered, not seen."""

from collections.abc import Collection, Sequence
from typing import Any

from pypdfium2 import raw

from tasks.documents.pdf.filling import core, stroke_box, widened
from tasks.documents.pdf.glyphs import MAX_CODE, TURNED, Glyphs
from tasks.documents.pdf.marks import Drawing, Glyph, meet
from tasks.documents.pdf.notes import Note
from tasks.documents.pdf.wording import RAISED, SMALLER

UNSAID = "有划掉、盖住、看不见或与编码不符的数字"
_GONE = " "


def unsaid(reader: Glyphs, drawing: Drawing, notes: Sequence[Note]) -> set[int]:
    """The characters of figures that are there and not said, by their numbers."""
    found = dict(reader.numerals())
    gone = {
        number
        for number, glyph in found.items()
        if glyph.odd or glyph.fault not in {"", TURNED} or is_struck(glyph, drawing, notes)
    }
    return gone | {n for n, glyph in found.items() if n - 1 in found and _is_a_mark(found[n - 1], glyph)}


def _is_a_mark(before: Glyph, glyph: Glyph) -> bool:
    """Whether a figure is set smaller and higher than the one before it: the number of a note."""
    return glyph.size < SMALLER * before.size and glyph.base < before.base - RAISED * before.size


def is_struck(glyph: Glyph, drawing: Drawing, notes: Sequence[Note]) -> bool:
    """Whether a character is struck out, painted over or marked so."""
    box = core(glyph)
    struck = (s for s in drawing.strokes if s.level and not s.pale and meet(widened(stroke_box(s)), box))
    covered = (c for c in drawing.covers if c.pale and c.order > glyph.order and meet(c.box, box))
    return bool(
        next(struck, None)
        or next(covered, None)
        or any(note.strikes and meet(widened(note.box), box) for note in notes)
    )


def text_without(text_page: Any, left_out: Collection[int]) -> str:
    """A page's text with a space for each character left out."""
    codes = (
        (number, raw.FPDFText_GetUnicode(text_page, number))
        for number in range(raw.FPDFText_CountChars(text_page))
    )
    return "".join(_GONE if number in left_out else chr(min(code, MAX_CODE)) for number, code in codes)


def figures_in(text: str) -> str:
    """The figures of a text alone."""
    return "".join(letter for letter in text if letter.isnumeric())
