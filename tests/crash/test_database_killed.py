"""PostgreSQL's sessions are ended and its processes killed in the middle of intake, answers and chase.

``BAOSONG_DATABASE_KILLS`` is how often for each way and phase (default 1).
"""

import os
import random
import signal
import time
from pathlib import Path

import psycopg
import pytest

from tests.crash import drill, oracle
from tests.crash.sink import delivered, running_sink
from tests.crash.trace import running_worker

KILLS = int(os.environ.get("BAOSONG_DATABASE_KILLS", "1"))
SEED = int(os.environ.get("BAOSONG_KILL_SEED", "20230404"))
PHASES = ("intake", "answer", "chase")
LONGEST = 0.4
"""Seconds a phase takes, about: the blow falls somewhere in them, sometimes behind them."""


def end_sessions(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as line:
        line.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def kill_server_processes(url: str) -> None:
    """A session's process dies hard: the server takes all others down and recovers from its log."""
    with psycopg.connect(url, autocommit=True) as line:
        query = (
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        for (number,) in line.execute(query).fetchall():
            os.kill(number, signal.SIGKILL)


def wait_until_up(url: str) -> None:
    end = time.monotonic() + 300
    while True:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            assert time.monotonic() < end, "the server does not come back"
            time.sleep(0.1)
        else:
            return


@pytest.mark.parametrize("blow", [end_sessions, kill_server_processes])
def test_a_database_that_goes_away_loses_nothing_and_doubles_nothing(blow, postgresql, tmp_path):
    dice, struck = random.Random(SEED), 0
    with running_sink(tmp_path / "boxes", SEED) as sink, running_worker() as worker:
        originals = drill.make(tmp_path / "ready", sink.port)
        for turn in range(KILLS):
            home = drill.copied(tmp_path / "ready", tmp_path / "home")
            url = postgresql.new_database()
            (home / oracle.LEDGER_URL).write_text(url)
            sink.root = tmp_path / "boxes" / str(turn)

            def strike(url=url) -> None:
                time.sleep(dice.uniform(0, LONGEST))
                blow(url)

            for phase in PHASES:
                code = worker.run(phase, home, meanwhile=strike)
                assert code in {0, 1}
                struck += code
                wait_until_up(url)
                assert worker.run(phase, home) == 0
                oracle.sound(home)
            ended(home, sink.root, originals)
    assert struck or KILLS < 10, "no blow ever fell into a run"


def ended(home: Path, boxes: Path, originals: dict[str, str]) -> None:
    oracle.all_taken_in(home, originals, drill.REPORTS)
    assert oracle.figures(home) == drill.FIGURES
    oracle.mailed_once(home, delivered({p.name: p for p in boxes.glob("*")}), 7)
