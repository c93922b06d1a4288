"""What came after the last package is told: it goes up with none."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tasks.ledger.packages import Package
from tasks.status.counted import counted
from tasks.status.left_behind import left_behind
from tasks.terms.standings import State
from tests.status.factory import ROSTER, campaign, standings

OF = campaign()
LAST = OF.package.last
HOUR = timedelta(hours=1)
OWING = standings()
REPORTED = (replace(OWING[0], state=State.ACCEPTED, submission=7), *OWING[1:])
CORRECTED = (replace(REPORTED[0], submission=9), *OWING[1:])
NAME = ROSTER[OWING[0].unit].name


def went_up(on, built=LAST):
    return Package("drill", 2, "o", built, "d", "p", {"counted": counted(on)}, built, built, {})


@pytest.mark.parametrize(("before", "now"), [(OWING, REPORTED), (REPORTED, CORRECTED)])
def test_a_report_or_a_correction_after_the_last_package_is_told_with_its_units_name(before, now):
    (told,) = left_behind(OF, ROSTER, [went_up(before)], now, LAST + HOUR)
    assert told.startswith(f"第 2 号汇总件以后又有变动的单位：{NAME}；补报时刻已过")


@pytest.mark.parametrize(
    ("made", "now"),
    [
        ([], LAST + HOUR),
        ([went_up(REPORTED)], LAST + HOUR),
        ([went_up(OWING)], LAST - HOUR),
        ([went_up(OWING, LAST - HOUR)], LAST + HOUR / 2),
        ([replace(went_up(OWING), dispatched_at=None)], LAST + HOUR),
    ],
)
def test_while_a_package_may_still_take_it_along_nothing_is_told(made, now):
    assert left_behind(OF, ROSTER, made, REPORTED, now) == ()


def test_when_the_last_moment_made_no_package_what_came_later_is_told_too():
    assert left_behind(OF, ROSTER, [went_up(OWING, LAST - HOUR)], REPORTED, LAST + HOUR)
