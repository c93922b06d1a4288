"""What was put on a page afterwards: stamps, comments, fields; runs only in the bounded child."""

import ctypes as c
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw

from tasks.documents.pdf.marks import TOO_MUCH, Box, Unsure
from tasks.documents.pdf.paths import THIN
from tasks.documents.pdf.view import View, seen_box

MOST = 2000
_IGNORED = frozenset({raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP})
_WORDS = frozenset({raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_CARET})
"""They say something, wherever they stand."""
_STRIKES = frozenset(
    {
        raw.FPDF_ANNOT_STRIKEOUT,
        raw.FPDF_ANNOT_REDACT,
        raw.FPDF_ANNOT_INK,
        raw.FPDF_ANNOT_LINE,
        raw.FPDF_ANNOT_SQUARE,
    }
)


@dataclass(frozen=True, slots=True)
class Note:
    """One of them: where it lies, whether it is words, whether it is a field, whether it strikes out."""

    box: Box
    words: bool = False
    field: bool = False
    strikes: bool = False


def _shows_nothing(note: Any) -> bool:
    """Whether a link or a window of comments has no looks of its own and no border wide enough to cover."""
    edges = [c.c_float() for _ in range(3)]
    wide = raw.FPDFAnnot_GetBorder(note, *edges) and edges[2].value > THIN
    return not wide and not raw.FPDFAnnot_HasKey(note, b"AP")


def notes(page: Any, view: View) -> list[Note]:
    """Everything on a page that is no part of its content; a link without looks is nothing.

    Raises:
        Unsure: there is more than any form holds.
    """
    if raw.FPDFPage_GetAnnotCount(page) > MOST:
        raise Unsure(TOO_MUCH)
    return list(_notes(page, view))


def _notes(page: Any, view: View) -> Iterator[Note]:
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, number)
        kind, rectangle = raw.FPDFAnnot_GetSubtype(note), raw.FS_RECTF()
        if not (kind in _IGNORED and _shows_nothing(note)) and raw.FPDFAnnot_GetRect(note, rectangle):
            box = rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
            yield Note(
                seen_box(box, view.matrix), kind in _WORDS, kind == raw.FPDF_ANNOT_WIDGET, kind in _STRIKES
            )
        raw.FPDFPage_CloseAnnot(note)
