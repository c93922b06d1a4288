"""The page as a picture in grey, to ask whether something on it is seen at all.

A text may be hidden in more ways than a file's structure tells: white on white, under a picture, outside a
clip, in a layer switched off. What leaves no mark in the picture is not read.
"""

from typing import Any

from tasks.documents.pdf.marks import Box, Unsure

SCALE = 2.0
MAX_PIXELS = 6_000_000
SEEN = 24
"""Least difference in grey between ink and what lies around it, of 255."""
FAINT = 8
"""The same for a table's line, which may be a grey hair."""
DOT = 4
"""Pixels a dot is wide."""
MOST = 0.6
"""Share of what lies around a dot or a stroke that is all ink; a table's line beside it is not as much."""
TOO_LARGE = "尺寸过大"


class Sight:
    """One page drawn once, when first asked."""

    def __init__(self, page: Any, size: tuple[float, float]) -> None:
        self.page = page
        self._size = size
        self._pixels: memoryview | None = None
        self._wide = self._high = self._stride = 0

    def parted(self, box: Box) -> bool:
        """Whether a box holds more than one shade of grey, however little they differ."""
        pixels = self._pixels if self._pixels is not None else self._drawn()
        left, right = max(int(box[0] * SCALE), 0), min(int(box[2] * SCALE) + 1, self._wide)
        rows = range(max(int(box[1] * SCALE), 0), min(int(box[3] * SCALE) + 1, self._high))
        if left >= right or not rows:
            return False
        if right - left > len(rows):
            across = slice(
                rows[0] * self._stride + (left + right) // 2, rows[-1] * self._stride + right, self._stride
            )
            middle = bytes(pixels[across])
        else:
            middle = self._line(pixels, rows[len(rows) // 2], left, right)
        if max(middle) - min(middle) >= FAINT:
            return True
        inside = b"".join(self._line(pixels, row, left, right) for row in rows)
        return max(inside) - min(inside) >= FAINT

    def sees(self, box: Box, *, nearby: bool = False) -> bool:
        """Whether a box holds ink: more than one shade of grey, or another one than all around it.

        Nearby: a pixel farther to the sides counts, too, where a dot is drawn in another font than its own.
        """
        pixels = self._pixels if self._pixels is not None else self._drawn()
        left, right = _span(box[0], box[2], self._wide)
        if nearby and right - left <= DOT:
            left, right = max(left - 1, 0), min(right + 1, self._wide)
        top, bottom = max(int(box[1] * SCALE), 0), min(int(box[3] * SCALE) + 1, self._high)
        if left >= right or top >= bottom:
            return False
        inside = b"".join(self._line(pixels, row, left, right) for row in range(top, bottom))
        shade = inside[0]
        if max(inside) - min(inside) >= SEEN:
            return True
        around = self._around(pixels, left, right, top, bottom)
        return sum(abs(grey - shade) >= SEEN for grey in around) > MOST * len(around)

    def _line(self, pixels: memoryview, row: int, left: int, right: int) -> bytes:
        begin = row * self._stride
        return bytes(pixels[begin + max(left, 0) : begin + min(right, self._wide)])

    def _around(self, pixels: memoryview, left: int, right: int, top: int, bottom: int) -> bytes:
        """The pixels next to but one around a box: those at its edge may be half ink."""
        rows = [row for row in (top - 2, bottom + 1) if 0 <= row < self._high]
        level = [self._line(pixels, row, left - 2, right + 2) for row in rows]
        middle = [row for row in range(top, bottom) if 0 <= row < self._high]
        sides = [column for column in (left - 2, right + 1) if 0 <= column < self._wide]
        return b"".join(level) + bytes(pixels[row * self._stride + c] for row in middle for c in sides)

    def _drawn(self) -> memoryview:
        wide, high = self._size
        if not 0 < wide * high * SCALE * SCALE <= MAX_PIXELS:
            raise Unsure(TOO_LARGE)
        bitmap = self.page.render(
            scale=SCALE, grayscale=True, draw_annots=False, may_draw_forms=False, rev_byteorder=False
        )
        self._wide, self._high, self._stride = bitmap.width, bitmap.height, bitmap.stride
        self._pixels = memoryview(bitmap.buffer).cast("B")
        self._bitmap = bitmap
        return self._pixels


def _span(low: float, high: float, end: int) -> tuple[int, int]:
    """The pixels inside a span, at least one; never what lies beside it, which is the next character."""
    first, last = int(low * SCALE + 0.999), int(high * SCALE)
    if last <= first:
        first = int((low + high) / 2 * SCALE)
        last = first + 1
    return max(first, 0), min(last, end)
