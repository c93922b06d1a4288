"""Moments as the registers of document exchanges write them."""

import re
from datetime import date, datetime, time, timedelta

from tasks.terms.times import END_OF_DAY, SHANGHAI

MOMENT = re.compile(
    r"\s*(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?"
    r"(?:[\sT]*(?:周.|星期.|[（(].{1,3}[)）])?\s*(?:上午|下午|晚上|AM|PM)?"
    r"\s*(?P<hour>\d{1,2})\s*[:：时点]\s*(?:(?P<minute>\d{1,2})\s*分?)?"
    r"(?:[:：]?\s*(?P<second>\d{1,2})(?:\.\d+)?\s*秒?)?\s*(?:AM|PM)?)?\s*",
    re.IGNORECASE,
)
COMPACT = re.compile(
    r"\s*(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
    r"(?:\s*(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?)?\s*"
)
EXCEL_EPOCH = datetime(1899, 12, 30, tzinfo=SHANGHAI)
EXCEL_DAYS = range(30_000, 80_000)  # 1982 to 2119
AFTERNOON = re.compile(r"下午|晚上|PM", re.IGNORECASE)
NOON = 12


def read_moment(cell: object) -> tuple[datetime | None, bool]:
    """The moment a cell names (Asia/Shanghai) and whether it names the hour.

    A date alone stands for the last instant of that day. None when it cannot be read for certain.
    """
    if isinstance(cell, datetime):
        moment = cell.replace(tzinfo=cell.tzinfo or SHANGHAI)
        return (moment, True) if moment.time() != time(0) else (_end_of(moment.date()), False)
    if isinstance(cell, date):
        return _end_of(cell), False
    if isinstance(cell, int | float) and int(cell) in EXCEL_DAYS:
        return read_moment((EXCEL_EPOCH + timedelta(days=cell)).replace(microsecond=0))
    text = str(cell or "")
    if re.fullmatch(r"\s*\d{5}(\.\d+)?\s*", text):
        return read_moment(float(text))
    found = MOMENT.fullmatch(text) or COMPACT.fullmatch(text)
    return _from_parts(found) if found else (None, False)


def _from_parts(found: re.Match[str]) -> tuple[datetime | None, bool]:
    year, month, day = found["year"], found["month"], found["day"]
    hour = found["hour"]
    try:
        on = date(int(year), int(month), int(day))
        if hour is None:
            return _end_of(on), False
        number = int(hour)
        if AFTERNOON.search(found[0]) and number < NOON:
            number += NOON
        at = time(number, int(found["minute"] or 0), int(found["second"] or 0))
    except ValueError:
        return None, False
    return datetime.combine(on, at, SHANGHAI), True


def _end_of(day: date) -> datetime:
    return datetime.combine(day, END_OF_DAY, SHANGHAI)
