import inspect
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yagmail
from yagmail import sender as yagmail_sender

from tasks.mail.parse import parse_mail
from tasks.mail.sending import session as session_room
from tasks.mail.sending import transport
from tasks.mail.sending.build import build_mail
from tasks.mail.sending.transport import SmtpAccount, SmtpServer, Transport
from tasks.mail.sources.imap import ImapInbox
from tasks.terms.errors import Misconfigured
from tasks.terms.letters import LetterState
from tests.mail.conftest import BUREAU, DOMAIN, STREET
from tests.rig.smtp_scripts import DROP, GARBAGE, HALF, STALL, TAKE_AND_DROP, scripted_server

SENT, REFUSED, RETRY, UNKNOWN = LetterState.SENT, LetterState.REFUSED, LetterState.RETRY, LetterState.UNKNOWN


def letter(number: int = 0, to: str = STREET, text: str = "各单位：\n.请报送\n..\n") -> bytes:
    return build_mail(
        sender=BUREAU, sender_name="局", recipient=to, recipient_name="街道", subject="催报", text=text,
        html="", message_id=f"<{number}@{DOMAIN}>", date=datetime(2023, 4, 1, tzinfo=UTC),
    )  # fmt: skip


def account(port: int, tls: str = "none", ca_file: str = "") -> SmtpAccount:
    return SmtpAccount(BUREAU, SmtpServer("127.0.0.1", port, tls), ca_file)


@pytest.fixture(autouse=True)
def short_timeout(monkeypatch):
    monkeypatch.setattr(session_room, "TIMEOUT", 0.5)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=rig.example",
         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", folder / "key", "-out", folder / "crt"],
        check=True, capture_output=True,
    )  # fmt: skip
    (folder / "both.pem").write_text((folder / "key").read_text() + (folder / "crt").read_text())
    return folder / "both.pem"


def deliver(script, *, password="", times=1, **server):
    with scripted_server(script, **server) as rig, Transport(account(rig.port), password) as session:
        outcomes = [session.deliver(letter(n), BUREAU, STREET) for n in range(times)]
    return outcomes, rig


def test_a_letter_arrives_octet_for_octet():
    (outcome,), rig = deliver({})
    assert (outcome.state, outcome.code) == (SENT, 250)
    assert rig.kept == [letter()]
    assert [r.lower() for r in rig.recipients] == [f"rcpt to:<{STREET}>"]


def test_lines_that_begin_with_a_dot_arrive_whole():
    wire = b"Subject: x\r\n\r\n.one\r\n..\r\n.\r\nend without a line end."
    with scripted_server({}) as rig, Transport(account(rig.port), "") as session:
        assert session.deliver(wire, BUREAU, STREET).state is SENT
    assert rig.kept == [wire + b"\r\n"]


CASES = [
    ({"mail": "451 4.7.1 greylisted"}, RETRY, False),
    ({"mail": "550 5.1.8 sender not yours"}, RETRY, True),
    ({"mail": "501 mail from address must be same as authorization user"}, RETRY, True),
    ({"mail": "552 5.3.4 too big"}, REFUSED, False),
    ({"mail": "530 authentication required"}, RETRY, True),
    ({"mail": DROP}, RETRY, False),
    ({"mail": STALL}, RETRY, False),
    ({"mail": HALF}, RETRY, False),
    ({"mail": GARBAGE}, RETRY, False),
    ({"rcpt": "550 5.1.1 no such user"}, REFUSED, False),
    ({"rcpt": "450 4.2.1 busy"}, RETRY, False),
    ({"rcpt": "550 Ip frequency limited"}, RETRY, False),
    ({"rcpt": "552 5.2.2 mailbox full"}, RETRY, False),
    ({"rcpt": "421 4.3.2 closing"}, RETRY, False),
    ({"rcpt": DROP}, RETRY, False),
    ({"rcpt": STALL}, RETRY, False),
    ({"rcpt": "251 will forward"}, SENT, False),
    ({"data": "451 try later"}, RETRY, False),
    ({"data": "554 no"}, REFUSED, False),
    ({"data": DROP}, RETRY, False),
    ({"data": GARBAGE}, RETRY, False),
    ({"dot": "451 4.3.0 later"}, RETRY, False),
    ({"dot": "421 closing"}, RETRY, False),
    ({"dot": "550 Mail content denied"}, REFUSED, False),
    ({"dot": "550 Sender frequency limited"}, RETRY, False),
    ({"dot": "554 DT:SPM"}, REFUSED, False),
    ({"dot": DROP}, UNKNOWN, False),
    ({"dot": TAKE_AND_DROP}, UNKNOWN, False),
    ({"dot": STALL}, UNKNOWN, False),
    ({"dot": HALF}, UNKNOWN, False),
    ({"dot": GARBAGE}, UNKNOWN, False),
    ({"connect": "554 go away"}, RETRY, True),
    ({"connect": "421 busy"}, RETRY, False),
    ({"connect": DROP}, RETRY, False),
    ({"connect": STALL}, RETRY, False),
    ({"ehlo": DROP}, RETRY, False),
]


