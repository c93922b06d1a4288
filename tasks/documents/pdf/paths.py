"""A path as a program draws it, into strokes, slants and areas: every program has its own way of ruling.

A line may be a stroke, a thin filled rectangle, a filled corner, an edge of a stroked rectangle, or the rim
between two rectangles filled as one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tasks.documents.pdf.marks import Box, Cover, Drawing, Slant, Stroke

THIN = 3.0
"""Points: a filled shape no wider than this is a line to whoever looks at it."""
STRAIGHT = 0.5
RIM = 1.0
"""A cell's border often lies on the very edge of what its clip leaves."""
CURVE_STEPS = 8
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Outline:
    """One connected piece of a path."""

    points: tuple[Point, ...]
    closed: bool = False
    curved: bool = False

    @property
    def box(self) -> Box:
        """The smallest box around it."""
        xs, ys = [p[0] for p in self.points], [p[1] for p in self.points]
        return min(xs), min(ys), max(xs), max(ys)


@dataclass(frozen=True, slots=True)
class Path:
    """A path and how it is drawn; a colour nobody sees is pale. Clip: what may be seen of it."""

    outlines: tuple[Outline, ...]
    order: int
    filled: bool = False
    stroked: bool = False
    width: float = 0.0
    pale_fill: bool = False
    pale_stroke: bool = False
    clip: Box | None = None


def draw(path: Path, onto: Drawing) -> None:
    """Add what a path shows to a drawing."""
    if path.filled:
        _fill(path, onto)
    if path.stroked:
        for outline in path.outlines:
            _stroke(path, outline, onto)


def _fill(path: Path, onto: Drawing) -> None:
    shapes = [outline.box for outline in path.outlines if len(outline.points) > 1]
    rim = _rim(shapes) if len(shapes) == 2 else ()  # noqa: PLR2004  a rectangle within a rectangle
    if not path.pale_fill:
        onto.slants += [slant for outline in path.outlines for slant in _slanting(outline)]
    for box in rim or shapes:
        seen = _clipped(box, path.clip)
        if seen is None:
            continue
        lines = list(_thin(seen, path.pale_fill))
        onto.strokes += lines
        if not lines:
            onto.covers.append(Cover(seen, path.order, pale=path.pale_fill))


def _slanting(outline: Outline) -> Iterator[Slant]:
    """The edges of a filled shape that run along no axis, and all of a round one's."""
    for (x0, y0), (x1, y1) in zip(outline.points, (*outline.points[1:], outline.points[0]), strict=True):
        if outline.curved or (abs(x1 - x0) > STRAIGHT and abs(y1 - y0) > STRAIGHT):
            yield Slant(x0, y0, x1, y1)


def _rim(shapes: Sequence[Box]) -> tuple[Box, ...]:
    """The four thin sides between two rectangles of which one lies closely within the other."""
    outer, inner = sorted(shapes, key=lambda b: (b[0], b[1], -b[2], -b[3]))
    gaps = (inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3])
    if not all(0 <= gap <= THIN for gap in gaps) or not any(gaps):
        return ()
    left, top, right, bottom = outer
    return (
        (left, top, right, inner[1]),
        (left, inner[3], right, bottom),
        (left, top, inner[0], bottom),
        (inner[2], top, right, bottom),
    )


def _thin(box: Box, pale: bool) -> Iterator[Stroke]:
    """A thin box as a line; a dot joins lines either way."""
    left, top, right, bottom = box
    if bottom - top <= THIN:
        yield Stroke(True, (top + bottom) / 2, left, right, bottom - top, pale)
    if right - left <= THIN:
        yield Stroke(False, (left + right) / 2, top, bottom, right - left, pale)


def _clipped(box: Box, clip: Box | None) -> Box | None:
    if clip is None:
        return box
    seen = max(box[0], clip[0]), max(box[1], clip[1]), min(box[2], clip[2]), min(box[3], clip[3])
    return seen if seen[0] <= seen[2] and seen[1] <= seen[3] else None


def _stroke(path: Path, outline: Outline, onto: Drawing) -> None:
    ends = list(zip(outline.points, outline.points[1:], strict=False))
    if outline.closed and len(outline.points) > 1:
        ends.append((outline.points[-1], outline.points[0]))
    for (x0, y0), (x1, y1) in ends:
        if outline.closed and (x0, y0) == (x1, y1):
            continue  # its end is its start
        box = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
        seen = _clipped(box, path.clip)
        if seen is None:
            continue
        if path.width > THIN:  # a bar, as some programs shade
            half = path.width / 2
            bar = _clipped((box[0] - half, box[1] - half, box[2] + half, box[3] + half), path.clip)
            onto.covers.append(Cover(bar or seen, path.order, pale=path.pale_stroke))
        elif abs(y1 - y0) <= STRAIGHT and not outline.curved:
            onto.strokes.append(Stroke(True, (y0 + y1) / 2, seen[0], seen[2], path.width, path.pale_stroke))
        elif abs(x1 - x0) <= STRAIGHT and not outline.curved:
            onto.strokes.append(Stroke(False, (x0 + x1) / 2, seen[1], seen[3], path.width, path.pale_stroke))
        elif not path.pale_stroke:
            onto.slants.append(Slant(x0, y0, x1, y1))


def bent(start: Point, one: Point, other: Point, end: Point) -> list[Point]:
    """Points along a Bézier curve, its start left out."""
    found = []
    for step in range(1, CURVE_STEPS + 1):
        t = step / CURVE_STEPS
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        x = a * start[0] + b * one[0] + c * other[0] + d * end[0]
        y = a * start[1] + b * one[1] + c * other[1] + d * end[1]
        found.append((x, y))
    return found


def clip_box(outlines: Sequence[Outline]) -> Box | None:
    """What several clips leave to be seen: never more than their boxes have in common."""
    boxes = [outline.box for outline in outlines if outline.points]
    if not boxes:
        return None
    left, top = max(b[0] for b in boxes), max(b[1] for b in boxes)
    right, bottom = min(b[2] for b in boxes), min(b[3] for b in boxes)
    return left - RIM, top - RIM, right + RIM, bottom + RIM
