"""The figures of a package: who reported, and what the reports add up to.

Sums are over accepted reports and nil returns only. A unit whose figure is not known is counted and named,
never taken as nought. Units times quota and the campaign's own target are two figures, never one.
"""

from dataclasses import dataclass, replace
from sys import intern
from typing import Any

import pandas as pd

from tasks.package.dossier import COUNTED, Dossier
from tasks.package.words import clean, kind_zh
from tasks.status.series import Goal, goals, of_the_series
from tasks.terms.obligation import Field, Obligation, Quota, Target
from tasks.terms.standings import REPORTED, DueMoment, Standing, State, Tally, Timeliness
from tasks.terms.sums import added

_STATES = tuple(State)


@dataclass(frozen=True, slots=True)
class Count:
    """Standings of one group of units counted.

    Attributes:
        label: the group in Chinese; 合计 for all.
        on_time: None when no unit of the group has a due moment.
        states: how many stand in each state.
    """

    label: str
    expected: int
    received: int
    on_time: int | None
    late: int
    states: dict[State, int]


@dataclass(frozen=True, slots=True)
class Sum:
    """One figure added up.

    Attributes:
        total: over the units whose figure is known; None when none is, for that is not nought, and None
            for what does not add up, such as a rate.
        known: how many these are.
        lowest, highest: what does not add up lies between these two.
        unknown: codes of units with an accepted report in which the figure cannot be read.
        absent: how many expected units have no accepted report yet.
    """

    field: Field
    total: float | None
    known: int
    unknown: tuple[str, ...]
    absent: int
    lowest: float | None = None
    highest: float | None = None

    @property
    def certain(self) -> bool:
        """Whether every expected unit is in the total."""
        return not self.unknown and not self.absent


@dataclass(frozen=True, slots=True)
class QuotaFigure:
    """Units times quota against what was done.

    Attributes:
        units: expected units; required: units times quota, None for what does not add up.
        done, lacking: the known figures and what they leave missing; None when no figure is known.
        met, short, open: units that reached the quota, did not, or whose figure is not known yet.
    """

    field: Field
    quota: Quota
    units: int
    required: int | None
    done: float | None
    met: int
    short: int
    open: int

    @property
    def lacking(self) -> float | None:
        """What is missing to ``required``, never below nought."""
        return None if self.required is None else _lacking(self.required, self.done)


@dataclass(frozen=True, slots=True)
class TargetFigure:
    """The campaign's own target against what was done.

    Attributes:
        done, lacking: the known figures and what they leave missing; None when no figure is known.
        open: units whose figure is not in ``done``: not reported, not accepted, or not readable.
        goal: what a whole series came to, where the target is one of the series and not of an occurrence.
    """

    field: Field
    target: Target
    done: float | None
    open: int
    goal: Goal | None = None

    @property
    def lacking(self) -> float | None:
        """What is missing to the target, never below nought."""
        return _lacking(self.target.min, self.done)


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything counted for one obligation."""

    obligation: Obligation
    due: DueMoment | None
    whole: Count
    groups: tuple[Count, ...]
    sums: tuple[Sum, ...]
    quotas: tuple[QuotaFigure, ...]
    targets: tuple[TargetFigure, ...]


def figures(dossier: Dossier) -> tuple[Figures, ...]:
    """The figures of every obligation that has begun; a target of a series stands with its last occurrence.

    Raises:
        ValueError: the dossier's tallies and standings disagree (a bug upstream; no figure is printed).
    """
    found = [
        _of(dossier, obligation) for obligation in dossier.campaign.obligations if _begun(dossier, obligation)
    ]
    last = {each.obligation.series: n for n, each in enumerate(found)}
    for goal in goals(dossier.campaign, dossier.standings):
        held = found[last[goal.series]]
        whole = TargetFigure(goal.field, goal.target, goal.done, goal.open, goal)
        found[last[goal.series]] = replace(held, targets=(*held.targets, whole))
    return tuple(found)


def _begun(dossier: Dossier, obligation: Obligation) -> bool:
    """Whether its turn has come: what is announced later or follows another occurrence is left out."""
    return obligation.since is None or dossier.tally(obligation) is not None


def value_of(standing: Standing, field: Field) -> float | None:
    """The unit's figure; None while unknown or not accepted. A nil return is nought, but has no rate."""
    if standing.state is State.NIL:
        return 0.0 if field.adds else None
    return standing.values.get(field.id) if standing.state is State.ACCEPTED else None  # noqa: PD011  a mapping


def readable(standing: Standing, field: Field) -> bool:
    """Whether the unit's report was accepted and should hold that figure."""
    return standing.state is State.ACCEPTED or (standing.state is State.NIL and field.adds)


