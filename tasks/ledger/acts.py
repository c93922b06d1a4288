"""The staff's acts: append-only, each sealed with the hash of the one before it."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from tasks.ledger.schema import act, act_head
from tasks.terms import times

FIRST = "0" * 64
"""What the first act of a ledger is chained to."""

OVERRULED_BY = {
    "accept": ("accept", "return"),
    "return": ("accept", "return"),
    "extend": ("extend",),
    "waive": ("waive", "unwaive"),
    "unwaive": ("waive", "unwaive"),
}
"""Acts a later one of these kinds, on the same unit and obligation, takes the place of."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something a person decided: who, when (``at``, UTC), why, and about what.

    ``key`` makes it idempotent: the same act given twice is one act, unless it was overruled in between:
    accepted, returned, and accepted again are three decisions, even in the same words.
    """

    campaign: str
    kind: str
    who: str
    why: str
    at: datetime
    unit: str = ""
    obligation: str = ""
    detail: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What the act decides, without when it was typed."""
        parts = [self.campaign, self.kind, self.unit, self.obligation, self.detail, self.who, self.why]
        return _digest(parts)


def _digest(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _seal(previous: str, given: Act) -> str:
    moment = times.utc(given.at).isoformat(timespec="microseconds")
    return _digest([previous, given.key, moment])


def record(connection: Connection, given: Act) -> bool:
    """Append an act; False when the very same act stands already."""
    last = connection.execute(select(act.c.hash).order_by(act.c.id.desc()).limit(1)).scalar() or FIRST
    key = given.key
    if connection.execute(select(act.c.id).where(act.c.key == key)).scalar() is not None:
        if _standing_key(connection, given) == key:
            return False
        key = _digest([key, last])
    row = {f: getattr(given, f) for f in Act.__slots__}
    row |= {"key": key, "previous": last, "hash": _seal(last, given)}
    number = connection.execute(act.insert().values(row).returning(act.c.id)).scalar_one()
    _move_head(connection, number, row["hash"])
    return True


def _move_head(connection: Connection, number: int, seal: str) -> None:
    here = {"act": number, "hash": seal}
    if connection.execute(act_head.update().values(here)).rowcount == 0:
        connection.execute(act_head.insert().values(id=1, **here))


def _standing_key(connection: Connection, given: Act) -> str:
    """The key of the act that stands on this matter now; the given act's own when nothing overrules it."""
    kinds = OVERRULED_BY.get(given.kind)
    if kinds is None:
        return given.key
    query = (
        select(act)
        .where(act.c.campaign == given.campaign, act.c.unit == given.unit)
        .where(act.c.obligation == given.obligation, act.c.kind.in_(kinds))
        .order_by(act.c.id.desc())
        .limit(1)
    )
    return _act(connection.execute(query).mappings().one()).key


def of_campaign(connection: Connection, campaign: str, until: datetime) -> list[Act]:
    """The campaign's acts up to that moment, oldest first."""
    query = select(act).where(act.c.campaign == campaign, act.c.at <= until).order_by(act.c.id)
    return [_act(row) for row in connection.execute(query).mappings()]


def broken_link(connection: Connection) -> int | None:
    """The number of the first act whose seal does not hold or that is gone, or None when all are there."""
    try:
        rows = connection.execute(select(act).order_by(act.c.id)).mappings().all()
    except ValueError:
        return _unreadable(connection)
    last, previous = 0, FIRST
    for row in rows:
        if row["previous"] != previous or row["hash"] != _seal(previous, _act(row)):
            return int(row["id"])
        last, previous = int(row["id"]), row["hash"]
    head = connection.execute(select(act_head.c.act, act_head.c.hash)).one_or_none()
    if head is None:
        return last or None
    return None if tuple(head) == (last, previous) else max(last, int(head.act))


def _unreadable(connection: Connection) -> int | None:
    """The first act of which something cannot be read at all any more."""
    for number in connection.execute(select(act.c.id).order_by(act.c.id)).scalars():
        try:
            connection.execute(select(act).where(act.c.id == number)).one()
        except ValueError:
            return int(number)
    return None


def _act(row: Any) -> Act:
    return Act(**{f: row[f] for f in Act.__slots__})
