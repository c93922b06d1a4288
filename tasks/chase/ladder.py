"""Which reminders are due: a pure rule over the ladder, the calendar and where everyone stands.

A reporter is summoned only for what it still owes at that moment. One reporter gets at most one letter for
one due moment at a time: after a stopped machine the latest rung that applies, not all that were missed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

from tasks.chase.grace import Answered, answers, correction_date, has_time
from tasks.notice.calendar import Calendar, NoTable
from tasks.terms import times
from tasks.terms.campaign import Campaign, Rung
from tasks.terms.letters import ANNOUNCING
from tasks.terms.standings import Standing, State

OWED = frozenset({State.MISSING, State.RETURNED})
"""States that are reminded of: nothing came, or what came went back."""

START = "start"
"""The template of the notice of start; every other rung speaks only to those who owe something."""

OVERDUE = "overdue"
"""The template that calls a unit late; it never goes before the due moment."""

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
    any_hour: bool = False,
) -> list[Summons]:
    """The letters due at ``as_of``, in the order of the standings.

    With ``any_hour`` only rungs speak that need not wait for the office's hours.

    ``already`` gives, for (reporter, occasion), when that letter was queued; receipts and returns count
    too. A letter speaks for every rung whose turn had come by then: after a standstill one letter goes,
    not all that were missed.

    Of a due day in a year whose working days are not known no rung counted in them speaks.
    """
    wanted = {o.id for o in campaign.obligations if not o.optional}
    rungs = [rung for rung in campaign.ladder if rung.template not in ANNOUNCING]
    ladder = _Ladder(rungs, calendar, already, answers(already), times.utc(as_of), any_hour)
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


def _owed_by_due(own: Sequence[Standing]) -> dict[datetime, list[Standing]]:
    """What one reporter owes; an obligation with anything in the queue waits as a whole for the clerk."""
    held = {s.obligation for s in own if s.held}
    found: dict[datetime, list[Standing]] = {}
    for standing in own:
        if standing.due.at is not None and standing.state in OWED and standing.obligation not in held:
            found.setdefault(standing.due.at, []).append(standing)
    return found


def _concerned(rung: Rung, standings: Iterable[Standing]) -> tuple[Standing, ...]:
    return tuple(s for s in standings if not rung.obligations or s.obligation in rung.obligations)


def _speaks_late(rung: Rung, moment: datetime, due: datetime) -> bool | None:
    """Whether the rung speaks to those who are late (True) or not yet (False); None when to nobody.

    An hour of the due day may lie on either side of the due moment: a reminder that would come after it
    has missed its time, and a letter that calls a unit overdue must not come before it.
    """
    late = moment > due
    if rung.template == OVERDUE:
        return True if late else None
    before = rung.hours_before is not None or rung.working_days == 0
    return None if late and before else late


@dataclass(frozen=True)
class _Ladder:
    rungs: Sequence[Rung]
    calendar: Calendar
    already: Mapping[tuple[str, str], datetime]
    answered: Answered
    now: datetime
    any_hour: bool
    days: dict[tuple[date, int], date] = field(default_factory=dict)

    def started(
        self, reporter: str, everything: Sequence[Standing], asked: Sequence[Standing]
    ) -> list[Summons]:
        """The notice of start goes to everyone once, whatever came meanwhile, until all is overdue."""
        found = []
        for rung in self.rungs:
            wanted = _concerned(rung, asked)
            if rung.on is None or rung.template != START or self._silent(rung):
                continue
            if not wanted or self._over(wanted):
                continue
            moment = times.utc(times.at(rung.on, rung.at))
            summons = Summons(rung, reporter, _concerned(rung, everything), None, moment)
            if moment <= self.now and (reporter, summons.occasion) not in self.already:
                found.append(summons)
        return found

    def _silent(self, rung: Rung) -> bool:
        return self.any_hour and not rung.any_hour

    def _over(self, standings: Iterable[Standing]) -> bool:
        dues = [s.due.at for s in standings if s.due.at is not None]
        return bool(dues) and max(dues) < self.now

    def reminded(self, reporter: str, due: datetime, owed: Sequence[Standing]) -> list[Summons]:
        """One letter in the words of the latest rung, speaking of all that rungs not yet sent speak of."""
        spoken = self._last_word(reporter, due)
        turns = [t for t in self._turns(reporter, due, owed) if spoken is None or t.moment > spoken]
        if not turns:
            return []
        latest = max(turns, key=lambda t: (t.moment, t.rung.working_days or 0))
        named = {(s.unit, s.obligation) for turn in turns for s in turn.standings}
        return [replace(latest, standings=tuple(s for s in owed if (s.unit, s.obligation) in named))]

    def _last_word(self, reporter: str, due: datetime) -> datetime | None:
        """When this reporter was last reminded of this due moment."""
        own = [(reporter, occasion(rung, due)) for rung in self.rungs]
        return max((self.already[o] for o in own if o in self.already), default=None)

    def _turns(self, reporter: str, due: datetime, owed: Sequence[Standing]) -> Iterator[Summons]:
        """Every rung whose turn has come on this side of the due moment, with what it speaks of."""
        for rung in self.rungs:
            spoken = rung.template == START or (reporter, occasion(rung, due)) in self.already
            if spoken or self._silent(rung):
                continue
            moment = self._moment(rung, due)
            if (
                moment is not None
                and moment <= self.now
                and _speaks_late(rung, moment, due) is (self.now > due)
            ):
                addressed = (s for s in _concerned(rung, owed) if rung.only in (None, str(s.state)))
                mine = tuple(s for s in addressed if self._still_to_say(s, moment, due))
                if mine:
                    yield Summons(rung, reporter, mine, due, moment)

    def _moment(self, rung: Rung, due: datetime) -> datetime | None:
        """When the rung's turn comes; None where it leads into a year without a table.

        What is due then must not stop the letters of what is due now (``tasks.notice.awaited`` tells of it).
        """
        try:
            return hour_on(rung, self._day(rung, due), due)
        except NoTable:
            return None

    def _day(self, rung: Rung, due: datetime) -> date:
        """The rung's day; when the due day is not worked, 0 is the last working day before it."""
        if rung.on is not None:
            return rung.on
        key = times.local(due).date(), rung.working_days or 0
        if key not in self.days:
            self.days[key] = self.calendar.shift(*key)
        return self.days[key]

    def _still_to_say(self, standing: Standing, moment: datetime, due: datetime) -> bool:
        """Whether no start notice or return has said it since; a return's own date is kept to."""
        started = (self.already.get((standing.reporter, o)) for o in self._start_occasions(standing))
        returned = self._returned_at(standing)
        if any(word is not None and moment <= word for word in (*started, returned)):
            return False
        if standing.correct_by is not None:
            return not has_time(standing, self.now)
        return returned is None or self.now <= due or self.now > correction_date(returned, due, self.calendar)

    def _start_occasions(self, standing: Standing) -> list[str]:
        return [occasion(r, None) for r in self.rungs if r.template == START and _concerned(r, [standing])]

    def _returned_at(self, standing: Standing) -> datetime | None:
        if standing.version is None:
            return None
        return self.answered.get((standing.reporter, standing.obligation, standing.version))


def hour_on(rung: Rung, day: date, due: datetime) -> datetime:
    """The rung's hour on its day; hours before the due moment never begin on an earlier day."""
    if rung.hours_after is not None:
        reached = due + timedelta(hours=rung.hours_after)
        return max(reached, times.utc(times.at(times.local(reached).date(), rung.at)))
    opening = times.utc(times.at(day, rung.at))
    if rung.hours_before is None or day != times.local(due).date():
        return opening
    return max(opening, due - timedelta(hours=rung.hours_before))


def quiet(as_of: datetime, calendar: Calendar, hours: Hours) -> bool:
    """Whether letters wait: outside the office's hours, or on a day nobody works (Asia/Shanghai).

    In a year without a table only the weekends are known to be off: letters that waited for the table would
    not go at all.
    """
    here = times.local(as_of)
    known = here.year in calendar.years
    if not calendar.is_working_day(here.date()) if known else calendar.is_weekend(here.date()):
        return True
    return not any(begin <= here.time() <= end for begin, end in hours)
