"""Whose form it is, where offices write their name in places of their own."""

import pytest

from tests.intake.test_form import HEAD, codes, figures, read

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
