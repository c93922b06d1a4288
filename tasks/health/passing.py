"""Up to which moment a campaign's events have been told, and what passed while nobody was looking."""

from datetime import datetime, timedelta
from pathlib import Path

from tasks.health.week import between
from tasks.settings import Home
from tasks.terms import times

SLEPT = timedelta(hours=3)
"""Checks run hourly at the least: so long without one, the machine slept or was off."""


def told_until(home: Home, campaign: str) -> datetime | None:
    """The moment of the last telling; None before the first."""
    try:
        return times.parse(_path(home, campaign).read_text("utf-8").strip())
    except (OSError, ValueError):
        return None


def tell_until(home: Home, campaign: str, now: datetime) -> None:
    """Remember that everything up to now was told."""
    path = _path(home, campaign)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".tmp")
    fresh.write_text(times.utc(now).isoformat(), "utf-8")
    fresh.replace(path)


def _path(home: Home, campaign: str) -> Path:
    return home.var / "told" / campaign


def missed(home: Home, campaign: str, since: datetime, now: datetime) -> list[str]:
    """Chinese lines of what came due while nothing ran for so long that it must have been late."""
    if now - since < SLEPT:
        return []
    return [f"{times.moment_zh(at)} {text}" for at, text in between(home, campaign, since, now)]
