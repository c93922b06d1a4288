import dataclasses
from datetime import date, timedelta

import pytest

from tasks.terms import times
from tasks.terms.due import Due
from tasks.terms.obligation import Selector
from tasks.terms.readings import NOT_A_REPORT
from tasks.terms.standings import State, Timeliness
from tasks.terms.units import Roster, Unit
from tests.status.factory import (
    AFTER,
    AT,
    BEFORE,
    DUE,
    ROSTER,
    campaign,
    filled,
    obligation,
    standing,
    standings,
    tallies,
    version,
)

ON_TIME, LATE = Timeliness.ON_TIME, Timeliness.LATE
KEY = ("T1", "summary")


def days(number):
    return DUE + timedelta(days=number)


# Who is expected


def test_every_owing_unit_stands_once_with_every_obligation_in_roster_order():
    found = [(s.obligation, s.unit, s.reporter) for s in standings()]
    assert found == [
        ("summary", "T1", "T1"), ("summary", "T2", "T2"),
        ("figures", "T1", "T1"), ("figures", "T2", "T2"),
        ("figures", "V1", "T1"), ("figures", "V2", "T1"), ("figures", "V3", "T2"),
    ]  # fmt: skip


def test_a_unit_that_is_not_there_yet_or_any_more_owes_nothing():
    gone, coming = (
        Unit("T8", "撤并镇", "town", end=date(2023, 4, 1)),
        Unit("T9", "新设镇", "town", start=date(2023, 4, 3)),
    )
    roster = Roster((gone, coming))
    assert [s.unit for s in standings(as_of=times.parse("2023-04-01T23:59"), roster=roster)] == ["T8", "T8"]
    assert standings(as_of=times.parse("2023-04-02"), roster=roster) == ()
    assert [s.unit for s in standings(as_of=times.parse("2023-04-03"), roster=roster)] == ["T9", "T9"]


def test_what_has_not_come_is_missing_and_neither_late_nor_on_time():
    found = standing("T1", "summary")
    assert (found.state, found.timeliness, found.received_at, found.version) == (
        State.MISSING,
        None,
        None,
        None,
    )


# When


@pytest.mark.parametrize(("received", "expected"), [(BEFORE, ON_TIME), (AT, ON_TIME), (AFTER, LATE)])
def test_a_report_is_on_time_up_to_the_last_instant_of_the_day(received, expected):
    assert standing("T1", "summary", version(received_at=received)).timeliness is expected


def test_without_a_known_due_moment_nothing_is_on_time_or_late():
    found = standing("T1", "summary", version(), of=campaign(obligation(due="unknown")))
    assert (found.state, found.timeliness, found.due.at, found.late_fix) == (
        State.ACCEPTED,
        None,
        None,
        False,
    )
    assert found.received_at == BEFORE


def test_only_what_was_received_by_the_moment_asked_about_is_known():
    history = [version(1, State.RETURNED, BEFORE), version(2, State.ACCEPTED, AFTER)]
    assert (
        standing("T1", "summary", *history, as_of=BEFORE - timedelta(microseconds=1)).state is State.MISSING
    )
    assert standing("T1", "summary", *history, as_of=BEFORE).state is State.RETURNED
    assert standing("T1", "summary", *history, as_of=AFTER - timedelta(microseconds=1)).version == 1
    assert standing("T1", "summary", *history, as_of=AFTER).state is State.ACCEPTED


# Which version counts


def test_the_latest_accepted_version_counts_and_a_later_returned_one_does_not():
    history = [
        version(1),
        version(2, codes=("BELOW_TARGET",)),
        version(3, State.RETURNED, codes=("MISSING",)),
    ]
    found = standing("T1", "summary", *history)
    assert (found.state, found.version, found.submission, found.findings) == (
        State.ACCEPTED,
        2,
        2,
        ("BELOW_TARGET",),
    )


def test_without_an_accepted_version_the_latest_counts():
    found = standing("T1", "summary", version(1, State.RETURNED), version(2, State.RECEIVED))
    assert (found.state, found.version) == (State.RECEIVED, 2)
    found = standing("T1", "summary", version(1, State.RECEIVED), version(2, State.RETURNED))
    assert (found.state, found.version) == (State.RETURNED, 2)


