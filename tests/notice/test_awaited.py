"""Which years' holidays a campaign waits for, and from when somebody must see to it."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from tasks.notice.awaited import awaited
from tasks.notice.calendar import Calendar, YearTable
from tests.status.factory import campaign

KNOWN = Calendar({2026: YearTable(frozenset(), frozenset())})


def running_to(year: int):
    of = campaign()
    return replace(
        of, package=replace(of.package, at=datetime(2026, 5, 1), supplements=(datetime(year, 3, 1),))
    )


def test_a_campaign_within_known_years_waits_for_nothing():
    assert awaited(running_to(2026), KNOWN, date(2026, 12, 31)) == ()


@pytest.mark.parametrize(
    ("today", "look", "overdue"),
    [
        (date(2026, 10, 31), False, False),
        (date(2026, 11, 1), True, False),
        (date(2026, 12, 1), True, True),
        (date(2027, 1, 2), True, True),
    ],
)
def test_the_notice_is_looked_for_from_november_and_overdue_in_december(today, look, overdue):
    (each,) = awaited(running_to(2027), KNOWN, today)
    assert (each.year, each.look, each.overdue) == (2027, look, overdue)
    assert "config/calendar/2027.yaml" in each.text


def test_every_year_up_to_the_last_package_is_named():
    assert [each.year for each in awaited(running_to(2028), KNOWN, date(2026, 6, 1))] == [2027, 2028]
