"""Rates, averages and prices in a form: they are read like any figure, and never added up."""

from dataclasses import replace

from tasks.intake.forms.form import read_form
from tasks.terms.obligation import Field
from tasks.terms.readings import Reading
from tests.intake.factory import CAMPAIGN, FORM, ROSTER
from tests.intake.forms.test_form import codes, content

ASKED = replace(
    FORM,
    fields=(
        Field(id="found", title="排查隐患", unit="处"),
        Field(id="rate", title="整改率", unit="%", whole=False, high=100),
    ),
    quotas=(),
    targets=(),
)
RATED = replace(CAMPAIGN, obligations=tuple(ASKED if o.id == FORM.id else o for o in CAMPAIGN.obligations))
HEAD = ["单位名称", "排查隐患（处）", "整改率（%）"]


def read(whose: str, *rows: list[object]) -> Reading:
    return read_form(content([f"填报单位：{whose}"], HEAD, *rows), RATED, ROSTER, filename="")


def values(reading: Reading) -> tuple[float | None, ...]:
    return tuple((reading.values or {}).get(f.id) for f in ASKED.fields)


def test_a_rate_of_one_row_is_the_units_rate():
    assert values(read("三泉镇", ["三泉镇", 4, 75])) == (4, 75)


def test_rates_of_several_units_stand_each_with_its_unit_and_come_to_no_sum():
    found = read("三泉镇", ["观音村", 4, 75], ["窑湾村", 2, 100])
    assert [r.values["rate"] for r in found.rows or ()] == [75, 100]
    assert (codes(found), values(found)) == ([], (6, None))


def test_a_total_row_that_says_the_rate_of_all_is_no_wrong_sum():
    found = read("三泉镇", ["观音村", 4, 75], ["窑湾村", 2, 100], ["合计", 6, 83.3])
    assert (codes(found), values(found)) == ([], (6, 83.3))
    assert found.evidence["rate"] == "统计表!C5"


def test_a_total_row_that_is_wrong_elsewhere_is_still_found():
    found = read("三泉镇", ["观音村", 4, 75], ["窑湾村", 2, 100], ["合计", 7, 83.3])
    assert (codes(found), values(found)) == (["TOTAL_MISMATCH"], (None, 83.3))


def test_rows_of_one_unit_have_the_rate_their_total_row_says():
    found = read("东城街道", ["鼓楼坝社区", 4, 75], ["长亭社区", 2, 100], ["合计", 6, 83.3])
    assert (codes(found), values(found)) == ([], (6, 83.3))


def test_where_nothing_says_the_rate_of_all_it_is_asked_for():
    found = read("东城街道", ["鼓楼坝社区", 4, 75], ["长亭社区", 2, 100], ["合计", 6, None])
    assert (codes(found), values(found)) == (["VAGUE"], (6, None))


def test_a_town_above_its_villages_is_told_apart_by_what_adds_up():
    found = read("三泉镇", ["三泉镇", 6, 83.3], ["观音村", 4, 75], ["窑湾村", 2, 100])
    assert [r.unit for r in found.rows or ()] == ["500119100201", "500119100202"]
