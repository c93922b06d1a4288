"""Which package is due: pure rules over the campaign's package moments."""

from datetime import datetime

from tasks.terms import times
from tasks.terms.campaign import Campaign


def moments(campaign: Campaign) -> list[datetime]:
    """The package moment and its supplements (UTC), in order."""
    return sorted(campaign.package.moments)


def occasion(campaign: Campaign, now: datetime) -> str | None:
    """The package moment that is being served, as the ledger names it; None before the first package day.

    Whoever compiles on the day itself, an hour early, means the package of that day.
    """
    today = times.local(now).date()
    served = [m for m in moments(campaign) if times.local(m).date() <= today]
    return f"package@{times.iso(served[-1])}" if served else None
