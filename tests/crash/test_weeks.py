"""Days of an office, many times faster, with faults on: what runs for ever stays flat, the ledger whole.

``BAOSONG_WEEK_DAYS`` is how long (default a fraction of a day; 7 in the long run), ``BAOSONG_WEEK_SPEED``
how many times faster than the clock (0: a run begins when the one before has ended), ``BAOSONG_WEEK_SEED``
repeats a run. The end is counted in mailboxes and in the ledger's rows, without the product's help.
"""

import asyncio
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from prefect.settings import PREFECT_API_AUTH_STRING, PREFECT_API_URL, temporary_settings

from flows.deploy import deploy
from flows.serve import _worker, server
from flows.timetable import all_planned
from tasks.desk import open_desk
from tasks.ledger import acts
from tasks.settings import Home
from tasks.terms import times
from tests.crash.sink import delivered
from tests.crash.weeks import Clock, Havoc, Scales, Units, mailboxes, rounds, sixty_units
from tests.line import office
from tests.rig.cable import Cable, cable
from tests.rig.dovecot import PASSWORD, Dovecot, running_dovecot
from tests.rig.postfix import running_postfix
from tests.rig.postgresql import PostgreSQL, free_port, running_postgresql
from tests.rig.processes import family, running

DAYS = float(os.environ.get("BAOSONG_WEEK_DAYS", "0.07"))
SPEED = float(os.environ.get("BAOSONG_WEEK_SPEED", "0"))
SEED = int(os.environ.get("BAOSONG_WEEK_SEED", "20230529"))
SECRET = "BAOSONG_WEEK_SECRET"
FIRST = times.parse("2023-05-29T09:00")
FAULT_EVERY = timedelta(minutes=90)
RUN_AT_MOST = 120
WRITING = range(7, 22)
"""Hours in which units write: one mail a round."""
LONG = 1.0
"""Days from which on what is measured tells something of growth."""
HEAVIER = 1.15
MORE_HANDLES = 8


@dataclass
class Office:
    """Everything that runs, and the units outside."""

    home: Home
    database: PostgreSQL
    dovecot: Dovecot
    units: Units
    lines: dict[str, Cable]
    ledger: str


@pytest.fixture
def works(tmp_path: Path) -> Iterator[Office]:
    before = dict(os.environ)
    with ExitStack() as running_parts:
        enter = running_parts.enter_context
        database = enter(running_postgresql(Path(enter(TemporaryDirectory(prefix="postgresql-")))))
        dovecot = enter(running_dovecot(mailboxes()))
        postfix = enter(running_postfix(dovecot, office.DOMAIN))
        lines = {"imap": enter(cable(dovecot.imap)), "smtp": enter(cable(postfix.port))}
        boxes = office.Mailboxes(lines["imap"].port, lines["smtp"].port, SECRET)
        home = office.make_home(tmp_path / "home", boxes)
        sixty_units(home)
        ledger = database.new_database()
        prefects = database.new_database().replace("postgresql://", "postgresql+asyncpg://")
        os.environ |= {
            SECRET: PASSWORD,
            "BAOSONG_LEDGER_URL": ledger,
            "PREFECT_SERVER_DATABASE_CONNECTION_URL": prefects,
        }
        units = Units(postfix.port, random.Random(SEED))
        yield Office(home, database, dovecot, units, lines, ledger)
    os.environ.clear()
    os.environ.update(before)


def test_days_with_faults_leave_server_and_worker_flat_and_the_ledger_whole(works):
    last, port, chance = FIRST + timedelta(days=DAYS), free_port(), random.Random(SEED + 1)
    with server(works.home, port) as api, _worker(works.home) as worker, speaking_to(api):
        desk = open_desk("drill", FIRST, works.home)
        unscheduled = [replace(each, schedules=()) for each in all_planned([desk.campaign])]
        asyncio.run(deploy(unscheduled, [desk]))
        desk.ledger.close()
        clock = Clock()
        havoc = Havoc(works.database, works.lines, worker.pid, chance)
        scales = [Scales(running("prefect", "server", str(port))[0]), Scales(worker.pid)]
        live(works, clock, havoc, scales, last)
        havoc.heal(wholly=True)
        for minutes in (20, 40, 60):  # what was struck last is settled by the runs that follow
            clock.order("check", last + timedelta(minutes=minutes))
            assert clock.still(RUN_AT_MOST)
        states = clock.states()
        tell(scales, havoc, states)
        assert gone(worker.pid), "a run outlived its end"
    assert states["COMPLETED"] > 0.8 * states.total()
    flat(scales)
    whole(works, last + timedelta(hours=2))


