"""Remarks, a date and the office's name below one row of figures are no second row of figures."""

import pytest

from tasks.intake.forms.form import read_form
from tasks.terms.readings import Content, Sheet
from tests.intake.factory import CAMPAIGN, ROSTER
from tests.intake.forms.test_form import HEAD, codes, figures, read

TOWN = ["填报单位：三泉镇"]


@pytest.mark.parametrize(
    "below",
    [
        [["*含2个新建小区"]],
        [["※ 走访家庭含低保户12户"]],
        [["①含夜间活动。"], ["②另有3户未走访。"]],
        [["1.含夜间活动。"], ["2、另有3户未走访。"]],
        [["以上数据含2个新建小区，已核对。"]],
        [["2023年5月31日"]],
        [["审核意见：情况属实"]],
        [[None, "站长（签字）："]],
        [[None, "2023-05-31"]],
        [[None, "三泉镇人民政府"], [None, "2023年5月31日"]],
        [[], ["三泉镇社会工作站"]],
    ],
)
def test_words_below_the_one_row_of_figures_are_no_row(below: list[list[object]]):
    found = read(TOWN, HEAD[1:], [3, 30], *below)
    assert (codes(found), figures(found)) == ([], (3, 30))


def test_a_remark_below_that_takes_a_figure_back_leaves_that_figure_open():
    found = read(TOWN, HEAD[1:], [3, 30], ["*走访家庭应为31户，表内数有误"])
    assert (codes(found), figures(found)) == (["VAGUE"], (3, None))


@pytest.mark.parametrize(
    "second", [[4, 40], ["约4", "约40"], ["4场", None], [None, "40户，含低保户12户"], ["6月", 40]]
)
def test_a_second_row_of_figures_is_still_asked_about(second: list[object]):
    found = read(TOWN, HEAD[1:], [3, 30], second)
    assert figures(found) == (None, None)


def test_words_alone_in_the_only_row_are_what_was_filled_in():
    assert codes(read(TOWN, HEAD[1:], ["以上数据，见附件。"])) != []


@pytest.mark.parametrize(
    ("remark", "left"),
    [
        ("注：走访家庭单位为百户", (3, None)),
        ("注：走访家庭系去年数据", (3, None)),
        ("注：走访家庭按户均人口推算", (3, None)),
        ("注：走访家庭应以35户为准", (3, None)),
        ("注：走访家庭按批统计", (3, None)),
        ("注：走访家庭为每天平均数", (3, None)),
        ("注：走访家庭含上半年10户", (3, None)),
        ("注：走访家庭以区局核定为准", (3, None)),
        ("注：家庭数为估计数", (3, None)),
        ("注：走访家庭实际35户", (3, None)),
        ("注：走访家庭任务35户，实际30户", (3, 30)),
        ("注：走访家庭单位为户，社区活动单位为场", (3, 30)),
        ("注：单位均为百", (3, 30)),
        ("注：填报单位为三泉镇", (3, 30)),
        ("注：计量单位为万人次", (None, None)),
    ],
)
def test_a_remark_that_states_another_measure_leaves_its_figures_open(remark: str, left: tuple):
    assert figures(read(TOWN, HEAD[1:], [3, 30], [remark])) == left


@pytest.mark.parametrize(
    "days", ["3月21日至4月15日", "5月1日—5月31日", "3月21日至4月31日", "2023年5月20日至31日"]
)
def test_a_remark_that_the_figures_are_of_other_days_leaves_them_open(days: str):
    found = read(TOWN, HEAD[1:], [3, 30], [f"注：以上为{days}数据"])
    assert (codes(found), figures(found)) == (["VAGUE"], (None, None))


@pytest.mark.parametrize(
    "remark",
    [
        "以上为4月数据",
        "4月份数据",
        "表内数据为5月份完成数",
        "仅统计到5月1日",
        "数据截至4月底",
        "1-4月",
        "2-5月累计数",
    ],
)
def test_a_remark_that_only_a_month_was_counted_leaves_the_figures_of_all_open(remark: str):
    found = read(TOWN, HEAD[1:], [3, 30], [f"注：{remark}"])
    assert (codes(found), figures(found)) == (["VAGUE"], (None, None))
    beside = read(TOWN, [*HEAD[1:], "备注"], [3, 30, remark])
    assert (codes(beside), figures(beside)) == (["VAGUE"], (None, None))


