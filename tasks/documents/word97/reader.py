"""A Word 97 file as a content: what is printed of it, and its tables as sheets 表1, 表2 and so on."""

import struct
from array import array
from itertools import pairwise

from tasks.documents.guard import TRACKED
from tasks.documents.word97.grid import laid_out
from tasks.documents.word97.pieces import Word97, open_doc
from tasks.documents.word97.printed import CELL, PICTURES, Printed, printed
from tasks.documents.word97.rows import Row, Unclear, tables
from tasks.documents.word_table import as_sheet
from tasks.terms.readings import Content, Finding, Sheet

_TEXT, _FOOTNOTES, _HEADERS, _ENDNOTES, _BOXES, _HEADER_BOXES = 0, 1, 2, 5, 6, 7
_HEADER_PARTS = 11
"""Where the file's header points to the parts the story of headers falls into."""
_SEPARATORS, _KINDS, _FOOTERS = 6, 6, frozenset({2, 3, 5})
UNCLEAR = Finding(
    "SUSPICIOUS_TEXT",
    "文档中有表格的行列不能确定（如表中套表、有未接受的修订或文件受损），没有按表格读取，"
    "统计数字请用随通知下发的 .xlsx 表样填报",
)


def read_doc(data: bytes) -> Content:
    """Text, tables, the number of pictures; findings for changes still open and tables that are not certain.

    Raises:
        TooOld: the format precedes Word 97.
        struct.error, ValueError, OSError: the file is damaged.
    """
    doc = open_doc(data)
    seen = printed(doc)
    sheets = _sheets(doc, seen)
    findings = (TRACKED,) if seen.changed else ()
    return Content(
        "doc",
        sheets or (),
        "\n".join(filter(None, map(seen.text, _printed_order(doc)))),
        findings if sheets is not None else (*findings, UNCLEAR),
        sum(doc.units.count(mark) for mark in PICTURES),
        "\n".join(filter(None, map(seen.text_before, _printed_order(doc)))),
    )


def _sheets(doc: Word97, seen: Printed) -> tuple[Sheet, ...] | None:
    """The tables of the text; None where one is not certain, for another may be its continuation."""
    try:
        found = tables(doc)
        if CELL in _of(doc, doc.story(_BOXES)) or seen.unknown or seen.text(doc.rest):
            return None
        if found and (seen.torn or _changed_inside(found, seen)):
            return None
        return tuple(as_sheet(laid_out(t, seen.text), f"表{n}") for n, t in enumerate(found, 1))
    except (Unclear, ValueError, struct.error):
        return None


def _of(doc: Word97, part: range) -> "array[int]":
    return doc.units[part.start : part.stop]


def _changed_inside(found: list[list[Row]], seen: Printed) -> bool:
    places = [(t[0].cells[0].start, t[-1].cells[-1].stop + 2) for t in found]
    return any(a < end and begin < b for begin, end in seen.changed for a, b in places)


def _printed_order(doc: Word97) -> list[range]:
    """As in .docx: headers, text, notes, footers; comments are nobody's report."""
    heads, feet = _headers(doc)
    middle = [doc.story(n) for n in (_TEXT, _BOXES, _FOOTNOTES, _ENDNOTES)]
    return [*heads, doc.story(_HEADER_BOXES), *middle, *feet, doc.rest]


def _headers(doc: Word97) -> tuple[list[range], list[range]]:
    """Headers and footers; the whole story as one header where its parts cannot be told."""
    story = doc.story(_HEADERS)
    try:
        raw = doc.part(_HEADER_PARTS)
        bounds = struct.unpack(f"<{len(raw) // 4}I", raw)
    except (ValueError, struct.error):
        return [story], []
    heads: list[range] = []
    feet: list[range] = []
    for number, (begin, end) in enumerate(pairwise(bounds)):
        if number < _SEPARATORS or not begin < end <= len(story):
            continue
        kind = feet if (number - _SEPARATORS) % _KINDS in _FOOTERS else heads
        kind.append(range(story.start + begin, story.start + end))
    return heads, feet
