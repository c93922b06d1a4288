"""Which occurrence of a recurring obligation a document answers: what is stated, never what fits. Pure.

The forms of all occurrences are alike: figures of one week must not be taken for another's. Stated means, in
this order: the form's code; its title, file name or subject giving the occurrence's date, a stretch of days
within it, or its month; last, that no other occurrence has begun when the document comes. A month that is
hardly over by then is nobody's to report: offices also call a report by the month in which they send it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tasks.documents.form_code import FormCode
from tasks.intake.words.numbers import CHINESE, chinese_number
from tasks.intake.words.period import Said
from tasks.intake.words.stretch import is_long
from tasks.intake.words.stretch import stretches as stretches_of_months
from tasks.notice.unfold import is_once, series_of
from tasks.terms.campaign import Campaign
from tasks.terms.text import fold

_NUMBER = rf"(?:[0-9]{{1,2}}|[{CHINESE}]{{1,3}})"
_YEAR = rf"(?:(20[0-9]{{2}}|[{CHINESE}]{{4}})年)?"
_DAY = re.compile(rf"{_YEAR}({_NUMBER})月({_NUMBER})[日号]")
_NUMERIC = re.compile(r"(?<![0-9])(20[0-9]{2})([-./年]?)([01]?[0-9])\2([0-3]?[0-9])日?(?![0-9])")
_SHORT = re.compile(r"(?<![0-9.])([01]?[0-9])\.([0-3]?[0-9])(?![0-9.])")
_STRETCH = re.compile(
    rf"{_YEAR}({_NUMBER})月({_NUMBER})[日号]?(?:至|到|—|–|-|~|～){{1,2}}(?:{_YEAR}({_NUMBER})月)?({_NUMBER})[日号]"
)
_MONTH = re.compile(rf"{_YEAR}({_NUMBER})月(?:份|月报|报|(?![0-9{CHINESE}]))")
_SEVERAL_MONTHS = re.compile(
    rf"({_NUMBER})月?(?:份|月报)?(?:[、,和及与至到]|—|–|-|~|～){{1,2}}(?={_NUMBER}月)"
)
_WRITTEN_ON = re.compile(r"(?:填报|填表|填写|报送|上报|制表|打印|编制|审核|报告)(?:日期|时间)")
MOST_OF_A_MONTH = 20
A_MONTH = 28
HEAD_ROWS, HEAD_LINES, A_TITLE = 4, 2, 60


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One of a series, and the days it is about: after the one before, up to its own date."""

    id: str
    day: date
    begins: date | None
    since: date | None


def stated(
    campaign: Campaign,
    obligation: str,
    codes: Sequence[FormCode],
    titles: Sequence[str],
    received: date | None = None,
) -> str | None:
    """The obligation itself, or for a recurring one the occurrence the document states; None when unclear.

    Args:
        campaign: with its occurrences written out.
        obligation: what the document was read as, any occurrence of the series.
        codes: the codes of our own forms within it.
        titles: its file name, the titles within it, the mail's subject; what each says must agree.
        received: the day it came.
    """
    if is_once(campaign.obligation(obligation)):
        return obligation
    series = occurrences(campaign, obligation)
    coded = {c.obligation for c in codes if c.campaign == campaign.id} & {each.id for each in series}
    if coded:
        return coded.pop() if len(coded) == 1 else None
    left = {each.id for each in series}
    for title in titles:
        left &= meant(series, title)
    if len(left) > 1 and received:
        left &= {each.id for each in series if each.since is None or each.since <= received}
    if received:
        left -= {each.id for each in series if _has_hardly_passed(each, received)}
    return left.pop() if len(left) == 1 else None


def occurrences(campaign: Campaign, obligation: str) -> list[Occurrence]:
    """The series an obligation belongs to, in order."""
    obligations = [o for o in campaign.obligations if series_of(o.id) == series_of(obligation)]
    days = [o.day for o in obligations if o.day]
    befores = [days[0] - (days[1] - days[0]) if len(days) > 1 else None, *days]
    return [
        Occurrence(o.id, day, before and before + timedelta(1), o.since)
        for o, day, before in zip(obligations, days, befores, strict=False)
    ]


