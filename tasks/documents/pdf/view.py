"""From the coordinates a page was written in to those in which it is seen."""

from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw

from tasks.documents.pdf.marks import Box
from tasks.documents.pdf.paths import Point

Matrix = tuple[float, float, float, float, float, float]
PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def times(one: Matrix, other: Matrix) -> Matrix:
    """First one, then the other."""
    a, b, c_, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c_ * g + d * i, c_ * h + d * j, e * g + f * i + k, e * h + f * j + m


@dataclass(frozen=True, slots=True)
class View:
    """From a page's own coordinates to those of the page as it is seen."""

    box: Box
    rotation: int

    @classmethod
    def of(cls, page: Any) -> "View":
        """The view of a pdfium page."""
        rectangle = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page, rectangle)
        box = rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
        return cls(box, raw.FPDFPage_GetRotation(page) % 4)

    @property
    def matrix(self) -> Matrix:
        """The same as a matrix."""
        left, bottom, right, top = self.box
        return (
            (1.0, 0.0, 0.0, -1.0, -left, top),
            (0.0, 1.0, 1.0, 0.0, -bottom, -left),
            (-1.0, 0.0, 0.0, 1.0, right, -bottom),
            (0.0, -1.0, -1.0, 0.0, top, right),
        )[self.rotation]

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as seen."""
        wide, high = self.box[2] - self.box[0], self.box[3] - self.box[1]
        return (high, wide) if self.rotation % 2 else (wide, high)


def at(point: Point, matrix: Matrix) -> Point:
    """A point moved by a matrix."""
    a, b, c_, d, e, f = matrix
    return a * point[0] + c_ * point[1] + e, b * point[0] + d * point[1] + f


def seen_box(box: Box, matrix: Matrix) -> Box:
    """A box moved by a matrix, its sides in order again."""
    left, top, right, bottom = box
    corners = [at(p, matrix) for p in ((left, top), (right, bottom), (left, bottom), (right, top))]
    xs, ys = [p[0] for p in corners], [p[1] for p in corners]
    return min(xs), min(ys), max(xs), max(ys)