def test_the_order_facts_are_given_in_does_not_matter():
    history = [version(1, State.RETURNED), version(2), version(3, received_at=AFTER)]
    assert standings(*history) == standings(*reversed(history))


def test_an_old_mail_placed_late_does_not_replace_what_came_after_it():
    corrected, placed_late = version(1, received_at=days(-1)), version(2, received_at=days(-9))
    found = standing("T1", "summary", corrected, placed_late)
    assert (found.version, found.received_at) == (1, days(-9))


def test_an_old_mail_placed_late_makes_its_sender_as_punctual_as_it_was():
    found = standing("T1", "summary", version(1, received_at=days(2)), version(2, received_at=days(-2)))
    assert (found.timeliness, found.late_fix) == (ON_TIME, True)


# Returned, corrected


def test_a_timely_report_whose_correction_came_late_is_on_time_with_a_late_fix():
    found = standing(
        "T1", "summary", version(1, State.RETURNED, BEFORE, codes=("MISSING",)), version(2, received_at=AFTER)
    )
    assert (found.state, found.timeliness, found.late_fix) == (State.ACCEPTED, ON_TIME, True)
    assert (found.received_at, found.version) == (BEFORE, 2)


def test_a_correction_in_time_is_no_late_fix():
    found = standing("T1", "summary", version(1, State.RETURNED), version(2, received_at=AT))
    assert (found.timeliness, found.late_fix) == (ON_TIME, False)


@pytest.mark.parametrize("code", sorted(NOT_A_REPORT))
def test_a_first_version_that_reports_nothing_makes_no_unit_punctual(code):
    blank = version(1, State.RETURNED, BEFORE, codes=(code,))
    alone = standing("T1", "summary", blank)
    assert (alone.state, alone.timeliness, alone.late_fix) == (State.RETURNED, None, False)
    fixed = standing("T1", "summary", blank, version(2, received_at=AFTER))
    assert (fixed.timeliness, fixed.late_fix, fixed.received_at) == (LATE, False, AFTER)


@pytest.mark.parametrize("code", sorted(NOT_A_REPORT))
def test_what_a_person_accepts_is_a_report_whatever_the_rules_found(code):
    found = standing("T1", "summary", version(1, State.ACCEPTED, BEFORE, codes=(code,), ruled=True))
    assert (found.state, found.timeliness) == (State.ACCEPTED, ON_TIME)


def test_a_blank_version_after_a_good_one_takes_nothing_away():
    found = standing("T1", "summary", version(1), version(2, State.RETURNED, AFTER, codes=("BLANK_FORM",)))
    assert (found.state, found.timeliness, found.version, found.late_fix) == (
        State.ACCEPTED,
        ON_TIME,
        1,
        False,
    )


def test_a_nil_return_counts_once_it_is_accepted():
    assert standing("T1", "figures", filled(nil=True, rows={})).state is State.NIL
    assert standing("T1", "figures", filled(1, State.RETURNED, nil=True, rows={})).state is State.RETURNED


# Extensions


def test_an_extension_moves_the_due_moment_and_says_so():
    found = standing("T1", "summary", version(received_at=days(1)), extensions={KEY: days(2)})
    assert (found.due.at, found.timeliness) == (days(2), ON_TIME)
    assert found.due.explained == f"2023年4月6日（周四）24:00前（准予延期；原时限：{found.due.before}）"
    assert found.due.before.startswith("2023年4月4日（周二）24:00前（")
    assert standing("T2", "summary", extensions={KEY: days(2)}).due.at == DUE
    assert standing("T1", "figures", extensions={KEY: days(2)}).due.at == DUE


@pytest.mark.parametrize("granted", [days(-3), DUE], ids=["earlier", "same"])
def test_an_extension_never_shortens(granted):
    found = standing("T1", "summary", version(received_at=AT), extensions={KEY: granted})
    assert (found.due.at, found.timeliness) == (DUE, ON_TIME)
    assert "延期" not in found.due.explained


def test_an_extension_gives_a_due_moment_where_the_notice_gives_none():
    found = standing(
        "T1", "summary", version(), of=campaign(obligation(due="unknown")), extensions={KEY: days(0)}
    )
    assert (found.due.at, found.timeliness) == (DUE, ON_TIME)


