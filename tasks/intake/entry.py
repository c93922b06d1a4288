"""What the ledger is told of one arrival."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from tasks.intake.judge import contradictions
from tasks.intake.opening import Opened
from tasks.intake.placing.out_of_order import Ruled, out_of_order, sent_of
from tasks.intake.placing.placement import Placed, Placement, Undecided
from tasks.ledger.arrivals import Judgement
from tasks.ledger.submissions import QueueItem, Submission
from tasks.terms.campaign import Campaign
from tasks.terms.mails import ROBOTS
from tasks.terms.readings import Reading


@dataclass(frozen=True)
class Entry:
    """What the ledger is told of one arrival: rows, and no file's bytes."""

    judgement: Judgement
    submissions: tuple[Submission, ...]
    queue: tuple[QueueItem, ...]


def entry_of(campaign: Campaign, item: Opened, placement: Placement, now: datetime) -> Entry:
    """The rows of one arrival for one campaign."""
    placed = placement.placed
    return Entry(
        _judgement(campaign.id, item, placement, now),
        tuple(as_submission(campaign, item, each, placed, now) for each in placed),
        tuple(_queue_item(campaign.id, item, each, now) for each in placement.undecided),
    )


def _judgement(campaign: str, item: Opened, placement: Placement, now: datetime) -> Judgement:
    mail = item.mail
    return Judgement(
        campaign=campaign,
        arrival=item.arrival.id,
        outcome=placement.outcome,
        kind=mail.kind if mail else item.arrival.form,
        sender=mail.sender if mail else item.arrival.hints.get("sender", ""),
        subject=mail.subject if mail else item.arrival.hints.get("subject", ""),
        message_id=mail.message_id if mail else "",
        reasons=placement.reasons,
        judged_at=now,
    )


def as_submission(
    campaign: Campaign, item: Opened, placed: Placed, together: Sequence[Placed], now: datetime
) -> Submission:
    """The ledger's row for a placed report; reports that came together are held against each other."""
    reading = placed.document.reading
    form = campaign.obligation(placed.obligation).deliverable == "form"
    findings = list(reading.findings)
    if form:
        same_unit = [p.document.reading for p in together if p.unit == placed.unit]
        findings += contradictions(same_unit)
    return Submission(
        campaign=campaign.id,
        obligation=placed.obligation,
        unit=placed.unit,
        digest=placed.document.file.digest,
        filename=placed.document.file.filename,
        files=[{"filename": f.filename, "digest": f.digest, "size": f.size} for f in placed.files],
        sender=item.mail.sender if item.mail and item.mail.kind not in ROBOTS else "",
        verdict="returned" if any(f.blocking for f in findings) else "accepted",
        reading=reading_row(reading, form=form)
        | {"findings": [asdict(f) for f in findings]}
        | sent_of(item.mail, item.arrival.received_at),
        received_at=item.arrival.received_at,
        recorded_at=now,
        arrival=item.arrival.id,
    )


def in_order(
    entries: Sequence[Entry], known: Sequence[Submission], ruled: Ruled | None = None
) -> list[Entry]:
    """The entries; a report that is not plainly its unit's last word waits for a person instead."""
    before, found = list(known), []
    for entry in sorted(entries, key=_came):
        doubts = [(row, out_of_order(row, before, ruled)) for row in entry.submissions]
        kept = tuple(row for row, doubt in doubts if not doubt)
        waiting = tuple(_waiting(entry, row, doubt) for row, doubt in doubts if doubt)
        before += kept
        if waiting:
            judged = replace(entry.judgement, outcome="submission" if kept else "queued")
            entry = Entry(judged, kept, (*entry.queue, *waiting))  # noqa: PLW2901  as it is entered
        found.append(entry)
    return found


def _came(entry: Entry) -> datetime:
    return max((row.received_at for row in entry.submissions), default=entry.judgement.judged_at)


def _waiting(entry: Entry, row: Submission, doubt: str) -> QueueItem:
    return QueueItem(
        campaign=row.campaign,
        arrival=entry.judgement.arrival,
        digest=row.digest,
        filename=row.filename,
        sender=row.sender,
        subject=entry.judgement.subject,
        candidates=(row.unit,),
        reasons=(doubt,),
        received_at=row.received_at,
        queued_at=row.recorded_at,
    )


def reading_row(reading: Reading, *, form: bool) -> dict[str, Any]:
    """A reading as the ledger keeps it; a narrative has no rows of figures, not even empty ones."""
    return {
        "values": reading.values or {},
        "evidence": reading.evidence or {},
        "rows": [{"unit": r.unit, "values": r.values, "evidence": r.evidence} for r in reading.rows]
        if form
        else None,
        "findings": [asdict(f) for f in reading.findings],
        "date": reading.date,
        "nil": reading.nil,
        "reasons": list(reading.reasons),
    }


def _queue_item(campaign: str, item: Opened, undecided: Undecided, now: datetime) -> QueueItem:
    file, mail = undecided.file, item.mail
    return QueueItem(
        campaign=campaign,
        arrival=item.arrival.id,
        digest=file.digest if file else item.arrival.digest,
        filename=file.filename if file else "",
        sender=mail.sender if mail else item.arrival.hints.get("sender", ""),
        subject=mail.subject if mail else item.arrival.hints.get("subject", ""),
        candidates=undecided.candidates,
        reasons=undecided.reasons,
        received_at=item.arrival.received_at,
        queued_at=now,
    )
