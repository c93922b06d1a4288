"""A column beside the villages that says of which kind a row is: 计划 and 完成 are never added up."""

import pytest

from tests.intake.forms.test_form import HEAD, codes, figures, read

TOWN = ["填报单位：东城街道"]
TOP = ["村", "类别", *HEAD[1:]]
TWO = ((2, 0, 3, 0), (4, 0, 5, 0))


def villages(first: str, second: str) -> list[list[object]]:
    return [["甲村", first, 5, 50], [None, second, 1, 10], ["乙村", first, 4, 40], [None, second, 2, 20]]


@pytest.mark.parametrize(
    ("first", "second"),
    [("计划", "完成"), ("任务数", "完成数"), ("上年", "本年"), ("去年同期", "本期"), ("目标", "实际完成")],
)
def test_of_what_was_planned_and_what_was_done_only_the_latter_counts(first: str, second: str):
    found = read(TOWN, TOP, *villages(first, second), merged=TWO)
    assert (codes(found), figures(found)) == ([], (3, 30))


def test_so_it_is_with_the_sums():
    rows = [*villages("计划", "完成"), ["合计", "计划", 9, 90], [None, "完成", 3, 30]]
    found = read(TOWN, TOP, *rows, merged=(*TWO, (6, 0, 7, 0)))
    assert (codes(found), figures(found)) == ([], (3, 30))


def test_so_it_is_for_one_unit():
    rows: list[list[object]] = [["单位", *TOP[1:]], ["东城街道", "计划", 5, 50], [None, "完成", 3, 30]]
    found = read(*rows, [None, "完成率", "60%", "60%"], merged=((1, 0, 3, 0),))
    assert (codes(found), figures(found)) == ([], (3, 30))


@pytest.mark.parametrize(("first", "second"), [("本月", "累计"), ("本周", "累计数")])
def test_times_that_cannot_be_told_apart_are_not_added_up(first: str, second: str):
    found = read(TOWN, TOP, *villages(first, second), merged=TWO)
    assert figures(found) in {(None, None), (3, 30)}


@pytest.mark.parametrize(("first", "second"), [("城市", "农村"), ("线上", "线下"), ("老人", "儿童")])
def test_kinds_of_what_was_done_are_added_up(first: str, second: str):
    found = read(TOWN, TOP, *villages(first, second), merged=TWO)
    assert (codes(found), figures(found)) == ([], (12, 120))


@pytest.mark.parametrize("remark", ["计划", "完成", "已完成计划", "计划外"])
def test_a_remark_behind_the_figures_is_no_kind(remark: str):
    found = read([*HEAD, "备注"], ["三泉镇", 3, 30, remark])
    assert (codes(found), figures(found)) == ([], (3, 30))


def test_a_group_behind_a_colon_is_a_group():
    head: list[list[object]] = [["单位", "其中：农村", None], [None, *HEAD[1:]]]
    found = read(*head, ["东城街道", 3, 30], merged=((0, 0, 1, 0), (0, 1, 0, 2)))
    assert figures(found) == (None, None)
    assert codes(found)


@pytest.mark.parametrize(("first", "second"), [("已完成", "未完成"), ("是", "否"), ("完成", "完成")])
def test_how_far_a_village_has_come_is_no_kind(first: str, second: str):
    found = read(TOWN, ["村", "进度", *HEAD[1:]], ["甲村", first, 1, 10], ["乙村", second, 2, 20])
    assert (codes(found), figures(found)) == ([], (3, 30))


@pytest.mark.parametrize(("first", "second"), [("完成", "计划"), ("计划", "计划"), ("上年", "上年")])
def test_a_village_of_which_only_a_plan_stands_there_is_asked_about(first: str, second: str):
    found = read(TOWN, ["村", "状态", *HEAD[1:]], ["甲村", first, 1, 10], ["乙村", second, 2, 20])
    assert figures(found) == (None, None)
    assert codes(found)
