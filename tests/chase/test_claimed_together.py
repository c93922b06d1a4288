"""Letters claimed in one commit: what befalls the rest of them when one goes wrong."""

from datetime import timedelta

import pytest

from tasks.chase import outbox as room
from tasks.chase.brakes import Limits
from tasks.chase.outbox import ORPHANED_AFTER, deliver, enqueue
from tasks.ledger import claims, outbox
from tasks.terms.letters import LetterState, Outcome
from tests.ledger.factory import CAMPAIGN, FOREVER, NOON, letter

OK = Outcome(LetterState.SENT, 250, "taken")
NINE = range(1, 10)
"""Claimed as one, then four, then the rest."""


class Desk:
    """A ledger with nine waiting letters, and a server that has its own view of the third."""

    def __init__(self, ledger, store, folder):
        self.ledger, self.store = ledger, store
        self.kill_switch, self.handed, self.paused, self.announced = folder / "STOP", [], [], []
        self.answers, self.meanwhile, self.now, self.pause = {}, {}, NOON, None
        enqueue(ledger, store, [letter(n) for n in NINE], NOON)

    def send(self, cap=100):
        limits = Limits(self.kill_switch, cap, pause=self.pause, up_since=NOON - timedelta(days=1))
        return deliver(
            self.ledger,
            self.store,
            CAMPAIGN,
            self,
            sender="bureau@bureau.example",
            clock=lambda: self.now,
            objection=lambda *_: None,
            limits=limits,
        )

    def deliver(self, wire, _sender, _recipient):
        number = int(wire.split()[-1])
        self.handed.append(number)
        self.meanwhile.get(number, lambda: None)()
        return self.answers.get(number, OK)

    def announce(self, size, _sender, recipient):
        self.announced.append((recipient, size, self.states()))

    def states(self):
        with self.ledger.read() as connection:
            return [each.state for each in outbox.of_campaign(connection, CAMPAIGN, FOREVER)]


@pytest.fixture
def desk(sqlite_ledger, store, tmp_path):
    return Desk(sqlite_ledger, store, tmp_path)


@pytest.mark.parametrize(
    ("answer", "third"),
    [
        (Outcome(LetterState.RETRY, 535, "密码错误", stop_run=True), "retry"),
        (Outcome(LetterState.UNKNOWN, None, "连接中断", stop_run=True), "unknown"),
    ],
)
def test_what_stops_the_round_gives_the_rest_back(desk, answer, third):
    desk.answers[3] = answer
    assert desk.send().stopped
    assert desk.handed == [1, 2, 3]
    assert desk.states() == ["sent", "sent", third] + ["queued"] * 6


def test_the_kill_switch_gives_the_rest_back(desk):
    desk.meanwhile[3] = desk.kill_switch.touch
    assert "停发标志" in desk.send().stopped
    assert desk.handed == [1, 2, 3]
    assert desk.states() == ["sent"] * 3 + ["queued"] * 6


def test_nothing_stays_claimed_while_a_server_is_given_time(desk):
    desk.answers[3] = Outcome(LetterState.RETRY, 450, "too fast", slow_down=True)
    desk.pause = lambda seconds: desk.paused.append((seconds, desk.states()))
    assert desk.send().sent == 8
    assert desk.handed == list(NINE)
    assert desk.paused == [(60, ["sent", "sent", "retry"] + ["queued"] * 6)]


def test_no_letter_is_claimed_beyond_the_days_cap(desk):
    most = []
    desk.meanwhile = {n: lambda: most.append(9 - desk.states().count("queued")) for n in NINE}
    assert "上限" in desk.send(cap=3).stopped
    assert max(most) == 3
    assert desk.states() == ["sent"] * 3 + ["queued"] * 6


def test_what_takes_long_gives_the_rest_back_for_their_need_to_be_asked_again(desk, monkeypatch):
    monkeypatch.setattr(room, "TOO_LONG", -1)
    claimed = []
    desk.meanwhile = {n: lambda: claimed.append(desk.states().count("claimed")) for n in NINE}
    assert desk.send().sent == 9
    assert desk.handed == list(NINE)
    assert max(claimed) > 0


def test_a_letter_taken_away_between_claim_and_turn_is_passed_over(desk):
    def taken_for_dead():
        with desk.ledger.write() as connection:
            claims.free_orphans(connection, CAMPAIGN, NOON + timedelta(seconds=1), NOON - timedelta(days=9))
            assert outbox.drop(connection, 4, NOON, "已报送")
            assert outbox.claim(connection, 5, NOON + timedelta(seconds=1))

    desk.meanwhile[3] = taken_for_dead
    desk.send()
    assert desk.handed == [1, 2, 3, 6, 7, 8, 9]
    assert desk.states()[3:5] == ["dropped", "sending"]


def test_a_sender_that_breaks_leaves_the_rest_to_a_later_round(desk):
    desk.answers[3] = None
    with pytest.raises(AttributeError):
        desk.send()
    assert desk.states() == ["sent", "sent", "sending", "claimed", "claimed"] + ["queued"] * 4
    desk.answers, desk.now = {}, NOON + ORPHANED_AFTER + timedelta(seconds=1)
    assert desk.send().sent == 6
    assert desk.handed == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert desk.states() == ["sent", "sent", "unknown"] + ["sent"] * 6


def test_texts_read_for_letters_claimed_together_have_a_limit(desk, monkeypatch):
    monkeypatch.setattr(room, "AT_HAND", 1)
    claimed = []
    desk.meanwhile = {n: lambda: claimed.append(desk.states().count("claimed")) for n in NINE}
    assert desk.send().sent == 9
    assert set(claimed) == {0}


def test_a_letter_is_announced_once_it_is_claimed_and_before_it_has_begun(desk):
    desk.send()
    third = next(states for recipient, _, states in desk.announced if recipient == "town3@units.example")
    assert third[:5] == ["sent", "sending", "claimed", "claimed", "claimed"]
    assert [recipient for recipient, _, _ in desk.announced] == [
        f"town{n}@units.example"
        for n in NINE
        if n not in {1, 2, 6}  # the first of those claimed together
    ]
    assert {size for _, size, _ in desk.announced} == {len(b"letter 1")}


@pytest.mark.parametrize("stop", ["the account", "the kill switch"])
def test_nothing_is_announced_where_the_round_stops(desk, stop):
    if stop == "the account":
        desk.answers[3] = Outcome(LetterState.RETRY, 535, "密码错误", stop_run=True)
    else:
        desk.meanwhile[3] = desk.kill_switch.touch
    desk.send()
    assert [recipient for recipient, _, _ in desk.announced] == ["town3@units.example"]
