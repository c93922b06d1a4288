"""What became of letters, by what came back: copies of our own, and bounces. Pure.

A copy shows that the server took the letter. A bounce shows that it took it and could not deliver it. Where
neither came although copies of other letters did, the letter was not taken, and may go once more: all but
the dispatch to the superior bureau and requests for a signature, of which a person decides.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tasks.ledger.outbox import DEAD_ADDRESS, Queued
from tasks.terms.letters import LetterState
from tasks.terms.mails import Bounce

GRACE = timedelta(hours=2)
"""Longer than a mail server takes to deliver into our own mailbox."""
CLOCKS_DIFFER = timedelta(minutes=10)
BOUNCES_WITHIN = timedelta(days=6)
"""Mail servers try for five days before they give up."""
ATTEMPTS = 3
"""So often a letter is tried that comes back for a passing reason."""

BY_A_PERSON = frozenset({"dispatch", "sign_off", "sign_note"})
"""Kinds that never go a second time by themselves."""

ABOUT_THE_ADDRESS = re.compile(r"5\.(0|1|4)\.\d+|5\.2\.[01]|")
"""Statuses that speak of the address; others of the letter, its size or the server's policy."""


@dataclass(frozen=True, slots=True)
class Trace:
    """A copy of one of our letters, or what a mail server wrote about one (``bounce``).

    ``action`` is the server's own word for it: failed, delayed … or empty.
    """

    received_at: datetime
    message_id: str
    bounce: Bounce | None = None
    action: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a letter is now known to have come to, and why."""

    letter: Queued
    state: LetterState
    why: str


def findings(letters: Sequence[Queued], traces: Iterable[Trace], now: datetime) -> list[Finding]:
    """What the traces say about the letters; letters they say nothing new about are left out."""
    ordered = sorted(traces, key=lambda t: t.received_at)
    last = _last_traces(letters, ordered)
    copies = [t.received_at for t in ordered if t.bounce is None]
    found = (_finding(each, last.get(each.id), copies, now) for each in letters)
    return [f for f in found if f is not None]


def _last_traces(letters: Sequence[Queued], traces: Iterable[Trace]) -> dict[int, Trace]:
    """For each letter the last thing heard of it since it was handed over."""
    by_id = {each.message_id: each for each in letters}
    last: dict[int, Trace] = {}
    for trace in traces:
        letter = by_id.get(trace.message_id) or _by_recipient(letters, trace)
        if letter is not None and _after(letter, trace):
            last[letter.id] = trace
    return last


def _by_recipient(letters: Sequence[Queued], trace: Trace) -> Queued | None:
    """A bounce that names no letter of ours is about the last one to that address, if it is final."""
    if trace.bounce is None or not trace.bounce.permanent or not trace.bounce.recipient:
        return None
    mine = [
        each
        for each in letters
        if each.address.lower() == trace.bounce.recipient.lower() and _after(each, trace)
    ]
    return mine[-1] if mine else None


def _after(letter: Queued, trace: Trace) -> bool:
    if letter.claimed_at is None:
        return False
    since = trace.received_at - letter.claimed_at
    return -CLOCKS_DIFFER <= since <= BOUNCES_WITHIN


def _finding(
    letter: Queued, trace: Trace | None, copies: Sequence[datetime], now: datetime
) -> Finding | None:
    if trace is None:
        return _unheard_of(letter, copies, now)
    if trace.bounce is not None and trace.action != "delayed":
        return _bounced(letter, trace.bounce, failed=trace.action == "failed")
    if letter.state == LetterState.SENT:
        return None
    proof = "服务器的延迟通知" if trace.bounce else "密送本邮箱的一份"
    return Finding(letter, LetterState.SENT, f"已由{proof}证实交出")


def _bounced(letter: Queued, bounce: Bounce, *, failed: bool) -> Finding | None:
    reason = f"退信 {bounce.status}".rstrip()
    if letter.state == LetterState.RETRY:
        return None
    if bounce.permanent:
        dead = DEAD_ADDRESS if ABOUT_THE_ADDRESS.fullmatch(bounce.status) else ""
        return Finding(letter, LetterState.REFUSED, dead + reason)
    if not failed:
        return None
    again = letter.kind not in BY_A_PERSON and letter.attempts < ATTEMPTS
    if again:
        return Finding(letter, LetterState.RETRY, f"{reason}（暂时的），稍后再发")
    return Finding(letter, LetterState.REFUSED, reason)


def _unheard_of(letter: Queued, copies: Sequence[datetime], now: datetime) -> Finding | None:
    """No trace at all: only where our copies do arrive does that mean anything, and only once."""
    if letter.state != LetterState.UNKNOWN or letter.claimed_at is None:
        return None
    if letter.kind in BY_A_PERSON or letter.attempts > 1 or now - letter.claimed_at < GRACE:
        return None
    if not any(copy > letter.claimed_at + CLOCKS_DIFFER for copy in copies):
        return None
    return Finding(letter, LetterState.RETRY, "密送本邮箱的一份一直未到，服务器没有收下，再发一次")
