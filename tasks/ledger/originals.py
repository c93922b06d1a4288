"""Which originals the ledger names: each must be in the store, byte for byte."""

from sqlalchemy import Connection, select

from tasks.ledger.forget import GONE, REMOVED
from tasks.ledger.schema import arrival, letter, queue_item, submission


def named(connection: Connection) -> set[str]:
    """The digests of everything that came, was in it, or was written; less what was deleted by rule."""
    asked = (
        select(arrival.c.digest).where(arrival.c.form != GONE),
        select(queue_item.c.digest)
        .join(arrival, arrival.c.id == queue_item.c.arrival)
        .where(arrival.c.form != GONE),
        select(letter.c.wire).where(letter.c.address.not_like(f"{REMOVED}%")),
    )
    found = {digest for query in asked for digest in connection.execute(query).scalars()}
    for files in connection.execute(select(submission.c.files)).scalars():
        found |= {f["digest"] for f in files if f["filename"]}
    return found
