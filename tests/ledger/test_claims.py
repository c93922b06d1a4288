from dataclasses import replace
from datetime import timedelta

import pytest

from tasks.ledger import claims, outbox
from tasks.terms.letters import LetterState, Outcome
from tests.ledger.factory import CAMPAIGN, FOREVER, NOON, digest, hours, letter

LONG_UP = NOON - timedelta(days=9)


@pytest.fixture
def box(ledger):
    with ledger.write() as connection:
        for n in (1, 2):
            outbox.queue(connection, letter(n), digest(n), NOON)
    return ledger


def states(ledger):
    with ledger.read() as connection:
        return [(q.state, q.attempts) for q in outbox.of_campaign(connection, CAMPAIGN, FOREVER)]


def first(ledger):
    with ledger.read() as connection:
        return outbox.of_campaign(connection, CAMPAIGN, FOREVER)[0]


def reserve(ledger, now=NOON, **seen):
    wanted = replace(first(ledger), **seen)
    with ledger.write() as connection:
        return [each.id for each in claims.reserve(connection, [wanted], now)] == [1]


def begin(ledger, claimed=NOON):
    with ledger.steps() as steps, steps:
        return claims.begin(steps, replace(first(ledger), attempts=0), hours(1), claimed=claimed)


def free(ledger, before, up_since=LONG_UP):
    with ledger.write() as connection:
        claims.free_orphans(connection, CAMPAIGN, before, up_since)


def test_a_claimed_letter_is_begun_once(box):
    assert reserve(box)
    assert not reserve(box)
    assert states(box)[0] == ("claimed", 0)
    assert begin(box)
    assert not begin(box)
    assert states(box) == [("sending", 1), ("queued", 0)]


def test_a_letter_tried_meanwhile_is_not_claimed(box):
    assert not reserve(box, attempts=1)
    assert states(box)[0] == ("queued", 0)


def test_only_the_letters_nobody_else_has_are_claimed_together(box):
    with box.write() as connection:
        both = outbox.waiting(connection, CAMPAIGN)
        outbox.claim(connection, 1, NOON)
        assert [each.id for each in claims.reserve(connection, both, NOON)] == [2]
    assert states(box) == [("sending", 1), ("claimed", 0)]


def test_letters_tried_differently_often_are_claimed_together_in_their_order(box):
    with box.write() as connection:
        outbox.claim(connection, 1, NOON)
        outbox.settle(connection, 1, Outcome(LetterState.RETRY, 451), NOON, attempt=1)
        both = outbox.waiting(connection, CAMPAIGN)
        assert [each.id for each in claims.reserve(connection, both, NOON)] == [1, 2]


@pytest.mark.parametrize("tried", [False, True])
def test_a_claimed_letter_given_back_waits_as_before(box, tried):
    if tried:
        with box.write() as connection:
            outbox.claim(connection, 1, NOON)
            outbox.settle(connection, 1, Outcome(LetterState.RETRY, 451), NOON, attempt=1)
    before = states(box)
    assert reserve(box, hours(1))
    with box.write() as connection:
        claims.release(connection, [first(box)], claimed=hours(1))
    assert states(box) == before


def test_a_claim_taken_away_is_not_begun(box):
    assert reserve(box)
    free(box, hours(1))
    assert states(box)[0] == ("queued", 0)
    assert reserve(box, hours(2))
    assert not begin(box, claimed=NOON)
    assert begin(box, claimed=hours(2))


def test_a_living_workers_claim_is_left_alone(box):
    assert reserve(box)
    free(box, NOON)
    assert states(box)[0] == ("claimed", 0)


def test_what_was_claimed_before_the_machine_fell_is_unknown(box):
    assert reserve(box)
    free(box, hours(1), up_since=NOON)
    assert states(box) == [("unknown", 1), ("queued", 0)]


def test_claimed_letters_count_for_the_cap_of_the_day(box):
    assert reserve(box)
    with box.read() as connection:
        assert outbox.sent_since(connection, NOON) == 1


def test_the_pace_counts_every_attempt_whatever_came_of_it(box):
    with box.write() as connection:
        outbox.claim(connection, 1, hours(1))
        outbox.settle(connection, 1, Outcome(LetterState.RETRY, 451), hours(1), attempt=1)
        assert outbox.tried_since(connection, hours(1)) == 1
        assert outbox.sent_since(connection, hours(1)) == 0
