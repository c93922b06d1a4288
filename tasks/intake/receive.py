"""A report that came outside every channel: on paper, by hand, by telephone. A clerk enters it, with a slip.

The slip 登记单 says what was entered, by whom and when; it is the original of such a report.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from tasks.desk import Desk
from tasks.documents.reader import read_contents
from tasks.intake.assign import check_owner
from tasks.intake.judge import read_document
from tasks.intake.numbers import read_number
from tasks.intake.place import NAMING_FINDINGS
from tasks.intake.settle import reading_row, rules_of
from tasks.ledger import acts, submissions
from tasks.ledger.acts import Act
from tasks.ledger.submissions import Submission
from tasks.roster.duty import rows_for
from tasks.roster.pick import pick_unit
from tasks.terms import times
from tasks.terms.acts import WAYS
from tasks.terms.campaign import Field, Obligation
from tasks.terms.errors import Misconfigured
from tasks.terms.readings import Reading, Row
from tasks.terms.text import fold
from tasks.terms.units import Roster, Unit
from tasks.terms.wording import quoted

_LINE = re.compile(r"(?:(?P<unit>[^:=]+):)?(?P<field>[^:=]+)=(?P<number>[^=]+)")


@dataclass(frozen=True, slots=True)
class Received:
    """What the clerk has before them.

    Attributes:
        way: a key of ``WAYS``.
        figures: lines ``指标=数`` or ``单位：指标=数``.
        file: (name, bytes) of a file that came by hand, read like any other.
    """

    unit: str
    obligation: str
    way: str
    at: datetime
    who: str
    why: str
    figures: tuple[str, ...] = ()
    file: tuple[str, bytes] | None = None


def receive(desk: Desk, given: Received) -> bool:
    """Enter the report. False when the very same has been entered already.

    Raises:
        Misconfigured: the moment lies in the future, or a figure is not one the obligation asks for.
    """
    if given.at > desk.now:
        raise Misconfigured(f"收到时间 {times.moment_zh(given.at, year=True)} 还没有到，请核对")
    obligation = desk.campaign.obligation(given.obligation)
    if given.file is not None:
        name, data = given.file
        reading = _read(desk, name, data)
        check_owner(rules_of(desk), reading, given.unit)
        verdict = "returned" if any(f.blocking for f in reading.findings) else "accepted"
    else:
        reading = _entered(desk, obligation, given)
        form = obligation.deliverable == "form"
        verdict = "received" if form and not reading.rows else "accepted"
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
    return _enter(desk, given, row)


def _read(desk: Desk, name: str, data: bytes) -> Reading:
    content = read_contents([(name, data)])[0]
    reading = read_document(content, desk.campaign, desk.roster, filename=name)
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
    values: dict[str, dict[str, float]] = {}
    for line in given.figures:
        unit, field, number = _figure(line, obligation, units, desk.roster, given.unit)
        values.setdefault(unit, {})[field] = number
    fields = [f.id for f in obligation.fields]
    place = f"登记单（{WAYS[given.way]}）"
    rows = tuple(
        Row(unit, {f: said.get(f) for f in fields}, dict.fromkeys(said, place))
        for unit, said in values.items()
    )
    totals = {f: _sum(row.values.get(f) for row in rows) for f in fields}
    return Reading(
        unit=given.unit,
        obligation=obligation.id,
        rows=rows,
        values=totals,
        evidence={f: place for f, v in totals.items() if v is not None},
        reasons=(f"{WAYS[given.way]}，由{given.who}登记",),
    )


def _sum(parts: Iterable[float | None]) -> float | None:
    """A sum nobody has to guess at: one unit without the figure, and the sum is unknown."""
    known = list(parts)
    if not known or any(part is None for part in known):
        return None
    return sum(part for part in known if part is not None)


def _figure(
    line: str, obligation: Obligation, units: list[Unit], roster: Roster, own: str
) -> tuple[str, str, float]:
    parts = _LINE.fullmatch(fold(line))
    if parts is None:
        raise Misconfigured(f"“{line}”应写作“指标=数”或“单位：指标=数”，如“社区活动=3”")
    field = _field(obligation, parts["field"])
    unit = pick_unit(roster, parts["unit"]).code if parts["unit"] else own
    if unit not in {u.code for u in units}:
        raise Misconfigured(f"“{roster[unit].name}”不由该单位报送{quoted(obligation.title)}，请写明单位")
    number = read_number(parts["number"], frozenset({field.unit} - {""}))
    if number.value is None or number.value < 0:
        raise Misconfigured(f"“{line}”中的“{parts['number']}”不是确定的数，请填阿拉伯数字")
    return unit, field.id, number.value


def _field(obligation: Obligation, words: str) -> Field:
    for each in obligation.fields:
        if words in {each.id, *map(fold, (each.title, *each.aliases))}:
            return each
    titles = "、".join(f.title for f in obligation.fields)
    raise Misconfigured(f"{quoted(obligation.title)}没有指标“{words}”，应为：{titles or '（不报数字）'}")


def _slip(desk: Desk, obligation: Obligation, given: Received) -> str:
    facts: Mapping[str, str] = {
        "专项": desk.campaign.title,
        "报送单位": desk.roster[given.unit].name,
        "报送事项": obligation.title,
        "方式": WAYS[given.way],
        "收到时间": times.moment_zh(given.at, year=True),
        "内容": "；".join(given.figures) or "见纸质原件",
        "登记人": given.who,
        "说明": given.why,
    }
    return "登记单\n" + "".join(f"{name}：{value}\n" for name, value in facts.items())
