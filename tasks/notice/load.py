"""Campaign files and calendar tables, read and checked."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import ClassVar

from tasks.documents.strict_yaml import Document, load, read, shaped
from tasks.notice.calendar import Calendar, YearTable
from tasks.settings import SHIPPED, Home
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
    """A campaign by its id.

    Raises:
        Misconfigured: missing or wrong; one line with file, line and field.
    """
    return campaign_and_lines(home, campaign_id)[0]


def campaign_and_lines(home: Home, campaign_id: str) -> tuple[Campaign, Document]:
    """A campaign and its document, to name lines by."""
    path = campaign_path(home, campaign_id)
    return _read_campaign(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _read_campaign(path: Path, _changed: int) -> tuple[Campaign, Document]:
    document = read(path)
    campaign = shaped(document, Campaign)
    if campaign.id != path.stem:
        raise document.fault(("id",), f"“{campaign.id}”不对，应与文件名一致：{path.stem}")
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
    """Every year's table in ``config/calendar``, else the shipped ones.

    Raises:
        Misconfigured: a table is wrong.
    """
    folder = home.config / "calendar"
    tables = sorted((folder if folder.is_dir() else SHIPPED / "config" / "calendar").glob("*.yaml"))
    return _calendar(tuple((path, path.stat().st_mtime_ns) for path in tables))


@lru_cache(maxsize=8)
def _calendar(tables: tuple[tuple[Path, int], ...]) -> Calendar:
    return Calendar(dict(_year(path) for path, _ in tables))


def _year(path: Path) -> tuple[int, YearTable]:
    table = load(path, YearFile)
    document_name = f"config/calendar/{path.name}"
    if str(table.year) != path.stem:
        raise Misconfigured(f"{document_name} 第 1 行 year：“{table.year}”应与文件名一致")
    strange = [d for d in (*table.holidays, *table.workdays) if d.year != table.year]
    if strange:
        raise Misconfigured(f"{document_name}：{strange[0]} 不在 {table.year} 年内")
    return table.year, YearTable(frozenset(table.holidays), frozenset(table.workdays))
