"""kill -9 at random moments of sending: no letter lost, none delivered twice.

``BAOSONG_KILLS`` is how often (default 40); ``BAOSONG_KILL_SEED`` repeats a run. The count comes from the
mailboxes alone.
"""

import logging
import math
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tasks.chase.outbox import enqueue
from tasks.ledger import outbox
from tasks.ledger.schema import letter
from tasks.ledger.session import Ledger
from tasks.mail.sending.build import build_mail
from tasks.settings import Home
from tasks.store.files import Store
from tasks.terms.letters import Letter
from tests.crash.sink import delivered, running_sink
from tests.line.office import CAMPAIGN, OFFICE, make_home
from tests.rig.dovecot import running_dovecot
from tests.rig.postfix import running_postfix

KILLS = int(os.environ.get("BAOSONG_KILLS", "40"))
SEED = int(os.environ.get("BAOSONG_KILL_SEED", "20230404"))
ROOT = Path(__file__).parents[2]
DOMAIN = "district.example"
BOXES = [f"box{n}@{DOMAIN}" for n in range(20)]
SETTLED_WITHIN = 120
AT_HAND = 60
"""There are always so many letters to be sent."""
WHILE_SENDING = 0.85
LONGEST = 0.12

log = logging.getLogger(__name__)


@pytest.fixture
def home(tmp_path) -> Home:
    made = make_home(
        tmp_path / "home", campaign=CAMPAIGN.replace("  - {kind: drop, path: var/drop/drill}\n", "")
    )
    text = f"bureau: 某局\naccounts:\n  office: {{address: {OFFICE}, display_name: 某局}}\n"
    (made.config / "office.yaml").write_text(text, "utf-8")
    return made


def letters(count: int, start: int = 0) -> Iterator[Letter]:
    for n in range(start, start + count):
        address, identity = BOXES[n % len(BOXES)], f"<{n}@{DOMAIN}>"
        wire = build_mail(
            sender=OFFICE, sender_name="某局", recipient=address, recipient_name="某镇", subject="回执",
            text="已收到。\n" * 20, html="", message_id=identity, date=datetime(2023, 4, 4, tzinfo=UTC),
        )  # fmt: skip
        yield Letter("drill", f"U{n}", "receipt", f"version:{n}", address, "回执", identity, wire)


def wanted(count: int) -> dict[tuple[str, str], int]:
    return {(BOXES[n % len(BOXES)], f"<{n}@{DOMAIN}>"): 1 for n in range(count)}


@contextmanager
def breeder(home: Home, port: int, workers: int) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.crash.sender", str(home.root), str(port), str(workers)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.stdin.close()
        process.wait(60)
        process.stdout.close()


def run(process: subprocess.Popen[str], chance: random.Random | None = None) -> list[int]:
    """One run of every worker; with a chance each is killed at a random moment. Returns their exit codes.

    Most are killed while they send, some while they still hear what came back.
    """
    process.stdin.write("go\n")
    process.stdin.flush()
    numbers = [int(n) for n in process.stdout.readline().split()]
    if chance and chance.random() < WHILE_SENDING:
        for _ in numbers:
            assert process.stdout.readline() == "sending\n"
    began = time.monotonic()
    delays = [chance.uniform(0, LONGEST) for _ in numbers] if chance else []
    for delay, number in sorted(zip(delays, numbers, strict=False)):
        time.sleep(max(0, began + delay - time.monotonic()))
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
    while (line := process.stdout.readline()) == "sending\n":
        pass
    return [int(code) for code in line.split()]


def torment(home: Home, port: int, workers: int, kills: int) -> tuple[int, int, set[str]]:
    """Kill a living worker so often, then let the last runs end in peace.

    There are always more letters waiting. Gives how many there were, how many were struck in flight, and the
    ids of those hit twice without a trace: a letter goes once more by itself, after that a person decides.
    """
    chance, ledger = random.Random(SEED), Ledger(home.ledger_url)
    count, hit, struck = 0, 0, 0
    with breeder(home, port, workers) as process:
        while hit < kills:
            while sum(_open(ledger, "queued", "retry").values()) < AT_HAND:
                enqueue(ledger, Store(home.store), letters(AT_HAND, count), datetime.now(UTC))
                count += AT_HAND
            began = datetime.now(UTC)
            codes = run(process, chance)
            assert set(codes) <= {0, -signal.SIGKILL}, codes
            hit += codes.count(-signal.SIGKILL)
            struck += _in_flight(ledger, began)
        end = time.monotonic() + SETTLED_WITHIN
        while _open(ledger) and time.monotonic() < end:
            time.sleep(1)
            enqueue(ledger, Store(home.store), [_witness(time.time_ns())], datetime.now(UTC))
            assert run(process) == [0] * workers
    left, twice_hit = _open(ledger), _for_a_person(ledger)
    ledger.close()
    log.info(
        "%d letters, %d kills, %d letters in flight when struck, %d of them twice",
        count, hit, struck, len(twice_hit),
    )  # fmt: skip
    assert not left, left
    assert struck >= hit // 10
    return count, struck, twice_hit


