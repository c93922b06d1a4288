"""Running text: a figure struck out, covered or not seen is not said, and leaves open what is."""

import pytest

from tasks.documents.parse import parse
from tasks.intake.judge import read_document
from tests.documents.pdf import paper
from tests.documents.pdf.paper import LEFT, pdf, stroke, text
from tests.intake.factory import CAMPAIGN, ROSTER

TITLE = "三泉镇2023年5月“千场活动、万家走访”工作总结"
BEFORE = "全镇共开展社区活动3场，走访家庭"
MORE = "各村社会工作室坚持以群众需求为导向，组织社工和志愿者深入村组，认真听取意见。"
AT, BASE = LEFT + 11 * len(BEFORE) - 5.5, 700
"""Where the figure begins: a digit is half as wide as a character."""


def report(figure: str, more: str = "", *, drawn: str = "", **page) -> bytes:
    """A report of one page with a figure of its own."""
    said = text(LEFT, 760, TITLE) + text(LEFT, 740, "5月以来，三泉镇围绕主题认真开展各项工作。")
    said += text(LEFT, BASE, BEFORE + figure + ("" if drawn else "户。")) + drawn
    said += "".join(text(LEFT, 660 - 20 * n, MORE) for n in range(8))
    signed = text(LEFT, 480, "三泉镇人民政府") + text(LEFT, 460, "2023年6月1日")
    return pdf(said + more + signed, **page)


def judged(data: bytes):
    content = parse("总结.pdf", data)
    reading = read_document(content, CAMPAIGN, ROSTER, filename="总结.pdf")
    return content, reading.values.get("visits"), [finding.code for finding in reading.findings]


def test_a_figure_that_is_said_is_read():
    content, visits, codes = judged(report("30"))
    assert (content.unchanged, visits, codes) == ("", 30, [])


def note(kind: str) -> str:
    return f"/Annots[<</Type/Annot/Subtype/{kind}/Rect[{AT} {BASE - 3} {AT + 11} {BASE + 10}]>>]"


UNSAID = {
    "struck out, another beside it": report("3040", stroke(AT, BASE + 4, AT + 11, BASE + 4)),
    "struck out by a thin rectangle": report("3040", paper.thin(AT, BASE + 4, AT + 11, BASE + 4)),
    "painted over": report("30", f"1 g {AT} {BASE - 3} 11 13 re f 0 g "),
    "painted over with another written on it": report(
        "30", f"1 g {AT} {BASE - 3} 11 13 re f 0 g " + text(AT, BASE, "40", font="F2")
    ),
    "struck out by a note": report("30", page=note("StrikeOut")),
    "gone over by pen": report("30", page=note("Ink")),
    "white behind another": report(
        "30", drawn=text(AT + 11, BASE, "5", font="F2", before="1 g") + text(AT + 18, BASE, "户。")
    ),
    "set as the mark of a note": report(
        "30", drawn=text(AT + 11, BASE + 4, "5", size=6) + text(AT + 15, BASE, "户。")
    ),
    "with a code of another": report("   ", text(AT, BASE, "30", font="F4")),
    "said to be another": report(
        "   ", f"/Span <</ActualText (80)>> BDC {text(AT, BASE, '30', font='F2')} EMC"
    ),
}


@pytest.mark.parametrize("way", UNSAID)
def test_a_figure_that_is_not_said_leaves_it_open(way):
    content, visits, codes = judged(UNSAID[way])
    assert (visits, codes) == (None, ["TRACKED_CHANGES"])
    assert content.findings[0].text.startswith("第1页有划掉、盖住、看不见或与编码不符的数字")
    assert content.text != content.unchanged


@pytest.mark.parametrize(
    "more",
    [
        stroke(AT, BASE - 2, AT + 11, BASE - 2),
        f"1 1 0 rg {LEFT} 400 200 50 re f 0 g ",
        "q 60 0 0 60 60 400 cm /I1 Do Q ",
        stroke(LEFT, 730, LEFT + 400, 730),
    ],
)
def test_an_underline_a_coloured_field_and_a_picture_elsewhere_are_no_doubt(more):
    assert judged(report("30", more))[1:] == (30, [])


@pytest.mark.parametrize("kind", ["Stamp", "Highlight", "Link"])
def test_a_seal_or_a_marker_over_a_figure_is_no_doubt(kind):
    assert judged(report("30", page=note(kind)))[1:] == (30, [])