@pytest.mark.parametrize("remark", ["缺窑湾村数据", "暂缺2个村", "漏窑湾村", "窑湾村因故未统计"])
def test_a_remark_that_a_village_is_missing_leaves_the_figures_open(remark: str):
    assert figures(read(TOWN, [*HEAD[1:], "备注"], [3, 30, remark])) == (None, None)


@pytest.mark.parametrize(
    ("remark", "left"),
    [
        ("走访家庭中含白沙镇10户", (3, None)), ("其中东城街道10户", (None, None)),
        ("含南城街道的", (None, None)),
        ("走访家庭中含三泉镇窑湾村10户", (3, 30)), ("含观音村", (3, 30)), ("不含白沙镇", (3, 30)),
        ("与白沙镇联合开展", (3, 30)), ("含与白沙镇合办1场", (3, 30)), ("含三泉镇机关", (3, 30)),
    ],
)  # fmt: skip
def test_figures_that_hold_another_towns_are_left_open(remark: str, left: tuple):
    found = read(TOWN, [*HEAD[1:], "备注"], [3, 30, remark])
    assert figures(found) == left
    assert not left.count(None) or "含有别的单位的数" in found.findings[0].text


@pytest.mark.parametrize(
    "remark",
    [
        "注：以上数据为3月21日至5月31日",
        "注：统计时段：3月20日至5月26日",
        "注：活动于4月1日至5日开展",
        "注：数据截至5月20日",
        "注：截至4月20日已走访完毕",
        "注：截至5月10日全部完成",
        "注：3月至5月",
        "注：以上数据为3月21日至5月31日，不缺社区",
        "说明：如数据为4月1日至5日的不填",
    ],
)
def test_a_remark_on_the_days_asked_for_or_on_what_was_done_changes_nothing(remark: str):
    assert figures(read(TOWN, HEAD[1:], [3, 30], [remark])) == (3, 30)


def test_a_note_below_the_table_of_a_document_leaves_its_figures_open_as_one_in_a_sheet_does():
    table = Sheet("表1", (tuple(TOWN), tuple(HEAD[1:]), (3, 30)))
    for note, left in (("备注：走访家庭为预计数。", (3, None)), ("填表人：王某", (3, 30))):
        found = read_form(Content("docx", (table,), text=f"统计表\n{note}"), CAMPAIGN, ROSTER)
        assert figures(found) == left


def test_the_days_of_a_column_of_times_are_no_remark_on_the_figures():
    found = read(TOWN, [*HEAD[1:], "活动时间"], [3, 30, "4月3日至4月5日"])
    assert (codes(found), figures(found)) == ([], (3, 30))


@pytest.mark.parametrize(
    "remark",
    [
        "走访家庭实际30户",
        "走访家庭应为30户",
        "以30户为准",
        "宣传资料按每户1册发放到位",
        "走访按每户两人一组进行",
        "社区活动为每月固定开展",
        "社区活动是去年同期数的2倍",
    ],
)
def test_a_remark_that_says_the_figure_again_or_how_things_were_done_changes_nothing(remark: str):
    assert figures(read(TOWN, HEAD[1:], [3, 30], [f"注：{remark}"])) == (3, 30)
    beside = read(TOWN, [*HEAD[1:], "备注"], [3, 30, remark])
    assert (codes(beside), figures(beside)) == ([], (3, 30))


@pytest.mark.parametrize(
    "remark", ["走访家庭实际30户，社区活动有误", "社区活动实际30场", "走访家庭为每天6户"]
)
def test_a_remark_that_says_more_than_the_figure_leaves_it_open(remark: str):
    assert None in figures(read(TOWN, HEAD[1:], [3, 30], [f"注：{remark}"]))


def test_the_days_of_a_column_that_tells_when_are_no_remark():
    found = read(TOWN, [*HEAD[1:], "开展时段"], [3, 30, "4月3日至4月10日"])
    assert (codes(found), figures(found)) == ([], (3, 30))
