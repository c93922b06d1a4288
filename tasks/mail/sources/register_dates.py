"""Moments as the registers of document exchanges write them."""

import re
from datetime import date, datetime, time, timedelta

from tasks.terms.times import END_OF_DAY, SHANGHAI

LONGEST = 100
PERIOD = r"凌晨|清晨|早上|早晨|上午|中午|正午|下午|傍晚|晚上|夜间|夜里|深夜|[AP]\.?M\.?"
MOMENT = re.compile(
    r"\s*(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?"
    rf"(?:[\sT]*(?:周.|星期.|[（(].{{1,3}}[)）])?\s*(?P<before>{PERIOD})?"
    r"\s*(?P<hour>\d{1,2})\s*[:：时點点]\s*(?:(?P<half>半|整)|(?P<minute>\d{1,2})\s*分?)?"
    rf"(?:[:：]?\s*(?P<second>\d{{1,2}})(?:\.\d+)?\s*秒?)?\s*(?P<after>{PERIOD})?)?\s*",
    re.IGNORECASE,
)
COMPACT = re.compile(
    r"\s*(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
    r"(?:\s*(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?)?\s*"
)
EXCEL_EPOCH = datetime(1899, 12, 30, tzinfo=SHANGHAI)
EXCEL_DAYS = range(30_000, 80_000)  # 1982 to 2119
MIDNIGHT = 24

_MORNING = {hour: hour for hour in range(12)}
_AFTERNOON = {12: 12} | {hour: hour + 12 for hour in range(1, 12)} | {hour: hour for hour in range(13, 24)}
_DAWN = {12: 0} | {hour: hour for hour in range(7)}
_EARLY = {hour: hour for hour in range(4, 12)}
_MIDDAY = {11: 11, 12: 12, 1: 13, 2: 14, 13: 13, 14: 14}
_EVENING = {hour: hour + 12 for hour in range(5, 12)} | {hour: hour for hour in range(17, 24)}
HOURS = {
    "凌晨": _DAWN, "清晨": _EARLY, "早上": _EARLY, "早晨": _EARLY, "上午": _MORNING, "中午": _MIDDAY,
    "正午": {12: 12}, "下午": _AFTERNOON, "傍晚": _EVENING, "晚上": _EVENING, "夜间": _EVENING,
    "夜里": _EVENING, "深夜": _EVENING, "AM": {12: 0} | _MORNING, "PM": _AFTERNOON,
}  # fmt: skip
"""The hour of the day by what is written before it. 上午12点 is noon to some programs, midnight to others,
and 晚上12点 ends a day or begins it: such hours are missing here."""


def read_moment(cell: object) -> tuple[datetime | None, bool]:
    """The moment a cell names (Asia/Shanghai) and whether it names the hour.

    A date alone stands for the last instant of that day. None when it cannot be read for certain.
    """
    if isinstance(cell, datetime):
        moment = cell.replace(tzinfo=cell.tzinfo or SHANGHAI)
        return (moment, True) if moment.time() != time(0) else (_end_of(moment.date()), False)
    if isinstance(cell, date):
        return _end_of(cell), False
    if isinstance(cell, int | float) and EXCEL_DAYS.start <= cell < EXCEL_DAYS.stop:
        counted = EXCEL_EPOCH + timedelta(days=cell, milliseconds=500)  # a fraction of a day is never exact
        return read_moment(counted.replace(microsecond=0))
    text = str(cell or "")[: LONGEST + 1]
    if re.fullmatch(r"\s*\d{5}(\.\d+)?\s*", text):
        return read_moment(float(text))
    found = MOMENT.fullmatch(text) or COMPACT.fullmatch(text)
    return _from_parts(found.groupdict()) if found else (None, False)


def _from_parts(found: dict[str, str | None]) -> tuple[datetime | None, bool]:
    year, month, day = (int(found[name] or 0) for name in ("year", "month", "day"))
    try:
        on = date(year, month, day)
        if found["hour"] is None:
            return _end_of(on), False
        at = _clock(found)
        return (None, False) if at is None else (datetime.combine(on, time(0), SHANGHAI) + at, True)
    except (ValueError, OverflowError):
        return None, False


def _clock(found: dict[str, str | None]) -> timedelta | None:
    """The time since the day began; None where what is written may mean two."""
    minute = 30 if found.get("half") == "半" else int(found["minute"] or 0)
    second = int(found["second"] or 0)
    hour = _hour(int(found["hour"] or 0), [found.get("before"), found.get("after")])
    if hour is None:
        return None
    if hour == MIDNIGHT and not minute and not second:
        return timedelta(days=1)
    time(hour, minute, second)  # refuses what no clock shows
    return timedelta(hours=hour, minutes=minute, seconds=second)


def _hour(number: int, periods: list[str | None]) -> int | None:
    named = [period.upper().replace(".", "") for period in periods if period]
    said = {HOURS[name].get(number) for name in named} or {number}
    return said.pop() if len(said) == 1 else None


def _end_of(day: date) -> datetime:
    return datetime.combine(day, END_OF_DAY, SHANGHAI)
