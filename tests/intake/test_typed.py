"""What a clerk types from paper or the telephone is judged as a form is; no doubt slips into a sum."""

from dataclasses import replace

import pytest

from tasks.intake.typed import Page, typed
from tasks.roster.duty import rows_for
from tasks.terms.errors import Misconfigured
from tasks.terms.obligation import Field, Selector
from tasks.terms.units import Roster, Unit
from tests.status.factory import DUE_DAY, ROSTER, form

FORM = form()
SHARED = Roster(
    (
        *ROSTER,
        Unit("V4", "甲村村委会", "village", "村社", "T1"),
        Unit("V5", "甲村村委会", "village", "村社", "T2"),
    )
)


def read(*lines, own="T1", of=FORM, roster=ROSTER, **more):
    page = Page(of, roster, own, rows_for(of, own, roster, DUE_DAY), "登记单")
    return typed(page, lines, "电话，由甲登记", **more)


def refused(*lines, **more):
    with pytest.raises(Misconfigured) as fault:
        read(*lines, **more)
    return str(fault.value)


def rows(reading):
    return {row.unit: row.values for row in reading.rows}


def found(reading):
    return [(f.code, f.text, f.where) for f in reading.findings]


def test_figures_are_those_of_the_unit_that_reports_or_of_the_one_that_is_named():
    reading = read("社区活动=3", "家庭走访=30", "东坪镇甲村：社区活动=4", "V1:家庭走访=40户")
    assert rows(reading) == {"T1": {"activities": 3, "visits": 30}, "V1": {"activities": 4, "visits": 40}}
    assert reading.values == {"activities": 7, "visits": 70}
    assert reading.evidence == {"activities": "登记单", "visits": "登记单"}
    assert [row.evidence for row in reading.rows] == [{"activities": "登记单", "visits": "登记单"}] * 2
    assert (reading.unit, reading.obligation, reading.nil) == ("T1", "figures", False)
    assert (reading.reasons, found(reading)) == (("电话，由甲登记",), [])


def test_a_village_is_known_by_its_own_name_among_those_that_are_reported_for():
    lines = ("甲村村委会：社区活动=4", "甲村村委会：家庭走访=40")
    assert set(rows(read(*lines, roster=SHARED))) == {"V4"}
    assert set(rows(read(*lines, own="T2", roster=SHARED))) == {"V5"}
    shared = [u for u in SHARED if u.code != "V5"]
    doubled = Roster((*shared, Unit("V5", "甲村村委会", "village", "村社", "T1")))
    assert refused(*lines, roster=doubled).startswith("叫“甲村村委会”的单位不止一个，请改用代码：")


def test_a_figure_that_is_missing_is_asked_about_and_its_sum_is_unknown():
    reading = read("社区活动=3", "东坪镇甲村：社区活动=4", "东坪镇甲村：家庭走访=40")
    assert reading.values == {"activities": 7, "visits": None}
    assert rows(reading)["T1"] == {"activities": 3, "visits": None}
    assert found(reading) == [("MISSING", "东坪镇的“家庭走访”没有填，请补填（没有的填 0）", "登记单")]
    relaxed = replace(FORM, fields=(FORM.fields[0], replace(FORM.fields[1], required=False)))
    assert found(read("社区活动=3", of=relaxed)) == []


def test_a_figure_below_what_is_asked_stands_and_is_asked_about():
    reading = read("社区活动=2", "家庭走访=30")
    assert rows(reading) == {"T1": {"activities": 2, "visits": 30}}
    assert [f.code for f in reading.findings] == ["BELOW_TARGET"]
    assert reading.findings[0].text.startswith("东坪镇的“社区活动”为 2 场，未达到任务数 3 场")


def test_a_figure_hardly_right_is_kept_and_asked_about():
    of = replace(FORM, quotas=(), fields=(Field(id="activities", title="社区活动", low=5, high=50),))
    for typed_in, code in (("51", "HUGE"), ("4", "IMPLAUSIBLE")):
        reading = read(f"社区活动={typed_in}", of=of)
        assert rows(reading) == {"T1": {"activities": float(typed_in)}}
        assert [(f.code, f.where) for f in reading.findings] == [(code, "登记单东坪镇")]
    assert found(read("社区活动=50", of=of)) == found(read("社区活动=5", of=of)) == []


def test_nought_is_a_figure_like_any_other():
    reading = read("社区活动=0", "家庭走访=零", of=replace(FORM, quotas=()))
    assert (rows(reading), found(reading)) == ({"T1": {"activities": 0, "visits": 0}}, [])


def test_what_may_fall_below_nought_is_typed_as_it_is():
    growth = Field(id="growth", title="同比增长", unit="%", low=-100, high=1000, whole=False)
    reading = read("同比增长=-3.5", of=replace(FORM, quotas=(), fields=(growth,)))
    assert (rows(reading), found(reading)) == ({"T1": {"growth": -3.5}}, [])


def test_a_rate_of_one_unit_is_told_and_those_of_several_are_not_added_up():
    of = replace(FORM, quotas=(), fields=(Field(id="rate", title="整改率", unit="%"),))
    assert read("整改率=85", of=of).values == {"rate": 85}
    both = read("整改率=85", "V1:整改率=90", of=of)
    assert (rows(both), both.values) == ({"T1": {"rate": 85}, "V1": {"rate": 90}}, {"rate": None})
    assert both.evidence == {}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["社区活动"], "“社区活动”应写作“指标=数”或“单位：指标=数”，如“社区活动=3”"),
        (["社区活动=3=4"], "“社区活动=3=4”应写作“指标=数”或“单位：指标=数”，如“社区活动=3”"),
        (["服务人次=3"], "“统计表”没有指标“服务人次”，应为：社区活动、家庭走访"),
        (["社区活动=3", "activities=3"], "“东坪镇”的“社区活动”写了两次，请只留一行"),
        (["社区活动=三五场"], "“社区活动=三五场”中的“三五场”不是确定的数，请填阿拉伯数字"),
        (["社区活动=-1"], "登记单东坪镇 的“社区活动”填的是 -1，不能是负数，请核对"),
        (["家庭走访=30000000", "社区活动=1.5"], "登记单东坪镇 的“社区活动”填的是 1.5，应当是整数，请核对"),
        (["社区活动=1.5"], "登记单东坪镇 的“社区活动”填的是 1.5，应当是整数，请核对"),
        (
            ["社区活动=13800000000"],
            "登记单东坪镇 的“社区活动”填的是 13800000000，像是电话号码或日期而不是数量，请核对",
        ),
        (["西坪镇丙村：社区活动=3"], "“西坪镇丙村”不由该单位报送“统计表”，请写明单位"),
        (["丁村：社区活动=3"], "名册中没有“丁村”，请写单位全称或代码"),
    ],
)
def test_what_cannot_be_a_figure_is_not_entered_at_all(lines, said):
    assert refused(*lines) == said


def test_a_town_that_owes_nothing_itself_is_asked_whose_figures_they_are():
    of = form(owed_by=(Selector(kind="village"),))
    assert refused("社区活动=3", of=of) == "“东坪镇”不由该单位报送“统计表”，请写明单位"


def test_nothing_to_report_is_said_and_goes_with_no_figure():
    reading = read(nil=True)
    assert (reading.nil, reading.rows, reading.values) == (True, (), {"activities": None, "visits": None})
    assert refused("社区活动=3", nil=True) == "零报告不填数字；有数字的，请不要选零报告"
