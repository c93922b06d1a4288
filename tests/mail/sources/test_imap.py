import imaplib
import itertools
import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tasks.mail.sending.transport import SmtpServer
from tasks.mail.sources import imap, imap_answers
from tasks.mail.sources.imap import ImapInbox
from tasks.terms.errors import Misconfigured, Transient
from tests.mail.conftest import DOMAIN
from tests.mail.letters import plain

_boxes = itertools.count()


class Mailbox:
    """A clerk's own view of the mailbox, by the standard library."""

    def __init__(self, dovecot):
        self.dovecot = dovecot
        self.opened = []
        self.address = f"box{next(_boxes)}@{DOMAIN}"
        self.client = imaplib.IMAP4("127.0.0.1", dovecot.imap)
        self.client.login(self.address, dovecot.password)

    def put(self, words, folder="INBOX", at='"27-Mar-2023 10:00:00 +0800"'):
        assert self.client.append(folder, None, at, plain(words))[0] == "OK"

    def inbox(self, folder="INBOX", **changes):
        server = changes.get("server") or SmtpServer("127.0.0.1", self.dovecot.imap, "none")
        password = changes.get("password", self.dovecot.password)
        inbox = ImapInbox("imap", server, self.address, password, folder=folder)
        self.opened.append(inbox)
        return inbox

    def flags(self):
        self.client.select("INBOX")
        return [b"\\Seen" in row for row in self.client.fetch("1:*", "(FLAGS)")[1]]


@pytest.fixture
def box(dovecot):
    mailbox = Mailbox(dovecot)
    yield mailbox
    for inbox in mailbox.opened:
        inbox.close()
    mailbox.client.logout()


def words(items):
    return [i.data.rpartition(b"\r\n\r\n")[2].decode() for i in items]


def take(inbox, cursor=""):
    found = list(inbox.new(cursor))
    for item in found:
        inbox.settle(item)
    return found, inbox.cursor()


def test_new_mail_is_offered_in_order_with_the_servers_time(box):
    box.put("one")
    box.put("two", at='" 4-Apr-2023 23:59:58 +0000"')
    found, cursor = take(box.inbox())
    assert words(found) == ["one", "two"]
    assert [i.received_at for i in found] == [
        datetime(2023, 3, 27, 2, tzinfo=UTC),
        datetime(2023, 4, 4, 23, 59, 58, tzinfo=UTC),
    ]
    assert [i.key for i in found] == [f"{cursor.split(':')[0]}:1", cursor]


def test_only_what_came_since_is_offered(box):
    box.put("one")
    _, cursor = take(box.inbox())
    assert take(box.inbox(), cursor) == ([], cursor)
    box.put("two")
    found, later = take(box.inbox(), cursor)
    assert words(found) == ["two"]
    assert take(box.inbox(), later)[0] == []


def test_a_server_that_tells_no_uidnext_still_offers_nothing_twice(box, monkeypatch):
    box.put("one")
    _, cursor = take(box.inbox())
    told = imap._number
    monkeypatch.setattr(imap, "_number", lambda client, name: 0 if name == "UIDNEXT" else told(client, name))
    assert take(box.inbox(), cursor)[0] == []


def test_mail_is_marked_as_read_only_once_it_is_settled(box):
    for each in ("one", "two", "three"):
        box.put(each)
    inbox = box.inbox()
    found = list(inbox.new(""))
    assert box.flags() == [False] * 3
    inbox.settle(found[0])
    inbox.settle(found[0])
    inbox.cursor()
    assert box.flags() == [True, False, False]


def test_nothing_new_costs_no_command_after_select(box, monkeypatch):
    box.put("one")
    _, cursor = take(box.inbox())
    asked = []
    monkeypatch.setattr(imaplib.IMAP4, "uid", lambda *a: asked.append(a))
    assert list(box.inbox().new(cursor)) == []
    assert asked == []


def test_a_recreated_folder_is_read_again_from_the_start(box):
    box.client.create("reports")
    box.put("one", "reports")
    _, cursor = take(box.inbox("reports"))
    box.client.delete("reports")
    time.sleep(1.1)  # UIDVALIDITY is a time in seconds
    box.client.create("reports")
    box.put("other", "reports")
    found, later = take(box.inbox("reports"), cursor)
    assert words(found) == ["other"]
    assert later.split(":")[0] != cursor.split(":")[0]


def test_a_mail_that_vanishes_on_the_way_is_passed_over(box, monkeypatch):
    monkeypatch.setattr(imap_answers, "BATCH_MAILS", 2)
    for each in ("one", "two", "three", "four", "five"):
        box.put(each)
    inbox = box.inbox()
    items = inbox.new("")
    found = [next(items)]
    box.client.select("INBOX")
    box.client.store("4", "+FLAGS", r"(\Deleted)")
    box.client.expunge()
    found += items
    assert words(found) == ["one", "two", "three", "five"]
    assert inbox.cursor().endswith(":5")
    assert inbox.problems == []