def meets(standing: Standing, quota: Quota, field: Field) -> bool | None:
    """Whether the unit reached its quota; None while its figure is not known."""
    value = value_of(standing, field)
    return None if value is None else value >= quota.min


def _of(dossier: Dossier, obligation: Obligation) -> Figures:
    standings = dossier.of(obligation)
    table = _table(dossier, obligation, standings)
    tally = dossier.tally(obligation)
    whole = _count("合计", table)
    _agree(tally, whole)
    groups = table.groupby("group", sort=False)
    sums = tuple(_sum(field, table) for field in obligation.fields)
    by_field = {s.field.id: s for s in sums}
    return Figures(
        obligation=obligation,
        due=tally.due if tally else None,
        whole=whole,
        groups=tuple(_count(str(label), part) for label, part in groups),
        sums=sums,
        quotas=tuple(_quota(q, by_field[q.field], table) for q in obligation.quotas),
        targets=tuple(
            TargetFigure(s.field, t, s.total, len(s.unknown) + s.absent)
            for t in obligation.targets
            if not of_the_series(obligation, t)
            for s in (by_field[t.field],)
        ),
    )


def _table(dossier: Dossier, obligation: Obligation, standings: tuple[Standing, ...]) -> pd.DataFrame:
    columns: dict[str, list[Any]] = {
        "unit": [s.unit for s in standings],
        "group": [intern(group_of(dossier, s.unit)) for s in standings],
        "state": [s.state for s in standings],
        "expected": [s.state is not State.WAIVED for s in standings],
        "received": [s.state in REPORTED for s in standings],
        "on_time": [s.state in REPORTED and s.timeliness is Timeliness.ON_TIME for s in standings],
        "due": [s.due.at is not None for s in standings],
        "counted": [s.state in COUNTED for s in standings],
        "nil": [s.state is State.NIL for s in standings],
        **{f"={f.id}": [value_of(s, f) for s in standings] for f in obligation.fields},
    }
    return pd.DataFrame(columns)


def group_of(dossier: Dossier, code: str) -> str:
    """The unit's tier and kind as staff name them, such as 镇街（街道）."""
    unit = dossier.unit(code)
    if unit is None:
        return "名册外单位"
    kind, tier = kind_zh(unit.kind), clean(unit.tier)
    if tier and kind.isascii() and len(dossier.kinds[unit.tier]) == 1:
        return tier  # an identifier nobody outside the office reads, and nothing it would tell apart
    return f"{tier}（{kind}）" if tier and kind and tier != kind else tier or kind


def _count(label: str, table: pd.DataFrame) -> Count:
    received, on_time = int(table["received"].sum()), int(table["on_time"].sum())
    dated = bool(table["due"].any())
    states = table["state"].value_counts()
    return Count(
        label=label,
        expected=int(table["expected"].sum()),
        received=received,
        on_time=on_time if dated else None,
        late=received - on_time if dated else 0,
        states={s: int(states.get(s, 0)) for s in _STATES},
    )


def _sum(field: Field, table: pd.DataFrame) -> Sum:
    counted = table[table["counted"].astype(bool)]
    values = counted[f"={field.id}"].astype("float64")
    known = values.dropna()
    unread = values.isna() if field.adds else values.isna() & ~counted["nil"].astype(bool)
    return Sum(
        field=field,
        total=added(known) if field.adds and len(known) else None,
        known=len(known),
        unknown=tuple(counted.loc[unread, "unit"]),
        absent=int(table["expected"].sum()) - len(counted),
        lowest=None if field.adds or known.empty else float(known.min()),
        highest=None if field.adds or known.empty else float(known.max()),
    )


def _quota(quota: Quota, whole: Sum, table: pd.DataFrame) -> QuotaFigure:
    values = table[f"={quota.field}"].astype("float64")
    units = int(table["expected"].sum())
    met, short = int((values >= quota.min).sum()), int((values < quota.min).sum())
    return QuotaFigure(
        field=whole.field,
        quota=quota,
        units=units,
        required=units * quota.min if whole.field.adds else None,
        done=whole.total,
        met=met,
        short=short,
        open=units - met - short,
    )


def _lacking(goal: int, done: float | None) -> float | None:
    return None if done is None else max(0.0, added((goal, -done)))


def _agree(tally: Tally | None, counted: Count) -> None:
    if tally is None:
        return
    theirs = (tally.expected, tally.received, tally.on_time)
    ours = (counted.expected, counted.received, counted.on_time or 0)
    if theirs != ours:
        raise ValueError(f"tally of {tally.obligation} {theirs} disagrees with its standings {ours}")
