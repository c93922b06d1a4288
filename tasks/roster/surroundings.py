"""What a campaign file is held against, and what a contradiction is."""

from dataclasses import dataclass

from tasks.notice.calendar import Calendar
from tasks.settings import Office
from tasks.terms.campaign import Campaign
from tasks.terms.units import Roster

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """A contradiction, and the field of the campaign file where it stands."""

    place: Place
    text: str


@dataclass(frozen=True)
class Surroundings:
    """Everything a campaign file is held against.

    Attributes:
        campaign: as the file says it; places are counted in it.
        definite: the same with every day reckoned and every occurrence written out; None when a day cannot
            be reckoned.
    """

    campaign: Campaign
    definite: Campaign | None
    roster: Roster
    calendar: Calendar
    office: Office
    templates: frozenset[str]
