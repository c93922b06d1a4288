"""Who owes what, and who sends it in."""

from datetime import date

import pytest

from tasks.roster.duty import gone, owing, reporter_of, reporters, rows_for, why_not_owed
from tasks.terms.due import Due
from tasks.terms.obligation import Selector
from tasks.terms.units import Roster, Unit
from tests.status.factory import ROSTER, campaign, form, obligation

DAY = date(2023, 4, 4)


def owe(*selectors, roster=ROSTER, day=DAY, **more):
    return [u.code for u in owing(obligation(owed_by=selectors, **more), roster, day)]


@pytest.mark.parametrize(
    ("selectors", "expected"),
    [
        ((Selector(kind="town"),), ["T1", "T2"]),
        ((Selector(tier="村社"),), ["V1", "V2", "V3"]),
        ((Selector(units=("V2", "T1")),), ["T1", "V2"]),
        ((Selector(exclude=("T1", "V2", "V3", "G1")),), ["T2", "V1"]),
        ((Selector(),), ["T1", "T2", "V1", "V2", "V3", "G1"]),
        ((Selector(kind="village", exclude=("V1",)),), ["V2", "V3"]),
        ((Selector(kind="town", tier="村社"),), []),
        ((Selector(kind="town", units=("T2", "V1")),), ["T2"]),
        ((Selector(kind="town"), Selector(units=("T1", "G1"))), ["T1", "T2", "G1"]),
        ((), []),
    ],
)
def test_units_owe_by_kind_by_tier_by_name_or_all_but_the_named(selectors, expected):
    assert owe(*selectors) == expected


def test_a_report_whose_time_has_not_begun_is_told_from_one_the_unit_never_owes():
    towns = obligation(title="周报（4月11日）", owed_by=(Selector(kind="town"),), since=DAY)
    said = [why_not_owed(ROSTER[code], towns, ROSTER, date(2023, 4, 3)) for code in ("T1", "V1")]
    assert said == [
        f"“{ROSTER['T1'].name}”的“周报（4月11日）”从4月4日（周二）起才开始报，请届时再办理",
        f"“{ROSTER['V1'].name}”不承担“周报（4月11日）”，请核实",
    ]
    assert "不承担" in why_not_owed(ROSTER["T1"], towns, ROSTER, DAY)
    assert "不承担" in why_not_owed(ROSTER["T1"], obligation(), ROSTER, DAY)


def test_who_reports_for_others_is_told_when_that_begins_too():
    villages = obligation(owed_by=(Selector(kind="village"),), through_parent=("village",), since=DAY)
    assert "从4月4日（周二）起" in why_not_owed(ROSTER["T1"], villages, ROSTER, date(2023, 4, 3))


def test_a_unit_owes_from_its_first_day_to_its_last():
    roster = Roster((Unit("A", "甲", "town", start=DAY, end=DAY),))
    every = Selector()
    days = [date(2023, 4, n) for n in (3, 4, 5)]
    assert [bool(owe(every, roster=roster, day=d, due="unknown")) for d in days] == [False, True, False]
    assert [bool(owe(every, roster=roster, day=d, due=Due(date=days[2]))) for d in days] == [
        False,
        True,
        False,
    ]


def test_after_the_due_day_it_stays_with_the_units_that_were_there_on_it():
    came, went, left = date(2023, 4, 5), date(2023, 4, 4), date(2023, 4, 3)
    roster = Roster(
        (
            Unit("A", "后设", "town", start=came),
            Unit("B", "后撤", "town", end=went),
            Unit("C", "先撤", "town", end=left),
        )
    )
    for day in (DAY, date(2023, 4, 20)):
        assert owe(Selector(), roster=roster, day=day) == ["B"]
    assert owe(Selector(), roster=roster, day=left) == ["B", "C"]


def test_who_is_gone_is_known_by_the_day_that_counts():
    roster = Roster((Unit("A", "甲", "town", end=date(2023, 4, 3)), Unit("B", "乙", "village", end=DAY)))

    def left(day, **more):
        known = {"owed_by": (Selector(kind="town"),)} | more
        return [u.code for u in gone(obligation(**known), roster, day)]

    assert [left(date(2023, 4, n)) for n in (3, 4, 20)] == [[], ["A"], ["A"]]
    assert left(date(2023, 4, 20), owed_by=(Selector(),)) == ["A"]
    assert left(date(2023, 4, 20), owed_by=(Selector(),), due="unknown") == ["A", "B"]


def test_nobody_owes_what_has_not_been_announced():
    every = Selector(kind="town")
    assert owe(every, since=DAY) == ["T1", "T2"]
    assert owe(every, since=date(2023, 4, 5)) == []


def test_a_village_reports_through_its_town_only_where_the_notice_says_so():
    assert reporter_of(ROSTER["V1"], form()) == "T1"
    assert reporter_of(ROSTER["V1"], form(through_parent=())) == "V1"
    assert reporter_of(ROSTER["T1"], form()) == "T1"
    assert reporter_of(Unit("V9", "无上级村", "village"), form()) == "V9"


def test_reporters_stand_in_roster_order_with_what_each_sends_in():
    of = campaign(form(), obligation(owed_by=(Selector(kind="organisation"), Selector(units=("T2",)))))
    assert reporters(of, ROSTER, DAY) == {
        "T1": ("figures",),
        "T2": ("figures", "summary"),
        "G1": ("summary",),
    }
    assert list(reporters(of, ROSTER, DAY)) == ["T1", "T2", "G1"]


def test_a_towns_form_has_its_own_row_and_its_villages():
    assert [u.code for u in rows_for(form(), "T1", ROSTER, DAY)] == ["T1", "V1", "V2"]
    assert [u.code for u in rows_for(form(), "T2", ROSTER, DAY)] == ["T2", "V3"]
    assert rows_for(form(), "V1", ROSTER, DAY) == []


def test_a_unit_and_those_that_report_through_it_stand_near_in_roster_order():
    units = [
        Unit("v1", "甲村", "studio", parent="t"),
        Unit("t", "某镇", "township"),
        Unit("v2", "乙村", "studio", parent="t"),
    ]
    roster = Roster((*units, Unit("x", "别镇", "township")))
    assert [u.code for u in roster.near("t")] == ["v1", "t", "v2"]
    assert [u.code for u in roster.near("v1")] == ["v1"]
    assert len(roster.near("unknown")) == 0
