from dataclasses import replace

import pytest

from tasks.ledger import arrivals, outbox, reach, traces
from tasks.terms.letters import LetterState, Outcome
from tests.ledger.factory import NOON, arrival, digest, hours, judgement, letter

GONE = Outcome(LetterState.REFUSED, 550, outbox.DEAD_ADDRESS + "550 no such user")


@pytest.fixture
def came_back(ledger):
    with ledger.write() as connection:
        outbox.queue(connection, letter(address="Clerk@town.example"), digest(1), NOON)
        outbox.claim(connection, 1, NOON)
        outbox.settle(connection, 1, GONE, hours(1))
    return ledger


def dead(ledger):
    with ledger.read() as connection:
        return reach.dead_addresses(connection)


def hear(ledger, at, kind="submission"):
    with ledger.write() as connection:
        arrivals.add(connection, [arrival(f"{at}", received_at=at)])
        known = judgement(1)
        arrivals.record_judgement(connection, replace(known, kind=kind))


def test_an_address_whose_letter_came_back_is_dead_in_every_campaign(came_back):
    assert dead(came_back) == {"clerk@town.example": "550 no such user"}


def test_an_address_we_heard_from_since_is_alive_again(came_back):
    hear(came_back, hours(2))
    assert dead(came_back) == {}


@pytest.mark.parametrize(
    ("at", "kind"), [(NOON, "submission"), (hours(2), "bounce"), (hours(2), "auto_reply")]
)
def test_what_came_before_or_from_a_robot_does_not_revive_it(came_back, at, kind):
    hear(came_back, at, kind)
    assert dead(came_back) == {"clerk@town.example": "550 no such user"}


def test_a_letter_refused_for_its_content_condemns_no_address(ledger):
    with ledger.write() as connection:
        outbox.queue(connection, letter(), digest(1), NOON)
        outbox.claim(connection, 1, NOON)
        outbox.settle(connection, 1, Outcome(LetterState.REFUSED, 554, "554 DT:SPM"), NOON)
    assert dead(ledger) == {}


def test_traces_are_found_by_kind_and_time_each_once(came_back):
    hear(came_back, hours(2), "bounce")
    with came_back.write() as connection:
        known = judgement(1, campaign="another")
        arrivals.record_judgement(connection, replace(known, kind="bounce"))
    with came_back.read() as connection:
        (found,) = traces.of_kinds(connection, ["bounce"], hours(2))
        assert (found.digest, found.received_at) == (digest(f"{hours(2)}"), hours(2))
        assert traces.of_kinds(connection, ["bounce"], hours(3)) == []
        assert traces.of_kinds(connection, ["own_mail"], NOON) == []
