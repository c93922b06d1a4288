from dataclasses import replace
from datetime import date, time

import pytest

from tasks.chase.ladder import quiet
from tasks.ledger import submissions
from tasks.terms import times
from tasks.terms.standings import DueMoment, State
from tests.chase import rungs
from tests.chase.rungs import CALENDAR, EXTRA, FIGURES, SUMMARY, due_at, owes, rung, said, sent
from tests.ledger.factory import submission

HOURS = ((time(9), time(12)), (time(14), time(17, 30)))


# Who is summoned


@pytest.mark.parametrize("state", [State.MISSING, State.RETURNED])
def test_a_reporter_that_owes_something_is_reminded(state):
    assert said("2023-04-03T09:00", owes(state=state)) == ["t-1"]


@pytest.mark.parametrize("state", [State.RECEIVED, State.ACCEPTED, State.NIL, State.WAIVED])
def test_a_reporter_that_reported_or_was_waived_is_not_reminded(state):
    assert said("2023-04-03T09:00", owes(state=state)) == []


def test_a_reporter_with_something_in_the_queue_is_not_reminded_of_it():
    assert said("2023-04-03T09:00", owes(held=True), owes(unit="V1")) == []


def test_what_lies_in_the_queue_does_not_keep_back_a_reminder_of_something_else():
    (letter,) = due_at("2023-04-03T09:00", owes(held=True), owes(FIGURES), ladder=rungs.REMINDERS)
    assert letter.obligations == (FIGURES,)


def test_an_optional_or_undated_thing_is_never_asked_for():
    assert said("2023-04-03T09:00", owes(EXTRA), owes(FIGURES, due=None)) == []


def test_a_letter_names_only_what_is_owed_children_included():
    standings = [
        owes(state=State.ACCEPTED),
        owes(FIGURES),
        owes(FIGURES, unit="V1"),
        owes(FIGURES, unit="V2", state=State.WAIVED),
    ]
    (letter,) = due_at("2023-04-03T09:00", *standings, ladder=rungs.REMINDERS)
    assert [(s.unit, s.obligation) for s in letter.standings] == [("T1", FIGURES), ("V1", FIGURES)]


def test_each_reporter_gets_its_own_letter():
    letters = due_at("2023-04-03T09:00", owes(), owes(unit="T2", reporter="T2"), ladder=rungs.REMINDERS)
    assert [each.reporter for each in letters] == ["T1", "T2"]


# When


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2023-03-28T08:59", []),
        ("2023-03-28T09:00", ["t-5"]),
        ("2023-04-03T09:00", ["t-1"]),
        ("2023-04-04T09:00", ["today"]),
        ("2023-04-04T15:00", ["last-hours"]),
        ("2023-04-05T09:00", []),  # a holiday: the first working day after is the 6th
        ("2023-04-06T09:00", ["late-1"]),
        ("2023-04-07T09:00", ["late-2"]),
    ],
)
def test_each_rung_comes_on_its_working_day_and_hour_in_shanghai(moment, expected):
    assert said(moment, owes()) == expected


def test_a_due_day_nobody_works_is_spoken_of_on_the_last_working_day_before():
    saturday = owes(due="2023-04-08T23:59:59.999999")
    assert said("2023-04-07T15:00", saturday, ladder=[rungs.LAST_HOURS]) == ["last-hours"]
    assert said("2023-04-07T14:00", saturday, ladder=[rungs.LAST_HOURS]) == []


def test_a_weekend_day_that_is_worked_counts_as_one():
    sunday = owes(due="2023-04-23T23:59:59.999999")
    assert said("2023-04-23T15:00", sunday, ladder=[rungs.LAST_HOURS]) == ["last-hours"]


def test_what_is_due_in_a_year_without_a_table_stops_no_letter_of_what_is_due_before():
    far = owes(due="2024-04-04T23:59:59")
    assert said("2024-04-03T09:00", far) == []
    near = owes(unit="T2", reporter="T2")
    assert [s.reporter for s in due_at("2023-04-06T09:00", far, near, ladder=rungs.REMINDERS)] == ["T2"]


def test_one_units_extension_into_a_year_without_a_table_stops_nobody_elses_letters():
    extended = replace(owes(), due=DueMoment(times.parse("2024-01-04T17:00"), "延期", before="原时限"))
    assert said("2024-01-04T16:00", extended) == []
    other = owes(unit="T2", reporter="T2")
    assert [s.reporter for s in due_at("2023-04-06T09:00", extended, other, ladder=rungs.REMINDERS)] == ["T2"]


