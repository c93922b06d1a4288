"""What a careful person would not rely on: no figure of such a table is taken, and the sender is told why."""

import pytest

from tasks.documents.parse import parse
from tasks.documents.pdf import filling, glyphs, lattice, marks, read, tables, wording
from tasks.intake.judge import read_document
from tests.documents.pdf import paper
from tests.documents.pdf.doubt import BASE, MIDDLE, X, cell, figures, refused, with_figure
from tests.documents.pdf.paper import (
    HEADS,
    HIGH,
    LEFT,
    TITLE,
    TOP,
    WIDE,
    form,
    grid,
    pdf,
    stroke,
    text,
    words,
)
from tests.intake.factory import CAMPAIGN, ROSTER


def turned(matrix: str) -> str:
    return with_figure(f"q BT /F1 11 Tf {matrix} {X + 40} {BASE} Tm <00330030> Tj ET Q\n")


def bar(*, before: bool) -> str:
    """A slanting bar, filled, drawn before or after the words."""
    filled = f"{X + 6} {BASE - 2} m {X + 22} {BASE + 9} l {X + 22} {BASE + 10} l {X + 6} {BASE - 1} l f\n"
    return form(filled + grid(2, 3)) if before else form(more=filled)


def columns(last: str) -> str:
    """A table whose line before the last column is drawn in a way of its own."""
    level = "".join(stroke(LEFT, TOP - HIGH * n, LEFT + 3 * WIDE, TOP - HIGH * n) for n in range(3))
    upright = "".join(stroke(LEFT + WIDE * n, TOP - 2 * HIGH, LEFT + WIDE * n, TOP) for n in (0, 1, 3))
    return form(level + upright + last)


def corner_cut() -> str:
    """A table of which one cell is an angle."""
    lines = grid(2, 3).replace(
        stroke(LEFT, TOP - HIGH, LEFT + 3 * WIDE, TOP - HIGH),
        stroke(LEFT + WIDE, TOP - HIGH, LEFT + 3 * WIDE, TOP - HIGH),
    )
    side = stroke(LEFT + WIDE, TOP - 2 * HIGH, LEFT + WIDE, TOP)
    return form(lines.replace(side, stroke(LEFT + WIDE, TOP - 2 * HIGH, LEFT + WIDE, TOP - HIGH)))


def inner_table() -> str:
    level = "".join(stroke(X + 4, BASE + 12 - 8 * n, X + 60, BASE + 12 - 8 * n) for n in range(3))
    return form(
        more=level + "".join(stroke(X + 4 + 28 * n, BASE - 4, X + 4 + 28 * n, BASE + 12) for n in range(3))
    )


