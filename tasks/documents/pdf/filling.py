"""Which characters stand in which cell of a table, and every reason not to believe it."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from tasks.documents.pdf.lattice import OPEN, Lattice
from tasks.documents.pdf.marks import Box, Cover, Drawing, Glyph, Lost, Slant, Stroke, Unsure, meet, within
from tasks.documents.pdf.notes import Note
from tasks.documents.pdf.wording import lines

OUTSIDE = "有的字不在任何格子里"
CROSSING = "有文字压着格线"
OVERLAID = "有文字被图形、图片或色块盖住"
STRUCK = "有线条划过文字"
STAMPED = "上压着图片、印章或批注"
HIDDEN_LINE = "有看不清的格线"
FIELD = "有可填写的域，填在其中的内容没有读取"
OVER = 0.2
"""Share of its size by which a character may reach over a line; a point at least."""
LEAST_OVER = 1.0
FREE = 0.4
"""Points between a digit and the line beside it, at least."""
SPECK = 2.0
CORNER = 2.5
OUT = -2
SMALL = 0.4
CORE = 0.25
"""Share of a character's box on each side that a line may touch without striking it out."""
TIGHT, ONE_GO = 0.12, 0.6
"""Shares of a character's size: as close, two of them are one text; as close, two drawn in one go are."""


class Page:
    """A page's characters, to be looked up by their place."""

    def __init__(
        self,
        glyphs: Sequence[Glyph],
        drawing: Drawing,
        notes: Sequence[Note] = (),
        lost: Sequence[Lost] = (),
        height: float = 842.0,
    ) -> None:
        self.glyphs = sorted(glyphs, key=lambda g: g.middle[1])
        self._middles = [g.middle[1] for g in self.glyphs]
        self._tallest = max((g.box[3] - g.box[1] for g in self.glyphs), default=0.0)
        self.drawing = drawing
        self.notes = notes
        self.lost = lost
        self.height = height

    def touching(self, box: Box) -> list[Glyph]:
        """The characters whose ink meets a box."""
        reach = self._tallest / 2 + 1
        first, last = bisect_left(self._middles, box[1] - reach), bisect_right(self._middles, box[3] + reach)
        return [g for g in self.glyphs[first:last] if meet(widened(g.box), box)]


def widened(box: Box) -> Box:
    """A box that has an area, however thin the ink."""
    return box[0] - 0.01, box[1] - 0.01, box[2] + 0.01, box[3] + 0.01


def fill(lattice: Lattice, page: Page) -> list[list[Glyph]]:
    """The characters of each cell.

    Raises:
        Unsure: of one of them it is not certain that it stands in its cell as it is read.
    """
    found: list[list[Glyph]] = [[] for _ in lattice.cells]
    inside = [g for g in page.touching(lattice.box) if _belongs(g, lattice)]
    for glyph in inside:
        number = lattice.at(glyph.middle)
        if number == OPEN:
            raise Unsure(OUTSIDE)
        if glyph.fault:
            raise Unsure(glyph.fault)
        if _reaches_over(glyph, lattice.cell_box(number)):
            raise Unsure(CROSSING)
        found[number].append(glyph)
    _not_over_lines(page.touching(_around(lattice.box, inside)), lattice)
    _not_covered(lattice, page)
    _not_struck(lattice, page)
    return found


def _belongs(glyph: Glyph, lattice: Lattice) -> bool:
    """Whether a character stands in a table; on its edge it may not stand."""
    if within(glyph.middle, lattice.box):
        return True
    if not _reaches_out(glyph, lattice.box):
        return False
    raise Unsure(CROSSING)


def _reaches_out(glyph: Glyph, box: Box) -> bool:
    across, down = _allowed(glyph)
    left, top, right, bottom = glyph.box
    return meet((left + across, top + down, right - across, bottom - down), box)


def _allowed(glyph: Glyph) -> tuple[float, float]:
    left, top, right, bottom = glyph.box
    return max(LEAST_OVER, OVER * (right - left)), max(LEAST_OVER, OVER * (bottom - top))


def _reaches_over(glyph: Glyph, cell: Box) -> bool:
    across, down = _allowed(glyph)
    left, top, right, bottom = glyph.box
    if (
        glyph.text.isdecimal()
    ):  # what does not fit its cell is cut off at the line, and the next figure is lost
        across = -FREE
    return (
        left < cell[0] - across or right > cell[2] + across or top < cell[1] - down or bottom > cell[3] + down
    )


def _around(box: Box, inside: Sequence[Glyph]) -> Box:
    """A table with what may run out of it."""
    reach = max((g.size for g in inside), default=0.0)
    return box[0] - reach, box[1], box[2] + reach, box[3]


