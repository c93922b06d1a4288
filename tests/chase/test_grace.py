"""What a return gives: time to correct."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tasks.chase.grace import correction_date, has_time
from tasks.terms import times
from tasks.terms.standings import DueMoment, State
from tests.chase.rungs import CALENDAR, owes

DUE, BACK = times.parse("2023-04-04T17:00"), times.parse("2023-04-10T09:00")
TICK = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("returned", "due", "by"),
    [
        ("2023-03-20T09:00", DUE, DUE),
        ("2023-04-10T09:00", DUE, times.until("2023-04-12")),
        ("2023-04-10T09:00", None, times.until("2023-04-12")),
    ],
)
def test_a_return_leaves_two_days_and_never_less_than_the_due_moment(returned, due, by):
    assert correction_date(times.parse(returned), due, CALENDAR) == by


def sent_back(until, due=DUE):
    standing = owes(state=State.RETURNED, version=1)
    return replace(standing, due=DueMoment(due, "时限"), correct_by=until)


def test_a_date_of_its_own_gives_time_to_its_last_instant():
    until = times.until("2023-04-12")
    assert has_time(sent_back(until), BACK)
    assert has_time(sent_back(until), until)
    assert not has_time(sent_back(until), until + TICK)
    assert has_time(sent_back(until, due=None), BACK)
    assert not has_time(sent_back(None), BACK)


def test_a_date_within_the_general_time_gives_none_beyond_it():
    early = times.parse("2023-04-01T09:00")
    assert not has_time(sent_back(DUE), early)
    assert not has_time(sent_back(DUE - TICK), early)
    assert has_time(sent_back(DUE + TICK), early)
