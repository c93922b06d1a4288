from datetime import timedelta

import pytest

from tasks.chase.brakes import Today
from tasks.ledger import claims, outbox
from tasks.terms.letters import LetterState, Outcome
from tests.ledger.factory import CAMPAIGN, NOON, digest, letter

CAP = 100


@pytest.fixture
def box(ledger):
    with ledger.write() as connection:
        for n in range(1, 6):
            outbox.queue(connection, letter(n), digest(n), NOON)
    return ledger


def asked(ledger, today, *, most=CAP, now=NOON, claims_too=0):
    with ledger.write(marked=False) as connection:
        sent = today.sent(connection, now, most)
        first = outbox.waiting(connection, CAMPAIGN)[:claims_too]
        today.add(connection, len(claims.reserve(connection, first, now)))
    return sent


def another_sends(ledger, number, state=LetterState.SENT):
    with ledger.write() as connection:
        outbox.claim(connection, number, NOON)
        outbox.settle(connection, number, Outcome(state), NOON)


def test_ones_own_letters_are_not_counted_again(box, monkeypatch):
    today = Today()
    assert asked(box, today, claims_too=2) == 0
    monkeypatch.setattr(outbox, "sent_since", None)
    assert asked(box, today, claims_too=1) == 2
    assert asked(box, today) == 3


def test_what_another_worker_sent_counts(box):
    today = Today()
    assert asked(box, today, claims_too=1) == 0
    another_sends(box, 5)
    assert asked(box, today) == 2


def test_letters_turned_away_count_no_more_once_the_cap_is_reached(box):
    today = Today()
    assert asked(box, today, claims_too=2, most=2) == 0
    with box.steps() as steps, steps, box.read() as connection:
        for each in outbox.of_campaign(connection, CAMPAIGN, NOON)[:2]:
            claims.begin(steps, each, NOON, claimed=NOON)
            outbox.settle(steps, each.id, Outcome(LetterState.REFUSED, 550), NOON)
    assert asked(box, today, most=2) == 0


def test_a_new_day_is_counted_anew(box):
    today = Today()
    asked(box, today, claims_too=2)
    assert asked(box, today) == 2
    assert asked(box, today, now=NOON + timedelta(days=1)) == 0
