"""Queue letters, check each one's need again as it goes, hand it over once, record what came of it."""

import time
from collections import deque
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Protocol, runtime_checkable

from sqlalchemy import Connection

from tasks.chase.brakes import Clock, Limits, Today, keep_pace
from tasks.chase.frozen import Frozen, freeze
from tasks.ledger import claims, outbox
from tasks.ledger.outbox import DEAD_ADDRESS, Queued
from tasks.ledger.session import Ledger
from tasks.ledger.steps import Steps
from tasks.store.files import Store
from tasks.terms.heap import everything_stays
from tasks.terms.letters import Letter, LetterState, Outcome, Part

ORPHANED_AFTER = timedelta(minutes=10)
"""A claim older than this belongs to a worker that died: one hand-over takes a minute or two."""

SLOWER = (60, 180)
"""Seconds to pause after the server first, then again, says it is too much; the third time the round ends."""

RESTS = (timedelta(minutes=15), timedelta(minutes=15), timedelta(minutes=30), timedelta(hours=1))
"""How long a letter the server put off rests before its next attempt."""

AT_ONCE = 0.25
"""Seconds: as many letters are claimed in one commit as are claimed and handed over in this time."""
QUICKEST = 0.001
"""Seconds: no letter is taken to need less."""
AT_HAND = 32 << 20
"""Bytes of text read for letters claimed together: the one that goes beyond is the last."""
TOO_LONG = 5.0
"""Seconds after which letters claimed together are given back, to be asked about again."""

TURNED_AWAY = 5
"""So many letters refused in a row for other reasons than their addresses, and the round stops."""
GIVE_UP = timedelta(days=5)
"""A letter the server put off for so long is given up, as mail servers do."""


class Later(str):
    """A reason that holds only for now: the letter goes on waiting and is asked about again."""

    __slots__ = ()


Objection = Callable[[Connection, Queued], str | None]
"""Says in Chinese why a waiting letter need not go any more (or not yet), or None when it must."""


class Carrier(Protocol):
    """Whoever hands letters over: one attempt, and what came of it."""

    def deliver(self, wire: bytes, sender: str, recipient: str) -> Outcome:
        """Hand one letter over."""
        ...


@runtime_checkable
class Announcing(Protocol):
    """A carrier that can be told of the next letter while what came of the last one is being recorded."""

    def announce(self, size: int, sender: str, recipient: str) -> None:
        """Name the letter that is handed over next; nothing of its text goes."""
        ...


@dataclass(slots=True)
class Delivered:
    """What one round of delivery came to, and why it stopped if it did.

    ``stuck``: it stopped at something that does not pass by itself, as a cap or a busy server does.
    """

    sent: int = 0
    dropped: int = 0
    refused: int = 0
    retry: int = 0
    unknown: int = 0
    stopped: str = ""
    stuck: bool = False

    def count(self, state: LetterState) -> None:
        """Count one more letter that ended so."""
        setattr(self, state.value, getattr(self, state.value) + 1)


@everything_stays()
def enqueue(ledger: Ledger, store: Store, letters: Iterable[Letter], now: datetime) -> int:
    """Freeze letters in the outbox; returns how many were new. A known occasion adds nothing."""
    stored = list(freeze(store, list(letters)))
    if not stored:
        return 0
    campaigns = {part.campaign for letter, _ in stored for part in letter.says}
    with ledger.write() as connection:
        told = outbox.told_together(connection, campaigns)
        new = [each for each in stored if not _told(each[0], told)]
        return outbox.queue_all(connection, new, now)


def _told(letter: Letter, told: Container[tuple[Part, str]]) -> bool:
    return any((part, letter.address) in told for part in letter.says)


