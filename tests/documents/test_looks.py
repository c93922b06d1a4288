"""What old workbooks and OpenDocument sheets hide, strike out or print smaller; written by LibreOffice."""

import io
import struct
import zipfile

import pytest

from tasks.documents import ole, xls_looks
from tasks.documents.ods_facts import ods_facts
from tasks.documents.reader import read_contents
from tests.documents.look_papers import ENDINGS, kept, looks
from tests.documents.test_formats import read


@pytest.mark.parametrize("ending", ["xlsx", *ENDINGS])
def test_what_is_struck_shrunk_or_hidden_is_no_figure_in_any_kind_of_workbook(ending: str):
    data = looks() if ending == "xlsx" else kept(ending)
    content = read(data, f"统计表.{ending}")
    first, second = content.sheets
    assert content.findings == ()
    assert first.rows == (
        ("单位", "社区活动", "走访家庭", "藏列", "资金"),
        ("三泉镇", None, 30, 9, "35800（显示时被格式缩小）"),
        ("东城街道", 4, "42", 9, 100),
        ("西城街道", None, 50, 9, 200),
        ("藏行", 6, 60, 9, 300),
        ("富文本", "改后四十二", None, 9, 0),
    )
    assert (first.hidden_rows, first.hidden_columns) == ((4,), (3,))
    assert "C6" in {*first.error_cells, *first.formulas_without_value}
    assert second.rows == ((), (), (), (None, None, None, 8))


AUTOMATIC, WHITE, RED, PAPER = 0x7FFF, 9, 10, 65


def font(flags: int, color: int = AUTOMATIC, script: int = 0) -> tuple[int, bytes]:
    return xls_looks.FONT, struct.pack("<5H", 200, flags, color, 400, script) + b"\0" * 4


def look(number: int, form: int = 0, *, pattern: int = 0, ground: int = 64) -> tuple[int, bytes]:
    fill = struct.pack("<IH", pattern << 26, ground | PAPER << 7)
    return xls_looks.XF, struct.pack("<2H", number, form) + b"\0" * 10 + fill


BOOK = (xls_looks.BOF, struct.pack("<2H", 0x0600, 0x0005))
SHEET = (xls_looks.BOF, struct.pack("<2H", 0x0600, 0x0010))
END = (xls_looks.EOF, b"")


def label(row: int, string: int, style: int) -> tuple[int, bytes]:
    return xls_looks.LABELSST, struct.pack("<3HI", row, 0, style, string)


def test_the_fifth_font_of_a_workbook_is_called_number_five():
    fonts = [font(0)] * 4 + [font(8)]
    cell = (xls_looks.NUMBER, struct.pack("<3Hd", 0, 0, 1, 3.0))
    assert xls_looks.shown([BOOK, *fonts, look(0), look(5), END, SHEET, cell, END]) == [{"A1": None}]
    assert xls_looks.shown([BOOK, *fonts, look(0), look(4), END, SHEET, cell, END]) == [{}]


@pytest.mark.parametrize(
    ("number", "shape", "seen"), [(10, b"", "96.15%"), (9, b"", "96%"), (164, b"0.0%", "96.2%")]
)
def test_a_share_shown_as_per_cent_is_read_as_shown(number: int, shape: bytes, seen: str):
    own = [(xls_looks.FORMAT, struct.pack("<2HB", number, len(shape), 0) + shape)] if shape else []
    cell = (xls_looks.NUMBER, struct.pack("<3Hd", 0, 0, 0, 0.96153846))
    assert xls_looks.shown([BOOK, *own, look(0, number), END, SHEET, cell, END]) == [{"A1": seen}]


def test_a_figure_shown_in_ten_thousands_is_read_as_shown():
    shape = '0"万元"'
    text = shape.encode("utf-16le")
    own = (xls_looks.FORMAT, struct.pack("<2HB", 164, len(shape), 1) + text)
    cell = (xls_looks.NUMBER, struct.pack("<3Hd", 0, 0, 0, 3.5))
    assert xls_looks.shown([BOOK, own, look(0, 164), END, SHEET, cell, END]) == [{"A1": "3.5万元"}]


