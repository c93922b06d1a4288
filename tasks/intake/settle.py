"""From arrivals to submissions and queue items: read, place, enter in the ledger."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from tasks.desk import Desk
from tasks.documents.reader import read_together
from tasks.intake.impostor import unmasked
from tasks.intake.judge import contradictions, read_document
from tasks.intake.place import (
    STAYED_SHUT,
    Context,
    Document,
    Placed,
    Placement,
    Rules,
    Undecided,
    place_documents,
    place_mail,
    with_what_stayed_shut,
)
from tasks.intake.spread import spread
from tasks.ledger import arrivals, submissions
from tasks.ledger.arrivals import Arrival, Judgement
from tasks.ledger.session import Ledger
from tasks.ledger.submissions import QueueItem, Submission
from tasks.mail.classify import may_report
from tasks.mail.reader import opened, read_mail
from tasks.notice.load import campaign_ids, load_campaign
from tasks.roster.duty import reporters
from tasks.store.files import Store
from tasks.terms import times
from tasks.terms.campaign import Campaign
from tasks.terms.errors import Misconfigured
from tasks.terms.mails import ROBOTS, File, Inside, Mail
from tasks.terms.readings import Content, Finding, Reading

BATCH = 50
"""Arrivals read together: they share one child process and one transaction."""
HELD = 64 << 20
"""No further arrival is taken apart for a batch whose files hold this much memory already."""
ROUND = 4
"""Batches for each reader that are looked up at once."""
STILL_READ = timedelta(days=60)
"""So long after its last package a campaign is taken to be checked still."""
UNMARKED = frozenset({"csv", "txt"})
"""Formats that do not show by themselves that something of them is missing."""
CUT_SHORT = Finding("DAMAGED", "附件在传送中损坏或不完整，内容可能缺失，未予采用，请重新发送")


@dataclass(frozen=True, slots=True)
class Settled:
    """How many of the arrivals became submissions, went to the queue, or were merely noted."""

    submissions: int = 0
    queued: int = 0
    ignored: int = 0

    def __add__(self, other: "Settled") -> "Settled":
        return Settled(
            self.submissions + other.submissions, self.queued + other.queued, self.ignored + other.ignored
        )


NOTHING_INSIDE = Inside()


@dataclass(frozen=True, slots=True)
class Opened:
    """One arrival taken apart; ``inside`` is what a file by itself held."""

    arrival: Arrival
    mail: Mail | None
    files: tuple[File, ...]
    inside: Inside = NOTHING_INSIDE


def rules_of(desk: Desk) -> Rules:
    """The campaign's view of who reports what on the desk's day."""
    today = times.local(desk.now).date()
    owed = reporters(desk.campaign, desk.roster, today)
    superior = desk.campaign.superior.address
    trusted = desk.own_addresses | ({superior.lower()} if superior else set())
    return Rules(desk.campaign, desk.roster, owed, desk.office.bureau, trusted, _beside(desk))


def _beside(desk: Desk) -> tuple[Campaign, ...]:
    """The campaigns that read a source of this one and are not over.

    A faulty file of theirs is not this one's business; what is meant for one that is over is for a person.
    """
    mine, found = set(desk.campaign.sources), []
    for name in campaign_ids(desk.home):
        if name != desk.campaign.id:
            with suppress(Misconfigured):
                other = load_campaign(desk.home, name)
                over = max(other.package.at, *other.package.supplements) + STILL_READ
                found += [other] if mine.intersection(other.sources) and desk.now < times.utc(over) else []
    return tuple(found)


def settle_new(
    ledger: Ledger,
    store: Store,
    rules: Rules,
    sources: Sequence[str],
    now: datetime,
    *,
    own_addresses: frozenset[str],
    receivers: frozenset[str] = frozenset(),
    readers: int = 1,
) -> Settled:
    """Judge every arrival the campaign has not judged yet, in so many processes at once."""
    judging = Judging(store, rules, now, own_addresses, receivers)
    total, at_once = Settled(), BATCH * ROUND * readers
    while True:
        with ledger.read() as connection:
            waiting = arrivals.unjudged(connection, rules.campaign.id, sources, at_once)
        if not waiting:
            return total
        for entries in spread(judging.entries, list(_batches(waiting)), readers):
            with ledger.write() as connection:
                for entry in entries:
                    total += _enter(connection, entry)


def _batches(waiting: Sequence[Arrival]) -> Iterator[Sequence[Arrival]]:
    return (waiting[start : start + BATCH] for start in range(0, len(waiting), BATCH))


@dataclass(frozen=True)
class Entry:
    """What the ledger is told of one arrival: rows, and no file's bytes."""

    judgement: Judgement
    submissions: tuple[Submission, ...]
    queue: tuple[QueueItem, ...]


@dataclass(frozen=True)
class Judging:
    """All it takes to read and place arrivals, in this process or in another."""

    store: Store
    rules: Rules
    now: datetime
    own_addresses: frozenset[str]
    receivers: frozenset[str]

    def entries(self, batch: Sequence[Arrival]) -> list[Entry]:
        """The arrivals read, placed, and their files kept; entering them is left to the caller."""
        found: list[Entry] = []
        while len(found) < len(batch):
            rest = batch[len(found) :]
            opened_now = _opened(rest, self.store, self.own_addresses, self.receivers)
            together = [_seen_through(self.rules, each) for each in opened_now]
            placements = list(zip(together, _judged(together, self.rules), strict=True))
            self.store.put_all(f.data for item, placement in placements for f in _named(item, placement))
            found += [_entry(self.rules.campaign, item, each, self.now) for item, each in placements]
        return found


