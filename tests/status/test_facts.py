from dataclasses import replace
from datetime import date, timedelta

import pytest

from tasks.ledger import acts, arrivals, submissions
from tasks.status.assess import assess
from tasks.status.facts import gather
from tasks.terms import times
from tasks.terms.standings import State, Timeliness
from tests.ledger.factory import CAMPAIGN, FOREVER, act, arrival, queue_item, submission
from tests.status.factory import AFTER, BEFORE, CLOSE, DUE, LATER, ROSTER, campaign


class Office:
    """A ledger to write facts into and look at."""

    def __init__(self, ledger):
        self._ledger = ledger

    def report(self, content="甲", **more):
        with self._ledger.write() as connection:
            return submissions.add(connection, submission(content, **{"received_at": BEFORE} | more))

    def decide(self, kind, detail=None, **more):
        with self._ledger.write() as connection:
            return acts.record(connection, act(kind, **{"at": AFTER, "detail": detail or {}} | more))

    def question(self, content="乙", **more):
        with self._ledger.write() as connection:
            arrivals.add(connection, [arrival(content)])
            found = arrivals.unjudged(connection, CAMPAIGN, ["inbox"], 99)[-1]
            submissions.enqueue(connection, queue_item(found.id, **{"received_at": BEFORE} | more))

    def facts(self, as_of=FOREVER):
        with self._ledger.read() as connection:
            return gather(connection, CAMPAIGN, as_of)

    def standing(self, unit="T1", obligation="summary", as_of=LATER):
        found = assess(replace(campaign(), id=CAMPAIGN), ROSTER, self.facts(as_of), as_of, office_close=CLOSE)
        return next(s for s in found if (s.unit, s.obligation) == (unit, obligation))


@pytest.fixture
def office(sqlite_ledger):
    return Office(sqlite_ledger)


def test_a_version_is_what_the_ledger_says_of_it(office):
    rows = [{"unit": "V1", "values": {"visits": 3.0}, "evidence": {"visits": "Sheet1!C7"}}]
    findings = [
        {"code": "HUGE", "text": "甲"},
        {"code": "VAGUE", "text": "乙"},
        {"code": "HUGE", "text": "丙"},
    ]
    number = office.report(verdict="returned", reading={"rows": rows, "findings": findings, "nil": False})
    (found,) = office.facts().versions
    assert (found.id, found.number, found.reporter, found.verdict) == (number, 1, "T1", State.RETURNED)
    assert (found.rows, found.codes, found.nil, found.ruled) == (
        {"V1": {"visits": 3.0}},
        ("HUGE", "VAGUE"),
        False,
        False,
    )


def test_a_report_without_figures_has_no_rows_and_a_form_without_any_has_none_of_them(office):
    office.report("甲", reading={"rows": None})
    office.report("乙", reading={})
    office.report("丙", reading={"rows": [], "nil": True})
    assert [(v.rows, v.nil) for v in office.facts().versions] == [(None, False), (None, False), ({}, True)]


def test_a_row_left_empty_is_no_row_but_one_nobody_can_read_is(office):
    def row(unit, value, evidence):
        return {"unit": unit, "values": {"visits": value}, "evidence": evidence}

    cell = {"visits": "统计表!C7"}
    rows = [row("T1", None, {}), row("V1", None, {}), row("V2", None, cell), row("V3", 0.0, cell)]
    office.report(reading={"rows": rows}, verdict="returned", obligation="figures")
    (found,) = office.facts().versions
    assert list(found.rows) == ["T1", "V2", "V3"]


