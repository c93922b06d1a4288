"""Who has not reported and what waits for a person, by name: for the board and for the terminal."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tasks.desk import Desk
from tasks.ledger.submissions import QueueItem
from tasks.status.report import still_owed
from tasks.terms.standings import Standing

ADDRESS = re.compile(r"(?<![\w.+-])([.+-]*\w)[\w.+-]*@(\w[\w-]*(?:\.[\w-]+)+)", re.ASCII)
NUMBER = re.compile(r"(?<!\d)(?:1\d{10}|0\d{2,3}[- ]?\d{7,8})(?!\d)")
"""A mobile and a fixed telephone number; senders write both into subjects and file names."""
LONGEST = 200
"""Characters of a subject or a file name that are shown; the original holds them all."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One item of the queue, in words that name no address and no telephone."""

    number: int
    file: str
    subject: str
    units: str
    why: str

    def line(self) -> str:
        """The item in one line, for a terminal."""
        subject = f"，主题“{self.subject}”" if self.subject else ""
        units = f"，可能是{self.units}" if self.units else ""
        return f"第 {self.number} 件：{self.file}{subject}{units}；{self.why}"


def owing(desk: Desk, standings: Sequence[Standing]) -> dict[str, list[str]]:
    """Names of those who have not reported everything yet, by title; what is optional is not owed."""
    found: dict[str, dict[str, None]] = {}
    for standing in still_owed(standings):
        obligation = desk.campaign.obligation(standing.obligation)
        if not obligation.optional:
            found.setdefault(obligation.title, {})[desk.roster[standing.reporter].name] = None
    return {title: list(names) for title, names in found.items()}


def waiting(desk: Desk, queue: Sequence[QueueItem]) -> Iterator[Waiting]:
    """The queue, item by item."""
    for item in queue:
        names = "、".join(desk.roster[c].name for c in item.candidates if c in desk.roster)
        file = masked(item.filename)[:LONGEST] or "（整封邮件）"
        yield Waiting(item.id, file, masked(item.subject)[:LONGEST], names, masked("；".join(item.reasons)))


def masked(text: str) -> str:
    """What a sender typed on one line, without addresses and telephone numbers."""
    return NUMBER.sub("***", ADDRESS.sub(r"\1***@\2", " ".join(text.split("\n"))))
