"""Where each unit stands with each obligation at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    """The state of a report (contract)."""

    MISSING = "missing"
    RECEIVED = "received"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    NIL = "nil"
    WAIVED = "waived"


STATE_ZH = {
    State.MISSING: "未报",
    State.RECEIVED: "已收待核",
    State.RETURNED: "已退回",
    State.ACCEPTED: "已通过",
    State.NIL: "零报告",
    State.WAIVED: "免报",
}

REPORTED = frozenset({State.RECEIVED, State.ACCEPTED, State.NIL})
"""States that count as reported; a returned report is owed again, a waived one was never expected."""


class Timeliness(StrEnum):
    """Whether the report came in time (contract); None while nothing has come."""

    ON_TIME = "on_time"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class DueMoment:
    """A due moment and how it was computed.

    Attributes:
        at: last instant at which a report is on time (UTC); None while the date is unknown.
        explained: one Chinese line for mails, status and UI.
        before: where more time was granted, the general due moment as it was explained; else empty.
    """

    at: datetime | None
    explained: str
    before: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Standing:
    """One unit's standing with one obligation.

    Attributes:
        reporter: the unit that sends the report: itself, or the parent it reports through.
        submission: id of the version that counts, or None.
        late_fix: the report was on time, the version that now counts came after the due moment.
        held: something of this unit waits for a clerk: it is not chased meanwhile.
        too_late: id of the last version that came after the closing, on which nobody has ruled; a person
            says whether it counts.
        correct_by: the date of its own a person gave when sending the report back.
    """

    unit: str
    obligation: str
    reporter: str
    due: DueMoment
    state: State
    timeliness: Timeliness | None = None
    received_at: datetime | None = None
    version: int | None = None
    submission: int | None = None
    findings: tuple[str, ...] = ()
    values: Mapping[str, float | None] = field(default_factory=dict)
    late_fix: bool = False
    held: bool = False
    reason: str = ""
    too_late: int | None = None
    correct_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """One obligation counted over its units; waived units are not expected."""

    obligation: str
    due: DueMoment
    expected: int
    received: int
    on_time: int

    @property
    def reporting_rate(self) -> float | None:
        """Reported over expected, 0 to 1; None when nothing is expected."""
        return self.received / self.expected if self.expected else None

    @property
    def reporting_rate_on_time(self) -> float | None:
        """Reported in time over expected, 0 to 1; None when nothing is expected or no date is known."""
        return self.on_time / self.expected if self.expected and self.due.at else None
