"""Mailboxes as their providers serve them, and servers that give up at every place."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from tasks.mail.sending.transport import SmtpServer
from tasks.mail.sources import imap_login
from tasks.mail.sources.imap import ImapInbox
from tasks.mail.sources.incoming import WHEN_TAKEN
from tasks.terms.errors import Misconfigured, Transient
from tests.mail.letters import plain
from tests.rig.imap_scripts import Cut, ImapScript, scripted_mailbox

MAILS = {uid: plain(str(uid)) for uid in (1, 2, 3, 5)}


def inbox(box: ImapScript) -> ImapInbox:
    return ImapInbox("imap", SmtpServer("127.0.0.1", box.port, "none"), "a@x.example", "secret")


def take(box: ImapScript, cursor: str = "") -> tuple[list[str], str]:
    """The words of what came, and the cursor after it."""
    opened = inbox(box)
    try:
        found = []
        for item in opened.new(cursor):
            found.append(item.data.rpartition(b"\r\n\r\n")[2].decode())
            opened.settle(item)
        return found, opened.cursor()
    finally:
        opened.close()


@pytest.fixture
def box():
    with scripted_mailbox(mails=dict(MAILS)) as served:
        yield served


@pytest.mark.parametrize("tells_id", [True, False])
def test_163_lets_in_who_says_who_it_is(box, tells_id):
    box.demands_id, box.tells_id = True, tells_id
    assert take(box) == (["1", "2", "3", "5"], "7:5")
    assert box.count("ID (") == 1


def test_a_mailbox_that_is_refused_all_the_same_is_the_operators_business(box):
    box.on["SELECT"] = "TAG NO SELECT Unsafe Login. Please contact the provider"
    with pytest.raises(Misconfigured, match="Unsafe Login"):
        take(box)


def test_qqs_search_is_never_asked(box):
    assert take(box)[0] == ["1", "2", "3", "5"]
    assert box.count("SEARCH") == 0


def test_nothing_new_is_one_round_trip_behind_the_log_in(box):
    box.commands.clear()
    assert take(box, "7:5") == ([], "7:5")
    asked = [
        c.split()[0] for c in box.commands if c.split()[0] not in {"CAPABILITY", "LOGIN", "ID", "LOGOUT"}
    ]
    assert asked == ["SELECT"]


def test_a_hundred_thousand_mails_known_already_cost_no_more():
    with scripted_mailbox(mails=dict.fromkeys(range(1, 100_001), b"x")) as box:
        assert take(box, "7:100000") == ([], "7:100000")
        assert box.count("FETCH") == 0


def test_one_new_mail_among_many_costs_two_questions_for_it(box):
    assert take(box, "7:3") == (["5"], "7:5")
    assert box.count("FETCH") == 2


def test_a_mailbox_that_numbers_itself_anew_is_read_from_the_start(box):
    _, cursor = take(box)
    box.validity = 8
    assert take(box, cursor) == (["1", "2", "3", "5"], "8:5")


def test_a_mail_expunged_while_they_are_given_out_is_passed_over(box):
    def gone(uid: int) -> bytes | None:
        if uid != 2:
            return None
        box.mails.pop(2)
        return b"* 2 EXPUNGE\r\n"

    box.before_mail = gone
    assert take(box) == (["1", "3", "5"], "7:5")


def cut(_uid: int) -> None:
    raise Cut


def cut_at(*uids: int) -> Callable[[int], None]:
    return lambda uid: cut(uid) if uid in uids else None


@pytest.mark.parametrize("at", [1, 2, 5])
def test_a_server_that_restarts_loses_nothing(box, at):
    left = [at]
    box.before_mail = lambda uid: cut(left.remove(uid)) if uid in left else None
    assert take(box) == (["1", "2", "3", "5"], "7:5")


@pytest.mark.parametrize("at", [1, 2, 5])
def test_one_mail_over_which_the_server_breaks_down_keeps_nothing_waiting_and_is_told(box, at):
    box.before_mail = cut_at(at)
    opened = inbox(box)
    assert len(list(opened.new(""))) == 3
    assert opened.cursor() == f"7:5;{at}"
    assert "请在邮箱网页中找到它" in opened.problems[0]
    assert "2023-06-01 10:00 收到" in opened.problems[0]
    box.before_mail = lambda _uid: None
    assert take(box, opened.cursor()) == ([str(at)], "7:5")


def test_however_many_mails_break_the_line_at_every_visit_what_is_new_comes_first(box):
    box.before_mail = cut_at(1, 2, 3)
    assert take(box, "7:3;1,2,3") == (["5"], "7:5;1,2,3")
    box.before_mail = lambda _uid: None
    assert take(box, "7:5;1,2,3") == (["1", "2", "3"], "7:5")


def test_a_line_lost_over_every_mail_is_the_lines_fault(box):
    box.before_mail = cut
    with pytest.raises(Transient):
        take(box)
    box.before_mail = lambda _uid: None
    assert take(box) == (["1", "2", "3", "5"], "7:5")


def test_a_server_that_withholds_a_great_many_is_asked_again_from_the_first():
    with scripted_mailbox(mails=dict.fromkeys(range(1, 301), b"x")) as box:
        box.before_mail = lambda uid: b"* 1 EXISTS\r\n" if uid > 100 else None
        found, cursor = take(box)
        assert (len(found), cursor) == (100, "7:100")


@pytest.mark.parametrize(
    "told",
    [
        "(UID {uid} INTERNALDATE NIL RFC822.SIZE {size})",
        "(UID {uid} RFC822.SIZE {size})",
        '(UID {uid} INTERNALDATE "31-Feb-2023 10:00:00 +0800" RFC822.SIZE {size})',
        '(UID {uid} INTERNALDATE "01-6月-2023 10:00:00 +0800" RFC822.SIZE {size})',
        '(UID {uid} INTERNALDATE "01-Foo-2023 10:00:00 +0800" RFC822.SIZE {size})',
        '(UID {uid} INTERNALDATE "01-Jun-2023 10:00:00 +9999" RFC822.SIZE {size})',
        '(UID {uid} INTERNALDATE "01-Jun-2023 10:00:00" RFC822.SIZE {size})',
        '(UID {uid} INTERNALDATE "01-Jan-1970 00:00:00 +0000" RFC822.SIZE {size})',
    ],
)
def test_a_mail_without_a_time_of_receipt_is_taken_with_what_its_own_head_says_or_no_time_at_all(box, told):
    box.mails[3] = b"Received: by mx.x.example; Thu, 1 Jun 2023 09:30:00 +0800\r\n" + MAILS[3]
    box.tells = lambda _n, uid, size: told.format(uid=uid, size=size) if uid in {2, 3} else None
    opened = inbox(box)
    came = {item.key: item.received_at for item in opened.new("")}
    opened.close()
    assert came["7:2"] == WHEN_TAKEN
    assert came["7:3"] == datetime(2023, 6, 1, 1, 30, tzinfo=UTC)
    assert came["7:5"] == datetime(2023, 6, 1, 2, tzinfo=UTC)
    assert len(opened.remarks) == 2


def test_a_leap_second_and_a_date_sent_as_a_literal_are_read(box):
    leap = '(UID {uid} INTERNALDATE "31-Dec-2016 23:59:60 +0000" RFC822.SIZE 9)'
    literal = "(UID {uid} RFC822.SIZE 9 INTERNALDATE {{26}}\r\n01-Jun-2023 10:00:00 +0800)"
    box.tells = lambda _n, uid, _size: (leap if uid == 2 else literal).format(uid=uid)
    opened = inbox(box)
    came = {item.key: item.received_at for item in opened.new("")}
    opened.close()
    assert came["7:2"] == datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert came["7:3"] == datetime(2023, 6, 1, 2, tzinfo=UTC)


def test_one_mail_told_of_in_two_answers_is_one(box):
    parts = '(UID {uid} RFC822.SIZE 9)\r\n* {n} FETCH (UID {uid} INTERNALDATE "01-Jun-2023 10:00:00 +0800")'
    box.tells = lambda n, uid, _size: parts.format(n=n, uid=uid)
    assert take(box) == (["1", "2", "3", "5"], "7:5")


def test_a_mail_that_comes_without_a_single_octet_has_not_come(box):
    box.before_mail = lambda uid: b"* 2 FETCH (UID 2 BODY[] {0}\r\n)\r\n" if uid == 2 else None
    assert take(box) == (["1", "3", "5"], "7:5;2")


def test_a_mailbox_put_back_from_a_backup_is_read_from_the_start(box):
    assert take(box, "7:50") == (["1", "2", "3", "5"], "7:5")


def test_a_server_that_only_counts_wrongly_is_not_read_again(box):
    box.next_uid = 3
    assert take(box, "7:5") == ([], "7:5")


def test_a_server_that_counts_wrongly_keeps_no_mail_back(box):
    box.next_uid = 3
    assert take(box, "7:3") == (["5"], "7:5")


def test_a_mailbox_that_may_only_be_read_is_read(box):
    box.read_only = True
    assert take(box) == (["1", "2", "3", "5"], "7:5")
    assert box.count("STORE") == 0


QQ = (
    "Login fail. Account is abnormal, service is not open, password is incorrect, login frequency limited, "
    "or system is busy. More information at https://help.mail.example/detail/108/1023"
)


@pytest.mark.parametrize(
    ("word", "said", "kind", "told"),
    [
        ("LOGIN", QQ, Transient, "请检查用户名和授权码"),
        ("LOGIN", "系统忙，请稍后再试", Transient, "系统忙，请稍后再试"),
        ("LOGIN", "密码错误", Misconfigured, "登录被拒：密码错误"),
        ("LOGIN", "LOGIN Login error password error", Misconfigured, "请检查用户名和授权码"),
        ("SELECT", "[UNAVAILABLE] Backend timeout", Transient, "Backend timeout"),
        ("SELECT", "System busy!", Transient, "下次再收"),
        ("SELECT", "[NONEXISTENT] no such mailbox", Misconfigured, "打不开邮件夹“INBOX”"),
        ("FETCH", "[SERVERBUG] 内部错误", Transient, "内部错误"),
    ],
)
def test_what_a_server_refuses_is_told_in_its_own_words_and_by_who_must_act(box, word, said, kind, told):
    box.on[word] = f"TAG NO {said}"
    with pytest.raises(kind, match=re.escape(told)) as fault:
        take(box)
    assert "b'" not in str(fault.value)
    box.on.clear()
    assert take(box)[0] == ["1", "2", "3", "5"]


@pytest.mark.parametrize("word", ["LOGIN", "SELECT", "FETCH"])
@pytest.mark.parametrize("said", ["* BYE Autologout; idle for too long", "* BYE [UNAVAILABLE] shutting down"])
def test_a_server_that_says_good_bye_is_for_later(box, word, said):
    box.on[word] = said
    with pytest.raises(Transient):
        take(box)
    box.on.clear()
    assert take(box)[0] == ["1", "2", "3", "5"]


@pytest.mark.parametrize(
    "instead",
    [
        b"* 1 FETCH (UID 1 BODY[] {99999999999}\r\nshort",
        b"* 1 FETCH (UID 1 BODY[] {500000000}\r\nshort",
        b"* 1 FETCH (UID 1 BODY[] {200}\r\nshort)\r\n",
        b"* 1 FETCH (UID 1 BODY[] {-5}\r\n)\r\n",
        b"* garbage\r\n\r\n\0\xff\r\n",
    ],
)
def test_a_literal_longer_than_it_is_or_than_any_mail_costs_nothing_and_is_for_later(
    box, instead, monkeypatch
):
    monkeypatch.setattr(imap_login, "TIMEOUT", 1)
    box.before_mail = lambda uid: instead if uid == 1 else None
    opened = inbox(box)
    found = [i.data for i in opened.new("")]
    assert MAILS[1] not in found
    box.before_mail = lambda _uid: None
    assert "1" in take(box, opened.cursor())[0]
