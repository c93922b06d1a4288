"""From arrivals to submissions and queue items: read, place, enter in the ledger."""

from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from tasks.desk import Desk
from tasks.intake import reader
from tasks.intake.entry import Entry, entry_of, in_order
from tasks.intake.judge import documents_of
from tasks.intake.opening import Opened, as_told, read_arrivals
from tasks.intake.placing.impostor import unmasked
from tasks.intake.placing.out_of_order import Ruled
from tasks.intake.placing.place import place_documents, place_mail, with_what_stayed_shut
from tasks.intake.placing.placement import STAYED_SHUT, Context, Document, Placement
from tasks.intake.placing.rules import Rules
from tasks.intake.spread import Readers
from tasks.ledger import acts, arrivals, submissions
from tasks.ledger.arrivals import Arrival
from tasks.ledger.session import Ledger
from tasks.ledger.submissions import Submission
from tasks.notice.load import campaign_ids, load_campaign
from tasks.roster.duty import reporters
from tasks.store.files import Store
from tasks.terms import times
from tasks.terms.campaign import Campaign
from tasks.terms.errors import Misconfigured
from tasks.terms.mails import File
from tasks.terms.readings import Content

BATCH = 100
"""Arrivals read together: they share one child process and one transaction."""

LOOKED_UP = 10 * BATCH
"""Arrivals looked up in the ledger at once."""

HELD = 64 << 20
"""No further arrival is taken apart for a batch whose files hold this much memory already."""

STILL_READ = timedelta(days=60)
"""So long after its last package a campaign is taken to be checked still."""


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
                over = other.package.last + STILL_READ
                found += [other] if mine.intersection(other.sources) and desk.now < over else []
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
    total = Settled()
    waiting = _waiting(ledger, rules.campaign.id, sources)
    with (
        closing(reader),
        Readers(judging.entries, readers) as at_work,
        closing(at_work.done(waiting)) as judged,
    ):
        for entries in judged:
            with ledger.write() as connection:
                total += _enter(connection, entries)
    return total


def _waiting(ledger: Ledger, campaign: str, sources: Sequence[str]) -> Iterator[Sequence[Arrival]]:
    """What waits to be judged, batch after batch, looked up when its turn comes."""
    last: Arrival | None = None
    while True:
        with ledger.read() as connection:
            found = arrivals.unjudged(connection, campaign, sources, LOOKED_UP, after=last)
        if not found:
            return
        yield from (found[start : start + BATCH] for start in range(0, len(found), BATCH))
        last = found[-1]


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
            placements = list(self._placed(batch[len(found) :]))
            self.store.put_all(f.data for item, placement in placements for f in _named(item, placement))
            found += [entry_of(self.rules.campaign, item, each, self.now) for item, each in placements]
        return found

    def _placed(self, batch: Sequence[Arrival]) -> Iterator[tuple[Opened, Placement]]:
        """The arrivals, as many as may be held at once; the others are still unjudged."""
        held = 0
        with closing(read_arrivals(batch, self.store, self.own_addresses, self.receivers)) as read:
            for each, contents in read:
                item = _seen_through(self.rules, each)
                yield item, _place(item, _documents(item, contents, self.rules), self.rules)
                held += _size(item)
                if held > HELD:
                    return


def _size(item: Opened) -> int:
    mail = item.mail
    files = (*mail.attachments, *mail.inline_images, *mail.unpacked) if mail else item.files
    return sum(file.size for file in files)


def _seen_through(rules: Rules, item: Opened) -> Opened:
    return replace(item, mail=unmasked(rules, item.mail)) if item.mail else item


def _documents(item: Opened, contents: Sequence[Content], rules: Rules) -> list[Document]:
    told = [(file, as_told(item, file, content)) for file, content in zip(item.files, contents, strict=True)]
    subject = item.mail.subject if item.mail else item.arrival.hints.get("subject", "")
    return [d for f, c in told for d in documents_of(f, c, rules.campaign, rules.roster, subject)]


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


def _enter(connection: Connection, entries: Sequence[Entry]) -> Settled:
    rows = [row for each in entries for row in each.submissions]
    known = submissions.beside(connection, rows)
    entries = in_order(entries, known, _ruled(connection, rows, known))
    first = arrivals.record_judgements(connection, [each.judgement for each in entries])
    mine = [each for each in entries if each.judgement.arrival in first]  # another worker judged the others
    return Settled(
        submissions.add_all(connection, [row for each in mine for row in each.submissions]),
        submissions.enqueue_all(connection, [row for each in mine for row in each.queue]),
        sum(each.judgement.outcome == "ignored" for each in mine),
    )


def _ruled(connection: Connection, rows: Sequence[Submission], known: Sequence[Submission]) -> Ruled:
    """What persons last ruled; asked only where a file came that had come before."""
    if not {row.digest for row in rows} & {row.digest for row in known}:
        return {}
    until = max(row.recorded_at for row in rows)
    given = acts.of_campaign(connection, rows[0].campaign, until)
    return {(a.obligation, a.unit): (a.kind, a.at) for a in given if a.kind in {"accept", "return"}}
