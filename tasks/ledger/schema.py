"""The tables of the ledger. Uniqueness here, not code elsewhere, makes every step safe to repeat."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

from tasks.terms import times


class Moment(TypeDecorator[datetime]):
    """A moment as UTC text of fixed width: the same on both databases, and it sorts as time does."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> str | None:  # noqa: ARG002, D102
        return None if value is None else _written(value)

    def process_result_value(self, value: str | None, dialect: Any) -> datetime | None:  # noqa: ARG002, D102
        return None if value is None else _read(value)


@times.remembered
def _written(moment: datetime) -> str:
    return times.utc(moment).isoformat(timespec="microseconds")


@times.remembered
def _read(text: str) -> datetime:
    return datetime.fromisoformat(text)


class Words(TypeDecorator[str]):
    """Text someone sent. What neither database can hold (a NUL, half a surrogate pair) is written out.

    One such file name must not keep everything behind it from being taken in.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:  # noqa: ARG002, D102
        if value is None:
            return None
        return value.replace("\x00", "\\x00").encode("utf-8", "backslashreplace").decode()


NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMING)

arrival = Table(
    "arrival",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", Words, nullable=False),
    Column("key", Words, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("form", String(8), nullable=False),
    Column("filename", Words, nullable=False),
    Column("hints", JSON, nullable=False),
    Column("place", Words, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("taken_at", Moment, nullable=False),
    # The same bytes in the same place are the same arrival, whatever key the source gives them today:
    # a mailbox that renumbers itself (UIDVALIDITY) or a file dropped again adds nothing.
    UniqueConstraint("source", "digest", "place"),
)

cursor = Table(
    "cursor",
    metadata,
    Column("source", Words, primary_key=True),
    Column("value", Words, nullable=False),
    Column("failing_since", Moment, nullable=True),
    # What lies there and could not be taken, as the last visit found it: sentences for staff.
    Column("left_there", JSON, nullable=True),
)

judgement = Table(
    "judgement",
    metadata,
    Column("campaign", Words, primary_key=True),
    Column("arrival", Integer, ForeignKey("arrival.id"), primary_key=True),
    Column("outcome", String(16), nullable=False),
    Column("kind", String(24), nullable=False),
    Column("sender", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("message_id", Words, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("judged_at", Moment, nullable=False),
)

submission = Table(
    "submission",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("campaign", Words, nullable=False),
    Column("obligation", Words, nullable=False),
    Column("unit", Words, nullable=False),
    Column("version", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("filename", Words, nullable=False),
    Column("files", JSON, nullable=False),
    Column("arrival", Integer, ForeignKey("arrival.id"), nullable=True),
    Column("sender", Words, nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("reading", JSON, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    # The same file by mail and by exchange is one submission.
    UniqueConstraint("campaign", "obligation", "unit", "digest"),
    UniqueConstraint("campaign", "obligation", "unit", "version"),
)

queue_item = Table(
    "queue_item",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("campaign", Words, nullable=False),
    Column("arrival", Integer, ForeignKey("arrival.id"), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("filename", Words, nullable=False),
    Column("sender", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("candidates", JSON, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("queued_at", Moment, nullable=False),
    UniqueConstraint("campaign", "arrival", "digest"),
)

act = Table(
    "act",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("campaign", Words, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("unit", Words, nullable=False),
    Column("obligation", Words, nullable=False),
    Column("detail", JSON, nullable=False),
    Column("who", Words, nullable=False),
    Column("why", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("key", String(64), nullable=False, unique=True),
    Column("previous", String(64), nullable=False, unique=True),
    Column("hash", String(64), nullable=False, unique=True),
    Index(None, "campaign", "kind"),
)

act_head = Table(
    "act_head",
    metadata,
    # One row: the last act there was. A chain alone does not show that its end was cut off.
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("act", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)

letter = Table(
    "letter",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("campaign", Words, nullable=False),
    Column("unit", Words, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("occasion", Words, nullable=False),
    Column("obligations", JSON, nullable=False),
    Column("address", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("message_id", Words, nullable=False, unique=True),
    Column("wire", String(64), nullable=False),  # digest of the frozen text in the store
    Column("state", String(8), nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("queued_at", Moment, nullable=False),
    Column("claimed_at", Moment, nullable=True),
    Column("settled_at", Moment, nullable=True),
    Column("reply", Words, nullable=False, default=""),
    UniqueConstraint("campaign", "unit", "kind", "occasion", "address"),
    Index(None, "campaign", "state"),
)

letter_part = Table(
    "letter_part",
    metadata,
    # What one letter says of several reporters, obligations or campaigns: each part has its own occasion.
    Column("letter", Integer, ForeignKey("letter.id"), primary_key=True),
    Column("campaign", Words, primary_key=True),
    Column("unit", Words, primary_key=True),
    Column("occasion", Words, primary_key=True),
    Column("obligations", JSON, nullable=False),
    Index(None, "campaign", "unit"),
)

package = Table(
    "package",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("campaign", Words, nullable=False),
    Column("number", Integer, nullable=False),
    Column("occasion", Words, nullable=False),
    Column("as_of", Moment, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("path", Words, nullable=False),
    Column("summary", JSON, nullable=False),
    Column("built_at", Moment, nullable=False),
    Column("dispatched_at", Moment, nullable=True),
    Column("dispatch", JSON, nullable=False),
    UniqueConstraint("campaign", "number"),
    UniqueConstraint("campaign", "occasion"),
)
