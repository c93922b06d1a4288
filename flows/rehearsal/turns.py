"""What a rehearsal's units report and when: one turn for every due moment of the campaign."""

from dataclasses import dataclass
from datetime import datetime, time

from tasks.desk import Desk
from tasks.notice.deadline import due_moment
from tasks.roster.duty import reporters
from tasks.terms import times
from tasks.terms.campaign import Campaign
from tasks.terms.errors import Misconfigured
from tasks.terms.obligation import Obligation
from tasks.terms.units import Roster

NOTHING_DATED = "专项中没有写明时限的必报事项，无法演练：请先在专项文件中为至少一项填写 due"


@dataclass(frozen=True, slots=True)
class Turn:
    """Obligations of one due moment; those without a date go with the first turn."""

    due: datetime
    obligations: tuple[Obligation, ...]

    def of(self, unit: str, campaign: Campaign, roster: Roster) -> list[Obligation]:
        """What that unit sends in on this turn."""
        owed = reporters(campaign, roster, times.local(self.due).date()).get(unit, ())
        return [o for o in self.obligations if o.id in owed]


def turns(campaign: Campaign, office_close: time) -> list[Turn]:
    """The turns in order of their due moments.

    Raises:
        Misconfigured: nothing is dated.
    """
    dated: dict[datetime, list[Obligation]] = {}
    undated = []
    for each in campaign.obligations:
        due = due_moment(each.due, office_close=office_close).at
        if due is None:
            undated.append(each)
        else:
            dated.setdefault(due, []).append(each)
    if not dated:
        raise Misconfigured(NOTHING_DATED)
    first, *later = sorted(dated)
    return [Turn(first, (*dated[first], *undated)), *(Turn(due, tuple(dated[due])) for due in later)]


def first_dated(desk: Desk) -> Obligation:
    """The obligation the campaign turns on: the first dated one that has to be met.

    Raises:
        Misconfigured: there is none.
    """
    owed = [o for o in desk.campaign.obligations if not o.optional and o.due != "unknown"]
    if not owed:
        raise Misconfigured(NOTHING_DATED)
    return owed[0]
