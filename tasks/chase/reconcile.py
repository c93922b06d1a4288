"""Look at what came back to our mailbox and enter what it says of our letters."""

import re
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection

from tasks.chase.evidence import BOUNCES_WITHIN, CLOCKS_DIFFER, Trace, findings
from tasks.desk import Desk
from tasks.ledger import outbox, traces
from tasks.ledger.outbox import Queued
from tasks.ledger.traces import Found
from tasks.mail.reader import read_mail
from tasks.store.files import Store
from tasks.terms.letters import LetterState

HANDED = (LetterState.SENT, LetterState.UNKNOWN, LetterState.RETRY)
IN_DOUBT = frozenset({LetterState.UNKNOWN, LetterState.RETRY})

KEPT_ID = re.compile(rb"^x-oq-msgid:\s*(<[^<>\s]{3,300}>)", re.IGNORECASE | re.MULTILINE)
"""smtp.qq.com puts its own Message-ID in place of ours and keeps ours here."""
HEAD = 64 << 10


def reconcile(desk: Desk) -> dict[str, int]:
    """Settle what the mailbox tells of letters already handed over; returns how many came to what."""
    since = desk.now - BOUNCES_WITHIN
    with desk.ledger.read() as connection:
        letters = outbox.in_states(connection, HANDED, since)
        found = _found(connection, letters, since)
    seen = list(_traces(desk.store, found, desk.own_addresses))
    counted: dict[str, int] = {}
    for each in findings(letters, seen, desk.now):
        with desk.ledger.write() as connection:
            if outbox.revise(connection, each.letter, each.state, each.why, desk.clock()):
                counted[each.state.value] = counted.get(each.state.value, 0) + 1
    return counted


def _found(connection: Connection, letters: list[Queued], since: datetime) -> list[Found]:
    """Every bounce; copies only while some letter is in doubt, for there are as many as letters."""
    doubtful = [q.claimed_at for q in letters if q.state in IN_DOUBT and q.claimed_at is not None]
    found = traces.of_kinds(connection, ["bounce"], since) if letters else []
    if doubtful:
        found += traces.of_kinds(connection, ["own_mail"], min(doubtful) - CLOCKS_DIFFER)
    return found


def _traces(store: Store, found: list[Found], own: frozenset[str]) -> Iterator[Trace]:
    for each in found:
        if each.kind == "own_mail":
            kept = KEPT_ID.search(store.read(each.digest)[:HEAD])
            yield Trace(each.received_at, kept[1].decode("ascii", "replace") if kept else each.message_id)
            continue
        raw = store.read(each.digest)
        bounce = read_mail(raw, own_addresses=own).bounced
        if bounce is not None:
            yield Trace(each.received_at, bounce.message_id, bounce, of_the_copy=bounce.recipient in own)