def test_two_rungs_on_one_hour_give_one_letter_and_the_nearer_one_speaks():
    ladder = [rung("one", -1), rung("zero", 0)]
    saturday = owes(due="2023-04-08T23:59:59.999999")
    letters = due_at("2023-04-07T09:00", saturday, ladder=ladder)
    assert [each.rung.id for each in letters] == ["zero"]
    already = sent(*letters, at="2023-04-07T09:00")
    assert said("2023-04-07T10:00", saturday, ladder=ladder, already=already) == []


def test_the_due_day_is_the_one_on_the_office_calendar():
    at_seven = owes(due="2023-04-04T07:00")  # still the 3rd in UTC
    assert said("2023-04-03T08:59", at_seven, ladder=[rungs.ONE_BEFORE]) == []
    assert said("2023-04-03T09:00", at_seven, ladder=[rungs.ONE_BEFORE]) == ["t-1"]


# Either side of the due moment


def test_a_reminder_that_missed_the_due_moment_is_not_sent_after_it():
    assert said("2023-04-05T00:00", owes()) == []


def test_a_reminder_whose_hour_lies_after_the_due_hour_is_never_sent():
    noon = owes(due="2023-04-04T12:00")
    assert said("2023-04-04T15:00", noon, ladder=[rungs.LAST_HOURS]) == []


def test_nobody_is_called_late_before_the_due_moment():
    same_day = rung("same-day", 0, "17:00", template="overdue")
    assert said("2023-04-04T18:00", owes(), ladder=[same_day]) == []
    assert said("2023-04-04T18:00", owes(due="2023-04-04T12:00"), ladder=[same_day]) == ["same-day"]


def test_a_unit_given_more_time_is_not_called_late_by_a_letter_of_a_fixed_day():
    fixed = rung("sweep", on=date(2023, 4, 6), template="overdue")
    extended = owes(due="2023-04-10T23:59:59")
    assert said("2023-04-06T09:00", extended, owes(unit="T2", reporter="T2"), ladder=[fixed]) == ["sweep"]
    assert said("2023-04-06T09:00", extended, ladder=[fixed]) == []


def test_at_the_very_due_moment_a_report_is_still_in_time():
    noon = owes(due="2023-04-04T12:00")
    assert said("2023-04-04T12:00", noon, ladder=[rung("noon", 0, "12:00")]) == ["noon"]
    late = rung("noon", 0, "12:00", template="overdue")
    assert said("2023-04-04T12:00", noon, ladder=[late]) == []


# Once


def test_what_was_queued_is_not_queued_again():
    already = sent(*due_at("2023-04-03T09:00", owes(), ladder=rungs.REMINDERS), at="2023-04-03T09:00")
    assert said("2023-04-03T16:00", owes(), already=already) == []


def test_after_a_standstill_one_letter_goes_not_all_that_were_missed():
    assert said("2023-04-04T16:00", owes()) == ["last-hours"]
    already = sent(*due_at("2023-04-04T16:00", owes(), ladder=rungs.REMINDERS), at="2023-04-04T16:00")
    assert said("2023-04-04T17:00", owes(), already=already) == []


def test_a_later_rung_already_sent_suppresses_earlier_ones():
    (today,) = due_at("2023-04-04T10:00", owes(), ladder=rungs.REMINDERS)
    assert said("2023-04-04T11:00", owes(), already=sent(today, at="2023-04-04T10:00")) == []


def test_a_letter_is_not_sent_again_when_its_hour_was_changed_afterwards():
    already = sent(*due_at("2023-04-03T09:00", owes(), ladder=[rungs.ONE_BEFORE]), at="2023-04-03T09:00")
    assert said("2023-04-03T16:00", owes(), ladder=[rung("t-1", -1, "15:00")], already=already) == []


def test_what_a_unit_has_been_reminded_of_does_not_silence_another():
    (letter,) = due_at("2023-04-03T09:00", owes(), ladder=rungs.REMINDERS)
    already = sent(letter, at="2023-04-03T09:00")
    assert said("2023-04-03T10:00", owes(unit="T2", reporter="T2"), already=already) == ["t-1"]