def deliver(
    ledger: Ledger,
    store: Store,
    campaign: str,
    carrier: Carrier,
    *,
    sender: str,
    clock: Clock,
    objection: Objection,
    limits: Limits,
) -> Delivered:
    """Hand over every waiting letter of the campaign that is still needed, each at most once."""
    take_from_the_dead(ledger, campaign, clock(), limits.up_since)
    with ledger.read() as connection:
        found = outbox.waiting(connection, campaign)
    waiting = deque(q for q in found if _has_its_turn(q, limits, clock()))
    this = _Round(ledger, store, carrier, sender, clock, objection, limits, waiting)
    while waiting and not this.done.stopped:
        keep_pace(ledger, limits, clock)
        began, texts = time.monotonic(), this.texts()
        claimed, at = this.claim(len(texts))
        this.hand_over(claimed, at, texts)
        this.grow(len(claimed), time.monotonic() - began)
    return this.done


def take_from_the_dead(ledger: Ledger, campaign: str, now: datetime, up_since: datetime) -> None:
    """What a worker that died had claimed waits again where nobody can have had it, else it is unknown."""
    with ledger.write() as connection:
        outbox.orphan_to_unknown(connection, campaign, now - ORPHANED_AFTER)
        claims.free_orphans(connection, campaign, now - ORPHANED_AFTER, up_since)


@dataclass
class _Round:
    """One round of delivery: claims a few letters in one commit, hands them over one by one."""

    ledger: Ledger
    store: Store
    carrier: Carrier
    sender: str
    clock: Clock
    objection: Objection
    limits: Limits
    waiting: deque[Queued]
    today: Today = field(default_factory=Today)
    done: Delivered = field(default_factory=Delivered)
    throttled: int = 0
    turned_away: int = 0
    size: int = 1

    def __post_init__(self) -> None:
        self.frozen = Frozen(self.store)
        self.announcing = self.carrier if isinstance(self.carrier, Announcing) else None

    def texts(self) -> dict[int, bytes]:
        """The next letters' texts, read before they are claimed: where the store is away, none is."""
        texts: dict[int, bytes] = {}
        room = AT_HAND
        for queued in islice(self.waiting, self.size):
            texts[queued.id] = self.frozen.wire(queued)
            room -= len(texts[queued.id])
            if room <= 0:
                break
        return texts

    def claim(self, most: int) -> tuple[list[Queued], datetime]:
        """Take those of the next letters, so many at most, that are still needed, in one commit."""
        with self.ledger.write(marked=False) as connection:  # nothing can come between finding and claiming
            now = self.clock()
            room, self.done.stopped = self._brake(connection, now)
            asked = [self.waiting.popleft() for _ in range(min(most, room))]
            needed = [queued for queued in asked if self._needed(connection, queued, now)]
            claimed = claims.reserve(connection, needed, now)
            self.today.add(connection, len(claimed))
        return claimed, now

    def _brake(self, connection: Connection, now: datetime) -> tuple[int, str]:
        """How many letters may still go today, and why none if none."""
        sent, cap = self.today.sent(connection, now, self.limits.daily_cap), self.limits.daily_cap
        if self.limits.killed():
            return 0, f"存在停发标志 {self.limits.kill_switch.name}，信件留在待发，未发出"
        return (cap - sent, "") if sent < cap else (0, f"今日已发 {sent} 封，达到上限，其余留待明日")

    def _needed(self, connection: Connection, queued: Queued, now: datetime) -> bool:
        """Whether a letter is still needed; one that is not is set aside."""
        if queued.state == LetterState.RETRY and now - queued.queued_at > GIVE_UP:
            why = f"{GIVE_UP.days} 天内未能交给服务器，不再重试：{queued.reply}"
            self.done.refused += outbox.revise(connection, queued, LetterState.REFUSED, why, now)
            return False
        why_not = self.objection(connection, queued)
        if why_not is not None and not isinstance(why_not, Later):
            self.done.dropped += outbox.drop(connection, queued.id, now, why_not)
        return why_not is None

    def hand_over(self, claimed: Sequence[Queued], at: datetime, texts: Mapping[int, bytes]) -> None:
        """Hand over what was claimed at that moment; what the server's answer stopped waits again."""
        began, rest = time.monotonic(), deque(claimed)
        with self.ledger.steps() as steps:
            with steps:
                begun = self._begin_next(steps, rest, at)
            while begun is not None:
                outcome = self.carrier.deliver(texts[begun.id], self.sender, begun.address)
                self._heed(outcome)
                given_back: list[Queued] = []
                if held := self._must_wait(outcome, time.monotonic() - began):
                    given_back, rest = list(rest), deque()
                    self.waiting.extendleft(reversed(given_back))
                elif rest:
                    self._announce(rest[0], texts)
                with steps if self._goes_on(rest) and not held else self.ledger.write() as writing:
                    kept, attempt = outcome_kept(outcome), begun.attempts + 1
                    outbox.settle(writing, begun.id, kept, self.clock(), attempt=attempt)
                    claims.release(writing, given_back, claimed=at)
                    begun = self._begin_next(writing, rest, at)
                if outcome.slow_down and not self.done.stopped:
                    self.limits.pause(SLOWER[self.throttled - 1])

    def _announce(self, queued: Queued, texts: Mapping[int, bytes]) -> None:
        """Its claim is on the disk, and its text goes only once it has begun."""
        if self.announcing:
            self.announcing.announce(len(texts[queued.id]), self.sender, queued.address)

    def grow(self, letters: int, took: float) -> None:
        """Claim as many at once as leave in a moment: little is in doubt when this process dies."""
        quick = int(AT_ONCE / max(took / letters, QUICKEST)) if letters else self.size
        self.size = 1 if self.limits.per_minute else max(1, min(4 * self.size, quick))

    def _goes_on(self, rest: Sequence[Queued]) -> bool:
        """Whether a commit follows at once that brings this one to disk too: the next claim, if no other."""
        return bool(rest or (self.waiting and not self.limits.per_minute))

    def _heed(self, outcome: Outcome) -> None:
        self.done.count(outcome.state)
        self.throttled += outcome.slow_down
        turned_away = outcome.state is LetterState.REFUSED and not outcome.bad_address
        self.turned_away = self.turned_away + 1 if turned_away else 0
        self.done.stopped = _stop(outcome, self.throttled, self.turned_away)
        self.done.stuck = outcome.stop_run or self.turned_away >= TURNED_AWAY

    def _must_wait(self, outcome: Outcome, took: float) -> bool:
        held = self.done.stopped or outcome.slow_down or took > TOO_LONG
        return bool(held) or self.limits.killed()

    def _begin_next(self, writing: Connection | Steps, rest: deque[Queued], at: datetime) -> Queued | None:
        while rest:
            following = rest.popleft()
            if claims.begin(writing, following, self.clock(), claimed=at):
                return following
        return None


