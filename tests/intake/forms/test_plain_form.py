"""Forms typed as plain text, and the footer below a form of one row."""

import pytest

from tasks.intake.forms.form import read_form
from tasks.intake.judge import read_document
from tasks.terms.readings import Content, Reading
from tests.intake.factory import CAMPAIGN, FORM, ROSTER
from tests.intake.forms.test_form import codes, content

NAMES = [f"{f.title}（{f.unit}）" for f in FORM.fields]
FIGURES = list(range(60, 60 + len(NAMES)))


def read(text: str) -> Reading:
    return read_document(Content("txt", text=text), CAMPAIGN, ROSTER)


def values(reading: Reading) -> list[float | None]:
    return [(reading.values or {}).get(f.id) for f in FORM.fields]


def test_labels_with_their_figures_in_one_line_are_read():
    said = "；".join(f"{f.title}：{n}{f.unit}" for f, n in zip(FORM.fields, FIGURES, strict=True))
    found = read(f"统计表\n填报单位：三泉镇\n{said}\n")
    assert (found.unit, values(found)) == ("500119100", FIGURES)


@pytest.mark.parametrize("bar", ["|", "｜", "│", "\t"])
def test_a_table_of_bars_is_read(bar: str):
    head, figures = bar.join(NAMES), bar.join(map(str, FIGURES))
    found = read(f"统计表\n填报单位：三泉镇\n{bar}{head}{bar}\n+-----+-----+\n{bar}{figures}{bar}\n")
    assert values(found) == FIGURES


def test_a_text_that_tells_of_its_figures_is_no_form():
    found = read("三泉镇总结\n我镇开展社区活动6场，走访家庭45户，服务群众520人次。\n")
    assert found.rows == ()


def test_a_footer_below_the_only_row_is_no_row_of_a_unit():
    found = read_form(
        content(
            ["统计表"],
            ["填报单位：三泉镇"],
            NAMES,
            FIGURES,
            ["填表人：王某", "审核人：李某"],
        ),
        CAMPAIGN,
        ROSTER,
        filename="",
    )
    assert (codes(found), values(found)) == ([], FIGURES)


def test_a_footer_whose_cells_stand_apart_from_their_names_is_no_row_either():
    found = read_form(
        content(["填报单位：三泉镇"], NAMES, FIGURES, ["填表人：", "王某"]), CAMPAIGN, ROSTER, filename=""
    )
    assert (codes(found), values(found)) == ([], FIGURES)
