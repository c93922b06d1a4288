"""Servers that are slow, far away or not who they say: each hand-over ends, and ends known."""

import subprocess
import time

import pytest

from tasks.mail.sending import session as session_room
from tasks.mail.sending.transport import Transport
from tasks.terms.letters import WITHOUT_COPY, LetterState
from tests.mail.conftest import BUREAU, STREET
from tests.mail.sending.test_transport import account, deliver, letter
from tests.rig.smtp_scripts import DRIP, DROP, ENDLESS, GBK, LATE, TAKE_AND_DROP, scripted_server

SENT, REFUSED, RETRY, UNKNOWN = LetterState.SENT, LetterState.REFUSED, LetterState.RETRY, LetterState.UNKNOWN
WAITS = 0.3


@pytest.fixture(autouse=True)
def short_timeout(monkeypatch):
    monkeypatch.setattr(session_room, "TIMEOUT", WAITS)


@pytest.mark.parametrize("moment", ["connect", "ehlo", "mail", "rcpt", "data"])
def test_a_reply_that_comes_in_drops_ends_with_the_time_out(moment):
    began = time.monotonic()
    (outcome,), rig = deliver({moment: DRIP + "250 " + "very slow " * 20}, stall=WAITS / 3)
    assert (outcome.state, rig.kept) == (RETRY, [])
    assert time.monotonic() - began < 30 * WAITS  # drop by drop it would take three times as long


def test_an_answer_to_the_whole_letter_in_drops_leaves_it_unknown():
    (outcome,), rig = deliver({"dot": DRIP + "250 " + "very slow " * 20}, stall=WAITS / 3)
    assert (outcome.state, len(rig.kept)) == (UNKNOWN, 1)


def test_a_server_may_think_about_a_whole_letter_longer_than_about_a_command():
    """A filter in front of a mailbox takes a minute and a half at times; 30 seconds would not tell."""
    (outcome,), rig = deliver({"dot": LATE + "250 kept after all"}, stall=3 * WAITS)
    assert (outcome.state, len(rig.kept)) == (SENT, 1)
    assert session_room.LAST_WORD * 30 > 90
    (outcome,), _ = deliver({"mail": LATE + "250 ok"}, stall=3 * WAITS)
    assert outcome.state is RETRY


@pytest.mark.parametrize(("moment", "state"), [("mail", RETRY), ("dot", UNKNOWN)])
def test_a_reply_without_an_end_ends(moment, state):
    (outcome,), _ = deliver({moment: ENDLESS})
    assert outcome.state is state


def test_a_chinese_server_is_understood_in_its_own_octets():
    (outcome,), _ = deliver({"rcpt": GBK + "550 5.7.1 垃圾邮件，拒绝接收"})
    assert (outcome.state, outcome.bad_address) == (REFUSED, False)
    assert outcome.text == "5.7.1 垃圾邮件，拒绝接收"
    (outcome,), _ = deliver({"rcpt": GBK + "550 收件人地址不存在"})
    assert (outcome.state, outcome.bad_address) == (REFUSED, True)
    (outcome,), _ = deliver({"rcpt": GBK + "550 发信频率过快，请稍后再试"})
    assert (outcome.state, outcome.slow_down) == (RETRY, True)


def test_a_letter_put_off_by_a_grey_list_goes_later():
    (first, second), rig = deliver({"rcpt": ["450 4.2.0 Greylisted, try again in 300 s", "250 ok"]}, times=2)
    assert (first.state, second.state, len(rig.kept)) == (RETRY, SENT, 1)


def test_a_server_that_takes_one_recipient_only_gets_the_letter_without_our_copy():
    script = {"rcpt": ["250 ok", "452 4.5.3 Too many recipients"]}
    with scripted_server(script) as rig, Transport(account(rig.port), "", copy_to=BUREAU) as session:
        assert session.deliver(letter(), BUREAU, STREET).state is SENT
    assert len(rig.kept) == 1
    script = {"rcpt": ["250 ok", "452 4.5.3 Too many recipients"], "dot": TAKE_AND_DROP}
    with scripted_server(script) as rig, Transport(account(rig.port), "", copy_to=BUREAU) as session:
        outcome = session.deliver(letter(), BUREAU, STREET)
    assert outcome.state is UNKNOWN
    assert WITHOUT_COPY in outcome.text


