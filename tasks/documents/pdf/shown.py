"""The lines of a table are seen: one painted over parts no cells for who looks at the page."""

from collections.abc import Iterator
from itertools import pairwise

from tasks.documents.pdf.filling import HIDDEN_LINE
from tasks.documents.pdf.lattice import Lattice
from tasks.documents.pdf.marks import Box, Unsure
from tasks.documents.pdf.sight import Sight

BESIDE = 2.4
"""Points beside a line's place within which it is seen, half a double line and the stroke."""
PIECE, MOST_PIECES = 8.0, 3
"""Points a piece of a line is long that is looked at by itself: more than the gap between dashes."""


def shown(lattice: Lattice, sight: Sight) -> None:
    """Every line between two cells is seen from end to end.

    Raises:
        Unsure: one is not.
    """
    if not all(sight.parted(piece) for side in _sides(lattice) for piece in _pieces(side)):
        raise Unsure(HIDDEN_LINE)


def _sides(lattice: Lattice) -> Iterator[Box]:
    """What lies between two cells, as boxes without area."""
    xs, ys = lattice.xs, lattice.ys
    for row, (above, below) in enumerate(pairwise(lattice.owner), 1):
        for column, (one, other) in enumerate(zip(above, below, strict=True)):
            if one != other:
                yield xs[column], ys[row], xs[column + 1], ys[row]
    for row, owners in enumerate(lattice.owner):
        for column, (one, other) in enumerate(pairwise(owners), 1):
            if one != other:
                yield xs[column], ys[row], xs[column], ys[row + 1]


def _pieces(side: Box) -> Iterator[Box]:
    """The middle of a side in pieces, as wide as a line may lie."""
    left, top, right, bottom = side
    length = max(right - left, bottom - top)
    count = max(1, min(MOST_PIECES, int(length / PIECE) - 1))
    for number in range(count):
        low, high = (length * (2 * n + 1) / (2 * count + 2) for n in (number, number + 1))
        if top == bottom:
            yield left + low, top - BESIDE, left + high, top + BESIDE
        else:
            yield left - BESIDE, top + low, left + BESIDE, top + high
