"""The outbox 待发: letters with frozen text and what became of each.

A letter goes queued → sending (committed before the first byte) → sent, refused, retry or unknown. Only
the worker whose claim changed the row hands it over.
"""

import itertools
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from sys import intern
from typing import Any

from sqlalchemy import Column, Connection, Select, bindparam, func, or_, select, true, update

from tasks.ledger.arrivals import insert_new
from tasks.ledger.schema import letter, letter_part
from tasks.ledger.steps import Steps
from tasks.terms.letters import Letter, LetterState, Outcome, Part

_OPEN = [letter.c.state == LetterState.SENDING.value, letter.c.state == LetterState.UNKNOWN.value]
_PUT_OFF = letter.c.state == LetterState.RETRY.value
_CAME_TO = (
    update(letter)
    .where(letter.c.id == bindparam("letter"))
    .values(state=bindparam("came_to"), settled_at=bindparam("now"), reply=bindparam("text"))
)
_SETTLE = _CAME_TO.where(or_(*_OPEN))
_SETTLE_ATTEMPT = _CAME_TO.where(
    letter.c.attempts == bindparam("attempt"),
    or_(*_OPEN, _PUT_OFF),  # given up for lost, but not yet tried again
)

DEAD_ADDRESS = "地址不可用："
"""Begins the reply of a letter that came back because of its address."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a letter to a unit: all that is asked of the letters of a whole campaign at once."""

    id: int
    unit: str
    kind: str
    occasion: str
    state: str
    reply: str
    queued_at: datetime
    claimed_at: datetime | None
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Queued(Fate):
    """A letter as the outbox holds it; ``wire`` is the digest of its frozen text."""

    campaign: str
    obligations: list[str]
    address: str
    subject: str
    message_id: str
    wire: str
    attempts: int


Columns = Sequence[Column[Any]]
_FATE = [letter.c[each.name] for each in fields(Fate)]
_QUEUED = [letter.c[each.name] for each in fields(Queued)]


def queue(connection: Connection, new: Letter, wire_digest: str, now: datetime) -> bool:
    """Queue a letter; False when its occasion has one already, or a letter of its own was told of a part.

    Whether a letter of several parts tells of it is asked once for many letters: ``told_together``.
    """
    if any(_spoken(connection, part, new.address) for part in new.parts):
        return False
    if not connection.execute(insert_new(connection, letter), _row(new, wire_digest, now)).rowcount:
        return False
    if new.parts:
        mine = select(letter.c.id).where(letter.c.message_id == new.message_id)
        number = connection.execute(mine).scalar_one()
        rows = [{"letter": number} | asdict(p) | {"obligations": list(p.obligations)} for p in new.parts]
        connection.execute(letter_part.insert(), rows)
    return True


def queue_all(connection: Connection, letters: Sequence[tuple[Letter, str]], now: datetime) -> int:
    """Queue many letters, each with the digest of its frozen text; returns how many were new."""
    new = 0
    for several, group in itertools.groupby(letters, key=lambda each: bool(each[0].parts)):
        if several:
            new += sum(queue(connection, made, digest, now) for made, digest in group)
        else:
            rows = [_row(made, digest, now) for made, digest in group]
            new += connection.execute(insert_new(connection, letter), rows).rowcount
    return new


def _row(new: Letter, wire_digest: str, now: datetime) -> dict[str, Any]:
    return {
        "campaign": new.campaign,
        "unit": new.unit,
        "kind": new.kind,
        "occasion": new.occasion,
        "obligations": list(new.obligations),
        "address": new.address,
        "subject": new.subject,
        "message_id": new.message_id,
        "wire": wire_digest,
        "state": LetterState.QUEUED.value,
        "attempts": 0,
        "queued_at": now,
        "reply": "",
    }


def _spoken(connection: Connection, part: Part, address: str) -> bool:
    same = (letter.c.campaign == part.campaign, letter.c.unit == part.unit, letter.c.address == address)
    query = select(letter.c.id).where(*same, letter.c.occasion == part.occasion)
    return connection.execute(query).first() is not None


def told_together(connection: Connection, campaigns: Collection[str]) -> frozenset[tuple[Part, str]]:
    """What letters of several parts have told to which address; a letter set aside told nothing."""
    query = (
        select(letter_part.c.campaign, letter_part.c.unit, letter_part.c.occasion, letter.c.address)
        .join(letter, letter_part.c.letter == letter.c.id)
        .where(letter_part.c.campaign.in_(campaigns), letter.c.state != LetterState.DROPPED.value)
    )
    found = (tuple(row) for row in connection.execute(query))
    return frozenset((Part(campaign, unit, occasion), address) for campaign, unit, occasion, address in found)


def parts_of(connection: Connection, letter_id: int) -> list[Part]:
    """What a letter speaks for beside itself, in a fixed order; nothing for most letters."""
    query = select(letter_part).where(letter_part.c.letter == letter_id)
    ordered = query.order_by(letter_part.c.campaign, letter_part.c.unit, letter_part.c.occasion)
    return [
        Part(row["campaign"], row["unit"], row["occasion"], tuple(row["obligations"]))
        for row in connection.execute(ordered).mappings()
    ]


