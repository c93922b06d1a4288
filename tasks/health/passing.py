"""Up to which moment a campaign's events have been told, and what passed while nobody was looking."""

from datetime import datetime, timedelta

from tasks.health.week import between
from tasks.home_ledger import ledger_of
from tasks.ledger import arrivals
from tasks.settings import Home
from tasks.terms import times

SLEPT = timedelta(hours=3)
"""Checks run hourly at the least: so long without one, the machine slept or was off."""


def told_until(home: Home, campaign: str) -> datetime | None:
    """The moment of the last telling; None before the first."""
    with ledger_of(home).read() as connection:
        told = arrivals.cursor_of(connection, _mark(campaign))
    return times.parse(told) if told else None


def tell_until(home: Home, campaign: str, now: datetime) -> None:
    """Remember that everything up to now was told."""
    with ledger_of(home).write(synced=False, marked=False) as connection:
        arrivals.move_cursor(connection, _mark(campaign), times.utc(now).isoformat())


def _mark(campaign: str) -> str:
    """In the ledger, for every machine that runs the campaign; no source is called like that."""
    return f"told:{campaign}"


def missed(home: Home, campaign: str, since: datetime, now: datetime) -> list[str]:
    """Chinese lines of what came due while nothing ran for so long that it must have been late."""
    if now - since < SLEPT:
        return []
    return [f"{times.moment_zh(at)} {text}" for at, text in between(home, campaign, since, now)]
