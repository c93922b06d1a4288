"""Growing: ledger and Prefect on PostgreSQL, several processes at once on one campaign."""

import mailbox
import os
import subprocess
import sys
from collections import Counter
from email.message import EmailMessage
from pathlib import Path

import pytest

from flows.serve import server
from tasks.desk import open_desk
from tasks.ledger import acts, outbox, submissions
from tasks.settings import Home
from tasks.terms import times
from tests.line import office, papers
from tests.rig.postgresql import PostgreSQL, free_port

AT = "2023-06-01T09:05"


@pytest.fixture
def home(tmp_path: Path, postgresql: PostgreSQL, monkeypatch) -> Home:
    made = office.make_home(tmp_path)
    (made.var / "mail").mkdir(parents=True)
    inbox = mailbox.Maildir(made.var / "mail" / "inbox", create=True)
    for code, name in office.UNITS.items():
        if code != "A03":
            inbox.add(letter(code, name))
    for path in (made.var / "mail" / "inbox" / "new").iterdir():
        os.utime(path, (1685494800, 1685494800))
    monkeypatch.setenv("BAOSONG_LEDGER_URL", postgresql.new_database())
    prefects = postgresql.new_database().replace("postgresql://", "postgresql+asyncpg://")
    monkeypatch.setenv("PREFECT_SERVER_DATABASE_CONNECTION_URL", prefects)
    return made


def letter(code: str, name: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = office.address(code), office.OFFICE, f"{name}防汛演练总结"
    mail["Message-ID"], mail["Date"] = f"<{code}@x.example>", "Wed, 31 May 2023 09:00:00 +0800"
    mail.set_content("请查收")
    data = papers.narrative(name)
    mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=f"{name}总结.docx")
    return mail.as_bytes()


def start(home: Home, verb: str) -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "flows", "--home", str(home.root), verb, "drill", "--as-of", AT]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_four_processes_at_once_take_in_and_send_everything_exactly_once(home):
    with server(home, free_port()):
        working = [start(home, verb) for verb in ("check", "chase", "check", "chase")]
        for each in working:
            out, fault = each.communicate(timeout=300)
            assert each.returncode in {0, 3}, out + fault
    desk = open_desk("drill", times.parse(AT), home)
    with desk.ledger.read() as connection:
        assert connection.dialect.name == "postgresql"
        versions = submissions.of_campaign(connection, "drill", desk.now)
        letters = outbox.of_campaign(connection, "drill", desk.now)
        assert acts.broken_link(connection) is None
    assert Counter(v.unit for v in versions) == {"A01": 1, "A02": 1}
    handed = mailbox.Maildir(home.captured)
    recipients = Counter((mail["To"], mail["Message-ID"]) for mail in handed)
    assert set(recipients.values()) == {1}
    assert len(recipients) == len([each for each in letters if each.state == "sent"]) >= 5