@pytest.mark.parametrize(("script", "state", "stop"), CASES, ids=[" ".join(*c[0].items()) for c in CASES])
def test_every_misbehaviour_has_its_outcome(script, state, stop):
    (outcome,), rig = deliver(script)
    assert (outcome.state, outcome.stop_run) == (state, stop), outcome
    assert len([c for c in rig.commands if c.lower() == "data"]) <= 1  # exactly one attempt
    assert len(rig.kept) <= 1


def test_a_wrong_password_stops_the_run():
    (outcome,), _ = deliver(
        {"auth": "535 Login Fail. Please enter your authorization code"}, password="secret-1"
    )
    assert (outcome.state, outcome.code, outcome.stop_run) == (RETRY, 535, True)
    assert "secret-1" not in outcome.text


def test_a_log_in_that_is_busy_does_not_stop_the_run():
    (outcome,), _ = deliver({"auth": "454 4.7.0 temporary"}, password="secret-1")
    assert (outcome.state, outcome.stop_run) == (RETRY, False)


def test_a_server_without_log_in_stops_the_run():
    (outcome,), _ = deliver({}, password="secret-1", extensions=("SIZE 100",))
    assert (outcome.state, outcome.stop_run) == (RETRY, True)


def test_after_a_refusal_the_session_goes_on_clean():
    with scripted_server({}) as rig, Transport(account(rig.port), "") as session:
        assert session.deliver(letter(), BUREAU, "bad\r\n@x.example").state is REFUSED
        assert session.deliver(letter(1), BUREAU, STREET).state is SENT
    (first, second), rig = deliver({"rcpt": "550 no such user"}, times=2)
    assert first.state is second.state is REFUSED
    assert rig.connections == 1
    assert [c.lower() for c in rig.commands].count("rset") == 2


def test_one_connection_is_kept_for_fifty_letters():
    outcomes, rig = deliver({}, times=51)
    assert {o.state for o in outcomes} == {SENT}
    assert rig.connections == 2
    assert rig.kept == [letter(n) for n in range(51)]


def test_a_kept_connection_that_died_is_opened_again():
    with scripted_server({}) as rig, Transport(account(rig.port), "") as session:
        assert session.deliver(letter(), BUREAU, STREET).state is SENT
        session._client.smtp.sock.shutdown(2)
        assert session.deliver(letter(1), BUREAU, STREET).state is SENT
    assert rig.connections == 2
    assert len(rig.kept) == 2


def test_three_lost_connections_in_a_row_stop_the_run():
    outcomes, rig = deliver({"connect": DROP}, times=3)
    assert [o.stop_run for o in outcomes] == [False, False, True]
    assert rig.connections == 3


@pytest.mark.parametrize("moment", ["ehlo", "mail", "rcpt", "data", "dot"])
def test_three_lines_lost_in_a_row_at_whatever_command_stop_the_run(moment):
    outcomes, rig = deliver({moment: DROP}, times=3)
    assert [o.stop_run for o in outcomes] == [False, False, True]
    assert len([c for c in rig.commands if c.lower() == "data"]) <= 3


