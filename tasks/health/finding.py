"""What one look at the machine, the office or a campaign came to."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much it matters."""

    OK = "ok"
    LOOK = "look"  # works today; a person should see to it
    FAULT = "fault"  # something will not work


LEVEL_ZH = {Level.OK: "正常", Level.LOOK: "请留意", Level.FAULT: "故障"}


@dataclass(frozen=True, slots=True)
class Found:
    """One result: ``what`` was looked at, and one Chinese sentence on how it is and what to do."""

    what: str
    level: Level
    text: str


def ok(what: str, text: str) -> Found:
    """All is well."""
    return Found(what, Level.OK, text)


def look(what: str, text: str) -> Found:
    """A person should see to it."""
    return Found(what, Level.LOOK, text)


def fault(what: str, text: str) -> Found:
    """Something will not work."""
    return Found(what, Level.FAULT, text)