def test_what_a_town_is_granted_holds_for_the_villages_it_reports_for():
    granted = {("T1", "figures"): days(5)}
    assert standing("V1", "figures", extensions=granted).due.at == days(5)
    assert standing("V3", "figures", extensions=granted).due.at == DUE


@pytest.mark.parametrize(("own", "towns"), [(days(2), days(5)), (days(5), days(2))])
def test_a_village_has_the_later_of_its_own_and_its_towns_extension(own, towns):
    granted = {("V1", "figures"): own, ("T1", "figures"): towns}
    assert standing("V1", "figures", extensions=granted).due.at == days(5)
    assert standing("T1", "figures", extensions=granted).due.at == towns


# Waivers and holds


def test_a_waived_unit_is_not_expected():
    found = standings(waivers={KEY: "撤并"})
    assert found[0].state is State.WAIVED
    assert found[0].reason == "撤并"
    assert (tallies(found)["summary"].expected, tallies(found)["figures"].expected) == (1, 5)


def test_a_returned_report_of_a_waived_unit_is_not_owed_again():
    found = standing("T1", "summary", version(1, State.RETURNED), waivers={KEY: "撤并"})
    assert found.state is State.WAIVED


def test_a_waived_unit_that_reported_all_the_same_has_reported():
    found = standings(version(), waivers={KEY: "撤并"})
    assert found[0].state is State.ACCEPTED
    assert (tallies(found)["summary"].expected, tallies(found)["summary"].received) == (2, 1)


def test_a_town_waived_is_waived_for_its_villages_and_a_village_for_itself_alone():
    by_town = {
        s.unit: s.state for s in standings(waivers={("T1", "figures"): "灾情"}) if s.obligation == "figures"
    }
    assert [u for u, state in by_town.items() if state is State.WAIVED] == ["T1", "V1", "V2"]
    by_village = {
        s.unit: s.state for s in standings(waivers={("V1", "figures"): "撤并"}) if s.obligation == "figures"
    }
    assert [u for u, state in by_village.items() if state is State.WAIVED] == ["V1"]


def test_a_waiver_without_words_is_still_a_waiver():
    assert standing("T1", "summary", waivers={KEY: ""}).state is State.WAIVED


def test_who_has_something_in_the_queue_is_held_with_all_it_reports_for():
    held = {(s.unit, s.obligation) for s in standings(held=frozenset({"T1"})) if s.held}
    assert held == {("T1", "summary"), ("T1", "figures"), ("V1", "figures"), ("V2", "figures")}


# Villages through the town


def test_a_towns_form_speaks_for_the_villages_it_has_rows_for():
    rows = {"T1": {"activities": 1.0}, "V1": {"activities": 2.0, "visits": None}}
    found = {s.unit: s for s in standings(filled(rows=rows)) if s.obligation == "figures"}
    assert {u: s.state for u, s in found.items()} == {
        "T1": State.ACCEPTED, "V1": State.ACCEPTED,
        "V2": State.MISSING, "T2": State.MISSING, "V3": State.MISSING,
    }  # fmt: skip
    assert found["V1"].values == {"activities": 2.0, "visits": None}
    assert (found["V2"].values, found["V2"].timeliness, found["V2"].version) == ({}, None, None)


def test_a_village_whose_row_was_left_empty_is_missing():
    rows = {"T1": {"activities": 1.0}, "V1": {"activities": None, "visits": None}, "V2": {}}
    found = {s.unit: s.state for s in standings(filled(rows=rows)) if s.obligation == "figures"}
    assert (found["V1"], found["V2"], found["T1"]) == (State.MISSING, State.MISSING, State.ACCEPTED)


def test_nought_is_a_figure_and_not_an_empty_row():
    rows = {"T1": {"activities": 0.0, "visits": 0.0}}
    assert standing("T1", "figures", filled(rows=rows)).state is State.ACCEPTED


