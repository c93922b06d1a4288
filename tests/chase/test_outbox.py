from datetime import timedelta

import pytest

from tasks.chase.brakes import Limits
from tasks.chase.outbox import Delivered, deliver, enqueue
from tasks.ledger import outbox
from tasks.ledger.session import Ledger
from tasks.terms import times
from tasks.terms.letters import LetterState, Outcome
from tests.ledger.factory import CAMPAIGN, FOREVER, NOON, hours, letter

OK = Outcome(LetterState.SENT, 250, "250 Ok")


class Carrier:
    """Answers with the given outcomes in turn, then with success; may look around while handing over."""

    def __init__(self, *outcomes, look=None):
        self.outcomes, self.handed, self._look = list(outcomes), [], look

    def deliver(self, wire, sender, recipient):
        self.handed.append((recipient, wire, sender))
        if self._look:
            self._look()
        return self.outcomes.pop(0) if self.outcomes else OK

    @property
    def recipients(self):
        return [recipient for recipient, _, _ in self.handed]


@pytest.fixture
def queue(sqlite_ledger, store):
    return lambda *letters, now=NOON: enqueue(sqlite_ledger, store, letters, now)


@pytest.fixture
def send(sqlite_ledger, store, tmp_path):
    def round_of(
        carrier, *, campaign=CAMPAIGN, now=NOON, objection=lambda *_: None, cap=100, deferred=frozenset()
    ):
        limits = Limits(tmp_path / "STOP", cap, deferred)
        return deliver(
            sqlite_ledger,
            store,
            campaign,
            carrier,
            sender="bureau@bureau.example",
            clock=lambda: now,
            objection=objection,
            limits=limits,
        )

    return round_of


def letters(ledger):
    with ledger.read() as connection:
        return outbox.of_campaign(connection, CAMPAIGN, FOREVER)


def states(ledger):
    return [each.state for each in letters(ledger)]


def test_a_queued_letter_is_handed_over_with_its_frozen_text(sqlite_ledger, queue, send):
    assert queue(letter(1)) == 1
    carrier = Carrier()
    assert send(carrier, now=hours(1)) == Delivered(sent=1)
    assert carrier.handed == [("town1@units.example", b"letter 1", "bureau@bureau.example")]
    (found,) = letters(sqlite_ledger)
    assert (found.state, found.claimed_at, found.settled_at) == ("sent", hours(1), hours(1))


def test_queueing_and_sending_again_sends_nothing(queue, send):
    queue(letter(1))
    send(Carrier())
    assert queue(letter(1, wire=b"another text")) == 0
    carrier = Carrier()
    assert send(carrier) == Delivered()
    assert carrier.handed == []


def test_nothing_to_queue_touches_nothing(store, queue):
    assert queue() == 0
    assert not store.root.exists()


def test_the_claim_is_committed_before_the_first_byte_and_the_outcome_after_it(sqlite_ledger, queue, send):
    queue(letter(1), letter(2))
    seen = []
    other = Ledger(sqlite_ledger.url)  # another program looking at the same database
    send(Carrier(look=lambda: seen.append(states(other))))
    other.close()
    assert seen == [["sending", "queued"], ["sent", "sending"]]


@pytest.mark.parametrize(
    "state", [LetterState.SENT, LetterState.REFUSED, LetterState.RETRY, LetterState.UNKNOWN]
)
def test_what_the_server_said_is_recorded_and_counted(sqlite_ledger, queue, send, state):
    queue(letter(1))
    done = send(Carrier(Outcome(state, 250, "说明")))
    assert done == Delivered(**{state.value: 1})
    assert [(x.state, x.reply) for x in letters(sqlite_ledger)] == [(state.value, "说明")]


def test_only_what_the_server_did_not_take_is_handed_over_again(queue, send):
    queue(*(letter(n) for n in range(1, 5)))
    outcomes = [
        Outcome(s) for s in (LetterState.RETRY, LetterState.UNKNOWN, LetterState.REFUSED, LetterState.SENT)
    ]
    send(Carrier(*outcomes))
    again = Carrier()
    send(again, now=hours(24))
    assert again.recipients == ["town1@units.example"]


def test_a_letter_no_longer_needed_is_dropped_with_the_reason_and_not_handed_over(sqlite_ledger, queue, send):
    queue(letter(1), letter(2))
    carrier = Carrier()
    done = send(carrier, objection=lambda _, q: "已报送" if q.unit == "T1" else None)
    assert done == Delivered(sent=1, dropped=1)
    assert carrier.recipients == ["town2@units.example"]
    assert [(x.state, x.reply) for x in letters(sqlite_ledger)] == [("dropped", "已报送"), ("sent", "250 Ok")]


def test_a_need_is_asked_about_when_the_letters_turn_comes_not_before(queue, send):
    queue(letter(1), letter(2))
    reported = set()
    carrier = Carrier(look=lambda: reported.add("T2"))  # T2's report arrives while T1's letter goes out
    send(carrier, objection=lambda _, q: "已报送" if q.unit in reported else None)
    assert carrier.recipients == ["town1@units.example"]


