"""Strokes joined into rulings: what is seen as one line is one, however many pieces it was drawn in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from tasks.documents.pdf.marks import Stroke

T = TypeVar("T")

DOUBLE = 3.2
"""Points between the two lines of a double one; no row of a form is as narrow."""
GAP = 1.0
"""Points that may lie open in a line beside its own width: a joint, a dash."""
SHORT = 4.0
"""A ruling shorter than this is a dot or the remainder of a dash."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """One line as it is seen: at a place of one axis, from low to high along the other."""

    at: float
    low: float
    high: float


def rulings(strokes: Iterable[Stroke], *, level: bool) -> list[Ruling]:
    """The level or the upright rulings strokes make up; pale ones are none."""
    found: list[Ruling] = []
    ours = (s for s in strokes if s.level == level and not s.pale)
    for line in _beside(ours, lambda s: s.at):
        found += _joined(line)
    return [ruling for ruling in found if ruling.high - ruling.low >= SHORT]


def _beside(things: Iterable[T], place: Callable[[T], float]) -> list[list[T]]:
    """Things in the order of their place on the axis; those of a double line lie at one."""
    found: list[list[T]] = []
    for thing in sorted(things, key=place):
        at = place(thing)
        if found and at - place(found[-1][-1]) <= DOUBLE and at - place(found[-1][0]) <= 2 * DOUBLE:
            found[-1].append(thing)
        else:
            found.append([thing])
    return found


def _joined(line: list[Stroke]) -> list[Ruling]:
    found: list[Ruling] = []
    pieces: list[Stroke] = []
    end = 0.0
    for stroke in sorted(line, key=lambda s: s.low):
        if pieces and stroke.low - end > GAP + 2 * max(stroke.width, pieces[-1].width):
            found.append(_ruling(pieces, end))
            pieces = []
        end = max(end, stroke.high) if pieces else stroke.high
        pieces.append(stroke)
    return [*found, _ruling(pieces, end)] if pieces else found


def _ruling(pieces: list[Stroke], end: float) -> Ruling:
    length = sum(p.high - p.low for p in pieces)
    if length <= 0:
        return Ruling(pieces[0].at, pieces[0].low, end)
    return Ruling(sum(p.at * (p.high - p.low) for p in pieces) / length, pieces[0].low, end)


def places(values: Iterable[float]) -> list[float]:
    """Where lines lie, those of a double line as one place."""
    return [sum(group) / len(group) for group in _beside(values, float)]
