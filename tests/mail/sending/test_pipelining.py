"""Servers that take several commands at once (RFC 2920): every fault ends as it does elsewhere."""

import time

import pytest

from tasks.mail.sending import session as session_room
from tasks.mail.sending import transport as transport_room
from tasks.mail.sending.transport import Transport
from tasks.terms.letters import WITHOUT_COPY, LetterState
from tests.mail.conftest import BUREAU, STREET
from tests.mail.sending.test_transport import CASES, account, letter
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
    assert all_was_cut_off(rig)


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


def announced(script, *, extensions=OFFERED, copy_to="", pause=0.0, instead=None):
    """One letter, then a second one (or another ``instead``) that was announced before."""
    with scripted_server(script, extensions=extensions) as rig:
        with Transport(account(rig.port), "", copy_to=copy_to) as session:
            first = session.deliver(letter(0), BUREAU, STREET)
            session.announce(len(letter(1)), BUREAU, STREET)
            time.sleep(pause)
            second = session.deliver(letter(1), BUREAU, instead or STREET)
        return (first.state, second.state), rig


def until(so):
    end = time.monotonic() + 5
    while not so() and time.monotonic() < end:
        time.sleep(0.01)


def all_was_cut_off(rig):
    until(lambda: rig.broken_off)
    return rig.broken_off == [b""]


def test_a_letter_that_was_announced_is_named_once():
    states, rig = announced({})
    assert states == (SENT, SENT)
    assert rig.kept == [letter(0), letter(1)]
    assert verbs(rig) == ["ehlo", "mail", "rcpt", "data", "mail", "rcpt", "data", "quit"]


def test_our_own_copy_is_announced_without_data():
    states, rig = announced({}, copy_to=BUREAU)
    assert (states, len(rig.kept)) == ((SENT, SENT), 2)
    assert verbs(rig)[-6:] == ["data", "mail", "rcpt", "rcpt", "data", "quit"]


def test_nothing_is_announced_to_a_server_that_takes_one_command_at_a_time():
    states, rig = announced({}, extensions=("SIZE 73400320",))
    assert (states, len(rig.kept), rig.connections) == ((SENT, SENT), 2, 1)


def test_nothing_is_said_between_an_announcement_and_its_letter(monkeypatch):
    monkeypatch.setattr(transport_room, "FRESH", 0.05)
    states, rig = announced({}, pause=0.1)
    assert states == (SENT, SENT)
    assert "noop" not in verbs(rig)


def test_another_letter_than_the_announced_one_goes_by_itself():
    states, rig = announced({}, instead="other@units.example")
    assert states == (SENT, SENT)
    assert rig.kept == [letter(0), letter(1)]
    assert all_was_cut_off(rig)
    assert rig.recipients[-1] == "RCPT TO:<other@units.example>"
    assert rig.connections == 2


def test_a_letter_announced_and_not_handed_over_is_not_taken():
    with scripted_server({}, extensions=OFFERED) as rig:
        with Transport(account(rig.port), "") as session:
            session.announce(9, BUREAU, STREET)
            assert rig.connections == 0  # not before there is a session
            session.deliver(letter(0), BUREAU, STREET)
            session.announce(9, BUREAU, STREET)
            until(lambda: verbs(rig).count("data") == 2)
        assert all_was_cut_off(rig)
    assert rig.kept == [letter(0)]
    assert "quit" not in verbs(rig)


@pytest.mark.parametrize(
    ("moment", "act", "state", "connections"),
    [
        ("mail", "550 no", RETRY, 1),
        ("mail", DROP, SENT, 2),
        ("mail", "421 enough", SENT, 2),
        ("rcpt", "550 no such user", REFUSED, 1),
        ("rcpt", "451 later", RETRY, 1),
        ("rcpt", DROP, SENT, 2),
        ("rcpt", "421 enough", SENT, 2),
        ("data", "554 no", REFUSED, 1),
        ("data", DROP, SENT, 2),
        ("data", "354 go\n250 ok", RETRY, 1),
        ("dot", DROP, UNKNOWN, 1),
        ("dot", TAKE_AND_DROP, UNKNOWN, 1),
        ("dot", "554 no", REFUSED, 1),
    ],
)
def test_a_fault_after_an_announcement_ends_as_it_would_without(moment, act, state, connections):
    usual = {"mail": "250 ok", "rcpt": "250 ok", "data": "354 go", "dot": "250 kept"}
    script = {moment: [usual[moment], act, usual[moment]]}
    if (moment, state) in {("mail", RETRY), ("rcpt", REFUSED), ("rcpt", RETRY)}:
        script["data"] = ["354 go", "503 nobody to send it to", "354 go"]
    states, rig = announced(script)
    assert states == (SENT, state)
    assert rig.connections == connections
    assert len(rig.kept) == len(set(rig.kept)) == 1 + (state is SENT or act == TAKE_AND_DROP)