@contextmanager
def speaking_to(api: str) -> Iterator[None]:
    """Prefect may have been imported by an earlier test, and reads its surroundings once."""
    login = os.environ["PREFECT_API_AUTH_STRING"]
    with temporary_settings({PREFECT_API_URL: api, PREFECT_API_AUTH_STRING: login}):
        yield


def live(works: Office, clock: Clock, havoc: Havoc, scales: list[Scales], last: datetime) -> None:
    """The days themselves: a mail, the runs that are due, and now and then a fault."""
    began, next_fault = time.monotonic(), FIRST + FAULT_EVERY
    for at, verb in rounds(FIRST, last):
        wait = began + (at - FIRST).total_seconds() / SPEED - time.monotonic() if SPEED else 0
        time.sleep(max(0, wait))
        if verb == "check" and at.hour in WRITING:
            works.units.write(at)
        havoc.heal()
        clock.order(verb, at)
        if at >= next_fault:
            havoc.strike()
            next_fault += FAULT_EVERY
        if not SPEED:
            assert clock.still(RUN_AT_MOST), clock.states()
        for each in scales:
            each.weigh()


def gone(worker: int) -> bool:
    """Whether the processes of all runs ended, soon after the runs did."""
    end = time.monotonic() + 10
    while (left := family(worker)[1:]) and time.monotonic() < end:
        time.sleep(0.2)
    return not left


def tell(scales: list[Scales], havoc: Havoc, states: Counter[str]) -> None:
    sys.stdout.write(f"{DAYS:g} days at {SPEED:g}: {dict(states)} runs, faults {dict(havoc.struck)}\n")
    for name, each in zip(("server", "worker"), scales, strict=True):
        marks = [each.found[len(each.found) * n // 8] for n in range(8)] + [each.found[-1]]
        told = ", ".join(f"{w.memory >> 20} MB/{w.handles}" for w in marks)
        sys.stdout.write(f"{name}: {told}\n")


def flat(scales: list[Scales]) -> None:
    if DAYS < LONG:
        return
    for each in scales:
        early, late = each.quarters()
        assert late.memory < early.memory * HEAVIER, (early, late)
        assert late.handles <= early.handles + MORE_HANDLES, (early, late)


def whole(works: Office, end: datetime) -> None:
    """The chain holds, every mail is there once, each letter lies in its mailbox once, the package too."""
    desk = open_desk("drill", end, works.home)
    with desk.ledger.read() as connection:
        assert acts.broken_link(connection) is None
    desk.ledger.close()
    written = works.units.written
    with psycopg.connect(works.ledger) as ledger:
        reports = ledger.execute("SELECT unit, digest, count(*) FROM submission GROUP BY 1, 2").fetchall()
        queued = ledger.execute("SELECT count(*) FROM queue_item").fetchone()[0]
        letters = ledger.execute("SELECT message_id, state, address, kind FROM letter").fetchall()
    assert len(reports) == written["report"]
    assert {unit for unit, _, _ in reports} == works.units.reported
    assert all(count == 1 for *_, count in reports)
    assert queued >= written["stranger"] + written["empty"]
    outside = set(mailboxes()) - {office.OFFICE}
    handed = delivered({box: works.dovecot.maildir(box) for box in outside})
    assert set(handed.values()) <= {1}, [each for each in handed.items() if each[1] > 1]
    sent = {(to, identity) for identity, state, to, _ in letters if state == "sent"}
    unsure = {(to, identity) for identity, state, to, _ in letters if state == "unknown"}
    assert not {state for _, state, _, _ in letters} - {"sent", "unknown", "dropped"}
    assert sent <= handed.keys() <= sent | unsure
    assert len(unsure) <= 3
    if end > times.parse("2023-06-03T09:00"):
        assert [kind for *_, kind in letters].count("dispatch") >= 1
