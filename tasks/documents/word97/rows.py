"""The tables of a file as rows of cells, where nothing about them is uncertain.

A cell ends with its mark, a row with a paragraph that is nothing but a mark, flagged as a row's end; that
paragraph's formatting holds where the row's cells begin and end.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from tasks.documents.word97.formatting import PARAGRAPHS, runs, spans
from tasks.documents.word97.pieces import Word97
from tasks.documents.word97.printed import CELL, PARAGRAPH
from tasks.documents.word97.sprms import DEF_TABLE, sprms

MAX_ROWS = 20_000
_PAGE_BREAK = 0x0C
_MARKS = frozenset({CELL, PARAGRAPH, _PAGE_BREAK})
_IN_TABLE, _ROW_END, _DEPTH = 0x2416, 0x2417, 0x6649
_INNER = frozenset({0x244B, 0x244C, 0x664A})
"""Cell and row ends of a table in a table, and a depth said relative to another."""
_ELSEWHERE = frozenset({0x6645, 0x6646, 0x646B})
"""The list goes on in the Data stream: it was too long for its page, or newer than Word 97."""
_VERTICAL = 0xD62B
_UNCLEAR = frozenset({0x7621, 0x5622, 0x7623, 0x5624, 0x5625, 0x560B, 0x5664, 0xD667})
"""Cells inserted, deleted, widened, merged, split once defined; a table from right to left; open changes."""
_MOST_CELLS = 64
_TC = 20
_MERGE_BITS = 0x63


class Unclear(Exception):
    """What a table holds, or where, cannot be told for certain."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells as parts of the text, their edges in twips, and the flags each is merged by."""

    cells: tuple[range, ...]
    edges: tuple[int, ...]
    merges: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """What the list of a paragraph says of tables."""

    in_table: bool = False
    row_end: bool = False
    inner: bool = False
    edges: tuple[int, ...] = ()
    merges: tuple[int, ...] = ()
    unclear: bool = False


@dataclass
class _Span:
    begin: int
    end: int
    paragraph: _Paragraph


@dataclass
class _Table:
    rows: list[Row] = field(default_factory=list)
    cells: list[range] = field(default_factory=list)


def tables(doc: Word97) -> list[list[Row]]:
    """The tables of the text, from the first on.

    Raises:
        Unclear, ValueError, struct.error: any of them is not certain.
    """
    story = doc.story(0)
    if CELL not in doc.units[story.start : story.stop]:
        return []
    if not doc.direct:
        raise Unclear
    found = [_read(doc, part) for part in _parts_in_tables(doc, story.stop)]
    if sum(map(len, found)) > MAX_ROWS:
        raise Unclear
    return found


def _parts_in_tables(doc: Word97, end: int) -> Iterator[list[_Span]]:
    """Neighbouring paragraphs that are all in a table; no paragraph may be of unknown formatting."""
    part: list[_Span] = []
    at = 0
    for begin, beyond, run in spans(doc, runs(doc, PARAGRAPHS)):
        if at >= end:
            break
        paragraph = _paragraph(run.grpprl, doc.data)
        if begin != at or doc.units[beyond - 1] not in _MARKS:
            raise Unclear
        at = beyond
        if paragraph.in_table:
            part.append(_Span(begin, beyond, paragraph))
        elif paragraph.row_end or paragraph.inner or CELL in doc.units[begin:beyond]:
            raise Unclear
        elif part:
            yield part
            part = []
    if at < end:
        raise Unclear
    if part:
        yield part


def _read(doc: Word97, part: list[_Span]) -> list[Row]:
    """The rows of one table."""
    table = _Table()
    begin = part[0].begin
    for span in part:
        if span.paragraph.inner or span.paragraph.unclear:
            raise Unclear
        if span.paragraph.row_end:
            if (span.begin, span.end) != (begin, begin + 1) or doc.units[begin] != CELL:
                raise Unclear
            table.rows.append(_row(table.cells, span.paragraph))
            table.cells = []
            begin = span.end
        else:
            for at in range(span.begin, span.end):
                if doc.units[at] == CELL:
                    table.cells.append(range(begin, at))
                    begin = at + 1
    if table.cells or begin != part[-1].end:
        raise Unclear
    return table.rows


def _row(cells: list[range], end: _Paragraph) -> Row:
    if not cells or len(cells) != len(end.edges) - 1:
        raise Unclear
    if any(a >= b for a, b in pairwise(end.edges)):
        raise Unclear
    return Row(tuple(cells), end.edges, end.merges)


@lru_cache(maxsize=1024)
def _said(grpprl: bytes) -> _Paragraph:
    """What one list says, all of it in one place."""
    changes = list(sprms(grpprl))
    flags = {code: operand for code, operand in changes if code in {_IN_TABLE, _ROW_END, _DEPTH}}
    depth = struct.unpack("<i", flags.get(_DEPTH, b"\1\0\0\0"))[0]
    codes = [code for code, _ in changes]
    edges, merges = _cells(changes)
    defined = codes.index(DEF_TABLE) if DEF_TABLE in codes else len(codes)
    return _Paragraph(
        flags.get(_IN_TABLE, b"\0") != b"\0",
        flags.get(_ROW_END, b"\0") != b"\0",
        depth not in {0, 1} or any(code in _INNER for code in codes),
        edges,
        merges,
        codes.count(DEF_TABLE) > 1 or any(code in _UNCLEAR for code in codes[defined:]),
    )


def _paragraph(grpprl: bytes, data: bytes) -> _Paragraph:
    """What the list of a paragraph says, and the one it goes on with: the cells it defines itself first."""
    own = _said(grpprl)
    for code, operand in sprms(grpprl):
        if code not in _ELSEWHERE:
            continue
        at = struct.unpack("<I", operand)[0]
        more = data[at + 2 : at + 2 + struct.unpack_from("<H", data, at)[0]]
        there = _said(more)
        cells = own if own.edges else there
        return _Paragraph(
            own.in_table or there.in_table,
            own.row_end or there.row_end,
            own.inner or there.inner,
            cells.edges,
            cells.merges,
            cells.unclear,
        )
    return own


def _cells(changes: list[tuple[int, bytes]]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Edges of the cells a list defines, and by what each is merged with its neighbours."""
    edges: tuple[int, ...] = ()
    merges: list[int] = []
    for code, operand in changes:
        if code == DEF_TABLE:
            edges, merges = _defined(operand)
        elif code == _VERTICAL and merges:
            cell, flags = struct.unpack("<BB", operand)
            if cell >= len(merges):
                raise ValueError("a merge beyond the row")
            merges[cell] = merges[cell] & ~0x60 | (flags & 3) << 5
    return edges, tuple(merges)


def _defined(operand: bytes) -> tuple[tuple[int, ...], list[int]]:
    count = operand[0] if operand else 0
    if not 0 < count <= _MOST_CELLS:
        raise ValueError("no or too many cells")
    edges = struct.unpack_from(f"<{count + 1}h", operand, 1)
    said = operand[1 + 2 * (count + 1) :]
    if len(said) % _TC or len(said) > _TC * count:
        raise ValueError("cells of no known size")
    merges = [struct.unpack_from("<H", said, at)[0] & _MERGE_BITS for at in range(0, len(said), _TC)]
    return edges, [*merges, *[0] * (count - len(merges))]