def test_a_server_that_says_goodbye_after_some_letters_gets_the_next_on_a_new_connection():
    with scripted_server({"mail": ["250 ok", "421 too many letters on this connection", "250 ok"]}) as rig:
        with Transport(account(rig.port), "") as session:
            outcomes = [session.deliver(letter(n), BUREAU, STREET) for n in range(2)]
        assert {o.state for o in outcomes} == {SENT}
    assert rig.kept == [letter(0), letter(1)]
    assert rig.connections == 2


@pytest.mark.parametrize(
    ("script", "password"),
    [({"connect": "421 busy"}, ""), ({"auth": "454 later"}, "secret-1"), ({"ehlo": GARBAGE}, "")],
    ids=["connect", "auth", "ehlo"],
)
def test_three_sessions_that_do_not_open_stop_the_run(script, password):
    outcomes, rig = deliver(script, password=password, times=3)
    assert [o.stop_run for o in outcomes] == [False, False, True]
    assert rig.connections == 3


@pytest.mark.parametrize(
    ("reply", "gone"),
    [
        ("550 5.1.1 no such user", True),
        ("550 User not found", True),
        ("553 sorry", False),
        ("554 5.1.1 unknown", True),
        ("554 no", False),
        ("550 5.7.1 blocked by policy", False),
        ("500 syntax", False),
    ],
)
def test_an_address_is_at_fault_only_where_the_server_says_so(reply, gone):
    (outcome,), _ = deliver({"rcpt": reply})
    assert (outcome.state, outcome.bad_address) == (REFUSED, gone)


def test_what_the_server_said_is_one_line_that_can_be_shown():
    (outcome,), _ = deliver({"rcpt": "550-no\x00 such\x1b[31m\n550 user"})
    assert outcome.text == "no such [31m user"


def test_a_fault_says_in_chinese_what_to_look_at(certificate):
    with (
        scripted_server({}, certificate=certificate, ssl_from_start=True) as rig,
        Transport(account(rig.port, "ssl"), "secret-1") as session,
    ):
        assert "服务器证书不受信任" in session.deliver(letter(), BUREAU, STREET).text
    with scripted_server({}) as rig:
        with Transport(account(rig.port, "ssl", str(certificate)), "secret-1") as session:
            assert "不是加密端口" in session.deliver(letter(), BUREAU, STREET).text
        with Transport(account(rig.port, "starttls"), "secret-1") as session:
            assert "不提供加密" in session.deliver(letter(), BUREAU, STREET).text
    with Transport(account(rig.port), "") as session:
        assert "没有在此端口受理" in session.deliver(letter(), BUREAU, STREET).text


def test_nobody_listening_is_for_later():
    with scripted_server({}) as rig:
        port = rig.port
    with Transport(account(port), "") as session:
        assert session.deliver(letter(), BUREAU, STREET).state is RETRY


def test_encryption_with_the_offices_own_authority_works(certificate):
    for tls, early in (("ssl", True), ("starttls", False)):
        extensions = ("STARTTLS", "AUTH PLAIN")
        with scripted_server({}, certificate=certificate, ssl_from_start=early, extensions=extensions) as rig:
            with Transport(account(rig.port, tls, str(certificate)), "secret-1") as session:
                assert session.deliver(letter(), BUREAU, STREET).state is SENT
            assert rig.kept == [letter()]


def test_an_unknown_certificate_stops_the_run_before_the_password(certificate):
    for tls, early in (("ssl", True), ("starttls", False)):
        extensions = ("STARTTLS", "AUTH PLAIN")
        with scripted_server({}, certificate=certificate, ssl_from_start=early, extensions=extensions) as rig:
            with Transport(account(rig.port, tls), "secret-1") as session:
                outcome = session.deliver(letter(), BUREAU, STREET)
            assert (outcome.state, outcome.stop_run) == (RETRY, True)
            assert not any(c.lower().startswith("auth") for c in rig.commands)


