"""A week of checks in one process, with faults on: memory and file handles stay flat, the ledger is whole."""

import gc
import logging
import os
from collections.abc import Iterator
from datetime import timedelta
from unittest.mock import patch

import pytest

from tasks.chase.deliver import deliver_waiting
from tasks.chase.steps import answer, plan
from tasks.ledger import acts, outbox, submissions
from tasks.mail.sources.maildir import Maildir
from tasks.status.board import overview
from tasks.status.view import look
from tasks.terms import times
from tasks.terms.errors import Transient
from tests.dispatch.bureau import Bureau, bureau
from tests.line import office
from tests.rig.processes import weight

FIRST = times.parse("2023-05-29T00:00")
STEP = timedelta(minutes=int(os.environ.get("BAOSONG_WEEK_STEP", "60")))
"""A check every hour; every quarter of an hour, as in reality, in the long run."""
WARM = 24
PAGES_MORE = 6 << 20


def check(works: Bureau, at: str) -> None:
    works.take_in(at)
    now = times.parse(at)
    answer.fn("drill", now)
    plan.fn("drill", now)
    deliver_waiting(works.desk(at))
    overview(look(works.desk(at)))


@pytest.fixture
def works(tmp_path, monkeypatch) -> Iterator[Bureau]:
    made = bureau(tmp_path)
    monkeypatch.setenv("BAOSONG_HOME", str(made.home.root))
    log = logging.getLogger("tasks")
    before = log.level
    log.setLevel(logging.ERROR)
    yield made
    log.setLevel(before)  # the tests that follow read the log


def test_a_week_of_checks_with_faults_leaves_memory_and_handles_flat_and_the_ledger_whole(works):
    measured = []
    gc.collect()  # what earlier tests left open must not be closed, and counted, meanwhile
    rounds = int(timedelta(days=7) / STEP)
    for n in range(rounds):
        at = (FIRST + n * STEP).isoformat()
        code = list(office.UNITS)[n // 24 % 3]
        if n % 24 == 10 and n < 72:
            works.report(code, at)
        if n % 7 == 3:
            broken = patch.object(Maildir, "new", side_effect=Transient("演练：连接不上"))
            with broken, pytest.raises(Transient):
                check(works, at)
        else:
            check(works, at)
        measured.append(weight(os.getpid()))
    warm = measured[WARM:]
    assert max(w.handles for w in warm) - warm[0].handles <= 2
    assert warm[-1].memory - warm[0].memory < PAGES_MORE, measured[:: max(1, rounds // 10)]
    desk = works.desk((FIRST + timedelta(days=7)).isoformat())
    with desk.ledger.read() as connection:
        assert acts.broken_link(connection) is None
        versions = submissions.of_campaign(connection, "drill", desk.now)
        letters = outbox.of_campaign(connection, "drill", desk.now)
    assert sorted(v.unit for v in versions) == sorted(office.UNITS)
    handed = [path for path in works.home.captured.glob("*/*") if path.is_file()]
    assert len({each.message_id for each in letters}) == len(letters) == len(handed) > len(versions)
