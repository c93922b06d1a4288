"""Letters claimed a few at a time: one commit to disk before the first byte of the first, not one for each.

A claim is synced to disk. What follows it, letter by letter, is committed but not waited for: a process that
is killed loses nothing of it, only a machine that falls may. So a claimed letter that never began was not
handed over if the machine has been up since, and if it has not, nobody knows.
"""

import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, bindparam, case, or_, update

from tasks.ledger.schema import letter
from tasks.terms.letters import LetterState

CLOCKS_SET = timedelta(minutes=10)
"""A clock may have been set since the machine came up."""

FELL = "发送途中机器停机，是否送达待核实"

_WAITING = (LetterState.QUEUED.value, LetterState.RETRY.value)
_MINE = (
    letter.c.id == bindparam("letter"),
    letter.c.attempts == bindparam("seen"),
    letter.c.state == LetterState.CLAIMED.value,
    letter.c.claimed_at == bindparam("claimed"),
)

_RESERVE = (
    update(letter)
    .where(letter.c.id == bindparam("letter"), letter.c.attempts == bindparam("seen"))
    .where(or_(*(letter.c.state == state for state in _WAITING)))
    .values(state=LetterState.CLAIMED.value, claimed_at=bindparam("now"))
)
_BEGIN = (
    update(letter)
    .where(*_MINE)
    .values(state=LetterState.SENDING.value, claimed_at=bindparam("now"), attempts=letter.c.attempts + 1)
)
_BACK = case((letter.c.attempts > 0, LetterState.RETRY.value), else_=LetterState.QUEUED.value)
_RELEASE = update(letter).where(*_MINE).values(state=_BACK)


def reserve(connection: Connection, letter_id: int, now: datetime, *, seen: int) -> bool:
    """Claim a waiting letter whose turn comes in a moment; False when another worker has it or tried it."""
    given = {"letter": letter_id, "seen": seen, "now": now}
    return bool(connection.execute(_RESERVE, given).rowcount)


def begin(connection: Connection, letter_id: int, now: datetime, *, seen: int, claimed: datetime) -> bool:
    """Its turn has come; False when the claim was taken away meanwhile."""
    given = {"letter": letter_id, "seen": seen, "claimed": claimed, "now": now}
    return bool(connection.execute(_BEGIN, given).rowcount)


def release(connection: Connection, letters: Iterable[tuple[int, int]], *, claimed: datetime) -> None:
    """Give back claimed letters (id and attempts seen) whose turn did not come."""
    for letter_id, seen in letters:
        connection.execute(_RELEASE, {"letter": letter_id, "seen": seen, "claimed": claimed})


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
