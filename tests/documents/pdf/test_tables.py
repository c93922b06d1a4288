import pytest

from tasks.documents.parse import parse
from tasks.intake.judge import read_document
from tests.documents.pdf import paper
from tests.documents.pdf.paper import HEADS, LEFT, ROW, TOP, WIDE, form, grid, pdf, stroke, text, words
from tests.intake.factory import CAMPAIGN, ROSTER

TABLE = (HEADS, ROW)


def read(*pages: str, **more):
    return parse("表.pdf", pdf(*pages, **more))


def rows(*pages: str, **more) -> tuple:
    content = read(*pages, **more)
    assert content.unread == ()
    (sheet,) = content.sheets
    return sheet.rows


def judged(*pages: str):
    return read_document(read(*pages), CAMPAIGN, ROSTER, filename="表.pdf")


HABITS = {
    "strokes": grid(2, 3),
    "thin rectangles": grid(2, 3, paper.thin),
    "double lines": grid(2, 3, paper.double),
    "dashes drawn one by one": grid(2, 3, paper.dashed),
    "a dash pattern": "[3 2] 0 d " + grid(2, 3),
    "lines cut to size by a clip": grid(2, 3, paper.clipped),
    "pieces with open joints": grid(2, 3, paper.pieces),
    "cells as rectangles": paper.boxes(2, 3),
    "cells as rectangles with gaps": paper.boxes(2, 3, gap=0.8),
    "cells filled and ruled": paper.boxes(2, 3, fill="0.9 g"),
    "a frame filled between two rectangles": f"{LEFT} {TOP - 48} 390 48 re "
    f"{LEFT + 1} {TOP - 47} 388 46 re f* "
    + stroke(LEFT, TOP - 24, LEFT + 390, TOP - 24)
    + stroke(LEFT + 130, TOP - 48, LEFT + 130, TOP)
    + stroke(LEFT + 260, TOP - 48, LEFT + 260, TOP),
    "sides left open as in statistical tables": "".join(
        stroke(LEFT, TOP - 24 * n, LEFT + 390, TOP - 24 * n) for n in range(3)
    )
    + "".join(stroke(LEFT + 130 * n, TOP - 48, LEFT + 130 * n, TOP) for n in (1, 2)),
    "turned and scaled": "q 2 0 0 -2 0 1440 cm 0.25 w "
    + "".join(f"30 {360 + 12 * n} m 225 {360 + 12 * n} l S\n" for n in range(3))
    + "".join(f"{30 + 65 * n} 360 m {30 + 65 * n} 384 l S\n" for n in range(4))
    + "Q ",
}


@pytest.mark.parametrize("habit", HABITS)
def test_a_table_is_read_whatever_way_its_lines_are_drawn(habit):
    assert rows(form(HABITS[habit])) == TABLE


def test_the_form_is_judged_as_one_and_says_where_its_figures_stand():
    reading = judged(form())
    assert (reading.obligation, reading.unit, reading.findings) == ("figures", "500119100", ())
    assert (reading.values["activities"], reading.values["visits"]) == (3, 30)
    assert reading.evidence["visits"] == "第1页表1!C2"


def test_the_text_has_the_title_and_each_cell_as_a_line():
    assert read(form()).text.splitlines() == [paper.TITLE, *HEADS, *ROW]


def test_missing_lines_merge_cells():
    lines = grid(1, 3, top=TOP) + grid(3, 3, top=TOP - 24)
    lines = lines.replace(stroke(LEFT + 260, TOP - 24, LEFT + 260, TOP), "")
    (sheet,) = read(form(lines, (("单位", "活动"), HEADS, ROW, ("", "", "")))).sheets
    assert sheet.rows == (("单位", "活动", None), HEADS, ROW, (None, None, None))
    assert sheet.merged == ((0, 1, 0, 2),)


def test_a_page_turned_for_reading_is_read_as_it_is_seen():
    turned = f"q 0 1 -1 0 800 0 cm {form()} Q"
    assert rows(turned, page="/Rotate 90") == TABLE


def test_a_page_cut_to_its_crop_box_is_read():
    assert rows(form(), page="/CropBox[40 100 555 800]") == TABLE


def test_full_width_and_several_lines_are_read_as_they_stand():
    cells = (HEADS, ("", "１２", "1,234"))
    two = text(LEFT + 8, TOP - 34, "三泉", 8) + text(LEFT + 8, TOP - 44, "镇", 8)
    assert rows(form(rows=cells, more=two))[1] == ("三泉\n镇", "１２", "1,234")