def test_a_village_left_empty_in_a_returned_form_is_missing_and_late_when_it_fills_its_row_late(office):
    def form(value):
        cell = {"visits": "统计表!C7"}
        empty = {"unit": "V1", "values": {"visits": value}, "evidence": cell if value else {}}
        return {"rows": [{"unit": "T1", "values": {"visits": 1.0}, "evidence": cell}, empty]}

    office.report("甲", obligation="figures", verdict="returned", reading=form(None))
    town, village = office.standing("T1", "figures"), office.standing("V1", "figures")
    assert (town.state, village.state, village.timeliness) == (State.RETURNED, State.MISSING, None)
    office.report("乙", obligation="figures", reading=form(2.0), received_at=AFTER)
    assert office.standing("T1", "figures").timeliness is Timeliness.ON_TIME
    assert office.standing("V1", "figures").timeliness is Timeliness.LATE


def test_a_persons_ruling_stands_over_the_rules(office):
    number = office.report(verdict="returned")
    office.decide("accept", {"submission": number})
    (found,) = office.facts().versions
    assert (found.verdict, found.ruled) == (State.ACCEPTED, True)


def test_the_last_ruling_on_a_version_stands_also_in_the_same_words(office):
    number = office.report(verdict="returned")
    for kind, expected in (
        ("accept", State.ACCEPTED),
        ("return", State.RETURNED),
        ("accept", State.ACCEPTED),
    ):
        office.decide(kind, {"submission": number})
        assert office.standing().state is expected


def test_a_ruling_concerns_its_own_version_only(office):
    first, second = office.report("甲", verdict="returned"), office.report("乙", verdict="returned")
    office.decide("accept", {"submission": first})
    assert [(v.id, v.verdict) for v in office.facts().versions] == [
        (first, State.ACCEPTED),
        (second, State.RETURNED),
    ]


def test_a_ruling_counts_from_the_moment_it_was_made(office):
    number = office.report(verdict="returned")
    office.decide("accept", {"submission": number}, at=AFTER)
    assert office.standing(as_of=AFTER - timedelta(microseconds=1)).state is State.RETURNED
    assert office.standing(as_of=AFTER).state is State.ACCEPTED
    assert office.standing(as_of=AFTER).timeliness is Timeliness.ON_TIME  # it came in time


def test_an_extension_and_a_waiver_count_from_the_moment_they_were_granted(office):
    until = DUE + timedelta(days=3)
    office.decide("extend", {"until": times.iso(until)}, at=AFTER)
    office.decide("waive", unit="T2", at=AFTER, why="撤并")
    early, late = office.facts(BEFORE), office.facts(AFTER)
    assert (early.extensions, early.waivers) == ({}, {})
    assert late.extensions == {
        ("T1", "summary"): until
    }  # written in whole seconds, meant to the last instant
    assert late.waivers == {("T2", "summary"): "撤并"}


def test_a_waiver_withdrawn_is_none_from_that_moment_and_may_be_given_again(office):
    office.decide("waive", at=BEFORE, why="灾情")
    office.decide("unwaive", at=AFTER, why="灾情解除")
    assert office.standing(as_of=BEFORE).state is State.WAIVED
    assert office.standing(as_of=LATER).state is State.MISSING
    office.decide("waive", at=LATER, why="灾情")
    assert office.facts(AFTER).waivers == {}
    assert office.facts(LATER).waivers == {("T1", "summary"): "灾情"}
    assert office.standing(as_of=LATER).reason == "灾情"


def test_what_is_withdrawn_for_a_village_leaves_its_towns_waiver(office):
    office.decide("waive", obligation="figures", why="灾情")
    office.decide("unwaive", unit="V1", obligation="figures")
    assert office.standing("V1", "figures").state is State.WAIVED


def test_a_second_extension_never_takes_back_what_the_first_gave(office):
    for day, stands in ((8, 8), (6, 8), (9, 9), (8, 9)):
        office.decide("extend", {"until": f"2023-04-{day:02}T18:00:00+08:00"})
        assert office.standing().due.at == times.parse(f"2023-04-{stands:02}T18:00")


