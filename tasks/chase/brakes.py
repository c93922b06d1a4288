"""The brakes on sending: how many letters in a day and in a minute, at which hours, and none at all."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from tasks.ledger import claims, latest, outbox
from tasks.ledger.session import Ledger
from tasks.terms import times

Clock = Callable[[], datetime]
"""The present moment, read anew: a claim carries the time it was made, not the time its run began."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The brakes on sending.

    Attributes:
        kill_switch: while this file exists nothing is sent.
        daily_cap: most letters in one day (Asia/Shanghai), over all campaigns.
        deferred: kinds of letter that wait for office hours now.
        urgent: rungs whose letters do not wait for them.
        per_minute: most letters in one minute, over all campaigns and workers; 0 is no limit.
        pause: how a round waits.
        up_since: when this machine came up: what was claimed before may have been begun unseen.
    """

    kill_switch: Path
    daily_cap: int
    deferred: frozenset[str] = frozenset()
    urgent: frozenset[str] = frozenset()
    per_minute: int = 0
    pause: Callable[[float], None] = time.sleep
    up_since: datetime = field(default_factory=claims.machine_up_since)

    def killed(self) -> bool:
        """Whether nothing may be sent; asked for each letter, so in the quickest way."""
        return os.access(self.kill_switch, os.F_OK)


class Today:
    """The letters of the day: counted in the ledger, and again only where somebody else has written to it.

    Counting reads every letter there ever was; one office's claims follow each other by the dozen.
    """

    def __init__(self) -> None:
        self._known: tuple[str, datetime] | None = None
        self._sent = 0

    def sent(self, connection: Connection, now: datetime, most: int) -> int:
        """How many were handed over since midnight (Asia/Shanghai), to be asked before any are claimed.

        It may be a few too many where letters were turned away, but not once ``most`` is reached.
        """
        midnight = times.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
        if self._known != (latest.mark_of(connection), midnight) or self._sent >= most:
            self._sent = outbox.sent_since(connection, midnight)
        self._midnight = midnight
        return self._sent

    def add(self, connection: Connection, claimed: int) -> None:
        """So many more, in the same transaction; it takes the ledger's mark, to be known again by it."""
        self._sent += claimed
        self._known = latest.renew_mark(connection), self._midnight


def keep_pace(ledger: Ledger, limits: Limits, clock: Clock) -> None:
    """Wait while the last minute is full, whoever filled it; the cap of the day is asked about elsewhere."""
    while limits.per_minute:
        with ledger.read() as connection:
            recent = outbox.tried_since(connection, clock() - timedelta(minutes=1))
        if recent < limits.per_minute or limits.killed():
            return
        limits.pause(60 / limits.per_minute)
