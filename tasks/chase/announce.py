"""Which letters about the whole campaign are due: thanks 致谢, circulars 通报, the leader's digest 情况摘要.

They follow the general due moment, not a unit's own. Of each kind only the latest whose turn has come is
written: after a standstill nobody is told how things stood days ago.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from tasks.chase.ladder import occasion
from tasks.chase.turn import HoursOn
from tasks.chase.turn import turn as turn_of
from tasks.notice.calendar import Calendar, NoTable
from tasks.terms import times
from tasks.terms.campaign import Campaign, Rung
from tasks.terms.letters import ANNOUNCING
from tasks.terms.standings import REPORTED, Standing, State, Tally

OFFICE = ""
"""Stands for the bureau itself where a letter is about no unit."""

DONE = REPORTED - {State.RECEIVED} | {State.WAIVED}


@dataclass(frozen=True, slots=True)
class Announcement:
    """A letter that is due to one reporter, or to the office itself.

    Attributes:
        due: the general due moment it speaks of; None for a rung on a fixed day.
        obligations: what it tells of.
    """

    rung: Rung
    reporter: str
    due: datetime | None
    obligations: tuple[str, ...]

    @property
    def occasion(self) -> str:
        """What makes the letter unique."""
        return occasion(self.rung, self.due)


@dataclass(frozen=True, slots=True)
class _Turn:
    rung: Rung
    due: datetime | None
    moment: datetime
    obligations: tuple[str, ...]


def announcements(
    campaign: Campaign,
    calendar: Calendar,
    standings: Sequence[Standing],
    tallies: Iterable[Tally],
    as_of: datetime,
    *,
    hours_on: HoursOn,
    already: Mapping[tuple[str, str], datetime],
    any_hour: bool = False,
) -> list[Announcement]:
    """The announcements due at ``as_of``, in the order of the ladder, then of the standings.

    ``hours_on``, ``already`` and ``any_hour`` are those of ``tasks.chase.ladder.summonses``.

    Raises:
        Misconfigured: a due day lies in a year whose working days are not known.
    """
    found: list[Announcement] = []
    for turn in _latest(_turns(campaign, calendar, tallies, hours_on), times.utc(as_of)):
        if any_hour and not turn.rung.any_hour:
            continue
        for reporter in _readers(turn, standings):
            made = Announcement(turn.rung, reporter, turn.due, turn.obligations)
            if (reporter, made.occasion) not in already:
                found.append(made)
    return found


def _turns(
    campaign: Campaign, calendar: Calendar, tallies: Iterable[Tally], hours_on: HoursOn
) -> Iterator[_Turn]:
    """Every turn of every announcing rung: once for each general due moment, or once on its day."""
    wanted = [o.id for o in campaign.obligations if not o.optional]
    dues = {t.obligation: t.due.at for t in tallies if t.obligation in wanted and t.due.at is not None}
    for rung in (r for r in campaign.ladder if r.template in ANNOUNCING):
        told = tuple(o for o in dues if not rung.obligations or o in rung.obligations)
        if rung.on is not None and told:
            yield _Turn(rung, None, times.utc(times.at(rung.on, rung.at)), told)
        elif rung.on is None:
            for due in dict.fromkeys(dues[o] for o in told):
                with suppress(NoTable):
                    moment = turn_of(rung, due, calendar, hours_on)
                    yield _Turn(rung, due, moment, tuple(o for o in told if dues[o] == due))


def _latest(turns: Iterable[_Turn], as_of: datetime) -> list[_Turn]:
    """Of each kind of letter and audience the turns that came last."""
    found: dict[tuple[str, object], list[_Turn]] = {}
    for turn in turns:
        if turn.moment > as_of:
            continue
        kind = turn.rung.template, frozenset(turn.rung.audience)
        known = found.get(kind, [])
        if not known or turn.moment >= known[0].moment:
            found[kind] = [turn, *(k for k in known if k.moment == turn.moment)]
    return [turn for kept in found.values() for turn in kept]


def _readers(turn: _Turn, standings: Sequence[Standing]) -> list[str]:
    """Whom a letter concerns: the office, every reporter, or those who have done all of it."""
    if turn.rung.template == "digest":
        return [OFFICE]
    asked = [s for s in standings if s.obligation in turn.obligations]
    reporters = dict.fromkeys(s.reporter for s in asked)
    if turn.rung.template == "circular":
        return list(reporters)
    return [r for r in reporters if _all_done([s for s in asked if s.reporter == r])]


def _all_done(own: Sequence[Standing]) -> bool:
    """Nothing is missing, returned or undecided, and something was really reported."""
    settled = all(s.state in DONE and not s.held for s in own)
    return settled and any(s.state is not State.WAIVED for s in own)
