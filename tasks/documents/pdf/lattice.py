"""Rulings into tables: where lines close a rectangle there is a cell, a missing line merges two."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tasks.documents.pdf.marks import Box, Stroke, Unsure
from tasks.documents.pdf.rulings import DOUBLE, Ruling, places, rulings

TOUCH = 3.5
"""Points two lines may lie apart and still meet: half a double line and a joint."""
WHOLE, NONE = 0.9, 0.1
"""Shares of a cell's side that must be drawn, or must not be, for it to be one."""
MAX_MEETINGS = 2_000_000
MAX_CELLS = 20_000
BROKEN_LINE = "有的格线没有画完整"
ODD_CELL = "有的格子不是长方形"
TOO_FINE = "格线过多"
OPEN = -1


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its first and last row and column in the lattice, from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Lattice:
    """One table's lines.

    Attributes:
        xs, ys: where its lines lie.
        cells: those closed on all sides.
        owner: of each field of the lattice by row and column, the number of its cell, or OPEN.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Cell, ...]
    owner: tuple[tuple[int, ...], ...]

    @property
    def box(self) -> Box:
        """All of it."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def cell_box(self, number: int) -> Box:
        """Where a cell lies."""
        cell = self.cells[number]
        return self.xs[cell.left], self.ys[cell.top], self.xs[cell.right + 1], self.ys[cell.bottom + 1]

    def at(self, point: tuple[float, float]) -> int:
        """The number of the cell a point lies in, or OPEN."""
        column = min(max(bisect_right(self.xs, point[0]) - 1, 0), len(self.xs) - 2)
        row = min(max(bisect_right(self.ys, point[1]) - 1, 0), len(self.ys) - 2)
        return self.owner[row][column]

    def on_a_line(self, stroke: Stroke) -> bool:
        """Whether a stroke is part of one of its lines."""
        return any(abs(stroke.at - place) <= DOUBLE for place in (self.ys if stroke.level else self.xs))


def lattices(strokes: Sequence[Stroke]) -> list[Lattice]:
    """The tables on a page, from the top; a frame around a single field is none.

    Raises:
        Unsure: lines that look like a table's leave open what its cells are.
    """
    level, upright = rulings(strokes, level=True), rulings(strokes, level=False)
    if len(level) * len(upright) > MAX_MEETINGS:
        raise Unsure(TOO_FINE)
    found = [_lattice(rows, columns) for rows, columns in _together(level, upright)]
    tables = [lattice for lattice in found if lattice and len(lattice.cells) > 1]
    return sorted(tables, key=lambda t: (t.ys[0], t.xs[0]))