def test_figures_packed_into_one_record_are_each_looked_at():
    packed = struct.pack("<2H", 0, 1) + struct.pack("<HiHi", 0, 7 << 2 | 2, 1, 35800 << 2 | 2)
    shape = b"0.0,"
    form = (xls_looks.FORMAT, struct.pack("<2HB", 164, len(shape), 0) + shape)
    cells = (xls_looks.MULRK, packed + struct.pack("<H", 2))
    records = [BOOK, font(0), form, look(0), look(0, 164), END, SHEET, cells, END]
    assert xls_looks.shown(records) == [{"C1": "35800（显示时被格式缩小）"}]


def test_a_rich_text_over_the_end_of_a_record_is_read_on_in_the_next():
    head = struct.pack("<2I", 2, 2) + struct.pack("<HB", 1, 0) + b"x" + struct.pack("<HBH", 4, 8, 2)
    table = (xls_looks.SST, head + b"35")
    more = (xls_looks.CONTINUE, b"\x01" + "42".encode("utf-16le") + struct.pack("<4H", 0, 1, 2, 0))
    records = [BOOK, font(0), font(8), look(0), table, more, END, SHEET, label(0, 1, 0), label(1, 0, 0), END]
    assert xls_looks.shown(records) == [{"A1": "42"}]


@pytest.mark.parametrize("script", [1, 2])
def test_a_raised_digit_of_an_old_workbook_is_no_digit_of_the_figure_before_it(script: int):
    text = struct.pack("<2I", 1, 1) + struct.pack("<HBH", 3, 8, 1) + b"381" + struct.pack("<2H", 2, 1)
    records = [BOOK, font(0), font(0, script=script), look(0), (xls_looks.SST, text), END]
    assert xls_looks.shown([*records, SHEET, label(0, 0, 0), END]) == [{"A1": "38¹"}]


def test_a_figure_raised_as_a_whole_is_a_figure():
    text = struct.pack("<2I", 1, 1) + struct.pack("<HBH", 2, 8, 1) + b"38" + struct.pack("<2H", 0, 1)
    records = [BOOK, font(0), font(0, script=1), look(0), (xls_looks.SST, text), END]
    assert xls_looks.shown([*records, SHEET, label(0, 0, 0), END]) == [{}]


