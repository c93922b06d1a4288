"""The whole line against real Dovecot and Postfix and a real Prefect server."""

import email
import email.policy
import json
import os
import shutil
import smtplib
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows.engine import server_file
from flows.serve import server
from tasks.settings import Home
from tests.line import office, papers
from tests.rig.dovecot import PASSWORD, Dovecot, running_dovecot
from tests.rig.postfix import Postfix, running_postfix
from tests.rig.postgresql import free_port

SECRET = "BAOSONG_TEST_SECRET"


class Post:
    """The units' and the superior's side of the real mail servers."""

    def __init__(self, dovecot: Dovecot, postfix: Postfix) -> None:
        self.dovecot, self.postfix = dovecot, postfix

    def letters(self, address: str) -> list[email.message.EmailMessage]:
        folder = self.dovecot.maildir(address)
        files = sorted(p for name in ("new", "cur") for p in (folder / name).glob("*"))
        return [email.message_from_bytes(p.read_bytes(), policy=email.policy.default) for p in files]

    def wait_for(self, address: str, count: int) -> list[email.message.EmailMessage]:
        end = time.monotonic() + 20
        while len(found := self.letters(address)) < count and time.monotonic() < end:
            time.sleep(0.1)
        assert len(found) == count, [m["subject"] for m in found]
        return found

    def send(self, sender: str, raw: bytes) -> None:
        before = len(self.letters(office.OFFICE))
        with smtplib.SMTP("127.0.0.1", self.postfix.port) as line:
            line.sendmail(sender, [office.OFFICE], raw)
        self.wait_for(office.OFFICE, before + 1)


@pytest.fixture(scope="module")
def post():
    with running_dovecot(office.everyone()) as dovecot, running_postfix(dovecot, office.DOMAIN) as postfix:
        yield Post(dovecot, postfix)


@pytest.fixture(scope="module")
def home(post: Post, tmp_path_factory: pytest.TempPathFactory) -> Home:
    boxes = office.Mailboxes(post.dovecot.imap, post.postfix.port, SECRET)
    return office.make_home(tmp_path_factory.mktemp("home"), boxes)


@pytest.fixture(scope="module")
def prefect(home: Home):
    with server(home, free_port()) as api:
        yield api


def baosong(home: Home, *words: str, expect: tuple[int, ...] = (0, 3)) -> dict:
    """The command line, as an operator's script runs it."""
    environment = {**os.environ, SECRET: PASSWORD}
    command = [sys.executable, "-m", "flows", "--home", str(home.root), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=300)
    assert done.returncode in expect, done.stderr
    assert "Traceback" not in done.stderr
    return json.loads(done.stdout) if done.stdout.startswith("{") else {"said": done.stdout}


def states(home: Home, as_of: str) -> dict[tuple[str, str], tuple[str, str | None]]:
    status = baosong(home, "status", "drill", "--json", "--as-of", as_of)
    return {(u["name"], u["obligation"]): (u["state"], u["timeliness"]) for u in status["units"]}


def subjects(letters: list[email.message.EmailMessage]) -> list[str]:
    return [str(m["subject"]).split("】")[0].lstrip("【") for m in letters]


def form_in(letter: email.message.EmailMessage) -> bytes:
    return next(p.get_payload(decode=True) for p in letter.iter_attachments())


