"""A ladder, a calendar with one holiday, and standings to try it on."""

from dataclasses import replace
from datetime import date, datetime, time

from tasks.chase.ladder import summonses
from tasks.notice.calendar import Calendar, YearTable
from tasks.terms import times
from tasks.terms.campaign import Rung
from tasks.terms.standings import DueMoment, Standing, State
from tests.status.factory import campaign, obligation

CALENDAR = Calendar(
    {2023: YearTable(frozenset({date(2023, 4, 5)}), frozenset({date(2023, 4, 23), date(2023, 5, 6)}))}
)


def office_hours(day: date):
    return ((time(9), time(12)), (time(14), time(18)))


SUMMARY, FIGURES, EXTRA = "summary", "figures", "extra"
DUE = "2023-04-04T23:59:59.999999"
"""A Tuesday; the next day is a holiday."""


def rung(
    id_: str,
    working_days: int | None = None,
    at: str = "09:00",
    *,
    template: str = "reminder",
    on: date | None = None,
    obligations: tuple[str, ...] = (),
    audience: tuple[str, ...] = ("preparer",),
    **more: object,
) -> Rung:
    return Rung(
        id=id_, title=id_, working_days=working_days, on=on, at=time.fromisoformat(at),
        audience=audience, template=template, obligations=obligations,
        **more,
    )  # fmt: skip


START = rung("start", template="start", on=date(2023, 3, 8))
FIVE_BEFORE, ONE_BEFORE = rung("t-5", -5), rung("t-1", -1)
TODAY, LAST_HOURS = rung("today", 0), rung("last-hours", 0, "15:00")
LATE, LATER = rung("late-1", 1, template="overdue"), rung("late-2", 2, template="overdue")
USUAL = (START, FIVE_BEFORE, ONE_BEFORE, TODAY, LAST_HOURS, LATE, LATER)
REMINDERS = USUAL[1:]


def of(*rungs: Rung):
    obligations = (obligation(), obligation(id=FIGURES), obligation(id=EXTRA, optional=True))
    return replace(campaign(*obligations), ladder=rungs)


def owes(
    what: str = SUMMARY,
    *,
    unit: str = "T1",
    reporter: str = "T1",
    due: str | datetime | None = DUE,
    state: State = State.MISSING,
    version: int | None = None,
    held: bool = False,
) -> Standing:
    moment = times.parse(due) if isinstance(due, str) else due
    return Standing(
        unit, what, reporter, DueMoment(moment, "时限说明"), state, version=version, held=held
    )  # fmt: skip


def due_at(moment: str, *standings: Standing, ladder=USUAL, already=None, any_hour=False):
    """The letters due at that moment."""
    return summonses(
        of(*ladder), CALENDAR, standings, times.parse(moment), hours_on=office_hours, already=already or {},
        any_hour=any_hour,
    )  # fmt: skip


def said(moment: str, *standings: Standing, ladder=REMINDERS, already=None, any_hour=False):
    """The rungs whose letters are due, by id; reminders only unless told."""
    found = due_at(moment, *standings, ladder=ladder, already=already, any_hour=any_hour)
    return [s.rung.id for s in found]


def sent(*letters, at: str, already=None):
    """What the outbox remembers once these letters have been queued."""
    return (already or {}) | {(each.reporter, each.occasion): times.parse(at) for each in letters}
