"""What arrived, and which campaigns have judged it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.sql.dml import Insert

from tasks.ledger.schema import arrival, cursor, judgement


@dataclass(frozen=True, slots=True)
class Arrival:
    """One mail or file as it came; ``digest`` finds the original in the store."""

    source: str
    key: str
    digest: str
    form: str
    filename: str
    hints: dict[str, str]
    place: str
    received_at: datetime
    taken_at: datetime
    id: int = 0


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one campaign concluded from one arrival."""

    campaign: str
    arrival: int
    outcome: str  # submission | queued | ignored
    kind: str
    sender: str
    subject: str
    message_id: str
    reasons: tuple[str, ...]
    judged_at: datetime


def insert_new(connection: Connection, table: object) -> Insert:
    """An INSERT that leaves rows already there alone, on either database; ``rowcount`` counts the new."""
    make = insert_postgresql if connection.dialect.name == "postgresql" else insert_sqlite
    new = make(table).on_conflict_do_nothing()  # type: ignore[arg-type]
    # Without this SQLAlchemy reports -1 on PostgreSQL, and a row that was there already counts as new.
    return new.execution_options(preserve_rowcount=True)


def add(connection: Connection, arrivals: Sequence[Arrival]) -> int:
    """Enter arrivals; those already known add nothing. Returns how many were new."""
    fields = ("source", "key", "digest", "form", "filename", "hints", "place", "received_at", "taken_at")
    rows = [{f: getattr(a, f) for f in fields} for a in arrivals]
    return connection.execute(insert_new(connection, arrival), rows).rowcount if rows else 0


def cursor_of(connection: Connection, source: str) -> str:
    """How far this source has been read; empty at first."""
    found = connection.execute(select(cursor.c.value).where(cursor.c.source == source)).scalar()
    return found or ""


def move_cursor(connection: Connection, source: str, value: str) -> None:
    """Remember how far this source has been read."""
    _set_cursor(connection, source, value=value)


def mark_failing(connection: Connection, source: str, since: datetime) -> None:
    """Remember since when (UTC) this source is out of reach; the first moment stands."""
    if not failing(connection, [source]):
        _set_cursor(connection, source, failing_since=since)


def mark_reached(connection: Connection, source: str) -> None:
    """The source answers again."""
    connection.execute(cursor.update().where(cursor.c.source == source).values(failing_since=None))


def failing(connection: Connection, sources: Sequence[str]) -> dict[str, datetime]:
    """Which of these sources are out of reach, and since when (UTC): what lies there nobody has seen."""
    query = select(cursor.c.source, cursor.c.failing_since).where(
        cursor.c.source.in_(sources), cursor.c.failing_since.is_not(None)
    )
    return {row.source: row.failing_since for row in connection.execute(query.order_by(cursor.c.source))}


def note_left(connection: Connection, source: str, sentences: Sequence[str]) -> None:
    """Remember what the last visit could not take; none clears it."""
    _set_cursor(connection, source, left_there=list(sentences))


def left_there(connection: Connection, sources: Sequence[str]) -> dict[str, list[str]]:
    """What these sources hold and could not be taken: Chinese sentences, by source."""
    query = select(cursor.c.source, cursor.c.left_there).where(cursor.c.source.in_(sources))
    rows = connection.execute(query.order_by(cursor.c.source))
    return {row.source: row.left_there for row in rows if row.left_there}


def _set_cursor(connection: Connection, source: str, **values: object) -> None:
    changed = connection.execute(cursor.update().where(cursor.c.source == source).values(**values))
    if not changed.rowcount:
        connection.execute(cursor.insert().values(**{"value": "", **values, "source": source}))


def unjudged(
    connection: Connection, campaign: str, sources: Sequence[str], limit: int, after: Arrival | None = None
) -> list[Arrival]:
    """Arrivals from these sources the campaign has not judged yet, oldest receipt first, those after one."""
    judged = (judgement.c.arrival == arrival.c.id) & (judgement.c.campaign == campaign)
    at, number = arrival.c.received_at, arrival.c.id
    query = (
        select(arrival)
        .outerjoin(judgement, judged)
        .where(judgement.c.arrival.is_(None), arrival.c.source.in_(sources), arrival.c.form != "gone")
        .order_by(at, number)
        .limit(limit)
    )
    if after is not None:
        query = query.where((at > after.received_at) | ((at == after.received_at) & (number > after.id)))
    return [Arrival(**row._mapping) for row in connection.execute(query)]  # noqa: SLF001  Row's public name


def record_judgement(connection: Connection, made: Judgement) -> bool:
    """Enter a judgement; False when another worker has judged this arrival already."""
    return bool(record_judgements(connection, [made]))


def record_judgements(connection: Connection, made: Sequence[Judgement]) -> set[int]:
    """Enter the judgements of one campaign; the arrivals among them nobody has judged before."""
    fields = [f for f in Judgement.__slots__ if f != "reasons"]
    rows = [{f: getattr(each, f) for f in fields} | {"reasons": list(each.reasons)} for each in made]
    if not rows:
        return set()
    entered = connection.execute(insert_new(connection, judgement).returning(judgement.c.arrival), rows)
    return set(entered.scalars())


def by_id(connection: Connection, arrival_id: int) -> Arrival | None:
    """One arrival by its number."""
    row = connection.execute(select(arrival).where(arrival.c.id == arrival_id)).first()
    return Arrival(**row._mapping) if row else None  # noqa: SLF001  Row's public name
