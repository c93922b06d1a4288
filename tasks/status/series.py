"""What the reports of a recurring obligation add up to against the campaign's own target. Pure.

The figures of each week are either that week's own or count from the beginning. Added up, the latter would be
counted again and again; taken from the last week, the former would be lost. Only the campaign file can say
which (``over``); while it does not, both are shown and neither is held against the target.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tasks.terms.campaign import Campaign
from tasks.terms.obligation import Field, Obligation, Target
from tasks.terms.standings import Standing, State
from tasks.terms.sums import added
from tasks.terms.units import Roster
from tasks.terms.wording import quoted

NO_SUM_ZH = "各单位的数不能相加"
"""Said of a target for a rate, an average, a price: the units' figures do not tell whether it is reached."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A target of the whole series against what was reported.

    Attributes:
        series: the obligation's id in the campaign file; title: its title there.
        total: every occurrence's figures added up; latest: the last known figure of every unit added up.
            None when no figure is known, and for what does not add up.
        open: figures that are not in ``done``: not reported, not accepted or not readable.
        fell: (unit, occurrence) where a figure counted from the beginning became smaller.
    """

    series: str
    title: str
    field: Field
    target: Target
    total: float | None
    latest: float | None
    open: int
    fell: tuple[tuple[str, str], ...] = ()

    @property
    def done(self) -> float | None:
        """What is held against the target; None while nothing is known, or not which figures are meant."""
        return {"sum": self.total, "latest": self.latest}.get(self.target.over or "")

    @property
    def lacking(self) -> float | None:
        """What is missing to the target, never below nought."""
        return None if self.done is None else max(0, self.target.min - self.done)


def of_the_series(obligation: Obligation, target: Target) -> bool:
    """Whether a target is not for every occurrence by itself."""
    return obligation.recurs and target.over != "each"


def goals(campaign: Campaign, standings: Iterable[Standing]) -> tuple[Goal, ...]:
    """The targets of every series of which an occurrence has begun, in the order of the file."""
    mine: dict[str, list[Standing]] = {}
    for standing in standings:
        mine.setdefault(standing.obligation, []).append(standing)
    series: dict[str, list[Obligation]] = {}
    for each in campaign.obligations:
        if each.recurs and each.id in mine:
            series.setdefault(each.series, []).append(each)
    return tuple(goal for parts in series.values() for goal in _goals(parts, [mine[p.id] for p in parts]))


def _goals(parts: Sequence[Obligation], reports: Sequence[Sequence[Standing]]) -> Iterator[Goal]:
    fields = {f.id: f for f in parts[0].fields}
    for target in parts[0].targets:
        if of_the_series(parts[0], target):
            yield _goal(parts[0], fields[target.field], target, reports)


def _goal(first: Obligation, field: Field, target: Target, reports: Sequence[Sequence[Standing]]) -> Goal:
    expected = [s for each in reports for s in each if s.state is not State.WAIVED]
    known = [value for s in expected if (value := _value(s, field.id)) is not None]
    latest, unread, fell = _latest(expected, field.id)
    silent = ({s.unit for s in expected} - latest.keys()) | unread
    return Goal(
        series=first.series,
        title=first.series_title,
        field=field,
        target=target,
        total=added(known) if known and field.adds else None,
        latest=added(latest.values()) if latest and field.adds else None,
        open=len(expected) - len(known) if target.over == "sum" else len(silent),
        fell=tuple(fell) if target.over == "latest" else (),
    )


def _latest(
    reports: Iterable[Standing], field: str
) -> tuple[dict[str, float], set[str], list[tuple[str, str]]]:
    """The last known figure of every unit, who sent an unreadable one since, and where one became smaller.

    Nothing to report this week leaves what counts from the beginning as it was.
    """
    latest: dict[str, float] = {}
    unread, fell = set(), []
    for standing in reports:
        value = _value(standing, field)
        if value is None and standing.state is State.ACCEPTED:
            unread.add(standing.unit)
        if value is None or (standing.state is State.NIL and standing.unit in latest):
            continue
        if value < latest.get(standing.unit, value):
            fell.append((standing.unit, standing.obligation))
        latest[standing.unit] = value
        unread.discard(standing.unit)
    return latest, unread, fell


def _value(standing: Standing, field: str) -> float | None:
    """A unit's figure as it enters a sum; None while unknown or not accepted. A nil return is nought."""
    if standing.state is State.NIL:
        return 0.0
    return standing.values.get(field) if standing.state is State.ACCEPTED else None


def falling(campaign: Campaign, roster: Roster, found: Iterable[Goal]) -> Iterator[str]:
    """One Chinese sentence for each figure that counts from the beginning and became smaller."""
    for goal in found:
        for unit, occurrence in goal.fell:
            title = quoted(campaign.obligation(occurrence).title)
            yield f"{roster[unit].name}{title}的“{goal.field.title}”是累计数，却比前一次少，请核实"