def test_an_extension_arms_the_rungs_again_for_the_new_day():
    (letter,) = due_at("2023-04-03T09:00", owes(), ladder=rungs.REMINDERS)
    already = sent(letter, at="2023-04-03T09:00")
    later = owes(due="2023-04-12T23:59:59.999999")
    assert said("2023-04-04T08:00", later, already=already) == []
    assert said("2023-04-04T09:00", later, already=already) == ["t-5"]
    assert said("2023-04-11T09:00", later, already=already) == ["t-1"]
    assert due_at("2023-04-11T09:00", later, already=already, ladder=rungs.REMINDERS)[0].occasion == (
        "rung:t-1@2023-04-12T23:59:59+08:00"
    )


def test_one_due_moment_gives_one_letter_two_give_two():
    one = due_at("2023-04-03T09:00", owes(), owes(FIGURES), ladder=rungs.REMINDERS)
    assert [each.obligations for each in one] == [(SUMMARY, FIGURES)]
    morning = owes(FIGURES, due="2023-04-04T12:00")
    two = due_at("2023-04-03T09:00", owes(), morning, ladder=rungs.REMINDERS)
    assert [each.obligations for each in two] == [(SUMMARY,), (FIGURES,)]
    assert len({each.occasion for each in two}) == 2


def test_a_rung_for_one_thing_does_not_speak_of_another():
    only_summary = rung("summary-only", -1, obligations=(SUMMARY,))
    assert said("2023-04-03T09:00", owes(FIGURES), ladder=[only_summary]) == []


def test_rungs_for_different_things_share_one_letter_that_leaves_nothing_out():
    ladder = [rung("a", -5, obligations=(FIGURES,)), rung("b", -1, obligations=(SUMMARY,))]
    (letter,) = due_at("2023-04-03T09:00", owes(), owes(FIGURES), ladder=ladder)
    assert (letter.rung.id, letter.obligations) == ("b", (SUMMARY, FIGURES))


def test_a_rung_sent_for_one_thing_is_not_said_again_with_the_next():
    ladder = [rung("a", -5, obligations=(FIGURES,)), rung("b", -1, obligations=(SUMMARY,))]
    already = sent(*due_at("2023-03-28T09:00", owes(), owes(FIGURES), ladder=ladder), at="2023-03-28T09:00")
    (letter,) = due_at("2023-04-03T09:00", owes(), owes(FIGURES), ladder=ladder, already=already)
    assert letter.obligations == (SUMMARY,)


# The notice of start


@pytest.mark.parametrize("state", list(State))
def test_the_notice_of_start_goes_to_everyone_whatever_came(state):
    assert said("2023-03-08T09:00", owes(state=state, held=True), ladder=rungs.USUAL) == ["start"]


def test_the_notice_of_start_speaks_of_everything_asked_for_also_undated_and_optional():
    standings = [owes(), owes(FIGURES, due=None), owes(EXTRA, due=None)]
    (letter,) = due_at("2023-03-08T09:00", *standings)
    assert (letter.obligations, letter.due) == ((SUMMARY, FIGURES, EXTRA), None)


def test_the_notice_of_start_goes_once():
    already = sent(*due_at("2023-03-08T09:00", owes()), at="2023-03-08T09:00")
    assert said("2023-03-20T09:00", owes(), ladder=rungs.USUAL, already=already) == []


def test_a_late_notice_of_start_goes_alone_and_speaks_for_the_reminders_missed():
    assert said("2023-04-03T10:00", owes(), ladder=rungs.USUAL) == ["start"]
    already = sent(*due_at("2023-04-03T10:00", owes()), at="2023-04-03T10:00")
    assert said("2023-04-03T11:00", owes(), ladder=rungs.USUAL, already=already) == []
    assert said("2023-04-04T09:00", owes(), ladder=rungs.USUAL, already=already) == ["today"]


def test_once_all_is_overdue_there_is_nothing_left_to_start():
    assert said("2023-04-06T09:00", owes(), ladder=rungs.USUAL) == ["late-1"]
    assert said("2023-04-04T12:00", owes(due="2023-04-04T12:00"), ladder=rungs.USUAL) == ["start"]
    figures_in_time = owes(FIGURES, due="2023-05-31T23:59:59")
    assert said("2023-04-06T09:00", owes(), figures_in_time, ladder=rungs.USUAL) == ["start"]


def test_a_notice_of_start_for_one_thing_goes_only_to_those_who_owe_it():
    only = rung("start-figures", on=date(2023, 3, 8), template="start", obligations=(FIGURES,))
    assert said("2023-03-08T09:00", owes(), ladder=[only]) == []
    (letter,) = due_at("2023-03-08T09:00", owes(), owes(FIGURES), ladder=[only])
    assert letter.obligations == (FIGURES,)


