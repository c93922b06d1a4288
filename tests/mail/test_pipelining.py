"""Servers that take several commands at once (RFC 2920): every fault ends as it does elsewhere."""

import time

import pytest

from tasks.mail import session as session_room
from tasks.mail.transport import Transport
from tasks.terms.letters import WITHOUT_COPY, LetterState
from tests.mail.conftest import BUREAU, STREET
from tests.mail.test_transport import CASES, account, letter
from tests.rig.smtp_scripts import DRIP, DROP, TAKE_AND_DROP, scripted_server

SENT, REFUSED, RETRY, UNKNOWN = LetterState.SENT, LetterState.REFUSED, LetterState.RETRY, LetterState.UNKNOWN
OFFERED = ("SIZE 73400320", "PIPELINING", "AUTH PLAIN LOGIN")


@pytest.fixture(autouse=True)
def short_timeout(monkeypatch):
    monkeypatch.setattr(session_room, "TIMEOUT", 0.5)


def deliver(script, *, times=1, copy_to=""):
    with scripted_server(script, extensions=OFFERED) as rig:
        with Transport(account(rig.port), "", copy_to=copy_to) as session:
            outcomes = [session.deliver(letter(n), BUREAU, STREET) for n in range(times)]
        return outcomes, rig


def verbs(rig):
    return [command.split()[0].lower() for command in rig.commands]


@pytest.mark.parametrize(("script", "state", "stop"), CASES, ids=[" ".join(*c[0].items()) for c in CASES])
def test_every_misbehaviour_has_the_same_outcome(script, state, stop):
    (outcome,), rig = deliver(script)
    assert (outcome.state, outcome.stop_run) == (state, stop), outcome
    assert verbs(rig).count("data") <= 1
    assert len(rig.kept) <= 1


def test_letters_arrive_octet_for_octet_one_after_the_other():
    outcomes, rig = deliver({}, times=3)
    assert {each.state for each in outcomes} == {SENT}
    assert rig.kept == [letter(n) for n in range(3)]
    assert rig.connections == 1


def test_after_a_refusal_the_session_goes_on_clean():
    script = {"rcpt": ["550 no such user", "250 ok"], "data": ["554 no valid recipients", "354 go ahead"]}
    (first, second), rig = deliver(script, times=2)
    assert (first.state, first.text, second.state) == (REFUSED, "no such user", SENT)
    assert rig.kept == [letter(1)]
    assert rig.connections == 1


def test_a_server_that_wants_the_text_for_nobody_is_left_without_a_word():
    (first, second), rig = deliver({"rcpt": ["550 no such user", "250 ok"]}, times=2)
    assert (first.state, second.state) == (REFUSED, SENT)
    assert rig.kept == [letter(1)]
    assert rig.connections == 2
    assert verbs(rig)[:5] == ["ehlo", "mail", "rcpt", "data", "ehlo"]
    end = time.monotonic() + 5
    while not rig.broken_off and time.monotonic() < end:
        time.sleep(0.01)
    assert rig.broken_off == [b""]


def test_a_copy_alone_never_gets_the_text():
    (outcome,), rig = deliver({"rcpt": ["550 no such user", "250 ok"]}, copy_to=BUREAU)
    assert (outcome.state, rig.kept) == (REFUSED, [])
    assert "data" not in verbs(rig)


def test_without_a_copy_the_letter_still_goes():
    script = {"rcpt": ["250 ok", "452 4.5.3 Too many recipients"], "dot": TAKE_AND_DROP}
    (outcome,), rig = deliver(script, copy_to=BUREAU)
    assert (outcome.state, len(rig.kept)) == (UNKNOWN, 1)
    assert WITHOUT_COPY in outcome.text


@pytest.mark.parametrize("goodbye", [DROP, "421 too many letters on this connection"])
def test_a_kept_session_that_is_over_is_opened_anew(goodbye):
    outcomes, rig = deliver({"mail": ["250 ok", goodbye, "250 ok"]}, times=2)
    assert {each.state for each in outcomes} == {SENT}
    assert rig.kept == [letter(0), letter(1)]
    assert rig.connections == 2


@pytest.mark.parametrize("extra", ["data", "rcpt", "mail"])
def test_a_server_that_answers_more_than_it_was_asked_is_not_given_the_text(extra):
    # Its next word would be taken for what it says of the letter.
    said = {"mail": "250 ok", "rcpt": "250 ok", "data": "354 go ahead"}
    (outcome,), rig = deliver({extra: said[extra] + "\n250 ok", "dot": "554 not taken"})
    assert (outcome.state, rig.kept) == (RETRY, [])


def test_after_a_word_too_many_the_next_letter_has_a_session_of_its_own():
    outcomes, rig = deliver({"dot": "250 kept\n250 kept"}, times=3)
    assert {each.state for each in outcomes} == {SENT}
    assert rig.kept == [letter(n) for n in range(3)]
    assert rig.connections == 3


SPLIT = "250-first\n250-second\n250 last"


@pytest.mark.parametrize("moment", ["mail", "rcpt", "dot"])
@pytest.mark.parametrize("how", ["", DRIP])
def test_replies_of_several_lines_or_in_drops_are_heard_as_one(moment, how, monkeypatch):
    monkeypatch.setattr(session_room, "TIMEOUT", 5)
    with scripted_server({moment: how + SPLIT}, extensions=OFFERED, stall=0.002) as rig:
        with Transport(account(rig.port), "") as session:
            outcomes = [session.deliver(letter(n), BUREAU, STREET) for n in range(2)]
        assert {each.state for each in outcomes} == {SENT}
        assert rig.kept == [letter(0), letter(1)]
