"""Rungs counted in hours, rungs with a condition, rungs that keep no office hours, short notices."""

from datetime import date, timedelta

import pytest

from tasks.terms import times
from tasks.terms.standings import State
from tests.chase import rungs
from tests.chase.rungs import due_at, owes, rung, said, sent

NUDGE = rung("nudge", at="09:00", hours_before=3)


@pytest.mark.parametrize(
    ("due", "early", "time"),
    [
        ("2023-04-04T18:00", "2023-04-04T14:59", "2023-04-04T15:00"),
        ("2023-04-04T12:00", "2023-04-04T08:59", "2023-04-04T09:00"),
        ("2023-04-04T10:00", "2023-04-04T08:59", "2023-04-04T09:00"),  # not at seven in the morning
    ],
)
def test_the_last_nudge_comes_so_many_hours_before_the_due_hour_but_not_before_the_office_opens(
    due, early, time
):
    assert said(early, owes(due=due), ladder=[NUDGE]) == []
    assert said(time, owes(due=due), ladder=[NUDGE]) == ["nudge"]


def test_the_last_nudge_follows_an_extension_in_hours_too():
    extended = owes(due="2023-04-06T16:00")
    assert said("2023-04-04T15:00", extended, ladder=[NUDGE]) == []
    assert said("2023-04-06T13:00", extended, ladder=[NUDGE]) == ["nudge"]


def test_the_last_nudge_never_comes_after_the_due_moment():
    assert said("2023-04-04T10:00", owes(due="2023-04-04T08:00"), ladder=[NUDGE]) == []


@pytest.mark.parametrize(
    ("due", "time"),
    [
        ("2023-04-04T23:59:59.999999", "2023-04-04T15:00"),  # an unknown hour: the office closes at six
        ("2023-04-04T20:00", "2023-04-04T15:00"),
        ("2023-04-04T13:00", "2023-04-04T09:00"),  # nobody works after twelve
        ("2023-04-04T08:00", "2023-04-03T15:00"),  # nobody works that day before eight
        ("2023-04-04T09:00", "2023-04-03T15:00"),
        ("2023-04-08T18:00", "2023-04-07T15:00"),  # a Saturday
    ],
)
def test_where_the_due_hour_is_unknown_or_nobody_works_then_the_last_working_hours_are_counted(due, time):
    early = times.iso(times.parse(time) - timedelta(minutes=1))
    assert said(early, owes(due=due), ladder=[NUDGE]) == []
    assert said(time, owes(due=due), ladder=[NUDGE]) == ["nudge"]


def test_of_two_nudges_before_an_unknown_hour_the_nearer_comes_later():
    ladder = [rung("six", at="09:00", hours_before=6), rung("two", at="09:00", hours_before=2)]
    assert said("2023-04-04T12:00", owes(), ladder=ladder) == ["six"]
    assert said("2023-04-04T16:00", owes(), ladder=ladder) == ["two"]


def test_a_nudge_that_keeps_no_office_hours_counts_from_the_due_moment_itself():
    urgent = rung("urgent", at="09:00", hours_before=2, any_hour=True)
    assert said("2023-04-04T21:00", owes(due="2023-04-04T23:30"), ladder=[urgent], any_hour=True) == []
    assert said("2023-04-04T21:30", owes(due="2023-04-04T23:30"), ladder=[urgent], any_hour=True) == [
        "urgent"
    ]


HOURS_LATE = rung("hours-late", at="08:30", template="overdue", hours_after=2)


@pytest.mark.parametrize(
    ("due", "early", "time"),
    [
        ("2023-04-04T10:00", "2023-04-04T11:59", "2023-04-04T12:00"),
        ("2023-04-03T23:59:59.999999", "2023-04-04T08:29", "2023-04-04T08:30"),  # not in the night
    ],
)
def test_a_rung_may_come_so_many_hours_after_the_due_moment(due, early, time):
    assert said(early, owes(due=due), ladder=[HOURS_LATE]) == []
    assert said(time, owes(due=due), ladder=[HOURS_LATE]) == ["hours-late"]


def test_hours_after_follow_the_units_own_due_moment():
    assert said("2023-04-04T12:00", owes(due="2023-04-06T10:00"), ladder=[HOURS_LATE]) == []
    assert said("2023-04-06T12:00", owes(due="2023-04-06T10:00"), ladder=[HOURS_LATE]) == ["hours-late"]


def test_a_rung_for_those_who_never_reported_leaves_the_returned_alone_and_the_other_way_round():
    both = [owes(), owes(unit="T2", reporter="T2", state=State.RETURNED)]
    silent, sent_back = rung("silent", -1, only="missing"), rung("back", -1, only="returned")
    assert [s.reporter for s in due_at("2023-04-03T09:00", *both, ladder=[silent])] == ["T1"]
    assert [s.reporter for s in due_at("2023-04-03T09:00", *both, ladder=[sent_back])] == ["T2"]


def test_outside_office_hours_only_a_rung_that_says_so_speaks():
    urgent = rung("urgent", 0, "20:00", any_hour=True)
    ladder = [rungs.TODAY, urgent]
    assert said("2023-04-04T19:00", owes(), ladder=ladder, any_hour=True) == []
    assert said("2023-04-04T20:00", owes(), ladder=ladder, any_hour=True) == ["urgent"]


def test_what_was_said_in_office_hours_is_not_said_again_in_the_evening():
    urgent = rung("urgent", 0, "08:00", any_hour=True)
    ladder = [rungs.TODAY, urgent]
    already = sent(*due_at("2023-04-04T09:00", owes(), ladder=ladder), at="2023-04-04T09:00")
    assert said("2023-04-04T20:00", owes(), ladder=ladder, already=already, any_hour=True) == []


def test_a_notice_that_gives_one_day_brings_its_start_and_the_last_nudges_only():
    ladder = [rung("start", None, "10:30", template="start", on=date(2023, 4, 3)), *rungs.REMINDERS, NUDGE]
    tomorrow = owes(due="2023-04-04T17:00")
    heard, already = [], {}
    for moment in ("2023-04-03T10:30", "2023-04-03T14:00", "2023-04-04T09:00", "2023-04-04T11:00",
                   "2023-04-04T14:00", "2023-04-04T15:00", "2023-04-04T16:30"):  # fmt: skip
        letters = due_at(moment, tomorrow, ladder=ladder, already=already)
        heard += [(each.rung.id, moment[8:16]) for each in letters]
        already = sent(*letters, at=moment, already=already)
    assert heard == [
        ("start", "03T10:30"),
        ("today", "04T09:00"),
        ("nudge", "04T14:00"),
        ("last-hours", "04T15:00"),
    ]
