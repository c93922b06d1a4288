"""Rows and columns with numbers in them that are no figures to report."""

import pytest

from tests.intake.forms.test_form import HEAD, codes, figures, read

TOWN = ["填报单位：东城街道"]
LABELS: list[list[object]] = [["社区活动", "场", 3], ["走访家庭", "户", 30]]


@pytest.mark.parametrize("row", [["（示例）5", 50], ["例：5", 50], ["如：5", 50], [5, "50（示例）"]])
def test_a_figure_marked_as_an_example_makes_its_row_one(row):
    assert (codes(found := read(TOWN, HEAD[1:], row, [3, 30])), figures(found)) == ([], (3, 30))
    assert figures(found := read(TOWN, HEAD[1:], row)) == (None, None)
    assert codes(found) == ["BLANK_FORM"]


@pytest.mark.parametrize("name", ["其中：儿童", "其中", "上年", "上年同期", "计划", "拟开展", "去年数"])
def test_a_row_alone_that_is_a_part_a_plan_or_another_time_is_not_the_whole(name: str):
    found = read(TOWN, ["类别", *HEAD[1:]], [name, 3, 30])
    assert figures(found) == (None, None)
    assert codes(found)


@pytest.mark.parametrize("name", ["其中：儿童", "上年", "计划", "预计", "上次", "上轮"])
def test_nor_is_it_under_a_column_of_offices(name: str):
    found = read(TOWN, HEAD, [name, 3, 30])
    assert figures(found) == (None, None)
    assert codes(found)


@pytest.mark.parametrize("name", ["全街道", "数量", "完成数", "东城街道", "本期", "社区居民"])
def test_a_row_alone_of_any_other_name_is_the_units(name: str):
    assert (codes(found := read(TOWN, ["类别", *HEAD[1:]], [name, 3, 30])), figures(found)) == ([], (3, 30))


@pytest.mark.parametrize("row", [["1", "2", "3"], ["（1）", "（2）", "（3）"], ["①", "②", "③"]])
def test_numbers_of_columns_typed_as_text_are_no_figures(row):
    found = read(TOWN, [*HEAD[1:], "参与志愿者（人）"], row, [3, 30, 5])
    assert (codes(found), figures(found)) == ([], (3, 30))


VILLAGES: list[list[object]] = [["甲村", 2, 10], ["乙村", 1, 20]]


def test_a_last_row_that_sums_up_in_other_words_is_the_sum_where_no_other_is_stated():
    found = read(TOWN, ["村", *HEAD[1:]], *VILLAGES, ["小计", 3, 30])
    assert (codes(found), figures(found)) == ([], (3, 30))


def test_a_last_row_that_sums_up_wrongly_is_asked_about():
    found = read(TOWN, ["单位", *HEAD[1:]], *VILLAGES, ["小计", 3, 31])
    assert (codes(found), figures(found)) == (["TOTAL_MISMATCH"], (3, None))


def test_sums_of_parts_are_left_out_where_the_whole_is_stated():
    rows: list[list[object]] = [["小计", 3, 30], ["丙村", 4, 40], ["小计", 4, 40], ["合计", 7, 70]]
    found = read(TOWN, ["村", *HEAD[1:]], *VILLAGES, *rows)
    assert (codes(found), figures(found)) == ([], (7, 70))


@pytest.mark.parametrize(
    "head", ["上次", "上次上报", "上轮", "全区平均", "平均值", "男", "女性", "分值", "得分", "权重"]
)
def test_a_column_of_values_that_are_another_figure_is_not_read(head: str):
    found = read(TOWN, ["项目", "单位", head], *LABELS)
    assert figures(found) == (None, None)
    assert codes(found)


@pytest.mark.parametrize(
    ("other", "own"), [("上次上报", "本次上报"), ("上次", "本次"), ("全区平均", "本街道"), ("分值", "数量")]
)
def test_the_column_beside_it_is(other: str, own: str):
    rows = [[name, unit, 99, value] for name, unit, value in LABELS]
    found = read(TOWN, ["项目", "单位", other, own], *rows)
    assert (codes(found), figures(found)) == ([], (3, 30))


