"""Submissions 报件 and the queue of what no rule could place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select

from tasks.ledger.arrivals import insert_new
from tasks.ledger.schema import act, queue_item, submission


@dataclass(frozen=True, slots=True)
class Submission:
    """One version of one unit's report.

    Attributes:
        unit: the reporting unit; its form may carry rows of units that report through it.
        files: every file of this report, the judged document first: filename, digest, size.
        verdict: accepted, returned, or received (a person has to look).
        reading: what was read: values, evidence, rows, findings, nil, reasons.
    """

    campaign: str
    obligation: str
    unit: str
    digest: str
    filename: str
    files: list[dict[str, Any]]
    sender: str
    verdict: str
    reading: dict[str, Any]
    received_at: datetime
    recorded_at: datetime
    arrival: int | None = None
    version: int = 0
    id: int = 0


@dataclass(frozen=True, slots=True)
class QueueItem:
    """Something a clerk must place: who sent it, or what it is, is not certain."""

    campaign: str
    arrival: int
    digest: str
    filename: str
    sender: str
    subject: str
    candidates: tuple[str, ...]
    reasons: tuple[str, ...]
    received_at: datetime
    queued_at: datetime
    id: int = field(default=0)


def add(connection: Connection, new: Submission) -> int | None:
    """Enter the next version of a unit's report. None when these bytes are known already.

    The same bytes may reach us twice, and the way that brought them first may be read last: the earlier
    receipt stands.
    """
    same = (
        (submission.c.campaign == new.campaign)
        & (submission.c.obligation == new.obligation)
        & (submission.c.unit == new.unit)
    )
    known = select(submission.c.id).where(same, submission.c.digest == new.digest)
    found = connection.execute(known).scalar()
    if found is not None:
        earlier = (submission.c.id == found) & (submission.c.received_at > new.received_at)
        connection.execute(submission.update().where(earlier).values(received_at=new.received_at))
        return None
    last = connection.execute(select(func.max(submission.c.version)).where(same)).scalar()
    row = {f: getattr(new, f) for f in Submission.__slots__ if f != "id"} | {"version": (last or 0) + 1}
    return int(connection.execute(submission.insert().values(row)).inserted_primary_key[0])  # type: ignore[index]


@dataclass(frozen=True, slots=True)
class Of:
    """One reporter's versions for these obligations; the ledger finds them without looking through all."""

    unit: str
    obligations: tuple[str, ...]


def of_campaign(
    connection: Connection, campaign: str, until: datetime, *, of: Of | None = None
) -> list[Submission]:
    """Every version received by that moment, in order of version."""
    return list(one_by_one(connection, campaign, until, of=of))


def one_by_one(
    connection: Connection, campaign: str, until: datetime, *, of: Of | None = None
) -> Iterator[Submission]:
    """The same, for whoever need not hold them all at once."""
    query = (
        select(submission)
        .where(submission.c.campaign == campaign, submission.c.received_at <= until)
        .order_by(submission.c.obligation, submission.c.unit, submission.c.version)
    )
    if of is not None:
        query = query.where(submission.c.unit == of.unit, submission.c.obligation.in_(of.obligations))
    for row in connection.execute(query).mappings():
        yield _submission(row)


def after(connection: Connection, campaign: str, last_id: int) -> list[Submission]:
    """Submissions entered after that one, in order of entry."""
    query = (
        select(submission)
        .where(submission.c.campaign == campaign, submission.c.id > last_id)
        .order_by(submission.c.id)
    )
    return [_submission(row) for row in connection.execute(query).mappings()]


def _submission(row: RowMapping) -> Submission:
    return Submission(**row)


def enqueue(connection: Connection, item: QueueItem) -> bool:
    """Put an undecided item before a clerk; False when it is there already."""
    row = {f: getattr(item, f) for f in QueueItem.__slots__ if f != "id"}
    row |= {"candidates": list(item.candidates), "reasons": list(item.reasons)}
    return bool(connection.execute(insert_new(connection, queue_item), row).rowcount)


SETTLING = ("assign", "dismiss")
"""Acts that take an item off the queue: it is somebody's report, or nobody's."""


def undecided(connection: Connection, campaign: str, until: datetime) -> list[QueueItem]:
    """Queue items no act has settled by that moment, oldest first."""
    item = act.c.detail["queue_item"].as_integer()
    settled = select(item).where(
        act.c.campaign == campaign, act.c.kind.in_(SETTLING), act.c.at <= until, item.is_not(None)
    )
    query = (
        select(queue_item)
        .where(queue_item.c.campaign == campaign, queue_item.c.received_at <= until)
        .where(queue_item.c.id.not_in(settled))
        .order_by(queue_item.c.id)
    )
    return [_item(row) for row in connection.execute(query).mappings()]


def queued(connection: Connection, campaign: str, item_id: int) -> QueueItem | None:
    """One queue item of the campaign by its number."""
    query = select(queue_item).where(queue_item.c.campaign == campaign, queue_item.c.id == item_id)
    row = connection.execute(query).mappings().first()
    return _item(row) if row else None


def _item(row: RowMapping) -> QueueItem:
    return QueueItem(**{**row, "candidates": tuple(row["candidates"]), "reasons": tuple(row["reasons"])})


def unanswered(rows: Sequence[Submission], answered: set[str]) -> list[Submission]:
    """Those whose occasion (see ``occasion``) no receipt or return has been queued for."""
    return [row for row in rows if occasion(row) not in answered]


def occasion(row: Submission) -> str:
    """What makes the answer to a version unique: one receipt or return per version."""
    return f"version:{row.obligation}:{row.version}:{row.digest[:12]}"
