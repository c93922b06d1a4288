"""A line under the head that tells what to fill in is no row of figures."""

from datetime import date

import pytest

from tests.intake.forms.test_form import HEAD, codes, figures, read

TOWN = ["填报单位：三泉镇"]
NO_NAME = HEAD[1:]


@pytest.mark.parametrize(
    "line",
    [
        ["填整数", "按实际走访户数"],
        ["含线上活动", None],
        ["街道、村（社区）组织的", "常住家庭"],
        ["大于等于1的整数", "保留1位小数"],
    ],
)
def test_a_line_of_words_between_the_head_and_the_figures_is_none_of_them(line):
    assert (codes(found := read(TOWN, NO_NAME, line, [3, 30])), figures(found)) == ([], (3, 30))


@pytest.mark.parametrize("name", ["填写要求", "填报要求", "统计口径", "口径", "指标解释", "填写说明", "要求"])
def test_a_line_of_what_the_columns_mean_is_no_units_row(name):
    found = read(HEAD, [name, "含线上活动", "常住家庭"], ["三泉镇", 3, 30])
    assert (codes(found), found.unit, figures(found)) == ([], "500119100", (3, 30))


@pytest.mark.parametrize("line", [["待统计", "待统计"], ["若干", "约30"], ["同上次", "已完成"]])
def test_words_in_the_only_row_are_what_was_filled_in(line):
    found = read(TOWN, NO_NAME, line)
    assert figures(found) == (None, None)
    assert codes(found)


def test_a_named_row_of_words_is_a_units():
    found = read(HEAD, ["观音村", "未开展", "未走访"], ["窑湾村", 3, 30])
    assert figures(found) == (None, None)
    assert "VAGUE" in codes(found)


def test_an_unnamed_row_that_guesses_is_no_line_of_words():
    found = read(TOWN, NO_NAME, ["约3", "若干"], [3, 30])
    assert figures(found) == (None, None)
    assert codes(found)


@pytest.mark.parametrize(
    "foot",
    [
        ["填表人：李某", "联系电话：", 12345],
        ["填表人：李某", "联系电话", 12345],
        ["第1页 共1页"],
        ["第 1 页，共 2 页"],
        [date(2023, 5, 31)],
        [None, date(2023, 5, 31)],
    ],
)
def test_who_filled_it_in_and_when_below_the_figures_is_no_row_of_them(foot):
    assert (codes(found := read(TOWN, NO_NAME, [3, 30], foot)), figures(found)) == ([], (3, 30))


def test_a_head_written_downwards_with_its_brackets_is_read():
    found = read(TOWN, ["社\n区\n活\n动\n︵\n场\n︶", "走\n访\n家\n庭"], [3, 30])
    assert (codes(found), figures(found)) == ([], (3, 30))


@pytest.mark.parametrize(
    "said", ["数据已核实", "附：活动照片12张", "数据均真实有效", "街道已组织各社区完成自查并建立了台账"]
)
def test_a_sentence_below_the_figures_is_no_row_of_them(said: str):
    assert (codes(found := read(TOWN, NO_NAME, [3, 30], [said])), figures(found)) == ([], (3, 30))


def test_words_over_the_whole_width_below_the_figures_are_none_of_them():
    found = read(TOWN, NO_NAME, [3, 30], ["街道已审核", None], merged=((3, 0, 3, 1),))
    assert (codes(found), figures(found)) == ([], (3, 30))


@pytest.mark.parametrize("said", ["约5", "待统计", "若干", "同上", "未统计"])
def test_what_may_be_meant_as_a_figure_stays_one(said: str):
    assert figures(read(TOWN, NO_NAME, [3, 30], [said])) == (None, None)