def test_a_mail_the_server_withholds_is_asked_for_again_and_alone(box, monkeypatch):
    for each in ("one", "two", "three"):
        box.put(each)
    inbox = box.inbox()
    fetch = ImapInbox._bodies
    monkeypatch.setattr(ImapInbox, "_bodies", lambda *a: {u: b for u, b in fetch(*a).items() if u != 2})
    found, cursor = take(inbox)
    assert words(found) == ["one", "three"]
    assert cursor.endswith(":3;2")
    assert len(inbox.problems) == 1
    monkeypatch.undo()
    found, cursor = take(box.inbox(), cursor)
    assert words(found) == ["two"]
    assert cursor.endswith(":3")


def test_a_withheld_mail_that_staff_moved_away_is_forgotten(box, monkeypatch):
    for each in ("one", "two", "three"):
        box.put(each)
    with monkeypatch.context() as patch:
        fetch = ImapInbox._bodies
        patch.setattr(ImapInbox, "_bodies", lambda *a: {u: b for u, b in fetch(*a).items() if u != 2})
        _, cursor = take(box.inbox())
    box.client.select("INBOX")
    box.client.store("2", "+FLAGS", r"(\Deleted)")
    box.client.expunge()
    inbox = box.inbox()
    found, cursor = take(inbox, cursor)
    assert (words(found), inbox.problems) == ([], [])
    assert cursor.endswith(":3")


def test_a_chinese_folder_is_found(box):
    box.client.create('"&UXZO1mWHTvZZOQ-"')
    box.put("one", '"&UXZO1mWHTvZZOQ-"')
    assert words(take(box.inbox("其他文件夹"))[0]) == ["one"]


def test_unread_mails_in_what_the_server_calls_junk_are_counted_and_what_a_run_took_no_longer_is(box):
    box.client.create('"&V4NXPpCuTvY-"')
    box.client.create("Spam")
    box.client.create('"&XeVPXJCuTvY-"')
    assert box.inbox().reach() == {}
    for words_ in ("one", "two"):
        box.put(words_, '"&V4NXPpCuTvY-"')
    box.put("three", '"&XeVPXJCuTvY-"')
    assert box.inbox().reach() == {"垃圾邮件": 2}
    take(box.inbox("垃圾邮件"))
    assert box.inbox().reach() == {}


def test_a_mail_too_large_is_taken_in_part_and_told(box, monkeypatch):
    monkeypatch.setattr(imap, "LARGEST_MAIL", 1000)
    monkeypatch.setattr(imap, "PART_OF_A_LARGE_ONE", 300)
    box.put("x" * 3000)
    box.put("small")
    inbox = box.inbox()
    found, _ = take(inbox)
    assert [len(i.data) for i in found] == [300, len(plain("small"))]
    assert "人工处理" in inbox.problems[0]


def test_three_hundred_mails_are_streamed(box):
    for number in range(300):
        box.put(str(number))
    items = box.inbox().new("")
    assert words([next(items)]) == ["0"]
    assert words(items) == [str(n) for n in range(1, 300)]


def test_a_wrong_password_and_a_missing_folder_are_the_operators_business(box):
    with pytest.raises(Misconfigured, match="授权码"):
        list(box.inbox(password="wrong").new(""))
    with pytest.raises(Misconfigured, match="邮件夹"):
        list(box.inbox("no such folder").new(""))


def test_a_server_that_is_not_there_is_for_later(box):
    with pytest.raises(Transient):
        list(box.inbox(server=SmtpServer("127.0.0.1", 9, "none")).new(""))


def test_encryption_that_is_not_offered_is_not_done_without(box):
    with pytest.raises(Transient):
        list(box.inbox(server=SmtpServer("127.0.0.1", box.dovecot.imap, "starttls")).new(""))


def test_a_line_that_drops_once_is_taken_up_again(box, monkeypatch):
    monkeypatch.setattr(imap_answers, "BATCH_MAILS", 1)
    box.put("one")
    box.put("two")
    inbox = box.inbox()
    items = inbox.new("0:0")
    found = [next(items)]
    inbox._box.client.sock.shutdown(2)
    assert words([*found, *items]) == ["one", "two"]
    assert inbox.cursor().endswith(":2")


def test_a_line_that_stays_away_is_for_later_and_the_cursor_is_behind_what_came(box, monkeypatch):
    monkeypatch.setattr(imap_answers, "BATCH_MAILS", 1)
    box.put("one")
    box.put("two")
    inbox = box.inbox()
    items = inbox.new("0:0")
    next(items)
    inbox._box.client.sock.shutdown(2)
    inbox._door = replace(inbox._door, server=SmtpServer("127.0.0.1", 1, "none"))
    with pytest.raises(Transient):
        next(items)
    assert inbox.cursor().endswith(":1")


def test_it_says_who_it_is_where_the_server_asks(box, monkeypatch):
    said = []
    told = imaplib.IMAP4.xatom
    monkeypatch.setattr(imaplib.IMAP4, "xatom", lambda self, *a: (said.append(a), told(self, *a))[1])
    take(box.inbox())
    assert said[0][0] == "ID"
