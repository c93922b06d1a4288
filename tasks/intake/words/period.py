"""The one month a report is about, and what a label or a title says of months. Pure.

In a 月报 the month's own figures stand beside those of the months before, of 1—9月 and of last year.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from tasks.intake.words.numbers import CHINESE, chinese_number
from tasks.terms.campaign import Campaign
from tasks.terms.obligation import Obligation
from tasks.terms.readings import Finding
from tasks.terms.text import fold

_YEAR = r"(?:(?P<year>20[0-9]{2})年)?"
_NUMBER = rf"(?:(?<![0-9])[0-9]{{1,2}}|(?<![{CHINESE}])[{CHINESE}]{{1,3}})"
_MONTHS = re.compile(
    rf"{_YEAR}(?:(?P<first>{_NUMBER})(?:月份?)?[-~—–～至到]+)?(?P<last>{_NUMBER})月份?(?![0-9{CHINESE}]{{1,3}}[日号])"
)
_PERIODIC = re.compile(r"月报|月度")
_STATED = re.compile(
    r"(?:统计|报告|数据|所属|汇总|起止)(?:所属)?(?:起止)?(?:时段|时期|期间|区间|周期|月份|时间段?|期)(?:起止)?:(.+)"
)
_DAYS = re.compile(r"(?:(20[0-9]{2})[年./-])?(1[0-2]|0?[1-9])[月./-](?:[0-3]?[0-9])(?![0-9])日?")
_FIRST_MONTHS, _HALF_A_YEAR = 3, timedelta(182)
"""What begins by March, or lasts half a year, is the year's work: 本年累计 is what came of it."""
_A_MONTH = timedelta(35)
_LONGEST = 2
"""Months a statistical month may touch: 9月26日至10月25日."""
_THIS_DAY = re.compile(r"今[日天]|本日|当[日天]")
_REPORTED_ON = re.compile(r"(?:日期|时间):")


@dataclass(frozen=True, slots=True)
class Said:
    """One month, or one stretch of months, that a text speaks of."""

    year: int | None
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Period:
    """What a report is about, as far as it is one whole month.

    Attributes:
        year, month: that month; 0 where the report is about anything else, and nothing contradicts it.
        periodic: it is one of a row of monthly reports, in which 累计 is another figure than the month's.
        part_of_year: it is about a part of the year that does not begin with it.
        over_months: it is about more than one month, of which 本月 is but a piece.
        daily: it is one of a row of daily reports, in which 今日 is what is asked for.
    """

    year: int = 0
    month: int = 0
    periodic: bool = False
    daily: bool = False
    part_of_year: bool = False
    over_months: bool = False

    def is_own(self, said: Said) -> bool:
        """Whether it is this very month."""
        return said.first == said.last == self.month and said.year in {None, self.year}

    def states(self, text: str) -> bool:
        """Whether a text names this month and no other."""
        said = months(text) if self.month else []
        return bool(said) and all(map(self.is_own, said))

    def contradicts(self, text: str) -> bool:
        """Whether a text names months, and this one is not among them."""
        said = months(text) if self.month else []
        return bool(said) and not any(map(self.is_own, said))

    def without(self, text: str) -> str:
        """A text without the months it names, and without 今日 in a daily report."""
        if self.daily:
            return _THIS_DAY.sub("", text)
        return _MONTHS.sub("", text) if self.month else text

    def is_own_row(self, texts: Iterable[str]) -> bool | None:
        """Whether a row's words say it is this month's; None when no cell is a month and nothing else."""
        alone = [t for t in texts if t and self.month and not self.without(t) and months(t)]
        return all(map(self.states, alone)) if alone else None

    def other_title(self, titles: Iterable[str]) -> str:
        """The title that names one other month, where none names this one; else nothing."""
        plain = [t for t in map(fold, titles) if not _REPORTED_ON.search(t)]
        if not self.month or any(any(map(self.is_own, months(t))) for t in plain):
            return ""
        return next((t for t in plain if (s := months(t)) and all(m.first == m.last for m in s)), "")

    def other_span(self, lines: Iterable[str]) -> str:
        """The line 统计时段：9月1日至9月30日 that is of another month or of several; else nothing."""
        said = [(line, hit[1]) for line in map(fold, lines) if self.month and (hit := _STATED.search(line))]
        return next((line for line, span in said if self._is_other_span(span)), "")

    def _is_other_span(self, span: str) -> bool:
        ends = [(int(y) if y else self.year, int(m)) for y, m in _DAYS.findall(span)]
        ends = ends or [(s.year or self.year, m) for s in months(span) for m in (s.first, s.last)]
        if not ends:
            return False
        numbers = [year * 12 + month for year, month in ends]
        own = self.year * 12 + self.month
        return not min(numbers) <= own <= max(numbers) or max(numbers) - min(numbers) >= _LONGEST

    def wrong_month(self, titles: Iterable[str]) -> Finding | None:
        """WRONG_CAMPAIGN when a title plainly speaks of another month only."""
        title = self.other_title(titles)
        text = (
            f"材料标题“{title[:40]}”写的不是{self.year}年{self.month}月，请核对后报送{self.month}月份的材料"
        )
        return Finding("WRONG_CAMPAIGN", text) if title else None


ANY = Period()


def months(text: str) -> list[Said]:
    """The months a folded text names; a day within one is not meant."""
    found = []
    for hit in _MONTHS.finditer(text):
        last = _number(hit["last"])
        first = _number(hit["first"]) if hit["first"] else last
        if first and last and max(first, last) <= 12:  # noqa: PLR2004  months
            found.append(Said(int(hit["year"]) if hit["year"] else None, first, last))
    return found


def _number(written: str) -> int | None:
    return int(written) if written.isascii() else chinese_number(written)


def period_of(campaign: Campaign, obligation: Obligation | None = None) -> Period:
    """The month of an obligation's window, of all windows where it names none."""
    if obligation and _is_daily(campaign, obligation):
        return Period(daily=True)
    named = [w for w in campaign.windows if obligation and w.id == obligation.window]
    spans = {(w.start, w.end) for w in named or campaign.windows}
    if len(spans) != 1 or (obligation and obligation.recurs):
        return ANY
    start, end = spans.pop()
    if not _is_month(start, end):
        part = start.month > _FIRST_MONTHS and end - start < _HALF_A_YEAR
        return Period(part_of_year=part, over_months=end - start > _A_MONTH)
    titles = (campaign.title, campaign.notice.title, *(o.title for o in campaign.obligations))
    return Period(start.year, start.month, any(_PERIODIC.search(t) for t in titles))


def _is_daily(campaign: Campaign, obligation: Obligation) -> bool:
    """Whether reports of its series follow each other from one day to the next."""
    if not obligation.recurs:
        return False
    days = sorted(o.day for o in campaign.obligations if o.day and o.series == obligation.series)
    return any(later - day == timedelta(1) for day, later in pairwise(days))


def _is_month(start: date, end: date) -> bool:
    return (
        start.day == 1
        and (end + timedelta(1)).day == 1
        and (start.year, start.month) == (end.year, end.month)
    )
