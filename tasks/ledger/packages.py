"""Packages 汇总件 that were built and what became of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from tasks.ledger.arrivals import Arrival, insert_new
from tasks.ledger.schema import arrival, judgement, package
from tasks.terms.mails import ROBOTS


@dataclass(frozen=True, slots=True)
class Package:
    """One package. ``occasion`` is the package moment it was built for: each moment has one package."""

    campaign: str
    number: int
    occasion: str
    as_of: datetime
    digest: str
    path: str
    summary: dict[str, Any]
    built_at: datetime
    dispatched_at: datetime | None
    dispatch: dict[str, Any]
    id: int = 0


def for_occasion(connection: Connection, campaign: str, occasion: str) -> Package | None:
    """The package built for that moment, if any."""
    query = select(package).where(package.c.campaign == campaign, package.c.occasion == occasion)
    row = connection.execute(query).mappings().first()
    return Package(**row) if row else None


AGAIN = "#"
"""Between a moment and the number of a package made anew for it: the one before never went up."""


def latest_for(connection: Connection, campaign: str, occasion: str) -> Package | None:
    """The newest package built for that moment, if any."""
    made = [p for p in of_campaign(connection, campaign) if p.occasion.partition(AGAIN)[0] == occasion]
    return made[-1] if made else None


def next_number(connection: Connection, campaign: str) -> int:
    """The number the campaign's next package takes, from 1."""
    last = connection.execute(select(func.max(package.c.number)).where(package.c.campaign == campaign))
    return int(last.scalar() or 0) + 1


def record(connection: Connection, built: Package) -> bool:
    """Enter a built package; False when another worker has entered it."""
    row = {f: getattr(built, f) for f in Package.__slots__ if f != "id"}
    return bool(connection.execute(insert_new(connection, package), row).rowcount)


def record_dispatch(
    connection: Connection, campaign: str, number: int, now: datetime, detail: dict[str, Any]
) -> None:
    """Record that the package went up, and how; the first record stands."""
    connection.execute(
        package.update()
        .where(package.c.campaign == campaign, package.c.number == number, package.c.dispatched_at.is_(None))
        .values(dispatched_at=now, dispatch=detail)
    )


def human_mail_since(connection: Connection, campaign: str, since: datetime) -> list[tuple[Arrival, str]]:
    """Mails people wrote to the campaign since then, each with its sender, oldest first."""
    query = (
        select(arrival, judgement.c.sender)
        .join(judgement, judgement.c.arrival == arrival.c.id)
        .where(judgement.c.campaign == campaign, arrival.c.form == "mail")
        .where(arrival.c.received_at >= since, judgement.c.kind.not_in(ROBOTS))
        .order_by(arrival.c.received_at, arrival.c.id)
    )
    rows = connection.execute(query).mappings()
    return [(Arrival(**{f: row[f] for f in Arrival.__slots__}), row["sender"]) for row in rows]


def parts_of(connection: Connection, campaign: str, kind: str, mark: str, of: int) -> dict[int, str]:
    """The parts of one package cut into ``of`` that have come: digest by number, the last of each.

    ``mark`` names sender and package.
    """
    query = select(judgement.c.reasons).where(judgement.c.campaign == campaign, judgement.c.kind == kind)
    found = {}
    for (reasons,) in connection.execute(query.order_by(judgement.c.arrival)):
        for digest, place, named in (reason.split(" ", 2) for reason in reasons):
            number, _, parts = place.partition("/")
            if named == mark and parts == str(of):
                found[int(number)] = digest
    return found


def of_campaign(connection: Connection, campaign: str) -> list[Package]:
    """The campaign's packages by number."""
    query = select(package).where(package.c.campaign == campaign).order_by(package.c.number)
    return [Package(**row) for row in connection.execute(query).mappings()]


def every(connection: Connection) -> list[Package]:
    """The packages of all campaigns."""
    rows = connection.execute(select(package).order_by(package.c.campaign, package.c.number)).mappings()
    return [Package(**row) for row in rows]
