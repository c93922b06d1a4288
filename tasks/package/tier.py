"""A package from the tier below as that office's report: a pure rule over what the package says.

Figures are taken unit by unit, under the same codes and fields; what does not match exactly is not
guessed but told, and a person decides.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tasks.intake.rules import Rules
from tasks.roster.duty import rows_for
from tasks.terms.campaign import Campaign
from tasks.terms.obligation import Obligation
from tasks.terms.readings import Reading, Row
from tasks.terms.standings import State
from tasks.terms.sums import added
from tasks.terms.units import Unit

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

    def fields(self, obligation: str) -> frozenset[str]:
        """The fields of one of its obligations."""
        for each in self.summary["obligations"]:
            if each["id"] == obligation:
                return frozenset(s["field"] for s in each["sums"])
        return frozenset()


class Unfit(Exception):
    """The package cannot be taken as it is; the text says why, in Chinese."""


def read_below(summary: Mapping[str, Any], figures_csv: str) -> Below:
    """The package's own words, with its sums held against its figures.

    Raises:
        Unfit: the columns are not those of a package, or the sums are not those of the units.
    """
    try:
        figures = tuple(map(_figure, csv.DictReader(io.StringIO(figures_csv))))
        below = Below(summary, figures)
        for each in summary["obligations"]:
            _adds_up(below, each)
    except (KeyError, TypeError, ValueError) as fault:
        raise Unfit("数据文件的格式不是汇总件的格式") from fault
    return below


def check_for(below: Below, campaign: Campaign) -> None:
    """Hold the package against the campaign it came to.

    Raises:
        Unfit: it was made for another bureau.
    """
    superior = below.summary.get("superior", "")
    if superior != campaign.notice.issuer:
        raise Unfit(f"这份汇总件是呈报“{superior}”的，不是本机关")


def as_reading(below: Below, rules: Rules, obligation: Obligation, reporter: Unit, day: date) -> Reading:
    """One obligation of ours as the package answers it.

    Raises:
        Unfit: no obligation of theirs answers it for certain, or units in it are on no roster of ours.
    """
    if obligation.deliverable == "narrative":
        return _said(rules, obligation, reporter)
    theirs = _answering(below, obligation)
    units = rows_for(obligation, reporter.code, rules.roster, day)
    rows = tuple(_rows(below, theirs, obligation, reporter, units))
    return replace(
        _said(rules, obligation, reporter),
        rows=rows,
        values={f.id: _total(row.values[f.id] for row in rows) for f in obligation.fields},
        nil=bool(rows) and _all_nil(below, theirs),
    )


def _said(rules: Rules, obligation: Obligation, reporter: Unit) -> Reading:
    return Reading(
        unit=reporter.code, campaign=rules.campaign.id, obligation=obligation.id, values={}, evidence={}
    )


def _rows(
    below: Below, theirs: str, obligation: Obligation, reporter: Unit, units: Sequence[Unit]
) -> Iterator[Row]:
    by_unit: dict[str, dict[str, Figure]] = {}
    for figure in below.figures:
        if figure.obligation == theirs and figure.state in COUNTED:
            by_unit.setdefault(figure.unit, {})[figure.field] = figure
    known = {u.code for u in units}
    if reporter.code in known and reporter.code not in by_unit and not known & set(by_unit):
        yield _sum_row(below, theirs, obligation, reporter)
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


def _sum_row(below: Below, theirs: str, obligation: Obligation, reporter: Unit) -> Row:
    """The office's own total, where our roster asks the office itself and none of its units."""
    values: dict[str, float | None] = {}
    for field in obligation.fields:
        mine = [f for f in below.figures if f.obligation == theirs and f.field == field.id]
        values[field.id] = _total(f.value for f in mine if f.state in COUNTED)
    places = {name: f"各单位合计!{name}" for name, value in values.items() if value is not None}
    return Row(reporter.code, values, places)


def _answering(below: Below, obligation: Obligation) -> str:
    wanted = frozenset(f.id for f in obligation.fields)
    fit = [o["id"] for o in below.summary["obligations"] if wanted <= below.fields(o["id"])]
    if obligation.id in fit:
        return obligation.id
    if len(fit) != 1:
        raise Unfit(f"看不出其中哪一项对应本级的“{obligation.title}”（指标代号须一致）")
    return str(fit[0])


def _all_nil(below: Below, theirs: str) -> bool:
    states = {f.state for f in below.figures if f.obligation == theirs and f.state in COUNTED}
    return states == {State.NIL.value}


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
    value = row["数值"].strip()
    place = " ".join(filter(None, (row["原件路径"], row["单元格"])))
    return Figure(
        _bare(row["单位代码"]), _bare(row["单位名称"]), row["事项代号"], row["指标代号"], row["状态"],
        float(value) if value else None, _bare(place) or "figures.csv",
    )  # fmt: skip


def _bare(text: str) -> str:
    """Without the quote that keeps a spreadsheet from executing the cell."""
    return text.removeprefix("'")


def _total(values: Iterable[float | None]) -> float | None:
    """The sum, or None when any part is not known."""
    parts = list(values)
    known = [part for part in parts if part is not None]
    return added(known) if len(known) == len(parts) else None