def test_a_village_is_as_punctual_as_the_version_that_first_spoke_for_it():
    first = filled(1, received_at=BEFORE, rows={"T1": {"activities": 1.0}})
    second = filled(2, received_at=AFTER)
    found = {s.unit: s for s in standings(first, second) if s.obligation == "figures"}
    assert (found["T1"].timeliness, found["T1"].late_fix) == (ON_TIME, True)
    assert (found["V1"].timeliness, found["V1"].late_fix) == (LATE, False)


def test_a_later_form_without_a_villages_row_leaves_what_it_reported_before():
    first, second = filled(1), filled(2, rows={"T1": {"activities": 9.0}})
    found = {s.unit: s for s in standings(first, second) if s.obligation == "figures"}
    assert (found["T1"].version, found["T1"].values) == (2, {"activities": 9.0})
    assert (found["V1"].version, found["V1"].values["activities"]) == (1, 3.0)


@pytest.mark.parametrize("verdict", [State.RETURNED, State.RECEIVED, State.ACCEPTED])
def test_a_form_no_row_could_be_read_from_answers_for_its_sender_with_figures_unknown(verdict):
    found = standing("T1", "figures", filled(1, verdict, rows={}))
    assert (found.state, found.values) == (verdict, {})
    assert standing("T2", "figures", filled(1, verdict, rows={})).state is State.MISSING


def test_a_person_may_accept_figures_nobody_can_read_without_filling_empty_rows():
    rows = {"T1": {"activities": None}, "V1": {"activities": None}, "V2": {"activities": 4.0}}
    found = {s.unit: s for s in standings(filled(rows=rows, ruled=True)) if s.obligation == "figures"}
    assert {u: found[u].state for u in ("T1", "V1", "V2")} == {
        "T1": State.ACCEPTED, "V1": State.MISSING, "V2": State.ACCEPTED,
    }  # fmt: skip


def test_a_narrative_answers_without_rows():
    assert standing("T1", "summary", version(rows={})).state is State.ACCEPTED


# Counting


def test_a_tally_counts_what_is_reported_and_what_of_it_was_in_time():
    history = [
        version(1),
        version(2, received_at=AFTER, reporter="T2"),
        filled(3, State.RETURNED),
    ]
    found = tallies(standings(*history))
    assert (found["summary"].expected, found["summary"].received, found["summary"].on_time) == (2, 2, 1)
    assert (found["figures"].expected, found["figures"].received, found["figures"].on_time) == (5, 0, 0)
    assert found["summary"].reporting_rate == 1.0
    assert found["summary"].reporting_rate_on_time == 0.5
    both = tallies(standings(version(1), version(2, reporter="T2")))["summary"]
    assert (both.on_time, both.reporting_rate_on_time) == (2, 1.0)
    neither = tallies(standings(version(1, received_at=AFTER), version(2, received_at=AFTER, reporter="T2")))
    assert (neither["summary"].received, neither["summary"].on_time) == (2, 0)


def test_what_nobody_owes_has_no_rate():
    of = campaign(obligation(owed_by=(Selector(kind="city"),)))
    (count,) = tallies(standings(of=of), of).values()
    assert (count.expected, count.reporting_rate, count.reporting_rate_on_time) == (0, None, None)


def test_assessing_changes_none_of_its_facts():
    given = {"extensions": {KEY: days(2)}, "waivers": {("T2", "summary"): "灾情"}, "held": frozenset({"T2"})}
    history = [version(2), filled(1)]
    before = [dataclasses.replace(v) for v in history]
    assert standings(*history, **given) == standings(*history, **given)
    assert history == before


def test_a_due_hour_of_closing_time_is_the_offices():
    of = campaign(obligation(due=Due(date=date(2023, 4, 4), time="下班前")))
    assert standing("T1", "summary", of=of).due.at == times.parse("2023-04-04T17:30")


# Late and closed are two things


def closing_on(day):
    return campaign(obligation(closes=times.parse(f"2023-04-{day:02}T18:00")))


def test_after_the_close_nothing_counts_but_what_a_person_accepts():
    of = closing_on(7)
    last, too_late = times.parse("2023-04-07T18:00"), times.parse("2023-04-07T18:01")
    assert standing("T1", "summary", version(received_at=last), of=of).timeliness is LATE
    assert standing("T1", "summary", version(received_at=too_late), of=of).state is State.MISSING
    returned = version(1, State.RETURNED, too_late, ruled=True)
    assert standing("T1", "summary", returned, of=of).state is State.MISSING
    accepted = version(received_at=too_late, ruled=True)
    assert standing("T1", "summary", accepted, of=of).state is State.ACCEPTED


