from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, fields
from datetime import timedelta

import pytest

from tasks.ledger import outbox
from tasks.terms.letters import LetterState, Outcome, Part
from tests.ledger.factory import CAMPAIGN, FOREVER, NOON, digest, hours, letter

SENT = Outcome(LetterState.SENT, 250, "250 2.0.0 Ok")
RETRY = Outcome(LetterState.RETRY, 450, "450 try later")


class Box:
    """The outbox, one transaction a call."""

    def __init__(self, ledger):
        self.ledger = ledger

    def __getattr__(self, name):
        def call(*given):
            with self.ledger.write() as connection:
                return getattr(outbox, name)(connection, *given)

        return call

    def all(self):
        return self.of_campaign(CAMPAIGN, FOREVER)

    def states(self):
        return [each.state for each in self.all()]


@pytest.fixture
def box(ledger):
    return Box(ledger)


def test_a_letter_comes_back_as_it_was_queued(box):
    assert box.queue(letter(), digest(1), NOON) is True
    (found,) = box.waiting(CAMPAIGN)
    for name in ("campaign", "unit", "kind", "occasion", "address", "subject", "message_id"):
        assert getattr(found, name) == getattr(letter(), name)
    assert (found.obligations, found.wire, found.attempts, found.claimed_at) == (
        ["summary"],
        digest(1),
        0,
        None,
    )


def test_one_occasion_has_one_letter(box):
    box.queue(letter(), digest(1), NOON)
    assert box.queue(letter(message_id="<other@bureau.example>"), digest(2), hours(1)) is False
    assert [each.wire for each in box.all()] == [digest(1)]


@pytest.mark.parametrize(
    "other",
    [
        {"unit": "T9"},
        {"kind": "overdue"},
        {"occasion": "r2"},
        {"address": "b@units.example"},
        {"campaign": "other"},
    ],
)
def test_another_unit_kind_occasion_address_or_campaign_has_its_own(box, other):
    box.queue(letter(), digest(1), NOON)
    assert box.queue(letter(message_id="<2@bureau.example>", **other), digest(2), NOON) is True


def test_workers_queueing_the_same_letter_at_once_queue_it_once(box):
    with ThreadPoolExecutor(4) as pool:
        new = list(pool.map(lambda _: box.queue(letter(), digest(1), NOON), range(8)))
    assert sorted(new) == [False] * 7 + [True]


def test_of_workers_claiming_at_once_one_gets_the_letter(box):
    box.queue(letter(), digest(1), NOON)
    (found,) = box.waiting(CAMPAIGN)
    with ThreadPoolExecutor(4) as pool:
        got = list(pool.map(lambda _: box.claim(found.id, hours(1)), range(8)))
    assert sorted(got) == [False] * 7 + [True]
    (claimed,) = box.all()
    assert (claimed.state, claimed.attempts, claimed.claimed_at) == ("sending", 1, hours(1))
    assert box.waiting(CAMPAIGN) == []


@pytest.mark.parametrize(
    "state", [LetterState.SENT, LetterState.REFUSED, LetterState.UNKNOWN, LetterState.DROPPED]
)
def test_a_settled_letter_is_never_claimed_again(box, state):
    box.queue(letter(), digest(1), NOON)
    if state is LetterState.DROPPED:
        box.drop(1, NOON, "已报")
    else:
        box.claim(1, NOON)
        box.settle(1, Outcome(state, text="原因"), NOON)
    assert box.states() == [state.value]
    assert box.claim(1, hours(9)) is False
    assert box.waiting(CAMPAIGN) == []
    assert box.drop(1, hours(9), "已报") is False
    assert box.states() == [state.value]


def test_a_letter_the_server_asked_to_try_later_waits_again_and_counts_its_attempts(box):
    box.queue(letter(), digest(1), NOON)
    for attempt in (1, 2):
        assert box.claim(1, hours(attempt)) is True
        box.settle(1, RETRY, hours(attempt))
        (again,) = box.waiting(CAMPAIGN)
        assert (again.state, again.attempts, again.reply) == ("retry", attempt, "450 try later")


def test_settling_a_letter_that_waits_or_is_settled_changes_nothing(box):
    box.queue(letter(), digest(1), NOON)
    box.settle(1, SENT, NOON)
    assert box.states() == ["queued"]
    box.claim(1, NOON)
    box.settle(1, SENT, hours(1))
    box.settle(1, RETRY, hours(2))
    (found,) = box.all()
    assert (found.state, found.settled_at, found.reply) == ("sent", hours(1), "250 2.0.0 Ok")


def test_a_letter_whose_sender_died_becomes_unknown_after_the_grace_and_not_before(box):
    box.queue(letter(), digest(1), NOON)
    box.claim(1, NOON)
    assert box.orphan_to_unknown(CAMPAIGN, NOON) == 0
    assert box.orphan_to_unknown("other", hours(1)) == 0
    assert box.orphan_to_unknown(CAMPAIGN, NOON + timedelta(microseconds=1)) == 1
    assert box.states() == ["unknown"]
    assert box.all()[0].reply


