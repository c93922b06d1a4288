"""Who owes what, and who sends it in."""

from datetime import date

import pytest

from tasks.roster.duty import owing, reporter_of, reporters, rows_for
from tasks.terms.campaign import Selector
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


def test_a_unit_owes_from_its_first_day_to_its_last():
    roster = Roster((Unit("A", "甲", "town", start=DAY, end=DAY),))
    every = Selector()
    assert [bool(owe(every, roster=roster, day=date(2023, 4, n))) for n in (3, 4, 5)] == [False, True, False]


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
