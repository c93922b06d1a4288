"""The ledger's mark, and what of it is still moving."""

import secrets
from datetime import datetime

from sqlalchemy import Connection, func, select, text

from tasks.ledger.schema import act, letter, queue_item, submission
from tasks.terms.letters import LetterState

MARK = "ledger:mark"
"""Stands among the cursors: where the ledger itself is."""

AT_REST = (LetterState.SENT.value, LetterState.DROPPED.value, LetterState.REFUSED.value)
"""States no run changes by itself."""

_RENEW = text("UPDATE cursor SET value = :value WHERE source = :source")
_BEGIN = text("INSERT INTO cursor (source, value) VALUES (:source, :value)")


def renew_mark(connection: Connection) -> str:
    """Tell every reader that this transaction changed something. Drawn by lot, a mark never comes back."""
    given = {"source": MARK, "value": secrets.token_hex(16)}
    if not connection.execute(_RENEW, given).rowcount:
        connection.execute(_BEGIN, given)
    return given["value"]


def mark_of(connection: Connection) -> str:
    """The mark of the last committed write; of a ledger nobody has written to, the empty one."""
    found = connection.execute(text("SELECT value FROM cursor WHERE source = :s"), {"s": MARK}).scalar()
    return str(found or "")


def restless(connection: Connection) -> bool:
    """Whether any letter of the office waits, is under way or in doubt."""
    query = select(letter.c.id).where(letter.c.state.not_in(AT_REST)).limit(1)
    return connection.execute(query).first() is not None


def fact_after(connection: Connection, moment: datetime) -> bool:
    """Whether the ledger holds anything of a later moment, which the clock alone would bring into view."""
    columns = (submission.c.received_at, act.c.at, letter.c.queued_at, queue_item.c.received_at)
    newest = (connection.execute(select(func.max(column))).scalar() for column in columns)
    return any(at is not None and at > moment for at in newest)
