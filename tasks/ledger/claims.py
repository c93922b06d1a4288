"""Letters claimed a few at a time: one commit to disk before the first byte of the first, not one for each.

A claim is synced to disk. What follows it, letter by letter, is committed but not waited for: a process that
is killed loses nothing of it, only a machine that falls may. So a claimed letter that never began was not
handed over if the machine has been up since, and if it has not, nobody knows.
"""

import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import groupby
from operator import attrgetter

from sqlalchemy import Connection, bindparam, case, or_, update

from tasks.ledger.outbox import Queued
from tasks.ledger.schema import letter
from tasks.ledger.steps import Steps
from tasks.terms.letters import LetterState

CLOCKS_SET = timedelta(minutes=10)
"""A clock may have been set since the machine came up."""

FELL = "发送途中机器停机，是否送达待核实"

_attempts = attrgetter("attempts")
_WAITING = (LetterState.QUEUED.value, LetterState.RETRY.value)
_MINE = (
    letter.c.id == bindparam("letter"),
    letter.c.attempts == bindparam("seen"),
    letter.c.state == LetterState.CLAIMED.value,
    letter.c.claimed_at == bindparam("claimed"),
)

_RESERVE = (
    update(letter)
    .where(letter.c.id.in_(bindparam("letters", expanding=True)), letter.c.attempts == bindparam("seen"))
    .where(or_(*(letter.c.state == state for state in _WAITING)))
    .values(state=LetterState.CLAIMED.value, claimed_at=bindparam("now"))
    .returning(letter.c.id)
)
_BEGIN = (
    update(letter)
    .where(*_MINE)
    .values(state=LetterState.SENDING.value, claimed_at=bindparam("now"), attempts=letter.c.attempts + 1)
)
_BACK = case((letter.c.attempts > 0, LetterState.RETRY.value), else_=LetterState.QUEUED.value)
_RELEASE = update(letter).where(*_MINE).values(state=_BACK)


def reserve(connection: Connection, letters: Iterable[Queued], now: datetime) -> list[Queued]:
    """Claim waiting letters whose turn comes in a moment; those another worker has or tried are left out."""
    wanted = list(letters)
    taken: set[int] = set()
    for seen, group in groupby(sorted(wanted, key=_attempts), key=_attempts):
        given = {"letters": [each.id for each in group], "seen": seen, "now": now}
        taken.update(connection.execute(_RESERVE, given).scalars())
    return [each for each in wanted if each.id in taken]


def begin(connection: Connection | Steps, claim: Queued, now: datetime, *, claimed: datetime) -> bool:
    """Its turn has come; False when the claim was taken away meanwhile."""
    given = {"letter": claim.id, "seen": claim.attempts, "claimed": claimed, "now": now}
    return bool(connection.execute(_BEGIN, given).rowcount)


def release(connection: Connection | Steps, letters: Iterable[Queued], *, claimed: datetime) -> None:
    """Give back claimed letters whose turn did not come."""
    for each in letters:
        connection.execute(_RELEASE, {"letter": each.id, "seen": each.attempts, "claimed": claimed})


def free_orphans(connection: Connection, campaign: str, claimed_before: datetime, up_since: datetime) -> None:
    """Give back what a dead worker claimed and never began; what a fall of the machine hides is unknown."""
    mine = letter.c.campaign == campaign, letter.c.state == LetterState.CLAIMED.value
    old = update(letter).where(*mine, letter.c.claimed_at < claimed_before)
    unsure = {"state": LetterState.UNKNOWN.value, "attempts": letter.c.attempts + 1, "reply": FELL}
    connection.execute(old.where(letter.c.claimed_at < up_since + CLOCKS_SET).values(**unsure))
    connection.execute(old.values(state=_BACK))


def machine_up_since() -> datetime:
    """When this machine came up."""
    return datetime.now(UTC) - timedelta(seconds=time.clock_gettime(time.CLOCK_BOOTTIME))
