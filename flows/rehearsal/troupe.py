"""The units of a rehearsal, acting: each reads its post and reports as its part has it."""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count

from flows.rehearsal import papers
from flows.rehearsal.cast import Part
from flows.rehearsal.mailbag import Delivered, File, Outgoing, Register, Sender
from flows.rehearsal.turns import Turn
from tasks.documents.fillin import write_form
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
    reminders: Counter[int] = field(default_factory=Counter)
    """How often it was reminded, by turn."""
    sent: list[int] = field(default_factory=list)
    """The turns it has reported on, the last one last."""
    corrected: set[int] = field(default_factory=set)


class Troupe:
    """All units. ``act`` performs what is due by a moment, ``read`` lets them read a letter."""

    def __init__(
        self,
        roster: Roster,
        campaign: Campaign,
        turns: Sequence[Turn],
        parts: dict[str, Part],
        report: Report,
        *,
        seed: int,
    ) -> None:
        self._campaign = campaign
        self._roster = roster
        self._turns = turns
        self._report = report
        self._chooser = random.Random(seed)  # noqa: S311  a play, not a secret
        self._order = count()
        self._diary: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self.players = {code: Player(roster[code], part) for code, part in parts.items()}

    def know_of_it(self) -> None:
        """The units have the notice itself: where no letter of ours begins the campaign, that does."""
        for player in self.players.values():
            self._begin(player)

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
            self._begin(player)
        elif letter.kind in {"reminder", "overdue", "daily"}:
            self._reminded(player, now)
        elif letter.kind == "return" and player.sent and player.sent[-1] not in player.corrected:
            number = player.sent[-1]
            player.corrected.add(number)
            hours = self._chooser.randint(3, 26)
            self._at(now + timedelta(hours=hours), lambda at: self._send(player, number, at))

    def _begin(self, player: Player) -> None:
        for number in range(len(self._turns)):
            self._plan(player, number)

    def _plan(self, player: Player, number: int) -> None:
        due = self._turns[number].due
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
        moment = self._hour(due + timedelta(days=self._chooser.randint(*days)))
        if player.part is Part.WRONG:
            flaw = self._chooser.choice(papers.FLAWS)
            self._at(moment, lambda at: self._send(player, number, at, flaw=flaw))
        elif player.part is Part.TWICE:
            self._at(moment, lambda at: self._send_twice(player, number, at))
        else:
            self._at(moment, lambda at: self._send(player, number, at))

    def _reminded(self, player: Player, now: datetime) -> None:
        """A unit that forgets comes to itself at the second reminder of the turn it has not reported on."""
        number = next((n for n in range(len(self._turns)) if n not in player.sent), None)
        if player.part is not Part.NUDGED or number is None:
            return
        player.reminders[number] += 1
        if player.reminders[number] == REMINDERS_IGNORED + 1:
            minutes = self._chooser.randint(20, 150)
            self._at(now + timedelta(minutes=minutes), lambda at: self._send(player, number, at))

    def _send(self, player: Player, number: int, at: datetime, *, flaw: str = "") -> None:
        player.sent.append(number)
        files = self._files(player, self._turns[number], flaw)
        if not files:
            return
        address = player.unit.address("preparer") or f"unknown-{player.unit.code}{PRIVATE}"
        if player.part is Part.OTHER_ADDRESS:
            address = f"u{player.unit.code.lower()}{PRIVATE}"
        self._report(player.unit, self._campaign.title, files, at, address)

    def _send_twice(self, player: Player, number: int, at: datetime) -> None:
        self._send(player, number, at)
        self._at(at + timedelta(minutes=50), lambda later: self._send(player, number, later))

        def correct(later: datetime) -> None:
            for obligation in self._turns[number].obligations:
                player.figures.pop(obligation.id, None)
            self._send(player, number, later)

        self._at(at + timedelta(hours=22), correct)

    def _files(self, player: Player, turn: Turn, flaw: str) -> tuple[File, ...]:
        """The narrative, where it is owed, and every form filled in."""
        day = times.local(turn.due).date()
        owed = turn.of(player.unit.code, self._campaign, self._roster)
        found: list[File] = []
        said: papers.Figures = {}
        for obligation in (o for o in owed if o.deliverable == "form"):
            rows = rows_for(obligation, player.unit.code, self._roster, day)
            figures = self._figures(player, obligation, rows)
            blank = self._blank(player, obligation, rows)
            data = papers.fill(blank, obligation, self._roster, figures, flaw)
            found.append((f"{player.unit.name}{obligation.title}.xlsx", data))
            said = said or figures
        texts = [
            (f"{player.unit.name}{each.title}.docx", self._summary(player, said))
            for each in owed
            if each.deliverable == "narrative"
        ]
        return (*texts, *found)

    def _summary(self, player: Player, said: papers.Figures) -> bytes:
        chooser = random.Random(player.unit.code)  # noqa: S311
        return papers.summary(self._campaign, player.unit, said or None, chooser)

    def _blank(self, player: Player, obligation: Obligation, rows: list[Unit]) -> bytes:
        """The form it was sent; of a later occurrence the same form, which it has kept, made anew."""
        kept = player.forms.get(obligation.id)
        return kept or write_form(self._campaign, obligation, player.unit, rows)

    def _figures(self, player: Player, obligation: Obligation, rows: list[Unit]) -> papers.Figures:
        if obligation.id not in player.figures:
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
