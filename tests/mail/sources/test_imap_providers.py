"""Mailboxes as their providers serve them, and servers that give up at every place."""

import pytest

from tasks.mail.sending.transport import SmtpServer
from tasks.mail.sources import imap
from tasks.mail.sources.imap import ImapInbox
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


@pytest.mark.parametrize("at", [1, 2, 5])
def test_a_server_that_restarts_loses_nothing(box, at):
    def cut(uid: int) -> bytes | None:
        if uid == at:
            raise Cut
        return None

    box.before_mail = cut
    with pytest.raises(Transient):
        take(box)
    box.before_mail = lambda _uid: None
    assert take(box) == (["1", "2", "3", "5"], "7:5")


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
    monkeypatch.setattr(imap, "TIMEOUT", 1)
    box.before_mail = lambda uid: instead if uid == 1 else None
    opened = inbox(box)
    try:
        found = [i.data for i in opened.new("")]
        assert MAILS[1] not in found
        assert int(opened.cursor().rpartition(":")[2]) == 0
    except Transient:
        pass
    finally:
        opened.close()
    box.before_mail = lambda _uid: None
    assert take(box)[0] == ["1", "2", "3", "5"]