def _not_over_lines(near: list[Glyph], lattice: Lattice) -> None:
    """A text may not go on in the next cell, or beyond the table: one too long for its own runs over."""
    for _, line in lines(near):
        for one, other in pairwise(line):
            places = [lattice.at(g.middle) if within(g.middle, lattice.box) else OUT for g in (one, other)]
            if places[0] == places[1]:
                continue
            gap, size = other.left - one.right, max(one.size, other.size, 1.0)
            if gap < (ONE_GO if one.run == other.run else TIGHT) * size:
                raise Unsure(CROSSING)


def _not_covered(lattice: Lattice, page: Page) -> None:
    for cover in page.drawing.covers:
        if not meet(cover.box, lattice.box, 1.0):
            continue
        if cover.picture:
            raise Unsure(STAMPED)
        if any(glyph.order < cover.order for glyph in page.touching(_meeting(cover, lattice))):
            raise Unsure(OVERLAID)
    for note in page.notes:
        if note.words or meet(widened(note.box), lattice.box):
            raise Unsure(FIELD if note.field else STAMPED)
    for lost in page.lost:
        if meet(widened(lost.box), lattice.box):
            raise Unsure(lost.reason)


def _meeting(cover: Cover, lattice: Lattice) -> Box:
    one, other = cover.box, lattice.box
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _not_struck(lattice: Lattice, page: Page) -> None:
    for stroke in page.drawing.strokes:
        box = stroke_box(stroke)
        if not meet(widened(box), lattice.box):
            continue
        if stroke.pale and not lattice.on_a_line(stroke) and stroke.high - stroke.low > SPECK:
            raise Unsure(HIDDEN_LINE)
        met = (g for g in page.touching(widened(box)) if meet(widened(box), core(g)))
        if any(not _small(g) or not lattice.on_a_line(stroke) for g in met):
            raise Unsure(STRUCK)
    for slant in page.drawing.slants:
        near = (g for g in page.touching(_slant_box(slant)) if within(g.middle, lattice.box))
        crossed = [g for g in near if _crosses(slant, core(g))]
        if crossed and (_is_of_figures(crossed, lattice, page) or not _from_corner(slant, lattice)):
            raise Unsure(STRUCK)


def _is_of_figures(crossed: Sequence[Glyph], lattice: Lattice, page: Page) -> bool:
    box = lattice.cell_box(lattice.at(crossed[0].middle))
    return any(g.text.isnumeric() for g in page.touching(box))


def _from_corner(slant: Slant, lattice: Lattice) -> bool:
    """Whether a line parts a cell from corner to corner, as the head of a table's first column is parted."""
    number = lattice.at(((slant.x0 + slant.x1) / 2, (slant.y0 + slant.y1) / 2))
    if number == OPEN:
        return False
    left, top, right, bottom = lattice.cell_box(number)
    ends = (slant.x0, slant.y0), (slant.x1, slant.y1)
    return all(
        min(abs(x - left), abs(x - right)) <= CORNER and min(abs(y - top), abs(y - bottom)) <= CORNER
        for x, y in ends
    )


def _small(glyph: Glyph) -> bool:
    """A comma at the foot of its cell lies on the cell's line and is not struck out by it."""
    return glyph.box[3] - glyph.box[1] < SMALL * glyph.size


def stroke_box(stroke: Stroke) -> Box:
    """The ink of a line."""
    half = stroke.width / 2
    if stroke.level:
        return stroke.low, stroke.at - half, stroke.high, stroke.at + half
    return stroke.at - half, stroke.low, stroke.at + half, stroke.high


def _slant_box(slant: Slant) -> Box:
    return widened(
        (min(slant.x0, slant.x1), min(slant.y0, slant.y1), max(slant.x0, slant.x1), max(slant.y0, slant.y1))
    )


def core(glyph: Glyph) -> Box:
    """The middle of a character, which a line through it meets and one beside it does not."""
    left, top, right, bottom = glyph.box
    across, down = CORE * (right - left), CORE * (bottom - top)
    return widened((left + across, top + down, right - across, bottom - down))


def _crosses(slant: Slant, box: Box) -> bool:
    """Whether a line passes through a box: clipped to it, something is left (Liang and Barsky)."""
    begin, end = 0.0, 1.0
    for start, delta, low, high in (
        (slant.x0, slant.x1 - slant.x0, box[0], box[2]),
        (slant.y0, slant.y1 - slant.y0, box[1], box[3]),
    ):
        if abs(delta) < 1e-9:  # noqa: PLR2004
            if not low <= start <= high:
                return False
            continue
        first, last = sorted(((low - start) / delta, (high - start) / delta))
        begin, end = max(begin, first), min(end, last)
    return begin <= end
