"""A form of other months than the notice asks for is not taken for the one asked for."""

from dataclasses import replace
from datetime import date

import pytest

from tasks.intake.forms.form import read_form
from tasks.intake.words.occurrence import Occurrence, meant
from tasks.terms.due import Due, Window
from tasks.terms.obligation import Target
from tasks.terms.readings import Reading
from tests.intake.factory import CAMPAIGN, FORM, ROSTER
from tests.intake.forms.test_form import codes, content, figures

AUTUMN = Window(id="week", title="宣传季", start=date(2023, 9, 1), end=date(2023, 10, 31))
ASKED = replace(FORM, due=Due(date=date(2023, 11, 10)), quotas=())
CAMPAIGN_OF_AUTUMN = replace(CAMPAIGN, windows=(AUTUMN,), obligations=(ASKED,))
TOWN = ["填报单位：三泉镇"]
LABELS: list[list[object]] = [["社区活动", "场", 3], ["走访家庭", "户", 30]]


def read(*rows: list[object]) -> Reading:
    return read_form(content(*rows), CAMPAIGN_OF_AUTUMN, ROSTER, filename="")


def titled(title: str) -> Reading:
    return read([title], TOWN, ["社区活动（场）", "走访家庭（户）"], [3, 30])


@pytest.mark.parametrize(
    "title",
    [
        "2023年1—10月统计表",
        "1-10月社会工作宣传活动统计表",
        "2023年第三季度统计表",
        "2023年下半年统计表",
        "2023年上半年统计表",
        "2023年8月统计表",
        "社会工作宣传活动统计表（7月份）",
        "2023年8—9月统计表",
        "三泉镇7月至10月统计表",
    ],
)
def test_a_title_of_other_months_leaves_all_figures_open(title: str):
    assert (codes(found := titled(title)), figures(found)) == (["VAGUE"], (None, None))


@pytest.mark.parametrize(
    "title",
    [
        "2023年9—10月统计表",
        "9月至10月社会工作宣传活动统计表",
        "2023年统计表",
        "2023年10月统计表",
        "统计表（2023年9月）",
        "2023年11月统计表",
        "统计表（2023年9月30日）",
        "2023年9月1日至10月31日统计表",
        "填报时间：2023年9月",
        "第三季度、9—10月统计表",
    ],
)
def test_a_title_of_the_months_asked_for_or_of_the_day_it_was_written_is_no_doubt(title: str):
    assert (codes(found := titled(title)), figures(found)) == ([], (3, 30))


@pytest.mark.parametrize("head", ["1—10月", "1-10月累计", "2023年1—10月完成数", "第三季度", "7—9月合计"])
def test_a_column_of_other_months_alone_leaves_all_figures_open(head: str):
    found = read(["统计表"], TOWN, ["项目", "单位", head], *LABELS)
    assert (codes(found), figures(found)) == (["VAGUE"], (None, None))


@pytest.mark.parametrize("head", ["9—10月", "9-10月累计", "数量"])
def test_a_column_of_the_months_asked_for_is_read(head: str):
    found = read(["统计表"], TOWN, ["项目", "单位", head], *LABELS)
    assert (codes(found), figures(found)) == ([], (3, 30))


def test_a_name_of_the_work_itself_is_no_time():
    named = replace(CAMPAIGN_OF_AUTUMN, title="9月宣传月活动", obligations=(ASKED,))
    rows = (["9月宣传月活动统计表"], TOWN, ["社区活动（场）", "走访家庭（户）"], [3, 30])
    found = read_form(content(*rows), named, ROSTER, filename="")
    assert (codes(found), figures(found)) == ([], (3, 30))


SERIES = [
    Occurrence(f"m{month}", date(2023, month + 1, 5), date(2023, month, 6), None) for month in range(5, 11)
]


@pytest.mark.parametrize("title", ["2023年第三季度报表", "2023年1—9月报表", "7—9月月报", "上半年报表"])
def test_a_stretch_of_months_is_no_one_months_report(title: str):
    assert meant(SERIES, title) == frozenset()


@pytest.mark.parametrize("title", ["2023年9月报表", "9月份月报"])
def test_a_month_is_its_own_report(title: str):
    assert meant(SERIES, title) == {"m9"}


def test_a_quarter_is_the_quarters_report():
    quarters = [
        Occurrence("q2", date(2023, 7, 5), date(2023, 4, 6), None),
        Occurrence("q3", date(2023, 10, 5), date(2023, 7, 6), None),
    ]
    assert meant(quarters, "2023年第三季度报表") == {"q3"}
    assert meant(quarters, "2023年7—9月报表") == {"q3"}


ROWS: list[list[object]] = [["社区活动（场）", "走访家庭（户）"], [3, 30]]


def monthly(title: str, over: str | None = None, rows: list[list[object]] = ROWS) -> Reading:
    turns = tuple(
        replace(
            ASKED,
            id=f"figures.2023-{month:02}-05",
            due=Due(date=date(2023, month, 5)),
            targets=(Target(field="visits", min=1, title="万家", over=over),),  # type: ignore[arg-type]
        )
        for month in (9, 10)
    )
    campaign = replace(CAMPAIGN_OF_AUTUMN, obligations=turns)
    return read_form(content([title], TOWN, *rows), campaign, ROSTER, filename="")


@pytest.mark.parametrize("title", ["2023年第三季度报表", "2023年1—9月报表"])
def test_of_a_months_report_the_figures_of_a_quarter_are_left_open(title: str):
    assert (codes(found := monthly(title)), figures(found)) == (["VAGUE"], (None, None))


@pytest.mark.parametrize("title", ["2023年9月报表", "2023年9月月报表", "报表"])
def test_of_a_months_report_the_months_are_read(title: str):
    assert (codes(found := monthly(title)), figures(found)) == ([], (3, 30))


def test_a_column_of_what_came_together_beside_the_months_is_no_doubt():
    rows: list[list[object]] = [["项目", "本月", "1—9月累计"], ["社区活动", 3, 20], ["走访家庭", 30, 200]]
    assert (codes(found := monthly("2023年9月报表", rows=rows)), figures(found)) == ([], (3, 30))


def test_where_each_report_is_asked_for_as_a_sum_it_may_say_so():
    assert figures(monthly("2023年1—9月报表", over="latest")) == (3, 30)