def test_what_came_after_the_close_waits_for_a_person_and_is_not_chased_meanwhile():
    of, late = closing_on(7), times.parse("2023-04-08T09:00")
    later = late + timedelta(hours=1)

    def asked(*versions, **more):
        found = standing("T1", "summary", *versions, of=of, **more)
        return found.too_late, found.held, found.state

    assert asked(version(received_at=late)) == (1, True, State.MISSING)
    assert asked(version(), version(2, received_at=late)) == (2, True, State.ACCEPTED)
    assert asked(version(), version(2)) == (None, False, State.ACCEPTED)
    assert asked(version(received_at=late, ruled=True)) == (None, False, State.ACCEPTED)
    assert asked(version(1, State.RETURNED, late, ruled=True)) == (None, False, State.MISSING)
    assert asked(version(received_at=late), waivers={KEY: "灾情"}) == (1, True, State.WAIVED)
    assert asked(version(received_at=late), as_of=late - timedelta(1)) == (None, False, State.MISSING)
    # Of several the last sound one is asked about, and nothing older than what a person has ruled on.
    assert asked(version(1, received_at=late), version(2, State.RETURNED, later))[0] == 1
    assert asked(version(1, State.RETURNED, late), version(2, State.RETURNED, later))[0] == 2
    assert asked(version(1, received_at=late), version(2, State.RECEIVED, later))[0] == 2
    assert asked(version(1, received_at=late), version(2, received_at=later, ruled=True))[0] is None
    assert asked(version(1, received_at=late, ruled=True), version(2, received_at=later))[0] == 2


def test_the_close_never_comes_before_a_units_own_due_moment():
    of, came = closing_on(7), times.parse("2023-04-09T09:00")
    extended = {"extensions": {KEY: days(6)}}
    assert standing("T1", "summary", version(received_at=came), of=of, **extended).timeliness is ON_TIME
    assert standing("T2", "summary", version(received_at=came, reporter="T2"), of=of, **extended).state is (
        State.MISSING
    )


def test_the_close_never_comes_before_the_date_a_return_gave():
    of, came = closing_on(7), times.parse("2023-04-10T09:00")

    def corrected(until):
        back = version(1, State.RETURNED, ruled=True, turn=1, correct_by=until)
        return standing("T1", "summary", back, version(2, received_at=came), of=of)

    assert (corrected(days(6)).state, corrected(days(6)).too_late) == (State.ACCEPTED, None)
    assert (corrected(days(5)).state, corrected(days(5)).too_late) == (State.RETURNED, 2)
    assert corrected(None).too_late == 2


def test_with_no_due_moment_the_close_alone_ends_it():
    of = campaign(obligation(due="unknown", closes=times.parse("2023-04-07T18:00")))
    assert standing("T1", "summary", version(), of=of).state is State.ACCEPTED
    assert standing("T1", "summary", version(received_at=days(9)), of=of).state is State.MISSING


def test_why_a_unit_was_waived_stays_beside_its_report():
    assert standing("T1", "summary", version(), waivers={KEY: "撤并"}).reason == "撤并"
    assert standing("T1", "summary", version()).reason == ""


def test_what_a_unit_reported_before_it_ended_stays_in_the_sums():
    ended = dataclasses.replace(ROSTER["V1"], end=date(2023, 4, 3))
    roster = Roster(tuple(ended if u.code == "V1" else u for u in ROSTER))

    def villages(*versions):
        return [s.unit for s in standings(*versions, roster=roster) if s.unit.startswith("V")]

    assert villages(filled(1)) == ["V1", "V2", "V3"]
    assert standing("V1", "figures", filled(1), roster=roster).values == {"activities": 3.0, "visits": 30.0}
    for unheard in ((), (filled(1, State.RETURNED),), (filled(1, received_at=DUE),)):
        assert villages(*unheard) == ["V2", "V3"]
    assert villages(filled(1, rows={"T1": {"activities": 3.0, "visits": 3.0}})) == ["V2", "V3"]