def test_the_question_is_asked_inside_the_transaction_that_claims(queue, send):
    queue(letter(1))
    asked = []

    def objection(connection, queued):
        asked.append(connection.get_execution_options().get("writer"))
        assert connection.in_transaction()
        assert [q.id for q in outbox.waiting(connection, CAMPAIGN)] == [queued.id]

    send(Carrier(), objection=objection)
    assert asked == [True]


def test_a_letter_another_worker_settled_meanwhile_is_neither_sent_nor_counted(sqlite_ledger, queue, send):
    queue(letter(1), letter(2), letter(3))

    def other_worker():
        if len(carrier.handed) == 1:
            with sqlite_ledger.write() as connection:
                for number in (2, 3):
                    outbox.claim(connection, number, NOON)
                    outbox.settle(connection, number, OK, NOON)

    carrier = Carrier(look=other_worker)
    done = send(carrier, objection=lambda _, q: "已报送" if q.unit == "T3" else None)
    assert done == Delivered(sent=1)
    assert carrier.recipients == ["town1@units.example"]
    assert states(sqlite_ledger) == ["sent", "sent", "sent"]


def test_while_the_kill_switch_lies_there_nothing_is_sent_and_nothing_is_lost(
    sqlite_ledger, queue, send, tmp_path
):
    queue(letter(1))
    (tmp_path / "STOP").touch()
    carrier = Carrier()
    done = send(carrier)
    assert (carrier.handed, states(sqlite_ledger)) == ([], ["queued"])
    assert "STOP" in done.stopped
    (tmp_path / "STOP").unlink()
    assert send(carrier).sent == 1


def test_the_kill_switch_stops_a_round_between_two_letters(queue, send, tmp_path):
    queue(letter(1), letter(2))
    carrier = Carrier(look=(tmp_path / "STOP").touch)
    assert send(carrier).sent == 1


def test_the_days_cap_counts_over_campaigns_and_starts_anew_at_midnight_in_shanghai(queue, send):
    queue(letter(1, campaign="other"), letter(2), letter(3))
    evening, midnight = times.parse("2023-03-28T23:59"), times.parse("2023-03-29T00:00")
    assert send(Carrier(), campaign="other", now=evening, cap=2).sent == 1
    full = send(Carrier(), now=evening, cap=2)
    assert (full.sent, full.stopped) == (1, "今日已发 2 封，达到上限，其余留待明日")
    assert send(Carrier(), now=midnight, cap=2).sent == 1


def test_letters_of_deferred_kinds_wait_and_the_others_go(sqlite_ledger, queue, send):
    queue(letter(1), letter(2, kind="receipt"))
    carrier = Carrier()
    send(carrier, deferred=frozenset({"reminder"}))
    assert carrier.recipients == ["town2@units.example"]
    assert states(sqlite_ledger) == ["queued", "sent"]


def test_an_account_that_cannot_be_used_stops_the_round_after_one_letter(sqlite_ledger, queue, send):
    queue(letter(1), letter(2))
    carrier = Carrier(Outcome(LetterState.RETRY, 535, "密码错误", stop_run=True))
    done = send(carrier)
    assert len(carrier.handed) == 1
    assert done == Delivered(retry=1, stopped="现在不能发信，已停止发送，其余留在待发：密码错误", stuck=True)
    assert states(sqlite_ledger) == ["retry", "queued"]


def test_a_server_that_turns_one_letter_after_the_other_away_is_not_given_the_rest(
    sqlite_ledger, queue, send
):
    spam = Outcome(LetterState.REFUSED, 554, "554 DT:SPM")
    queue(*(letter(n) for n in range(1, 9)))
    done = send(Carrier(*[spam] * 8))
    assert (done.refused, done.sent) == (5, 0)
    assert "接连拒收" in done.stopped
    assert done.stuck
    assert states(sqlite_ledger) == ["refused"] * 5 + ["queued"] * 3


def test_bad_addresses_in_a_row_stop_nobody(queue, send):
    gone = Outcome(LetterState.REFUSED, 550, "550 no such user", bad_address=True)
    queue(*(letter(n) for n in range(1, 9)))
    assert send(Carrier(*[gone] * 7)).sent == 1


def test_a_letter_put_off_for_five_days_is_given_up(sqlite_ledger, queue, send):
    queue(letter(1))
    late = Outcome(LetterState.RETRY, 451, "451 later")
    send(Carrier(late))
    assert send(Carrier(late), now=NOON + timedelta(days=4)).retry == 1
    done = send(carrier := Carrier(), now=NOON + timedelta(days=5, hours=2))
    assert (done.refused, carrier.handed) == (1, [])
    (found,) = letters(sqlite_ledger)
    assert (found.state, found.reply) == ("refused", "5 天内未能交给服务器，不再重试：451 later")


def test_other_campaigns_letters_stay_where_they_are(queue, send):
    queue(letter(1, campaign="other"))
    carrier = Carrier()
    send(carrier)
    assert carrier.handed == []


