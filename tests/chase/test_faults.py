"""Servers that misbehave at each command, met by the product's own delivery of a real campaign's letters."""

import itertools
from collections import Counter

import pytest

from tasks.chase.deliver import deliver_waiting
from tasks.chase.outbox import enqueue
from tasks.chase.steps import letters_due
from tasks.desk import open_desk
from tasks.ledger import claims, outbox
from tasks.mail.sending import session
from tasks.settings import Home
from tasks.status.view import look
from tasks.terms import times
from tests.line.office import CAMPAIGN, OFFICE, make_home
from tests.rig.smtp_scripts import (
    DROP,
    ENDLESS,
    GARBAGE,
    GBK,
    HALF,
    LATE,
    STALL,
    TAKE_AND_DROP,
    scripted_server,
)

MOMENTS = ("connect", "ehlo", "mail", "rcpt", "data", "dot", "rset", "quit")
FAULTS = (
    "421 4.3.2 closing",
    "450-4.7.1 greylisted\n450 try again in 300 seconds",
    "452 4.3.1 insufficient storage",
    "550 Mail frequency limited",
    "550-5.7.1 refused\n550 go away",
    "554 no",
    DROP,
    HALF,
    GARBAGE,
    "999 no such code",
)
CASES = [
    *itertools.product(MOMENTS, FAULTS),
    ("dot", TAKE_AND_DROP),
    ("connect", STALL),
    ("data", STALL),
    ("dot", STALL),
    ("dot", LATE + "250 kept after all"),
    ("dot", ENDLESS),
    ("mail", ENDLESS),
    ("rcpt", GBK + "550 5.7.1 垃圾邮件，拒绝接收"),
    ("mail", "552 5.3.4 too big"),
    ("rcpt", "452 4.5.3 too many recipients"),
]
TAKEN = ("dot", TAKE_AND_DROP)
SETTLED = {"sent", "refused", "retry", "unknown", "queued"}


@pytest.fixture
def home(tmp_path, monkeypatch) -> Home:
    monkeypatch.setattr(session, "TIMEOUT", 0.3)
    monkeypatch.setattr("tasks.chase.outbox.SLOWER", (0, 0))
    text = CAMPAIGN.replace("{kind: imap, account: office}", "{kind: maildir, path: var/mail/inbox}")
    made = make_home(tmp_path / "home", campaign=text)
    path = made.config / "campaigns" / "drill.yaml"
    path.write_text(path.read_text("utf-8").replace("account: capture", "account: office"), "utf-8")
    return made


def due_at(home, moment, port):
    """The campaign's desk at that moment, its letters queued; the server is on that port."""
    (home.config / "office.yaml").write_text(
        f"bureau: 某局\naccounts:\n  office: {{address: {OFFICE}, display_name: 某局, letters_per_minute: 0, "
        f"smtp: {{host: 127.0.0.1, port: {port}, tls: none}}}}\n",
        "utf-8",
    )
    desk = open_desk("drill", times.parse(moment), home)
    enqueue(desk.ledger, desk.store, letters_due(desk), desk.now)
    return desk


def sent_from(home, moment, port):
    """One round of delivery through the server on that port."""
    desk = due_at(home, moment, port)
    done = deliver_waiting(desk)
    with desk.ledger.read() as connection:
        found = outbox.of_campaign(connection, "drill", desk.clock())
    shown = look(open_desk("drill", times.parse(moment), home)).in_words()
    desk.ledger.close()
    return found, done, shown


@pytest.mark.parametrize(("moment", "fault"), CASES, ids=[f"{m} {f[:16]!r}" for m, f in CASES])
def test_every_fault_ends_in_a_recorded_state_and_none_in_a_second_copy(home, moment, fault):
    script = {moment: fault} | ({"rcpt": ["550 no such user", "250 ok"]} if moment == "rset" else {})
    with scripted_server(script, stall=1) as bad:
        first, done, shown = sent_from(home, "2023-06-01T09:30", bad.port)
    assert {each.state for each in first} <= SETTLED
    assert all(each.reply.isprintable() for each in first)
    assert all(each.reply for each in first if each.state in {"retry", "refused", "unknown"})
    counts = Counter(each.state for each in first)
    assert ("去向不明" in shown) is bool(counts["unknown"])
    assert ("待发" in shown) is bool(counts["retry"] + counts["queued"])
    assert bool(done["stopped"]) or not counts["queued"]

    with scripted_server({}) as good:
        then, _, _ = sent_from(home, "2023-06-01T10:30", good.port)
    assert [each.attempts for each in then if each.state == "unknown"] == [1] * counts["unknown"]
    assert {each.state for each in then} <= {"sent", "refused", "unknown"}
    kept = Counter(bad.kept + good.kept)
    assert set(kept.values()) <= {1}
    taken = len(first) if (moment, fault) == TAKEN else sum(each.state == "sent" for each in then)
    assert len(kept) == taken


def test_letters_a_dead_worker_had_claimed_are_looked_after_though_no_other_waits(home):
    with scripted_server({}) as good:
        desk = due_at(home, "2023-06-01T09:30", good.port)
        with desk.ledger.write() as connection:
            taken = claims.reserve(connection, outbox.waiting(connection, "drill"), desk.now)
        desk.ledger.close()
        found, _, shown = sent_from(home, "2023-06-01T10:30", good.port)
    assert [each.state for each in found] == ["unknown"] * len(taken) != []  # the machine came up since
    assert "去向不明" in shown
