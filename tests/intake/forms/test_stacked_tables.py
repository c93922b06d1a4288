"""The same head once more below a table: a new page goes on, last year's does not, a second is asked of."""

import pytest

from tests.intake.forms.test_form import codes, figures
from tests.intake.forms.test_no_place import HEAD, TOWN, read

VILLAGES: list[list[object]] = [["甲村", 13, 130], ["乙村", 24, 250]]
OTHERS: list[list[object]] = [["甲村", 90, 900], ["乙村", 80, 800]]
MORE: list[list[object]] = [["丙村", 3, 30], ["丁村", 4, 40]]


@pytest.mark.parametrize(
    "caption",
    [
        "附：去年同期情况",
        "上年同期数",
        "2022年“千场活动、万家走访”统计表",
        "目标任务",
        "下月计划",
        "上月情况",
    ],
)
def test_a_table_of_another_time_or_of_plans_below_is_none_of_it(caption: str):
    found = read(TOWN, HEAD, *VILLAGES, [], [caption], HEAD, *OTHERS)
    assert (codes(found), figures(found)) == ([], (37, 380))


@pytest.mark.parametrize("caption", ["完成情况", "（二）", "商贸企业"])
def test_the_same_places_below_a_second_head_leave_the_figures_open(caption: str):
    found = read(TOWN, HEAD, *VILLAGES, [caption], HEAD, *OTHERS)
    assert (codes(found), figures(found)) == (["CONTRADICTION"], (None, None))


def test_the_same_places_below_a_second_head_count_where_the_stated_sum_holds_them():
    found = read(TOWN, HEAD, *VILLAGES, HEAD, *OTHERS, ["合计", 207, 2080])
    assert (codes(found), figures(found)) == ([], (207, 2080))


@pytest.mark.parametrize("between", [[], [["续表"]], [["第2页"]], [TOWN], [["丙丙村", 0, 0]]])
def test_a_head_once_more_on_a_new_page_goes_on(between: list[list[object]]):
    found = read(TOWN, HEAD, *VILLAGES, *between, HEAD, *MORE)
    assert figures(found) == (44, 450)
