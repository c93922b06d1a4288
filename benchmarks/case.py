"""What a case says of itself. A new case is one module below ``cases/`` with a ``CASE`` in it."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

Work = Callable[[Path, int], object]
"""Something timed: it is given the case's folder, made by ``prepare``, and the size."""

Stage = Callable[[Path, int], AbstractContextManager[object]]
"""What stands around all rounds of one size: the folder made, a server running. Not timed."""


def bare(_folder: Path, _size: int) -> AbstractContextManager[object]:
    """For a case that needs nothing made."""
    return nullcontext()


def nothing(_folder: Path, _size: int) -> None:
    """For a case whose rounds need no making ready."""


@dataclass(frozen=True)
class Rival:
    """What our time is held against.

    Attributes:
        work: the same job done with the least that can do it (floor), or as others do it (peer).
        goal: the floor: we take at most so many times as long; a peer: we are at least so many times faster.
        share: of a job too long to repeat only so many items are done; the time is scaled up, and it is said.
        reset: makes ready for a round, untimed.
        rounds: how often at most; the slow ones need not be repeated.
    """

    name: str
    work: Work
    goal: float | None = None
    share: int | None = None
    reset: Work = nothing
    rounds: int = 5


@dataclass(frozen=True)
class Case:
    """One job, timed in turn with its rivals in the same process, and once alone for its memory.

    Attributes:
        sizes: how many units, letters or files; ``small`` is the size the test suite runs it at.
        stage: what stands around all rounds of one size.
        reset: makes ready for one round of ours, untimed.
        floor: the least the job can cost on this machine.
        megabytes: the goal for the peak of a process that does only this.
        own_megabytes: the goal for what of it comes on top of the libraries loaded at its start.
    """

    title: str
    sizes: tuple[int, ...]
    small: int
    ours: Work
    stage: Stage = bare
    floor: Rival | None = None
    peers: tuple[Rival, ...] = ()
    reset: Work = nothing
    rounds: int = 5
    megabytes: int | None = None
    own_megabytes: int | None = None
