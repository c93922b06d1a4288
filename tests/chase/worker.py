"""One worker delivering an outbox, as a program: python -m tests.chase.worker URL STORE LOG [stop-at]"""

import os
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

from tasks.chase.brakes import Limits
from tasks.chase.outbox import deliver
from tasks.ledger.session import Ledger
from tasks.store.files import Store
from tasks.terms.letters import LetterState, Outcome
from tests.ledger.factory import CAMPAIGN, NOON

LONG_AGO = NOON - timedelta(days=30)
DEAD_END = "stop here"
"""A worker that comes to this letter hands it over and then hangs: its test kills it there."""


class LogCarrier:
    """Hands letters over by one line each in a file many workers share."""

    def __init__(self, log, stop_at=None):
        self._log, self._stop_at = log, stop_at

    def deliver(self, _wire, _sender, recipient):
        handle = os.open(self._log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(handle, f"{recipient} {os.getpid()}\n".encode())
        os.close(handle)
        if recipient == self._stop_at:
            time.sleep(600)
        time.sleep(0.002)
        return Outcome(LetterState.SENT, 250)


def ticking(start: datetime):
    began = time.monotonic()
    return lambda: start + timedelta(seconds=time.monotonic() - began)


def work(url, store, log, stop_at=None, *, start=NOON, cap=10_000, up_since=LONG_AGO):
    ledger = Ledger(url)
    try:
        return deliver(
            ledger,
            Store(Path(store)),
            CAMPAIGN,
            LogCarrier(log, stop_at),
            sender="bureau@bureau.example",
            clock=ticking(start),
            objection=lambda *_: None,
            limits=Limits(Path(store) / "STOP", cap, up_since=up_since),
        )
    finally:
        ledger.close()


def handed(log):
    """Recipients in the order letters were handed over."""
    return [line.split()[0] for line in Path(log).read_text().splitlines()] if Path(log).exists() else []


if __name__ == "__main__":
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()  # all workers start at one word
    sys.stdout.write(f"{work(*sys.argv[1:]).sent}\n")
