"""A report on one month: columns, rows, titles and sentences about other months are none of its figures."""

from dataclasses import replace
from datetime import date

import pytest

from tasks.intake.forms.form import read_form
from tasks.intake.prose.narrative import read_narrative
from tasks.terms.due import Window
from tasks.terms.obligation import Field
from tasks.terms.readings import Content, Reading, Sheet
from tests.intake.factory import CAMPAIGN, FORM, ROSTER
from tests.intake.forms.test_form import codes, content

MONTH = Window(id="period", title="9月份", start=date(2023, 9, 1), end=date(2023, 9, 30))
ASKED = replace(
    FORM,
    title="工业月报表",
    window="period",
    fields=(
        Field(id="firms", title="工业企业", unit="家"),
        Field(id="output", title="工业总产值", unit="万元", whole=False, high=1_000_000),
        Field(id="growth", title="产值同比增长", unit="%", whole=False, low=-100, aliases=("同比增长",)),
    ),
    quotas=(),
    targets=(),
)
SUMMARY = next(o for o in CAMPAIGN.obligations if o.deliverable == "narrative")
MONTHLY = replace(
    CAMPAIGN,
    title="2023年9月工业月报",
    windows=(MONTH,),
    obligations=(ASKED, replace(SUMMARY, window="period")),
)
OWN = (9, 7432.1, 2.2)
NAMES = ("工业企业", "工业总产值", "产值同比增长")


def read(*rows: list[object], title: str = "工业月报表") -> Reading:
    return read_form(content([title], ["填报单位：三泉镇"], *rows), MONTHLY, ROSTER, filename="")


def tell(text: str, title: str = "三泉镇2023年9月工业总结") -> Reading:
    rest = "下一步，将加强企业走访服务和形势研判，督促企业依法统计、按时报表，努力实现工业经济平稳运行。" * 6
    return read_narrative(Content("txt", text=f"{title}\n{text}\n{rest}\n三泉镇人民政府\n"), MONTHLY, ROSTER)


def values(reading: Reading) -> tuple[float | None, ...]:
    return tuple((reading.values or {}).get(f.id) for f in ASKED.fields)


def measures(*headings: str, beside: tuple[object, object, object] = (8, 7000.5, 1.1)) -> Reading:
    """A table of measures in rows; its first column of figures is the month's, the other another time's."""
    rows = zip(NAMES, ("家", "万元", "%"), OWN, beside, strict=True)
    return read(["指标", "计量单位", *headings], *(list(row) for row in rows))


@pytest.mark.parametrize(
    "other", ["1-9月累计", "1—9月", "上年同月", "8月", "2023年8月", "本年累计", "八月份"]
)
@pytest.mark.parametrize("own", ["本月", "9月", "2023年9月", "九月份"])
def test_of_columns_for_several_times_the_months_own_is_read(own: str, other: str):
    found = measures(own, other)
    assert (codes(found), values(found)) == ([], OWN)


def test_a_rate_against_last_year_is_the_month_s_own_beside_a_dash_for_last_year():
    found = measures("本月", "上年同月", beside=(8, 7000.5, "—"))
    assert (codes(found), values(found)) == ([], OWN)


def test_a_column_of_another_month_alone_is_not_read():
    found = read(["指标", "计量单位", "8月"], ["工业企业", "家", 9], ["工业总产值", "万元", 7432.1])
    assert values(found) == (None, None, None)
    assert codes(found)


def test_of_rows_for_several_months_the_months_own_is_read():
    head: list[object] = ["月份", "工业企业（家）", "工业总产值（万元）", "产值同比增长（%）"]
    found = read(head, ["2023年8月", 9, 7010.4, 1.1], ["2023年9月", *OWN])
    assert (codes(found), values(found)) == ([], OWN)
    assert found.evidence["output"] == "统计表!C5"


def test_a_row_of_another_month_alone_is_not_read():
    head: list[object] = ["月份", "工业企业（家）", "工业总产值（万元）", "产值同比增长（%）"]
    found = read(head, ["2023年8月", 9, 7010.4, 1.1])
    assert (codes(found), values(found)) == (["CONTRADICTION"], (None, None, None))


def test_a_form_titled_for_another_month_is_not_this_month_s():
    found = read(["工业企业（家）", "工业总产值（万元）"], [9, 7010.4], title="2023年8月工业月报表")
    assert (codes(found), values(found)) == (["WRONG_CAMPAIGN"], (None, None, None))