def test_a_campaign_from_the_first_letter_to_the_superiors_mailbox(post: Post, home: Home, prefect: str):
    # The notice of start reaches every unit, with its own form.
    baosong(home, "chase", "drill", "--as-of", "2023-05-08T09:00")
    forms = {}
    for code in office.UNITS:
        (letter,) = post.wait_for(office.address(code), 1)
        assert subjects([letter]) == ["报送通知"]
        forms[code] = form_in(letter)

    # A01 reports both; A02 reports its summary and a form with a word for a figure; A03 stays silent.
    east, west, south = (office.address(c) for c in office.UNITS)
    report = papers.filled(forms["A01"], "东山镇", 3, 120)
    files = [("东山镇演练总结.docx", papers.narrative("东山镇")), ("东山镇统计表.xlsx", report)]
    post.send(east, papers.mail(east, office.OFFICE, "东山镇报送", files, "2023-05-31T10:00"))
    vague = papers.filled(forms["A02"], "西山镇", "若干", 80)
    files = [("西山镇演练总结.docx", papers.narrative("西山镇")), ("西山镇统计表.xlsx", vague)]
    post.send(west, papers.mail(west, office.OFFICE, "西山镇报送", files, "2023-05-31T11:00"))
    stranger = f"stranger@{office.DOMAIN}"
    post.send(
        stranger,
        papers.mail(
            stranger, office.OFFICE, "你好", [("a.docx", papers.narrative("某村"))], "2023-05-31T11:05"
        ),
    )

    baosong(home, "check", "drill", "--as-of", "2023-05-31T12:00")
    found = states(home, "2023-05-31T12:00")
    assert found["东山镇", "summary"] == ("accepted", "on_time")
    assert found["东山镇", "figures"] == ("accepted", "on_time")
    assert found["西山镇", "summary"] == ("accepted", "on_time")
    assert found["西山镇", "figures"] == ("returned", "on_time")
    assert found["南山街道", "summary"] == ("missing", None)
    assert sorted(subjects(post.wait_for(east, 3))[1:]) == ["回执", "回执"]
    assert sorted(subjects(post.wait_for(west, 3))[1:]) == ["回执", "退回补正"]
    assert len(post.letters(stranger)) == 0  # nobody answers a stranger by itself

    # The day before, only who owes something is reminded; running it twice changes nothing.
    for _ in range(2):
        baosong(home, "chase", "drill", "--as-of", "2023-06-01T09:00")
    assert subjects(post.wait_for(south, 2)) == ["报送通知", "催报"]
    assert len(post.letters(east)) == 3
    assert subjects(post.wait_for(west, 4))[3] == "催报"

    # West corrects its form; the package goes up on the day.
    fixed = papers.filled(forms["A02"], "西山镇", 2, 80)
    post.send(
        west, papers.mail(west, office.OFFICE, "更正", [("西山镇统计表.xlsx", fixed)], "2023-06-02T09:00")
    )
    result = baosong(home, "compile", "drill", "--as-of", "2023-06-02T18:00")
    assert result["package"]["number"] == 1
    assert result["dispatch"]["sent"] == [1]
    again = baosong(home, "compile", "drill", "--as-of", "2023-06-02T18:05")
    assert again["package"]["new"] is False
    (dispatched,) = post.wait_for(office.SUPERIOR, 1)
    assert subjects([dispatched]) == ["呈报"]
    package = home.root / result["package"]["path"]
    assert form_in(dispatched) == package.with_name(f"{package.name}.zip").read_bytes()
    assert "完好" in baosong(home, "verify", str(package))["said"]

    status = baosong(home, "status", "drill", "--json", "--as-of", "2023-06-02T18:00")
    assert status["totals"]["figures"]["drills"]["sum"] == 5
    assert status["totals"]["figures"]["drills"]["quota"] == 6
    assert status["totals"]["figures"]["drills"]["target"] == 5
    assert status["queue"] == 1
    assert status["obligations"][0] | {"due_explained": ""} == {
        "id": "summary",
        "due": "2023-06-02T17:00:00+08:00",
        "due_explained": "",
        "phase": "late",
        "closes": None,
        "expected": 3,
        "received": 2,
        "on_time": 2,
        "reporting_rate": 2 / 3,
        "reporting_rate_on_time": 2 / 3,
    }


def test_deleting_prefects_database_loses_no_fact(post: Post, home: Home, tmp_path: Path, monkeypatch):
    before = baosong(home, "status", "drill", "--json", "--as-of", "2023-06-02T18:00")
    stopped = Home.at(shutil.copytree(home.root, tmp_path / "stopped"))
    server_file(stopped).unlink()
    monkeypatch.delenv("PREFECT_API_URL")
    for path in stopped.prefect_home.glob("prefect.db*"):
        path.unlink()
    result = baosong(stopped, "check", "drill", "--as-of", "2023-06-02T18:10")
    assert result["taken"] == 0
    after = baosong(stopped, "status", "drill", "--json", "--as-of", "2023-06-02T18:00")
    assert after == before


def test_while_a_mailbox_is_out_of_reach_nobody_is_reminded_and_nothing_goes_up(
    post: Post, prefect: str, tmp_path: Path
):
    boxes = office.Mailboxes(free_port(), post.postfix.port, SECRET)
    home = office.make_home(tmp_path / "blind", boxes)
    before = {code: len(post.letters(office.address(code))) for code in office.UNITS}
    result = baosong(home, "chase", "drill", "--as-of", "2023-06-01T09:00", expect=(3,))
    assert result["unreached"] == ["imap:office/INBOX"]
    for code in office.UNITS:  # the notice of start goes all the same
        news = subjects(post.wait_for(office.address(code), before[code] + 1))[before[code] :]
        assert news == ["报送通知"]
    compiled = baosong(home, "compile", "drill", "--as-of", "2023-06-02T18:00", expect=(3,))
    told = compiled["dispatch"]
    assert (told["sent"], told["laid_out"], told["held_back"]) == ([], [], [1])
    assert "imap:office/INBOX" in told["why"]["1"]

    # The mailbox answers again: the package is made anew with what had waited there, and goes.
    office.rewire(home, office.Mailboxes(post.dovecot.imap, post.postfix.port, SECRET))
    superior = len(post.letters(office.SUPERIOR))
    compiled = baosong(home, "compile", "drill", "--as-of", "2023-06-02T19:00", expect=(3,))
    assert (compiled["unreached"], compiled["dispatch"]["sent"]) == ([], [2])
    post.wait_for(office.SUPERIOR, superior + 1)
