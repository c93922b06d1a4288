"""Which extensions are still to be answered: a pure rule over where everyone stands and what was granted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from tasks.chase.grace import more_time
from tasks.chase.ladder import OWED
from tasks.ledger.acts import Act
from tasks.terms.standings import Standing


@dataclass(frozen=True, slots=True)
class Grant:
    """More time for one reporter and one obligation.

    Attributes:
        units: whose time it is: the reporter, or units it reports for.
        before: the general due moment, explained.
    """

    reporter: str
    obligation: str
    until: datetime
    units: tuple[str, ...]
    before: str
    why: str

    @property
    def occasion(self) -> str:
        """What makes the answer unique: one for each moment granted."""
        return more_time(self.obligation, self.until)


def grants_due(
    standings: Iterable[Standing],
    decided: Iterable[Act],
    already: Mapping[tuple[str, str], datetime],
    as_of: datetime,
) -> list[Grant]:
    """Extensions nobody was told of yet, as far as they still help: not over, and something still owed."""
    reasons = {(a.unit, a.obligation): a.why for a in decided if a.kind == "extend"}
    groups: dict[tuple[str, str, datetime], list[Standing]] = {}
    for each in standings:
        if each.due.before and each.due.at is not None and each.due.at > as_of and each.state in OWED:
            groups.setdefault((each.reporter, each.obligation, each.due.at), []).append(each)
    found = [_grant(key, group, reasons) for key, group in groups.items()]
    return [grant for grant in found if (grant.reporter, grant.occasion) not in already]


def _grant(
    key: tuple[str, str, datetime], group: list[Standing], reasons: Mapping[tuple[str, str], str]
) -> Grant:
    reporter, obligation, until = key
    units = tuple(s.unit for s in group)
    why = next((reasons[u, obligation] for u in (*units, reporter) if (u, obligation) in reasons), "")
    return Grant(reporter, obligation, until, units, group[0].due.before, why)
