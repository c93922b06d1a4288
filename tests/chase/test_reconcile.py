"""What came back to our mailbox, from the octets in it to the letter, the unit and the call list."""

import os
from datetime import datetime
from email.utils import format_datetime

import pytest

from tasks.chase.calls import calls_due
from tasks.chase.steps import answer
from tasks.intake.steps import judge, take_in
from tasks.ledger import outbox, reach
from tasks.ledger.schema import letter
from tasks.settings import CAPTURE
from tasks.terms import times
from tests.chase import test_write
from tests.chase.test_write import CAMPAIGN, at, chased

home = test_write.home
SENT_AT, BACK_AT, HEARD_AT = "2023-05-31T09:00", "2023-05-31T09:20", "2023-05-31T10:00"
WEST = "west@units.example"


@pytest.fixture
def office(home):
    path = home.config / "campaigns" / "drill.yaml"
    own = CAMPAIGN.replace("{kind: drop, path: var/drop/drill}", "{kind: maildir, path: var/mail/inbox}")
    path.write_text(own, "utf-8")
    for name in ("new", "cur", "tmp"):
        (home.var / "mail" / "inbox" / name).mkdir(parents=True)
    chased(SENT_AT)
    return home


ABSENT = ("Auto-Submitted: auto-replied", "Return-Path: <>")


def letters():
    desk = at(HEARD_AT)
    with desk.ledger.read() as connection:
        return {q.address: q for q in outbox.of_campaign(connection, "drill", desk.now)}


def dead():
    with at(HEARD_AT).ledger.read() as connection:
        return reach.dead_addresses(connection)


def comes(home, raw: bytes, moment: str = BACK_AT) -> None:
    """A mail lies in our box; then a check runs."""
    then = times.parse(moment)
    path = home.var / "mail" / "inbox" / "new" / "1.back"
    stamp = format_datetime(datetime.fromisoformat(moment + "+08:00"))
    path.write_bytes(f"Received: from mx by office; {stamp}\r\n".encode() + raw)
    os.utime(path, (then.timestamp(), then.timestamp()))
    for step in (take_in, judge, answer):
        step.fn("drill", times.utc(times.parse(HEARD_AT)))


def prose(subject: str, words: str, *lines: str, sender="postmaster@mx.example", original=None) -> bytes:
    known = original or letters()[WEST].message_id
    head = [f"From: {sender}", f"To: {CAPTURE.address}", f"Subject: {subject}", *lines, "MIME-Version: 1.0"]
    back = f"Message-ID: {known}\r\nTo: {WEST}\r\n\r\nx"
    return (
        "\r\n".join(head)
        + '\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n'
        + f"Content-Type: text/plain; charset=utf-8\r\n\r\n{words}\r\n"
        + f"--b\r\nContent-Type: message/rfc822\r\n\r\n{back}\r\n--b--\r\n"
    ).encode()


def test_an_address_that_is_not_there_is_given_up_and_its_unit_is_to_be_telephoned(office):
    comes(office, prose("系统退信", f"收件人 {WEST} 不存在（550 User not found）"))
    found = letters()[WEST]
    assert found.state == "refused"
    assert "550 User not found" in found.reply
    assert list(dead()) == [WEST]
    (call,) = [c for c in calls_due(at(HEARD_AT)) if c.unit.name == "西山镇"]
    assert "邮箱收不到信" in call.why


def test_a_letter_refused_for_its_words_leaves_the_address_and_still_is_to_be_telephoned(office):
    comes(office, prose("系统退信", f"发给 {WEST} 的邮件被判为垃圾邮件（554 DT:SPM）"))
    assert letters()[WEST].state == "refused"
    assert dead() == {}
    (call,) = [c for c in calls_due(at(HEARD_AT)) if c.unit.name == "西山镇"]
    assert "信件没有送到" in call.why


def test_a_full_mailbox_is_tried_again_later(office):
    comes(office, prose("退信", f"{WEST} 的邮箱已满，552 Quota exceeded"))
    assert letters()[WEST].state == "retry"
    assert dead() == {}


@pytest.mark.parametrize(
    ("subject", "words", "lines"),
    [
        ("邮件投递延迟通知", f"发给 {WEST} 的邮件延迟，系统将继续尝试，451 4.4.1", ()),
        ("自动回复：【催报】明天截止", "我外出至周五，急事找 501 室李四", ABSENT),
    ],
)  # fmt: skip
def test_a_delay_or_an_absent_clerk_changes_nothing(office, subject, words, lines):
    sender = WEST if "回复" in subject else "postmaster@mx.example"
    comes(office, prose(subject, words, *lines, sender=sender))
    assert letters()[WEST].state == "sent"
    assert dead() == {}


def unknown(address: str) -> None:
    """As if the line had been lost after the letter went out."""
    with at(HEARD_AT).ledger.write() as connection:
        connection.execute(letter.update().where(letter.c.address == address).values(state="unknown"))


@pytest.mark.parametrize("header", ["Message-ID", "X-OQ-MSGID"])
def test_our_own_copy_settles_what_was_unknown_also_where_the_server_gave_it_another_name(office, header):
    known = letters()[WEST].message_id
    unknown(WEST)
    named = "" if header == "Message-ID" else "Message-ID: <tencent_1@qq.example>\r\n"
    head = f"From: {CAPTURE.address}\r\nTo: {WEST}\r\nSubject: x\r\n{named}{header}: {known}\r\n"
    comes(office, head.encode() + b"\r\nwords")
    found = letters()[WEST]
    assert (found.state, found.reply) == ("sent", "已由密送本邮箱的一份证实交出")


def test_a_notice_about_our_own_copy_says_nothing_against_the_unit(office):
    known = letters()[WEST].message_id
    raw = (
        f"From: MAILER-DAEMON@mx.example\r\nTo: {CAPTURE.address}\r\nSubject: Undelivered Mail\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; {CAPTURE.address}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        f"--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: {known}\r\n\r\n\r\n--b--\r\n"
    )
    comes(office, raw.encode())
    assert letters()[WEST].state == "sent"
    assert dead() == {}
