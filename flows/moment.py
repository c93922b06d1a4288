"""The clock is read here, once, at a flow's head."""

from datetime import UTC, datetime

from tasks.terms import times


def moment(as_of: datetime | None) -> datetime:
    """The moment a run works for: the one it was given (Asia/Shanghai when it has no offset), or now."""
    return times.utc(as_of) if as_of else datetime.now(UTC)
