"""What is drawn on a page, in points from the top left corner of the page as it is seen."""

from dataclasses import dataclass, field

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
TOO_MUCH = "内容过于复杂"


class Unsure(Exception):
    """A table that cannot be read with certainty.

    Attributes:
        reason: a Chinese clause that says why.
    """

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character drawn.

    Attributes:
        box: of its ink; left and right: from its origin to the next one's; base: the line it stands on.
        size: of its font as drawn; run: what was drawn in one go has one number.
        order: what is drawn later has a greater one.
        fault: why it cannot be relied on, as a Chinese clause, or empty.
        odd: the same, told when nothing else is wrong with the table.
        after: the spaces written before it; red: its colour.
    """

    text: str
    box: Box
    left: float
    right: float
    base: float
    size: float
    run: int
    order: int
    fault: str = ""
    after: str = ""
    odd: str = ""
    red: bool = False

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of its ink."""
        left, top, right, bottom = self.box
        return (left + right) / 2, (top + bottom) / 2


@dataclass(frozen=True, slots=True)
class Lost:
    """A text that is drawn but was not found as characters, and why nothing there can be relied on."""

    box: Box
    reason: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line drawn along an axis: a stroke, or a rectangle so thin that it is seen as one.

    Attributes:
        at: its y where it is level, else its x; low, high: its ends along the axis.
        pale: drawn in a colour nobody sees on paper.
    """

    level: bool
    at: float
    low: float
    high: float
    width: float
    pale: bool = False


@dataclass(frozen=True, slots=True)
class Slant:
    """Any other line, or a piece of a curve."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Cover:
    """Something with an area: what was drawn before it is not seen under it; pale as a stroke is."""

    box: Box
    order: int
    picture: bool = False
    pale: bool = False


@dataclass(slots=True)
class Drawing:
    """Everything on a page but its characters."""

    strokes: list[Stroke] = field(default_factory=list)
    slants: list[Slant] = field(default_factory=list)
    covers: list[Cover] = field(default_factory=list)

    def pictures(self) -> list[Cover]:
        """The pictures among the covers."""
        return [cover for cover in self.covers if cover.picture]


def meet(one: Box, other: Box, margin: float = 0.0) -> bool:
    """Whether two boxes have more than a margin in common."""
    return (
        min(one[2], other[2]) - max(one[0], other[0]) > margin
        and min(one[3], other[3]) - max(one[1], other[1]) > margin
    )


def within(point: tuple[float, float], box: Box) -> bool:
    """Whether a point lies in a box."""
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]
