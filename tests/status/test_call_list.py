import pytest

from tasks.status.call_list import call_list, mask, masked_lines
from tasks.status.reach import NO_ADDRESS, Unreachable, unreachable
from tasks.terms.letters import LetterState
from tasks.terms.standings import State
from tasks.terms.units import Contact, Roster, Unit
from tests.chase.rungs import FIGURES, of, owes
from tests.chase.test_evidence import handed
from tests.ledger.factory import act, hours


def unit(code, *addresses, phone="023-71234567"):
    contacts = tuple(Contact("preparer", a) for a in addresses)
    return Unit(code, f"{code}镇", "township", contacts=contacts, phone=phone)


ROSTER = Roster((unit("T1", "a@t1.example"), unit("T2", "a@t2.example"), unit("T3")))
NOWHERE = [Unreachable(ROSTER["T3"], NO_ADDRESS)]


def reminded(code, *occasions, state="sent", kind="reminder"):
    return [
        handed(n, unit=code, occasion=o, kind=kind, state=LetterState(state))
        for n, o in enumerate(occasions, 1)
    ]


def listed(*standings, letters=(), silent=(), calls=()):
    found = call_list(of(), ROSTER, standings, letters, silent=silent, calls=calls)
    return [(c.unit.code, c.why) for c in found]


def of_unit(code, *more, **named):
    return owes(*more, unit=code, reporter=code, **named)


def test_a_unit_no_letter_reaches_is_to_be_telephoned_before_any_reminder():
    assert listed(of_unit("T1"), of_unit("T3"), silent=NOWHERE) == [("T3", NO_ADDRESS)]


def test_a_unit_silent_after_two_reminders_is_to_be_telephoned():
    assert listed(of_unit("T1"), letters=reminded("T1", "rung:t-5")) == []
    assert listed(of_unit("T1"), letters=reminded("T1", "rung:t-5", "rung:t-1")) == [
        ("T1", "已催 2 次，仍未报")
    ]


def test_two_addresses_are_one_reminder_and_what_did_not_leave_is_none():
    assert listed(of_unit("T1"), letters=reminded("T1", "rung:t-1", "rung:t-1")) == []
    assert listed(of_unit("T1"), letters=reminded("T1", "a", "b", kind="start")) == []


def test_a_unit_whose_last_letter_came_back_is_to_be_telephoned_whatever_the_reason():
    refused = reminded("T1", "b", state="refused")
    came_back = [("T1", "信件没有送到（被退回）")]
    assert listed(of_unit("T1"), letters=[*reminded("T1", "a"), *refused]) == came_back
    assert listed(of_unit("T1"), letters=refused) == came_back
    one_arrived = [*refused, *reminded("T1", "b")]
    assert listed(of_unit("T1"), letters=one_arrived) == []
    unsettled = [*refused, *reminded("T1", "c", state="queued"), *reminded("T1", "d", kind="receipt")]
    assert listed(of_unit("T1"), letters=unsettled) == came_back
    assert listed(of_unit("T1"), letters=[*refused, *reminded("T1", "c")]) == []


@pytest.mark.parametrize("state", [State.ACCEPTED, State.RECEIVED, State.NIL, State.WAIVED])
def test_who_owes_nothing_is_not_called(state):
    assert listed(of_unit("T3", state=state), silent=NOWHERE) == []


def test_who_has_something_waiting_for_a_clerk_is_not_called():
    assert listed(of_unit("T3", held=True), of_unit("T3", FIGURES), silent=NOWHERE) == []


def test_the_earliest_due_comes_first_and_those_called_already_come_last():
    letters = [*reminded("T1", "a", "b"), *reminded("T2", "a", "b")]
    later = of_unit("T1", due="2023-04-10T12:00")
    assert [c for c, _ in listed(later, of_unit("T2"), letters=letters)] == ["T2", "T1"]
    called = act("call", unit="T2", detail={"outcome": "promised"}, at=hours(1))
    assert [c for c, _ in listed(later, of_unit("T2"), letters=letters, calls=[called])] == ["T1", "T2"]


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("023-71234567", "***-****4567"), ("13000000000", "*******0000"), ("12345", "*****"), ("", "")],
)
def test_screens_show_the_last_digits_of_a_number_only(phone, shown):
    assert mask(phone) == shown


def test_a_line_on_a_screen_never_holds_the_whole_number():
    calls = call_list(of(), ROSTER, [of_unit("T3")], (), silent=NOWHERE, calls=())
    assert list(masked_lines(calls, 5)) == ["T3镇（***-****4567）：名册上没有填报人邮箱"]


def test_a_unit_is_out_of_reach_when_no_address_of_it_works():
    two = unit("T4", "a@t4.example", "b@t4.example")
    roster = Roster((*ROSTER, two))
    codes = ["T1", "T3", "T4", "T3"]
    dead = {"a@t4.example": "550 no such user"}
    assert [u.unit.code for u in unreachable(roster, codes, dead)] == ["T3"]
    assert [
        (u.unit.code, u.why) for u in unreachable(roster, codes, dead | {"b@t4.example": "退信 5.1.1"})
    ] == [
        ("T3", NO_ADDRESS),
        ("T4", "邮箱收不到信（550 no such user）"),
    ]
