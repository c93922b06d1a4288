"""Rows that say again what others say, under any name: sums called 全域, groups below their village. Pure.

A town words its sum as it likes and lists groups below their village; what gives them away is the figures
themselves, or a name that is another row's name and more.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tasks.intake.forms.layout import Line
from tasks.terms.text import fold

_LONGEST_RUN = 400
_TELLING, _TELLING_ANYWHERE = 10, 100
"""From these figures on several that agree are no chance: where the rows go to the edge, and anywhere."""
_TELLING_ALONE = 50
"""From this on one figure that all the others come to is no chance."""
_SEVERAL = 2
_PIECE = re.compile(
    r"^(?:\(.+\)|[第一二三四五六七八九十0-9东西南北中上下前后]*(?:组|小组|队|片区?|网格|自然村|社|庄|屯|楼|期))$"
)


def name_of(line: Line) -> str:
    """What a row calls itself."""
    return fold("".join(line.names))


def sum_among(lines: Sequence[Line], fields: Iterable[str]) -> tuple[Line, Sequence[Line]] | None:
    """A row that is, figure by figure, what the rows next to it come to, and those rows; None where none is.

    Small figures agree by chance, the more so where the rows are called alike: 甲村, 乙村, 丙村.
    """
    asked = list(fields)
    amounts = [{f: v for f in asked if (v := _value(line, f))} for line in lines]
    for at, line in enumerate(lines):
        for step in (-1, 1):
            run = _run(amounts, at, step)
            beside = [lines[at + step * n] for n in range(1, run + 1)]
            edge = run in {at, len(lines) - 1 - at}
            reach = _Reach(alike=_are_alike(line, beside), edge=edge, all=run == len(lines) - 1)
            if run and _is_no_chance(amounts[at].values(), reach):
                return line, sorted(beside, key=lambda each: each.row)
    return None


def _value(line: Line, field: str) -> float:
    figure = line.figures.get(field)
    return (figure.number.value or 0.0) if figure else 0.0


def _run(amounts: Sequence[dict[str, float]], at: int, step: int) -> int:
    """How many rows, two at least, from the next on come to the very figures; 0 where none do."""
    whole = amounts[at]
    left = dict(whole)
    for length in range(1, _LONGEST_RUN):
        place = at + step * length
        if not 0 <= place < len(amounts):
            return 0
        for name, value in amounts[place].items():
            left[name] = left.get(name, 0.0) - value
            if left[name] < -1e-6:  # noqa: PLR2004  more than the whole
                return 0
        if whole and length >= _SEVERAL and all(math.isclose(v, 0, abs_tol=1e-6) for v in left.values()):
            return length
    return 0


@dataclass(frozen=True, slots=True)
class _Reach:
    """Of rows that come to another: whether all are called alike, go to the edge, are all the others."""

    alike: bool
    edge: bool
    all: bool


def _is_no_chance(values: Iterable[float], reach: _Reach) -> bool:
    distinct = {*values}
    if reach.alike:
        return len(distinct) > _SEVERAL and max(distinct) >= _TELLING
    if len(distinct) < _SEVERAL:
        return reach.all and max(distinct) >= _TELLING_ALONE
    least = _TELLING if reach.edge or len(distinct) > _SEVERAL else _TELLING_ANYWHERE
    return max(distinct) >= least


def _are_alike(line: Line, beside: Sequence[Line]) -> bool:
    return {name_of(each)[-1:] for each in (line, *beside)} == {name_of(line)[-1:]}


def part_of_another(lines: Sequence[Line]) -> tuple[Line, Line] | None:
    """A row named as a piece of another row: 甲村一组 of 甲村, 乙村（重报） of 乙村; the other behind it."""
    named = {name_of(line): line for line in lines if name_of(line)}
    for line in lines:
        name = name_of(line)
        for end in range(len(name) - 1, 1, -1):
            if name[:end] in named and _PIECE.match(name[end:]):
                return line, named[name[:end]]
    return None
