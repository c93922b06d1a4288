"""Rows and columns of one time each, in reports that recur; and what office forms put beside the figures."""

from dataclasses import replace

import pytest

from tasks.intake.forms.form import read_form
from tasks.terms.readings import Reading
from tests.intake.factory import CAMPAIGN, FORM, ROSTER
from tests.intake.forms.test_form import HEAD, codes, content, figures, read
from tests.intake.forms.test_monthly_report import MONTHLY, values

WEEKS = [replace(FORM, id=f"figures.2023-06-{day:02}") for day in (5, 12, 19)]
DAYS = [replace(FORM, id=f"figures.2023-06-{day:02}") for day in (5, 6, 7)]
TITLE: list[object] = ["填报单位：三泉镇"]


def recurring(*rows: list[object], each: list[object] = WEEKS, **more: object) -> Reading:
    return read_form(content(*rows, **more), replace(CAMPAIGN, obligations=tuple(each)), ROSTER)


@pytest.mark.parametrize("this", ["本周", "本期", "本期数", "本次"])
@pytest.mark.parametrize("other", ["上周", "累计", "本年累计", "去年同期", "比上期增减"])
def test_of_rows_of_several_times_the_one_of_this_report_is_read(this: str, other: str):
    head = ["项目", *HEAD[1:]]
    for rows in ([[this, 3, 30], [other, 9, 90]], [[other, 9, 90], [this, 3, 30]]):
        found = recurring(TITLE, head, *rows)
        assert (codes(found), figures(found)) == ([], (3, 30))


@pytest.mark.parametrize(
    "rows",
    [
        [["本周", 3, 30], ["本期", 4, 40]],
        [["上周", 3, 30], ["累计", 4, 40]],
        [["本周", 3, 30], ["大桥村", 4, 40], ["累计", 9, 90]],
    ],
)
def test_rows_of_which_none_or_more_than_one_is_this_report_s_are_asked_about(rows: list[list[object]]):
    found = recurring(TITLE, ["项目", *HEAD[1:]], *rows)
    assert found.findings
    assert None in figures(found)


def test_in_a_report_made_once_this_month_is_not_the_whole():
    found = read(TITLE, ["项目", *HEAD[1:]], ["本月", 3, 30], ["累计", 9, 90])
    assert figures(found) != (3, 30)


def test_the_month_is_read_of_twelve_with_a_sum_of_the_year_below():
    head: list[object] = ["月份", "工业企业（家）", "工业总产值（万元）", "产值同比增长（%）"]
    rows: list[list[object]] = [["8月", 7, 700.5, 2.1], ["9月", 9, 743.1, 2.2], ["10月", None, None, None]]
    found = read_form(content(TITLE, head, *rows, ["合计", 16, 1443.6, None]), MONTHLY, ROSTER)
    assert (codes(found), values(found)) == ([], (9, 743.1, 2.2))


def test_today_is_read_between_yesterday_and_the_sum_in_a_daily_report():
    head: list[list[object]] = [
        ["单位", "社区活动（场）", None, None, "走访家庭（户）"],
        [None, "昨日", "今日", "累计", None],
    ]
    merged = ((0, 1, 0, 3), (0, 0, 1, 0), (0, 4, 1, 4))
    found = recurring(*head, ["三泉镇", 4, 5, 30, 40], each=DAYS, merged=merged)
    assert (codes(found), figures(found)) == ([], (5, 40))


def test_today_is_no_figure_of_a_weekly_report():
    found = recurring(["单位名称", "今日社区活动（场）", "走访家庭（户）"], ["三泉镇", 3, 30])
    assert figures(found) == (None, 30)


def test_a_column_of_codes_holds_no_figures():
    head: list[object] = ["指标名称", "计量单位", "代码", "本期", "上年同期"]
    rows: list[list[object]] = [["甲", "乙", "丙", 1, 2], ["社区活动", "场", "01", 4, 3]]
    found = read(["综合机关名称：三泉镇人民政府"], head, *rows, ["走访家庭", "户", "02", 33, 29])
    assert (codes(found), figures(found)) == ([], (4, 33))


def test_a_row_of_measures_below_the_labels_is_part_of_the_header():
    rows: list[list[object]] = [["项目", "社区活动", "走访家庭"], ["计量单位", "场", "户"]]
    found = read(TITLE, *rows, ["合计", 7, 70], ["其中：城区", 3, 30], ["乡村", 4, 40])
    assert (codes(found), figures(found)) == ([], (7, 70))


def test_a_figure_in_a_cell_over_two_labelled_columns_is_neither_s():
    found = read(HEAD, ["三泉镇", 3, None], merged=((1, 1, 1, 2),))
    assert ("VAGUE" in codes(found), figures(found)) == (True, (None, None))


@pytest.mark.parametrize("broken", ["3\n5", "3\r\n5", "三\n五", "1,\n200"])
def test_a_figure_that_goes_on_in_the_next_line_of_its_cell_may_be_two(broken: str):
    found = read(HEAD, ["三泉镇", 3, broken])
    assert figures(found) == (3, None)


@pytest.mark.parametrize("kind", ["docx", "doc", "html"])
@pytest.mark.parametrize("line", ["（计量单位：万户）", "单位：千"])
def test_a_scale_stated_above_a_table_on_a_page_holds_for_the_table(kind: str, line: str):
    page = replace(content(HEAD, ["三泉镇", 3, 30]), format=kind, text=f"活动统计表\n{line}")
    found = read_form(page, CAMPAIGN, ROSTER)
    assert ("VAGUE" in codes(found), figures(found)) == (True, (None, None))