def test_a_character_drawn_twice_to_make_it_bold_is_one():
    bold = "".join(text(LEFT + WIDE + 8 + shift, TOP - 40, "7") for shift in (0, 0.3, 0.5))
    assert rows(form(rows=(HEADS, ("三泉镇", "", "30")), more=bold))[1] == ("三泉镇", "7", "30")


def test_two_tables_on_a_page_are_two_sheets():
    second = grid(2, 3, top=500) + words((HEADS, ("白沙镇", "4", "40")), top=500)
    content = read(form(more=second))
    assert [s.name for s in content.sheets] == ["第1页表1", "第1页表2"]
    assert [s.rows[1][0] for s in content.sheets] == ["三泉镇", "白沙镇"]


def test_a_frame_around_everything_is_no_table():
    assert rows(f"40 40 515 760 re S {form()}") == TABLE


def test_a_table_without_lines_stays_text():
    content = read(form("0 0 m 1 1 l S "))
    assert (content.sheets, content.unread) == ((), ())
    assert [f.code for f in judged(form("0 0 m 1 1 l S ")).findings] == ["WRONG_FORMAT"]


def test_a_diagonal_in_the_corner_parts_no_words():
    corner = stroke(LEFT, TOP, LEFT + WIDE, TOP - 24)
    assert rows(form(rows=(("", *HEADS[1:]), ROW), more=corner))[1] == ROW


@pytest.mark.parametrize(
    "mark",
    [
        stroke(LEFT + 2 * WIDE + 6, TOP - 42, LEFT + 2 * WIDE + 24, TOP - 42),
        f"4 w {LEFT} {TOP - 48} 390 48 re S ",
        "0.8 g " + f"{LEFT + 2 * WIDE + 8} {TOP - 60} 16 12 re f 0 g ",
        text(250, 40, "第 1 页，共 1 页"),
    ],
)
def test_an_underline_a_thick_frame_and_a_page_number_are_no_doubt(mark):
    assert rows(form(more=mark)) == TABLE


def test_a_figure_on_a_coloured_ground_of_its_own_is_read():
    ground = f"1 1 0 rg {LEFT + 2 * WIDE + 6} {TOP - 42} 18 12 re f 0 g "
    assert (
        rows(form(rows=(HEADS, ("三泉镇", "3", "")), more=ground + text(LEFT + 2 * WIDE + 8, TOP - 40, "30")))
        == TABLE
    )


@pytest.mark.parametrize("size", [8, 11, 16])
@pytest.mark.parametrize("figure", ["0.3", "1,234", "1234.56"])
def test_dots_and_commas_are_seen_in_whatever_font_stands_in(size, figure):
    shown = text(LEFT + 2 * WIDE + 8, TOP - 40, figure, size)
    assert rows(form(rows=(HEADS, ("三泉镇", "3", "")), more=shown))[1][2] == figure


@pytest.mark.parametrize("said", ["(30)", "<FEFF00330030>", "(\\357\\273\\27730)", "<FEFF0020003300A00030>"])
def test_a_text_said_to_stand_for_what_it_shows_is_no_doubt(said):
    shown = f"/Span <</ActualText {said}>> BDC {text(LEFT + 2 * WIDE + 8, TOP - 40, '30')} EMC"
    assert rows(form(rows=(HEADS, ("三泉镇", "3", "")), more=shown)) == TABLE


def test_a_text_said_to_stand_for_one_character_of_several_is_no_doubt():
    code = "户".encode("utf-16be").hex()
    at = f"/F1 11 Tf 1 0 0 1 {LEFT + 8} {TOP - 88} Tm"
    marked = f"/Span <</ActualText <FEFF{code}>>> BDC <{code}> Tj EMC"
    shown = f"q BT /Span <</MCID 7>> BDC {at} <8d70> Tj {marked} EMC ET Q"
    assert rows(form(grid(4, 3), more=shown))[3] == ("走户", None, None)


def test_a_diagonal_may_run_through_the_words_of_the_cell_it_parts():
    corner = stroke(LEFT, TOP, LEFT + WIDE, TOP - 24) + text(LEFT + 60, TOP - 16, "单位")
    assert rows(form(rows=(("", *HEADS[1:]), ROW), more=corner)) == TABLE


def test_a_diagonal_through_an_empty_cell_leaves_it_empty():
    through = stroke(LEFT + 2 * WIDE, TOP - 48, LEFT + 3 * WIDE, TOP - 24)
    assert rows(form(rows=(HEADS, ("三泉镇", "3", "")), more=through))[1] == ("三泉镇", "3", None)


def test_a_template_inside_the_page_is_read_where_it_stands():
    assert rows(f"q 0.9 0 0 0.9 20 20 cm {form()} Q") == TABLE
