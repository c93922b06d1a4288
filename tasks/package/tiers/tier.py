"""A package from the tier below as that office's report: a pure rule over what the package says.

Figures are taken unit by unit, under the same codes and fields; what does not match exactly is not
guessed but told, and a person decides.
"""

import csv
import io
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tasks.intake.placing.rules import Rules
from tasks.package.tiers.tier_match import Told, Unfit, answering, field_of
from tasks.roster.duty import rows_for
from tasks.roster.names import names_of
from tasks.terms import times
from tasks.terms.campaign import Campaign
from tasks.terms.obligation import SEPARATOR, Field, Obligation
from tasks.terms.readings import Reading, Row
from tasks.terms.standings import State
from tasks.terms.sums import added
from tasks.terms.times import day_zh
from tasks.terms.units import Roster, Unit

COUNTED = frozenset({State.ACCEPTED.value, State.NIL.value})
_MOST_NAMES = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one unit as the package gives it; None is not known."""

    unit: str
    name: str
    obligation: str
    field: str
    state: str
    value: float | None
    place: str


@dataclass(frozen=True, slots=True)
class Below:
    """What a package says of itself: its summary and its figures."""

    summary: Mapping[str, Any]
    figures: tuple[Figure, ...]


def read_below(summary: Mapping[str, Any], figures_csv: str) -> Below:
    """The package's own words, with its sums held against its figures.

    Raises:
        Unfit: the columns are not those of a package, or the sums are not those of the units.
    """
    try:
        figures = tuple(map(_figure, csv.DictReader(io.StringIO(figures_csv))))
        below = Below(summary, figures)
        for each in summary["obligations"]:
            _well_formed(each)
            _adds_up(below, each)
    except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError, csv.Error) as fault:
        raise Unfit("数据文件的格式不是汇总件的格式") from fault
    return below


def _well_formed(obligation: Mapping[str, Any]) -> None:
    """Raise ValueError or TypeError where it is no obligation's summary."""
    dated = obligation["id"].partition(SEPARATOR)[2]
    if dated:
        date.fromisoformat(dated)
    for told in obligation["sums"]:
        if not all(isinstance(told[key], str) for key in ("field", "title", "unit")):
            raise TypeError(told)


def check_for(below: Below, campaign: Campaign) -> None:
    """Hold the package against the campaign it came to.

    Raises:
        Unfit: it was made for another bureau, or before our notice was written.
    """
    superior = below.summary.get("superior", "")
    if superior != campaign.notice.issuer:
        raise Unfit(f"这份汇总件是呈报“{superior}”的，不是本机关")
    issued = campaign.notice.issued_on
    if isinstance(issued, date) and (made := _made_on(below)) < issued:
        raise Unfit(
            f"这份汇总件的数据截至{day_zh(made, year=True)}，早于本级通知的成文日期"
            f"{day_zh(issued, year=True)}，不是按这次的通知编的"
        )


def _made_on(below: Below) -> date:
    """The day (Asia/Shanghai) up to which a package counts."""
    try:
        return times.local(times.parse(below.summary["as_of"])).date()
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as fault:
        raise Unfit("汇总数据 summary.json 没有写明数据截至何时") from fault


def check_made_by(below: Below, sender: Unit, roster: Roster) -> None:
    """Hold the office that made the package against the one that sent it.

    A name the roster does not know says nothing: offices write their names at greater length in notices.

    Raises:
        Unfit: another office on the roster made it; passed on, it is not the sender's report.
    """
    issuer = str(below.summary.get("issuer", ""))
    makers = names_of(roster).exactly(issuer)
    if makers and sender.code not in makers:
        raise Unfit(f"这份汇总件是“{issuer}”编制的，却由“{sender.name}”发来，不能确定算谁报的")


def as_reading(
    below: Below, rules: Rules, obligation: Obligation, reporter: Unit, day: date
) -> Reading | None:
    """One obligation of ours as the package answers it; None for an occurrence it does not hold.

    Raises:
        Unfit: no obligation of theirs answers it for certain, or units in it are on no roster of ours.
    """
    narrative = obligation.deliverable == "narrative"
    if narrative and not obligation.recurs:
        return _said(rules, obligation, reporter)
    theirs = answering(below.summary["obligations"], obligation, rules.campaign)
    if theirs is None or narrative:
        return _said(rules, obligation, reporter) if theirs else None
    mine = renamed(below, theirs, obligation)
    units = rows_for(obligation, reporter.code, rules.roster, day)
    rows = tuple(_rows(mine, obligation, reporter, units))
    return replace(
        _said(rules, obligation, reporter),
        rows=rows,
        values={f.id: _total(f, [row.values[f.id] for row in rows]) for f in obligation.fields},
        nil=bool(rows) and _all_nil(mine),
    )


