"""A workbook kept all year, a sheet for each month: which sheet the report is, of a recurring form. Pure.

The months are not added up, and none of them is taken for another: what names its time only counts for that.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

from tasks.intake.words.occurrence import Occurrence, head_of, meant, occurrences
from tasks.notice.unfold import is_once
from tasks.terms.campaign import Campaign
from tasks.terms.readings import Content, Sheet


def of_its_time(campaign: Campaign, content: Content, filename: str) -> Content:
    """The workbook without the sheets of other times, where its name states one and one sheet is of it."""
    for series in _recurring_forms(campaign):
        everything, told = _all(series), meant(series, filename)
        times = [_time(series, sheet) for sheet in content.sheets]
        if len(told) == 1 and times.count(told) == 1:
            kept = [s for s, time in zip(content.sheets, times, strict=True) if time in (told, everything)]
            return replace(content, sheets=tuple(kept))
    return content


def of_several_times(campaign: Campaign, obligation: str, content: Content) -> bool:
    """Whether sheets of a workbook are of different times of the series an obligation belongs to."""
    if is_once(campaign.obligation(obligation)):
        return False
    series = occurrences(campaign, obligation)
    times = {_time(series, sheet) for sheet in content.sheets if sheet.visible and sheet.rows}
    return len(times - {_all(series)}) > 1


def _recurring_forms(campaign: Campaign) -> list[list[Occurrence]]:
    forms = [o for o in campaign.obligations if o.deliverable == "form" and not is_once(o)]
    return [
        occurrences(campaign, next(o.id for o in forms if o.series == s))
        for s in dict.fromkeys(o.series for o in forms)
    ]


def _all(series: Sequence[Occurrence]) -> frozenset[str]:
    return frozenset(each.id for each in series)


def _time(series: Sequence[Occurrence], sheet: Sheet) -> frozenset[str]:
    """The occurrences a sheet's name and titles can mean: none for a month outside the series."""
    said = [meant(series, text) for text in (sheet.name, *head_of(sheet.rows, ""))]
    return reduce(frozenset.intersection, said, _all(series))
