import pytest

from tasks.ledger import outbox
from tasks.ledger.session import Ledger
from tasks.terms.letters import LetterState, Outcome
from tests.ledger.factory import CAMPAIGN, FOREVER, NOON, digest, hours, letter

REFUSED = Outcome(LetterState.REFUSED, 550, "不\x00收 \ud800" + "长" * 600)


@pytest.fixture
def box(ledger):
    with ledger.write() as connection:
        for n in (1, 2):
            outbox.queue(connection, letter(n), digest(n), NOON)
            outbox.claim(connection, n, NOON)
    return ledger


def found(ledger):
    with ledger.read() as connection:
        return outbox.of_campaign(connection, CAMPAIGN, FOREVER)


def test_a_step_writes_what_any_other_transaction_would_have_written(box):
    with box.steps() as steps, steps:
        assert outbox.settle(steps, 1, REFUSED, hours(1), attempt=1)
    with box.write() as connection:
        assert outbox.settle(connection, 2, REFUSED, hours(1), attempt=1)
    mine, theirs = ((q.state, q.reply, q.claimed_at, q.settled_at, q.attempts) for q in found(box))
    assert mine == theirs


def test_a_step_that_is_over_is_seen_by_every_other_program(box):
    other, seen = Ledger(box.url), []
    with box.steps() as steps:
        for number in (1, 2):
            with steps:
                outbox.settle(steps, number, REFUSED, NOON)
            seen.append([q.state for q in found(other)])
    other.close()
    assert seen == [["refused", "sending"], ["refused", "refused"]]


def test_a_step_that_fails_leaves_nothing_and_the_next_one_works(box):
    def fail(steps):
        with steps:
            outbox.settle(steps, 1, REFUSED, NOON)
            raise RuntimeError

    with box.steps() as steps:
        with pytest.raises(RuntimeError):
            fail(steps)
        with steps:
            outbox.settle(steps, 2, REFUSED, NOON)
    assert [q.state for q in found(box)] == ["sending", "refused"]


def test_what_is_written_after_steps_is_synced_again(sqlite_ledger):
    with sqlite_ledger.steps():
        pass
    with sqlite_ledger.write() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL
