"""The office in a rehearsal: its clerk settles the queue and grants an extension, its leader signs."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flows.acts import signed
from flows.rehearsal.cast import Part
from flows.rehearsal.mailbag import Delivered
from flows.rehearsal.turns import first_dated
from tasks.desk import open_desk
from tasks.intake.assign import Assignment, assign
from tasks.intake.settle import rules_of
from tasks.roster.duty import reporters
from tasks.settings import Home
from tasks.status.acts import extend, waive
from tasks.status.view import look
from tasks.terms import times
from tasks.terms.errors import BaosongError

WHO = "演练经办人"


def settle_queue(home: Home, campaign: str, now: datetime) -> int:
    """Assign what has one candidate, after a telephone call; what has none or several stays."""
    desk = open_desk(campaign, now, home)
    done = 0
    for item in look(desk).queue:
        if len(item.candidates) == 1:
            given = Assignment(item.id, item.candidates[0], WHO, "电话核实，确系该单位报送")
            with suppress(BaosongError):  # what one word does not settle stays in the queue
                done += assign(desk, rules_of(desk), given)
    return done


def grant(home: Home, campaign: str, parts: Mapping[str, Part], due: datetime, now: datetime) -> None:
    """The day before the due day: one late unit has asked for more time, one silent unit no longer exists."""
    desk = open_desk(campaign, now, home)
    obligation = first_dated(desk).id
    owing = reporters(desk.campaign, desk.roster, times.local(due).date())
    there = {code: part for code, part in parts.items() if obligation in owing.get(code, ())}
    late = [code for code, part in there.items() if part is Part.LATE]
    silent = [code for code, part in there.items() if part is Part.NEVER]
    if len(late) > 1:
        until = times.end_of(times.local(due).date() + timedelta(days=3))
        extend(desk, late[-1], obligation, until, who=WHO, why="经办人休假，来电申请延期")
    if len(silent) > 1:
        waive(desk, silent[-1], obligation, who=WHO, why="机构正在注销，经科室负责人同意免报")


CODE = re.compile(r"审签码：([A-Z0-9]{4,20})")


@dataclass
class Leader:
    """Who signs: the first request soon, later ones only when told that the time has passed."""

    name: str
    address: str
    signed: int = 0
    code: str = ""
    requests: list[str] = field(default_factory=list)

    def read(self, letters: Iterable[Delivered]) -> None:
        """Take note of what came."""
        for letter in letters:
            if letter.recipient != self.address.lower():
                continue
            if letter.kind == "sign_off" and (found := CODE.search(letter.text)):
                self.requests.append(found[1])
                self.code = "" if self.signed else found[1]
            elif letter.kind == "sign_note" and self.requests:
                self.code = self.requests[-1]

    def act(self, home: Home, campaign: str, now: datetime) -> None:
        """Sign what is to be signed."""
        if self.code:
            signed(open_desk(campaign, now, home), self.name, self.code, None)
            self.signed += 1
            self.code = ""
