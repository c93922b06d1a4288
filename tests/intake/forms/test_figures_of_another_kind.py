"""Figures that look like the ones asked for: unnamed sums, other times and measures, several sheets."""

from dataclasses import replace

import pytest

from tasks.intake.forms.form import read_form
from tasks.terms.readings import Content, Reading, Sheet
from tests.intake.factory import CAMPAIGN, FORM, ROSTER, SUMMARY
from tests.intake.forms.test_form import HEAD, codes, content, figures, read
from tests.intake.forms.test_monthly_report import MONTHLY, tell, values


@pytest.mark.parametrize(
    "said",
    [
        "2022年9月工业企业8家，工业总产值5000万元。",
        "去年9月工业企业8家，工业总产值5000万元。",
        "上年同期9月份工业企业8家，工业总产值5000万元。",
        "去年1—9月工业企业8家，工业总产值5000万元。",
        "2022年1—9月工业企业8家，工业总产值5000万元。",
    ],
)
def test_a_month_of_another_year_is_not_the_month_asked_for(said: str):
    assert values(tell(said)) == (None, None, None)


@pytest.mark.parametrize(
    "said", ["2023年9月工业企业8家。", "今年9月份工业企业8家。", "9月工业企业8家，去年9月7家。"]
)
def test_the_month_asked_for_is_read_beside_it(said: str):
    assert values(tell(said)) == (8, None, None)


@pytest.mark.parametrize(
    "said",
    ["工业企业从6家发展到8家，工业总产值5000万元。", "工业企业由去年的6家增至8家，工业总产值5000万元。"],
)
def test_what_a_figure_was_is_not_what_it_is_and_what_follows_is_of_now(said: str):
    assert values(tell(said)) == (None, 5000, None)


STATED = [
    "统计时段：2023年8月1日至2023年8月31日",
    "统计期间：2023.8.1-8.31",
    "所属期：8月",
    "统计时间：1月1日至9月30日",
]


def monthly(line: str) -> Reading:
    head: list[object] = ["单位", "工业企业（家）", "工业总产值（万元）", "产值同比增长（%）"]
    rows: list[list[object]] = [["2023年9月工业月报表"], [line], head, ["三泉镇", 9, 7432.1, 2.2]]
    return read_form(content(*rows), MONTHLY, ROSTER)


@pytest.mark.parametrize("line", STATED)
def test_a_form_that_states_another_stretch_of_time_is_asked_about(line: str):
    found = monthly(line)
    assert (codes(found), values(found)) == (["VAGUE"], (None, None, None))


@pytest.mark.parametrize(
    "line",
    [
        "统计时段：2023年9月1日至30日",
        "统计期间：8月26日至9月25日",
        "所属期：2023年9月",
        "填报时间：2023年10月8日",
    ],
)
def test_a_form_that_states_its_own_time_is_clean(line: str):
    found = monthly(line)
    assert (codes(found), values(found)) == ([], (9, 7432.1, 2.2))


def book(*sheets: tuple[str, int, int]) -> Reading:
    made = tuple(Sheet(name, (tuple(HEAD), ("三泉镇", a, v))) for name, a, v in sheets)
    return read_form(Content("xlsx", made), CAMPAIGN, ROSTER)


def test_sheets_of_one_month_each_are_not_one_month_s_figure():
    found = book(("3月", 4, 30), ("4月", 4, 30), ("5月", 4, 35))
    assert ("CONTRADICTION" in codes(found), figures(found)) == (True, (None, None))


def test_the_sheet_that_adds_the_months_up_is_read():
    found = book(("3月", 4, 30), ("4月", 5, 31), ("汇总", 9, 61))
    assert (codes(found), figures(found)) == ([], (9, 61))


def test_a_sheet_called_a_sum_that_is_none_is_asked_about():
    found = book(("3月", 4, 30), ("4月", 5, 31), ("汇总", 8, 60))
    assert ("CONTRADICTION" in codes(found), figures(found)) == (True, (None, None))


def test_a_list_of_measures_names_no_office():
    found = read(["单位：场、户"], HEAD, ["三泉镇", 3, 30])
    assert (codes(found), found.unit) == ([], "500119100")


def test_a_list_with_yuan_leaves_what_is_asked_for_in_ten_thousands_open():
    head: list[object] = ["填报单位", "工业企业", "工业总产值", "产值同比增长"]
    found = read_form(content(["单位：家、元、%"], head, ["三泉镇", 9, 74321.0, 2.2]), MONTHLY, ROSTER)
    assert ("VAGUE" in codes(found), values(found)[1]) == (True, None)


@pytest.mark.parametrize("legend", ["单位：场、万户", "计量单位：场、万户、人", "（单位：场、万户）"])
def test_a_list_with_ten_thousands_leaves_what_is_asked_for_in_ones_open(legend: str):
    found = read([legend], ["单位名称", "社区活动", "走访家庭"], ["三泉镇", 3, 30])
    assert ("VAGUE" in codes(found), figures(found)) == (True, (None, None))


def test_a_list_with_ten_thousands_that_the_columns_repeat_is_read():
    found = read(["单位：场、万户"], ["单位名称", "社区活动（场）", "走访家庭（万户）"], ["三泉镇", 3, 0.003])
    assert (codes(found), figures(found)) == ([], (3, 30))


