"""Forms of documents with pages: what stands outside the table counts, and several tables are no one form."""

import pytest

from tasks.intake.judge import read_document
from tasks.terms.readings import Content, Reading, Sheet
from tests.intake.factory import CAMPAIGN, ROSTER

TITLE = "“千场活动、万家走访”统计表"
HEADS = ("单位", "社区活动（场）", "走访家庭（户）")
ROW = ("三泉镇", "3", "30")
FORMATS = ("docx", "doc", "pdf")


def read(*tables: tuple, loose: tuple[str, ...] = (), kind: str = "docx") -> Reading:
    cells = [cell for table in tables for row in table for cell in row if cell]
    sheets = tuple(Sheet(f"表{n}", table) for n, table in enumerate(tables, 1))
    return read_document(Content(kind, sheets, "\n".join((TITLE, *loose, *cells))), CAMPAIGN, ROSTER)


def codes(reading: Reading) -> list[str]:
    return [finding.code for finding in reading.findings]


def figures(reading: Reading) -> tuple:
    said = {value for row in reading.rows for value in row.values.values()}
    return (*((reading.values or {}).get(name) for name in ("activities", "visits")), said - {None})


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("line", ["（计量单位：万户）", "单位：百户", "计量单位：公顷"])
def test_a_measure_above_the_table_that_is_not_the_one_asked_for_leaves_every_figure_open(kind, line):
    reading = read((HEADS, ROW), loose=(line,), kind=kind)
    assert codes(reading) == ["VAGUE"]
    assert figures(reading) == (None, None, set())


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("line", ["单位：户、场", "（计量单位：户）", "填报单位：三泉镇"])
def test_the_measures_asked_for_are_no_doubt(kind, line):
    reading = read((HEADS, ROW), loose=(line,), kind=kind)
    assert (codes(reading), figures(reading)) == ([], (3, 30, {3, 30}))


@pytest.mark.parametrize("kind", ["xlsx", *FORMATS])
def test_a_figure_in_a_cell_merged_over_two_labels_is_nobodys(kind):
    sheet = Sheet("表1", (HEADS, ("三泉镇", "30", None)), merged=((1, 1, 1, 2),))
    text = "\n".join((TITLE, *HEADS, "三泉镇", "30"))
    reading = read_document(Content(kind, (sheet,), text), CAMPAIGN, ROSTER)
    assert codes(reading)[0] == "VAGUE"
    assert figures(reading) == (None, None, set())


OTHERS = {
    "another town": (HEADS, ("白沙镇", "4", "40")),
    "another town with the same figures": (HEADS, ("白沙镇", "3", "30")),
    "one figure of another town": ((HEADS[0], HEADS[2]), ("白沙镇", "40")),
}


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("other", OTHERS)
def test_two_tables_that_are_not_the_same_give_no_figure(kind, other):
    reading = read((HEADS, ROW), OTHERS[other], kind=kind)
    assert "CONTRADICTION" in codes(reading)
    assert figures(reading) == (None, None, set())


@pytest.mark.parametrize("kind", FORMATS)
def test_of_two_tables_of_one_town_only_what_both_say_is_taken(kind):
    reading = read((HEADS, ROW), (HEADS, ("三泉镇", "3", "31")), kind=kind)
    assert (codes(reading), figures(reading)) == (["CONTRADICTION"], (3, None, {3}))


@pytest.mark.parametrize("kind", FORMATS)
def test_two_offices_named_above_tables_with_the_same_figures_give_none(kind):
    table = (HEADS[1:], ROW[1:])
    reading = read(table, table, loose=("填报单位：三泉镇", "填报单位：白沙镇"), kind=kind)
    assert codes(reading) == ["AMBIGUOUS_UNIT", "CONTRADICTION"]
    assert figures(reading) == (None, None, set())


@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_form_twice_and_a_table_of_other_things_are_no_doubt(kind):
    for other in ((HEADS, ROW), (("填报人", "联系电话"), ("张某某", "000-00000001")), (HEADS, ("", "", ""))):
        reading = read((HEADS, ROW), other, kind=kind)
        assert (codes(reading), figures(reading)) == ([], (3, 30, {3, 30}))
