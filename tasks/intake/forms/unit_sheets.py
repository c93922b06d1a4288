"""A workbook with a sheet for each unit: every sheet a form of its own, together what a town sends. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from tasks.intake.forms.check import span, summed
from tasks.intake.forms.form import read_form
from tasks.intake.forms.units import Who
from tasks.terms.campaign import Campaign
from tasks.terms.readings import Content, Reading, Row
from tasks.terms.units import Roster

_LEAST = 2


def read_workbook(
    content: Content,
    campaign: Campaign,
    roster: Roster,
    *,
    filename: str = "",
    subject: str = "",
    asked: str | None = None,
) -> Reading:
    """The one form of a workbook; where its sheets dispute each other, each as the form of its own unit."""
    whole = read_form(content, campaign, roster, filename=filename, subject=subject, asked=asked)
    shown = [s for s in content.sheets if s.visible and s.rows]
    if len(shown) < _LEAST or not any(f.code == "CONTRADICTION" for f in whole.findings):
        return whole
    own = whole.obligation or asked
    read = [read_form(replace(content, sheets=(s,)), campaign, roster, asked=own) for s in shown]
    parts = [part for part in read if part.obligation and _says_something(part)]
    return _together(parts, campaign, roster) if _of_a_unit_each(parts, roster) else whole


def _says_something(part: Reading) -> bool:
    return part.nil or any(value is not None for value in (part.values or {}).values()) or bool(part.rows)


def _of_a_unit_each(parts: Sequence[Reading], roster: Roster) -> bool:
    """Whether each is of a unit of its own; a town's sheet beside its villages' may be their sum."""
    if len(parts) < _LEAST or len({part.obligation for part in parts}) != 1:
        return False
    units = [_only_unit(part) for part in parts]
    who = Who(roster)
    return None not in units and not any(who.related(a, b) for a, b in combinations(filter(None, units), 2))


def _only_unit(part: Reading) -> str | None:
    named = {part.unit, *(row.unit for row in part.rows)}
    return part.unit if len(named) == 1 else None


def _together(parts: Sequence[Reading], campaign: Campaign, roster: Roster) -> Reading:
    first = parts[0]
    asked = campaign.obligation(first.obligation or "")
    units = [part.unit for part in parts if part.unit]
    above = {roster[unit].parent for unit in units}
    common = above.pop() if len(above) == 1 else None
    rows = tuple(row for part in parts for row in (part.rows or (_nil_row(part),)))
    values: dict[str, float | None] = {}
    for field in asked.fields:
        told = [row.values.get(field.id) for row in rows]
        values[field.id] = summed(told) if field.adds else None
    places = {f.id: [r.evidence[f.id] for r in rows if f.id in r.evidence] for f in asked.fields}
    return replace(
        first,
        unit=common,
        candidates=(common,) if common else tuple(units),
        rows=rows,
        values=values,
        evidence={name: span(found) for name, found in places.items() if found},
        nil=all(part.nil for part in parts),
        findings=tuple(dict.fromkeys(f for part in parts for f in part.findings)),
        reasons=(f"工作簿中每个单位一张工作表，共 {len(parts)} 个单位，分别读取",),
    )


def _nil_row(part: Reading) -> Row:
    return Row(part.unit or "", dict(part.values or {}), {})
