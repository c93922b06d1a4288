"""Where what was granted, what the notice says and what came contradict each other. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import cached_property

from tasks.notice.deadline import due_for
from tasks.roster.duty import owing, reporter_of
from tasks.status.assess import Facts
from tasks.terms import times
from tasks.terms.campaign import Campaign
from tasks.terms.obligation import Obligation
from tasks.terms.standings import Standing, State
from tasks.terms.units import Roster, Unit
from tasks.terms.wording import quoted


def conflicts(
    campaign: Campaign, roster: Roster, facts: Facts, as_of: datetime, *, office_close: time
) -> tuple[str, ...]:
    """One Chinese sentence for each, in the order they were granted."""
    review = _Review(campaign, roster, facts, as_of, office_close)
    extended = (said for key in facts.extensions for said in review.of_extension(*key))
    waived = (said for key in facts.waivers for said in review.of_waiver(*key))
    return (*extended, *waived)


def doubts(
    campaign: Campaign,
    roster: Roster,
    facts: Facts,
    as_of: datetime,
    *,
    office_close: time,
    about: tuple[str, str],
) -> tuple[str, ...]:
    """The same, of one unit and obligation."""
    review = _Review(campaign, roster, facts, as_of, office_close)
    extended = review.of_extension(*about) if about in facts.extensions else ()
    waived = review.of_waiver(*about) if about in facts.waivers else ()
    return (*extended, *waived)


def after_closing(campaign: Campaign, roster: Roster, standings: Iterable[Standing]) -> tuple[str, ...]:
    """One Chinese sentence for each report that came after the closing and waits for a person."""
    waiting = dict.fromkeys((s.reporter, s.obligation) for s in standings if s.too_late is not None)
    return tuple(_shut_out(roster[who], campaign.obligation(what)) for who, what in waiting if who in roster)


def _shut_out(unit: Unit, obligation: Obligation) -> str:
    said = "有报件在截止接收以后才到，未计入：要计入的用“人工通过”，不计入的用“退回补正”"
    return f"{_named(unit, obligation)}{said}"


@dataclass(frozen=True)
class _Review:
    campaign: Campaign
    roster: Roster
    facts: Facts
    as_of: datetime
    office_close: time
    concerned: dict[str, set[str]] = field(default_factory=dict)

    def of_extension(self, code: str, obligation_id: str) -> Iterator[str]:
        idle = self._idle(code, obligation_id, "准予的延期")
        if idle:
            yield idle
            return
        unit, obligation = self.roster[code], self.campaign.obligation(obligation_id)
        until = self.facts.extensions[code, obligation_id]
        granted = f"{_named(unit, obligation)}准予延期至{times.moment_zh(until, year=True)}"
        general = due_for(obligation, tier=unit.tier, kind=unit.kind, office_close=self.office_close).at
        if general is not None and until <= general:
            yield f"{granted}，不晚于通知时限{times.moment_zh(general, year=True)}，按通知时限计"
        elif (code, obligation_id) not in self.reported:
            yield from self._too_long(granted, until)

    def _too_long(self, granted: str, until: datetime) -> Iterator[str]:
        superior, package = self.campaign.superior.due, times.utc(self.campaign.package.at)
        if superior != "unknown" and until > times.utc(superior):
            yield f"{granted}，晚于上级时限{times.moment_zh(superior, year=True)}"
        elif until > package:
            yield f"{granted}，晚于汇总呈报{times.moment_zh(package, year=True)}，届时到的只能编入补报件"

    @cached_property
    def reported(self) -> set[tuple[str, str]]:
        """Reporters and the obligations anything came for that was not sent back."""
        came = (v for v in self.facts.versions if v.verdict is not State.RETURNED)
        return {(v.reporter, v.obligation) for v in came}

    def of_waiver(self, code: str, obligation_id: str) -> Iterator[str]:
        idle = self._idle(code, obligation_id, "免报")
        if idle:
            yield idle
            return
        key, why = (code, obligation_id), self.facts.waivers[code, obligation_id]
        name = _named(self.roster[code], self.campaign.obligation(obligation_id))
        if key in self.facts.extensions:
            yield f"{name}既已免报（{why}），又准予延期，请核实以哪一项为准"
        if key in self.reported:
            yield f"{name}已免报（{why}），但收到了报件，按已报计"

    def _idle(self, code: str, obligation_id: str, what: str) -> str:
        """Why what was granted has nothing to act on; empty when it has."""
        if code not in self.roster:
            return f"名册中已没有代码为“{code}”的单位，{what}不起作用"
        unit = self.roster[code]
        obligation = {o.id: o for o in self.campaign.obligations}.get(obligation_id)
        if obligation is None:
            return f"{unit.name}的“{obligation_id}”已不在专项文件中，{what}不起作用"
        if not self._concerns(unit, obligation):
            return f"{unit.name}不承担{quoted(obligation.title)}，{what}不起作用"
        return ""

    def _concerns(self, unit: Unit, obligation: Obligation) -> bool:
        """Whether the unit owes it, or sends it in for another."""
        if obligation.id not in self.concerned:
            owed = owing(obligation, self.roster, times.local(self.as_of).date())
            codes = {code for u in owed for code in (u.code, reporter_of(u, obligation))}
            self.concerned[obligation.id] = codes
        return unit.code in self.concerned[obligation.id]


def _named(unit: Unit, obligation: Obligation) -> str:
    return f"{unit.name}{quoted(obligation.title)}"
