"""Where each unit stands: a pure function of ledger facts and ``as_of``.

Any past moment can be shown again: only facts received or decided by ``as_of`` are given to it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import takewhile
from typing import TypeVar

from tasks.notice.deadline import due_for, general_due
from tasks.roster.duty import gone, owing, reporter_of
from tasks.terms import times
from tasks.terms.campaign import Campaign
from tasks.terms.obligation import Obligation
from tasks.terms.readings import NOT_A_REPORT
from tasks.terms.standings import REPORTED, DueMoment, Standing, State, Tally, Timeliness
from tasks.terms.units import Roster, Unit

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a reporter's report, as far as standing depends on it.

    Attributes:
        verdict: accepted, returned or received, after any act of the staff.
        rows: figures by unit, for forms; None for a report that carries no figures.
        codes: finding codes.
        ruled: the verdict is a person's, not the rules'.
        turn: whose ruling came first, counted over the campaign; 0 where no person has ruled.
        correct_by: the date of its own a person gave when sending it back.
    """

    id: int
    obligation: str
    reporter: str
    number: int
    verdict: State
    received_at: datetime
    codes: tuple[str, ...] = ()
    rows: Mapping[str, Mapping[str, float | None]] | None = None
    nil: bool = False
    ruled: bool = False
    turn: int = 0
    correct_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the ledger knows at one moment.

    Attributes:
        extensions: (unit, obligation) → the moment granted. waivers: (unit, obligation) → reason.
        held: units named by an undecided item in the queue.
    """

    versions: Sequence[Version] = ()
    extensions: Mapping[tuple[str, str], datetime] = field(default_factory=dict)
    waivers: Mapping[tuple[str, str], str] = field(default_factory=dict)
    held: frozenset[str] = frozenset()


def assess(
    campaign: Campaign, roster: Roster, facts: Facts, as_of: datetime, *, office_close: time
) -> tuple[Standing, ...]:
    """The standing of every owing unit with every obligation at ``as_of``."""
    day = times.local(as_of).date()
    histories = _histories(facts.versions, as_of)
    found: list[Standing] = []
    for obligation in campaign.obligations:
        everyones = None if obligation.inner else general_due(obligation, office_close=office_close)
        for unit in _standing_units(obligation, roster, day, histories):
            reporter = reporter_of(unit, obligation)
            general = everyones or due_for(
                obligation, tier=unit.tier, kind=unit.kind, office_close=office_close
            )
            due = _effective(general, facts.extensions, unit.code, reporter, obligation.id)
            waiver = _either(facts.waivers, unit.code, reporter, obligation.id)
            history = histories.get((obligation.id, reporter), ())
            held = reporter in facts.held
            found.append(
                _standing(obligation, unit, reporter, due=due, history=history, waiver=waiver, held=held)
            )
    return tuple(found)


def _standing_units(
    obligation: Obligation, roster: Roster, day: date, histories: Mapping[tuple[str, str], Sequence[Version]]
) -> Sequence[Unit]:
    """Who owes it, and who is gone but had reported: accepted figures do not leave a sum with their unit."""
    there = owing(obligation, roster, day)
    kept = [
        u.code
        for u in gone(obligation, roster, day)
        if any(
            v.verdict is State.ACCEPTED and _speaks_for(v, u, obligation) and u.active_on(_day(v))
            for v in histories.get((obligation.id, reporter_of(u, obligation)), ())
        )
    ]
    return roster.of((*(u.code for u in there), *kept)) if kept else there


def _day(version: Version) -> date:
    return times.local(version.received_at).date()


def _histories(versions: Iterable[Version], as_of: datetime) -> dict[tuple[str, str], list[Version]]:
    found: dict[tuple[str, str], list[Version]] = {}
    for version in versions:
        if version.received_at <= as_of:
            found.setdefault((version.obligation, version.reporter), []).append(version)
    for history in found.values():
        # An old mail a clerk places late has a late number, but it is not the unit's last word.
        history.sort(key=lambda v: (v.received_at, v.number))
    return found


def _effective(
    general: DueMoment,
    extensions: Mapping[tuple[str, str], datetime],
    unit: str,
    reporter: str,
    obligation: str,
) -> DueMoment:
    """The latest of the general due moment and what unit and reporter were granted: nothing shortens."""
    granted = [extensions[who, obligation] for who in (unit, reporter) if (who, obligation) in extensions]
    own = max(granted, default=None)
    if own is None or (general.at is not None and own <= general.at):
        return general
    explained = f"{times.moment_zh(own, year=True)}前（准予延期；原时限：{general.explained}）"
    return DueMoment(own, explained, before=general.explained)


def _either(facts: Mapping[tuple[str, str], T], unit: str, reporter: str, obligation: str) -> T | None:
    own = facts.get((unit, obligation))
    return own if own is not None else facts.get((reporter, obligation))


def _standing(
    obligation: Obligation,
    unit: Unit,
    reporter: str,
    *,
    due: DueMoment,
    history: Sequence[Version],
    waiver: str | None,
    held: bool,
) -> Standing:
    closes = _closing(obligation, due, history)
    spoken = [v for v in history if _speaks_for(v, unit, obligation)]
    mine = [v for v in spoken if _in_time_to_count(v, closes)]
    too_late = _too_late(spoken, mine)
    held = held or too_late is not None
    counts = _counting(mine)
    if counts is None:
        return Standing(
            unit.code,
            obligation.id,
            reporter,
            due,
            State.WAIVED if waiver is not None else State.MISSING,
            held=held,
            reason=waiver or "",
            too_late=too_late,
        )
    first = next((v for v in mine if _is_a_report(v)), None)
    state = State.NIL if counts.nil and counts.verdict is State.ACCEPTED else counts.verdict
    if state not in REPORTED and waiver is not None:
        state = State.WAIVED
    on_time = _timeliness(first, due)
    return Standing(
        unit=unit.code,
        obligation=obligation.id,
        reporter=reporter,
        due=due,
        state=state,
        timeliness=on_time,
        received_at=(first or counts).received_at,
        version=counts.number,
        submission=counts.id,
        findings=counts.codes,
        values=(counts.rows or {}).get(unit.code, {}),
        late_fix=on_time is Timeliness.ON_TIME and _timeliness(counts, due) is Timeliness.LATE,
        held=held,
        reason=waiver or "",
        too_late=too_late,
        correct_by=counts.correct_by if state is State.RETURNED else None,
    )


def _closing(obligation: Obligation, due: DueMoment, history: Iterable[Version]) -> datetime | None:
    """After which moment nothing counts any more: never before any date the unit itself was given."""
    if obligation.closes is None:
        return None
    given = (due.at, *(v.correct_by for v in history))
    return max((times.utc(obligation.closes), *(moment for moment in given if moment is not None)))


def _in_time_to_count(version: Version, closes: datetime | None) -> bool:
    """Whether it came before the obligation closed, or a person accepted it all the same."""
    accepted = version.ruled and version.verdict is State.ACCEPTED
    return closes is None or version.received_at <= closes or accepted


def _too_late(spoken: Sequence[Version], counted: Sequence[Version]) -> int | None:
    """The last version after the closing and after the last a person ruled on; a sound one first."""
    open_ones = list(takewhile(lambda v: not v.ruled, reversed(spoken)))
    late = [v for v in open_ones if v not in counted]
    sound = [v for v in late if v.verdict is not State.RETURNED]
    return next((v.id for v in (*sound, *late)), None)


def _is_a_report(version: Version) -> bool:
    """Whether anything was reported by it: the rules found so, or a person accepted it all the same."""
    return version.verdict is State.ACCEPTED or not NOT_A_REPORT.intersection(version.codes)


def _speaks_for(version: Version, unit: Unit, obligation: Obligation) -> bool:
    """Whether a version says anything about this unit: a town's form may leave a village's row empty."""
    if obligation.deliverable == "narrative" or version.nil or version.rows is None:
        return True
    row = version.rows.get(unit.code)
    if row is None:
        return not version.rows  # a form no row could be read from still answers for whoever sent it
    if any(value is not None for value in row.values()) or version.verdict is not State.ACCEPTED:
        return True
    # A person who accepts figures nobody can read accepts its sender's report, not the rows left empty.
    return version.ruled and unit.code == version.reporter


def _counting(history: Sequence[Version]) -> Version | None:
    """The version that counts: the latest accepted one that stands, else the latest."""
    accepted = [v for n, v in enumerate(history) if v.verdict is State.ACCEPTED and _stands(v, history[n:])]
    candidates = accepted or list(history)
    return candidates[-1] if candidates else None


def _stands(version: Version, since: Iterable[Version]) -> bool:
    """Whether no person has returned the report in a later version.

    Who sends back a unit's latest figures does not mean its older ones: they come back only when a person
    says so afterwards.
    """
    return not any(v.ruled and v.verdict is State.RETURNED and v.turn > version.turn for v in since)


def _timeliness(version: Version | None, due: DueMoment) -> Timeliness | None:
    if version is None or due.at is None:
        return None
    return Timeliness.ON_TIME if version.received_at <= due.at else Timeliness.LATE


def tally(campaign: Campaign, standings: Iterable[Standing], *, office_close: time) -> tuple[Tally, ...]:
    """Each obligation's expected, received and on-time counts; waived units are not expected.

    One that is announced later, or an occurrence whose turn has not come, is not counted at all.
    """
    known = list(standings)
    begun = {s.obligation for s in known} | {o.id for o in campaign.obligations if o.since is None}
    by_obligation: dict[str, list[Standing]] = {o.id: [] for o in campaign.obligations}
    for standing in known:
        if standing.state is not State.WAIVED:
            by_obligation[standing.obligation].append(standing)
    return tuple(
        Tally(
            obligation=o.id,
            due=general_due(o, office_close=office_close),
            expected=len(by_obligation[o.id]),
            received=sum(s.state in REPORTED for s in by_obligation[o.id]),
            on_time=sum(
                s.state in REPORTED and s.timeliness is Timeliness.ON_TIME for s in by_obligation[o.id]
            ),
        )
        for o in campaign.obligations
        if o.id in begun
    )
