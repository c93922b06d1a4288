"""A form in parts, 一、社区活动, 二、走访: a head and one row of figures each."""

import datetime as dt

import pytest

from tasks.terms.readings import Reading
from tests.intake.forms.test_form import SPRING, codes, figures, read

TOWN = ["填报单位：三泉镇"]
ACTIVITIES, VISITS = ["社区活动（场）"], ["走访家庭（户）"]


def parts(*rows: list[object]) -> Reading:
    return read(["千场活动万家走访统计表"], TOWN, *rows, filename="三泉镇.xlsx")


@pytest.mark.parametrize(
    "rows",
    [
        [["一、社区活动开展情况"], ACTIVITIES, [3], [], ["二、走访开展情况"], VISITS, [30]],
        [ACTIVITIES, [3], VISITS, [30]],
        [[None, *ACTIVITIES], [None, "3场"], [], [None, *VISITS], [None, "30户"]],
        [ACTIVITIES, [3], VISITS, [30], [], ["填表人：张某", None, dt.date(2023, 5, 31)]],
        [ACTIVITIES, [3], VISITS, [30], ["备注：均已核对"]],
    ],
)
def test_the_figures_of_a_form_in_parts_are_read(rows: list[list[object]]):
    found = parts(*rows)
    assert (codes(found), figures(found), found.unit) == ([], (3, 30), SPRING)


@pytest.mark.parametrize(
    "rows",
    [
        [ACTIVITIES, [3], VISITS, [30], [40]],
        [ACTIVITIES, [3], [4], VISITS, [30]],
        [ACTIVITIES, [3], ["社区活动（场）"], [4], VISITS, [30]],
        [ACTIVITIES, [3], ["走访家庭任务数（户）"], [30]],
        [ACTIVITIES, [3], ["去年走访家庭（户）"], [30]],
        [ACTIVITIES, [3], ["走访家庭（户）", "走访家庭（户）"], [30, 40]],
        [ACTIVITIES, [3], VISITS, [30, 40]],
        [ACTIVITIES, [3], VISITS, ["约30户"]],
        [ACTIVITIES, [3], VISITS, ["同上"]],
    ],
)
def test_where_anything_is_in_doubt_no_form_in_parts_is_read_as_clean(rows: list[list[object]]):
    found = codes(parts(*rows))
    assert found
    assert "WRONG_CAMPAIGN" not in found  # a label of the form is no title


def test_a_remark_that_takes_back_a_figure_counts_in_parts_too():
    found = parts(ACTIVITIES, [3], VISITS, [30], ["走访家庭应为31户，表内数有误"])
    assert (codes(found), figures(found)) == (["VAGUE"], (3, None))
