"""One page read: its tables, each cell's text, and what stands around them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tasks.documents.pdf.filling import Page, fill
from tasks.documents.pdf.glyphs import UNSEEN
from tasks.documents.pdf.ink import accounted
from tasks.documents.pdf.lattice import Lattice
from tasks.documents.pdf.marks import Glyph, Unsure, within
from tasks.documents.pdf.red import RED, Place, singled_out
from tasks.documents.pdf.wording import APART, cell_text, line_text, lines

NESTED = "里还有表"
UNRULED = "下面还有没画框线的数字"
STRAY = "旁边还有没画框线的数字"
UNPARTED = "有几个数之间没有画竖线"
BESIDE = 1.2
_FIGURE = re.compile(r"[\d０-９.,，%]+")
Row = tuple[str | None, ...]
Merge = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Table:
    """One table on one page.

    Attributes:
        page, number: which it is, from 1; columns, heights: where its lines lie.
        above, room: the shares of the page that lie above and below it.
    """

    page: int
    number: int
    columns: tuple[float, ...]
    heights: tuple[float, ...]
    rows: tuple[Row, ...]
    merged: tuple[Merge, ...]
    above: float = 0.0
    room: float = 0.0

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.heights[0]

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.heights[-1]

    @property
    def said(self) -> list[str]:
        """Its cells in reading order, line by line."""
        return [line for row in self.rows for cell in row if cell for line in cell.split("\n")]


@dataclass(slots=True)
class Read:
    """One page read: its tables, and the lines outside them with their places."""

    number: int
    tables: list[Table] = field(default_factory=list)
    loose: list[tuple[float, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Everything on the page, each cell a line, as the reader of Word documents gives it."""
        parts = [(place, 0, line) for place, line in self.loose]
        parts += [(table.top, 1, "\n".join(table.said)) for table in self.tables]
        return "\n".join(text for _, _, text in sorted(parts, key=lambda p: p[:2]) if text)


def read_page(number: int, lattices: Sequence[Lattice], page: Page) -> Read:
    """The tables of one page and what stands around them.

    Raises:
        Unsure: a table cannot be read with certainty.
    """
    found = Read(number)
    for count, lattice in enumerate(lattices, 1):
        if any(within(other.box[:2], lattice.box) for other in lattices if other is not lattice):
            raise Unsure(NESTED)
        filled = fill(lattice, page)
        accounted(lattice, page.drawing, filled)
        table = _table(number, count, lattice, filled)
        above, room = table.top / page.height, 1 - table.bottom / page.height
        found.tables.append(replace(table, above=above, room=room))
    outside = [
        g for g in page.glyphs if g.fault != UNSEEN and not any(within(g.middle, t.box) for t in lattices)
    ]
    apart = lines(outside)
    found.loose = [(base, line_text(line)) for base, line in apart]
    if any(_goes_on_unruled(lattice, line) for lattice in lattices for _, line in apart):
        raise Unsure(UNRULED)
    if any(_stands_beside(lattice, line) for lattice in lattices for _, line in apart):
        raise Unsure(STRAY)
    return found


def _goes_on_unruled(lattice: Lattice, line: Sequence[Glyph]) -> bool:
    """Whether a line of several figures stands right under a table, as a row whose lines were not drawn."""
    height = max(lattice.ys[-1] - lattice.ys[-2], line[0].size)
    under = 0 <= line[0].middle[1] - lattice.ys[-1] <= height * BESIDE
    if not under:
        return False
    inside = [glyph for glyph in line if lattice.xs[0] <= glyph.middle[0] <= lattice.xs[-1]]
    return len(_figures(inside)) > 1


def _stands_beside(lattice: Lattice, line: Sequence[Glyph]) -> bool:
    """Whether a figure stands left or right of a table's rows, as a column whose lines were not drawn."""
    return lattice.ys[0] <= line[0].middle[1] <= lattice.ys[-1] and bool(_figures(line))


def _figures(line: Sequence[Glyph]) -> list[str]:
    return [part for part in line_text(line).split(APART) if _FIGURE.fullmatch(part)]


def _table(page: int, number: int, lattice: Lattice, filled: Sequence[Sequence[Glyph]]) -> Table:
    rows: list[list[str | None]] = [[None] * (len(lattice.xs) - 1) for _ in lattice.ys[1:]]
    merged: list[Merge] = []
    red: dict[Place, bool] = {}
    for cell, glyphs in zip(lattice.cells, filled, strict=True):
        rows[cell.top][cell.left] = cell_text(glyphs)
        if _FIGURE.fullmatch(rows[cell.top][cell.left] or ""):
            red[cell.top, cell.left] = all(glyph.red for glyph in glyphs)
        if odd := next((glyph.odd for glyph in glyphs if glyph.odd), ""):
            raise Unsure(odd)
        if cell.left < cell.right and any(len(_figures(line)) > 1 for _, line in lines(glyphs)):
            raise Unsure(UNPARTED)
        if (cell.top, cell.left) != (cell.bottom, cell.right):
            merged.append((cell.top, cell.left, cell.bottom, cell.right))
    if singled_out(red):
        raise Unsure(RED)
    whole = tuple(tuple(row) for row in rows)
    return Table(page, number, lattice.xs, lattice.ys, whole, tuple(merged))
