"""The stretch of months a title or a column speaks of, beside the days a report is asked for. Pure.

Offices send the form of another stretch as it lies before them: 1—10月 where September and October are asked
for, 第三季度 in a report on one month. Its figures are other figures.
"""

import re
from collections.abc import Iterable
from datetime import date

from tasks.intake.words.numbers import chinese_number
from tasks.intake.words.period import Said, months

_QUARTER = re.compile(r"(?:(20[0-9]{2})年)?(?:第?([一二三四1-4])季度|([上下])半年)")
_WRITTEN_ON = re.compile(r"(?<!统计)(?<!数据)(?<!所属)(?:日期|时间):")
_OF_A_TIME = re.compile(r"^(?:数|数量|数值|合计|小计|累计|完成|实际|情况|报|份|统计|的|[0-9]{4}年|\(|\))*$")
_LONG = 3
_LATE, _EARLY = 20, 10
"""Days of a month from which on, and up to which, it hardly counts: 28 August to 31 October is 9—10月."""
_NUMBER = r"[0-9一二三四五六七八九十]{1,3}"
_MONTHS_ALONE = re.compile(rf"(?:20[0-9]{{2}}年)?{_NUMBER}(?:月份?)?[-~—–～至到]+{_NUMBER}月份?")


def stretches(text: str) -> list[Said]:
    """The months, stretches of months, quarters and half-years a folded text names."""
    found = months(text)
    for year, quarter, half in _QUARTER.findall(text):
        first = (1 if half == "上" else 7) if half else 3 * (_number(quarter) - 1) + 1
        found.append(Said(int(year) if year else None, first, first + (5 if half else 2)))
    return found


def _number(written: str) -> int:
    return int(written) if written.isascii() else chinese_number(written) or 0


def is_long(said: Said) -> bool:
    """Whether it is one figure for all its months, as 7—9月 is; 3—4月 is how a mail lists what it brings."""
    return said.last - said.first + 1 >= _LONG


def is_stretch_alone(text: str) -> bool:
    """Whether a label is a stretch of months and nothing else: 1—10月, 1-10月累计."""
    bare = _QUARTER.sub("", _MONTHS_ALONE.sub("", text))
    return bare != text and _OF_A_TIME.match(bare) is not None


def of_another_stretch(texts: Iterable[str], first: date, last: date) -> str:
    """The folded text that speaks of other months than those from ``first`` to ``last``; else nothing.

    One month of those asked for is no doubt: offices name a form by the month they begin or end it in.
    """
    if first.year != last.year:
        return ""
    starts = {first.month} | ({first.month % 12 + 1} if first.day >= _LATE else set())
    ends = {last.month} | ({last.month - 1} if last.day <= _EARLY else set())
    said = [(text, s) for text in texts if not _WRITTEN_ON.search(text) for s in stretches(text)]
    said = [(text, s) for text, s in said if s.year in {None, first.year}]
    if any(s.first in starts and s.last in ends for _, s in said):
        return ""
    return next((text for text, s in said if _is_other(s, starts, ends)), "")


def _is_other(said: Said, starts: set[int], ends: set[int]) -> bool:
    if said.first == said.last:
        return said.last < min(starts)
    return not (said.first in starts and said.last in ends)
