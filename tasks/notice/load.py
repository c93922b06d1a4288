"""Campaign files and calendar tables, read and checked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import ClassVar

from tasks.documents.strict_yaml import Document, read, shaped
from tasks.notice.calendar import SATURDAY, Calendar, YearTable
from tasks.notice.unfold import Unclear, unfolded
from tasks.settings import SHIPPED, Home, load_office
from tasks.terms import times
from tasks.terms.campaign import STRICT, Campaign
from tasks.terms.errors import Misconfigured


def campaign_ids(home: Home) -> list[str]:
    """The campaigns of a home folder, by file name."""
    return sorted(path.stem for path in (home.config / "campaigns").glob("*.yaml"))


def campaign_path(home: Home, campaign_id: str) -> Path:
    """A campaign's file.

    Raises:
        Misconfigured: there is none; the known ones are named.
    """
    path = home.config / "campaigns" / f"{campaign_id}.yaml"
    if "/" in campaign_id or not path.is_file():
        known = "、".join(campaign_ids(home)) or "（无）"
        raise Misconfigured(f"config/campaigns/{campaign_id}.yaml：没有这个专项；现有：{known}")
    return path


def load_campaign(home: Home, campaign_id: str) -> Campaign:
    """A campaign by its id, with every due day known and every occurrence written out.

    Raises:
        Misconfigured: missing or wrong; one line with file, line and field.
    """
    campaign, document = campaign_and_lines(home, campaign_id)
    try:
        return unfolded(campaign, load_calendar(home), lambda day: load_office(home).closes_on(day))
    except Unclear as fault:
        raise document.fault(fault.place, fault.text) from None


def campaign_and_lines(home: Home, campaign_id: str) -> tuple[Campaign, Document]:
    """A campaign as its file says it, and the document, to name lines by."""
    path = campaign_path(home, campaign_id)
    return _read_campaign(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _read_campaign(path: Path, _changed: int) -> tuple[Campaign, Document]:
    document = read(path)
    campaign = shaped(document, Campaign)
    if campaign.id != path.stem:
        raise document.fault(("id",), f"“{campaign.id}”不对，应与文件名一致，写作 {path.stem}")
    return campaign, document


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


def load_calendar(home: Home) -> Calendar:
    """Every year's table: the shipped ones, and the office's own in ``config/calendar`` in their place.

    Raises:
        Misconfigured: a table is wrong.
    """
    tables = {path.name: path for folder in _calendar_folders(home) for path in folder.glob("*.yaml")}
    return _calendar(tuple((path, path.stat().st_mtime_ns) for _, path in sorted(tables.items())))


def _calendar_folders(home: Home) -> tuple[Path, ...]:
    return SHIPPED / "config" / "calendar", home.config / "calendar"


@lru_cache(maxsize=8)
def _calendar(tables: tuple[tuple[Path, int], ...]) -> Calendar:
    return Calendar(dict(read_table(path) for path, _ in tables))


def read_table(path: Path) -> tuple[int, YearTable]:
    """One year's table.

    Raises:
        Misconfigured: it is wrong; one line with file, line and field.
    """
    document = read(path)
    table = shaped(document, YearFile)
    if str(table.year) != path.stem:
        raise document.fault(("year",), f"“{table.year}”不对，应与文件名一致，写作 {path.stem}")
    for place, fault in _table_faults(table):
        raise document.fault(place, fault)
    return table.year, YearTable(frozenset(table.holidays), frozenset(table.workdays))


def _table_faults(table: YearFile) -> Iterator[tuple[tuple[str | int, ...], str]]:
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
