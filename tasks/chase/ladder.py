"""Which reminders are due: a pure rule over the ladder, the calendar and where everyone stands.

A reporter is summoned only for what it still owes at that moment. One reporter gets at most one letter for
one due moment at a time: after a stopped machine the latest rung that applies, not all that were missed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from tasks.chase.grace import Answered, answers, correction_date, has_time, more_time
from tasks.chase.turn import Hours, HoursOn, farther, last_worked, same_half_day, turn, worked
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

Timed = Sequence[tuple[Rung, datetime]]
"""Rungs with the moment their turn comes."""


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
    hours_on: HoursOn,
    already: Mapping[tuple[str, str], datetime] = NONE_YET,
    any_hour: bool = False,
) -> list[Summons]:
    """The letters due at ``as_of``, in the order of the standings.

    ``hours_on`` are the office's hours; with ``any_hour`` only rungs speak that need not wait for them.

    ``already`` gives, for (reporter, occasion), when that letter was queued; receipts and returns count
    too. A letter speaks for every rung whose turn had come by then: after a standstill one letter goes,
    not all that were missed.

    Of a due day in a year whose working days are not known no rung counted in them speaks.
    """
    wanted = {o.id for o in campaign.obligations if not o.optional}
    rungs = [rung for rung in campaign.ladder if rung.template not in ANNOUNCING]
    ladder = _Ladder(rungs, calendar, hours_on, already, answers(already), times.utc(as_of), any_hour)
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


def _addressed(rung: Rung, standing: Standing) -> bool:
    """Whether the rung speaks of this, as it stands."""
    return rung.only in (None, str(standing.state)) and bool(_concerned(rung, [standing]))


def _pressed(rung: Rung, other: Rung) -> bool:
    """Whether the two are meant for different days, so that only the calendar can put them on one."""
    return (rung.working_days or 0) < (other.working_days or 0)


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


def never_goes(rung: Rung, due: datetime, calendar: Calendar, hours_on: HoursOn) -> bool:
    """Whether a reminder's hour leaves it no moment at which it could be sent for that due moment.

    A year without a table is another matter: when it comes, the letters are reckoned anew.
    """
    if rung.template == START or rung.template in ANNOUNCING:
        return False
    try:
        moment = turn(rung, due, calendar, hours_on)
        last = due if rung.any_hour else last_worked(due, calendar, hours_on)
    except NoTable:
        return False
    late = _speaks_late(rung, moment, due)
    return late is None or (not late and moment > last)


@dataclass(frozen=True, slots=True)
class _Step:
    """A rung whose turn has come for a due moment; ``nearer`` rungs silence it (their occasion, or soon)."""

    rung: Rung
    moment: datetime
    occasion: str
    nearer: Sequence[tuple[Rung, str, bool]]


@dataclass(frozen=True)
class _Ladder:
    rungs: Sequence[Rung]
    calendar: Calendar
    hours_on: HoursOn
    already: Mapping[tuple[str, str], datetime]
    answered: Answered
    now: datetime
    any_hour: bool
    steps: dict[datetime, list[_Step]] = field(default_factory=dict)
    occasions: dict[datetime, list[str]] = field(default_factory=dict)

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
        """One letter in the latest rung's words, for all that rungs not yet sent would say, to all theirs."""
        spoken = self._last_word(reporter, due)
        turns = [t for t in self._turns(reporter, due, owed) if spoken is None or t.moment > spoken]
        if not turns:
            return []
        latest = max(turns, key=lambda t: (t.moment, t.rung.working_days or 0))
        named = {(s.unit, s.obligation) for turn in turns for s in turn.standings}
        everybody = tuple(dict.fromkeys(role for t in (latest, *turns) for role in t.rung.audience))
        return [
            replace(
                latest,
                rung=replace(latest.rung, audience=everybody),
                standings=tuple(s for s in owed if (s.unit, s.obligation) in named),
            )
        ]

    def _last_word(self, reporter: str, due: datetime) -> datetime | None:
        """When this reporter was last reminded of this due moment."""
        own = [(reporter, said) for said in self._occasions(due)]
        return max((self.already[o] for o in own if o in self.already), default=None)

    def _occasions(self, due: datetime) -> Sequence[str]:
        if due not in self.occasions:
            self.occasions[due] = [occasion(rung, due) for rung in self.rungs]
        return self.occasions[due]

    def _turns(self, reporter: str, due: datetime, owed: Sequence[Standing]) -> Iterator[Summons]:
        """Every rung whose turn has come on this side of the due moment, with what it speaks of."""
        for step in self._due_steps(due):
            if (reporter, step.occasion) in self.already:
                continue
            rung, moment = step.rung, step.moment
            nearer = [each for each, said, soon in step.nearer if soon or (reporter, said) in self.already]
            mine = tuple(
                s
                for s in owed
                if _addressed(rung, s)
                and not any(_addressed(each, s) for each in nearer)
                and self._still_to_say(s, moment, due)
            )
            if mine:
                yield Summons(rung, reporter, mine, due, moment)

    def _due_steps(self, due: datetime) -> Sequence[_Step]:
        """The rungs that may speak now of that due moment; the same for everyone who shares it."""
        if due not in self.steps:
            timed = self._timed(due)
            self.steps[due] = [
                _Step(rung, moment, occasion(rung, due), self._nearer(rung, moment, due, timed))
                for rung, moment in timed
                if moment <= self.now
                and not self._silent(rung)
                and _speaks_late(rung, moment, due) is (self.now > due)
            ]
        return self.steps[due]

    def _timed(self, due: datetime) -> Timed:
        """The rungs that remind of that due moment, as far as their turn can be told."""
        timed = ((rung, self._moment(rung, due)) for rung in self.rungs)
        return [(r, moment) for r, moment in timed if moment is not None and r.template != START]

    def _nearer(
        self, rung: Rung, moment: datetime, due: datetime, timed: Timed
    ) -> list[tuple[Rung, str, bool]]:
        """Nearer rungs it is silent for once they have spoken, or if they will within the same half day.

        Where the due day is not worked, rungs of several days fall on one.
        """
        return [
            (other, occasion(other, due), _pressed(rung, other) and self._soon(other, then, moment, due))
            for other, then in timed
            if farther(rung, other)
        ]

    def _soon(self, other: Rung, then: datetime, moment: datetime, due: datetime) -> bool:
        goes = not self._silent(other) and (other.any_hour or worked(then, self.calendar, self.hours_on))
        same_side = _speaks_late(other, then, due) is (moment > due)
        return goes and same_side and self.now < then and same_half_day(then, moment)

    def _moment(self, rung: Rung, due: datetime) -> datetime | None:
        """When the rung's turn comes; None where it leads into a year without a table.

        What is due then must not stop the letters of what is due now (``tasks.notice.awaited`` tells of it).
        """
        try:
            return turn(rung, due, self.calendar, self.hours_on)
        except NoTable:
            return None

    def _still_to_say(self, standing: Standing, moment: datetime, due: datetime) -> bool:
        """Whether no other letter has told of this due moment since; a return's own date is kept to."""
        told = (*self._start_occasions(standing), more_time(standing.obligation, due))
        words = (self.already.get((standing.reporter, o)) for o in told)
        returned = self._returned_at(standing)
        if any(word is not None and moment <= word for word in (*words, returned)):
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


def quiet(as_of: datetime, calendar: Calendar, hours: Hours) -> bool:
    """Whether letters wait: outside the office's hours, or on a day nobody works (Asia/Shanghai)."""
    return not worked(as_of, calendar, lambda _: hours)
