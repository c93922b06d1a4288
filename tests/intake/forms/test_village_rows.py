"""Rows of villages no roster knows: theirs is the town's, as far as every one of them is filled in."""

import pytest

from tests.intake.forms.test_form import HEAD, codes, figures, read

TOWN = ["填报单位：东城街道"]
VILLAGES: list[list[object]] = [["甲村", 1, 10], ["乙村", 2, 20]]


@pytest.mark.parametrize("head", ["村", "村（社区）", "村（居）", "社区", "片区", "村组", "居委会", "行政村"])
def test_rows_under_a_head_that_names_villages_are_the_towns(head: str):
    assert (codes(found := read(TOWN, [head, *HEAD[1:]], *VILLAGES)), figures(found)) == ([], (3, 30))


@pytest.mark.parametrize("head", ["村", "社区", "行政村"])
def test_a_village_left_empty_is_asked_about(head: str):
    found = read(TOWN, [head, *HEAD[1:]], *VILLAGES, ["丙村", None, None])
    assert (codes(found), figures(found)) == (["MISSING"], (None, None))


def test_a_village_left_empty_is_none_where_the_sum_stated_is_that_of_the_others():
    found = read(TOWN, ["村", *HEAD[1:]], *VILLAGES, ["丙村", None, None], ["合计", 3, 30])
    assert (codes(found), figures(found)) == ([], (3, 30))


def test_empty_rows_without_a_village_are_no_doubt():
    found = read(
        TOWN, ["序号", "村", *HEAD[1:]], [1, "甲村", 1, 10], [2, "乙村", 2, 20], [3, None, None, None]
    )
    assert (codes(found), figures(found)) == ([], (3, 30))


def test_other_offices_rows_of_the_bureaus_table_left_empty_are_no_doubt():
    found = read(TOWN, HEAD, ["南城街道", None, None], ["东城街道", 3, 30], ["白沙镇", None, None])
    assert (codes(found), figures(found)) == ([], (3, 30))


@pytest.mark.parametrize("head", ["日期", "活动时间", "开展日期", "时间"])
def test_rows_of_another_year_are_asked_about(head: str):
    rows: list[list[object]] = [["2022年3月22日", 1, 10], ["2022年4月2日", 2, 20], ["合计", 3, 30]]
    found = read(TOWN, [head, *HEAD[1:]], *rows)
    assert (codes(found), figures(found)) == (["WRONG_YEAR"], (None, None))


@pytest.mark.parametrize("head", ["建站时间", "成立日期", "出生日期"])
def test_a_day_things_began_long_ago_is_no_day_of_the_report(head: str):
    found = read(["单位", *HEAD[1:], head], ["东城街道", 3, 30, "2019年5月1日"])
    assert (codes(found), figures(found)) == ([], (3, 30))


def test_rows_some_of_which_are_of_the_year_asked_for_are_the_senders_to_sort():
    rows: list[list[object]] = [["2022年12月22日", 1, 10], ["2023年4月2日", 2, 20], ["合计", 3, 30]]
    assert figures(read(TOWN, ["日期", *HEAD[1:]], *rows)) == (3, 30)
