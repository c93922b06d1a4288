"""One consistent view of a campaign at a moment: standings, tallies, queue, letters."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from tasks.desk import Desk
from tasks.intake.sources import source_names
from tasks.ledger import arrivals, outbox, submissions
from tasks.ledger.outbox import Queued
from tasks.ledger.submissions import QueueItem
from tasks.status import report
from tasks.status.assess import assess, tally
from tasks.status.conflicts import conflicts
from tasks.status.facts import gather
from tasks.terms.letters import LetterState
from tasks.terms.standings import Standing, Tally


@dataclass(frozen=True)
class View:
    """What the ledger says at ``desk.now``."""

    desk: Desk
    standings: tuple[Standing, ...]
    tallies: tuple[Tally, ...]
    queue: tuple[QueueItem, ...]
    letters: tuple[Queued, ...]
    unreached: Mapping[str, datetime]
    """Sources out of reach, and since when: what lies there nobody has seen."""
    conflicts: tuple[str, ...] = ()
    """Where what was granted, what the notice says and what came contradict each other."""

    @property
    def unsettled(self) -> int:
        """Letters nobody can say of whether they arrived."""
        return sum(each.state == LetterState.UNKNOWN for each in self.letters)

    @property
    def needs_person(self) -> bool:
        """Whether a clerk has to look: the queue, a letter whose fate is unknown, a source out of reach."""
        return bool(self.queue or self.unsettled or self.unreached)

    def as_json(self) -> dict[str, Any]:
        """The contract's ``status --json``."""
        return report.as_json(
            self.desk.campaign,
            self.desk.roster,
            self.standings,
            self.tallies,
            as_of=self.desk.now,
            letters_sent=outbox.sent_to(self.letters),
            queue=len(self.queue),
            conflicts=self.conflicts,
        )

    def in_words(self) -> str:
        """The status in a few Chinese lines."""
        lines = report.in_words(self.desk.campaign, self.tallies, queue=len(self.queue))
        return "\n".join([lines, *(f"  请核实：{each}" for each in self.conflicts)])


def look(desk: Desk) -> View:
    """Read the ledger once and assess."""
    with desk.ledger.read() as connection:
        return look_through(connection, desk)


def look_through(connection: Connection, desk: Desk) -> View:
    """The same, within a view or a transaction that is already open."""
    campaign = desk.campaign.id
    close = desk.office.closes_at
    facts = gather(connection, campaign, desk.now)
    standings = assess(desk.campaign, desk.roster, facts, desk.now, office_close=close)
    return View(
        desk=desk,
        standings=standings,
        tallies=tally(desk.campaign, standings, office_close=close),
        queue=tuple(submissions.undecided(connection, campaign, desk.now)),
        letters=tuple(outbox.of_campaign(connection, campaign, desk.now)),
        unreached=arrivals.failing(connection, source_names(desk)),
        conflicts=conflicts(desk.campaign, desk.roster, facts, desk.now, office_close=close),
    )
