"""Years a campaign runs into whose holidays are not known here yet. Pure.

The State Council gives out the holidays of a year towards the end of the year before, mostly in November
(国办发明电〔2023〕7号 on 25 October 2023, 〔2024〕12号 on 12 November 2024). Until then nobody can know them.
"""

from dataclasses import dataclass
from datetime import date

from tasks.notice.calendar import Calendar
from tasks.terms import times
from tasks.terms.campaign import Campaign

FIRST_MONTH, LAST_MONTH = 11, 12
"""Of the year before: from when somebody should look for the notice, and by when it has come."""


@dataclass(frozen=True, slots=True)
class Awaited:
    """A year without a table."""

    year: int
    look: bool
    """Whether the notice may be out already."""
    overdue: bool
    """Whether it must be."""

    @property
    def text(self) -> str:
        """What is missing, what comes of it, what to do."""
        return (
            f"没有 {self.year} 年的放假调休表：要按该年工作日推算的时限和催报日还不知道，其间不按它催报；"
            f"请在国务院办公厅公布后（一般在前一年11月）补上 config/calendar/{self.year}.yaml"
        )


def awaited(campaign: Campaign, calendar: Calendar, today: date) -> tuple[Awaited, ...]:
    """The years from today's to that of the last package for which there is no table."""
    last = times.local(campaign.package.last).year
    return tuple(
        Awaited(
            year,
            look=today >= date(year - 1, FIRST_MONTH, 1),
            overdue=today >= date(year - 1, LAST_MONTH, 1),
        )
        for year in range(today.year, last + 1)
        if year not in calendar.years
    )
