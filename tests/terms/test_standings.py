"""The two rates of an obligation: what came, and what came in time."""

from tasks.terms import times
from tasks.terms.standings import REPORTED, STATE_ZH, DueMoment, Standing, State, Tally

DATED, UNDATED = DueMoment(times.parse("2023-04-04T24:00"), "4月4日"), DueMoment(None, "时限未定")


def test_rates_are_of_what_is_expected():
    counted = Tally("summary", DATED, expected=4, received=3, on_time=1)
    assert (counted.reporting_rate, counted.reporting_rate_on_time) == (0.75, 0.25)


def test_where_nothing_is_expected_there_is_no_rate_at_all():
    nothing = Tally("summary", DATED, expected=0, received=0, on_time=0)
    assert nothing.reporting_rate is nothing.reporting_rate_on_time is None


def test_nobody_is_in_time_for_a_day_nobody_knows():
    counted = Tally("summary", UNDATED, expected=2, received=1, on_time=1)
    assert (counted.reporting_rate, counted.reporting_rate_on_time) == (0.5, None)


def test_a_nil_return_is_a_report_and_what_was_sent_back_or_waived_is_none():
    assert {State.RECEIVED, State.ACCEPTED, State.NIL} == REPORTED
    assert set(STATE_ZH) == set(State)
    assert DueMoment(None, "", before="原时限") == DueMoment(None, "")


def test_a_standing_is_held_back_or_a_late_mending_only_where_it_is_said():
    plain = Standing("T1", "summary", "T1", DATED, State.MISSING)
    assert (plain.held, plain.late_fix, plain.too_late, plain.correct_by) == (False, False, None, None)
