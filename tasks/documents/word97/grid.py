"""Rows whose cells have edges as a table whose cells have columns, where the columns are certain."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Literal

from tasks.documents.word97.rows import Row, Unclear
from tasks.documents.word_table import Cell
from tasks.documents.word_table import Row as Laid

_SAME, _APART = 120, 240
"""Twips. Edges nearer than 2 mm are one, drawn by hand; no column that takes a character is so narrow."""
_MOST_COLUMNS, _MOST_CELLS = 200, 400_000
_ACROSS, _DOWN, _DOWN_FIRST, _DOWN_ON = 0x03, 0x60, 0x60, 0x20


def laid_out(rows: Sequence[Row], text: Callable[[range], str]) -> list[Laid]:
    """The rows of one table by its columns.

    Raises:
        Unclear: which cells stand below each other, or are merged, cannot be told.
    """
    columns = _columns(rows)
    if len(columns) > _MOST_COLUMNS or len(rows) * len(columns) > _MOST_CELLS:
        raise Unclear
    above: dict[int, int] = {}
    return [_laid(row, columns, text, above) for row in rows]


def _columns(rows: Sequence[Row]) -> list[int]:
    """The left edge of every column, and the right edge of the last."""
    edges = sorted({edge for row in rows for edge in row.edges})
    columns = edges[:1]
    for before, edge in pairwise(edges):
        if edge - before > _SAME:
            columns.append(edge)
        elif edge - columns[-1] > _APART:
            raise Unclear
    return columns


def _laid(row: Row, columns: list[int], text: Callable[[range], str], above: dict[int, int]) -> Laid:
    """One row; ``above`` keeps, by column, how wide a cell is that may go on downwards."""
    places = [bisect_right(columns, edge) - 1 for edge in row.edges]
    if any(a == b for a, b in pairwise(places)):
        raise Unclear
    cells: list[Cell] = []
    widths: dict[int, int] = {}
    for first, last in _merged_across(row.merges):
        parts = [text(part).strip() for part in row.cells[first : last + 1]]
        column, span = places[first], places[last + 1] - places[first]
        down = _downwards(row.merges[first])
        if any(parts[1:]) or (down == "continue" and (parts[0] or above.get(column) != span)):
            raise Unclear
        if down:
            widths[column] = span
        cells.append(Cell(parts[0] or None, span, down))
    above.clear()
    above.update(widths)
    return Laid(cells, places[0])


def _downwards(flags: int) -> Literal["", "restart", "continue"]:
    if flags & _DOWN not in {0, _DOWN_FIRST, _DOWN_ON}:
        raise Unclear
    return "restart" if flags & _DOWN == _DOWN_FIRST else "continue" if flags & _DOWN else ""


def _merged_across(merges: Sequence[int]) -> list[tuple[int, int]]:
    """First and last cell of each set merged side by side.

    The specification numbers first and following cells the other way round than most programs do; both
    are read, as long as it can be told which is meant.
    """
    found: list[tuple[int, int]] = []
    first = 0
    while first < len(merges):
        last, flag = first, merges[first] & _ACROSS
        if flag:
            following = 2 if flag == 1 else 1
            while last + 1 < len(merges) and merges[last + 1] & _ACROSS == following:
                last += 1
            if last == first:
                raise Unclear
        found.append((first, last))
        first = last + 1
    return found
