"""Whose form it is, where offices write their name in places of their own."""

import pytest

from tests.intake.forms.test_form import HEAD, codes, figures, read

LABELS: list[list[object]] = [["项目", "单位", "数量"], ["社区活动", "场", 3], ["走访家庭", "户", 30]]


def test_the_heading_of_a_column_of_measures_asks_for_no_office():
    found = read(["三泉镇统计表"], *LABELS)
    assert (codes(found), found.unit, figures(found)) == ([], "500119100", (3, 30))


@pytest.mark.parametrize(
    "signed", ["（盖章）三泉镇", "三泉镇（公章）", "（盖章）：南川区三泉镇", "三泉镇人民政府"]
)
def test_the_office_that_signs_below_is_whose_form_it_is(signed: str):
    found = read(["统计表"], *LABELS, [], [signed], ["2023年6月1日"])
    assert (codes(found), found.unit) == ([], "500119100")


@pytest.mark.parametrize("line", ["协办单位：三泉镇", "与三泉镇", "三泉镇片区抄送"])
def test_a_line_below_that_says_more_than_a_name_signs_nothing(line: str):
    assert read(["统计表"], *LABELS, [], [line]).unit is None


@pytest.mark.parametrize("head", ["学校名称（盖章）", "单位（公章）", "机构名称", "司法所", "园所"])
def test_a_column_of_names_is_known_by_what_offices_call_themselves(head: str):
    found = read([head, *HEAD[1:]], ["三泉镇", 3, 30])
    assert (codes(found), found.unit, figures(found)) == ([], "500119100", (3, 30))


@pytest.mark.parametrize("foot", ["校长签字：毕某", "站长：周某", "单位负责人签章：王某"])
def test_who_signs_below_the_table_is_no_row_of_it(foot: str):
    found = read(HEAD, ["三泉镇", 3, 30], [], [foot, None, "填报日期：2023年6月1日"])
    assert (codes(found), figures(found)) == ([], (3, 30))


@pytest.mark.parametrize(
    "title", ["白沙镇社会工作宣传周活动统计表", "2023年白沙镇活动情况表（5月）", "东城街道活动汇总表"]
)
def test_a_title_of_one_office_over_the_form_of_another_is_nobodys_until_a_person_says(title: str):
    found = read([title], ["填报单位：三泉镇"], HEAD[1:], [3, 30])
    assert (codes(found), found.unit) == (["AMBIGUOUS_UNIT"], None)


@pytest.mark.parametrize(
    "title",
    [
        "三泉镇社会工作宣传周活动统计表",
        "三泉镇观音村活动统计表",
        "南川区社会工作宣传周活动统计表",
        "学习白沙镇经验活动情况",
    ],
)
def test_a_title_of_the_same_office_or_of_none_is_no_doubt(title: str):
    found = read([title], ["填报单位：三泉镇"], HEAD[1:], [3, 30])
    assert (codes(found), found.unit) == ([], "500119100")


def test_an_office_called_by_the_town_it_lies_in_may_report_under_the_towns_title():
    found = read(["白沙镇活动统计表"], ["填报单位：白沙镇观音村社会工作室"], HEAD[1:], [3, 30])
    assert (codes(found), bool(found.unit and found.unit.endswith("101201"))) == ([], True)
