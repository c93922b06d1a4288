"""Rows of one time each: 1月 to 12月 one below the other; 本月, 本年累计 and 上年同期. Pure."""

import re
from dataclasses import replace

from tasks.intake.forms.layout import Line
from tasks.intake.words.labels import Vocabulary
from tasks.terms.text import fold

_THIS = re.compile(r"^(?:本月|本周|本旬|本季度?|本期|本次|当月|当周|当期)(?:实际)?(?:完成|发生)?[数值]?$")
_OF_A_TIME = re.compile(r"^[比较与]?[数值]?$")


def of_own_time(
    lines: list[Line], totals: list[Line], words: Vocabulary
) -> tuple[list[Line], list[Line], bool]:
    """Of rows for several times those of the report's own, with the totals that speak of them.

    True behind them when all rows are of other months. A sum over several months is none of one month.
    """
    own = [words.period.is_own_row((*line.names, *line.words)) for line in lines]
    if not any(mine is not None for mine in own):
        return *_beside_other_times(lines, totals, words), False
    if False not in own:
        return lines, totals, False
    if True not in own:
        return lines, totals, True
    return [line for line, mine in zip(lines, own, strict=True) if mine is not False], [], False


def _beside_other_times(
    lines: list[Line], totals: list[Line], words: Vocabulary
) -> tuple[list[Line], list[Line]]:
    """The one row 本月 where every row is a time; all as they are where one row is anything else."""
    rows = [*lines, *totals]
    this = [line for line in lines if _is_this(line, words)]
    if not words.recurs or len(this) != 1 or not all(_is_time(line, words) for line in rows):
        return lines, totals
    return ([replace(this[0], names=())], []) if len(rows) > 1 else (lines, totals)


def _is_this(line: Line, words: Vocabulary) -> bool:
    plain = [words.period.without(fold(name)) for name in line.names]
    return len(plain) == 1 and (not plain[0] or _THIS.match(plain[0]) is not None)


def _is_time(line: Line, words: Vocabulary) -> bool:
    labels = [words.parse(name) for name in line.names or line.words[:1]]
    return _is_this(line, words) or (
        len(labels) == 1 and "other" in labels[0].marks and _OF_A_TIME.match(labels[0].core) is not None
    )
