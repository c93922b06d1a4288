"""kill -9 at random moments of running flows: the run itself, Prefect's server, or the database under both.

``BAOSONG_KILLS`` is how often (default 5, 200 in the long run); ``BAOSONG_KILL_SEED`` repeats a run. Every
round brings a mail. In the end, after one run in peace, each mail is in the ledger once, each report was
answered once, and no letter was handed over twice.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from flows.serve import server
from tasks.desk import open_desk
from tasks.ledger import acts, outbox, submissions
from tasks.settings import CAPTURE, Home
from tasks.terms import times
from tests.line import office, papers
from tests.rig.postgresql import PostgreSQL, free_port, running_postgresql
from tests.rig.processes import kill, running

KILLS = int(os.environ.get("BAOSONG_KILLS", "5"))
SEED = int(os.environ.get("BAOSONG_KILL_SEED", "20230404"))
ROOT = Path(__file__).parents[2]
FIRST = times.parse("2023-05-29T09:00")
STEP = timedelta(minutes=11)
"""Longer than a claim may be orphaned: what a killed run left open, the next one settles."""
LONGEST = 3.0
"""Seconds into its work a run is killed at the latest."""
VICTIMS = ("run", "database", "server", "run", "run", "run", "run", "database")
"""Each in turn at first, then by chance."""
RUNS = ("check", "chase", "check")
ENDS_WITHIN = 90


class Site:
    """One office at work: database, Prefect's server, and a process that breeds runs."""

    def __init__(self, home: Home, database: PostgreSQL) -> None:
        self.home, self.database, self.port = home, database, free_port()
        self._server = ExitStack()
        self.rounds = 0
        self._server.enter_context(server(home, self.port))
        self._breeder = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.runner", str(home.root)],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ},
        )  # fmt: skip
        assert self._answer() == "ready"

    def _answer(self) -> str:
        return self._breeder.stdout.readline().strip()

    def start(self, verb: str, at: datetime) -> int:
        self._breeder.stdin.write(f"{verb} {at.isoformat()}\n")
        self._breeder.stdin.flush()
        return int(self._answer())

    def ended(self, within: float = ENDS_WITHIN) -> list[int]:
        self._breeder.stdin.write(f"wait {within}\n")
        self._breeder.stdin.flush()
        return [int(code) for code in self._answer().split()]

    def kill(self, victim: str, runs: list[int], chance: random.Random) -> None:
        if victim == "database":
            self.database.kill()
            time.sleep(chance.uniform(0, 0.5))
            self.database.start()
        elif victim == "server":
            kill(running("prefect", "server", str(self.port)))
            self._server.close()
            self._server.enter_context(server(self.home, self.port))
        else:
            for number in runs:
                kill([number])
                time.sleep(chance.uniform(0, LONGEST / 3))

    def close(self) -> None:
        self._breeder.stdin.close()
        self._breeder.wait(60)
        self._breeder.stdout.close()
        self._server.close()


@pytest.fixture
def database() -> Iterator[PostgreSQL]:
    # Not below pytest's own folder: another run, starting, would close that one to the server's account.
    with TemporaryDirectory(prefix="postgresql-") as folder, running_postgresql(Path(folder)) as found:
        yield found


@contextmanager
def working(folder: Path, database: PostgreSQL) -> Iterator[Site]:
    home = office.make_home(folder)
    for name in ("new", "cur", "tmp"):
        (home.var / "mail" / "inbox" / name).mkdir(parents=True)
    before = dict(os.environ)
    os.environ["BAOSONG_LEDGER_URL"] = database.new_database()
    prefects = database.new_database().replace("postgresql://", "postgresql+asyncpg://")
    os.environ["PREFECT_SERVER_DATABASE_CONNECTION_URL"] = prefects
    site = Site(home, database)
    try:
        yield site
    finally:
        site.close()
        os.environ.clear()
        os.environ.update(before)


def report(home: Home, number: int, at: datetime) -> None:
    """A unit's summary, not like any before it."""
    code = list(office.UNITS)[number % len(office.UNITS)]
    name, when = office.UNITS[code], times.local(at).strftime("%Y-%m-%dT%H:%M")
    files = [(f"{name}总结.docx", papers.narrative(name, f"第{number}次报送。"))]
    data = papers.mail(office.address(code), CAPTURE.address, f"{name}防汛演练总结 第{number}次", files, when)
    path = home.var / "mail" / "inbox" / "new" / f"{number}"
    path.write_bytes(data)
    os.utime(path, (at.timestamp(), at.timestamp()))


def test_whatever_is_killed_and_however_often_nothing_is_lost_or_doubled(tmp_path, database):
    chance = random.Random(SEED)
    struck: Counter[str] = Counter()
    with working(tmp_path / "home", database) as site:
        while struck.total() < KILLS:
            at = FIRST + site.rounds * STEP
            report(site.home, site.rounds, at)
            site.rounds += 1
            runs = [site.start(verb, at) for verb in RUNS]
            victim = VICTIMS[site.rounds - 1] if site.rounds <= len(VICTIMS) else chance.choice(VICTIMS)
            time.sleep(chance.uniform(0.05, LONGEST))
            site.kill(victim, runs, chance)
            codes = site.ended()
            struck[victim] += codes.count(-signal.SIGKILL) if victim == "run" else 1
        last = FIRST + (site.rounds + 1) * STEP
        for verb in ("chase", "check"):
            site.start(verb, last)
            assert site.ended(300) == [0], (site.home.var / "ended.log").read_text()[-3000:]
        assert set(struck) == {"run", "database", "server"}
        holds(site, last)
        sys.stdout.write(f"{dict(struck)} in {site.rounds} rounds\n")


def holds(site: Site, last: datetime) -> None:
    """Each mail once, each report answered once, no letter twice; counted in mailboxes and ledger alike."""
    desk = open_desk("drill", last, site.home)
    with desk.ledger.read() as connection:
        assert acts.broken_link(connection) is None
        versions = submissions.of_campaign(connection, "drill", last)
        letters = outbox.of_campaign(connection, "drill", last)
    desk.ledger.close()
    assert len(versions) == len({v.digest for v in versions}) == site.rounds
    receipts = Counter(each.occasion for each in letters if each.kind == "receipt")
    assert set(receipts.values()) == {1}
    files = [p for name in ("new", "cur") for p in (site.home.captured / name).glob("*")]
    handed = Counter(message_from_bytes(p.read_bytes())["Message-ID"] for p in files)
    assert set(handed.values()) == {1}
    states = Counter(each.state for each in letters)
    assert set(states) <= {"sent", "unknown", "dropped"}, states
    sent = {each.message_id for each in letters if each.state == "sent"}
    unsure = {each.message_id for each in letters if each.state == "unknown"}
    assert sent <= handed.keys() <= sent | unsure