def waiting(connection: Connection, campaign: str) -> list[Queued]:
    """Letters to hand over now, oldest first: queued ones and those the server asked to try later."""
    states = (LetterState.QUEUED.value, LetterState.RETRY.value)
    query = select(*_QUEUED).where(letter.c.campaign == campaign, letter.c.state.in_(states))
    return [Queued(*row) for row in connection.execute(query.order_by(letter.c.id))]


def claim(connection: Connection, letter_id: int, now: datetime, *, seen: int | None = None) -> bool:
    """Take a waiting letter; False when another worker has it, or tried it since ``seen`` attempts."""
    states = (LetterState.QUEUED.value, LetterState.RETRY.value)
    unchanged = letter.c.attempts == seen if seen is not None else true()
    taken = connection.execute(
        letter.update()
        .where(unchanged)
        .where(letter.c.id == letter_id, letter.c.state.in_(states))
        .values(state=LetterState.SENDING.value, claimed_at=now, attempts=letter.c.attempts + 1)
    )
    return bool(taken.rowcount)


def drop(connection: Connection, letter_id: int, now: datetime, why: str) -> bool:
    """Set a waiting letter aside: what it asks for is no longer owed. False when it waits no more."""
    states = (LetterState.QUEUED.value, LetterState.RETRY.value)
    dropped = connection.execute(
        letter.update()
        .where(letter.c.id == letter_id, letter.c.state.in_(states))
        .values(state=LetterState.DROPPED.value, settled_at=now, reply=why)
    )
    return bool(dropped.rowcount)


def settle(
    connection: Connection | Steps,
    letter_id: int,
    outcome: Outcome,
    now: datetime,
    *,
    attempt: int | None = None,
) -> bool:
    """Record what a hand-over came to; its sender knows better than whoever took it for dead.

    ``attempt`` ties the outcome to its claim: a sender that wakes up late says nothing about the attempt
    that was made after its own.
    """
    given = {"letter": letter_id, "now": now, "came_to": outcome.state.value, "text": outcome.text[:500]}
    if attempt is None:
        return bool(connection.execute(_SETTLE, given).rowcount)
    return bool(connection.execute(_SETTLE_ATTEMPT, given | {"attempt": attempt}).rowcount)


def revise(connection: Connection, known: Queued, state: LetterState, why: str, now: datetime) -> bool:
    """Let evidence change what a letter is thought to have come to; False when it moved on meanwhile."""
    revised = connection.execute(
        letter.update()
        .where(letter.c.id == known.id, letter.c.state == known.state, letter.c.attempts == known.attempts)
        .values(state=state.value, settled_at=now, reply=why[:500])
    )
    return bool(revised.rowcount)


def in_states(connection: Connection, states: Collection[LetterState], since: datetime) -> list[Queued]:
    """Letters of every campaign in these states, handed over since then, oldest first."""
    among = letter.c.state.in_([state.value for state in states])
    query = select(*_QUEUED).where(among, letter.c.claimed_at >= since)
    return [Queued(*row) for row in connection.execute(query.order_by(letter.c.id))]


def orphan_to_unknown(connection: Connection, campaign: str, claimed_before: datetime) -> int:
    """Letters whose sender died mid-way: whether the server took them is unknown, so no one resends them."""
    found = connection.execute(
        letter.update()
        .where(letter.c.campaign == campaign, letter.c.state == LetterState.SENDING.value)
        .where(letter.c.claimed_at < claimed_before)
        .values(state=LetterState.UNKNOWN.value, reply="发送途中程序中断，是否送达待核实")
    )
    return int(found.rowcount)


def occasions(connection: Connection, campaign: str) -> dict[tuple[str, str], datetime]:
    """Every (unit, occasion) a letter was ever queued for, with when it last was.

    A letter of several parts that was set aside spoke for none of them: what is still owed is asked anew,
    also where another address of the unit was written to for the same occasion.
    """
    query = (
        select(letter.c.unit, letter.c.occasion, letter.c.queued_at)
        .where(letter.c.campaign == campaign)
        .order_by(letter.c.id)
    )
    spoken = {(unit, occasion): queued_at for unit, occasion, queued_at in connection.execute(query)}
    together = (
        select(letter_part.c.unit, letter_part.c.occasion, letter.c.queued_at)
        .join(letter, letter_part.c.letter == letter.c.id)
        .where(letter_part.c.campaign == campaign, letter.c.state != LetterState.DROPPED.value)
        .order_by(letter.c.id)
    )
    spoken |= {(unit, occasion): queued_at for unit, occasion, queued_at in connection.execute(together)}
    unsaid = _unsaid(connection, campaign)
    return {key: queued_at for key, queued_at in spoken.items() if key not in unsaid}


