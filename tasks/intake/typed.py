"""The figures a clerk types from paper or the telephone, judged as a form's are. Pure.

The clerk is there: what cannot be a figure is asked about at once. What can hardly be right is kept, with a
finding, and enters no sum before a person has said that it is.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tasks.intake.forms.check import PROBLEMS, Checked, summed
from tasks.intake.forms.layout import Figure
from tasks.intake.words.numbers import read_number
from tasks.roster.pick import pick_unit
from tasks.terms.errors import Misconfigured
from tasks.terms.obligation import Field, Obligation
from tasks.terms.readings import Reading, Row
from tasks.terms.text import fold
from tasks.terms.units import Roster, Unit
from tasks.terms.wording import quoted

_LINE = re.compile(r"(?:(?P<unit>[^:=]+):)?(?P<field>[^:=]+)=(?P<number>[^=]+)")

DOUBTFUL = frozenset({"HUGE", "IMPLAUSIBLE", "MISSING"})
"""Findings after which a person has to say once more that it is so."""


@dataclass(frozen=True)
class Page:
    """Whose figures are typed, and for what.

    Attributes:
        own: the code of the unit that reports; units: those whose figures it reports, itself or others.
        place: what the figures were written on, for findings.
    """

    obligation: Obligation
    roster: Roster
    own: str
    units: Sequence[Unit]
    place: str


def typed(page: Page, lines: Iterable[str], reason: str, *, nil: bool = False) -> Reading:
    """What the lines ``指标=数`` or ``单位：指标=数`` say together.

    Raises:
        Misconfigured: a line is no figure, not one that is asked for, or the same for the second time.
    """
    values: dict[str, dict[str, float | None]] = {}
    checked = Checked(page.obligation)
    for line in lines:
        unit, field, number = _figure(page, line, checked)
        if field.id in values.setdefault(unit, {}):
            raise Misconfigured(f"“{page.roster[unit].name}”的“{field.title}”写了两次，请只留一行")
        values[unit][field.id] = number
    if nil and values:
        raise Misconfigured("零报告不填数字；有数字的，请不要选零报告")
    rows = tuple(_row(page, unit, said, checked) for unit, said in values.items())
    totals = {
        f.id: summed(row.values[f.id] for row in rows) if f.adds or len(rows) == 1 else None
        for f in page.obligation.fields
    }
    return Reading(
        unit=page.own,
        obligation=page.obligation.id,
        rows=rows,
        values=totals,
        evidence={f: page.place for f, v in totals.items() if v is not None},
        nil=nil,
        findings=tuple(checked.findings),
        reasons=(reason,),
    )


def _row(page: Page, unit: str, said: dict[str, float | None], checked: Checked) -> Row:
    name = page.roster[unit].name
    for asked in page.obligation.fields:
        if asked.required and asked.id not in said:
            checked.say("MISSING", f"{name}的“{asked.title}”{PROBLEMS['MISSING']}", page.place)
    checked.quotas(said, dict.fromkeys(said, page.place), name)
    return Row(unit, {f.id: said.get(f.id) for f in page.obligation.fields}, dict.fromkeys(said, page.place))


def _figure(page: Page, line: str, checked: Checked) -> tuple[str, Field, float | None]:
    parts = _LINE.fullmatch(fold(line))
    if parts is None:
        raise Misconfigured(f"“{line}”应写作“指标=数”或“单位：指标=数”，如“社区活动=3”")
    field = _field(page.obligation, parts["field"])
    unit = _unit(page, parts["unit"]) if parts["unit"] else page.own
    if unit not in {u.code for u in page.units}:
        title = quoted(page.obligation.title)
        raise Misconfigured(f"“{page.roster[unit].name}”不由该单位报送{title}，请写明单位")
    number = read_number(parts["number"], frozenset({field.unit} - {""}))
    if number.value is None:
        raise Misconfigured(f"“{line}”中的“{parts['number']}”不是确定的数，请填阿拉伯数字")
    where = f"{page.place}{page.roster[unit].name}"
    value = checked.figure(field, Figure(number, where, parts["number"]))
    if value is None:
        raise Misconfigured(checked.findings[-1].text)
    return unit, field, value


def _unit(page: Page, words: str) -> str:
    """A unit by name: among those that are reported for first, where a village's name may be the only one."""
    try:
        return pick_unit(Roster(tuple(page.units)), words).code
    except Misconfigured:
        return pick_unit(page.roster, words).code


def _field(obligation: Obligation, words: str) -> Field:
    for each in obligation.fields:
        if words in {each.id, *map(fold, (each.title, *each.aliases))}:
            return each
    titles = "、".join(f.title for f in obligation.fields)
    raise Misconfigured(f"{quoted(obligation.title)}没有指标“{words}”，应为：{titles or '（不报数字）'}")
