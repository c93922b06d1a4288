"""What a workbook strikes out or prints smaller, and a delimited text whose commas part a number."""

import io

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import Color, Font, PatternFill

from tasks.documents.number_format import as_percent
from tests.documents.test_formats import read, saved


def struck_run(*, inline: bool) -> bytes:
    """A cell with 35 struck through and 42 behind it."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": inline})  # writes its texts into the cells
    sheet = book.add_worksheet("统计表")
    sheet.write(0, 0, "走访家庭")
    sheet.write_rich_string(1, 0, book.add_format({"font_strikeout": True}), "35", book.add_format(), "42")
    book.close()
    return out.getvalue()


@pytest.mark.parametrize("inline", [False, True])
def test_a_struck_part_of_a_cell_is_left_out(inline: bool):
    (sheet,) = read(struck_run(inline=inline), "表.xlsx").sheets
    assert sheet.rows == (("走访家庭",), ("42",))


def test_a_cell_struck_out_is_empty_and_its_neighbours_stay():
    book = openpyxl.Workbook()
    book.active.append(["村名", "走访家庭"])
    book.active.append(["大桥村", 30])
    book.active["B2"].font = Font(strike=True)
    (sheet,) = read(saved(book), "表.xlsx").sheets
    assert sheet.rows == (("村名", "走访家庭"), ("大桥村",))


@pytest.mark.parametrize("shape", ["0!.0,", "0\\.0,", "#,##0,", '0.00,,"亿"'])
def test_a_figure_printed_smaller_than_stored_is_no_figure(shape: str):
    book = openpyxl.Workbook()
    book.active.append(["资金", 35800])
    book.active["B1"].number_format = shape
    (sheet,) = read(saved(book), "表.xlsx").sheets
    assert sheet.rows[0][1] == "35800（显示时被格式缩小）"


@pytest.mark.parametrize("shape", ["#,##0", "#,##0.00", "0_ ", "#,##0_);[Red]\\(#,##0\\)", "@"])
def test_an_ordinary_format_changes_nothing(shape: str):
    book = openpyxl.Workbook()
    book.active.append(["资金", 35800])
    book.active["B1"].number_format = shape
    book.active["A1"].font = Font(strike=False)
    (sheet,) = read(saved(book), "表.xlsx").sheets
    assert sheet.rows == (("资金", 35800.0),)


@pytest.mark.parametrize(
    ("stored", "shape", "seen"),
    [
        (0.9615, "0.00%", "96.15%"), (0.95, "0%", "95%"), (25 / 26, "0.0%", "96.2%"), (1.2, "0%", "120%"),
        (95, "0%", "9500%"), (0.5, '0"%"', "0.5%"), (1, "0%;-0%", "100%"),
    ],
)  # fmt: skip
def test_a_share_shown_as_per_cent_is_read_as_shown(stored: float, shape: str, seen: object):
    book = openpyxl.Workbook()
    book.active.append(["整改率", stored])
    book.active["B1"].number_format = shape
    (sheet,) = read(saved(book), "表.xlsx").sheets
    assert sheet.rows == (("整改率", seen),)


@pytest.mark.parametrize("figure", ["1e9999999", "x", "1e300", "Infinity"])
def test_what_is_no_share_of_anything_stays_a_text_that_is_no_number(figure: str):
    assert as_percent(figure, 2) == f"{figure}（显示为百分数）"


def codes(text: str) -> list[str]:
    return [f.code for f in read(text.encode("gb18030"), "表.csv").findings]


def test_a_row_with_more_cells_than_the_header_is_asked_about():
    assert codes("单位,活动,走访,人次\n三泉镇,5,1,200,3600\n") == ["VAGUE"]


@pytest.mark.parametrize(
    "text",
    [
        '单位,活动,走访,人次\n三泉镇,5,"1,200",3600\n',
        "某表,,,\n单位,活动,走访,人次\n三泉镇,5,12,36\n合计,5,12,36\n",
        "单位,活动,走访,人次,\n三泉镇,5,12,36,\n",
        "指标,数量\n活动,5\n走访,12\n",
    ],
)
def test_a_text_whose_rows_fit_the_header_is_clean(text: str):
    assert codes(text) == []


def test_a_text_kept_from_being_reformatted_is_that_text():
    (sheet,) = read('单位,活动,走访\n="三泉镇",="5",="12"\n'.encode(), "表.csv").sheets
    assert sheet.rows[1] == ("三泉镇", "5", "12")


def figure(**look: object) -> object:
    """What is read of 35800 in a cell of this look."""
    book = openpyxl.Workbook()
    book.active.append(["资金", 35800])
    book.active["A1"].font = Font(color="FFFFFF")
    for name, value in look.items():
        setattr(book.active["B1"], name, value)
    (sheet,) = read(saved(book), "表.xlsx").sheets
    assert sheet.rows[0][0] == "资金"  # a heading is read whatever its colour
    return sheet.rows[0][1]


WHITE, BLUE = PatternFill("solid", fgColor="FFFFFF"), PatternFill("solid", fgColor="1F4E79")


@pytest.mark.parametrize(
    "look",
    [
        {"font": Font(color="FFFFFF")},
        {"font": Font(color=Color(theme=0))},
        {"font": Font(color="FFFFFF"), "fill": WHITE},
        {"number_format": ";;;"},
        {"number_format": "[Red];;;@"},
    ],
)
def test_a_figure_nobody_sees_is_no_figure(look: dict):
    assert figure(**look) == "35800（字色或格式使其看不见）"


@pytest.mark.parametrize(
    "look",
    [
        {"font": Font(color="FFFFFF"), "fill": BLUE},
        {"font": Font(color="FF0000")},
        {"font": Font(color=Color(theme=1))},
        {"font": Font(color=Color(theme=0, tint=-0.5))},
        {"number_format": "0;-0;;@"},
        {"number_format": "[>=1000]0;0"},
    ],
)
def test_a_figure_in_colour_or_in_a_format_of_several_parts_is_a_figure(look: dict):
    assert figure(**look) == 35800


def test_a_zero_that_a_format_does_not_print_is_zero():
    book = openpyxl.Workbook()
    book.active.append(["资金", 0])
    book.active["B1"].number_format = ";;;"
    (sheet,) = read(saved(book), "表.xlsx").sheets
    assert sheet.rows == (("资金", 0.0),)


@pytest.mark.parametrize("inline", [False, True])
def test_a_raised_digit_is_no_digit_of_the_figure_before_it(inline: bool):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": inline})
    sheet = book.add_worksheet("统计表")
    sheet.write_rich_string(0, 0, book.add_format(), "3980", book.add_format({"font_script": 1}), "1")
    book.close()
    (sheet,) = read(out.getvalue(), "表.xlsx").sheets
    assert sheet.rows == (("3980¹",),)


@pytest.mark.parametrize(
    ("ink", "fill", "seen"),
    [
        ("FFFF0000", "FFFF0000", False), ("FFC00000", "FFFF0000", True), ("FF000000", "FFFF0000", True),
        ("FFFFFFFF", "FFFF0000", True),
    ],
)  # fmt: skip
def test_a_figure_in_any_colour_on_the_same_colour_is_seen_by_nobody(ink: str, fill: str, seen: bool):
    book = openpyxl.Workbook()
    book.active.append(["走访家庭", 30])
    book.active["B1"].font = Font(color=ink)
    book.active["B1"].fill = PatternFill("solid", fgColor=fill)
    (sheet,) = read(saved(book), "表.xlsx").sheets
    assert sheet.rows[0][1] == (30 if seen else "30（字色或格式使其看不见）")


@pytest.mark.parametrize(
    ("shape", "seen"),
    [('0"万"', "3.5万"), ('#,##0.00"万元"', "3.5万元"), ("0.0\\万", "3.5万"), ('0"亿元"', "3.5亿元")],
)
def test_a_figure_shown_in_ten_thousands_is_read_as_shown(shape: str, seen: str):
    book = openpyxl.Workbook()
    book.active.append(["资金", 3.5])
    book.active["B1"].number_format = shape
    (sheet,) = read(saved(book), "表.xlsx").sheets
    assert sheet.rows == (("资金", seen),)


@pytest.mark.parametrize("look", [{"font": Font(color="FDFDFD")}, {"font": Font(size=1)}])
def test_a_figure_hardly_to_be_seen_is_no_figure(look: dict):
    assert figure(**look) == "35800（字色或格式使其看不见）"


@pytest.mark.parametrize("look", [{"font": Font(color="D9D9D9")}, {"font": Font(size=6)}])
def test_a_pale_or_small_figure_is_a_figure(look: dict):
    assert figure(**look) == 35800


def test_rows_and_columns_pressed_flat_are_hidden_ones():
    book = openpyxl.Workbook()
    for row in (["单位", None, "走访家庭"], ["三泉镇", None, 30], ["白沙镇", None, 40]):
        book.active.append(row)
    book.active.row_dimensions[2].height = 0.5
    for column in "BC":  # a narrow column of nothing only parts its neighbours
        book.active.column_dimensions[column].width = 0.1
    (sheet,) = read(saved(book), "表.xlsx").sheets
    assert (sheet.hidden_rows, sheet.hidden_columns) == ((1,), (2,))
