"""Which packages have gone up: a pure rule over the letters that carried them and what was acknowledged."""

from collections.abc import Collection, Iterable
from typing import TypeVar

from tasks.ledger.acts import Act
from tasks.ledger.outbox import Fate
from tasks.ledger.packages import Package
from tasks.terms.letters import LetterState

L = TypeVar("L", bound=Fate)

ACKNOWLEDGED = "acknowledge"
"""The act by which the superior, or a clerk who knows, says that a package is there."""

STOPPED = frozenset({LetterState.DROPPED, LetterState.REFUSED})
"""States of a letter that has not reached anybody."""

_STILL_HERE = STOPPED | {LetterState.QUEUED, LetterState.RETRY}
"""States of a letter that nobody can have: not begun, or put off by the server."""


def acknowledged(acts: Iterable[Act]) -> frozenset[int]:
    """Numbers of the packages the superior is known to have."""
    return frozenset(act.detail["number"] for act in acts if act.kind == ACKNOWLEDGED)


def went_up(package: Package, letters: Iterable[Fate], received: Collection[int]) -> bool:
    """Whether a package was handed up or may have been: its letter is on its way, and did not come back."""
    if package.number in received:
        return True
    mine = letters_of(package, letters)
    if came_back(mine):
        return False
    return package.dispatched_at is not None or any(q.state not in _STILL_HERE for q in mine)


def letters_of(package: Package, letters: Iterable[L]) -> list[L]:
    """The letters that carry this package."""
    return [q for q in letters if is_carried_by(package, q)]


def is_carried_by(package: Package, letter: Fate) -> bool:
    """Whether this letter carries the package, or a part of it."""
    return letter.kind == "dispatch" and letter.occasion.startswith(f"package:{package.number}:")


def came_back(letters: Collection[L]) -> list[L]:
    """The letters of the last attempt that were refused or came back; without them nobody has it whole."""
    last = max((q.id for q in letters), default=0)
    of = {parts(q) for q in letters if q.id == last}
    return [q for q in letters if parts(q) in of and q.state == LetterState.REFUSED]


def parts(letter: Fate) -> int:
    """In how many mails this letter's package was cut; 1 when it went whole."""
    return int(letter.occasion.rpartition("/")[2]) if "/" in letter.occasion else 1
