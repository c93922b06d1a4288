"""Rates by tier and kind, punctuality over campaigns, who is at risk before the day. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from tasks.terms.standings import REPORTED, Standing, State, Timeliness
from tasks.terms.units import Roster

By = Literal["tier", "kind"]

NAMELESS = "—"
"""The group of units the roster gives no tier."""

LAST_HOURS = 24
ENOUGH = 2
"""One late report is an accident, two are a record."""


@dataclass(frozen=True, slots=True)
class Rate:
    """One obligation counted over one group of units; waived units are not expected."""

    obligation: str
    group: str
    expected: int
    received: int
    on_time: int
    dated: bool

    @property
    def reporting_rate(self) -> float | None:
        """Reported over expected, 0 to 1; None when nothing is expected."""
        return self.received / self.expected if self.expected else None

    @property
    def reporting_rate_on_time(self) -> float | None:
        """Reported in time over expected; None when nothing is expected or nobody knows by when."""
        return self.on_time / self.expected if self.expected and self.dated else None


def rates(roster: Roster, standings: Iterable[Standing], by: By) -> tuple[Rate, ...]:
    """Every obligation's counts by tier or by kind, in the order of the standings."""
    groups: dict[tuple[str, str], list[Standing]] = {}
    for standing in standings:
        group = getattr(roster[standing.unit], by) or NAMELESS
        groups.setdefault((standing.obligation, group), []).append(standing)
    return tuple(_rate(obligation, group, found) for (obligation, group), found in groups.items())


def _rate(obligation: str, group: str, standings: Sequence[Standing]) -> Rate:
    expected = [s for s in standings if s.state is not State.WAIVED]
    reported = [s for s in expected if s.state in REPORTED]
    return Rate(
        obligation=obligation,
        group=group,
        expected=len(expected),
        received=len(reported),
        on_time=sum(s.timeliness is Timeliness.ON_TIME for s in reported),
        dated=any(s.due.at is not None for s in expected),
    )


@dataclass(frozen=True, slots=True)
class History:
    """How punctual a unit has been: obligations that are over, or that it met before they were."""

    expected: int = 0
    on_time: int = 0
    late: int = 0
    missing: int = 0

    @property
    def rate(self) -> float | None:
        """On time over expected, 0 to 1; None for a unit nothing was ever expected of."""
        return self.on_time / self.expected if self.expected else None

    @property
    def failed(self) -> int:
        """How often it was late or never came."""
        return self.late + self.missing

    def with_one(self, standing: Standing) -> "History":
        """The history after one more obligation."""
        reported = standing.state in REPORTED
        on_time = reported and standing.timeliness is Timeliness.ON_TIME
        return History(
            self.expected + 1,
            self.on_time + on_time,
            self.late + (reported and not on_time),
            self.missing + (not reported),
        )


def punctuality(campaigns: Iterable[Iterable[Standing]], as_of: datetime) -> dict[str, History]:
    """Each unit's history over the standings of many campaigns, by code."""
    found: dict[str, History] = {}
    for standing in (s for standings in campaigns for s in standings):
        if _tells(standing, as_of):
            found[standing.unit] = found.get(standing.unit, History()).with_one(standing)
    return found


def _tells(standing: Standing, as_of: datetime) -> bool:
    """What has no due moment, is waived, or is still open and not met says nothing of punctuality."""
    if standing.due.at is None or standing.state is State.WAIVED:
        return False
    return standing.state in REPORTED or as_of > standing.due.at


@dataclass(frozen=True, slots=True)
class Risk:
    """A unit that may not report in time, and why, in Chinese."""

    unit: str
    obligation: str
    reasons: tuple[str, ...]


def at_risk(
    roster: Roster, standings: Iterable[Standing], history: Mapping[str, History], as_of: datetime
) -> tuple[Risk, ...]:
    """Who may miss a due moment that is still ahead, by what is known and nothing else."""
    found = (
        Risk(s.unit, s.obligation, tuple(_reasons(roster, s, history.get(s.reporter), as_of)))
        for s in standings
        if _open(s, as_of)
    )
    return tuple(risk for risk in found if risk.reasons)


def _open(standing: Standing, as_of: datetime) -> bool:
    ahead = standing.due.at is not None and as_of <= standing.due.at
    return ahead and not standing.held and standing.state in {State.MISSING, State.RETURNED}


def _reasons(roster: Roster, standing: Standing, history: History | None, as_of: datetime) -> Iterator[str]:
    if standing.state is State.RETURNED:
        yield "已退回，尚未补正"
    elif standing.due.at is not None and standing.due.at - as_of <= timedelta(hours=LAST_HOURS):
        yield f"距时限不足 {LAST_HOURS} 小时，尚未收到"
    if history and history.failed >= ENOUGH and 2 * history.failed >= history.expected:
        yield f"以往 {history.expected} 次中 {history.failed} 次迟报或未报"
    if standing.reporter not in roster or not roster[standing.reporter].contacts:
        yield "名册中没有邮箱，提醒送不到"
