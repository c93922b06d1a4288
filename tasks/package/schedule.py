"""Which package is due: pure rules over the campaign's package moments."""

from datetime import datetime

from tasks.terms import times
from tasks.terms.campaign import Campaign


def moments(campaign: Campaign) -> list[datetime]:
    """The package moment and its supplements (UTC), in order."""
    return sorted(campaign.package.moments)


def served(campaign: Campaign, now: datetime) -> datetime | None:
    """The package moment that is being served (UTC); None before the first package day.

    Whoever compiles on the day itself, an hour early, means the package of that day; of several moments
    of one day each is served from its own hour on.
    """
    today = times.local(now).date()
    past = [m for m in moments(campaign) if m <= now]
    coming = [m for m in moments(campaign) if m > now and times.local(m).date() == today]
    if coming and not (past and times.local(past[-1]).date() == today):
        return coming[0]
    return past[-1] if past else None


def occasion(moment: datetime) -> str:
    """The package moment as the ledger names it."""
    return f"package@{times.iso(moment)}"
