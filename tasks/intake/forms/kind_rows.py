"""Rows of which one is what was done: 任务数, 完成数, 完成率; and pieces of a time with their whole. Pure."""

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from tasks.intake.forms.layout import Line
from tasks.intake.words.labels import Vocabulary

BARE = re.compile(r"^[数值量]?$")
"""What is left of a label that says of which kind a figure is, and nothing of what is counted."""
_PIECE = re.compile(
    r"^(?:[上下]半[月年]|[上中下]旬|第[一二三四五六1-6]周|白天|夜间|夜晚|晚上|[上下]午|[早中晚]班)(?:[数值]|小计)?$"
)
_WHOLE = re.compile(r"^(?:全[月年周旬天日]|当[月日天]|整月)(?:[数值]|合计|总计)?$")


def of_what_was_done(
    lines: list[Line], totals: list[Line], words: Vocabulary
) -> tuple[list[Line], list[Line]]:
    """The one row that is the report's, where all rows are kinds of figure or pieces of its time.

    Any other row, a second one that could be meant, and a whole that is not what its pieces come to, leave
    all as they are.
    """
    own = _done(lines, totals, words) or _whole(lines, totals, words)
    return ([replace(own, names=())], []) if own else (lines, totals)


def _done(lines: Sequence[Line], totals: Sequence[Line], words: Vocabulary) -> Line | None:
    """完成数 beside 任务数 and 完成率."""
    if totals or len(lines) < 2 or not all(len(line.names) == 1 for line in lines):  # noqa: PLR2004  beside another
        return None
    labels = [words.parse(line.names[0]) for line in lines]
    if not all(BARE.match(label.core) and (label.marks or label.done) for label in labels):
        return None
    done = [line for line, label in zip(lines, labels, strict=True) if label.done and not label.marks]
    return done[0] if len(done) == 1 else None


def _whole(lines: Sequence[Line], totals: Sequence[Line], words: Vocabulary) -> Line | None:
    """全月 or 合计 of 上半月 and 下半月."""
    pieces = [line for line in lines if _is(_PIECE, line)]
    wholes = [*totals, *(line for line in lines if _is(_WHOLE, line))]
    if not pieces or len(wholes) != 1 or len(pieces) + len(wholes) != len(lines) + len(totals):
        return None
    return wholes[0] if all(_adds_up(name, pieces, wholes[0], words) for name in wholes[0].figures) else None


def _is(pattern: re.Pattern[str], line: Line) -> bool:
    return len(line.names) == 1 and pattern.match(line.names[0]) is not None


def _adds_up(name: str, pieces: Sequence[Line], whole: Line, words: Vocabulary) -> bool:
    """A share of pieces is no sum of theirs; anything else stated for each piece is."""
    stated = whole.figures[name].number.value
    said = [line.figures[name].number.value for line in pieces]
    if words.fields[name].unit == "%" or stated is None or None in said:
        return True
    return math.isclose(math.fsum(v for v in said if v is not None), stated, abs_tol=1e-6)
