"""Queue letters, check each one's need again as it goes, hand it over once, record what came of it."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection

from tasks.ledger import outbox
from tasks.ledger.outbox import DEAD_ADDRESS, Queued
from tasks.ledger.session import Ledger
from tasks.store.files import Store
from tasks.terms import times
from tasks.terms.letters import Letter, LetterState, Outcome

ORPHANED_AFTER = timedelta(minutes=10)
"""A claim older than this belongs to a worker that died: one hand-over takes a minute at the most."""

SLOWER = (60, 180)
"""Seconds to pause after the server first, then again, says it is too much; the third time the round ends."""

RESTS = (timedelta(minutes=15), timedelta(minutes=15), timedelta(minutes=30), timedelta(hours=1))
"""How long a letter the server put off rests before its next attempt."""

Clock = Callable[[], datetime]
"""The present moment, read anew: a claim carries the time it was made, not the time its run began."""


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


@dataclass(frozen=True, slots=True)
class Limits:
    """The brakes on sending.

    Attributes:
        kill_switch: while this file exists nothing is sent.
        daily_cap: most letters in one day (Asia/Shanghai), over all campaigns.
        deferred: kinds of letter that wait for office hours now.
        urgent: rungs whose letters do not wait for them.
        per_minute: most letters in one minute, over all campaigns and workers; 0 is no limit.
        pause: how a round waits.
    """

    kill_switch: Path
    daily_cap: int
    deferred: frozenset[str] = frozenset()
    urgent: frozenset[str] = frozenset()
    per_minute: int = 0
    pause: Callable[[float], None] = time.sleep


@dataclass(slots=True)
class Delivered:
    """What one round of delivery came to, and why it stopped if it did."""

    sent: int = 0
    dropped: int = 0
    refused: int = 0
    retry: int = 0
    unknown: int = 0
    stopped: str = ""

    def count(self, state: LetterState) -> None:
        """Count one more letter that ended so."""
        setattr(self, state.value, getattr(self, state.value) + 1)


def enqueue(ledger: Ledger, store: Store, letters: Iterable[Letter], now: datetime) -> int:
    """Freeze letters in the outbox; returns how many were new. A known occasion adds nothing."""
    stored = [(letter, store.put(letter.wire)) for letter in letters]
    if not stored:
        return 0
    campaigns = {part.campaign for letter, _ in stored for part in letter.says}
    with ledger.write() as connection:
        told = outbox.told_together(connection, campaigns)
        new = [each for each in stored if not told.intersection((p, each[0].address) for p in each[0].says)]
        return sum(outbox.queue(connection, letter, digest, now) for letter, digest in new)


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
    done = Delivered()
    with ledger.write() as connection:
        outbox.orphan_to_unknown(connection, campaign, clock() - ORPHANED_AFTER)
        waiting = [q for q in outbox.waiting(connection, campaign) if _has_its_turn(q, limits, clock())]
    throttled = 0
    for queued in waiting:
        wire = store.read(queued.wire)  # before the claim: where the store is away, nothing is claimed
        _keep_pace(ledger, limits, clock)
        with ledger.write() as connection:  # one transaction: nothing can come between finding and claiming
            done.stopped = _brake(connection, limits, clock())
            claimed = not done.stopped and _claim(connection, queued, objection, clock(), done)
        if done.stopped:
            break
        if not claimed:
            continue
        outcome = carrier.deliver(wire, sender, queued.address)
        with ledger.write() as connection:
            outbox.settle(connection, queued.id, outcome_kept(outcome), clock(), attempt=queued.attempts + 1)
        done.count(outcome.state)
        throttled += outcome.slow_down
        done.stopped = _stop(outcome, throttled)
        if done.stopped:
            break
        if outcome.slow_down:
            limits.pause(SLOWER[throttled - 1])
    return done


def outcome_kept(outcome: Outcome) -> Outcome:
    """The outcome as the ledger keeps it: that the address itself is at fault stands in front."""
    return replace(outcome, text=DEAD_ADDRESS + outcome.text) if outcome.bad_address else outcome


def _stop(outcome: Outcome, throttled: int) -> str:
    if outcome.stop_run:
        return f"发信账户不能用，已停止发送：{outcome.text}"
    if throttled > len(SLOWER):
        return f"服务器多次要求放慢，本轮停止，其余下一轮再发：{outcome.text}"
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


def _keep_pace(ledger: Ledger, limits: Limits, clock: Clock) -> None:
    """Wait while the last minute is full, whoever filled it; the cap of the day is asked about elsewhere."""
    while limits.per_minute:
        with ledger.read() as connection:
            recent = outbox.sent_since(connection, clock() - timedelta(minutes=1))
        if recent < limits.per_minute or limits.kill_switch.exists():
            return
        limits.pause(60 / limits.per_minute)


def _brake(connection: Connection, limits: Limits, now: datetime) -> str:
    if limits.kill_switch.exists():
        return f"存在停发标志 {limits.kill_switch.name}，信件留在待发，未发出"
    midnight = times.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    sent = outbox.sent_since(connection, midnight)
    return f"今日已发 {sent} 封，达到上限，其余留待明日" if sent >= limits.daily_cap else ""


def _claim(
    connection: Connection, queued: Queued, objection: Objection, now: datetime, done: Delivered
) -> bool:
    """Claim a letter if it is still needed, else set it aside."""
    why_not = objection(connection, queued)
    if why_not is None:
        return outbox.claim(connection, queued.id, now, seen=queued.attempts)
    if isinstance(why_not, Later):
        return False
    done.dropped += outbox.drop(connection, queued.id, now, why_not)
    return False
