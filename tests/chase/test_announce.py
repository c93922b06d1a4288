"""Letters about the whole campaign: when, to whom, and only the latest of a kind."""

from datetime import date

from tasks.chase.announce import OFFICE, announcements
from tasks.terms import times
from tasks.terms.standings import DueMoment, State, Tally
from tests.chase.rungs import CALENDAR, DUE, EXTRA, FIGURES, SUMMARY, of, office_hours, owes, rung

THANKS = rung("thanks", 1, template="thanks")
CIRCULAR = rung("circular", 1, "10:00", template="circular")
DIGEST = rung("digest", 0, "16:00", template="digest")
EARLIER = rung("digest-early", -1, "16:00", template="digest")
ALL = (THANKS, CIRCULAR, DIGEST, EARLIER)
"""The due day is a Tuesday and Wednesday is a holiday: one working day after it is Thursday."""


def tally_of(what: str = SUMMARY, due: str | None = DUE) -> Tally:
    moment = times.parse(due) if due else None
    return Tally(what, DueMoment(moment, "时限说明"), 2, 1, 1)


def told(moment, *standings, ladder=ALL, tallies=None, already=None, any_hour=False):
    found = announcements(
        of(*ladder),
        CALENDAR,
        standings,
        [tally_of()] if tallies is None else tallies,
        times.parse(moment),
        hours_on=office_hours,
        already=already or {},
        any_hour=any_hour,
    )
    return [(a.rung.id, a.reporter) for a in found]


DONE = owes(state=State.ACCEPTED)
MISSING = owes(unit="T2", reporter="T2")


def test_a_digest_goes_to_the_office_once_at_its_hour():
    assert told("2023-04-03T15:59", MISSING) == []
    assert told("2023-04-03T16:00", MISSING) == [("digest-early", OFFICE)]
    spoken = {(OFFICE, f"rung:digest-early@{times.iso(times.parse(DUE))}"): times.parse("2023-04-03T16:00")}
    assert told("2023-04-03T17:00", MISSING, already=spoken) == []


def test_after_a_standstill_only_the_latest_digest_is_written():
    assert told("2023-04-04T17:00", MISSING) == [("digest", OFFICE)]


def test_a_circular_goes_to_every_reporter_and_thanks_to_those_who_have_done_all():
    assert told("2023-04-06T10:00", DONE, MISSING, ladder=(THANKS, CIRCULAR)) == [
        ("thanks", "T1"),
        ("circular", "T1"),
        ("circular", "T2"),
    ]


def test_days_are_counted_as_working_days_from_the_general_due_moment():
    assert told("2023-04-06T08:59", DONE, ladder=(THANKS,)) == []
    late = owes(state=State.ACCEPTED, due="2023-04-20T23:59")  # an extension of its own does not move it
    assert told("2023-04-06T09:00", late, ladder=(THANKS,)) == [("thanks", "T1")]


def test_nobody_is_thanked_while_something_is_missing_returned_unjudged_or_undecided():
    for state in (State.MISSING, State.RETURNED, State.RECEIVED):
        assert told("2023-04-06T09:00", DONE, owes(unit="V1", state=state), ladder=(THANKS,)) == []
    assert told("2023-04-06T09:00", owes(state=State.ACCEPTED, held=True), ladder=(THANKS,)) == []


def test_nobody_is_thanked_for_what_was_waived_altogether():
    assert told("2023-04-06T09:00", owes(state=State.WAIVED), ladder=(THANKS,)) == []
    assert told(
        "2023-04-06T09:00", owes(state=State.WAIVED), owes(unit="V1", state=State.NIL), ladder=(THANKS,)
    )


def test_a_unit_that_is_complete_only_later_is_thanked_then():
    spoken = {("T1", f"rung:thanks@{times.iso(times.parse(DUE))}"): times.parse("2023-04-06T09:00")}
    second = owes(unit="T2", reporter="T2", state=State.ACCEPTED)
    assert told("2023-04-10T09:00", DONE, second, ladder=(THANKS,), already=spoken) == [("thanks", "T2")]


def test_two_due_moments_are_told_of_each_in_its_turn():
    tallies = [tally_of(), tally_of(FIGURES, "2023-04-10T23:59:59.999999")]
    standings = (DONE, owes(FIGURES))
    assert told("2023-04-06T09:00", *standings, ladder=(THANKS,), tallies=tallies) == [("thanks", "T1")]
    assert told("2023-04-11T09:00", *standings, ladder=(THANKS,), tallies=tallies) == []
    assert told(
        "2023-04-11T09:00", DONE, owes(FIGURES, state=State.NIL), ladder=(THANKS,), tallies=tallies
    ) == [("thanks", "T1")]


def test_what_has_no_date_and_what_is_optional_is_not_told_of():
    assert told("2023-12-01T09:00", MISSING, tallies=[tally_of(due=None)]) == []
    assert told("2023-12-01T09:00", owes(EXTRA), tallies=[tally_of(EXTRA)]) == []


def test_a_rung_on_a_fixed_day_speaks_once_of_everything():
    weekly = rung("weekly", on=date(2023, 3, 31), template="digest")
    tallies = [tally_of(), tally_of(FIGURES, "2023-04-10T23:59:59.999999")]
    found = announcements(
        of(weekly),
        CALENDAR,
        [MISSING],
        tallies,
        times.parse("2023-03-31T09:00"),
        hours_on=office_hours,
        already={},
    )
    assert [(a.occasion, a.obligations) for a in found] == [("rung:weekly", (SUMMARY, FIGURES))]


def test_a_rung_for_one_obligation_is_silent_about_the_others():
    only = rung("figures", 1, template="circular", obligations=(FIGURES,))
    assert told("2023-04-06T09:00", MISSING, ladder=(only,)) == []


def test_off_hours_only_what_may_go_at_any_hour_is_written():
    urgent = rung("night", 0, "20:00", template="digest", any_hour=True)
    assert told("2023-04-04T20:00", MISSING, any_hour=True) == []
    assert told("2023-04-04T20:00", MISSING, ladder=(urgent,), any_hour=True) == [("night", OFFICE)]