def _opened(
    batch: Sequence[Arrival], store: Store, own_addresses: frozenset[str], receivers: frozenset[str]
) -> Iterator[Opened]:
    """The arrivals taken apart, as many as may be held at once; the others are still unjudged."""
    held = 0
    for arrival in batch:
        item = open_arrival(arrival, store, own_addresses, receivers)
        held += sum(f.size for f in item.files)
        yield item
        if held > HELD:
            return


def _seen_through(rules: Rules, item: Opened) -> Opened:
    return replace(item, mail=unmasked(rules, item.mail)) if item.mail else item


def open_arrival(
    arrival: Arrival, store: Store, own_addresses: frozenset[str], receivers: frozenset[str] = frozenset()
) -> Opened:
    """The files of an arrival: a mail's attachments and what was inside them, or the file itself."""
    data = store.read(arrival.digest)
    if arrival.form == "mail":
        mail = read_mail(data, own_addresses=own_addresses, receivers=receivers)
        return Opened(arrival, mail, reportable(mail))
    file = File(arrival.filename, arrival.digest, len(data), data)
    inside = opened(file)
    return Opened(arrival, None, without_wrapping((file, *inside.files), inside.opened), inside)


def reportable(mail: Mail) -> tuple[File, ...]:
    """What a mail carries that may be a report: no card, no signature; an empty file is told of."""
    files = (*mail.attachments, *mail.unpacked)
    return without_wrapping([f for f in files if not f.size or may_report(f)], mail.opened)


def without_wrapping(files: Sequence[File], wrappings: Sequence[str]) -> tuple[File, ...]:
    """Each content once, and of an archive or a forwarded mail only what was inside it.

    An archive nothing could be taken out of stays: it must be told of, not passed over.
    """
    found = {f.digest: f for f in files}
    return tuple(f for f in found.values() if f.digest not in wrappings)


def with_losses(content: Content, file: File, mail: Mail) -> Content:
    """A table or text that lost something on the way is not read: nothing in it shows what is missing."""
    if file.digest in mail.broken and content.format in UNMARKED:
        return Content(content.format, findings=(CUT_SHORT,))
    return content


def _judged(together: Sequence[Opened], rules: Rules) -> list[Placement]:
    groups = [[(f.filename, f.data) for f in item.files] for item in together]
    found = []
    for item, contents in zip(together, read_together(groups), strict=True):
        told = [_as_told(item, f, c) for f, c in zip(item.files, contents, strict=True)]
        documents = [
            Document(f, c, read_document(c, rules.campaign, rules.roster, filename=f.filename))
            for f, c in zip(item.files, told, strict=True)
        ]
        found.append(_place(item, documents, rules))
    return found


def _as_told(item: Opened, file: File, content: Content) -> Content:
    """The content, or why there is none when the file was shut or spoilt on the way."""
    if item.mail is not None:
        return with_losses(content, file, item.mail)
    if item.inside.findings and not item.inside.files:
        return Content(content.format, findings=item.inside.findings)
    return content


def _place(item: Opened, documents: Sequence[Document], rules: Rules) -> Placement:
    received = times.local(item.arrival.received_at).date()
    if item.mail is not None:
        return place_mail(rules, item.mail, documents, received)
    hints = item.arrival.hints
    folder = " ".join(filter(None, (hints.get("folder"), hints.get("sender"))))
    context = Context(subject=hints.get("subject", ""), folder=folder, received=received)
    placement = place_documents(rules, context, documents)
    reasons = [f.text for f in item.inside.findings if f.code in STAYED_SHUT]
    if not item.inside.files or not reasons:
        return placement
    return with_what_stayed_shut(rules, reasons, context, placement)


def _named(item: Opened, placement: Placement) -> list[File]:
    """Every file the ledger is about to name: it is in the store before the ledger names it."""
    files = {f.digest: f for p in placement.placed for f in p.files}
    files |= {u.file.digest: u.file for u in placement.undecided if u.file}
    return [file for file in files.values() if file.digest != item.arrival.digest]


def _entry(campaign: Campaign, item: Opened, placement: Placement, now: datetime) -> Entry:
    placed = placement.placed
    return Entry(
        _judgement(campaign.id, item, placement, now),
        tuple(as_submission(campaign, item, each, placed, now) for each in placed),
        tuple(_queue_item(campaign.id, item, each, now) for each in placement.undecided),
    )


def _enter(connection: Connection, entry: Entry) -> Settled:
    if not arrivals.record_judgement(connection, entry.judgement):
        return Settled()  # another worker judged it meanwhile
    entered = sum(submissions.add(connection, each) is not None for each in entry.submissions)
    queued = sum(submissions.enqueue(connection, each) for each in entry.queue)
    return Settled(entered, queued, int(entry.judgement.outcome == "ignored"))


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
        reading=reading_row(reading, form=form) | {"findings": [asdict(f) for f in findings]},
        received_at=item.arrival.received_at,
        recorded_at=now,
        arrival=item.arrival.id,
    )


def reading_row(reading: Reading, *, form: bool) -> dict[str, Any]:
    """A reading as the ledger keeps it; a narrative has no rows of figures, not even empty ones."""
    return {
        "values": reading.values or {},
        "evidence": reading.evidence or {},
        "rows": [asdict(r) for r in reading.rows] if form else None,
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
