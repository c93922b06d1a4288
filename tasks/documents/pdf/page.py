"""One page as pdfium tells it: paths, pictures and areas; runs only inside the bounded child."""

import ctypes as c
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pypdfium2 import raw

from tasks.documents.pdf.marks import TOO_MUCH, Box, Cover, Drawing, Unsure
from tasks.documents.pdf.meant import Mark, marks_of
from tasks.documents.pdf.paths import Outline, Path, Point, bent, clip_box, draw
from tasks.documents.pdf.view import PLAIN, Matrix, View, at, seen_box, times

MAX_OBJECTS = 30_000
MAX_SEGMENTS = 60_000
"""Beyond any form; a page with more is a drawing."""
MAX_DEPTH = 6
VEILED = frozenset({3, 7})
"""How characters are drawn that nobody sees: what lies over a scanned page."""
SCAN = 0.5
"""Share of the page a picture covers that is the page itself, scanned."""
NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)
_FAINT = 10
_OPAQUE = 255


@dataclass(frozen=True, slots=True)
class Text:
    """One text object: when it is drawn, where, its clip, the marks that say what is to stand for it."""

    order: int
    box: Box
    clip: Box | None = None
    marks: tuple[int, ...] = ()


@dataclass(slots=True)
class Objects:
    """The objects of a page in the order in which they are drawn.

    Attributes:
        texts: every text object, by its address; veiled: whether any is drawn so that nobody sees it.
        meant: what is said to stand for texts, by mark; marked: the objects with such marks.
        layered: whether any stands in a layer that may be switched off.
        pictures: how many there are.
    """

    view: View
    drawing: Drawing = field(default_factory=Drawing)
    texts: dict[int, Text] = field(default_factory=dict)
    meant: dict[int, str] = field(default_factory=dict)
    marked: list[Any] = field(default_factory=list)
    veiled: bool = False
    layered: bool = False
    pictures: int = 0
    objects: int = 0
    segments: int = 0

    @classmethod
    def of(cls, page: Any) -> "Objects":
        """Everything on a page.

        Raises:
            Unsure: there is more than any form holds.
        """
        found = cls(View.of(page))
        found.walk(_top_level(page), found.view.matrix, 0)
        return found

    @property
    def scanned(self) -> bool:
        """Whether the page is a picture of a page."""
        wide, high = self.view.size
        return any(_area_on(picture.box, wide, high) > SCAN for picture in self.drawing.pictures())

    @property
    def recognised(self) -> bool:
        """Whether its text was put under or over the picture by a machine that tried to read it."""
        if not self.scanned or not self.texts:
            return False
        first = min(picture.order for picture in self.drawing.pictures())
        return self.veiled or max(text.order for text in self.texts.values()) < first

    def walk(self, objects: Iterator[Any], matrix: Matrix, depth: int) -> None:
        """Take in some objects; what a form object holds stands where the form stands."""
        for each in objects:
            self.objects += 1
            if self.objects > MAX_OBJECTS or depth > MAX_DEPTH:
                raise Unsure(TOO_MUCH)
            kind = raw.FPDFPageObj_GetType(each)
            marks = marks_of(each)
            self.layered |= any(mark.layer for mark in marks)
            if kind == raw.FPDF_PAGEOBJ_FORM:
                self.walk(_inside(each), times(_matrix_of(each), matrix), depth + 1)
            elif kind == raw.FPDF_PAGEOBJ_TEXT:
                self._text(each, marks, matrix)
            elif kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(each, matrix)
            else:
                self._area(each, kind == raw.FPDF_PAGEOBJ_IMAGE, matrix)

    def _text(self, each: Any, marks: Sequence[Mark], matrix: Matrix) -> None:
        said = {mark.key: mark.meant for mark in marks if mark.meant is not None}
        self.meant |= said
        self.marked += [each] if said else []
        self.texts[address(each)] = Text(
            self.objects, _box(each, matrix) or NOWHERE, self._clip(each, matrix), tuple(said)
        )
        self.veiled |= raw.FPDFTextObj_GetTextRenderMode(each) in VEILED

    def _area(self, each: Any, picture: bool, matrix: Matrix) -> None:
        self.pictures += picture
        if box := _box(each, matrix):
            self.drawing.covers.append(Cover(box, self.objects, picture))

    def _path(self, each: Any, matrix: Matrix) -> None:
        fill, stroke, width = c.c_int(), c.c_int(), c.c_float()
        raw.FPDFPath_GetDrawMode(each, fill, stroke)
        if not (fill.value or stroke.value):
            return
        raw.FPDFPageObj_GetStrokeWidth(each, width)
        whole = times(_matrix_of(each), matrix)
        scale = abs(whole[0] * whole[3] - whole[1] * whole[2]) ** 0.5
        count = raw.FPDFPath_CountSegments(each)
        outlines = self._outlines(each, count, raw.FPDFPath_GetPathSegment, whole)
        path = Path(
            outlines,
            self.objects,
            bool(fill.value),
            bool(stroke.value),
            width.value * scale,
            bool(fill.value) and pale(raw.FPDFPageObj_GetFillColor, each),
            bool(stroke.value) and pale(raw.FPDFPageObj_GetStrokeColor, each),
            self._clip(each, matrix),
        )
        draw(path, self.drawing)

    def _clip(self, each: Any, matrix: Matrix) -> Box | None:
        clip = raw.FPDFPageObj_GetClipPath(each)
        found: list[Outline] = []
        for number in range(max(raw.FPDFClipPath_CountPaths(clip), 0) if clip else 0):
            count = raw.FPDFClipPath_CountPathSegments(clip, number)
            pieces = self._outlines(
                clip, count, lambda p, n, k=number: raw.FPDFClipPath_GetPathSegment(p, k, n), matrix
            )
            points = tuple(point for piece in pieces for point in piece.points)
            found += [Outline(points)] if points else []
        return clip_box(found)

    def _outlines(self, path: Any, count: int, segment: Any, matrix: Matrix) -> tuple[Outline, ...]:
        self.segments += max(count, 0)
        if self.segments > MAX_SEGMENTS:
            raise Unsure(TOO_MUCH)
        found: list[Outline] = []
        points: list[Point] = []
        closed = curved = False
        bend: list[Point] = []
        x, y = c.c_float(), c.c_float()
        for number in range(count):
            piece = segment(path, number)
            kind = raw.FPDFPathSegment_GetType(piece)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                found += [Outline(tuple(points), closed, curved)] if points else []
                points, closed, curved, bend = [], False, False, []
            raw.FPDFPathSegment_GetPoint(piece, x, y)
            point = at((x.value, y.value), matrix)
            if kind == raw.FPDF_SEGMENT_BEZIERTO and points:
                curved = True
                bend.append(point)
                if len(bend) == 3:  # noqa: PLR2004  two handles and the end
                    points += bent(points[-1], *bend)
                    bend = []
            else:
                points.append(point)
            closed |= bool(raw.FPDFPathSegment_GetClose(piece))
        return (*found, Outline(tuple(points), closed, curved)) if points else tuple(found)


