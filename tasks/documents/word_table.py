"""A table of a Word document, whichever of the two formats it came in, as a sheet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tasks.terms.readings import Sheet

Area = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, how many columns it is wide, whether it begins or goes on with one from above."""

    text: str | None
    span: int = 1
    vertical: Literal["", "restart", "continue"] = ""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, and how many columns of the table it leaves free before them."""

    cells: Sequence[Cell]
    before: int = 0


def as_sheet(rows: Iterable[Row], name: str) -> Sheet:
    """The sheet: a merged cell's text stands at its top left, the rest of its area is empty."""
    laid: list[tuple[Any, ...]] = []
    merged: list[Area] = []
    open_merges: dict[int, tuple[int, int]] = {}
    for number, row in enumerate(rows):
        laid.append(_laid(row, number, merged, open_merges))
    return Sheet(name=name, rows=tuple(laid), merged=tuple(_joined(merged)))


def _laid(
    row: Row, number: int, merged: list[Area], open_merges: dict[int, tuple[int, int]]
) -> tuple[Any, ...]:
    cells: list[Any] = [None] * row.before
    for cell in row.cells:
        column, last = len(cells), len(cells) + cell.span - 1
        if cell.vertical == "continue" and column in open_merges:
            first, right = open_merges[column]
            merged.append((first, column, number, right))
            cells += [None] * cell.span
            continue
        open_merges.pop(column, None)
        if cell.vertical == "restart":
            open_merges[column] = (number, last)
        if cell.span > 1:
            merged.append((number, column, number, last))
        cells += [cell.text, *[None] * (cell.span - 1)]
    return tuple(cells)


def _joined(merged: list[Area]) -> list[Area]:
    """The largest range from each top-left corner: a merge grows row by row while it is read."""
    largest: dict[tuple[int, int], Area] = {}
    for area in merged:
        corner = area[:2]
        if corner not in largest or area[2:] > largest[corner][2:]:
            largest[corner] = area
    return list(largest.values())