def test_a_report_in_the_last_second_of_an_extension_is_on_time(office):
    office.decide("extend", {"until": "2023-04-08T23:59:59+08:00"})
    assert office.standing().due.at == times.end_of(date(2023, 4, 8))


def test_returning_the_latest_of_two_accepted_versions_does_not_bring_the_older_one_back(office):
    first, second = office.report("甲"), office.report("乙")
    office.decide("return", {"submission": second})
    assert (office.standing().state, office.standing().version) == (State.RETURNED, 2)
    office.decide("accept", {"submission": first})  # unless a person says so
    assert (office.standing().state, office.standing().version) == (State.ACCEPTED, 1)


def test_a_version_accepted_by_hand_before_the_return_of_a_later_one_does_not_come_back_either(office):
    first = office.report("甲", verdict="returned")
    office.decide("accept", {"submission": first})
    second = office.report("乙")
    office.decide("return", {"submission": second})
    assert (office.standing().state, office.standing().version) == (State.RETURNED, 2)


def test_the_date_a_person_gave_for_correcting_is_known_while_the_return_stands(office):
    number = office.report()
    office.decide("return", {"submission": number, "until": "2023-04-11T23:59:59+08:00"})
    assert office.standing().correct_by == times.end_of(date(2023, 4, 11))
    assert office.standing(as_of=BEFORE).correct_by is None
    office.report("乙", verdict="received", received_at=AFTER)
    assert office.standing().correct_by is None
    office.decide("return", {"submission": number}, why="另因")
    office.decide("accept", {"submission": number})
    assert office.standing().correct_by is None


def test_what_comes_after_a_return_counts_as_ever(office):
    second = (office.report("甲"), office.report("乙"))[1]
    office.decide("return", {"submission": second})
    office.report("丙")
    assert (office.standing().state, office.standing().version) == (State.ACCEPTED, 3)


def test_an_undecided_item_holds_everyone_it_may_belong_to_until_it_is_placed(office):
    office.question(candidates=("T1", "T2"))
    assert office.facts(BEFORE - timedelta(seconds=1)).held == frozenset()
    assert office.facts().held == {"T1", "T2"}
    office.decide("assign", {"queue_item": 1}, at=AFTER)
    assert office.facts(AFTER).held == frozenset()
    assert office.facts(BEFORE).held == {"T1", "T2"}


def test_one_item_placed_leaves_the_other_holding(office):
    office.question("乙", candidates=("T1", "T2"))
    office.question("丙", candidates=("T2",), digest="c" * 64, arrival=1)
    office.decide("assign", {"queue_item": 1})
    assert office.facts().held == {"T2"}


def test_other_campaigns_facts_are_not_seen(office):
    number = office.report(campaign="other")
    office.decide("waive", campaign="other")
    office.decide("accept", {"submission": number}, campaign="other")
    office.question(campaign="other")
    found = office.facts()
    assert (list(found.versions), found.extensions, found.waivers, found.held) == ([], {}, {}, frozenset())


def test_the_same_facts_are_gathered_on_either_database(ledger):
    office = Office(ledger)
    office.report(
        "甲", verdict="returned", reading={"rows": [], "findings": [{"code": "VAGUE"}]}, obligation="figures"
    )
    office.report("乙", unit="T2")
    office.decide("extend", {"until": "2023-04-08T18:00:00+08:00"})
    office.decide("waive", unit="T2", why="灾情")
    office.decide("return", {"submission": 2})
    office.question()
    office.decide("assign", {"queue_item": 1}, unit="T9")
    office.question("丙", candidates=("T1",))
    found = office.facts()
    assert [(v.id, v.verdict, v.codes) for v in found.versions] == [
        (1, State.RETURNED, ("VAGUE",)), (2, State.RETURNED, ()),
    ]  # fmt: skip
    assert found.extensions == {("T1", "summary"): times.parse("2023-04-08T18:00")}
    assert (found.waivers, found.held) == ({("T2", "summary"): "灾情"}, {"T1"})