def by_chance(count: int, struck: int) -> int:
    """How many letters may be struck twice: on a busy machine few leave between two kills, and more are.

    Blows that fall anywhere meet the same letter this often in the mean; three deviations are let pass.
    """
    mean = struck * struck / (2 * count)
    return max(4, count // 100, math.ceil(mean + 3 * math.sqrt(mean)))


def _open(ledger: Ledger, *states: str) -> dict[str, int]:
    """How many letters are not settled: all but those given up to a person."""
    wanted = states or ("queued", "claimed", "sending", "retry", "unknown")
    mine = letter.c.state.in_(wanted) & ((letter.c.state != "unknown") | (letter.c.attempts < 2))
    query = select(letter.c.state, func.count()).where(mine).group_by(letter.c.state)
    with ledger.read() as connection:
        return dict(connection.execute(query).tuples().all())


def _in_flight(ledger: Ledger, since: datetime) -> int:
    """Letters being handed over when their worker was killed."""
    query = select(func.count()).where(letter.c.state == "sending", letter.c.claimed_at >= since)
    with ledger.read() as connection:
        return connection.execute(query).scalar()


def _for_a_person(ledger: Ledger) -> set[str]:
    with ledger.read() as connection:
        every = outbox.of_campaign(connection, "drill", datetime.now(UTC))
    return {each.message_id for each in every if each.state == "unknown" and each.attempts > 1}


def arrived(counted: dict[tuple[str, str], int], count: int, for_a_person: set[str]) -> bool:
    """Whether every letter arrived once, but for those shown to a person, which arrived at most once."""
    missing = {identity for (_, identity), _ in (wanted(count).items() - counted.items())}
    return (
        not (counted.keys() - wanted(count).keys())
        and set(counted.values()) == {1}
        and missing <= for_a_person
    )


def _witness(number: int) -> Letter:
    """Any letter that goes later: its copy shows that copies still arrive."""
    (made,) = letters(1)
    identity = f"<w{number}@{DOMAIN}>"
    wire = made.wire.replace(made.message_id.encode(), identity.encode())
    return Letter("drill", f"W{number}", "receipt", f"w:{number}", BOXES[0], "回执", identity, wire)


def without_witnesses(counted: dict[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    return {key: n for key, n in counted.items() if not key[1].startswith("<w")}


@pytest.mark.parametrize("workers", [1, 2])
def test_however_often_the_sender_is_killed_every_letter_arrives_once(home, workers):
    with running_sink(home.var / "boxes", SEED) as sink:
        (home.var / "mail").mkdir(parents=True, exist_ok=True)
        for each in ("new", "cur", "tmp"):
            (sink.maildir(OFFICE) / each).mkdir(parents=True)
        (home.var / "mail" / "inbox").symlink_to(sink.maildir(OFFICE))
        count, struck, for_a_person = torment(home, sink.port, workers, KILLS)
        counted = without_witnesses(delivered({box: sink.maildir(box) for box in BOXES}))
    assert arrived(counted, count, for_a_person), (counted, for_a_person)
    assert len(for_a_person) <= by_chance(count, struck)


@pytest.mark.parametrize("workers", [1, 2])
def test_the_same_with_real_postfix_and_dovecot(home, workers):
    with running_dovecot([OFFICE, *BOXES]) as dovecot, running_postfix(dovecot, DOMAIN) as postfix:
        own = dovecot.maildir(OFFICE)
        for each in ("new", "cur", "tmp"):
            (own / each).mkdir(parents=True, exist_ok=True)
        for path in (own.parent, own, *own.iterdir()):
            os.chown(
                path,
                dovecot.folder.joinpath("mail").stat().st_uid,
                dovecot.folder.joinpath("mail").stat().st_gid,
            )
        (home.var / "mail").mkdir(parents=True, exist_ok=True)
        (home.var / "mail" / "inbox").symlink_to(own)
        count, struck, for_a_person = torment(home, postfix.port, workers, KILLS)
        end = time.monotonic() + 30
        boxes = {box: dovecot.maildir(box) for box in BOXES}
        while not arrived(counted := without_witnesses(delivered(boxes)), count, for_a_person):
            if time.monotonic() > end:
                break
            time.sleep(0.5)
    assert arrived(counted, count, for_a_person), (counted, for_a_person)
    assert len(for_a_person) <= by_chance(count, struck)