DOUBTS = {
    "a text over a border": (with_figure(cell("30", at=-6)), filling.CROSSING),
    "a text that runs on in the next cell": (
        form(rows=(HEADS, ("三泉镇", "", "")), more=text(X - WIDE + 8, BASE, "3 场（含联办的活动）及 30")),
        filling.CROSSING,
    ),
    "a text that runs out of the table": (with_figure(cell("30" + "0" * 24)), filling.CROSSING),
    "a text on the table's edge": (form(more=text(LEFT + 3 * WIDE - 4, BASE, "45")), filling.CROSSING),
    "a text turned left": (turned("0 1 -1 0"), glyphs.TURNED),
    "a text upside down": (turned("-1 0 0 -1"), glyphs.TURNED),
    "a text seen in a mirror": (turned("-1 0 0 1"), glyphs.TURNED),
    "a whole table turned": (f"q 0 1 -1 0 800 0 cm {form()} Q", glyphs.TURNED),
    "a figure drawn invisibly": (with_figure(cell("30", before="3 Tr")), glyphs.UNSEEN),
    "a figure only used as a clip": (with_figure(cell("30", before="7 Tr")), glyphs.UNSEEN),
    "a white figure": (with_figure(cell("30", before="1 g", font="F2")), glyphs.UNSEEN),
    "a nearly white figure": (with_figure(cell("30", before="0.97 g")), glyphs.UNSEEN),
    "a white figure in full width": (with_figure(cell("３０", before="1 g")), glyphs.UNSEEN),
    "a white figure in Chinese": (with_figure(cell("三十", before="1 g")), glyphs.UNSEEN),
    "a figure outside its clip": (with_figure(f"q 0 0 10 10 re W n {cell('30')} Q"), glyphs.UNSEEN),
    "half a figure outside its clip": (
        with_figure(f"q {X + 8} {BASE - 8} 5.5 40 re W n {cell('30')} Q"), glyphs.UNSEEN,
    ),
    "a figure under a white patch": (form(more=f"1 g {X + 4} {BASE - 6} 40 20 re f 0 g "), glyphs.UNSEEN),
    "a figure written on a patch over another": (
        form(more=f"1 g {X + 4} {BASE - 6} 40 20 re f 0 g " + cell("45")), filling.OVERLAID,
    ),
    "a figure in a layer switched off": (with_figure(f"/OC /L1 BDC {cell('３０')} EMC"), read.LAYERED),
    "lines in a layer switched off": (form(f"/OC /L1 BDC {grid(2, 3)} EMC"), read.LAYERED),
    "a figure too small to read": (with_figure(cell("30", size=2)), glyphs.TINY),
    "a figure squeezed to a line": (with_figure(cell("30", before="5 Tz")), glyphs.TINY),
    "characters without codes": (with_figure(cell("30", font="F3")), glyphs.UNMAPPED),
    "a digit whose code is another's": (with_figure(cell("30", font="F4")), glyphs.MISNAMED),
    "a text said to stand for another": (
        with_figure(f"/Span <</ActualText (99)>> BDC {cell('30')} EMC"), glyphs.MEANT,
    ),
    "a text said to stand for nothing": (
        form(more=f"/Span <</ActualText ()>> BDC {cell('5', at=20)} EMC"), glyphs.MEANT,
    ),
    "two figures on each other": (with_figure(cell("30") + cell("45")), wording.OVERPRINTED),
    "a figure printed again beside itself": (with_figure(cell("30") + cell("30", at=12)), glyphs.TWICE),
    "a figure printed again a little lower": (
        with_figure(cell("30") + text(X + 8.9, BASE - 4.7, "30")), wording.OVERPRINTED,
    ),
    "figures drawn into each other": (with_figure(cell("30", before="-5 Tc")), wording.OVERPRINTED),
    "a figure struck out by a line": (form(more=stroke(X + 6, MIDDLE, X + 22, MIDDLE)), filling.STRUCK),
    "a figure struck out by a red line": (
        form(more="1 0 0 RG " + stroke(X + 6, MIDDLE, X + 22, MIDDLE)), filling.STRUCK,
    ),
    "a figure struck out by a thin rectangle": (
        form(more=paper.thin(X + 6, MIDDLE, X + 22, MIDDLE)), filling.STRUCK,
    ),
    "a figure written on a line": (form(stroke(X + 6, MIDDLE, X + 22, MIDDLE) + grid(2, 3)), filling.STRUCK),
    "a figure struck out slantwise": (form(more=stroke(X + 6, BASE - 2, X + 22, BASE + 10)), filling.STRUCK),
    "a figure struck out by a bar before it": (bar(before=True), filling.STRUCK),
    "a figure struck out by a bar after it": (bar(before=False), filling.OVERLAID),
    "a figure struck out by hand": (
        form(more=f"{X + 6} {BASE - 2} m {X + 10} {BASE + 10} {X + 16} {BASE + 10} {X + 22} {BASE - 2} c S "),
        filling.STRUCK,
    ),
    "a figure with dashes typed over it": (with_figure(cell("30") + cell("——")), wording.OVERPRINTED),
    "a figure as a picture": (with_figure(f"q 12 0 0 12 {X + 8} {BASE} cm /I1 Do Q"), filling.STAMPED),
    "a line drawn half way": (columns(stroke(X, TOP - 36, X, TOP)), lattice.BROKEN_LINE),
    "a line in white": (columns("1 G " + stroke(X, TOP - 48, X, TOP) + "0 G "), filling.HIDDEN_LINE),
    "a cell that is no rectangle": (corner_cut(), lattice.ODD_CELL),
    "a row under the table without lines": (form(grid(1, 3)), tables.UNRULED),
    "a table in a cell": (inner_table(), tables.NESTED),
}  # fmt: skip