def _area_on(box: Box, wide: float, high: float) -> float:
    """The share of a page that a box covers."""
    across, down = min(box[2], wide) - max(box[0], 0), min(box[3], high) - max(box[1], 0)
    return max(across, 0) * max(down, 0) / (wide * high) if wide > 0 < high else 0.0


def _box(each: Any, matrix: Matrix) -> Box | None:
    edges = [c.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(each, *edges):
        return None
    left, bottom, right, top = (edge.value for edge in edges)
    return seen_box((left, bottom, right, top), matrix)


def address(each: Any) -> int:
    """What a pdfium handle is known by."""
    return c.cast(each, c.c_void_p).value or 0


def _top_level(page: Any) -> Iterator[Any]:
    for number in range(raw.FPDFPage_CountObjects(page)):
        yield raw.FPDFPage_GetObject(page, number)


def _inside(form: Any) -> Iterator[Any]:
    for number in range(raw.FPDFFormObj_CountObjects(form)):
        yield raw.FPDFFormObj_GetObject(form, number)


def _matrix_of(each: Any) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(each, found):
        return PLAIN
    return found.a, found.b, found.c, found.d, found.e, found.f


def pale(colour: Callable[..., Any], each: Any) -> bool:
    """Whether a colour is one nobody sees on paper."""
    parts = [c.c_uint() for _ in range(4)]
    if not colour(each, *parts):
        return False  # a pattern
    red, green, blue, alpha = (part.value for part in parts)
    return (_OPAQUE - min(red, green, blue)) * alpha // _OPAQUE < _FAINT
