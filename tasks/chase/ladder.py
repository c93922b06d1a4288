"""Which reminders are due: a pure rule over the ladder, the calendar and where everyone stands.

A reporter is summoned only for what it still owes at that moment. One reporter gets at most one letter for
one due moment at a time: after a stopped machine the latest rung that applies, not all that were missed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from types import MappingProxyType

from tasks.notice.calendar import Calendar
from tasks.terms import times
from tasks.terms.campaign import Campaign, Rung
from tasks.terms.standings import Standing, State

OWED = frozenset({State.MISSING, State.RETURNED})
"""States that are reminded of: nothing came, or what came went back."""

START = "start"
"""The template of the notice of start; every other rung speaks only to those who owe something."""

NONE_YET: Mapping[tuple[str, str], datetime] = MappingProxyType({})

Hours = Sequence[tuple[time, time]]


@dataclass(frozen=True, slots=True)
class Summons:
    """A letter that is due.

    Attributes:
        standings: what the reporter still owes; for a start rung everything it is asked for.
        due: the due moment all of it shares; None for a start rung.
        moment: when the rung's turn came (UTC).
    """

    rung: Rung
    reporter: str
    standings: tuple[Standing, ...]
    due: datetime | None
    moment: datetime

    @property
    def occasion(self) -> str:
        """What makes the letter unique: an extension moves the due moment and so arms the rung again."""
        return occasion(self.rung, self.due)

    @property
    def obligations(self) -> tuple[str, ...]:
        """The obligations the letter speaks of."""
        return tuple(dict.fromkeys(s.obligation for s in self.standings))


def occasion(rung: Rung, due: datetime | None) -> str:
    """The occasion of a rung for one due moment."""
    return f"rung:{rung.id}@{times.iso(due)}" if due else f"rung:{rung.id}"


def summonses(
    campaign: Campaign,
    calendar: Calendar,
    standings: Iterable[Standing],
    as_of: datetime,
    *,
    already: Mapping[tuple[str, str], datetime] = NONE_YET,
) -> list[Summons]:
    """The letters due at ``as_of``, in the order of the standings.

    ``already`` gives, for (reporter, occasion), when that letter was queued. A letter speaks for every
    rung whose turn had come by then: after a standstill one letter goes, not all that were missed.
    """
    wanted = {o.id for o in campaign.obligations if not o.optional}
    ladder = _Ladder(campaign.ladder, calendar, already, times.utc(as_of))
    found: list[Summons] = []
    for reporter, own in _by_reporter(standings).items():
        asked = [s for s in own if s.obligation in wanted]
        started = ladder.started(reporter, own, asked)
        found += started
        for due, owed in ({} if started else _owed_by_due(asked)).items():
            found += ladder.reminded(reporter, due, owed)
    return found


def _by_reporter(standings: Iterable[Standing]) -> dict[str, list[Standing]]:
    found: dict[str, list[Standing]] = {}
    for standing in standings:
        found.setdefault(standing.reporter, []).append(standing)
    return found


def _owed_by_due(standings: Iterable[Standing]) -> dict[datetime, list[Standing]]:
    found: dict[datetime, list[Standing]] = {}
    for standing in standings:
        if standing.due.at is not None and standing.state in OWED and not standing.held:
            found.setdefault(standing.due.at, []).append(standing)
    return found


@dataclass(frozen=True)
class _Ladder:
    rungs: Sequence[Rung]
    calendar: Calendar
    already: Mapping[tuple[str, str], datetime]
    now: datetime

    def started(
        self, reporter: str, everything: Sequence[Standing], wanted: Sequence[Standing]
    ) -> list[Summons]:
        """The notice of start goes to everyone once, whatever came meanwhile, until all is overdue."""
        dues = [s.due.at for s in wanted if s.due.at is not None]
        over = bool(dues) and max(dues) < self.now
        found = []
        for rung in self.rungs:
            if rung.on is None or rung.template != START or over or not wanted:
                continue
            moment = times.utc(times.at(rung.on, rung.at))
            summons = Summons(rung, reporter, tuple(everything), None, moment)
            if moment <= self.now and (reporter, summons.occasion) not in self.already:
                found.append(summons)
        return found

    def reminded(self, reporter: str, due: datetime, owed: Sequence[Standing]) -> list[Summons]:
        """The latest rung whose turn has come for this due moment, unless it or a later one has gone."""
        turns = sorted(self._turns(due, owed), key=lambda s: s.moment)
        passed = [
            Summons(t.rung, reporter, t.standings, due, t.moment) for t in turns if t.moment <= self.now
        ]
        fitting = [s for s in passed if (s.moment > due) == (self.now > due)]
        if not fitting:
            return []
        spoken = self._last_word(reporter, due)
        return [fitting[-1]] if spoken is None or fitting[-1].moment > spoken else []

    def _last_word(self, reporter: str, due: datetime) -> datetime | None:
        """When this reporter was last written to about this due moment; the notice of start counts."""
        own = (occasion(rung, each) for rung in self.rungs for each in (due, None))
        return max((self.already[reporter, o] for o in own if (reporter, o) in self.already), default=None)

    def _turns(self, due: datetime, owed: Sequence[Standing]) -> Iterable[Summons]:
        """Every rung with its moment for this due moment, and what it would speak of."""
        day = times.local(due).date()
        for rung in self.rungs:
            mine = tuple(s for s in owed if not rung.obligations or s.obligation in rung.obligations)
            if mine and rung.template != START:
                on = rung.on or self.calendar.shift(day, rung.working_days or 0)
                moment = times.at(on, rung.at)
                yield Summons(rung, "", mine, due, times.utc(moment))


def quiet(as_of: datetime, calendar: Calendar, hours: Hours) -> bool:
    """Whether letters wait: outside the office's hours, or on a day nobody works (Asia/Shanghai)."""
    here = times.local(as_of)
    if not calendar.is_working_day(here.date()):
        return True
    return not any(begin <= here.time() <= end for begin, end in hours)