def test_a_sender_taken_for_dead_still_knows_best(box):
    box.queue(letter(), digest(1), NOON)
    box.claim(1, NOON)
    box.orphan_to_unknown(CAMPAIGN, hours(1))
    box.settle(1, SENT, hours(1))
    assert box.states() == ["sent"]


def test_letters_wait_oldest_first_and_by_campaign(box):
    for n in (3, 1, 2):
        box.queue(letter(n), digest(n), NOON)
    box.queue(letter(9, campaign="other"), digest(9), NOON)
    assert [q.unit for q in box.waiting(CAMPAIGN)] == ["T3", "T1", "T2"]
    assert [q.unit for q in box.waiting("other")] == ["T9"]


def test_a_letter_is_dropped_with_its_reason(box):
    box.queue(letter(), digest(1), NOON)
    assert box.drop(1, hours(1), "已报") is True
    (found,) = box.all()
    assert (found.state, found.reply, found.settled_at) == ("dropped", "已报", hours(1))


def test_the_days_count_holds_every_letter_that_may_have_left(box):
    outcomes = [LetterState.SENT, LetterState.UNKNOWN, LetterState.REFUSED, LetterState.RETRY]
    for n, state in enumerate([*outcomes, None, None], 1):
        box.queue(letter(n, campaign=f"c{n % 2}"), digest(n), NOON)
        if n < 6:
            box.claim(n, hours(n))
        if state:
            box.settle(n, Outcome(state), hours(n))
    assert box.sent_since(NOON) == 3  # sent, unknown and still sending
    assert box.sent_since(hours(2)) == 2
    assert box.sent_since(hours(6)) == 0


def test_units_are_counted_what_they_were_or_may_have_been_sent(box):
    for n, state in enumerate(
        [LetterState.SENT, LetterState.UNKNOWN, LetterState.REFUSED, LetterState.SENT], 1
    ):
        box.queue(letter(n, unit="T1" if n < 4 else "T2"), digest(n), NOON)
        box.claim(n, NOON)
        box.settle(n, Outcome(state), NOON)
    box.queue(letter(5), digest(5), NOON)
    assert outbox.sent_to(box.all()) == {"T1": 2, "T2": 1}


def test_occasions_are_known_whatever_became_of_their_letters(box):
    box.queue(letter(1), digest(1), NOON)
    box.queue(letter(2, occasion="r2"), digest(2), hours(1))
    box.drop(2, hours(2), "已报")
    assert box.occasions(CAMPAIGN) == {("T1", "r1:2023-04-04"): NOON, ("T2", "r2"): hours(1)}
    assert box.occasions("other") == {}


def test_letters_queued_after_the_moment_asked_about_are_not_shown(box):
    box.queue(letter(1), digest(1), hours(0))
    box.queue(letter(2), digest(2), hours(2))
    assert [q.unit for q in box.of_campaign(CAMPAIGN, hours(1))] == ["T1"]


def test_the_fates_of_a_campaigns_letters_are_told_as_the_letters_are_and_in_their_order(box):
    several = letter(
        2, parts=(Part(CAMPAIGN, "T8", "r8"), Part("other", "T7", "r7"), Part(CAMPAIGN, "T9", "r9"))
    )
    for n, each in enumerate((letter(1), several, letter(3)), 1):
        box.queue(each, digest(n), NOON)
    box.claim(1, hours(1))
    box.settle(1, SENT, hours(2))
    told = [{f.name: getattr(each, f.name) for f in fields(outbox.Fate)} for each in box.all()]
    assert [each["unit"] for each in told] == ["T1", "T8", "T9", "T3"]
    assert [asdict(each) for each in box.fates(CAMPAIGN, FOREVER)] == told


def test_what_each_letter_asked_for_is_told_by_letter_and_unit(box):
    several = letter(
        2,
        parts=(
            Part(CAMPAIGN, "T8", "r8", ("summary",)),
            Part("other", "T7", "r7", ("more",)),
            Part(CAMPAIGN, "T8", "r9", ("figures", "summary")),
        ),
    )
    for n, each in enumerate((letter(1), several), 1):
        box.queue(each, digest(n), NOON)
    told = box.asked_in_letters(CAMPAIGN, FOREVER)
    assert told == {(1, "T1"): ("summary",), (2, "T8"): ("summary", "figures")}


def test_a_long_reply_is_kept_to_its_first_five_hundred_characters(box):
    box.queue(letter(), digest(1), NOON)
    box.claim(1, NOON)
    box.settle(1, Outcome(LetterState.REFUSED, 550, "拒" * 2000), NOON)
    assert box.all()[0].reply == "拒" * 500
