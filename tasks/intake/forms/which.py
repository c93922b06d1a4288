"""Which of several forms a paper is: what names it, then whose it is, never the first that fits. Pure.

Two forms of one campaign often ask for the same figures: a report in mid-campaign and one at its end.
The figures of the one taken for the other's are wrong in the superior's table, and nobody is told.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tasks.intake.forms.grid import Grid
from tasks.intake.forms.layout import Layout
from tasks.intake.forms.units import title_texts
from tasks.terms.campaign import Campaign
from tasks.terms.obligation import Obligation
from tasks.terms.text import fold

_KIND = re.compile(r"(?:完成|进展|进度|工作)?(?:情况)?(?:统计|汇总|登记|填报|报|月报|明细)?表$")
_NO_NAME = re.compile(r"\W")
_LEAST = 2
"""Characters of a title, without the kind of table it is, by which it can be told from others."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A form obligation, the sheet that answers it best, and the other sheets that hold the same form."""

    obligation: Obligation
    grid: Grid
    layout: Layout
    others: list[Layout]

    @property
    def found(self) -> int:
        """How many of its fields the sheet asks for."""
        return self.layout.found

    @property
    def whole(self) -> bool:
        """Whether the sheet asks for every figure the obligation must have."""
        required = {f.id for f in self.obligation.fields if f.required}
        return bool(required) and required <= self.layout.places.keys()


def answered(
    fits: Sequence[Fit], campaign: Campaign, around: Sequence[str], owed: Iterable[str]
) -> Fit | None:
    """The one obligation a paper answers; None where that is not certain.

    What names it goes before what fits: a unit's own form for the one may have columns the other asks for.

    Args:
        fits: what it may answer, at most one of a series.
        campaign: its own names say nothing about which of its forms a paper is.
        around: what names it from outside: its file name, the subject of its mail.
        owed: the obligations its unit has to report; who owes only one of them means that one.
    """
    most = max(fit.found for fit in fits)
    able = [fit for fit in fits if fit.found == most or fit.whole]
    calls = _calls_of(able, campaign)
    left = able
    for level in (None, *around):
        said = {fit.obligation.id for fit in able if _named(fit, calls, level)}
        left = [fit for fit in left if not said or fit.obligation.id in said]
    left = [fit for fit in left if fit.found == max(each.found for each in left)]
    if len(left) > 1:
        mine = set(owed)
        left = [fit for fit in left if fit.obligation.id in mine]
    return left[0] if len(left) == 1 else None


def is_plainly(fit: Fit, fits: Sequence[Fit], campaign: Campaign) -> bool:
    """Whether the sheet itself bears the obligation's name."""
    return _named(fit, _calls_of(fits, campaign), None)


def _named(fit: Fit, calls: Mapping[str, Sequence[str]], around: str | None) -> bool:
    """Whether a text names this obligation, and none by a longer name that only contains it."""
    texts = _inside(fit) if around is None else [around]
    return any(fit.obligation.id in _said(_bare(text), calls) for text in texts)


def _inside(fit: Fit) -> list[str]:
    return [fit.grid.sheet.name, *title_texts(fit.grid, fit.layout)]


def _said(text: str, calls: Mapping[str, Sequence[str]]) -> set[str]:
    found = {
        name: max(said, key=len) for name, own in calls.items() if (said := [c for c in own if c in text])
    }
    return {name for name, call in found.items() if not any(call != c and call in c for c in found.values())}


def _calls_of(fits: Sequence[Fit], campaign: Campaign) -> dict[str, list[str]]:
    return {each.obligation.id: _calls(each.obligation, campaign) for each in fits}


def _calls(obligation: Obligation, campaign: Campaign) -> list[str]:
    """Its title, and that without the kind of table where the rest tells it apart."""
    title = _bare(obligation.title.partition("（")[0])
    stem = _KIND.sub("", title)
    work = [campaign.title, campaign.notice.title, *(w.title for w in campaign.windows)]
    apart = len(stem) >= _LEAST and not any(stem in _bare(name) for name in work)
    return [title, stem] if apart else [title]


def _bare(text: str) -> str:
    return _NO_NAME.sub("", fold(text))
