"""What is drawn in a table and is no character of it, and what is there and not seen."""

import pytest

from tasks.documents.parse import parse
from tasks.documents.pdf import filling, glyphs, ink, tables
from tests.documents.pdf.doubt import BASE, MIDDLE, NONE, X, cell, refused, with_figure
from tests.documents.pdf.paper import HEADS, HIGH, LEFT, ROW, TOP, WIDE, form, grid, pdf, stroke, text

ASTRIDE = text(X - 60, BASE, "30")
"""A figure in the first of two cells."""


def frame() -> str:
    """A row with lines around it and none within."""
    return f"0.5 w {LEFT} {TOP - 2 * HIGH} {3 * WIDE} {HIGH} re S\n"


DRAWN = {
    "a figure added by pen": (
        form(more=f"{X + 26} {BASE} m {X + 20} {BASE + 12} {X + 36} {BASE + 12} {X + 30} {BASE} c S "),
        ink.DRAWN,
    ),
    "a one set before a figure by pen": (form(more=stroke(X + 4, BASE, X + 4, BASE + 9)), ink.DRAWN),
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


@pytest.mark.parametrize("doubt", HIDDEN)
def test_a_table_of_which_a_line_or_a_figure_is_not_seen_gives_no_figure(doubt):
    page, why = HIDDEN[doubt]
    refused(parse("表.pdf", pdf(page)), why)
