"""The working days of China: weekends and holidays off, 调休 make-up days on. Pure.

Source: the State Council's yearly notice on holidays, one table a year in ``config/calendar``. A year
without a table has no working days and no days off: every question about it is refused.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tasks.terms.errors import Misconfigured

SATURDAY = 5


class NoTable(Misconfigured):
    """A working day is asked for in a year without a table: it is unknown, not wrong."""


@dataclass(frozen=True, slots=True)
class YearTable:
    """One year's exceptions: weekdays that are off, and weekend days that are worked."""

    holidays: frozenset[date]
    workdays: frozenset[date]


@dataclass(frozen=True)
class Calendar:
    """Working days of the years there are tables for."""

    years: Mapping[int, YearTable]

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on that day.

        Raises:
            NoTable: the year has none.
        """
        table = self.years.get(day.year)
        if table is None:
            raise NoTable(
                f"没有 {day.year} 年的放假调休表，不能推算工作日；请在 config/calendar/{day.year}.yaml 中补上"
            )
        return day in table.workdays or (not self.is_weekend(day) and day not in table.holidays)

    def is_weekend(self, day: date) -> bool:
        """Whether the day is a Saturday or Sunday, worked or not."""
        return day.weekday() >= SATURDAY

    def shift(self, day: date, working_days: int) -> date:
        """The day that many working days after (before, when negative).

        The day itself is never counted, working or not; 0 is the day itself, or, when that is no working
        day, the last working day before it: what is asked “on the day” must not come after it.
        """
        if working_days == 0:
            return day if self.is_working_day(day) else self.shift(day, -1)
        walked = (d for d in _walk(day, 1 if working_days > 0 else -1) if self.is_working_day(d))
        for _ in range(abs(working_days) - 1):
            next(walked)
        return next(walked)

    def next_working_day(self, day: date) -> date:
        """The day itself when it is a working day, else the first one after it."""
        return day if self.is_working_day(day) else self.shift(day, 1)

    def working_days_between(self, first: date, last: date) -> int:
        """How many working days lie after ``first`` up to and including ``last``; negative backwards."""
        if last < first:
            return -self.working_days_between(last, first)
        days = (first + timedelta(n) for n in range(1, (last - first).days + 1))
        return sum(self.is_working_day(d) for d in days)


def _walk(day: date, step: int) -> Iterator[date]:
    while True:
        day += timedelta(step)
        yield day
