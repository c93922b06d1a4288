"""The units of a rehearsal, acting: each reads its post and reports as its part has it."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from typing import Any

from flows.rehearsal import papers
from flows.rehearsal.cast import Part
from flows.rehearsal.mailbag import Delivered, File, Outgoing, Register, Sender
from tasks.roster.duty import rows_for
from tasks.terms import times
from tasks.terms.campaign import Campaign
from tasks.terms.obligation import Obligation
from tasks.terms.units import Roster, Unit

REMINDERS_IGNORED = 1
"""A unit that forgets needs more reminders than this."""

PRIVATE = "@geren.example"
"""Where a unit's clerk has an address of his own, which nobody at the bureau knows."""

Report = Callable[[Unit, str, tuple[File, ...], datetime, str], None]


@dataclass
class Player:
    """One unit at work."""

    unit: Unit
    part: Part
    forms: dict[str, bytes] = field(default_factory=dict)
    figures: dict[str, papers.Figures] = field(default_factory=dict)
    reminders: int = 0
    corrected: bool = False


class Troupe:
    """All units. ``act`` performs what is due by a moment, ``read`` lets them read a letter."""

    def __init__(
        self,
        campaign: Campaign,
        roster: Roster,
        parts: dict[str, Part],
        due: datetime,
        report: Report,
        *,
        seed: int,
    ) -> None:
        self._campaign = campaign
        self._roster = roster
        self._due = due
        self._report = report
        self._chooser = random.Random(seed)  # noqa: S311  a play, not a secret
        self._order = count()
        self._diary: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self.players = {code: Player(roster[code], part) for code, part in parts.items()}

    def act(self, until: datetime) -> int:
        """Perform everything whose moment has come; returns how much that was."""
        done = 0
        while self._diary and self._diary[0][0] <= until:
            moment, _, action = heappop(self._diary)
            action(moment)
            done += 1
        return done

    def read(self, letters: Iterable[Delivered], now: datetime) -> None:
        """Let the units read what came for them."""
        for letter in letters:
            for unit in self._roster.by_address.get(letter.recipient, ()):
                if unit.code in self.players and letter.greets(unit.name):
                    self._read_one(self.players[unit.code], letter, now)

    def _read_one(self, player: Player, letter: Delivered, now: datetime) -> None:
        for obligation in self._forms():
            for name, data in letter.files:
                title = obligation.title.replace("“", "").replace("”", "")
                if title in name and player.unit.name in name:
                    player.forms.setdefault(obligation.id, data)
        if letter.kind == "start":
            self._plan(player)
        elif letter.kind in {"reminder", "overdue", "daily"}:
            self._reminded(player, now)
        elif letter.kind == "return" and not player.corrected:
            player.corrected = True
            self._at(now + timedelta(hours=self._chooser.randint(3, 26)), lambda at: self._send(player, at))

    def _plan(self, player: Player) -> None:
        days = {
            Part.EARLY: (-5, -3),
            Part.ON_TIME: (-2, -1),
            Part.WRONG: (-4, -3),
            Part.TWICE: (-3, -2),
            Part.OTHER_ADDRESS: (-2, -1),
            Part.LATE: (1, 3),
        }.get(player.part)
        if days is None:
            return
        moment = self._hour(self._due + timedelta(days=self._chooser.randint(*days)))
        if player.part is Part.WRONG:
            flaw = self._chooser.choice(papers.FLAWS)
            self._at(moment, lambda at: self._send(player, at, flaw=flaw))
        elif player.part is Part.TWICE:
            self._at(moment, lambda at: self._send_twice(player, at))
        else:
            self._at(moment, lambda at: self._send(player, at))

    def _reminded(self, player: Player, now: datetime) -> None:
        player.reminders += 1
        if player.part is Part.NUDGED and player.reminders == REMINDERS_IGNORED + 1:
            minutes = self._chooser.randint(20, 150)
            self._at(now + timedelta(minutes=minutes), lambda at: self._send(player, at))

    def _send(self, player: Player, at: datetime, *, flaw: str = "") -> None:
        files = self._files(player, flaw)
        address = player.unit.address("preparer") or f"unknown-{player.unit.code}{PRIVATE}"
        if player.part is Part.OTHER_ADDRESS:
            address = f"u{player.unit.code.lower()}{PRIVATE}"
        self._report(player.unit, self._campaign.title, files, at, address)

    def _send_twice(self, player: Player, at: datetime) -> None:
        self._send(player, at)
        self._at(at + timedelta(minutes=50), lambda later: self._send(player, later))

        def correct(later: datetime) -> None:
            player.figures.clear()
            self._send(player, later)

        self._at(at + timedelta(hours=22), correct)

    def _files(self, player: Player, flaw: str) -> tuple[File, ...]:
        """The narrative and, where the unit was sent a form, the form filled in."""
        found: list[File] = []
        said: dict[str, Any] = {}
        for obligation in self._forms():
            if obligation.id in player.forms:
                figures = dict(self._figures(player, obligation))
                data = papers.fill(player.forms[obligation.id], obligation, self._roster, figures, flaw)
                found.append((f"{player.unit.name}{obligation.title}.xlsx", data))
                said = said or figures
        narrative = papers.summary(
            self._campaign,
            player.unit,
            said or None,
            random.Random(player.unit.code),  # noqa: S311
        )
        return ((f"{player.unit.name}活动总结.docx", narrative), *found)

    def _figures(self, player: Player, obligation: Obligation) -> papers.Figures:
        if obligation.id not in player.figures:
            day = times.local(self._due).date()
            rows = rows_for(obligation, player.unit.code, self._roster, day)
            player.figures[obligation.id] = papers.figures(obligation, rows, self._chooser)
        return player.figures[obligation.id]

    def _forms(self) -> list[Obligation]:
        return [o for o in self._campaign.obligations if o.deliverable == "form"]

    def _hour(self, day: datetime) -> datetime:
        hour, minute, second = (self._chooser.randint(*span) for span in ((9, 17), (0, 59), (0, 59)))
        return times.local(day).replace(hour=hour, minute=minute, second=second, microsecond=0)

    def _at(self, moment: datetime, action: Callable[[datetime], None]) -> None:
        heappush(self._diary, (moment, next(self._order), action))


def by_mail(sender: Sender) -> Report:
    """Units that report by mail."""

    def report(unit: Unit, title: str, files: tuple[File, ...], at: datetime, address: str) -> None:
        text = f"附件为我单位{title}有关材料，请查收。\n\n{unit.name}"
        sender.send(Outgoing(address, unit.name, f"{unit.name}报送{title}材料", text, files, at))

    return report


def by_exchange(register: Register) -> Report:
    """Units that report through the document exchange."""

    def report(unit: Unit, title: str, files: tuple[File, ...], at: datetime, _address: str) -> None:
        register.file(unit.name, f"{unit.name}关于报送{title}总结的函", files, at)

    return report
