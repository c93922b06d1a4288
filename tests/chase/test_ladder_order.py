"""Where a holiday or an early hour presses the ladder together: one letter, the farther rung never last."""

import pytest
from hypothesis import given

from tasks.terms import times
from tests.chase.rungs import FIGURES, SUMMARY, due_at, owes, rung, said, sent
from tests.chase.test_ladder_properties import PLAIN, ladders, offices, reminders, run, sleeps

SATURDAY = "2023-04-08T23:59:59.999999"
"""Nobody works: the day itself and one working day before it both fall on Friday 7 April."""


def heard(ladder, *moments, standings=None, already=None):
    """Which rungs spoke at which of these moments, each letter being remembered."""
    found = []
    for moment in moments:
        letters = due_at(moment, *(standings or [owes(due=SATURDAY)]), ladder=ladder, already=already)
        found += [(each.rung.id, moment[8:16]) for each in letters]
        already = sent(*letters, at=moment, already=already)
    return found


def test_a_farther_rung_never_follows_a_nearer_one():
    ladder = [rung("t-1", -1, "14:30"), rung("today", 0, "09:00")]
    assert heard(ladder, "2023-04-07T09:00", "2023-04-07T14:30", "2023-04-07T17:00") == [
        ("today", "07T09:00")
    ]


def test_rungs_a_holiday_presses_into_one_morning_are_one_letter_in_the_nearer_ones_words():
    ladder = [rung("t-1", -1, "09:00"), rung("today", 0, "10:00")]
    assert heard(ladder, "2023-04-07T09:00", "2023-04-07T10:00", "2023-04-07T11:00") == [
        ("today", "07T10:00")
    ]


def test_morning_and_afternoon_of_that_day_are_two_letters():
    ladder = [rung("t-1", -1, "09:00"), rung("last-hours", 0, "15:00")]
    assert heard(ladder, "2023-04-07T09:00", "2023-04-07T15:00") == [
        ("t-1", "07T09:00"),
        ("last-hours", "07T15:00"),
    ]


def test_a_rung_gives_way_only_to_one_that_will_speak_of_the_same_thing():
    figures_only = rung("today", 0, "10:00", obligations=(FIGURES,))
    both = [owes(due=SATURDAY), owes(FIGURES, due=SATURDAY)]
    first = due_at("2023-04-07T09:00", *both, ladder=[rung("t-1", -1, "09:00"), figures_only])
    assert [(each.rung.id, each.obligations) for each in first] == [("t-1", (SUMMARY,))]


def test_what_a_nearer_rung_said_of_one_thing_does_not_silence_a_farther_one_about_another():
    ladder = [rung("t-1", -1, "15:00"), rung("today", 0, "09:00", obligations=(FIGURES,))]
    both = [owes(due=SATURDAY), owes(FIGURES, due=SATURDAY)]
    already = sent(*due_at("2023-04-07T09:00", *both, ladder=ladder), at="2023-04-07T09:00")
    (second,) = due_at("2023-04-07T15:00", *both, ladder=ladder, already=already)
    assert (second.rung.id, second.obligations) == ("t-1", (SUMMARY,))


def test_a_rung_does_not_give_way_to_an_hour_at_which_nothing_is_sent():
    ladder = [rung("t-1", -1, "17:00"), rung("today", 0, "20:00")]
    assert heard(ladder, "2023-04-07T17:00") == [("t-1", "07T17:00")]


def test_one_letter_for_rungs_that_were_missed_goes_to_all_they_would_have_gone_to():
    ladder = [rung("first", 1, template="overdue", audience=("preparer", "sender")),
              rung("second", 2, template="overdue", audience=("sender", "leader"))]  # fmt: skip
    (letter,) = due_at("2023-04-07T09:00", owes(), ladder=ladder)
    assert letter.rung.id == "second"
    assert set(letter.rung.audience) == {"preparer", "sender", "leader"}


@pytest.mark.parametrize("granted_at", ["2023-04-06T09:30", "2023-04-06T17:00"])
def test_who_was_just_given_more_time_is_not_reminded_of_it_in_the_same_breath(granted_at):
    extended = owes(due="2023-04-07T17:30")
    already = {("T1", "extended:summary@2023-04-07T17:30:00+08:00"): times.parse(granted_at)}
    assert said(granted_at, extended, already=already) == []
    assert said("2023-04-07T09:00", extended, already=already) == ["today"]


@PLAIN
@given(offices, ladders, sleeps)
def test_whatever_happens_no_farther_rung_is_heard_of_after_a_nearer_one(office, ladder, at_ticks):
    spoken = {}
    for _, letter in reminders(run(office, ladder, at_ticks)):
        for each in letter.standings:
            need = each.unit, each.obligation, letter.due
            assert letter.rung.working_days >= spoken.get(need, letter.rung.working_days)
            spoken[need] = letter.rung.working_days