def test_a_large_letter_may_take_longer_than_one_time_out_as_long_as_it_flows(monkeypatch):
    monkeypatch.setattr(session_room, "PIECE", 1 << 10)
    large = letter(text="统计\n" * 200_000)
    with scripted_server({}) as rig, Transport(account(rig.port), "") as session:
        monkeypatch.setattr("tests.rig.smtp_scripts._Talk.take", _slowly(rig, seconds=4 * WAITS))
        assert session.deliver(large, BUREAU, STREET).state is SENT
    assert [len(kept) for kept in rig.kept] == [len(large)]


def test_a_large_letter_cut_in_the_middle_was_not_taken_and_goes_later():
    large = letter(text="统计\n" * 500_000)
    script = {"data": ["354 go ahead", "354 go ahead"]}
    with scripted_server(script) as rig, Transport(account(rig.port), "") as session:
        rig.cut_after = 100_000
        outcome = session.deliver(large, BUREAU, STREET)
    assert (outcome.state, rig.kept) == (RETRY, [])


def _slowly(rig, *, seconds):
    """A server at the end of a slow line: it reads a little at a time, and all in so many seconds."""

    def take(talk):
        kept = bytearray()
        while not kept.endswith(b"\r\n.\r\n"):
            before = len(kept)
            kept += talk.file.read1(1 << 16)
            talk.closing.wait(seconds * (len(kept) - before) / 2_000_000)
        rig.kept.append(bytes(kept[:-3]))
        talk.act("250 kept")

    return take


@pytest.fixture(scope="module")
def wrong_certificates(tmp_path_factory):
    """One that has expired and one of another host, each signed by itself."""
    folder, made = tmp_path_factory.mktemp("wrong"), {}
    for name, alternative, days in (
        ("expired", "IP:127.0.0.1", "-1"),
        ("other", "DNS:mx.other.example", "2"),
    ):
        (folder / "names").write_text(f"subjectAltName={alternative}\n")
        for step in (
            [
                "req",
                "-new",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj",
                "/CN=x",
                "-keyout",
                "key",
                "-out",
                "csr",
            ],
            [
                "x509",
                "-req",
                "-in",
                "csr",
                "-signkey",
                "key",
                "-days",
                days,
                "-extfile",
                "names",
                "-out",
                "crt",
            ],
        ):
            subprocess.run(["openssl", *step], cwd=folder, check=True, capture_output=True)
        made[name] = folder / f"{name}.pem"
        made[name].write_text((folder / "key").read_text() + (folder / "crt").read_text())
    return made


@pytest.mark.parametrize(("name", "says"), [("expired", "证书已过期"), ("other", "证书上的名称不符")])
def test_an_expired_certificate_or_anothers_stops_the_run_before_the_password(wrong_certificates, name, says):
    pem = wrong_certificates[name]
    with (
        scripted_server({}, certificate=pem, ssl_from_start=True) as rig,
        Transport(account(rig.port, "ssl", str(pem)), "secret-1") as session,
    ):
        outcome = session.deliver(letter(), BUREAU, STREET)
    assert (outcome.state, outcome.stop_run) == (RETRY, True)
    assert says in outcome.text
    assert rig.commands == []


def test_a_handshake_that_is_cut_is_for_later():
    with (
        scripted_server({"connect": DROP}) as rig,
        Transport(account(rig.port, "ssl"), "secret-1") as session,
    ):
        outcome = session.deliver(letter(), BUREAU, STREET)
    assert (outcome.state, outcome.stop_run, rig.kept) == (RETRY, False, [])


def test_more_connections_than_the_server_allows_is_for_later():
    script = {"connect": "421 4.7.0 Too many connections from your IP"}
    (outcome,), _ = deliver(script)
    assert (outcome.state, outcome.stop_run) == (RETRY, False)


@pytest.mark.parametrize(
    ("reply", "state", "slow"),
    [
        ("550 Connection limit exceeded", RETRY, True),
        ("550 5.4.5 Daily user sending quota exceeded", RETRY, True),
        ("550 您当日发信数量已达上限", RETRY, True),
        ("552 Requested mail action aborted: exceeded storage allocation", RETRY, False),
        ("550 5.7.1 Greylisted, come back", RETRY, False),
        ("554 5.4.6 Too many hops", REFUSED, False),
        ("552 5.3.4 Message size exceeds fixed limit", REFUSED, False),
        ("550 邮件过大", REFUSED, False),
    ],
)
def test_what_is_over_soon_is_told_from_what_is_not(reply, state, slow):
    (outcome,), _ = deliver({"rcpt": reply})
    assert (outcome.state, outcome.slow_down, outcome.bad_address) == (state, slow, False)
