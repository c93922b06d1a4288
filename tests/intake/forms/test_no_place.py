"""Rows among a unit's places that are none, as last year's figures, a target, a rate: never added up."""

import pytest

from tasks.intake.forms.form import read_form
from tasks.terms.text import fold
from tasks.terms.units import Roster
from tests.intake.factory import CAMPAIGN, ROSTER
from tests.intake.forms.test_form import codes, content, figures

NO_VILLAGES = Roster(tuple(u for u in ROSTER if u.parent is None))


def read(*rows: list[object]):
    return read_form(content(*rows), CAMPAIGN, NO_VILLAGES)


TOWN, HEAD = ["填报单位：白沙镇"], ["村名", "社区活动（场）", "走访家庭（户）"]
PLACES = [["甲村", 3, 30], ["乙村", 4, 40]]
OF_ANOTHER_KIND = [
    "去年同期", "上年同期", "上月", "上月数", "2022年",
    "增减", "同比增长", "任务数", "目标任务", "计划", "完成率", "完成率（%）", "排名", "未完成",
]  # fmt: skip


@pytest.mark.parametrize("name", OF_ANOTHER_KIND)
def test_a_row_of_another_time_or_kind_below_the_places_is_none_of_them(name: str):
    found = read(TOWN, HEAD, *PLACES, [name, 9, 99])
    assert (codes(found), figures(found)) == ([], (7, 70))


@pytest.mark.parametrize("name", OF_ANOTHER_KIND)
def test_it_is_none_of_what_a_stated_sum_adds_up(name: str):
    found = read(TOWN, HEAD, *PLACES, ["合计", 7, 70], [name, 9, 99])
    assert (codes(found), figures(found)) == ([], (7, 70))


def test_a_row_of_last_year_above_the_one_of_this_year_is_not_this_years():
    found = read(TOWN, ["时间", *HEAD[1:]], ["去年", 9, 99], ["今年", 3, 30])
    assert figures(found) == (3, 30)


@pytest.mark.parametrize(
    "name",
    [
        "平均", "户均", "本年累计", "1-6月累计", "缺口", "尚欠",
        "上报区数", "备用", "其中：低保户", "其中党员", "区级下达", "春季数",
        "甲村（更正）",
        "前期数", "结转", "上级核定数", "修正后", "核减", "重复统计", "比上月增加", "全年计划",
    ],
)  # fmt: skip
def test_a_row_that_speaks_of_figures_and_names_no_place_leaves_the_sum_open(name: str):
    found = read(TOWN, HEAD, *PLACES, [name, 2, 20])
    assert (codes(found), figures(found)) == (["UNKNOWN_UNIT"], (None, None))
    assert fold(name) in fold(found.findings[0].text)


def test_where_the_stated_sum_holds_it_the_row_is_one_of_the_rows():
    found = read(TOWN, HEAD, *PLACES, ["备用", 2, 20], ["合计", 9, 90])
    assert (codes(found), figures(found)) == ([], (9, 90))


@pytest.mark.parametrize(
    "name",
    [
        "前进村",
        "核桃坪村",
        "上计社区",
        "计划生育协会",
        "丙村",
        "东风小学",
        "机关",
        "余家湾",
        "第三小组",
        "增福小区",
        "未来社区",
        "其他",
    ],
)
def test_a_places_own_name_is_a_place_whatever_it_is_called(name: str):
    found = read(TOWN, HEAD, *PLACES, [name, 2, 20])
    assert (codes(found), figures(found)) == ([], (9, 90))