@pytest.mark.parametrize("head", ["数量", "数值", "完成情况", "本次", "东城街道", "填报数", "本街道"])
def test_a_column_of_values_under_any_plain_word_is(head: str):
    assert (codes(found := read(TOWN, ["项目", "单位", head], *LABELS)), figures(found)) == ([], (3, 30))


@pytest.mark.parametrize(
    "head",
    ["人次", "参与人次", "参与人数（人）", "投入（元）", "投入（万元）", "金额", "投入经费", "资金"],
)
def test_a_column_of_values_counted_in_another_measure_is_not_read(head: str):
    found = read(TOWN, ["项目", head], ["社区活动", 3], ["走访家庭", 30])
    assert figures(found) == (None, None)
    assert codes(found)


def test_of_columns_in_several_measures_each_figure_is_read_in_its_own():
    found = read(TOWN, ["项目", "场次", "户数", "人次", "经费（元）"], ["社区活动", 3, None, 200, 5000],
                 ["走访家庭", None, 30, 60, 900])  # fmt: skip
    assert (codes(found), figures(found)) == ([], (3, 30))


@pytest.mark.parametrize("head", ["数量（个）", "数量", "数量（场、户）", "完成数（场）"])
def test_a_head_over_figures_of_several_measures_names_none_of_them(head: str):
    found = read(TOWN, ["项目", head], ["社区活动", 3])
    assert found.values["activities"] == 3


def test_a_sum_across_that_is_not_the_sum_of_the_columns_is_asked_about():
    found = read(TOWN, ["项目", "甲村", "乙村", "合计"], ["社区活动", 2, 1, 3], ["走访家庭", 10, 20, 31])
    assert (codes(found), figures(found)) == (["VAGUE"], (3, None))


@pytest.mark.parametrize(
    "rows",
    [
        [["项目", "甲村", "乙村", "合计"], ["社区活动", 2, 1, 3], ["走访家庭", 10, 20, 30]],
        [["项目", "甲村", "其中：线上", "乙村", "合计"],
         ["社区活动", 2, 1, 1, 3], ["走访家庭", 10, 9, 20, 30]],
        [["项目", "甲村", "乙村", "合计", "完成率"],
         ["社区活动", 2, 1, 3, 100], ["走访家庭", 10, 20, 30, 90]],
        [["项目", "甲村", "乙村", "合计"], ["社区活动", None, None, 3], ["走访家庭", 10, 20, 30]],
    ],
)  # fmt: skip
def test_a_sum_across_the_columns_bear_out_is_read(rows):
    assert (codes(found := read(TOWN, *rows)), figures(found)) == ([], (3, 30))


@pytest.mark.parametrize("band", ["上年", "上年同期", "计划", "任务数", "其中：农村", "上期数"])
def test_a_word_above_the_whole_head_that_makes_all_figures_others_leaves_them_open(band: str):
    found = read(TOWN, [band, None], HEAD[1:], [3, 30], merged=((1, 0, 1, 1),))
    assert (codes(found), figures(found)) == (["VAGUE"], (None, None))


@pytest.mark.parametrize(
    "band", ["完成情况", "累计", "基本情况", "一、活动情况", "目标任务完成情况", "工作计划完成情况"]
)
def test_any_other_word_there_does_not(band: str):
    found = read(TOWN, [band, None], HEAD[1:], [3, 30], merged=((1, 0, 1, 1),))
    assert (codes(found), figures(found)) == ([], (3, 30))


GROUPS: list[list[object]] = [["单位", "3月", None, "4月", None, "合计", None], [None, *HEAD[1:] * 3]]
OVER = ((0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 4), (0, 5, 0, 6))


def test_a_sum_in_columns_of_its_own_is_held_against_the_columns_beside_it():
    found = read(*GROUPS, ["东城街道", 1, 10, 2, 20, 3, 30], merged=OVER)
    assert (codes(found), figures(found)) == ([], (3, 30))
    found = read(*GROUPS, ["东城街道", 1, 10, 2, 20, 4, 30], merged=OVER)
    assert (codes(found), figures(found)) == (["VAGUE"], (None, 30))
