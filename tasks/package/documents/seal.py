"""Signature and date as GB/T 9704-2012 sets them on a document that takes a seal.

The date ends four characters in from the right; the issuer's name stands above it, centred on it.
"""

import unicodedata
from itertools import pairwise
from typing import Any

from docx.oxml.ns import qn

SIGNATURE, DATE = "公文署名", "公文日期"
_CHARACTER = 320  # twentieths of a point: 16 pt
_DATE_FROM_RIGHT = 4
_LINE = 28
_BETWEEN = 0.25


def seal(document: Any) -> None:
    """Centre every signature on the date that follows it, whatever their lengths."""
    for signature, date in pairwise(document.paragraphs):
        if (signature.style.name, date.style.name) == (SIGNATURE, DATE):
            right, date_right = placed(width(signature.text), width(date.text))
            _indent(signature, right)
            _indent(date, date_right)


def placed(signature: float, date: float) -> tuple[float, float]:
    """Right indents of signature and date in characters: centred on one another, within the margin."""
    date_right = float(_DATE_FROM_RIGHT)
    right = date_right + (date - signature) / 2
    if right < 0 or signature > _LINE:  # a long name takes the margin, and the date moves under its middle
        return 0.0, max(date_right, (min(signature, _LINE) - date) / 2)
    return right, date_right


def width(text: str) -> float:
    """The width of a line in Chinese characters; figures and letters take half of one.

    Between characters and figures Word, WPS and LibreOffice set a quarter of one.
    """
    line = text.strip()
    wide = [unicodedata.east_asian_width(c) in "WF" for c in line]
    turns = sum(
        a.isalnum() and b.isalnum() and wide[n] != wide[n + 1] for n, (a, b) in enumerate(pairwise(line))
    )
    return sum(1 if w else 0.5 for w in wide) + turns * _BETWEEN


def _indent(paragraph: Any, characters: float) -> None:
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()  # noqa: SLF001  python-docx has no name for it
    indent.set(qn("w:rightChars"), str(round(characters * 100)))
    indent.set(qn("w:right"), str(round(characters * _CHARACTER)))
