"""Rows that slipped by a cell: a figure where a name belongs, a unit's name where a figure does. Pure.

Every cell of such a row may stand under its neighbour's head, so none of its figures is certain.
"""

from collections.abc import Sequence

from tasks.intake.forms.grid import Grid
from tasks.intake.forms.layout import Line
from tasks.intake.forms.table_rows import Header
from tasks.roster.names import names_of
from tasks.terms.units import Roster


def displaced(grid: Grid, header: Header, lines: Sequence[Line], roster: Roster) -> tuple[int, ...]:
    """The numbers of the rows, as people count, whose cells stand under the wrong heads."""
    filled = [line for line in lines if not line.blank]
    numbered = [(line.row, number) for line in filled if (number := _named_by_number(grid, header, line.row))]
    numbered = [(row, number) for row, number in numbered if number not in roster]
    serial = [number for _, number in numbered] == [str(n) for n in range(1, len(filled) + 1)]
    slipped = [] if serial else [row for row, _ in numbered]
    slipped += [line.row for line in filled if _holds_a_name(grid, header, line.row, roster)]
    return tuple(sorted(set(slipped)))


def _named_by_number(grid: Grid, header: Header, row: int) -> str:
    """The figure in the columns of names, where nothing else stands there."""
    cells = [grid.raw(row - 1, c) for c in header.names]
    said = [
        f"{cell:.15g}" if isinstance(cell, float | int) else str(cell) for cell in cells if cell is not None
    ]
    return said[0] if said and all(_is_figure(text) for text in said) else ""


def _is_figure(text: str) -> bool:
    return text.strip().replace(",", "").replace(".", "", 1).isdigit()


def _holds_a_name(grid: Grid, header: Header, row: int, roster: Roster) -> bool:
    texts = (grid.text(row - 1, c) for c, _ in header.columns.values())
    return any(names_of(roster).exactly(text) for text in texts if text)
