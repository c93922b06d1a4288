"""A report that came outside every channel: on paper, by hand, by telephone. A clerk enters it, with a slip.

The slip 登记单 says what was entered, by whom and when; it is the original of such a report.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from tasks.desk import Desk
from tasks.documents.reader import read_contents
from tasks.intake.assign import check_owner
from tasks.intake.entry import reading_row
from tasks.intake.forms.whose_rows import as_the_units
from tasks.intake.judge import read_document
from tasks.intake.placing.place import NAMING_FINDINGS
from tasks.intake.settle import rules_of
from tasks.intake.typed import DOUBTFUL, Page, typed
from tasks.ledger import acts, submissions
from tasks.ledger.acts import Act
from tasks.ledger.submissions import Submission
from tasks.roster.duty import rows_for
from tasks.terms import times
from tasks.terms.acts import WAYS
from tasks.terms.errors import Misconfigured
from tasks.terms.obligation import Obligation
from tasks.terms.readings import Reading


@dataclass(frozen=True, slots=True)
class Received:
    """What the clerk has before them.

    Attributes:
        way: a key of ``WAYS``.
        figures: lines ``指标=数`` or ``单位：指标=数``.
        file: (name, bytes) of a file that came by hand, read like any other.
        nil: the unit says that it has nothing to report 零报告.
    """

    unit: str
    obligation: str
    way: str
    at: datetime
    who: str
    why: str
    figures: tuple[str, ...] = ()
    file: tuple[str, bytes] | None = None
    nil: bool = False


@dataclass(frozen=True, slots=True)
class Entered:
    """What came of it: whether it is new, and what a person has to look at again."""

    new: bool
    doubts: tuple[str, ...] = ()


def receive(desk: Desk, given: Received) -> Entered:
    """Enter the report. Not new when the very same has been entered already.

    Raises:
        Misconfigured: the moment lies in the future, or a figure is not one the obligation asks for.
    """
    if given.at > desk.now:
        raise Misconfigured(f"收到时间 {times.moment_zh(given.at, year=True)} 还没有到，请核对")
    obligation = desk.campaign.obligation(given.obligation)
    if given.nil and given.file is not None:
        raise Misconfigured("零报告不附文件；有材料的，请不要选零报告")
    if given.file is not None:
        name, data = given.file
        reading = _read(desk, name, data, obligation.id)
        check_owner(rules_of(desk), reading, given.unit)
        reading = as_the_units(reading, given.unit)
        verdict = "returned" if any(f.blocking for f in reading.findings) else "accepted"
    else:
        reading = _entered(desk, obligation, given)
        verdict = _verdict(obligation, reading)
        name, data = "登记单.txt", _slip(desk, obligation, given).encode()
    digest = desk.store.put(data)
    row = Submission(
        campaign=desk.campaign.id,
        obligation=obligation.id,
        unit=given.unit,
        digest=digest,
        filename=name,
        files=[{"filename": name, "digest": digest, "size": len(data)}],
        sender="",
        verdict=verdict,
        reading=reading_row(reading, form=obligation.deliverable == "form"),
        received_at=times.utc(given.at),
        recorded_at=desk.now,
    )
    doubts = tuple(f.text for f in reading.findings) if given.file is None else ()
    return Entered(_enter(desk, given, row), doubts)


def _read(desk: Desk, name: str, data: bytes, obligation: str) -> Reading:
    content = read_contents([(name, data)])[0]
    reading = read_document(content, desk.campaign, desk.roster, filename=name, asked=obligation)
    return replace(reading, findings=tuple(f for f in reading.findings if f.code not in NAMING_FINDINGS))


def _enter(desk: Desk, given: Received, row: Submission) -> bool:
    detail = {"way": given.way, "digest": row.digest, "received_at": times.iso(given.at)}
    act = Act(row.campaign, "receive", given.who, given.why, desk.now, row.unit, row.obligation, detail)
    with desk.ledger.write() as connection:
        if submissions.add(connection, row) is None:
            return False
        return acts.record(connection, act)


def _entered(desk: Desk, obligation: Obligation, given: Received) -> Reading:
    units = rows_for(obligation, given.unit, desk.roster, times.local(desk.now).date())
    page = Page(obligation, desk.roster, given.unit, units, f"登记单（{WAYS[given.way]}）")
    return typed(page, given.figures, f"{WAYS[given.way]}，由{given.who}登记", nil=given.nil)


def _verdict(obligation: Obligation, reading: Reading) -> str:
    """What is doubtful, and a form nobody has read, waits for a person; the rest was the clerk's own word."""
    unread = obligation.deliverable == "form" and not reading.rows and not reading.nil
    doubtful = any(f.code in DOUBTFUL for f in reading.findings)
    return "received" if unread or doubtful else "accepted"


def _slip(desk: Desk, obligation: Obligation, given: Received) -> str:
    facts: Mapping[str, str] = {
        "专项": desk.campaign.title,
        "报送单位": desk.roster[given.unit].name,
        "报送事项": obligation.title,
        "方式": WAYS[given.way],
        "收到时间": times.moment_zh(given.at, year=True),
        "内容": "零报告" if given.nil else "；".join(given.figures) or "见纸质原件",
        "登记人": given.who,
        "说明": given.why,
    }
    return "登记单\n" + "".join(f"{name}：{value}\n" for name, value in facts.items())
