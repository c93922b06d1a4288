"""From a source into the store and the ledger, in the order that loses nothing.

The original is in the store and synced, then the ledger is committed, and only then is the mail flagged
or the file moved. A kill anywhere leaves the item at its source or in the ledger, or both; never neither.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from tasks.ledger import arrivals
from tasks.ledger.arrivals import Arrival
from tasks.ledger.session import Ledger
from tasks.mail.addresses import without_unsafe
from tasks.mail.sources.incoming import Inbox, Incoming
from tasks.store.files import Store
from tasks.terms.errors import Transient
from tasks.terms.text import legible

BATCH_ITEMS = 500
BATCH_BYTES = 32 << 20
"""One ledger transaction covers at most this much, and each of the store's folders is synced once for it; a
batch is held in memory."""


TEXT = re.compile("[^\ud800-\udfff]+")


def collect(ledger: Ledger, store: Store, inbox: Inbox, now: datetime) -> int:
    """Take in everything new at one source; returns how many arrivals were new to the ledger."""
    with ledger.read() as connection:
        cursor = arrivals.cursor_of(connection, inbox.name)
        was_failing = bool(arrivals.failing(connection, [inbox.name]))
        was_left = arrivals.left_there(connection, [inbox.name]).get(inbox.name, [])
    taken = 0
    coming = _Coming(inbox.new(cursor))
    for batch in coming.batches():
        digests = store.put_all(item.data for item in batch)
        entries = [_entry(item, digest, now) for item, digest in zip(batch, digests, strict=True)]
        with ledger.write() as connection:
            taken += arrivals.add(connection, entries)
        for item in batch:
            inbox.settle(item)
    if inbox.cursor() != cursor:
        with ledger.write() as connection:
            arrivals.move_cursor(connection, inbox.name, inbox.cursor())
    if coming.broken_off:  # what came before it is kept and not asked for again, however often it happens
        raise coming.broken_off
    if was_failing or was_left != inbox.problems:
        with ledger.write() as connection:
            arrivals.mark_reached(connection, inbox.name)
            arrivals.note_left(connection, inbox.name, inbox.problems)
    return taken


class _Coming:
    """The items as they come; when the line breaks, what had come before."""

    def __init__(self, items: Iterable[Incoming]) -> None:
        self._items = items
        self.broken_off: Transient | None = None

    def batches(self) -> Iterator[list[Incoming]]:
        """Everything, as much at a time as goes into one transaction."""
        batch: list[Incoming] = []
        size = 0
        for item in self._until_broken_off():
            batch.append(item)
            size += len(item.data)
            if len(batch) == BATCH_ITEMS or size >= BATCH_BYTES:
                yield batch
                batch, size = [], 0
        if batch:
            yield batch

    def _until_broken_off(self) -> Iterator[Incoming]:
        try:
            yield from self._items
        except Transient as fault:
            self.broken_off = fault


def _entry(item: Incoming, digest: str, now: datetime) -> Arrival:
    hints = {"folder": item.folder_hint, "sender": item.sender_hint, "subject": item.subject_hint}
    return Arrival(
        source=item.source,
        key=item.key,
        digest=digest,
        form=item.form,
        filename=_shown(item.filename),
        hints={name: _shown(hint) for name, hint in hints.items() if hint},
        place=_place(item),
        received_at=min(item.received_at, now),
        taken_at=now,
    )


def _shown(name: str) -> str:
    """A name as staff may be shown it: nothing in it makes its end look like another.

    Octets that are no text stay, for the ledger to write out.
    """
    return TEXT.sub(lambda found: without_unsafe(found[0]), legible(name))


def _place(item: Incoming) -> str:
    """What tells equal bytes apart: one blank form dropped by two units is two arrivals, a mail never is.

    A digest, for a register's title may be longer than an index holds.
    """
    if item.form == "mail":
        return ""
    parts = [item.folder_hint, item.sender_hint, item.subject_hint, item.filename]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