def meant(series: Sequence[Occurrence], title: str) -> frozenset[str]:
    """The occurrences a title can mean: all when it says nothing of time, none when it means another time.

    A day that is no occurrence's own may be the day of writing and says nothing.
    """
    everything = frozenset(o.id for o in series)
    plain = fold(title)
    stretches = _stretches(plain, series[0].day.year)
    if stretches:
        start, end = stretches[0]
        return frozenset(
            o.id for o in series if o.begins and o.begins <= start and end <= o.day and not stretches[1:]
        )
    if days := _days(plain, series):
        return frozenset(o.id for o in series if o.day in days) or everything
    months = {(_number(year) if year else None, _number(month)) for year, month in _MONTH.findall(plain)}
    months |= {(None, _number(month)) for month in _SEVERAL_MONTHS.findall(plain)}
    longer = [said for said in stretches_of_months(plain) if is_long(said)]
    if longer:
        return frozenset(o.id for o in series if all(_is_about_all(o, said) for said in longer))
    if not months:
        return everything
    return frozenset(o.id for o in series if any(_is_about(o, y, m) for y, m in months))


def _days(plain: str, series: Sequence[Occurrence]) -> set[date]:
    years = {o.day.year for o in series}
    found = [(y, m, d) for y, _, m, d in _NUMERIC.findall(plain)]
    found += _DAY.findall(plain)
    found += [("", m, d) for m, d in _SHORT.findall(plain)]
    return {day for y, m, d in found for year in ({_number(y)} if y else years) if (day := _made(year, m, d))}


def _stretches(plain: str, year: int) -> list[tuple[date, date]]:
    found = []
    for first_year, month, day, second_year, second_month, end in _STRETCH.findall(plain):
        start = _made(_number(first_year) if first_year else year, month, day)
        if start is None:
            continue
        stop = _made(_number(second_year) if second_year else start.year, second_month or month, end)
        if stop and stop >= start:
            found.append((start, stop))
    return found


def _is_about(each: Occurrence, year: int | None, month: int | None) -> bool:
    """Whether an occurrence's days, of a monthly one most of its days, lie in a month."""
    if each.begins is None or month is None:
        return True
    days = [each.begins + timedelta(n) for n in range((each.day - each.begins).days + 1)]
    needed = MOST_OF_A_MONTH if len(days) >= A_MONTH else 1
    return sum(d.month == month and year in {None, d.year} for d in days) >= needed


def _is_about_all(each: Occurrence, said: Said) -> bool:
    """Whether an occurrence is about every month of a stretch: a quarter is no one month's report."""
    if each.begins is None or (each.day - each.begins).days + 1 < A_MONTH * (said.last - said.first + 1):
        return False
    return all(_is_about(each, said.year, month) for month in range(said.first, said.last + 1))


def _has_hardly_passed(each: Occurrence, received: date) -> bool:
    """Whether a report on a whole month, due at its end or later, came before most of it had passed."""
    if each.begins is None or (each.day - each.begins).days + 1 < A_MONTH:
        return False
    over = (each.day + timedelta(1)).replace(day=1)
    month = (over - timedelta(1)).replace(day=1)
    return _is_about(each, month.year, month.month) and received < month.replace(day=MOST_OF_A_MONTH)


def _number(written: str) -> int | None:
    return int(written) if written.isascii() else chinese_number(written)


def _made(year: int | None, month: str, day: str) -> date | None:
    try:
        return date(year or 0, _number(month) or 0, _number(day) or 0)
    except ValueError:
        return None


def head_of(rows: Sequence[Sequence[object]], text: str) -> list[str]:
    """The titles within a document: what stands at its top, without the day it was filled in."""
    found: list[str] = []
    for row in rows[:HEAD_ROWS]:
        skip = False
        for cell in row:
            words = cell if isinstance(cell, str) else ""
            written_on = bool(words) and _WRITTEN_ON.search(fold(words)) is not None
            if words and not skip and not written_on:
                found.append(words)
            skip = written_on
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [*found, *(line for line in lines[:HEAD_LINES] if len(line) <= A_TITLE)]
