"""Several workers at one outbox: every letter is handed over once, whoever dies where."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from tasks.chase.outbox import ORPHANED_AFTER, enqueue
from tasks.ledger import outbox
from tests.chase.worker import handed, work
from tests.ledger.factory import CAMPAIGN, FOREVER, NOON, letter

ROOT = Path(__file__).parents[2]
COUNT = 40


@pytest.fixture
def log(tmp_path):
    return tmp_path / "handed.log"


@pytest.fixture
def filled(ledger, store):
    enqueue(ledger, store, [letter(n) for n in range(1, COUNT + 1)], NOON)
    return ledger


def states(ledger):
    with ledger.read() as connection:
        return Counter(q.state for q in outbox.of_campaign(connection, CAMPAIGN, FOREVER))


def everyone():
    return {f"town{n}@units.example": 1 for n in range(1, COUNT + 1)}


def launch(stack, *arguments):
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.chase.worker", *map(str, arguments)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    stack.callback(process.wait)
    stack.callback(process.kill)
    return process


def start(*processes):
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()


def wait_until(true):
    limit = time.monotonic() + 20
    while not true():
        assert time.monotonic() < limit, "waited in vain"
        time.sleep(0.01)


def test_threads_at_one_outbox_hand_each_letter_over_once(filled, store, log):
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: work(filled.url, store.root, log), range(4)))
    assert Counter(handed(log)) == everyone()
    assert sum(d.sent for d in done) == COUNT
    assert states(filled) == {"sent": COUNT}


def test_processes_at_one_outbox_hand_each_letter_over_once(filled, store, log):
    with ExitStack() as stack:
        workers = [launch(stack, filled.url, store.root, log) for _ in range(3)]
        start(*workers)
        sent = [int(w.stdout.readline()) for w in workers]
    assert Counter(handed(log)) == everyone()
    assert sum(sent) == COUNT
    assert states(filled) == {"sent": COUNT}


def test_the_days_cap_holds_for_all_workers_together(filled, store, log):
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: work(filled.url, store.root, log, cap=7), range(4)))
    assert len(handed(log)) == 7
    assert all("达到上限" in d.stopped for d in done)
    assert states(filled) == {"sent": 7, "queued": COUNT - 7}


def killed_at(filled, store, log, victim):
    """A worker claims one letter, then four at once, and dies at this one of those."""
    with ExitStack() as stack:
        doomed = launch(stack, filled.url, store.root, log, victim)
        start(doomed)
        wait_until(lambda: victim in handed(log))
        os.kill(doomed.pid, signal.SIGKILL)
        assert doomed.wait() == -signal.SIGKILL
    found = states(filled)
    assert (found["sent"], found["sending"]) == (2, 1)
    return found["claimed"]


def test_a_worker_killed_in_the_middle_of_a_hand_over_never_causes_a_second_one(filled, store, log):
    claimed = killed_at(filled, store, log, "town3@units.example")
    soon = work(filled.url, store.root, log, start=NOON + timedelta(minutes=5))
    assert (soon.sent, soon.unknown) == (COUNT - 3 - claimed, 0)

    later = work(filled.url, store.root, log, start=NOON + ORPHANED_AFTER + timedelta(minutes=1))
    assert later.sent == claimed
    assert states(filled) == {"sent": COUNT - 1, "unknown": 1}
    assert Counter(handed(log)) == everyone()


def test_what_a_dead_worker_had_claimed_is_unknown_where_the_machine_fell_too(filled, store, log):
    claimed = killed_at(filled, store, log, "town3@units.example")
    fell = NOON + timedelta(minutes=1)
    work(filled.url, store.root, log, start=NOON + 2 * ORPHANED_AFTER, up_since=fell)
    assert states(filled) == {"sent": COUNT - 1 - claimed, "unknown": 1 + claimed}


def test_a_worker_killed_between_claim_and_hand_over_leaves_its_letter_unknown(sqlite_ledger, store, log):
    enqueue(sqlite_ledger, store, [letter(1), letter(2)], NOON)
    program = (
        "import os, signal, sys, tests.chase.worker as w\n"
        "w.LogCarrier.deliver = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "w.work(*sys.argv[1:])"
    )
    killed = subprocess.run(
        [sys.executable, "-c", program, sqlite_ledger.url, store.root, log], cwd=ROOT, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    work(sqlite_ledger.url, store.root, log, start=NOON + 2 * ORPHANED_AFTER)
    assert states(sqlite_ledger) == {"unknown": 1, "sent": 1}
    assert handed(log) == ["town2@units.example"]
