"""The play: a campaign from its first letter to its last package, hour by hour on a virtual clock."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from flows import engine
from flows.rehearsal.cast import Part, cast
from flows.rehearsal.clerk import Leader, grant, settle_queue
from flows.rehearsal.mailbag import Postbox, Register, Sender
from flows.rehearsal.staging import ask_for_signature, reopened, share_clerk
from flows.rehearsal.troupe import Report, Troupe, by_exchange, by_mail
from flows.rehearsal.turns import first_dated, turns
from tasks.chase.ladder import START
from tasks.chase.turn import turn
from tasks.desk import Desk, open_desk
from tasks.intake.sources import REHEARSED_INBOX
from tasks.notice.calendar import NoTable
from tasks.notice.deadline import due_moment
from tasks.package.schedule import moments
from tasks.roster.duty import reporters
from tasks.settings import CAPTURE, Home
from tasks.terms import times
from tasks.terms.campaign import Campaign

EVENING_CHECK = time(17, 30)
SOON, TOO_LATE, NEXT_DAY = timedelta(minutes=90), timedelta(hours=4), timedelta(hours=16)
"""After a package was built: its leader has signed, or has let the time pass."""
VERBS_ZH = {"check": "收件核对", "chase": "催报", "compile": "汇总呈报"}


@dataclass(frozen=True, slots=True)
class Run:
    """One scheduled run of a flow."""

    at: datetime
    verb: str


@dataclass(frozen=True, slots=True)
class Scene:
    """What one run came to, for whoever watches."""

    run: Run
    result: dict[str, Any]

    def line(self) -> str:
        """One line of progress."""
        told = [
            f"{times.moment_zh(self.run.at)} {VERBS_ZH[self.run.verb]}",
            f"已报 {self.result['reported']}",
        ]
        if self.result.get("taken"):
            told.append(f"收件 {self.result['taken']}")
        sent = self.result.get("letters", {}).get("sent", 0) + self.result.get("answers", {}).get("sent", 0)
        if sent:
            told.append(f"发信 {sent}")
        if self.result.get("queue"):
            told.append(f"待确认 {self.result['queue']}")
        package = self.result.get("package") or {}
        if package.get("new"):
            told.append(f"编成第 {package['number']} 号汇总件")
        why = self.result.get("dispatch", {}).get("why", {})
        told += [f"第 {number} 号暂缓呈报：{reason}" for number, reason in why.items()]
        return "，".join(told)


class Play:
    """One rehearsal in its own home folder; the Prefect server must be up."""

    def __init__(self, home: Home, campaign: str, seed: int) -> None:
        self._home = home
        desk = open_desk(campaign, times.parse("2000-01-01"), home)
        self.added = [ask_for_signature(home, campaign, desk)]
        desk = reopened(desk, home)
        self.campaign = desk.campaign
        self.runs = list(timetable(desk))
        self.first, self.last = self.runs[0].at, self.runs[-1].at
        day = times.local(self.first).date()
        self.due = main_due(desk)
        self.parts = cast(list(reporters(self.campaign, desk.roster, day)), seed)
        self.added.append(share_clerk(home, desk, self.parts))
        desk = reopened(desk, home)
        rule = self.campaign.package
        self._leader = Leader(rule.signer, rule.signer_address or "")
        self._postbox = Postbox(home.captured)
        self._troupe = Troupe(
            desk.roster, self.campaign, turns(self.campaign, desk.office.closes_at), self.parts,
            _report(home, self.campaign), seed=seed,
        )  # fmt: skip
        if not any(rung.template == START for rung in self.campaign.ladder):
            self._troupe.know_of_it()

    def scenes(self) -> Iterator[Scene]:
        """Perform every run in its turn."""
        granted, arrived = False, 0
        for run in self.runs:
            arrived += self._troupe.act(run.at)
            if run.verb == "check" and not arrived:
                continue  # an evening on which nothing came: the real one costs a second and says nothing
            settle_queue(self._home, self.campaign.id, run.at - timedelta(minutes=5))
            if not granted and run.at >= self.due - timedelta(days=1):
                grant(self._home, self.campaign.id, self.parts, self.due, run.at)
                granted = True
            self._leader.act(self._home, self.campaign.id, run.at - timedelta(minutes=1))
            result = engine.load(run.verb)(campaign=self.campaign.id, as_of=run.at)
            letters = list(self._postbox.fresh())
            self._troupe.read(letters, run.at)
            self._leader.read(letters)
            yield Scene(run, result)
            arrived = 0

    def played(self, part: Part) -> int:
        """How many units play this part."""
        return sum(each is part for each in self.parts.values())


def main_due(desk: Desk) -> datetime:
    """The due moment the campaign turns on."""
    due = due_moment(first_dated(desk).due, office_close=desk.office.closes_at).at
    assert due is not None  # a dated obligation's
    return due


def first_day(desk: Desk) -> date:
    """The day of the first rung that speaks, on a day of its own or counted back from what falls due."""
    dues = [turn.due for turn in turns(desk.campaign, desk.office.closes_at)]
    return min([times.local(main_due(desk)).date(), *_spoken_on(desk, dues)])


def _spoken_on(desk: Desk, dues: Sequence[datetime]) -> Iterator[date]:
    for rung in desk.campaign.ladder:
        if rung.on:
            yield rung.on
        elif rung.hours_before is not None:
            yield from (times.local(due - timedelta(hours=rung.hours_before)).date() for due in dues)
        elif rung.working_days is not None:
            for due in dues:
                with suppress(NoTable):  # a year without its table has no such rung yet
                    yield desk.calendar.shift(times.local(due).date(), rung.working_days)


def timetable(desk: Desk) -> Iterator[Run]:
    """Every run from the first letter to the last package, in order; days nobody works are left out."""
    campaign = desk.campaign
    packed = moments(campaign)
    signed = _signing(packed) if campaign.package.sign_off else []
    runs = [Run(moment, "compile") for moment in [*packed, *signed]]
    for day in times.days_between(first_day(desk), times.local(packed[-1]).date()):
        if desk.calendar.is_working_day(day):
            runs += [Run(times.utc(times.at(day, hour)), "chase") for hour in _hours(desk, day)]
            runs.append(Run(times.utc(times.at(day, EVENING_CHECK)), "check"))
    last = max([*packed, *signed])
    return iter(sorted((r for r in runs if r.at <= last), key=lambda r: r.at))


def _signing(packed: Sequence[datetime]) -> list[datetime]:
    """When it is looked whether the leader has signed: soon, and for the last package until the next day."""
    return [moment + SOON for moment in packed] + [packed[-1] + later for later in (TOO_LATE, NEXT_DAY)]


def _hours(desk: Desk, day: date) -> list[time]:
    """The hours of chasing on a day: the morning's, and any rung's that falls on this very day."""
    hours = {min((r.at for r in desk.campaign.ladder), default=time(9))}
    for due in (each.due for each in turns(desk.campaign, desk.office.closes_at)):
        for rung in desk.campaign.ladder:
            moment = times.local(turn(rung, due, desk.calendar, desk.office.hours_on))
            if moment.date() == day:
                hours.add(moment.time())
    return sorted(hours)


def _report(home: Home, campaign: Campaign) -> Report:
    exchange = next((s for s in campaign.sources if s.kind == "exchange"), None)
    if exchange is not None:
        return by_exchange(Register(home.root / (exchange.path or "")))
    inbox = next((s.path for s in campaign.sources if s.kind == "maildir"), None)
    return by_mail(Sender(home.root / (inbox or REHEARSED_INBOX), CAPTURE.address))