@pytest.mark.parametrize("doubt", DOUBTS)
def test_a_table_in_doubt_gives_no_figure_and_says_why(doubt):
    page, why = DOUBTS[doubt]
    refused(parse("表.pdf", pdf(page)), why)


def test_a_table_without_lines_is_asked_for_again_with_the_reason():
    reading = read_document(parse("表.pdf", pdf(form("0 0 m 1 1 l S "))), CAMPAIGN, ROSTER)
    assert figures(reading) == set()
    assert "没有画出框线" in reading.findings[0].text


def test_the_form_itself_is_in_no_doubt():
    assert parse("表.pdf", pdf(with_figure(cell("30")))).unread == ()


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("/CropBox[0 0 330 842]", glyphs.UNSEEN),
        ("/CropBox[0 690 595 842]", glyphs.UNSEEN),
        ("/Rotate 90", glyphs.TURNED),
    ],
)
def test_a_page_that_shows_only_a_part_or_lies_on_its_side_is_in_doubt(page, why):
    refused(parse("表.pdf", pdf(form(), page=page)), why)


def note(kind: str, left: int, low: int, more: str = "") -> str:
    return f"/Annots[<</Type/Annot/Subtype/{kind}/Rect[{left} {low} {left + 40} {low + 20}]{more}>>]"


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (
            note("StrikeOut", X, BASE - 4, f"/QuadPoints[{X} {TOP} {X + 9} {TOP} {X} 9 {X + 9} 9]"),
            filling.STAMPED,
        ),
        (note("Ink", X, BASE - 4), filling.STAMPED),
        (note("Stamp", X, BASE - 4), filling.STAMPED),
        (note("FreeText", LEFT, 300, "/Contents(45)"), filling.STAMPED),
        (note("Link", X, BASE - 4, "/AP<</N 13 0 R>>"), filling.STAMPED),
        (note("Link", X, BASE - 4, "/Border[0 0 20]"), filling.STAMPED),
        (note("Widget", X, BASE - 4, "/FT/Tx/T(a)/V(45)"), filling.FIELD),
    ],
)
def test_what_was_put_on_the_table_afterwards_leaves_it_in_doubt(page, why):
    refused(parse("表.pdf", pdf(form(), page=page)), why)


@pytest.mark.parametrize(
    "page", [note("Link", X, BASE - 4), note("Stamp", LEFT, 300), note("Widget", LEFT, 300)]
)
def test_a_link_and_a_seal_beside_the_table_are_no_doubt(page):
    assert parse("表.pdf", pdf(form(), page=page)).unread == ()


SCAN = "q 595 0 0 842 0 0 cm /I1 Do Q "


@pytest.mark.parametrize("page", [SCAN + form().replace("BT", "BT 3 Tr"), form() + SCAN])
def test_text_a_machine_found_in_a_scan_is_no_form(page):
    content = parse("表.pdf", pdf(page))
    assert (content.sheets, [f.code for f in content.findings]) == ((), ["WRONG_FORMAT"])
    assert "扫描" in content.findings[0].text


def test_one_doubt_leaves_every_table_of_the_file_open():
    other = pdf(
        form(), text(LEFT, 770, TITLE) + grid(2, 3) + words((HEADS, ("白沙镇", "4", ""))) + cell("30", at=-6)
    )
    refused(parse("表.pdf", other), f"第2页的表{filling.CROSSING}")


def many(first: int, last: int, heads: tuple = (HEADS,)) -> tuple:
    return (*heads, *((f"东城街道第{n}组", "1", "2") for n in range(first, last)))


def sheet_of(content) -> tuple:
    (sheet,) = content.sheets
    return sheet.rows


def test_a_table_that_goes_on_with_its_head_repeated_is_one():
    pages = [form(rows=many(1, 27)), grid(4, 3, top=780) + words(many(27, 30), top=780)]
    content = parse("表.pdf", pdf(*pages))
    assert content.unread == ()
    assert sheet_of(content) == many(1, 30)
    assert content.sheets[0].name == "第1至2页表1"


