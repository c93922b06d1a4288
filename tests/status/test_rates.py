"""Rates by tier and kind, a unit's punctuality over campaigns, and who is at risk before the day."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tasks.status.rates import History, at_risk, punctuality, rates
from tasks.terms import times
from tasks.terms.standings import State
from tasks.terms.units import Roster
from tests.status.factory import (
    AFTER,
    BEFORE,
    DUE,
    LATER,
    ROSTER,
    campaign,
    filled,
    form,
    obligation,
    standings,
    version,
)


def table(found, by):
    return {(r.obligation, r.group): (r.expected, r.received, r.on_time) for r in rates(ROSTER, found, by)}


# Rates


def test_rates_are_counted_by_tier_and_by_kind():
    found = standings(version(1), version(2, received_at=AFTER, reporter="T2"), filled(3))
    assert table(found, "tier") == {
        ("summary", "镇街"): (2, 2, 1), ("figures", "镇街"): (2, 1, 1), ("figures", "村社"): (3, 2, 2),
    }  # fmt: skip
    assert table(found, "kind") == {
        ("summary", "town"): (2, 2, 1), ("figures", "town"): (2, 1, 1), ("figures", "village"): (3, 2, 2),
    }  # fmt: skip


def test_a_rate_is_a_part_of_the_expected():
    (summary, *_) = rates(ROSTER, standings(version(1)), "tier")
    assert (summary.reporting_rate, summary.reporting_rate_on_time) == (0.5, 0.5)


def test_a_group_that_is_waived_altogether_has_no_rate():
    found = standings(waivers={("T1", "summary"): "撤并", ("T2", "summary"): "撤并"})
    (summary, *_) = rates(ROSTER, found, "tier")
    assert (summary.expected, summary.reporting_rate, summary.reporting_rate_on_time) == (0, None, None)


def test_without_a_due_moment_there_is_no_rate_on_time():
    (only,) = rates(ROSTER, standings(version(1), of=campaign(obligation(due="unknown"))), "tier")
    assert (only.reporting_rate, only.reporting_rate_on_time) == (0.5, None)


def test_a_returned_report_is_not_received():
    assert table(standings(version(1, State.RETURNED)), "tier")["summary", "镇街"] == (2, 0, 0)


def test_groups_add_up_to_the_whole():
    found = standings(version(1), filled(2))
    for by in ("tier", "kind"):
        for name in ("summary", "figures"):
            mine = [r for r in rates(ROSTER, found, by) if r.obligation == name]
            whole = [s for s in found if s.obligation == name]
            assert sum(r.expected for r in mine) == len(whole)


def test_a_unit_without_a_tier_stands_under_a_dash():
    roster = Roster(tuple(replace(u, tier="") for u in ROSTER))
    found = standings(roster=roster)
    assert {r.group for r in rates(roster, found, "tier")} == {"—"}


# Punctuality


def test_punctuality_counts_what_is_over_across_campaigns():
    good = standings(version(1), filled(2))
    late = standings(version(1, received_at=AFTER))
    found = punctuality([good, late], LATER)
    t1 = found["T1"]
    assert (t1.expected, t1.on_time, t1.late, t1.missing) == (4, 2, 1, 1)
    assert t1.rate == 0.5
    assert (found["T2"].expected, found["T2"].missing, found["T2"].rate) == (4, 4, 0.0)


def test_what_is_not_due_yet_does_not_count_against_a_unit():
    assert punctuality([standings(as_of=BEFORE)], BEFORE) == {}
    assert punctuality([standings(as_of=DUE)], DUE) == {}  # at the very due moment there is still time
    early = punctuality([standings(version(1), as_of=BEFORE)], BEFORE)
    assert (early["T1"].expected, early["T1"].on_time) == (1, 1)


def test_what_is_waived_or_has_no_due_moment_does_not_count():
    waived = standings(waivers={("T1", "summary"): "撤并"}, of=campaign(obligation()))
    assert "T1" not in punctuality([waived], LATER)
    assert punctuality([standings(version(1), of=campaign(obligation(due="unknown")))], LATER) == {}


def test_a_returned_report_never_mended_is_missing_and_a_timely_one_mended_late_is_on_time():
    returned = standings(version(1, State.RETURNED), of=campaign(obligation()))
    assert punctuality([returned], LATER)["T1"] == History(expected=1, on_time=0, late=0, missing=1)
    mended = standings(version(1, State.RETURNED), version(2, received_at=AFTER), of=campaign(obligation()))
    assert punctuality([mended], LATER)["T1"] == History(expected=1, on_time=1, late=0, missing=0)


# At risk


def risks(*versions, history=None, as_of=BEFORE, of=None, roster=ROSTER, **facts):
    of = of or campaign(obligation())
    found = standings(*versions, of=of, as_of=as_of, roster=roster, **facts)
    return {r.unit: r.reasons for r in at_risk(roster, found, history or {}, as_of)}


REACHED = Roster(tuple(replace(u, contacts=ROSTER["T1"].contacts) for u in ROSTER))


def test_a_unit_that_was_often_late_is_at_risk_with_its_record():
    history = {"T1": History(expected=3, on_time=1, late=1, missing=1), "T2": History(expected=3, on_time=3)}
    assert risks(history=history, roster=REACHED) == {"T1": ("以往 3 次中 2 次迟报或未报",)}


@pytest.mark.parametrize(
    ("expected", "failed", "risky"), [(2, 2, True), (4, 2, True), (5, 2, False), (3, 1, False), (6, 3, True)]
)
def test_half_of_at_least_two_failures_is_a_record(expected, failed, risky):
    history = {"T1": History(expected=expected, on_time=expected - failed, late=failed)}
    assert bool(risks(history=history, roster=REACHED)) is risky


def test_one_late_report_is_no_record():
    assert risks(history={"T1": History(expected=1, late=1)}, roster=REACHED) == {}


def test_a_unit_that_cannot_be_reached_by_mail_is_at_risk():
    assert risks() == {"T2": ("名册中没有邮箱，提醒送不到",)}


def test_a_report_sent_back_and_not_mended_is_at_risk():
    assert risks(version(1, State.RETURNED), roster=REACHED) == {"T1": ("已退回，尚未补正",)}


def test_nothing_received_in_the_last_day_is_at_risk():
    assert set(risks(as_of=DUE - timedelta(hours=24), roster=REACHED)) == {"T1", "T2"}
    assert risks(as_of=DUE - timedelta(hours=24, seconds=1), roster=REACHED) == {}
    assert risks(as_of=DUE - timedelta(hours=2), roster=REACHED)["T1"] == ("距时限不足 24 小时，尚未收到",)


def test_nobody_is_at_risk_who_has_reported_is_waived_or_is_late_already():
    assert risks(version(1), roster=REACHED, as_of=DUE - timedelta(hours=1)).keys() == {"T2"}
    waived = risks(waivers={("T1", "summary"): "撤并"}, roster=REACHED, as_of=DUE - timedelta(hours=1))
    assert waived.keys() == {"T2"}
    assert risks(as_of=AFTER, roster=REACHED) == {}


def test_what_has_no_due_moment_puts_nobody_at_risk():
    assert risks(of=campaign(obligation(due="unknown"))) == {}


def test_what_lies_in_the_queue_is_for_the_clerk_and_no_risk():
    assert risks(held=frozenset({"T1"}), roster=REACHED, as_of=DUE - timedelta(hours=1)).keys() == {"T2"}


def test_a_village_that_reports_through_its_town_is_reached_through_it():
    found = risks(of=campaign(form()))
    assert set(found) == {"T2", "V3"}  # T2 has no address, and V3 reports through it


def test_at_the_very_due_moment_there_is_still_a_risk_and_after_it_a_fact():
    assert set(risks(as_of=DUE, roster=REACHED)) == {"T1", "T2"}
    assert risks(as_of=DUE + timedelta(microseconds=1), roster=REACHED) == {}


def test_a_unit_nothing_was_expected_of_has_no_rate():
    assert History().rate is None


def test_an_extension_puts_off_the_last_day():
    extended = risks(extensions={("T1", "summary"): LATER}, roster=REACHED, as_of=DUE - timedelta(hours=1))
    assert extended.keys() == {"T2"}


@pytest.mark.parametrize("moment", ["2023-03-01", "2023-04-04T12:00", "2023-04-10"])
def test_every_reason_is_a_chinese_phrase_without_address_or_telephone(moment):
    history = {u.code: History(expected=4, missing=3, on_time=1) for u in ROSTER}
    for reasons in risks(version(1, State.RETURNED), history=history, as_of=times.parse(moment)).values():
        assert all("@" not in r and "000-" not in r for r in reasons)