def outcome_kept(outcome: Outcome) -> Outcome:
    """The outcome as the ledger keeps it: that the address itself is at fault stands in front."""
    return replace(outcome, text=DEAD_ADDRESS + outcome.text) if outcome.bad_address else outcome


def _stop(outcome: Outcome, throttled: int, turned_away: int) -> str:
    if outcome.stop_run:
        return f"现在不能发信，已停止发送，其余留在待发：{outcome.text}"
    if throttled > len(SLOWER):
        return f"服务器多次要求放慢，本轮停止，其余下一轮再发：{outcome.text}"
    if turned_away >= TURNED_AWAY:
        return (
            f"服务器接连拒收 {turned_away} 封，已停止发送，其余留在待发，请核对信件内容与账户：{outcome.text}"
        )
    return ""


def _has_its_turn(queued: Queued, limits: Limits, now: datetime) -> bool:
    if queued.kind in limits.deferred and rung_of(queued) not in limits.urgent:
        return False
    if queued.state != LetterState.RETRY or queued.settled_at is None:
        return True
    return now - queued.settled_at >= RESTS[min(queued.attempts, len(RESTS)) - 1]


def rung_of(queued: Queued) -> str:
    """The rung a letter was written for; empty for an answer."""
    kind, _, rest = queued.occasion.partition(":")
    return rest.partition("@")[0] if kind == "rung" else ""
