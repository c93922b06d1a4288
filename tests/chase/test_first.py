"""A campaign's first letters through a real account: somebody is asked, or has seen them."""

import io
import json
import os
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from flows.verbs.runs import _chase
from tasks.chase.first import seen, unseen
from tasks.chase.outbox import enqueue
from tasks.desk import open_desk
from tasks.ledger import outbox
from tasks.settings import Home
from tasks.terms import times
from tests.ledger.factory import letter
from tests.line import office

ROOT = Path(__file__).resolve().parents[2]
NOW = times.utc(times.parse("2023-05-08T09:00"))
NOWHERE = office.Mailboxes(imap=9, smtp=9, secret="BAOSONG_TEST_SECRET")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return office.make_home(tmp_path, NOWHERE)


def desk(home: Home):
    return open_desk("drill", NOW, home)


def test_a_real_account_that_never_wrote_waits_for_a_preview(home):
    assert unseen(desk(home))
    seen(desk(home))
    assert not unseen(desk(home))


def test_a_campaign_that_has_written_already_is_not_held_back(home):
    here = desk(home)
    enqueue(here.ledger, here.store, [letter(campaign="drill")], NOW)
    assert not unseen(here)


def test_what_stays_on_this_machine_needs_no_preview(tmp_path):
    assert not unseen(desk(office.make_home(tmp_path)))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("answer", ["\n", "no\n", ""])
def test_a_person_who_does_not_say_yes_sends_nothing(home, monkeypatch, capsys, answer):
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    given = Namespace(home=home.root, campaign="drill", as_of=NOW, dry_run=False)
    assert _chase(given) == 3
    told = capsys.readouterr().err
    assert "第一次从 bureau@district.example 发信" in told
    assert "没有发出任何信件" in told
    with desk(home).ledger.read() as connection:
        assert not outbox.any_of(connection, "drill")


def test_a_timetable_holds_the_first_letters_back_and_says_what_to_do(home):
    deployed = {"PREFECT__RUNTIME__DEPLOYMENT__ID": "11111111-1111-1111-1111-111111111111"}
    words = ("--home", str(home.root), "chase", "drill", "--as-of", NOW.isoformat())
    done = subprocess.run(
        [sys.executable, "-m", "flows", *words],
        capture_output=True, text=True, check=False, cwd=ROOT, timeout=300, stdin=subprocess.DEVNULL,
        env={**os.environ, **deployed, NOWHERE.secret: "-"},
    )  # fmt: skip
    assert done.returncode == 3, done.stderr
    told = json.loads(done.stdout)
    assert "请先运行一次“预览”" in told["held"]
    assert "planned" not in told