def test_a_carrier_that_breaks_leaves_its_letter_unknown_and_the_rest_to_the_next_round(
    sqlite_ledger, queue, send
):
    queue(letter(1), letter(2))

    def break_down():
        raise KeyError("a bug")

    with pytest.raises(KeyError):
        send(Carrier(look=break_down))
    assert states(sqlite_ledger) == ["sending", "queued"]
    carrier = Carrier()
    send(carrier, now=NOON + timedelta(minutes=10))
    assert carrier.recipients == ["town2@units.example"]
    assert states(sqlite_ledger) == ["sending", "sent"]
    assert send(carrier, now=NOON + timedelta(minutes=10, microseconds=1)).sent == 0
    assert states(sqlite_ledger) == ["unknown", "sent"]


def test_a_sender_that_wakes_up_late_says_nothing_about_the_attempt_after_its_own(sqlite_ledger, queue, send):
    """Its line hung, it was taken for dead, evidence gave the letter back, and another took it."""
    queue(letter(1))

    def meanwhile():
        with sqlite_ledger.write() as connection:
            outbox.orphan_to_unknown(connection, CAMPAIGN, hours(1))
            (lost,) = outbox.of_campaign(connection, CAMPAIGN, FOREVER)
            assert outbox.revise(connection, lost, LetterState.RETRY, "没有收下", hours(2))
            assert outbox.claim(connection, lost.id, hours(3))

    send(Carrier(Outcome(LetterState.RETRY, 450, "later"), look=meanwhile))
    (found,) = letters(sqlite_ledger)
    assert (found.state, found.attempts) == ("sending", 2)


def test_a_sender_that_wakes_up_late_keeps_its_letter_from_going_again(sqlite_ledger, queue, send):
    queue(letter(1))

    def meanwhile():
        with sqlite_ledger.write() as connection:
            outbox.orphan_to_unknown(connection, CAMPAIGN, hours(1))
            (lost,) = outbox.of_campaign(connection, CAMPAIGN, FOREVER)
            outbox.revise(connection, lost, LetterState.RETRY, "没有收下", hours(2))

    send(Carrier(look=meanwhile))
    assert states(sqlite_ledger) == ["sent"]


def test_a_letter_another_worker_tried_meanwhile_is_left_to_the_next_round(sqlite_ledger, queue, send):
    queue(letter(1), letter(2))

    def other_worker():
        with sqlite_ledger.write() as connection:
            outbox.claim(connection, 2, NOON)
            outbox.settle(connection, 2, Outcome(LetterState.RETRY, 450), NOON)

    carrier = Carrier(look=other_worker)
    send(carrier)
    assert carrier.recipients == ["town1@units.example"]


def test_a_letter_put_off_rests_before_it_is_tried_again(queue, send):
    queue(letter(1))
    send(Carrier(Outcome(LetterState.RETRY, 450, "later")))
    assert send(Carrier(), now=NOON + timedelta(minutes=14)).sent == 0
    assert send(Carrier(), now=NOON + timedelta(minutes=15)).sent == 1


def test_a_server_that_finds_it_too_much_is_given_time_and_the_third_time_the_round_ends(
    sqlite_ledger, store, tmp_path
):
    enqueue(sqlite_ledger, store, [letter(n) for n in range(1, 6)], NOON)
    paused = []
    fast = Outcome(LetterState.RETRY, 550, "550 Ip frequency limited", slow_down=True)
    carrier = Carrier(fast, OK, fast, fast)
    done = deliver(
        sqlite_ledger, store, CAMPAIGN, carrier, sender="bureau@bureau.example", clock=lambda: NOON,
        objection=lambda *_: None, limits=Limits(tmp_path / "STOP", 100, pause=paused.append),
    )  # fmt: skip
    assert paused == [60, 180]
    assert (len(carrier.handed), done.sent, done.retry) == (4, 1, 3)
    assert "放慢" in done.stopped


def test_no_more_letters_leave_in_a_minute_than_the_account_allows(sqlite_ledger, store, tmp_path):
    enqueue(sqlite_ledger, store, [letter(n) for n in range(1, 8)], NOON)
    present = [NOON]

    def pause(seconds):
        present[0] += timedelta(seconds=seconds)

    limits = Limits(tmp_path / "STOP", 100, per_minute=3, pause=pause)
    done = deliver(
        sqlite_ledger, store, CAMPAIGN, Carrier(), sender="bureau@bureau.example", clock=lambda: present[0],
        objection=lambda *_: None, limits=limits,
    )  # fmt: skip
    moments = sorted(q.claimed_at for q in letters(sqlite_ledger))
    assert done.sent == 7
    assert all(
        later - first > timedelta(minutes=1) for first, later in zip(moments, moments[3:], strict=False)
    )


def test_a_recipient_the_server_does_not_know_is_remembered_as_a_dead_address(sqlite_ledger, queue, send):
    queue(letter(1))
    send(Carrier(Outcome(LetterState.REFUSED, 550, "550 no such user", bad_address=True)))
    (found,) = letters(sqlite_ledger)
    assert found.reply == "地址不可用：550 no such user"