def renamed(below: Below, theirs: Told, obligation: Obligation) -> tuple[Figure, ...]:
    """The figures that count of one obligation of theirs, under the names our fields have.

    Raises:
        Unfit: a figure is none that could have been accepted.
    """
    ours = {field_of(theirs, field): field for field in obligation.fields}
    found = []
    for each in below.figures:
        if each.obligation == theirs["id"] and each.state in COUNTED and each.field in ours:
            field = ours[each.field]
            if each.value is not None and (each.value < 0 or (field.whole and not each.value.is_integer())):
                raise Unfit(f"{each.name}的“{field.title}”为 {each.value:.15g}，不是这一项能报的数")
            found.append(replace(each, field=field.id))
    return tuple(found)


def _said(rules: Rules, obligation: Obligation, reporter: Unit) -> Reading:
    return Reading(
        unit=reporter.code, campaign=rules.campaign.id, obligation=obligation.id, values={}, evidence={}
    )


def _rows(
    figures: Sequence[Figure], obligation: Obligation, reporter: Unit, units: Sequence[Unit]
) -> Iterator[Row]:
    by_unit: dict[str, dict[str, Figure]] = {}
    for figure in figures:
        by_unit.setdefault(figure.unit, {})[figure.field] = figure
    known = {u.code for u in units}
    if reporter.code in known and reporter.code not in by_unit and not known & set(by_unit):
        yield _sum_row(figures, obligation, reporter)
        return
    strangers = [next(iter(f.values())).name for code, f in by_unit.items() if code not in known]
    if strangers:
        named = "、".join(strangers[:_MOST_NAMES]) + ("等" if len(strangers) > _MOST_NAMES else "")
        raise Unfit(f"其中有{len(strangers)}个单位不在本级名册上（{named}），计入后合计会对不上")
    for unit in units:
        if unit.code in by_unit:
            found = by_unit[unit.code]
            yield Row(
                unit.code,
                {f.id: found[f.id].value for f in obligation.fields},
                {f.id: found[f.id].place for f in obligation.fields if found[f.id].value is not None},
            )


def _sum_row(figures: Sequence[Figure], obligation: Obligation, reporter: Unit) -> Row:
    """The office's own total, where our roster asks the office itself and none of its units."""
    values = {f.id: _total(f, [g.value for g in figures if g.field == f.id]) for f in obligation.fields}
    places = {name: f"各单位合计!{name}" for name, value in values.items() if value is not None}
    return Row(reporter.code, values, places)


def _all_nil(figures: Sequence[Figure]) -> bool:
    return {f.state for f in figures} == {State.NIL.value}


def _adds_up(below: Below, obligation: Mapping[str, Any]) -> None:
    for told in obligation["sums"]:
        if not told.get("adds_up", True):
            continue
        mine = [f for f in below.figures if (f.obligation, f.field) == (obligation["id"], told["field"])]
        known = [f.value for f in mine if f.state in COUNTED and f.value is not None]
        total = None if told["sum"] is None else added((told["sum"],))
        if added(known) != (total or 0.0):
            raise Unfit(f"“{told['title']}”各单位之和 {added(known):.15g} 与合计 {total or 0:.15g} 不一致")


def _figure(row: Mapping[str, str]) -> Figure:
    value = float(row["数值"]) if row["数值"].strip() else None
    if value is not None and not math.isfinite(value):
        raise ValueError(value)
    place = " ".join(filter(None, (row["原件路径"], row["单元格"])))
    return Figure(
        _bare(row["单位代码"]), _bare(row["单位名称"]), row["事项代号"], row["指标代号"], row["状态"],
        value, _bare(place) or "figures.csv",
    )  # fmt: skip


def _bare(text: str) -> str:
    """Without the quote that keeps a spreadsheet from executing the cell."""
    return text.removeprefix("'")


def _total(field: Field, values: Sequence[float | None]) -> float | None:
    """The sum, or None when any part is not known or several do not add up."""
    known = [value for value in values if value is not None]
    if len(known) < len(values) or (len(values) > 1 and not field.adds):
        return None
    return added(known)
