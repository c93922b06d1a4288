"""A town's workbook with a sheet for each village: each village has its own figures, none is told to go."""

import pytest

from tasks.intake.judge import read_document
from tasks.terms.readings import Content, Sheet
from tests.intake.factory import CAMPAIGN, ROSTER

TOWN, ONE, OTHER = "500119100", "500119100201", "500119100202"
HEADS = ("社区活动（场）", "走访家庭（户）")


def sheet(name: str, unit: str, *figures: object) -> Sheet:
    return Sheet(name, (("“千场活动、万家走访”统计表",), (f"填报单位：{unit}",), HEADS, figures))


def read(*sheets: Sheet):
    return read_document(Content("xlsx", sheets=sheets), CAMPAIGN, ROSTER, filename="各村统计表.xlsx")


def told(found):
    return {row.unit: (row.values["activities"], row.values["visits"]) for row in found.rows}


VILLAGES = (sheet("观音村", "三泉镇观音村", 4, 31), sheet("窑湾村", "三泉镇窑湾村", 5, 32))


def test_sheets_of_a_unit_each_are_the_rows_of_their_town():
    found = read(Sheet("填报说明", (("请逐项填写",),)), *VILLAGES)
    assert told(found) == {ONE: (4, 31), OTHER: (5, 32)}
    assert (found.unit, found.findings) == (TOWN, ())
    assert (found.values["activities"], found.values["visits"]) == (9, 63)
    assert [row.evidence["activities"] for row in found.rows] == ["观音村!A4", "窑湾村!A4"]


def test_what_is_wrong_on_one_sheet_is_told_with_its_place():
    found = read(VILLAGES[0], sheet("窑湾村", "三泉镇窑湾村", "若干", 32))
    assert told(found) == {ONE: (4, 31), OTHER: (None, 32)}
    assert found.values["activities"] is None
    assert [(f.code, f.where) for f in found.findings] == [("VAGUE", "窑湾村!A4")]


def test_units_of_different_towns_leave_open_who_sends_it():
    found = read(VILLAGES[0], sheet("东城", "东城街道", 6, 33))
    assert found.unit is None
    assert found.candidates == (ONE, "500119001")


@pytest.mark.parametrize(
    "sheets",
    [
        (VILLAGES[0], sheet("修改", "三泉镇观音村", 6, 31)),
        (*VILLAGES, sheet("三泉镇", "三泉镇", 3, 30)),
        (VILLAGES[0], sheet("Sheet2", "某某村", 6, 31)),
    ],
)
def test_two_sheets_of_one_unit_a_towns_beside_its_villages_and_strangers_stay_in_dispute(sheets):
    found = read(*sheets)
    assert found.values["activities"] is None
    assert "CONTRADICTION" in {f.code for f in found.findings}