@pytest.mark.parametrize(
    "rest",
    [
        many(1, 4),
        (("", "1", "2"), *many(28, 30, heads=())),
        (("组别", "活动", "走访"), *many(27, 30, heads=())),
        (*many(27, 28), ("", "", "")),
    ],
)
def test_a_table_that_may_go_on_or_not_is_in_doubt(rest):
    after = grid(len(rest), 3, top=780) + words(rest, top=780)
    rows = many(1, 27) if rest[0] != HEADS or rest[1][0].endswith("第1组") else many(1, 6)
    content = parse("表.pdf", pdf(form(rows=rows), after))
    assert (content.sheets, len(content.unread)) == ((), 1)
    assert "不能确定是不是接着上一页的表" in content.unread[0]


def numbered(first: int, last: int) -> tuple:
    return tuple((str(n), f"东城街道第{n}组", "2") for n in range(first, last))


NUMBERED = ("序号", "单位", "走访家庭（户）")


@pytest.mark.parametrize("heads", [(), (NUMBERED,)])
def test_a_table_of_which_a_page_is_missing_is_in_doubt(heads):
    def two(begin: int) -> bytes:
        rest = (*heads, *numbered(begin, 35))
        return pdf(
            form(rows=(NUMBERED, *numbered(1, 27))), grid(len(rest), 3, top=780) + words(rest, top=780)
        )

    assert sheet_of(parse("表.pdf", two(27))) == (NUMBERED, *numbered(1, 35))
    assert parse("表.pdf", two(31)).unread == ("第2页的表不能确定是不是接着上一页的表",)


def test_a_table_that_goes_on_at_the_top_of_the_next_page_needs_no_second_head():
    rest = (*many(27, 30, heads=()), ("合计", "29", "58"))
    after = grid(4, 3, top=780) + words(rest, top=780)
    assert sheet_of(parse("表.pdf", pdf(form(rows=many(1, 27)), after))) == (*many(1, 27), *rest)


@pytest.mark.parametrize(("rows", "top"), [(many(1, 16), 780), (many(1, 27), 600)])
def test_a_table_without_head_elsewhere_on_its_page_or_after_half_a_page_is_in_doubt(rows, top):
    after = grid(3, 3, top=top) + words(many(27, 30, heads=()), top=top)
    content = parse("表.pdf", pdf(form(rows=rows), after))
    assert (content.sheets, len(content.unread)) == ((), 1)
    assert "不能确定是不是接着上一页的表" in content.unread[0]


def test_pages_in_another_order_are_no_one_table():
    pages = [form(rows=many(1, 27)), grid(4, 3, top=780) + words(many(27, 30), top=780)]
    footed = [page + text(250, 40, f"第{n}页 共2页") for n, page in zip((2, 1), pages, strict=True)]
    assert len(parse("表.pdf", pdf(*footed)).sheets) == 2


@pytest.mark.parametrize("said", ["第1页 共3页", "第 １ 页，共 ３ 页", "共3页　第1页", "Page 1 of 3"])
def test_a_file_with_fewer_pages_than_they_say_is_in_doubt(said):
    refused(parse("表.pdf", pdf(form(more=text(250, 40, said)))), "第1页写明共3页，文件里只有1页")


def test_more_notes_than_any_form_has_are_not_gone_through():
    many_links = "/Annots[" + "<</Type/Annot/Subtype/Link/Rect[0 0 1 1]>>" * 2001 + "]"
    refused(parse("表.pdf", pdf(form(), page=many_links)), "内容过于复杂")


def test_what_no_form_holds_is_not_gone_through():
    dots = "".join(f"{n % 500} {n // 500} m {n % 500 + 1} {n // 500} l S\n" for n in range(31_000))
    refused(parse("表.pdf", pdf(form() + dots)), "内容过于复杂")


def test_the_reason_is_one_clause_for_one_page():
    with pytest.raises(marks.Unsure) as told:
        raise marks.Unsure(filling.STRUCK)
    assert str(told.value) == filling.STRUCK