def test_shared_texts_that_end_too_early_make_the_workbook_a_damaged_one():
    table = (xls_looks.SST, struct.pack("<2I", 9, 9) + struct.pack("<HB", 9, 0) + b"35")
    with pytest.raises(struct.error):
        xls_looks.shown([BOOK, font(8), look(0), table, END, SHEET, label(0, 0, 0), END])


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_bent_workbook_is_a_finding_or_read_and_never_an_error(ending: str):
    data = kept(ending)
    bent = [data[:n] + bytes([data[n] ^ 0x55]) + data[n + 1 :] for n in range(0, len(data), len(data) // 60)]
    for content in read_contents([(f"表.{ending}", each) for each in bent]):
        assert content.sheets or content.findings


@pytest.mark.parametrize(
    ("ink", "fill", "seen"),
    [
        (WHITE, {}, False),
        (PAPER, {}, False),
        (WHITE, {"pattern": 1, "ground": WHITE}, False),
        (RED, {"pattern": 1, "ground": RED}, False),
        (WHITE, {"pattern": 1, "ground": RED}, True),
        (WHITE, {"pattern": 3, "ground": RED}, True),
        (RED, {}, True),
        (AUTOMATIC, {}, True),
    ],
)
def test_a_figure_in_the_colour_of_its_ground_is_seen_by_nobody(ink: int, fill: dict[str, int], seen: bool):
    cell = (xls_looks.NUMBER, struct.pack("<3Hd", 0, 0, 0, 33.0))
    (found,) = xls_looks.shown([BOOK, font(0, ink), look(0, **fill), END, SHEET, cell, END])
    assert found == ({} if seen else {"A1": "33（字色或格式使其看不见）"})


def test_a_workbooks_own_palette_says_what_is_white():
    palette = (xls_looks.PALETTE, struct.pack("<H", 3) + b"\0\0\0\0" + b"\0" * 4 + b"\xff\xff\xff\0")
    cell = (xls_looks.NUMBER, struct.pack("<3Hd", 0, 0, 0, 33.0))
    records = [BOOK, font(0, 10), look(0), palette, END, SHEET, cell, END]
    assert xls_looks.shown(records) == [{"A1": "33（字色或格式使其看不见）"}]


def spread(style: str, *more: str, content: str = "<text:p>33</text:p>") -> bytes:
    """An OpenDocument sheet of one figure in a style."""
    names = "office style table text fo"
    spaces = {n: f"urn:oasis:names:tc:opendocument:xmlns:{n}:1.0" for n in names.split()}
    spaces["fo"] = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
    declared = " ".join(f'xmlns:{n}="{uri}"' for n, uri in spaces.items())
    cell = (
        '<table:table-cell table:style-name="ce1" office:value-type="float" office:value="33">'
        f"{content}</table:table-cell>"
    )
    page = (
        f"<office:document-content {declared}><office:automatic-styles>{''.join(more)}"
        f'<style:style style:name="ce1" style:family="table-cell" style:parent-style-name="base">{style}'
        "</style:style></office:automatic-styles><office:body><office:spreadsheet>"
        f'<table:table table:name="统计表"><table:table-row>{cell}</table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("content.xml", page)
    return out.getvalue()


RICH = '<text:p>38<text:span text:style-name="T1">1</text:span></text:p>'


@pytest.mark.parametrize(
    ("place", "seen"),
    [("super 58%", "38¹"), ("sub 58%", "38¹"), ("33% 58%", "38¹"), ("0% 100%", None), ("", None)],
)
def test_a_raised_digit_of_an_opendocument_sheet_is_no_digit_of_the_figure_before_it(place, seen):
    said = f'<style:text-properties style:text-position="{place}"/>' if place else ""
    raised = f'<style:style style:name="T1" style:family="text">{said}</style:style>'
    data = spread("", raised, content=RICH)
    ((_, cells, _),) = ods_facts(data)
    assert cells == ({"A1": seen} if seen else {})


IN_WHITE = '<style:text-properties fo:color="#FFFFFF"/>'


def on(color: str) -> str:
    return f'<style:table-cell-properties fo:background-color="{color}"/>'


BASE = '<style:style style:name="base" style:family="table-cell">{}</style:style>'


@pytest.mark.parametrize(
    ("style", "base", "seen"),
    [
        (IN_WHITE, "", False),
        (IN_WHITE + on("transparent"), "", False),
        (IN_WHITE + on("#ffffff"), "", False),
        ("", IN_WHITE, False),
        (IN_WHITE.replace("FFFFFF", "c00000") + on("#C00000"), "", False),
        (IN_WHITE + on("#c00000"), "", True),
        (IN_WHITE, on("#c00000"), True),
        (IN_WHITE.replace("FFFFFF", "000000"), IN_WHITE, True),
        ("", "", True),
    ],
)
def test_an_opendocument_figure_in_the_colour_of_its_ground_is_seen_by_nobody(
    style: str, base: str, seen: bool
):
    ((_, cells, _),) = ods_facts(spread(style, BASE.format(base)))
    assert cells == ({} if seen else {"A1": "33（字色或格式使其看不见）"})


def test_a_figure_too_small_for_anybody_is_seen_by_nobody():
    tiny = (xls_looks.FONT, struct.pack("<5H", 20, 0, AUTOMATIC, 400, 0) + b"\0" * 4)
    cell = (xls_looks.NUMBER, struct.pack("<3Hd", 0, 0, 0, 33.0))
    assert xls_looks.shown([BOOK, tiny, look(0), END, SHEET, cell, END]) == [
        {"A1": "33（字色或格式使其看不见）"}
    ]
    ((_, cells, _),) = ods_facts(spread('<style:text-properties fo:font-size="1pt"/>'))
    assert cells == {"A1": "33（字色或格式使其看不见）"}
    assert ods_facts(spread('<style:text-properties fo:font-size="9pt"/>'))[0][1] == {}


def test_a_row_pressed_flat_is_a_hidden_one():
    low = struct.pack("<7H", 2, 0, 5, 10, 0, 0, 0) + b"\0\0"
    plain = struct.pack("<7H", 3, 0, 5, 300, 0, 0, 0) + b"\0\0"
    records = [SHEET, (ole.ROW, low), (ole.ROW, plain), END]
    assert ole.sheet_facts(records)[0].hidden_rows == (2,)
