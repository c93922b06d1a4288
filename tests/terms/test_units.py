"""Who is there on which day, who is written to, who stands below whom."""

from datetime import date

import pytest

from tasks.terms.units import Contact, Roster, Unit

FIRST, LAST = date(2023, 3, 21), date(2023, 5, 31)
TOWN = Unit(
    "T1",
    "东坪镇",
    "town",
    contacts=(
        Contact("sender", "Office@units.example"),
        Contact("preparer", "a@units.example"),
        Contact("preparer", "b@units.example"),
        Contact("leader", "office@units.example"),
    ),
)
NEXT = Unit("T2", "西坪镇", "town", contacts=(Contact("preparer", "OFFICE@units.example"),))
BELOW = Unit("V2", "乙村", "village", parent="T1"), Unit("V1", "甲村", "village", parent="T1")
STRAY = Unit("V9", "丁村", "village", parent="T9")
ROSTER = Roster((BELOW[0], TOWN, NEXT, BELOW[1], STRAY))


@pytest.mark.parametrize(
    ("day", "there"),
    [
        (date(2023, 3, 20), False),
        (FIRST, True),
        (date(2023, 4, 30), True),
        (LAST, True),
        (date(2023, 6, 1), False),
    ],
)
def test_a_unit_is_there_from_its_first_day_to_its_last_both_included(day, there):
    assert Unit("V1", "甲村", "village", start=FIRST, end=LAST).active_on(day) is there
    assert Unit("V1", "甲村", "village", start=FIRST).active_on(day) is (day >= FIRST)
    assert Unit("V1", "甲村", "village", end=LAST).active_on(day) is (day <= LAST)
    assert Unit("V1", "甲村", "village").active_on(day)


def test_the_first_address_of_a_role_is_written_to_and_nobody_stands_in_for_a_role_without_one():
    assert TOWN.addresses("preparer") == ("a@units.example", "b@units.example")
    assert TOWN.address("preparer") == "a@units.example"
    assert TOWN.address("sender") == "Office@units.example"
    assert NEXT.addresses("leader") == ()
    assert NEXT.address("leader") is None


def test_an_address_is_whoevers_it_is_however_its_letters_are_written_each_unit_once():
    assert ROSTER.by_address["office@units.example"] == (TOWN, NEXT)
    assert ROSTER.by_address["b@units.example"] == (TOWN,)
    assert set(ROSTER.by_address) == {"office@units.example", "a@units.example", "b@units.example"}


def test_what_stands_below_a_unit_is_found_by_its_reporting_parent_in_the_order_of_the_file():
    assert ROSTER.children == {"T1": BELOW, "T9": (STRAY,)}
    assert list(ROSTER.near("T1")) == [BELOW[0], TOWN, BELOW[1]]
    assert list(ROSTER.near("V1")) == [BELOW[1]]
    assert list(ROSTER.near("T9")) == [STRAY]
    assert list(ROSTER.near("X")) == []


def test_a_roster_is_asked_by_code_and_answers_in_its_own_order():
    assert ROSTER.of(["V1", "T2", "V2", "V2", "X"]) == (BELOW[0], NEXT, BELOW[1])
    assert "T2" in ROSTER
    assert "X" not in ROSTER
    assert ROSTER["T2"] is NEXT
    assert (len(ROSTER), list(ROSTER)) == (5, list(ROSTER.units))
    assert Roster() == Roster(())
