"""Moments: UTC inside, Asia/Shanghai where people read them."""

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOUR = re.compile("[T:：时点]")
"""What no bare date contains."""
TYPED = re.compile(
    r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?"
    r"(?:(?:T|\s+|(?<=日))([0-9]{1,2})[:时点](?:([0-9]{1,2})分?)?(:[0-9]{2})?)?"
)
"""A moment as people type it: 2023/4/7, 2023年4月7日17时, 2023-04-07T24:00. The year is never left out."""
MIDNIGHT = 24
END_OF_DAY = time(23, 59, 59, 999999)
"""A date without an hour, and 24:00, run to the last instant of that day."""
LAST_SECOND = time(23, 59, 59)
"""That instant as written in whole seconds."""

FIRST_YEAR, LAST_YEAR = 1900, 2999
"""Moments are counted from, days forward and back: at the ends of what a calendar holds that fails."""

remembered = lru_cache(maxsize=1024)
"""Few moments are written very often: a due moment stands in the letter of every unit."""


def local(moment: datetime) -> datetime:
    """The same moment on the office's clock. A naive moment, as files write it, is on that clock already."""
    return utc(moment).astimezone(SHANGHAI)


def utc(moment: datetime) -> datetime:
    """The same moment in UTC, as the ledger keeps it. A naive moment is read as Asia/Shanghai."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)).astimezone(UTC)


def parse(text: str) -> datetime:
    """Read ISO 8601, or a moment as people type it.

    Without an offset it is Asia/Shanghai, without an hour the start of that day; 24:00 is its last instant.

    Raises:
        ValueError: the text is no such moment, or none an office could mean.
    """
    moment = _read(unicodedata.normalize("NFKC", text).strip())
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(text)
    return utc(moment)


def _read(plain: str) -> datetime:
    found = TYPED.fullmatch(plain)
    if found is None:
        return datetime.fromisoformat(plain)
    year, month, day, hour, minute = (int(part or 0) for part in found.groups()[:5])
    second = int((found[6] or ":0")[1:])
    if hour == MIDNIGHT and not minute and not second:
        return end_of(date(year, month, day))
    return at(date(year, month, day), time(hour, minute, second))


def until(text: str) -> datetime:
    """Read a moment something runs to: a bare date runs to the end of that day.

    Raises:
        ValueError: the text is no such moment.
    """
    moment = last_instant(parse(text))
    return moment if HOUR.search(text) else utc(end_of(local(moment).date()))


@remembered
def iso(moment: datetime) -> str:
    """The moment as people and scripts are given it: ISO 8601, Asia/Shanghai, whole seconds."""
    return local(moment).replace(microsecond=0).isoformat()


def end_of(day: date) -> datetime:
    """The last instant of a day in Asia/Shanghai."""
    return datetime.combine(day, END_OF_DAY, SHANGHAI)


def last_instant(moment: datetime) -> datetime:
    """The moment itself; the last second of a day is that day's last instant, as 24:00 is meant."""
    here = local(moment)
    return utc(end_of(here.date())) if here.time() >= LAST_SECOND else moment


def at(day: date, hour: time) -> datetime:
    """An hour of a day in Asia/Shanghai."""
    return datetime.combine(day, hour, SHANGHAI)


def date_zh(day: date) -> str:
    """A date as it stands below a letter: 2023年4月4日, no leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def day_zh(day: date, *, year: bool = False) -> str:
    """A date as notices write it: 4月4日（周二）, no leading zeros."""
    head = f"{day.year}年" if year else ""
    return f"{head}{day.month}月{day.day}日（周{'一二三四五六日'[day.weekday()]}）"


@remembered
def moment_zh(moment: datetime, *, year: bool = False) -> str:
    """A moment as notices write it; the last instant of a day is written 24:00."""
    here = local(moment)
    clock = "24:00" if here.time() >= LAST_SECOND else here.strftime("%H:%M")
    return f"{day_zh(here.date(), year=year)}{clock}"


def days_between(first: date, last: date) -> list[date]:
    """Every day from first to last, both included; empty when last is earlier."""
    return [first + timedelta(n) for n in range((last - first).days + 1)]
