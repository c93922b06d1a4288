"""After the time the office gives, persons are gone from ledger and disk; figures and the chain stay."""

import mailbox
import os

import pytest

from flows.__main__ import main
from tasks.desk import open_desk
from tasks.health.retention import forget_all, overdue, survey
from tasks.ledger import acts
from tasks.settings import Home
from tasks.status.view import look
from tasks.terms import times
from tasks.terms.errors import Misconfigured
from tests.health.test_signs import take_in
from tests.line import office, papers

JUNE, LATER = "2023-06-02T10:00", "2024-06-08T10:00"
SENDER = office.address("A01")


@pytest.fixture
def home(tmp_path) -> Home:
    made = office.make_home(tmp_path)
    with (made.config / "office.yaml").open("a", encoding="utf-8") as file:
        file.write("keep_days: 365\n")
    (made.var / "mail").mkdir(parents=True)
    inbox = mailbox.Maildir(made.var / "mail" / "inbox", create=True)
    inbox.add(letter("东山镇"))
    moment = times.parse("2023-05-31T09:00").timestamp()
    for path in (made.var / "mail" / "inbox" / "new").iterdir():
        os.utime(path, (moment, moment))
    take_in(made, JUNE)
    return made


def letter(unit: str) -> bytes:
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = SENDER, office.OFFICE, f"{unit}防汛演练总结 联系人张三"
    mail["Message-ID"], mail["Date"] = "<1@units.example>", "Wed, 31 May 2023 09:00:00 +0800"
    mail.set_content("请查收")
    mail.add_attachment(
        papers.narrative(unit), maintype="application", subtype="octet-stream", filename=f"{unit}张三.docx"
    )
    return mail.as_bytes()


def desk(home: Home, at: str = LATER):
    return open_desk("drill", times.parse(at), home)


def everything(home: Home) -> bytes:
    """All bytes the office holds, the mailbox of others apart."""
    opened = desk(home)
    with opened.ledger.read() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    files = [p for p in home.var.rglob("*") if p.is_file() and "inbox" not in p.parts]
    return b"".join(p.read_bytes() for p in files)


def test_too_early_or_without_a_rule_nothing_is_deleted(home):
    with pytest.raises(Misconfigured, match="保存到 2024年"):
        survey(desk(home, "2024-06-01T10:00"), packages=False)
    text = (home.config / "office.yaml").read_text("utf-8").replace("keep_days: 365\n", "")
    (home.config / "office.yaml").write_text(text, "utf-8")
    with pytest.raises(Misconfigured, match="没有写 keep_days"):
        survey(desk(home), packages=False)


def test_without_yes_the_verb_only_shows(home, capsys):
    words = ["--home", str(home.root), "forget", "drill", "--as-of", LATER]
    assert main(words) == 0
    assert "将删除" in capsys.readouterr().out
    assert SENDER.encode() in everything(home)


def test_afterwards_no_address_no_sender_and_no_original_is_left_and_the_figures_are(home):
    before = [(s.unit, s.obligation, s.state, s.values, s.received_at) for s in look(desk(home)).standings]
    assert any(state == "accepted" for _, _, state, _, _ in before)
    found = forget_all(desk(home), packages=True, who="经办人甲", why="保存期满")
    assert found.digests
    assert not [path for path in home.store.rglob("*") if path.is_file()]
    after = [(s.unit, s.obligation, s.state, s.values, s.received_at) for s in look(desk(home)).standings]
    assert after == before
    with desk(home).ledger.read() as connection:
        assert acts.broken_link(connection) is None
        for table in ("arrival", "judgement", "submission", "queue_item", "letter"):
            rows = str(connection.exec_driver_sql(f"SELECT * FROM {table}").all())
            assert SENDER not in rows
            assert "张三" not in rows
    assert overdue(home, desk(home).now) == []
    assert forget_all(desk(home), packages=True, who="经办人甲", why="保存期满").digests == ()


def test_another_campaign_that_still_needs_a_mail_keeps_it(home):
    text = (home.config / "campaigns" / "drill.yaml").read_text("utf-8")
    later = text.replace("id: drill", "id: other").replace("2023-", "2024-").replace("〔2023〕", "〔2024〕")
    (home.config / "campaigns" / "other.yaml").write_text(later, "utf-8")
    from tasks.intake.settle import rules_of, settle_new
    from tasks.intake.sources import source_names

    other = open_desk("other", times.parse("2024-06-02T10:00"), home)
    own = other.own_addresses
    settle_new(other.ledger, other.store, rules_of(other), source_names(other), other.now, own_addresses=own)
    with other.ledger.read() as connection:
        query = "SELECT outcome FROM judgement WHERE campaign = 'other'"
        needed = connection.exec_driver_sql(query).scalar() != "ignored"
    forget_all(desk(home), packages=False, who="甲", why="期满")
    assert any(p.is_file() for p in home.store.rglob("*")) is needed


def test_a_campaign_made_later_does_not_trip_over_what_is_gone(home):
    forget_all(desk(home), packages=False, who="甲", why="期满")
    text = (home.config / "campaigns" / "drill.yaml").read_text("utf-8")
    later = text.replace("id: drill", "id: other").replace("2023-", "2025-").replace("〔2023〕", "〔2025〕")
    (home.config / "campaigns" / "other.yaml").write_text(later, "utf-8")
    from tasks.intake.settle import rules_of, settle_new
    from tasks.intake.sources import source_names

    other = open_desk("other", times.parse("2025-06-02T10:00"), home)
    own = other.own_addresses
    settled = settle_new(
        other.ledger, other.store, rules_of(other), source_names(other), other.now, own_addresses=own
    )
    assert settled.submissions == settled.queued == 0