def test_footnote_marks_behind_a_header_are_no_part_of_it():
    found = read(["单位名称", "社区活动（场）①", "走访家庭（户）*"], ["三泉镇", 3, 30])
    assert (codes(found), figures(found)) == ([], (3, 30))


def test_a_remark_in_the_place_of_a_figure_takes_back_that_figure_only():
    found = read(["填报单位：三泉镇"], HEAD[1:], ["原35改为42", 30])
    assert (codes(found), figures(found)) == (["VAGUE"], (None, 30))


def test_a_remark_in_the_place_of_a_figure_takes_back_what_it_names():
    found = read(["填报单位：三泉镇"], HEAD[1:], ["3（走访家庭应为31户）", 30])
    assert figures(found) == (None, None)


def test_a_remark_below_the_figures_takes_back_all_of_them():
    assert figures(read(["填报单位：三泉镇"], HEAD[1:], [3, 30], ["说明：以上数字有误"])) == (None, None)


PLANNED = ["下一步计划", "下一步工作计划（6月）", "下月计划表", "下阶段工作安排"]


@pytest.mark.parametrize("title", PLANNED)
def test_a_table_of_what_comes_next_below_the_figures_is_none_of_them(title: str):
    found = read(["填报单位：三泉镇"], HEAD[1:], [3, 30], [title], HEAD[1:], [20, 400])
    assert (codes(found), figures(found)) == ([], (3, 30))


@pytest.mark.parametrize(
    "title",
    [
        "“千场活动、万家走访”工作计划表",
        "三泉镇活动安排表（3月）",
        "宣传周目标任务分解表",
        "活动预算表",
        "物资需求表",
        "考核指标分解表",
    ],
)
def test_a_table_whose_title_says_it_is_a_plan_has_no_figure_of_what_was_done(title: str):
    found = read([title], ["填报单位：三泉镇"], HEAD[1:], [3, 30])
    assert (codes(found), figures(found)) == (["VAGUE"], (None, None))


@pytest.mark.parametrize(
    "title",
    ["工作计划完成情况统计表", "目标任务完成表", "“千场活动、万家走访”行动计划统计表", "安排部署情况表"],
)
def test_a_title_that_only_speaks_of_plans_is_no_plan(title: str):
    assert figures(read([title], ["填报单位：三泉镇"], HEAD[1:], [3, 30])) == (3, 30)


def test_where_a_plan_was_asked_for_its_table_is_the_report():
    asked = replace(CAMPAIGN, obligations=(SUMMARY, replace(FORM, title="活动安排表")))
    found = read_form(content(["三泉镇活动安排表"], ["填报单位：三泉镇"], HEAD[1:], [3, 30]), asked, ROSTER)
    assert figures(found) == (3, 30)


@pytest.mark.parametrize("scale", ["（单位：万）", "(计量单位：千)", "（单位：百）"])
def test_a_title_that_states_a_scale_for_all_leaves_the_figures_open(scale: str):
    found = read([f"“千场活动、万家走访”统计表{scale}"], ["填报单位：三泉镇"], HEAD[1:], [3, 30])
    assert (codes(found), figures(found)) == (["VAGUE"], (None, None))


def test_a_table_of_what_comes_next_above_the_figures_leaves_them_open():
    found = read(["填报单位：三泉镇"], ["下一步计划"], HEAD[1:], [20, 400], ["完成情况"], HEAD[1:], [3, 30])
    assert figures(found) == (None, None)


def test_a_table_with_a_head_of_its_own_below_the_figures_leaves_them_open():
    found = read(["填报单位：三泉镇"], HEAD[1:], [20, 400], ["计划完成情况"], HEAD[1:], [3, 30])
    assert figures(found) == (None, None)


@pytest.mark.parametrize(
    ("remark", "left"),
    [
        ("以上数据为1-6月累计", (None, None)),
        ("本表数字为全年累计", (None, None)),
        ("以上数字均为今年以来数", (None, None)),
        ("走访家庭数为上年数", (3, None)),
        ("数据为2023年3月21日至5月31日", (3, 30)),
        ("数据不得为上年数", (3, 30)),
        ("数字较去年增长", (3, 30)),
    ],
)
def test_a_remark_that_figures_are_of_another_time_leaves_them_open(remark: str, left: tuple[object, object]):
    assert figures(read(["填报单位：三泉镇"], HEAD[1:], [3, 30], [f"说明：{remark}"])) == left


@pytest.mark.parametrize("mark", ["作废", "已作废", "已退回", "重复"])
def test_a_row_marked_void_that_has_figures_leaves_the_sum_open(mark: str):
    rows: list[list[object]] = [["观音村", 3, 30, ""], ["窑湾村", 4, 31, mark], ["合计", 7, 61, ""]]
    found = read(["填报单位：三泉镇"], [*HEAD, "状态"], *rows)
    assert ("VAGUE" in codes(found), figures(found)) == (True, (None, None))


def test_other_words_of_a_state_leave_a_row_counted():
    rows: list[list[object]] = [["观音村", 3, 30, "已完成"], ["窑湾村", 4, 31, "正常"]]
    assert figures(read(["填报单位：三泉镇"], [*HEAD, "状态"], *rows)) == (7, 61)
