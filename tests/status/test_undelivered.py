"""A letter turned away for good is somebody's business until it was made up for."""

from datetime import timedelta

import pytest

from tasks.ledger.acts import Act
from tasks.ledger.outbox import DEAD_ADDRESS, Fate
from tasks.status.undelivered import sentences, spoken_with, turned_away
from tasks.terms.units import Roster, Unit
from tests.ledger.factory import NOON

ROSTER = Roster([Unit("T1", "甲镇", "town"), Unit("T2", "乙镇", "town")])
DENIED = "550 Mail content denied"


def letter(unit: str, state: str, hour: int, *, reply: str = DENIED, kind: str = "start", occasion: str = ""):
    at = NOON + timedelta(hours=hour)
    return Fate(hour, unit, kind, occasion or f"o{hour}", state, reply, at, at, at)


def away(*letters: Fate, **calls: int) -> dict[str, str]:
    return turned_away(letters, {u: NOON + timedelta(hours=h) for u, h in calls.items()}, ROSTER)


def test_a_unit_its_last_letter_did_not_reach_is_named_whatever_the_letter():
    assert away(letter("T1", "refused", 1), letter("T2", "sent", 1)) == {"T1": DENIED}
    assert away(letter("T1", "refused", 1, kind="receipt")) == {"T1": DENIED}


def test_a_later_letter_that_reached_it_makes_up_for_it_and_so_does_a_call():
    refused = letter("T1", "refused", 1)
    assert away(refused, letter("T1", "sent", 2)) == {}
    assert away(refused, letter("T1", "queued", 2)) == {"T1": DENIED}
    assert away(refused, T1=2) == {}
    assert away(refused, T1=0) == {"T1": DENIED}


@pytest.mark.parametrize(
    ("outcome", "knows"),
    [("reached", True), ("promised", True), ("no_answer", False), ("wrong_number", False)],
)
def test_only_a_call_somebody_answered_tells_a_unit_what_the_letter_did_not(outcome, knows):
    call = Act("drill", "call", "张三", "电话", NOON, "T1", detail={"outcome": outcome})
    later = Act(
        "drill", "call", "张三", "电话", NOON + timedelta(hours=1), "T1", detail={"outcome": "no_answer"}
    )
    assert spoken_with([call, later]) == ({"T1": NOON} if knows else {})


def test_one_of_two_addresses_is_enough():
    assert away(letter("T1", "refused", 1, occasion="o"), letter("T1", "sent", 2, occasion="o")) == {}


@pytest.mark.parametrize("unit", ["", "gone"])
def test_who_is_no_unit_is_told_of_elsewhere(unit):
    assert away(letter(unit, "refused", 1, kind="dispatch")) == {}


def test_an_address_that_is_at_fault_is_another_matter():
    assert away(letter("T1", "refused", 1, reply=DEAD_ADDRESS + "User not found")) == {}


def test_units_kept_from_knowing_for_one_reason_share_a_sentence():
    (said,) = sentences({"T1": DENIED, "T2": DENIED}, ROSTER)
    assert said.startswith("信件没有送到的单位：甲镇、乙镇（服务器说：550 Mail content denied）")
    many = Roster([Unit(f"T{n}", f"{n}镇", "town") for n in range(9)])
    (said,) = sentences(dict.fromkeys(("T0", "T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8"), ""), many)
    assert said.startswith("信件没有送到的单位：0镇、1镇、2镇、3镇、4镇、5镇、6镇、7镇等 9 个：")
