"""A clerk's word on something the rules could not place."""

from dataclasses import dataclass, replace
from datetime import date

from tasks.desk import Desk
from tasks.documents.reader import read_contents
from tasks.intake.entry import as_submission
from tasks.intake.forms.whose_rows import counted_nowhere, entered_as
from tasks.intake.judge import read_document
from tasks.intake.opening import Opened, open_arrival
from tasks.intake.placing.place import named, obligation_of
from tasks.intake.placing.placement import Document, Placed
from tasks.intake.placing.rules import Rules
from tasks.ledger import acts, arrivals, submissions
from tasks.ledger.acts import Act
from tasks.ledger.submissions import QueueItem
from tasks.roster.duty import why_not_owed
from tasks.terms import times
from tasks.terms.errors import Misconfigured, NeedsPerson
from tasks.terms.mails import File, as_file
from tasks.terms.readings import Reading

_DECLARED = b'<meta charset="utf-8">\n'
"""Before a page that is kept by itself: its own words on its letters were those of the mail it stood in."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """What the clerk decided: whose report this is, and of what when the file does not say."""

    item: int
    unit: str
    who: str
    why: str
    obligation: str | None = None


def assign(desk: Desk, rules: Rules, given: Assignment) -> bool:
    """Enter a queued item as a report of the unit the clerk names. False when that was done already.

    Raises:
        Misconfigured: there is no such item, unit or obligation, or the unit does not report it.
        NeedsPerson: the obligation is not certain and was not named.
    """
    with desk.ledger.read() as connection:
        item = submissions.queued(connection, desk.campaign.id, given.item)
        arrival = arrivals.by_id(connection, item.arrival) if item else None
    if item is None or arrival is None:
        raise Misconfigured(_no_such_item(given.item))
    opened = open_arrival(arrival, desk.store, desk.own_addresses, desk.receivers)
    document = _document(desk, opened, item, given.obligation)
    placed = Placed(
        _obligation(rules, document, given), _reporter(rules, given.unit), document, (document.file,)
    )
    _check_duty(rules, placed, times.local(desk.now).date())
    check_owner(rules, document.reading, placed.unit)
    placed = _counted(rules, placed, given.unit, times.local(opened.arrival.received_at).date())
    desk.store.put(document.file.data)
    with desk.ledger.write() as connection:
        act = _act(desk, item, placed, given)
        open_items = {i.id for i in submissions.undecided(connection, desk.campaign.id, desk.now)}
        if item.id not in open_items or not acts.record(connection, act):
            return False
        submissions.add(connection, as_submission(desk.campaign, opened, placed, (placed,), desk.now))
    return True


def _counted(rules: Rules, placed: Placed, unit: str, day: date) -> Placed:
    """The report with figures that are some unit's: those nobody is named for are the unit's the clerk names.

    Raises:
        Misconfigured: they would stand under the name of an office that owes none itself.
    """
    obligation, reading = rules.campaign.obligation(placed.obligation), placed.document.reading
    reading = entered_as(reading, obligation, unit, rules.roster, day)
    if said := counted_nowhere(reading, obligation, placed.unit, rules.roster, day):
        raise Misconfigured(said)
    return replace(placed, document=replace(placed.document, reading=reading))


def dismiss(desk: Desk, item_id: int, *, who: str, why: str) -> bool:
    """Settle a queued item that is no report. False when it is settled already.

    Raises:
        Misconfigured: there is no such item.
    """
    with desk.ledger.write() as connection:
        item = submissions.queued(connection, desk.campaign.id, item_id)
        if item is None:
            raise Misconfigured(_no_such_item(item_id))
        if item.id not in {i.id for i in submissions.undecided(connection, desk.campaign.id, desk.now)}:
            return False
        detail = {"queue_item": item.id, "digest": item.digest}
        return acts.record(connection, Act(desk.campaign.id, "dismiss", who, why, desk.now, detail=detail))


def _no_such_item(item_id: int) -> str:
    return f"待确认第 {item_id} 件不存在；请看“待确认”表中的序号"


def _document(desk: Desk, opened: Opened, item: QueueItem, asked: str | None) -> Document:
    """The queued file; of a mail queued as a whole, its table is the report, or its text.

    Raises:
        Misconfigured: it has neither, as one too large to be opened; its sender is not to blame for that.
    """
    found = next((f for f in opened.files if f.digest == item.digest), None)
    if found is not None:
        return _read(desk, found, opened, asked)
    if opened.mail and opened.mail.page:
        page = as_file("邮件正文.html", _DECLARED + opened.mail.page.encode("utf-8", "replace"))
        table = _read(desk, page, opened, asked)
        if table.content.sheets:
            return table
    text = opened.mail.text if opened.mail else ""
    if not text.strip():
        raise Misconfigured(
            f"待确认第 {item.id} 件是整封邮件，没有可以入账的文件或正文：请在邮箱中打开它，"
            "把材料另存后用“登记来件”录入，再把这一件按“不是报件”了结"
        )
    return _read(desk, as_file("邮件正文.txt", text.encode()), opened, asked)


def _read(desk: Desk, file: File, opened: Opened, asked: str | None) -> Document:
    content = read_contents([(file.filename, file.data)])[0]
    subject = opened.mail.subject if opened.mail else ""
    reading = read_document(
        content, desk.campaign, desk.roster, filename=file.filename, subject=subject, asked=asked
    )
    return named(Document(file, content, reading))


def _reporter(rules: Rules, unit: str) -> str:
    if unit not in rules.roster:
        raise Misconfigured(f"名册中没有代码为“{unit}”的单位")
    reporter = rules.reporter(unit)
    if reporter is None:
        raise Misconfigured(f"“{rules.roster[unit].name}”不承担本专项的报送")
    return reporter


def _obligation(rules: Rules, document: Document, given: Assignment) -> str:
    chosen = given.obligation or obligation_of(rules.campaign, document)
    if chosen is None:
        raise NeedsPerson("看不出这份材料对应哪个报送事项，请一并指定事项代号")
    if chosen not in {o.id for o in rules.campaign.obligations}:
        raise Misconfigured(f"本专项没有代号为“{chosen}”的报送事项")
    return chosen


def _check_duty(rules: Rules, placed: Placed, today: date) -> None:
    if placed.obligation not in rules.reporters[placed.unit]:
        asked = rules.campaign.obligation(placed.obligation)
        raise Misconfigured(why_not_owed(rules.roster[placed.unit], asked, rules.roster, today))


def check_owner(rules: Rules, reading: Reading, unit: str) -> None:
    """A form that plainly says it is another unit's is not entered under this one, whoever says so.

    Raises:
        Misconfigured: it is another reporter's.
    """
    written = rules.reporter(reading.unit)
    if reading.rows and written is not None and written != unit:
        said, meant = rules.roster[written].name, rules.roster[unit].name
        raise Misconfigured(f"表中写明是“{said}”的数字，不能归入“{meant}”；请改选单位，或退回重填")


def _act(desk: Desk, item: QueueItem, placed: Placed, given: Assignment) -> Act:
    return Act(
        campaign=desk.campaign.id,
        kind="assign",
        who=given.who,
        why=given.why,
        at=desk.now,
        unit=placed.unit,
        obligation=placed.obligation,
        detail={"queue_item": item.id, "digest": item.digest},
    )