def test_a_late_notice_of_start_for_one_thing_does_not_silence_the_reminder_of_another():
    only = rung("start-figures", on=date(2023, 3, 8), template="start", obligations=(FIGURES,))
    ladder = [only, rungs.ONE_BEFORE]
    already = sent(*due_at("2023-04-03T10:00", owes(FIGURES), ladder=ladder), at="2023-04-03T10:00")
    (letter,) = due_at("2023-04-03T11:00", owes(), owes(FIGURES), ladder=ladder, already=already)
    assert (letter.rung.id, letter.obligations) == ("t-1", (SUMMARY,))


# After a return


def returned(at, **more):
    """A report that went back, and the outbox that remembers the letter it went back with."""
    version = submission(unit="T1", obligation=SUMMARY, version=2)
    return owes(state=State.RETURNED, version=2, **more), {
        ("T1", submissions.occasion(version)): times.parse(at)
    }


def test_a_return_is_not_followed_at_once_by_a_reminder_it_makes_needless():
    standing, already = returned("2023-04-03T09:00")
    assert said("2023-04-03T09:00", standing, already=already) == []
    assert said("2023-04-04T09:00", standing, already=already) == ["today"]


def test_nobody_is_called_late_before_the_date_the_return_itself_gave():
    standing, already = returned("2023-04-04T16:00")
    assert said("2023-04-06T09:00", standing, already=already) == []
    assert said("2023-04-06T23:59:59.999999", standing, already=already) == []
    assert said("2023-04-07T00:00", standing, already=already) == ["late-1"]
    assert said("2023-04-07T09:00", standing, already=already) == ["late-2"]


def test_what_was_sent_back_is_reminded_of_up_to_the_very_due_moment():
    standing, already = returned("2023-04-03T16:00", due="2023-04-04T12:00")
    assert said("2023-04-04T12:00", standing, ladder=[rung("noon", 0, "12:00")], already=already) == ["noon"]


def test_no_return_asks_for_a_correction_by_a_day_nobody_works():
    standing, already = returned("2023-04-06T16:00")  # two days later is a Saturday
    assert said("2023-04-10T17:00", standing, already=already) == []
    assert said("2023-04-11T09:00", standing, already=already) == ["late-2"]


def test_a_return_with_a_date_of_its_own_is_kept_to_though_the_general_day_is_past():
    standing, already = returned("2023-04-04T16:00")
    given = replace(standing, correct_by=times.until("2023-04-11"))
    for moment in ("2023-04-06T09:00", "2023-04-10T09:00", "2023-04-11T23:59:59"):
        assert said(moment, given, already=already) == []
    assert said("2023-04-12T09:00", given, already=already) == ["late-2"]
    early, already = returned("2023-03-27T16:00")
    assert (
        said("2023-04-04T09:00", replace(early, correct_by=times.until("2023-04-11")), already=already) == []
    )
    # A date within the general time changes nothing of it.
    soon = replace(early, correct_by=times.until("2023-03-30"))
    assert said("2023-04-03T09:00", soon, already=already) == ["t-1"]
    assert said("2023-04-06T09:00", soon, already=already) == ["late-1"]


def test_a_return_of_one_version_says_nothing_about_the_next():
    _, already = returned("2023-04-03T10:00")
    assert said(
        "2023-04-03T10:00", owes(state=State.RETURNED, version=3), already=already
    ) == ["t-1"]  # fmt: skip


# Working hours


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2023-04-04T09:00", False),
        ("2023-04-04T17:30", False),
        ("2023-04-04T08:59", True),
        ("2023-04-04T13:00", True),
        ("2023-04-04T17:31", True),
        ("2023-04-05T10:00", True),  # a holiday
        ("2023-04-08T10:00", True),  # a Saturday
        ("2023-04-23T10:00", False),  # a Sunday that is worked
    ],
)
def test_letters_go_only_in_working_hours_of_working_days(moment, expected):
    assert quiet(times.parse(moment), CALENDAR, HOURS) is expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2031-01-02T10:00", False),
        ("2031-01-02T08:00", True),
        ("2031-01-04T10:00", True),  # a Saturday
        ("2031-01-05T10:00", True),
    ],
)
def test_in_a_year_without_a_table_letters_wait_for_the_weekend_alone(moment, expected):
    assert quiet(times.parse(moment), CALENDAR, HOURS) is expected
