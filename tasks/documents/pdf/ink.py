"""Every mark drawn in a table is accounted for: a line of it, an underline, a diagonal, a ground, or a doubt.

People write into a printed form by pen, and programs draw figures as outlines; neither is a character.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from tasks.documents.pdf.lattice import OPEN, Lattice
from tasks.documents.pdf.marks import Box, Cover, Drawing, Glyph, Slant, Stroke, Unsure, within

DRAWN = "里画着线条或图形"
LEAST = 3.5
"""Points a mark is long at least: a line's end may reach as far into a cell."""
CLOSE = 1.6
"""Points beside a line's place that a piece of it may lie."""
EDGE = 2.5
"""Points from its cell's edge within which a diagonal ends."""
ABOVE, UNDER = 0.05, 0.45
"""Shares of a character's size about its base between which its underline lies."""
GROUND = 0.8
"""Share of a cell's width or height that a ground, or a bar told by its length, takes up."""


def accounted(lattice: Lattice, drawing: Drawing, filled: Sequence[Sequence[Glyph]]) -> None:
    """Nothing is drawn in a table's cells that may say something.

    Raises:
        Unsure: something is.
    """
    if (
        any(not _underlines(stroke, lattice, filled) for stroke in _loose(lattice, drawing.strokes))
        or any(_ends_inside(slant, lattice) for slant in drawing.slants)
        or any(_stands_alone(cover, lattice, filled) for cover in drawing.covers)
    ):
        raise Unsure(DRAWN)


def _loose(lattice: Lattice, strokes: Sequence[Stroke]) -> Iterator[Stroke]:
    """The strokes in a table that are none of its lines."""
    left, top, right, bottom = lattice.box
    for stroke in strokes:
        begin, end, low, high = (top, bottom, left, right) if stroke.level else (left, right, top, bottom)
        long = min(stroke.high, high) - max(stroke.low, low) > LEAST
        if long and begin < stroke.at < end and not stroke.pale and not _is_of_a_line(stroke, lattice):
            yield stroke


def _is_of_a_line(stroke: Stroke, lattice: Lattice) -> bool:
    """Whether a stroke is a piece of a table's line; a short one beside an upright line may be a 1."""
    if stroke.level or not lattice.on_a_line(stroke):
        return lattice.on_a_line(stroke)
    row = bisect_right(lattice.ys, (stroke.low + stroke.high) / 2)
    height = lattice.ys[min(row, len(lattice.ys) - 1)] - lattice.ys[max(row - 1, 0)]
    near = min(abs(stroke.at - place) for place in lattice.xs)
    return near <= CLOSE or stroke.high - stroke.low >= GROUND * height


def _underlines(stroke: Stroke, lattice: Lattice, filled: Sequence[Sequence[Glyph]]) -> bool:
    if not stroke.level:
        return False
    left, _, right, _ = lattice.box
    number = lattice.at(((max(stroke.low, left) + min(stroke.high, right)) / 2, stroke.at))
    glyphs = filled[number] if number != OPEN else ()
    return any(-ABOVE * g.size <= stroke.at - g.base <= UNDER * g.size for g in glyphs)


def _ends_inside(slant: Slant, lattice: Lattice) -> bool:
    """Whether a slanting line is no diagonal of a cell: one of its ends lies in the middle of one."""
    return any(
        within(end, lattice.box) and within(end, _inner(lattice.cell_box(number)))
        for end in ((slant.x0, slant.y0), (slant.x1, slant.y1))
        if (number := lattice.at(end)) != OPEN
    )


def _inner(box: Box) -> Box:
    return box[0] + EDGE, box[1] + EDGE, box[2] - EDGE, box[3] - EDGE


def _stands_alone(cover: Cover, lattice: Lattice, filled: Sequence[Sequence[Glyph]]) -> bool:
    """Whether a filled shape is smaller than its cell and no words are printed on it."""
    left, top, right, bottom = cover.box
    middle = (left + right) / 2, (top + bottom) / 2
    number = lattice.at(middle)
    if cover.pale or number == OPEN or not within(middle, lattice.box):
        return False
    x0, y0, x1, y1 = lattice.cell_box(number)
    if right - left >= GROUND * (x1 - x0) or bottom - top >= GROUND * (y1 - y0):
        return False
    return not any(glyph.order > cover.order and within(glyph.middle, cover.box) for glyph in filled[number])