def _unsaid(connection: Connection, campaign: str) -> set[tuple[str, str]]:
    """What letters of several parts that were set aside had to say and their address was not told since."""
    set_aside = (
        select(letter_part.c.unit, letter_part.c.occasion, letter_part.c.campaign, letter.c.address)
        .join(letter, letter_part.c.letter == letter.c.id)
        .where(letter_part.c.campaign == campaign, letter.c.state == LetterState.DROPPED.value)
    )
    parts = [(Part(of, unit, on), to) for unit, on, of, to in connection.execute(set_aside)]
    if not parts:
        return set()
    told = told_together(connection, [campaign])
    return {
        (part.unit, part.occasion)
        for part, to in parts
        if (part, to) not in told and not _spoken(connection, part, to)
    }


def any_of(connection: Connection, campaign: str) -> bool:
    """Whether the campaign ever queued a letter."""
    return (
        connection.execute(select(letter.c.id).where(letter.c.campaign == campaign).limit(1)).first()
        is not None
    )


def of_campaign(connection: Connection, campaign: str, until: datetime) -> list[Queued]:
    """Every letter queued by that moment, oldest first.

    A letter of several parts stands once for each that is the campaign's, always with the same ``id``.
    """
    single = connection.execute(_single(campaign, until, _QUEUED))
    parts = connection.execute(_parts(campaign, until, _QUEUED, letter_part.c.obligations))
    several = (
        replace(Queued(*row), unit=unit, occasion=occasion, obligations=obligations, campaign=campaign)
        for *row, unit, occasion, obligations in parts
    )
    return sorted([*(Queued(*row) for row in single), *several], key=lambda each: each.id)


def fates(connection: Connection, campaign: str, until: datetime) -> list[Fate]:
    """The same letters in the same order, without their text and whom they went to."""
    single = connection.execute(_single(campaign, until, _FATE))
    parts = connection.execute(_parts(campaign, until, _FATE))
    several = (
        replace(_fate(row), unit=intern(unit), occasion=intern(occasion)) for *row, unit, occasion in parts
    )
    return sorted([*map(_fate, single), *several], key=lambda each: each.id)


def asked_in_letters(
    connection: Connection, campaign: str, until: datetime
) -> dict[tuple[int, str], tuple[str, ...]]:
    """The obligations each letter spoke of, by letter and unit; several parts of one are put together."""
    single = connection.execute(_single(campaign, until, [letter.c.id, letter.c.unit, letter.c.obligations]))
    parts = connection.execute(_parts(campaign, until, [letter.c.id], letter_part.c.obligations))
    told = [*(tuple(row) for row in single), *((n, unit, asked) for n, unit, _, asked in parts)]
    found: dict[tuple[int, str], tuple[str, ...]] = {}
    for number, unit, asked in told:
        key = number, intern(unit)
        found[key] = tuple(dict.fromkeys((*found.get(key, ()), *map(intern, asked))))
    return found


def _fate(row: Iterable[Any]) -> Fate:
    """With the words that recur from letter to letter kept once."""
    number, unit, kind, occasion, state, reply, *moments = row
    return Fate(number, intern(unit), intern(kind), intern(occasion), intern(state), intern(reply), *moments)


def _single(campaign: str, until: datetime, columns: Columns) -> Select[Any]:
    together = select(letter_part.c.letter)
    mine = (letter.c.campaign == campaign, letter.c.queued_at <= until)
    return select(*columns).where(*mine, letter.c.id.not_in(together))


def _parts(campaign: str, until: datetime, columns: Columns, *more: Column[Any]) -> Select[Any]:
    """Letters of several parts, and after ``columns`` what each part says of itself."""
    return (
        select(*columns, letter_part.c.unit, letter_part.c.occasion, *more)
        .join(letter_part, letter_part.c.letter == letter.c.id)
        .where(letter_part.c.campaign == campaign, letter.c.queued_at <= until)
        .order_by(letter_part.c.unit, letter_part.c.occasion)
    )


def sent_since(connection: Connection, moment: datetime) -> int:
    """How many letters were handed over since then, over all campaigns (the daily cap)."""
    handed = (LetterState.SENT, LetterState.UNKNOWN, LetterState.SENDING, LetterState.CLAIMED)
    query = select(func.count()).where(letter.c.state.in_([state.value for state in handed]))
    return int(connection.execute(query.where(letter.c.claimed_at >= moment)).scalar() or 0)


def tried_since(connection: Connection, moment: datetime) -> int:
    """How many letters were tried since then, whatever came of it, over all campaigns (the pace)."""
    query = select(func.count()).where(letter.c.claimed_at >= moment)
    return int(connection.execute(query).scalar() or 0)


def sent_to(letters: Sequence[Fate]) -> dict[str, int]:
    """How many letters each unit was sent (or may have been sent)."""
    counts: dict[str, int] = {}
    for each in letters:
        if each.state in (LetterState.SENT, LetterState.UNKNOWN):
            counts[each.unit] = counts.get(each.unit, 0) + 1
    return counts