def test_starttls_taken_away_stops_the_run_before_the_password():
    with scripted_server({}) as rig:
        with Transport(account(rig.port, "starttls"), "secret-1") as session:
            outcome = session.deliver(letter(), BUREAU, STREET)
        assert (outcome.state, outcome.stop_run) == (RETRY, True)
        assert not any(c.lower().startswith(("auth", "mail")) for c in rig.commands)


def test_a_password_never_goes_unprotected_over_a_network():
    with pytest.raises(Misconfigured, match="明文"):
        Transport(SmtpAccount(BUREAU, SmtpServer("mx.nanchuan.example", 25, "none")), "secret-1")
    with pytest.raises(Misconfigured, match="密码"):
        Transport(SmtpAccount(BUREAU, SmtpServer("mx.nanchuan.example", 465, "ssl", "user")), "")


def test_a_missing_authority_file_is_told_in_one_sentence():
    with pytest.raises(Misconfigured, match="ca_file"):
        Transport(SmtpAccount(BUREAU, SmtpServer("127.0.0.1", 465), "no-such-file.pem"), "secret-1")


def test_what_we_rely_on_in_yagmail_is_still_so():
    """The session is used, the resend loop is not: a new yagmail must be read before it is let in."""
    assert yagmail.__version__ == "0.16.0"
    login = inspect.getsource(yagmail.Client._login)
    assert "self.smtp = self.connection(self.host, self.port, **self.kwargs)" in login
    assert "self.smtp.starttls(**self.starttls)" in login
    assert "if not self.smtp_skip_login:" in login
    assert "self.smtp.login(self.user, password)" in login
    assert "while attempts < 3" in inspect.getsource(yagmail.Client._attempt_send)
    assert yagmail_sender.smtplib.__name__ == "smtplib"
    for name in (
        "user",
        "host",
        "password",
        "port",
        "smtp_ssl",
        "smtp_starttls",
        "smtp_skip_login",
        "soft_email_validation",
    ):
        assert name in inspect.signature(yagmail.Client.__init__).parameters
    assert not hasattr(session_room.Session, "deliver")
    source = inspect.getsource(transport) + inspect.getsource(session_room)
    assert ".send(to" not in source
    assert "_attempt_send" not in source
    assert "import smtplib" not in source


def test_the_real_path_delivers_and_bounces(dovecot, postfix):
    box = ImapInbox("imap", SmtpServer("127.0.0.1", dovecot.imap, "none"), STREET, dovecot.password)
    own = ImapInbox("imap", SmtpServer("127.0.0.1", dovecot.imap, "none"), BUREAU, dovecot.password)
    with Transport(account(postfix.port), "") as session:
        assert session.deliver(letter(7), BUREAU, STREET).state is SENT
        assert (
            session.deliver(letter(8), BUREAU, f"nobody-here@{DOMAIN}").state is SENT
        )  # accepted is not delivered
        assert session.deliver(letter(9), BUREAU, "clerk@outside.example").state is REFUSED
    arrived = [parse_mail(i.data) for i in wait(box)]
    assert [(m.message_id, m.text) for m in arrived] == [(f"<7@{DOMAIN}>", "各单位：\n.请报送\n..")]
    assert arrived[0].received_at is not None
    (bounce,) = [parse_mail(i.data, own_addresses=frozenset({BUREAU})) for i in wait(own)]
    assert bounce.kind == "bounce"
    assert bounce.bounced is not None
    assert (bounce.bounced.recipient, bounce.bounced.message_id) == (f"nobody-here@{DOMAIN}", f"<8@{DOMAIN}>")
    assert bounce.bounced.permanent
    assert "outside.example" not in "".join(line for line in postfix.log.split("\n") if "status=sent" in line)


def wait(box: ImapInbox) -> list:
    end = time.monotonic() + 15
    while time.monotonic() < end:
        if found := list(box.new("")):
            box.close()
            return found
        time.sleep(0.1)
    raise AssertionError("nothing arrived")
