"""Traces of our own letters among what arrived: copies of them, and what mail servers wrote about them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from tasks.ledger.schema import arrival, judgement


@dataclass(frozen=True, slots=True)
class Found:
    """An arrival that is no report; ``digest`` finds the original in the store."""

    kind: str
    digest: str
    message_id: str
    received_at: datetime


def of_kinds(connection: Connection, kinds: Collection[str], since: datetime) -> list[Found]:
    """Arrivals any campaign took for one of these kinds of mail, oldest receipt first, each once."""
    query = (
        select(judgement.c.kind, arrival.c.digest, judgement.c.message_id, arrival.c.received_at)
        .join(arrival, judgement.c.arrival == arrival.c.id)
        .where(judgement.c.kind.in_(kinds), arrival.c.received_at >= since)
        .distinct()
        .order_by(arrival.c.received_at, arrival.c.digest)
    )
    return [Found(*row) for row in connection.execute(query)]
