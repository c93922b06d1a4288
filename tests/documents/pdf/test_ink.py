"""What is drawn in a table and is no character of it, and what is there and not seen."""

import pytest

from tasks.documents.parse import parse
from tasks.documents.pdf import filling, glyphs, ink, read, red, strays, tables
from tests.documents.pdf.doubt import BASE, MIDDLE, NONE, X, cell, refused, with_figure
from tests.documents.pdf.paper import HEADS, HIGH, LEFT, ROW, TOP, WIDE, form, grid, pdf, stroke, text

ASTRIDE = text(X - 60, BASE, "30")
"""A figure in the first of two cells."""


def frame() -> str:
    """A row with lines around it and none within."""
    return f"0.5 w {LEFT} {TOP - 2 * HIGH} {3 * WIDE} {HIGH} re S\n"


def rowed(y: float) -> str:
    """A row of figures without lines."""
    return "".join(text(LEFT + WIDE * n + 8, y, said) for n, said in enumerate(("白沙镇", "4", "40")))


DRAWN = {
    "a figure added by pen": (
        form(more=f"{X + 26} {BASE} m {X + 20} {BASE + 12} {X + 36} {BASE + 12} {X + 30} {BASE} c S "),
        ink.DRAWN,
    ),
    "a one set before a figure by pen": (form(more=stroke(X + 4, BASE, X + 4, BASE + 9)), ink.DRAWN),
    "a one set by pen right beside a line": (form(more=stroke(X + 3, BASE, X + 3, BASE + 9)), ink.DRAWN),
    "a leaning one set before a figure": (form(more=stroke(X + 3, BASE, X + 5, BASE + 9)), ink.DRAWN),
    "a one in Chinese drawn in an empty cell": (
        with_figure(stroke(X + 8, MIDDLE, X + 20, MIDDLE)),
        ink.DRAWN,
    ),
    "a minus drawn before a figure": (form(more=stroke(X + 1, MIDDLE, X + 6, MIDDLE)), ink.DRAWN),
    "a digit drawn as an outline": (
        form(more=f"{X + 24} {BASE + 4} m {X + 24} {BASE + 9} {X + 30} {BASE + 9} {X + 30} {BASE + 4} c f "),
        ink.DRAWN,
    ),
    "a digit drawn as a block": (form(more=f"{X + 24} {BASE} 5 9 re f "), ink.DRAWN),
    "a figure with a ring around it": (
        form(more=f"{X + 2} {BASE} m {X + 2} {BASE + 14} {X + 30} {BASE + 14} {X + 30} {BASE} c S "),
        ink.DRAWN,
    ),
    "figures with no line between": (form(grid(1, 3) + frame(), rows=(HEADS, ROW)), tables.UNPARTED),
}
BESIDE = {
    "a red figure beside a black one": (with_figure(cell("30", before="1 0 0 rg")), red.RED),
    "a figure right of the table": (form(more=text(X + WIDE + 30, BASE, "40")), tables.STRAY),
    "a month struck out above the table": (
        form(more=text(LEFT, 745, "2023年56月") + stroke(LEFT + 33, 749, LEFT + 38, 749)),
        read.STRUCK_BESIDE,
    ),
    "a row without lines further down": (form(more=rowed(400)), "第1页有没画框线的数字"),
    "a digit on the line of its cell": (with_figure(cell("30", at=WIDE - 11.3)), filling.CROSSING),
    "a diagonal through a cell with a figure": (
        form(more=stroke(X, TOP - 48, X + 30, TOP - 24)),
        filling.STRUCK,
    ),
}
HIDDEN = {
    "a line between two cells painted over": (
        form(rows=NONE, more=f"1 g {X - WIDE + 2} {TOP - 47} {2 * WIDE - 4} 22 re f 0 g " + ASTRIDE),
        filling.HIDDEN_LINE,
    ),
    "a line between two cells under a thick white one": (
        form(rows=NONE, more=f"1 G 20 w {X - WIDE + 2} {MIDDLE} m {X + 90} {MIDDLE} l S " + ASTRIDE),
        filling.HIDDEN_LINE,
    ),
    "a line between two cells under a shading": (
        form(rows=NONE, more=f"q {X - 90} {TOP - 47} 180 22 re W n /S1 sh Q " + ASTRIDE),
        filling.HIDDEN_LINE,
    ),
    "a figure made clear": (with_figure(f"/G0 gs {cell('30')}"), glyphs.UNSEEN),
    "a figure under a mask that leaves nothing": (with_figure(f"/G2 gs {cell('30')}"), glyphs.UNSEEN),
    "a figure under a shading": (form(more=f"q {X + 4} {BASE - 6} 40 20 re W n /S1 sh Q "), glyphs.UNSEEN),
    "a figure in a template in a layer switched off": (with_figure("/X1 Do "), glyphs.UNSEEN),
    "a figure in full width outside its clip": (
        with_figure(f"q 0 0 10 10 re W n {cell('３０')} Q"),
        glyphs.UNSEEN,
    ),
}


@pytest.mark.parametrize("doubt", DRAWN)
def test_a_table_drawn_into_gives_no_figure(doubt):
    page, why = DRAWN[doubt]
    refused(parse("表.pdf", pdf(page)), why)


@pytest.mark.parametrize("doubt", BESIDE)
def test_a_table_beside_or_on_whose_lines_figures_stand_gives_none(doubt):
    page, why = BESIDE[doubt]
    refused(parse("表.pdf", pdf(page)), why)


def test_a_table_without_lines_on_another_page_is_not_passed_by():
    refused(parse("表.pdf", pdf(form(), rowed(700))), "第2页有没画框线的数字")


@pytest.mark.parametrize(
    "line",
    [
        "填报日期 2023 年 6 月 1 日",
        "张某某 13800000000 00000001",
        "联系电话：000 0001",
        "千场活动 30",
        "第 1 页 2 3",
    ],
)
def test_dates_and_telephones_are_no_rows_of_a_table(line):
    assert not strays.is_a_row(line)


@pytest.mark.parametrize("line", ["白沙镇 4 40", "1\t白沙镇\t1,234\t-3.5%", "3 30"])
def test_a_line_that_ends_with_figures_is_one(line):
    assert strays.is_a_row(line)


def test_a_total_or_a_column_all_in_red_is_a_style():
    black = {(1, 1): False, (1, 2): False, (2, 1): False, (2, 2): False}
    assert not red.singled_out(black | {(3, 1): True, (3, 2): True})
    assert not red.singled_out(black | {(1, 3): True, (2, 3): True})
    assert red.singled_out(black | {(2, 2): True})


@pytest.mark.parametrize("doubt", HIDDEN)
def test_a_table_of_which_a_line_or_a_figure_is_not_seen_gives_no_figure(doubt):
    page, why = HIDDEN[doubt]
    refused(parse("表.pdf", pdf(page)), why)
