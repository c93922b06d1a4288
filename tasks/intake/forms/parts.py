"""A form in parts: 一、检查, 二、演练, each with a head of its own and one row of figures below it. Pure.

Read only where nothing is in doubt: every label of a head asks for one field, no field is asked for twice,
and no figure stands in the sheet but in its place below a head.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tasks.intake.forms.grid import Grid
from tasks.intake.forms.layout import Doubt, Figure, Layout, Line
from tasks.intake.forms.table_rows import scaled
from tasks.intake.words.labels import Hit, Vocabulary

_LEAST = 2
"""One head with one row is a table."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A row of labels, by column what each asks for, and the row of figures below it."""

    head: int
    asked: dict[int, Hit]

    @property
    def row(self) -> int:
        return self.head + 1


def read_parts(grid: Grid, words: Vocabulary) -> Layout | None:
    """The figures of a form in parts, or None where it is none or anything is in doubt."""
    parts = list(_parts(grid, words))
    fields = [hit.field for part in parts for hit in part.asked.values()]
    if len(parts) < _LEAST or len(set(fields)) < len(fields) or _figures_apart(grid, parts):
        return None
    figures = {h.field: _figure(grid, p.row, c, h) for p in parts for c, h in p.asked.items()}
    return Layout(
        grid.sheet.name,
        (Line(parts[0].row + 1, (), "", figures),),
        top=parts[0].head,
        last=parts[-1].row,
        doubts={name: Doubt.ABSENT for name in words.fields if name not in figures},
        places={field: figure.where for field, figure in figures.items()},
    )


def _parts(grid: Grid, words: Vocabulary) -> Iterator[_Part]:
    for row in range(grid.height - 1):
        labels = grid.words(row)
        hits = [(column, words.hits((text,))) for column, text in labels]
        if not labels or not grid.is_header(row) or not all(_certain(found) for _, found in hits):
            continue
        asked = {column: found[0] for column, found in hits}
        if _filled(grid, row + 1) and _filled(grid, row + 1) <= asked.keys() and not _merged(grid, row):
            yield _Part(row, asked)


def _certain(hits: tuple[Hit, ...]) -> bool:
    """One field, and of the very time asked for: nobody says so where 累计 or 本月 stands alone."""
    return len(hits) == 1 and not (hits[0].label.since or hits[0].label.piece or hits[0].label.month)


def _filled(grid: Grid, row: int) -> set[int]:
    return {column for column in range(grid.width) if grid.raw(row, column) not in {None, ""}}


def _merged(grid: Grid, head: int) -> bool:
    places = ((row, column) for row in (head, head + 1) for column in range(grid.width))
    return any(grid.merge(row, column) != (row, column, row, column) for row, column in places)


def _figures_apart(grid: Grid, parts: list[_Part]) -> bool:
    """Whether a figure stands below the first head and not below one, or a word where a figure should."""
    own = {part.row for part in parts}
    return any(
        (row in own) != _is_figure(grid, row, column)
        for row in range(parts[0].head, grid.height)
        for column in _filled(grid, row)
    )


def _is_figure(grid: Grid, row: int, column: int) -> bool:
    return grid.numberish(row, column) and not isinstance(grid.raw(row, column), date)


def _figure(grid: Grid, row: int, column: int, hit: Hit) -> Figure:
    number = scaled(grid.number(row, column, hit.units), hit.scale)
    shown = grid.raw(row, column)
    return Figure(
        number, grid.address(row, column), "" if shown is None else str(shown), grid.hidden(row, column)
    )
