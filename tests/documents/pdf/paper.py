"""PDFs written by hand, operator by operator, as different programs write them."""

from collections.abc import Callable, Sequence

HEADS = ("单位", "社区活动（场）", "走访家庭（户）")
ROW = ("三泉镇", "3", "30")
TITLE = "千场活动、万家走访统计表"
LEFT, TOP, WIDE, HIGH = 60, 720, 130, 24
_CHINESE = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[5 0 R]>>",
    (
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)"
        b"/Supplement 4>>/DW 1000/W[1 95 500 814 939 500]/FontDescriptor 6 0 R>>"
    ),
    (
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0"
        b"/Ascent 752/Descent -271/CapHeight 737/StemV 58>>"
    ),
)
_GLYPHS_ONLY = (
    b"<</Type/Font/Subtype/Type0/BaseFont/Foo/Encoding/Identity-H/DescendantFonts[8 0 R]>>",
    (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Foo/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/DW 600/FontDescriptor 6 0 R>>"
    ),
)
_PICTURE = (
    b"<</Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8/Length 4>>"
    b"stream\n\x80\xff\x80\xff\nendstream"
)
_MISNAMED = (
    b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/ToUnicode 12 0 R>>",
    (
        b"<</Length 146>>stream\n/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange "
        b"<00><FF> endcodespacerange 1 beginbfrange <33><33><0038> endbfrange endcmap end\nendstream"
    ),
)
_LAYER = b"<</Type/OCG/Name(x)>>"
_IN_A_LAYER = (
    b"<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/OC 10 0 R/Resources 3 0 R/Length 59>>stream\n"
    b"q BT /F2 11 Tf 1 0 0 1 328 680 Tm (30) Tj ET Q             \nendstream"
)
_NOTHING = (
    b"<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Group<</S/Transparency>>/Length 1>>stream\n \nendstream"
)


def pdf(*pages: str, media: tuple[int, int] = (595, 842), page: str = "") -> bytes:
    """Pages of operators.

    /X1 is a figure in that layer; /G0 makes clear, /G1 lighter, /G2 nothing of what is drawn; /S1 is white.
    /F1 is Chinese, /F2 Latin, /F3 has no codes, /F4 calls a 3 an 8, /I1 is a picture, /L1 a hidden layer.
    """
    bodies: dict[int, bytes] = {
        1: b"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[10 0 R]/D<</OFF[10 0 R]>>>>>>",
        3: b"<</Font<</F1 4 0 R/F2<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>/F3 7 0 R/F4 11 0 R>>"
        b"/XObject<</I1 9 0 R/X1 13 0 R>>/Properties<</L1 10 0 R>>"
        b"/ExtGState<</G0<</ca 0>>/G1<</BM/Lighten>>/G2<</SMask<</S/Alpha/G 14 0 R>>>>>>"
        b"/Shading<</S1<</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 595 0]/Function"
        b"<</FunctionType 2/Domain[0 1]/C0[1]/C1[1]/N 1>>/Extend[true true]>>>>>>",
        **dict(enumerate((*_CHINESE, *_GLYPHS_ONLY, _PICTURE, _LAYER, *_MISNAMED, _IN_A_LAYER, _NOTHING), 4)),
    }
    kids = []
    for content in pages:
        number = max(bodies) + 1
        data = content.encode()
        bodies[number] = b"<</Length %d>>stream\n%s\nendstream" % (len(data), data)
        bodies[number + 1] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {media[0]} {media[1]}]/Resources 3 0 R"
            f"/Contents {number} 0 R{page}>>"
        ).encode()
        kids.append(number + 1)
    bodies[2] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{k} 0 R' for k in kids)}]>>".encode()
    return _file(bodies)


def _file(bodies: dict[int, bytes]) -> bytes:
    out, places = b"%PDF-1.7\n", {}
    for number in sorted(bodies):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, bodies[number])
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % places[n] for n in sorted(bodies))
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start)
    return out + tail


