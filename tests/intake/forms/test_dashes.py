"""— / 无 in a cell: none to count, which an optional figure may say and a stated sum bears out."""

import pytest

from tests.intake.forms.test_form import codes, figures, read

TOWN = ["填报单位：三泉镇"]
HEAD = ["村", "社区活动（场）", "走访家庭（户）", "参与志愿者（人）"]


@pytest.mark.parametrize("dash", ["/", "／", "—", "——", "-", "--", "无", "无。", "不涉及", "无此项"])
def test_a_dash_under_what_need_not_be_reported_is_a_cell_left_empty(dash):
    found = read(TOWN, HEAD[1:], [3, 30, dash])
    assert (codes(found), figures(found), found.values["volunteers"]) == ([], (3, 30), None)


@pytest.mark.parametrize("said", ["若干", "待统计", "较多", "同上", "未统计", "不详", "约5"])
def test_what_is_no_dash_is_asked_about_there_too(said):
    found = read(TOWN, HEAD[1:], [3, 30, said])
    assert (codes(found), found.values["volunteers"]) == (["VAGUE"], None)


@pytest.mark.parametrize("dash", ["/", "—", "无"])
def test_a_dash_under_what_must_be_reported_is_asked_about(dash):
    found = read(TOWN, HEAD[1:], [3, dash, 5])
    assert (codes(found), figures(found)) == (["VAGUE"], (3, None))


@pytest.mark.parametrize("dash", ["/", "—", "无"])
def test_a_dash_in_a_row_is_none_where_the_sum_stated_is_that_of_the_others(dash):
    found = read(TOWN, HEAD, ["观音村", 3, 10, 5], ["窑湾村", 2, dash, dash], ["合计", 5, 10, 5])
    assert (figures(found), found.values["volunteers"]) == ((5, 10), 5)
    assert set(codes(found)) == {"BELOW_TARGET"}, "of the villages' tasks, not of the dashes"
    assert [r.values["visits"] for r in found.rows] == [10, 0]


@pytest.mark.parametrize("total", [12, None, "—"])
def test_a_dash_in_a_row_no_sum_bears_out_is_asked_about(total):
    found = read(TOWN, HEAD, ["观音村", 3, 10, 5], ["窑湾村", 2, "—", 1], ["合计", 5, total, 6])
    assert figures(found) == (5, None)
    assert "VAGUE" in codes(found)


def test_rows_of_dashes_alone_are_no_figures():
    found = read(TOWN, HEAD[1:], ["—", "—", "—"])
    assert figures(found) == (None, None)
    assert codes(found)


def test_an_optional_figure_some_rows_leave_empty_is_the_sum_stated_where_that_is_the_sum_of_the_rest():
    found = read(TOWN, HEAD, ["观音村", 3, 30, 5], ["窑湾村", 4, 40, None], ["合计", 7, 70, 5])
    assert (codes(found), found.values["volunteers"]) == ([], 5)
    assert [r.values["volunteers"] for r in found.rows] == [5, None]