def test_of_sheets_for_two_months_the_months_own_is_read():
    head: tuple[object, ...] = ("工业企业（家）", "工业总产值（万元）", "产值同比增长（%）")
    sheets = tuple(
        Sheet(f"{month}月", ((f"2023年{month}月工业月报表",), ("填报单位：三泉镇",), head, row))
        for month, row in ((8, (9.0, 7010.4, 1.1)), (9, OWN))
    )
    found = read_form(Content("xlsx", sheets=sheets), MONTHLY, ROSTER, filename="")
    assert (codes(found), values(found)) == ([], OWN)


def test_a_measure_above_the_table_that_nothing_is_asked_in_leaves_all_open():
    found = read(["单位：公顷"], ["工业企业", "工业总产值", "产值同比增长"], [9, 7010.4, 1.1])
    assert (codes(found), values(found)) == (["VAGUE"], (None, None, None))


def test_the_measure_asked_for_above_the_table_is_no_doubt():
    found = read(["单位：万元"], ["工业企业", "工业总产值", "产值同比增长"], list(OWN))
    assert (codes(found), values(found)) == ([], OWN)


def test_a_rate_that_may_fall_may_be_negative():
    found = read(["工业企业（家）", "工业总产值（万元）", "产值同比增长（%）"], [9, 7432.1, -3.2])
    assert (codes(found), values(found)) == ([], (9, 7432.1, -3.2))


def test_a_summary_titled_for_another_month_is_not_this_month_s():
    found = tell("全镇实现工业总产值7010.4万元。", title="三泉镇2023年8月工业总结")
    assert (codes(found), found.values) == (["WRONG_CAMPAIGN"], {})


@pytest.mark.parametrize(
    "text",
    [
        "9月当月，实现工业总产值7432.1万元；1至9月累计实现工业总产值65230.9万元。",
        "当月工业总产值7432.1万元，1-9月工业总产值65230.9万元。",
        "本月实现工业总产值7432.1万元，今年以来累计65230.9万元。",
        "2023年9月1日至9月30日，实现工业总产值7432.1万元。8月1日至8月31日实现工业总产值7000万元。",
    ],
)
def test_a_sentence_about_more_or_other_months_says_nothing_of_this_one(text: str):
    assert (tell(text).values or {}).get("output") == 7432.1


def test_sections_for_two_months_are_told_apart():
    text = "一、8月份\n全镇实现工业总产值7010.4万元。\n二、9月份\n全镇实现工业总产值7432.1万元。"
    found = tell(text, title="三泉镇八九月份工业总结")
    assert ("WRONG_CAMPAIGN" in codes(found), (found.values or {}).get("output")) == (False, 7432.1)


@pytest.mark.parametrize(
    "text", ["1至9月累计实现工业总产值65230.9万元。", "2023年8月1日至8月31日，实现工业总产值7000万元。"]
)
def test_a_sum_since_january_or_last_month_alone_is_no_figure_of_the_month(text: str):
    assert (tell(text).values or {}).get("output") is None


def once(*rows: list[object]) -> Reading:
    """A report asked for once, on a month that is nobody's series."""
    month = replace(MONTHLY, title="安全生产月", obligations=(replace(ASKED, title="活动统计表"),))
    return read_form(content(["填报单位：三泉镇"], *rows), month, ROSTER, filename="")


@pytest.mark.parametrize("now", ["本月", "本月数", "当月完成"])
def test_of_a_report_on_one_month_asked_for_once_the_month_is_read_beside_what_added_up(now: str):
    across = [f"工业企业（{now}）", "工业企业（累计）", f"工业总产值（{now}）", "工业总产值（累计）"]
    found = once(["单位", *across, "产值同比增长"], ["三泉镇", 9, 66, 7432.1, 65230.9, 2.2])
    assert values(found) == OWN


def test_of_a_report_on_one_month_a_sum_alone_is_read():
    found = once(["单位", "累计工业企业", "工业总产值", "产值同比增长"], ["三泉镇", *OWN])
    assert values(found) == OWN


@pytest.mark.parametrize("ever", ["累计", "本年累计", "今年以来"])
def test_of_measures_in_rows_the_months_column_is_read_beside_what_added_up(ever: str):
    rows = zip(
        ("工业企业", "工业总产值", "产值同比增长"), ("家", "万元", "%"), OWN, (66, 65230.9, 3), strict=True
    )
    found = once(["指标", "计量单位", "本月", ever, "上年同期累计"], *([*row, 1] for row in rows))
    assert values(found) == OWN


def test_of_measures_in_rows_a_week_beside_what_added_up_leaves_the_month_open():
    rows = zip(
        ("工业企业", "工业总产值", "产值同比增长"), ("家", "万元", "%"), OWN, (66, 65230.9, 3), strict=True
    )
    assert values(once(["指标", "计量单位", "本周", "累计"], *map(list, rows))) == (None, None, None)
