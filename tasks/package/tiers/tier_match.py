"""Which obligation and which figures of a package from below answer ours: a pure rule, and never a guess.

Two offices that each drew up a form may both call a figure ``item1``: only name and measure tell that they
mean the same. Of a recurring report only the occurrence of our own period answers.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from tasks.terms.campaign import Campaign
from tasks.terms.obligation import SEPARATOR, Field, Obligation
from tasks.terms.text import fold

Told = Mapping[str, Any]
"""An obligation or a figure as the package's summary tells of it."""


class Unfit(Exception):
    """The package cannot be taken as it is; the text says why, in Chinese."""


def answering(theirs: Sequence[Told], ours: Obligation, campaign: Campaign) -> Told | None:
    """The obligation of theirs that answers ours; None where it is an occurrence the package does not hold.

    Raises:
        Unfit: none answers for certain, or more than one might.
    """
    form = ours.deliverable == "form"
    alike = [o for o in theirs if _recurs(o) == ours.recurs and bool(o["sums"]) == form]
    fit = [o for o in alike if not form or all(_same(o, f) for f in ours.fields)]
    if ours.recurs and (fit or not form):
        return _occurrence(fit, ours, campaign)
    named = [o for o in fit if o["id"] == ours.id]
    if ours.recurs or len(named or fit) != 1:
        raise Unfit(_what_differs(alike, ours))
    return (named or fit)[0]


def field_of(theirs: Told, ours: Field) -> str:
    """What the package calls our figure."""
    return str(_same(theirs, ours)[0]["field"])


def _same(theirs: Told, ours: Field) -> list[Told]:
    """The one figure of theirs that is ours: same name and measure, and the id where several have them."""
    alike = [s for s in theirs["sums"] if _means(s, ours)]
    named = [s for s in alike if s["field"] == ours.id]
    return named or (alike if len(alike) == 1 else [])


def _means(told: Told, ours: Field) -> bool:
    names = {fold(name) for name in (ours.title, *ours.aliases)}
    return fold(told["title"]) in names and fold(told["unit"]) == fold(ours.unit)


def _what_differs(alike: Sequence[Told], ours: Obligation) -> str:
    for each in alike if len(alike) == 1 else [o for o in alike if o["id"] == ours.id]:
        for field in ours.fields:
            if not _same(each, field):
                return _differs(each, field)
    return f"看不出其中哪一项对应本级的“{ours.title}”（指标的名称和计量单位须一致）"


def _differs(theirs: Told, ours: Field) -> str:
    there = next((s for s in theirs["sums"] if s["field"] == ours.id), None)
    wanted = f"本级“{_named(ours.title, ours.unit)}”在其中没有名称和计量单位都相同的指标"
    return f"{wanted}（其中是“{_named(there['title'], there['unit'])}”）" if there else wanted


def _named(title: str, unit: str) -> str:
    return f"{title}（{unit}）" if unit else title


def _recurs(theirs: Told) -> bool:
    return SEPARATOR in theirs["id"]


def _occurrence(fit: Sequence[Told], ours: Obligation, campaign: Campaign) -> Told | None:
    """Theirs of our period: dated after our occurrence before this one, and not after this one."""
    series = {o["id"].partition(SEPARATOR)[0] for o in fit}
    if ours.series in series:
        fit = [o for o in fit if o["id"].partition(SEPARATOR)[0] == ours.series]
    elif len(series) > 1:
        raise Unfit(_what_differs((), ours))
    exact = [o for o in fit if _day(o["id"]) == _day(ours.id)]
    before = max((d for d in _days(campaign, ours) if d < _day(ours.id)), default=date.min)
    within = exact or [o for o in fit if before < _day(o["id"]) < _day(ours.id)]
    if len(within) > 1:
        raise Unfit(f"其中有几期都落在本级“{ours.title}”这一期内，看不出对应哪一期")
    return within[0] if within else None


def _days(campaign: Campaign, ours: Obligation) -> Iterator[date]:
    return (_day(o.id) for o in campaign.obligations if o.recurs and o.series == ours.series)


def _day(occurrence: str) -> date:
    return date.fromisoformat(occurrence.partition(SEPARATOR)[2])
