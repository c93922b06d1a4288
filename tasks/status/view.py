"""One consistent view of a campaign at a moment: standings, tallies, queue, letters."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from tasks.desk import Desk
from tasks.ledger import outbox, submissions
from tasks.ledger.outbox import Queued
from tasks.ledger.submissions import QueueItem
from tasks.status import report
from tasks.status.assess import assess, tally
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

    @property
    def unsettled(self) -> int:
        """Letters nobody can say of whether they arrived."""
        return sum(each.state == LetterState.UNKNOWN for each in self.letters)

    @property
    def needs_person(self) -> bool:
        """Whether a clerk has to look: something in the queue, or a letter whose fate is unknown."""
        return bool(self.queue or self.unsettled)

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
        )

    def in_words(self) -> str:
        """The status in a few Chinese lines."""
        return report.in_words(self.desk.campaign, self.tallies, queue=len(self.queue))


def look(desk: Desk) -> View:
    """Read the ledger once and assess."""
    with desk.ledger.read() as connection:
        return look_through(connection, desk)


def look_through(connection: Connection, desk: Desk) -> View:
    """The same, within a view or a transaction that is already open."""
    campaign = desk.campaign.id
    close = desk.office.closes_at
    standings = assess(
        desk.campaign, desk.roster, gather(connection, campaign, desk.now), desk.now, office_close=close
    )
    return View(
        desk=desk,
        standings=standings,
        tallies=tally(desk.campaign, standings, office_close=close),
        queue=tuple(submissions.undecided(connection, campaign, desk.now)),
        letters=tuple(outbox.of_campaign(connection, campaign, desk.now)),
    )
