"""What became of letters, by what came back: copies of our own, and bounces. Pure.

A copy shows that the server took the letter. A bounce shows that it took it and could not deliver it. Where
neither came although copies of other letters did, the letter was not taken, and may go once more: all but
the dispatch to the superior bureau and requests for a signature, of which a person decides.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tasks.ledger.outbox import DEAD_ADDRESS, Queued
from tasks.mail.bounce import FAILED
from tasks.terms.letters import WITHOUT_COPY, LetterState
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


@dataclass(frozen=True, slots=True)
class Trace:
    """A copy of one of our letters, or what a mail server wrote about one (``bounce``).

    ``of_the_copy``: only the copy to ourselves came back; the letter itself went its way.
    """

    received_at: datetime
    message_id: str
    bounce: Bounce | None = None
    of_the_copy: bool = False


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
    copies = _copies(letters, ordered)
    found = (_finding(each, last.get(each.id), copies[each.campaign], now) for each in letters)
    return [f for f in found if f is not None]


def _copies(letters: Iterable[Queued], traces: Iterable[Trace]) -> Mapping[str, list[datetime]]:
    """When copies came in, by campaign: another's account may give itself copies, this one's none."""
    campaigns = {each.message_id: each.campaign for each in letters}
    found: dict[str, list[datetime]] = defaultdict(list)
    for trace in traces:
        if trace.bounce is None and trace.message_id in campaigns:
            found[campaigns[trace.message_id]].append(trace.received_at)
    return found


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
    bounce = None if _is_of_the_copy(letter, trace) else trace.bounce
    if bounce is not None and bounce.action == FAILED and (bounce.permanent or not _onward(letter, bounce)):
        return _bounced(letter, bounce)
    if letter.state == LetterState.SENT:
        return None
    proof = "服务器的通知" if trace.bounce else "密送本邮箱的一份"
    return Finding(letter, LetterState.SENT, f"已由{proof}证实交出")


def _is_of_the_copy(letter: Queued, trace: Trace) -> bool:
    """Whether it speaks of the copy alone: a letter to ourselves has none."""
    own = trace.bounce is not None and trace.bounce.recipient == letter.address.lower()
    return trace.of_the_copy and not own


def _onward(letter: Queued, bounce: Bounce) -> bool:
    """Whether it came back from where the clerk has mail passed on to: the clerk's own box may have it."""
    return bounce.recipient not in {"", letter.address.lower()}


def _bounced(letter: Queued, bounce: Bounce) -> Finding | None:
    if letter.state == LetterState.RETRY:
        return None
    reason = _reason(letter, bounce)
    if bounce.permanent:
        return Finding(letter, LetterState.REFUSED, reason)
    if letter.kind not in BY_A_PERSON and letter.attempts < ATTEMPTS:
        return Finding(letter, LetterState.RETRY, f"{reason}（暂时的），稍后再发")
    return Finding(letter, LetterState.REFUSED, reason)


def _reason(letter: Queued, bounce: Bounce) -> str:
    """Why it came back. An address is given up only where the server says of this very one that it is not."""
    said = f"（{bounce.said}）" if bounce.said else ""
    passed_on = f"，转投 {bounce.recipient} 未成" if _onward(letter, bounce) else ""
    dead = DEAD_ADDRESS if bounce.permanent and bounce.no_such and not passed_on else ""
    return f"{dead}退信 {bounce.status}".rstrip() + said + passed_on


def _unheard_of(letter: Queued, copies: Sequence[datetime], now: datetime) -> Finding | None:
    """No trace at all: only where copies of its campaign do arrive does that mean anything, and only once."""
    if letter.state != LetterState.UNKNOWN or letter.claimed_at is None:
        return None
    if letter.kind in BY_A_PERSON or letter.attempts > 1 or now - letter.claimed_at < GRACE:
        return None
    if WITHOUT_COPY in letter.reply or not any(copy > letter.claimed_at + CLOCKS_DIFFER for copy in copies):
        return None
    return Finding(letter, LetterState.RETRY, "密送本邮箱的一份一直未到，服务器没有收下，再发一次")
