"""The tables of working days: one file a year, and the office's own days over them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import ClassVar

from tasks.documents.strict_yaml import Document, read, shaped, shown_name
from tasks.notice.calendar import SATURDAY, Calendar, YearTable
from tasks.settings import SHIPPED, Home
from tasks.terms import times
from tasks.terms.errors import Misconfigured
from tasks.terms.strict import STRICT

LOCAL = "local.yaml"
"""The office's own days: a typhoon, a day worked in its stead."""

LOCKS = (".", "~")
"""What editors put beside a file while it is open begins so; no file of ours does."""

YEAR = re.compile(r"20[0-9]{2}")

Place = tuple[str | int, ...]
Fault = tuple[Place, str]


@dataclass(frozen=True, kw_only=True)
class YearFile:
    """One year's table as its file gives it."""

    __pydantic_config__: ClassVar = STRICT
    year: int
    """年份"""
    source: str
    """依据：国务院办公厅通知的文号"""
    holidays: tuple[date, ...]
    """放假的日子（周末可不写）"""
    workdays: tuple[date, ...] = ()
    """调休上班的周末"""


@dataclass(frozen=True, kw_only=True)
class LocalDay:
    """A day on which this office does otherwise than the State Council's table says."""

    __pydantic_config__: ClassVar = STRICT
    date: date
    """日期"""
    works: bool
    """true 上班，false 不上班"""
    why: str
    """依据"""


@dataclass(frozen=True, kw_only=True)
class LocalFile:
    """The office's own days as their file gives them."""

    __pydantic_config__: ClassVar = STRICT
    days: tuple[LocalDay, ...]
    """本地停工、加班的日子"""


def load_calendar(home: Home) -> Calendar:
    """Every year's table: the shipped ones, the office's own in their place, its local days over them.

    Raises:
        Misconfigured: a table is wrong.
    """
    return _calendar(_stamped(calendar_files(home).values()))


def calendar_with(home: Home, file: Path) -> Calendar:
    """The calendar as it would be with that file in ``config/calendar``.

    Raises:
        Misconfigured: the file is no table, or a table is wrong.
    """
    return _calendar(_stamped({**calendar_files(home), file.name: file}.values()))


def calendar_files(home: Home) -> Mapping[str, Path]:
    """The files the calendar is made of, by name."""
    folders = SHIPPED / "config" / "calendar", home.config / "calendar"
    return {
        path.name: path
        for folder in folders
        for path in sorted(folder.glob("*.yaml"))
        if path.name[0] not in ".~"
    }


def _stamped(files: Iterable[Path]) -> tuple[tuple[Path, int], ...]:
    return tuple((path, path.stat().st_mtime_ns if path.exists() else 0) for path in files)


@lru_cache(maxsize=8)
def _calendar(files: tuple[tuple[Path, int], ...]) -> Calendar:
    years = dict(read_table(path) for path, _ in files if path.name != LOCAL)
    for path, _ in files:
        if path.name == LOCAL:
            _lay_over(years, path)
    return Calendar(years)


def _lay_over(years: dict[int, YearTable], path: Path) -> None:
    document = read(path)
    for day in _local_days(document, years):
        table = years[day.date.year]
        only = frozenset({day.date})
        holidays = table.holidays - only if day.works else table.holidays | only
        workdays = table.workdays | only if day.works else table.workdays - only
        years[day.date.year] = YearTable(holidays, workdays)


def _local_days(document: Document, years: Mapping[int, YearTable]) -> tuple[LocalDay, ...]:
    days = shaped(document, LocalFile).days
    for n, each in enumerate(days):
        if each.date.year not in years:
            raise document.fault(
                ("days", n, "date"), f"没有 {each.date.year} 年的放假调休表，请先补上 {each.date.year}.yaml"
            )
        if each.date in {d.date for d in days[:n]}:
            raise document.fault(("days", n, "date"), f"{each.date} 写了两次")
        if not each.why.strip():
            raise document.fault(("days", n, "why"), "须写明依据")
    return days


def read_table(path: Path) -> tuple[int, YearTable]:
    """One year's table.

    Raises:
        Misconfigured: it is wrong; one line with file, line and field.
    """
    if not YEAR.fullmatch(path.stem):
        raise Misconfigured(f"{shown_name(path)}：文件名应为年份，如 2027.yaml，或 {LOCAL}")
    document = read(path)
    table = shaped(document, YearFile)
    if str(table.year) != path.stem:
        raise document.fault(("year",), f"“{table.year}”不对，应与文件名一致，写作 {path.stem}")
    for place, fault in _table_faults(table):
        raise document.fault(place, fault)
    return table.year, YearTable(frozenset(table.holidays), frozenset(table.workdays))


def _table_faults(table: YearFile) -> Iterator[Fault]:
    seen: set[date] = set()
    for name in ("holidays", "workdays"):
        for n, day in enumerate(getattr(table, name)):
            if day.year != table.year:
                yield (name, n), f"{day} 不在 {table.year} 年内"
            if day in seen:
                yield (name, n), f"{day} 写了两次，一天只能放假或上班"
            if name == "workdays" and day.weekday() < SATURDAY:
                yield (name, n), f"{times.day_zh(day)}不是周末，本来就上班；workdays 只写调休上班的周末"
            seen.add(day)
