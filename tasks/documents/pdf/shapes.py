"""Whether a digit looks like the digit its font's table says it is: a table may lie, and nobody sees it.

Each digit of a font is drawn once and laid over the digits of three common faces. That tells any two digits
apart in upright type; it is no recognition of characters, and nothing is ever read by it.
"""

import ctypes as c
from collections.abc import Sequence
from functools import cache
from operator import mul
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from tasks.documents.pdf.marks import Box

WIDE, HIGH = 12, 16
"""The raster digits are compared on."""
PIXELS = 56
"""How high a digit is drawn."""
AHEAD = 0.06
"""By how much another digit must fit better to be a doubt; among honest fonts none does by anything."""
SLIMNESS = 0.5
RIM = 6
"""Lines above and below a digit that tell the ground it stands on."""
FAINT = 32
FACES = ("Helvetica", "Times-Roman", "Courier")
SLANTED = ("Helvetica-Oblique", "Times-Italic")
DIGITS = "0123456789"
Shape = tuple[tuple[float, ...], float]
"""How dark each field of the raster is beside the mean, and how wide the digit is to its height."""


def looks_like(digit: str, page: Any, box: Box, *, slanted: bool = False) -> bool:
    """Whether what a page shows in a box may be the digit; what shows nothing is for others to judge."""
    shape = _shape(_drawn(page, box))
    if shape is None:
        return True
    fits = {each: max(_fit(shape, known[each]) for known in _faces(slanted)) for each in DIGITS}
    return max(fits.values()) - fits[digit] < AHEAD


def _drawn(page: Any, box: Box) -> list[bytes]:
    """A piece of the page as seen, line by line in grey, with a few lines more above and below."""
    scale = PIXELS / max(box[3] - box[1], 1.0)
    wide, high = min(int((box[2] - box[0]) * scale) + 1, 2 * PIXELS), PIXELS + 2 * RIM
    bitmap = pdfium.PdfBitmap.new_native(wide, high, raw.FPDFBitmap_Gray)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, wide, high)
    matrix = raw.FS_MATRIX(scale, 0, 0, scale, -box[0] * scale, RIM - box[1] * scale)
    clip = raw.FS_RECTF(0, 0, wide, high)
    raw.FPDF_RenderPageBitmapWithMatrix(bitmap, page, matrix, clip, raw.FPDF_GRAYSCALE)
    pixels, stride = bytes(memoryview(bitmap.buffer).cast("B")), bitmap.stride
    return [pixels[row * stride : row * stride + wide] for row in range(high)]


def _shape(drawn: Sequence[bytes]) -> Shape | None:
    corners = sorted((drawn[0][0], drawn[0][-1], drawn[-1][0], drawn[-1][-1]))
    lines = [bytes(abs(corners[2] - grey) for grey in line) for line in drawn[RIM:-RIM]]
    strongest = max(map(max, lines))
    rows = [y for y, line in enumerate(lines) if max(line) * 2 >= strongest]
    columns = [x for x in range(len(lines[0])) if max(line[x] for line in lines) * 2 >= strongest]
    if strongest < FAINT:
        return None
    left, right, top, bottom = columns[0], columns[-1] + 1, rows[0], rows[-1] + 1
    across = _parts(left, right, WIDE)
    fields = [
        _mean([line[x0:x1] for line in lines[y0:y1]])
        for y0, y1 in _parts(top, bottom, HIGH)
        for x0, x1 in across
    ]
    return _levelled(fields), (right - left) / (bottom - top)


def _parts(low: int, high: int, count: int) -> list[tuple[int, int]]:
    step = (high - low) / count
    starts = [low + int(n * step) for n in range(count)]
    return [(start, max(start + 1, low + int((n + 1) * step + 0.999))) for n, start in enumerate(starts)]


def _mean(lines: Sequence[bytes]) -> float:
    whole = b"".join(lines)
    return sum(whole) / len(whole) if whole else 0.0


def _fit(one: Shape, other: Shape) -> float:
    """How alike two shapes are: their correlation, less what their widths differ by."""
    alike: float = sum(map(mul, one[0], other[0]))
    return alike - SLIMNESS * abs(min(one[1], 1.0) - min(other[1], 1.0))


def _levelled(fields: Sequence[float]) -> tuple[float, ...]:
    """Fields about a mean of nought and with a length of one, as correlation takes them."""
    mean = sum(fields) / len(fields)
    centred = [field - mean for field in fields]
    length = sum(map(mul, centred, centred)) ** 0.5 or 1.0
    return tuple(field / length for field in centred)


@cache
def _faces(slanted: bool) -> tuple[dict[str, Shape], ...]:
    """The digits of the faces every reader of PDF has."""
    return tuple(map(_face, (*FACES, *SLANTED) if slanted else FACES))


def _face(name: str) -> dict[str, Shape]:
    document = pdfium.PdfDocument.new()
    page = document.new_page(600, 100)
    font = raw.FPDFText_LoadStandardFont(document, name.encode())
    text = raw.FPDFPageObj_CreateTextObj(document, font, 40)
    raw.FPDFText_SetText(text, (c.c_ushort * 11)(*map(ord, DIGITS), 0))
    raw.FPDFPageObj_Transform(text, 1, 0, 0, 1, 20, 40)
    raw.FPDFPage_InsertObject(page, text)
    raw.FPDFPage_GenerateContent(page)
    text_page = page.get_textpage()
    found: dict[str, Shape] = {}
    for number, digit in enumerate(DIGITS):
        left, bottom, right, top = text_page.get_charbox(number)
        shape = _shape(_drawn(page, (left, 100 - top, right, 100 - bottom)))
        found |= {digit: shape} if shape else {}
    return found
