"""Submissions 报件 and the queue of what no rule could place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from tasks.ledger.arrivals import insert_new
from tasks.ledger.schema import act, queue_item, submission

AT_ONCE = 500
"""Reports looked up in one question; a database takes only so many values in one."""


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


_COLUMNS = [submission.c[each.name] for each in fields(Submission)]


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
    """Enter the next version of a unit's report. None when these bytes are known already."""
    if not add_all(connection, [new]):
        return None
    same = (getattr(submission.c, f) == getattr(new, f) for f in ("campaign", "obligation", "unit", "digest"))
    return int(connection.execute(select(submission.c.id).where(*same)).scalar_one())


def add_all(connection: Connection, new: Sequence[Submission]) -> int:
    """Enter the next versions of units' reports, in order; returns how many were not known by their bytes.

    The same bytes may reach us twice, and the way that brought them first may be read last: the earlier
    receipt stands.
    """
    return sum(_add(connection, new[at : at + AT_ONCE]) for at in range(0, len(new), AT_ONCE))


def _add(connection: Connection, new: Sequence[Submission]) -> int:
    known = _versions(connection, new)
    rows: list[dict[str, Any]] = []
    for each in new:
        versions = known.setdefault((each.campaign, each.obligation, each.unit), {})
        if (same := versions.get(each.digest)) is None:
            row = {f: getattr(each, f) for f in Submission.__slots__ if f != "id"}
            row["version"] = max((v["version"] for v in versions.values()), default=0) + 1
            versions[each.digest] = row
            rows.append(row)
        elif each.received_at < same["received_at"]:
            same["received_at"] = each.received_at
            if "id" in same:
                earlier = submission.update().where(submission.c.id == same["id"])
                connection.execute(earlier.values(received_at=each.received_at))
    if rows:
        connection.execute(submission.insert(), rows)
    return len(rows)


def _versions(
    connection: Connection, new: Sequence[Submission]
) -> dict[tuple[str, str, str], dict[str, dict[str, Any]]]:
    """What is known of these units' reports: by campaign, obligation and unit, then by digest."""
    c = submission.c
    query = select(c.id, c.campaign, c.obligation, c.unit, c.digest, c.version, c.received_at).where(
        *(
            column.in_({getattr(each, column.name) for each in new})
            for column in (c.campaign, c.obligation, c.unit)
        )
    )
    found: dict[tuple[str, str, str], dict[str, dict[str, Any]]] = {}
    for row in connection.execute(query).mappings() if new else ():
        found.setdefault((row["campaign"], row["obligation"], row["unit"]), {})[row["digest"]] = dict(row)
    return found


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
        select(*_COLUMNS)
        .where(submission.c.campaign == campaign, submission.c.received_at <= until)
        .order_by(submission.c.obligation, submission.c.unit, submission.c.version)
    )
    if of is not None:
        query = query.where(submission.c.unit == of.unit, submission.c.obligation.in_(of.obligations))
    for row in connection.execute(query):
        yield Submission(*row)


def beside(connection: Connection, new: Sequence[Submission]) -> list[Submission]:
    """What is known of the reports of the same units and obligations, in order of version."""
    found: list[Submission] = []
    for at in range(0, len(new), AT_ONCE):
        some = new[at : at + AT_ONCE]
        c, keys = submission.c, {(each.campaign, each.obligation, each.unit) for each in some}
        query = select(*_COLUMNS).where(
            *(
                column.in_({getattr(each, column.name) for each in some})
                for column in (c.campaign, c.obligation, c.unit)
            )
        )
        rows = (Submission(*row) for row in connection.execute(query.order_by(c.version)))
        found += [row for row in rows if (row.campaign, row.obligation, row.unit) in keys]
    return found


def same_bytes(connection: Connection, campaign: str, ids: Sequence[int]) -> list[Submission]:
    """Every version of the same bytes as one of these, for whichever unit and obligation it was entered."""
    rows: dict[int, Submission] = {}
    for at in range(0, len(ids), AT_ONCE):
        mine = select(submission.c.digest).where(submission.c.id.in_(ids[at : at + AT_ONCE]))
        query = select(*_COLUMNS).where(submission.c.campaign == campaign, submission.c.digest.in_(mine))
        rows |= {row.id: row for row in (Submission(*each) for each in connection.execute(query))}
    return list(rows.values())


def after(connection: Connection, campaign: str, last_id: int) -> list[Submission]:
    """Submissions entered after that one, in order of entry."""
    query = (
        select(*_COLUMNS)
        .where(submission.c.campaign == campaign, submission.c.id > last_id)
        .order_by(submission.c.id)
    )
    return [Submission(*row) for row in connection.execute(query)]


def enqueue(connection: Connection, item: QueueItem) -> bool:
    """Put an undecided item before a clerk; False when it is there already."""
    return enqueue_all(connection, [item]) == 1


def enqueue_all(connection: Connection, items: Sequence[QueueItem]) -> int:
    """Put undecided items before a clerk; returns how many were not there already."""
    fields = [f for f in QueueItem.__slots__ if f not in {"id", "candidates", "reasons"}]
    rows = [
        {f: getattr(each, f) for f in fields}
        | {"candidates": list(each.candidates), "reasons": list(each.reasons)}
        for each in items
    ]
    return connection.execute(insert_new(connection, queue_item), rows).rowcount if rows else 0


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