def _together(level: list[Ruling], upright: list[Ruling]) -> list[tuple[list[Ruling], list[Ruling]]]:
    """The rulings that hang together, group by group."""
    parent = list(range(len(level) + len(upright)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for i, row in enumerate(level):
        for j, column in enumerate(upright, len(level)):
            if _touch(row, column):
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = defaultdict(lambda: ([], []))
    for number in range(len(parent)):
        side = 0 if number < len(level) else 1
        groups[root(number)][side].append(level[number] if not side else upright[number - len(level)])
    return list(groups.values())


def _touch(row: Ruling, column: Ruling) -> bool:
    return (
        row.low - TOUCH <= column.at <= row.high + TOUCH
        and column.low - TOUCH <= row.at <= column.high + TOUCH
    )


def _lattice(level: list[Ruling], upright: list[Ruling]) -> Lattice | None:
    if len(level) < 2 or not upright:  # noqa: PLR2004  a top and a bottom
        return None
    upright = [*upright, *_open_sides(level, upright)]
    xs, ys = places(r.at for r in upright), places(r.at for r in level)
    if len(xs) < 2 or len(ys) < 2:  # noqa: PLR2004
        return None
    if (len(xs) - 1) * (len(ys) - 1) > MAX_CELLS:
        raise Unsure(TOO_FINE)
    xs, ys = _parting(upright, xs, ys), _parting(level, ys, xs)
    across, down = _sides(level, ys, xs), _sides(upright, xs, ys)
    owner = _areas(across, down)
    cells, numbers = _cells(owner)
    grid = tuple(tuple(numbers.get(area, OPEN) for area in row) for row in owner)
    return Lattice(tuple(xs), tuple(ys), tuple(cells), grid)


def _open_sides(level: list[Ruling], upright: list[Ruling]) -> list[Ruling]:
    """The sides of a statistical table, left open by custom: where all its level lines end."""
    first, last = min(r.at for r in upright), max(r.at for r in upright)
    top, bottom = min(r.at for r in level), max(r.at for r in level)
    ends = (
        [r.low for r in level if r.low < first - TOUCH],
        [r.high for r in level if r.high > last + TOUCH],
    )
    return [
        Ruling(sum(side) / len(side), top, bottom)
        for side in ends
        if len(side) > 1 and max(side) - min(side) <= TOUCH
    ]


def _sides(lines: list[Ruling], along: list[float], across: list[float]) -> list[list[bool]]:
    """For every line's place, which of the fields' sides along it are drawn.

    Raises:
        Unsure: one is drawn in part.
    """
    by_place: list[list[Ruling]] = [[] for _ in along]
    for line in lines:
        nearest = min(range(len(along)), key=lambda n: abs(along[n] - line.at))
        if abs(along[nearest] - line.at) <= 2 * DOUBLE:  # not one that parts nothing
            by_place[nearest].append(line)
    return [[_drawn(pieces, low, high) for low, high in pairwise(across)] for pieces in by_place]


def _parting(lines: list[Ruling], along: list[float], across: list[float]) -> list[float]:
    """The places of lines that part anything: a short stroke of a pen beside a line parts no rows."""
    drawn = zip(along, _sides(lines, along, across), strict=True)
    return [place for place, sides in drawn if any(sides) or place in (along[0], along[-1])]


def _drawn(pieces: list[Ruling], low: float, high: float) -> bool:
    rim = min(TOUCH, (high - low) / 4)
    begin, end = low + rim, high - rim
    share = sum(max(0.0, min(p.high, end) - max(p.low, begin)) for p in pieces) / (end - begin)
    if NONE < share < WHOLE:
        raise Unsure(BROKEN_LINE)
    return share >= WHOLE


def _areas(across: list[list[bool]], down: list[list[bool]]) -> list[list[int]]:
    """The fields of the lattice by the area they belong to; area 0 is what lies open to the outside."""
    rows, columns = len(across) - 1, len(down) - 1
    parent = list(range(rows * columns + 1))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    def join(one: int, other: int) -> None:
        low, high = sorted((root(one), root(other)))
        parent[high] = low

    for row in range(rows):
        for column in range(columns):
            own = row * columns + column + 1
            if not across[row][column]:
                join(own, own - columns if row else 0)
            if not down[column][row]:
                join(own, own - 1 if column else 0)
            if row == rows - 1 and not across[rows][column]:
                join(own, 0)
            if column == columns - 1 and not down[columns][row]:
                join(own, 0)
    return [[root(row * columns + column + 1) for column in range(columns)] for row in range(rows)]


def _cells(owner: list[list[int]]) -> tuple[list[Cell], dict[int, int]]:
    """The closed areas as cells, in reading order.

    Raises:
        Unsure: one is no rectangle.
    """
    spans: dict[int, list[int]] = {}
    sizes: dict[int, int] = defaultdict(int)
    for row, areas in enumerate(owner):
        for column, area in enumerate(areas):
            span = spans.setdefault(area, [row, column, row, column])
            span[1], span[2], span[3] = min(span[1], column), row, max(span[3], column)
            sizes[area] += 1
    spans.pop(0, None)
    cells: list[Cell] = []
    numbers: dict[int, int] = {}
    for area, (top, left, bottom, right) in spans.items():
        if sizes[area] != (bottom - top + 1) * (right - left + 1):
            raise Unsure(ODD_CELL)
        numbers[area] = len(cells)
        cells.append(Cell(top, left, bottom, right))
    return cells, numbers
