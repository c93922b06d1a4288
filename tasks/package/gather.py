"""The dossier of a package, from the ledger, as it stands at one moment."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection

from tasks.desk import Desk
from tasks.ledger import submissions
from tasks.ledger.outbox import Queued
from tasks.ledger.submissions import Submission
from tasks.package.dossier import Chase, Dossier, Original
from tasks.status.view import look_through
from tasks.terms.campaign import Campaign
from tasks.terms.letters import LETTER_KINDS, LetterState

CHASING = frozenset({"start", "reminder", "overdue", "return"})
"""Letters that tell what was done to get a report; receipts do not."""


def gather(connection: Connection, desk: Desk, number: int) -> Dossier:
    """Everything package ``number`` says, read in one view."""
    view = look_through(connection, desk)
    versions = {v.id: v for v in submissions.of_campaign(connection, desk.campaign.id, desk.now)}
    counting = {s.submission for s in view.standings if s.submission is not None}
    return Dossier(
        campaign=desk.campaign,
        roster=desk.roster,
        as_of=desk.now,
        number=number,
        standings=view.standings,
        tallies=view.tallies,
        files={n: _originals(versions[n]) for n in sorted(counting)},
        evidence={n: _evidence(versions[n]) for n in sorted(counting)},
        chased=_chased(desk.campaign, view.letters, desk.now),
        queue=len(view.queue),
    )


def _originals(version: Submission) -> tuple[Original, ...]:
    return tuple(Original(f["filename"], f["digest"], f["size"]) for f in version.files)


def _evidence(version: Submission) -> Mapping[str, str]:
    """Where each figure was read: ``unit/field`` → ``file!sheet!cell``."""
    return {
        f"{row['unit']}/{field}": f"{version.filename} {cell}"
        for row in version.reading.get("rows") or ()
        for field, cell in row["evidence"].items()
    }


def _chased(campaign: Campaign, letters: Iterable[Queued], as_of: datetime) -> dict[str, tuple[Chase, ...]]:
    titles = {rung.id: rung.title for rung in campaign.ladder}
    found: dict[str, list[Chase]] = {}
    for each in letters:
        if each.kind in CHASING and each.state in {LetterState.SENT, LetterState.UNKNOWN}:
            sent_at = each.claimed_at if each.claimed_at and each.claimed_at <= as_of else each.queued_at
            found.setdefault(each.unit, []).append(
                Chase(each.kind, _title(each, titles), sent_at, LetterState(each.state))
            )
    return {unit: tuple(chases) for unit, chases in found.items()}


def _title(letter: Queued, titles: Mapping[str, str]) -> str:
    rung = letter.occasion.removeprefix("rung:").partition("@")[0]
    return titles.get(rung, LETTER_KINDS.get(letter.kind, letter.kind))
