"""Who reports, and of which time: what 全区, 我镇, 今年以来 mean in the mouth of this unit."""

import re
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from tasks.intake.forms.units import Who
from tasks.intake.words.subject import campaign_years
from tasks.terms.campaign import Campaign
from tasks.terms.units import Roster


class Whose(IntEnum):
    """Whose a figure is, seen from the reporting unit."""

    OWN = 0
    PART = 1
    OTHER = 2


_LARGE = "区县市省州国盟旗"
_TOWN = ("镇", "乡", "街道")
_FOUNDED = re.compile(r"去年|上年|前年|往年|成立|设立|组建|建[站所馆院校会]|建成|挂牌|开[馆园]|上任|任职")
_SCHOOL = "校"
_OWN_WORDS = re.compile(r"^(?:单位|院|站|所|局|中心|公司|会|协会|园区|机构|校|委|办|队)$")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who reports, and of which time, as far as it decides what words mean.

    Attributes:
        code, who: the unit and the roster's names; None where no roster is at hand.
        issuer: who asks for the report: what it calls its own district is not this unit's.
        months: months that hold a whole window of the campaign; windows: its windows, first and last day.
        since_january: the campaign runs since the beginning of the year.
        title: what the campaign and its windows are called.
    """

    name: str = ""
    code: str | None = None
    who: Who | None = None
    issuer: str = ""
    years: frozenset[int] = frozenset()
    months: frozenset[int] = frozenset()
    since_january: bool = False
    windows: tuple[tuple[date, date], ...] = ()
    title: str = ""

    @classmethod
    def of(cls, roster: Roster, unit: str | None, campaign: Campaign) -> "Speaker":
        """The unit a narrative is from."""
        name = " ".join((roster[unit].name, *roster[unit].aliases)) if unit in roster and unit else ""
        one_month = {w.start.month for w in campaign.windows if w.start.month == w.end.month}
        return cls(
            name,
            unit,
            Who(roster),
            campaign.notice.issuer,
            campaign_years(campaign),
            frozenset(one_month),
            any(w.start.month == 1 for w in campaign.windows),
            tuple((w.start, w.end) for w in campaign.windows),
            "".join((campaign.title, campaign.notice.title, *(w.title for w in campaign.windows))),
        )

    def is_own_months(self, first: int, last: int) -> bool:
        """Whether 1至9月 is what the report is about."""
        return any((start.month, end.month) == (first, last) for start, end in self.windows)

    def is_own_since(self, what: str) -> bool:
        """Whether what was done since then is what the report is about: since 2020, since 建站 it is not."""
        years = {int(year) for year in re.findall(r"20[0-9]{2}", what)}
        if _FOUNDED.search(what) or (self.years and years - self.years):
            return False
        if "年初" in what:
            return self.since_january
        month = re.search(r"(?<![0-9])(1?[0-9])月", what)
        return not month or not self.windows or any(a.month <= int(month[1]) for a, _ in self.windows)

    def is_own_until(self, month: int) -> bool:
        """Whether what was done up to the end of a month is what the report is about."""
        if self.months:
            return month in self.months
        return any(a.month <= month <= b.month or a.year < b.year for a, b in self.windows)

    def is_own_stretch(self, first: tuple[int, int], last: tuple[int, int]) -> bool:
        """Whether days from one month and day to another touch any window of the campaign."""
        spans = [((start.month, start.day), (end.month, end.day)) for start, end in self.windows]
        return not spans or first > last or any(a <= last and first <= b for a, b in spans if a <= b)

    def of_level(self, level: str, unit: str) -> Whose:
        """Whose 全区, 我镇, 本村 is."""
        if _OWN_WORDS.match(unit) and (level != "全" or self._is_called(unit) or not self.name):
            return Whose.OWN
        if unit in _LARGE:
            places = re.findall(rf"[\u4e00-\u9fff]{{1,10}}?{unit}", self.name)
            return Whose.OWN if places and places[0] not in self.issuer else Whose.OTHER
        if unit in _TOWN or unit == "园区":
            small = not self.name or any(t in self.name for t in (*_TOWN, "园区"))
            mine = not self.name or unit in self.name
            return Whose.OWN if mine else Whose.OTHER if small else Whose.PART
        if unit in {"镇街", "乡镇"}:
            return Whose.OTHER
        return Whose.OWN if self.name and unit in self.name else Whose.PART

    def _is_called(self, unit: str) -> bool:
        """Whether the unit's name says it is one: 实验小学 is a 校."""
        return unit in self.name or (unit == _SCHOOL and "学" in self.name)

    def of_unit(self, codes: list[str]) -> Whose:
        """Whose a unit of the roster is."""
        if self.who is None or self.code is None:
            return Whose.OTHER
        if self.code in codes:
            return Whose.OWN
        return Whose.PART if any(self.who.under(c, self.code) for c in codes) else Whose.OTHER