def text(x: float, y: float, words: str, size: float = 11, font: str = "F1", before: str = "") -> str:
    """Words from a point on."""
    code = words.encode("latin-1" if font in {"F2", "F4"} else "utf-16be").hex()
    return f"q BT {before} /{font} {size} Tf 1 0 0 1 {x} {y} Tm <{code}> Tj ET Q\n"


Line = Callable[[float, float, float, float], str]


def stroke(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"0.5 w {x0} {y0} m {x1} {y1} l S\n"


def thin(x0: float, y0: float, x1: float, y1: float) -> str:
    """A line as Word and Excel draw it: a rectangle half a point wide."""
    return f"{x0} {y0} {max(x1 - x0, 0.48)} {max(y1 - y0, 0.48)} re f\n"


def double(x0: float, y0: float, x1: float, y1: float) -> str:
    level = y0 == y1
    other = stroke(x0, y0 + 1.5, x1, y1 + 1.5) if level else stroke(x0 + 1.5, y0, x1 + 1.5, y1)
    return stroke(x0, y0, x1, y1) + other


def dashed(x0: float, y0: float, x1: float, y1: float) -> str:
    """Dashes drawn one by one."""
    level = y0 == y1
    start, end = (x0, x1) if level else (y0, y1)
    found, at = "", start
    while at < end:
        stop = min(at + 4, end)
        found += stroke(at, y0, stop, y0) if level else stroke(x0, at, x0, stop)
        at = stop + 1.5
    return found


def clipped(x0: float, y0: float, x1: float, y1: float) -> str:
    """A line far too long, cut to size by a clip."""
    level = y0 == y1
    drawn = stroke(x0 - 300, y0, x1 + 300, y1) if level else stroke(x0, y0 - 300, x1, y1 + 300)
    return f"q {x0 - 0.5} {y0 - 0.5} {x1 - x0 + 1} {y1 - y0 + 1} re W n {drawn}Q\n"


def pieces(x0: float, y0: float, x1: float, y1: float) -> str:
    """A line cell by cell, with a joint open between."""
    level = y0 == y1
    middle = (x0 + x1) / 2 if level else (y0 + y1) / 2
    if level:
        return thin(x0 + 0.5, y0, middle - 0.5, y1) + thin(middle + 0.5, y0, x1 - 0.5, y1)
    return thin(x0, y0 + 0.5, x1, middle - 0.5) + thin(x0, middle + 0.5, x1, y1 - 0.5)


def grid(rows: int, columns: int, line: Line = stroke, *, top: float = TOP, wide: float = WIDE) -> str:
    """All lines of a table, one by one."""
    right, bottom = LEFT + wide * columns, top - HIGH * rows
    level = "".join(line(LEFT, top - HIGH * n, right, top - HIGH * n) for n in range(rows + 1))
    return level + "".join(line(LEFT + wide * n, bottom, LEFT + wide * n, top) for n in range(columns + 1))


def boxes(rows: int, columns: int, *, gap: float = 0.0, fill: str = "") -> str:
    """Each cell a rectangle of its own."""
    found = ""
    for row in range(rows):
        for column in range(columns):
            x, y = LEFT + WIDE * column + gap, TOP - HIGH * (row + 1) + gap
            rectangle = f"{x} {y} {WIDE - 2 * gap} {HIGH - 2 * gap} re"
            found += f"{fill} {rectangle} f 0 g {rectangle} S\n" if fill else f"{rectangle} S\n"
    return found


def words(rows: Sequence[Sequence[str]], *, top: float = TOP, wide: float = WIDE) -> str:
    """The cells' texts."""
    return "".join(
        text(LEFT + wide * column + 8, top - HIGH * row - 16, cell)
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
        if cell
    )


def form(lines: str = "", rows: Sequence[Sequence[str]] = (HEADS, ROW), more: str = "") -> str:
    """A page with the usual form on it."""
    drawn = lines or grid(len(rows), len(rows[0]))
    return text(LEFT, 770, TITLE) + drawn + words(rows) + more
