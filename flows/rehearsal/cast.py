"""Who plays which part in a rehearsal: seeded, so that the same rehearsal can be seen again."""

import random
from collections.abc import Sequence
from enum import StrEnum


class Part(StrEnum):
    """How a unit behaves."""

    EARLY = "early"
    ON_TIME = "on_time"
    NUDGED = "nudged"  # forgets, and reports within hours of a reminder
    WRONG = "wrong"  # reports wrongly, is returned, corrects it
    TWICE = "twice"  # sends the same mail again, then a correction
    OTHER_ADDRESS = "other_address"  # reports from an address nobody knows
    LATE = "late"
    NEVER = "never"


SHARES: tuple[tuple[Part, int], ...] = (
    (Part.EARLY, 22),
    (Part.ON_TIME, 36),
    (Part.NUDGED, 14),
    (Part.WRONG, 10),
    (Part.LATE, 7),
    (Part.TWICE, 4),
    (Part.OTHER_ADDRESS, 3),
    (Part.NEVER, 4),
)
"""How often each part is played, of a hundred."""

FIRST = (
    Part.ON_TIME,
    Part.WRONG,
    Part.NUDGED,
    Part.LATE,
    Part.NEVER,
    Part.EARLY,
    Part.TWICE,
    Part.OTHER_ADDRESS,
)
"""With few units each part is played once, in this order, before any is played again."""


def cast(units: Sequence[str], seed: int) -> dict[str, Part]:
    """A part for every reporting unit. Every part is played when there are units enough."""
    chooser = random.Random(seed)  # noqa: S311  a play, not a secret
    shuffled = chooser.sample(list(units), len(units))
    parts, weights = zip(*SHARES, strict=True)
    rest = chooser.choices(parts, weights, k=max(0, len(units) - len(FIRST)))
    return dict(zip(shuffled, [*FIRST, *rest], strict=False))
