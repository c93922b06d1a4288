"""Which sheets of a workbook hold a form, and how well each fits an obligation. Pure."""

import re
from collections.abc import Callable, Sequence
from functools import cache, partial

from tasks.documents.form_code import FormCode
from tasks.intake.forms.grid import Grid
from tasks.intake.forms.layout import Layout
from tasks.intake.forms.money import stated_money
from tasks.intake.forms.pairs import read_pairs
from tasks.intake.forms.parts import read_parts
from tasks.intake.forms.several_sheets import summing_up
from tasks.intake.forms.table import read_table
from tasks.intake.forms.units import PAGED, title_texts, unit_names
from tasks.intake.forms.which import Fit
from tasks.intake.words.labels import Vocabulary, vocabulary
from tasks.intake.words.period import Period, period_of
from tasks.intake.words.subject import campaign_years, other_subject
from tasks.notice.unfold import is_once, series_of
from tasks.terms.campaign import Campaign
from tasks.terms.obligation import Field, Obligation
from tasks.terms.readings import Content
from tasks.terms.text import fold
from tasks.terms.units import Roster

_SKIPPED_SHEET = re.compile(r"示例|样例|样表|范例|填[报表]说明|^说明|计划表|^计划|^目标|任务分解|字典|选项")
_Laid = Callable[[tuple[Field, ...], bool, Period], list[tuple[Grid, Layout]]]
"""The sheets to be read for some fields, in a report that recurs or not, on a time."""


def fits_of(
    content: Content,
    campaign: Campaign,
    roster: Roster,
    codes: Sequence[FormCode],
    asked: str | None = None,
) -> list[Fit]:
    """What the sheets may answer, each with those that fit it best: one fit of each form, one of a series."""
    named = {c.obligation for c in codes if c.campaign == campaign.id}
    forms = [o for o in campaign.obligations if o.deliverable == "form"]
    forms = (
        [o for o in forms if asked in {o.id, series_of(o.id)}] or [o for o in forms if o.id in named] or forms
    )
    laid = _laid_out(content, campaign, roster)
    found: dict[str, Fit] = {}
    for obligation in forms:
        fit = _fit_of(obligation, laid, campaign, paged=content.format in PAGED)
        series = series_of(obligation.id)
        if fit and (series not in found or fit.found > found[series].found):
            found[series] = fit
    return list(found.values())


def _laid_out(content: Content, campaign: Campaign, roster: Roster) -> _Laid:
    """Lays the sheets out once for all the obligations that ask for the same, as those of a series do."""
    grids, years = _grids(content), campaign_years(campaign)

    @cache
    def laid(fields: tuple[Field, ...], recurs: bool, period: Period) -> list[tuple[Grid, Layout]]:
        words = partial(vocabulary, fields, years, recurs=recurs, period=period)
        found = [(grid, _layout(grid, words(money=stated_money(grid)), roster)) for grid in grids]
        sheets = [(grid, lay) for grid, lay in found if lay and lay.found + len(lay.lines)]
        return summing_up(_of_this_campaign(_of_own_month(sheets, period), campaign, roster))

    return laid


def _fit_of(obligation: Obligation, laid: _Laid, campaign: Campaign, *, paged: bool) -> Fit | None:
    """The sheet that answers one obligation best, and the others that hold the same form, filled in."""
    period = period_of(campaign, obligation)
    sheets = laid(obligation.fields, period.periodic or not is_once(obligation), period)
    if not sheets:
        return None
    grid, layout = max(sheets, key=lambda s: (not s[1].empty, s[1].found))
    filled = [lay for g, lay in sheets if g is not grid and not lay.empty]
    rest = [o for o in filled if o.found >= layout.found or (paged and o.places.keys() & layout.places)]
    return Fit(obligation, grid, layout, rest) if layout.found or layout.doubts else None


def _of_own_month(sheets: list[tuple[Grid, Layout]], period: Period) -> list[tuple[Grid, Layout]]:
    """Without the sheets of other months, where one says that it is of the month asked for."""
    said = [fold("\n".join([g.sheet.name, *title_texts(g, lay)[:3]])) for g, lay in sheets]
    if not any(map(period.states, said)):
        return sheets
    return [each for each, text in zip(sheets, said, strict=True) if not period.contradicts(text)]


def _of_this_campaign(
    sheets: list[tuple[Grid, Layout]], campaign: Campaign, roster: Roster
) -> list[tuple[Grid, Layout]]:
    """Without the sheets whose title is another event's, where not all are."""
    if len(sheets) < 2:  # noqa: PLR2004  nothing to choose from
        return sheets

    def strange(grid: Grid, lay: Layout) -> bool:
        titles = title_texts(grid, lay)[:2]
        names = unit_names(roster, "".join(titles))
        return any(other_subject(title, campaign, names) for title in titles)

    return [each for each in sheets if not strange(*each)] or sheets


def _grids(content: Content) -> list[Grid]:
    shown = [s for s in content.sheets if s.visible and s.rows and not _SKIPPED_SHEET.search(s.name)]
    return [Grid(s) for s in shown]


def _layout(grid: Grid, words: Vocabulary, roster: Roster) -> Layout | None:
    """As a table, in parts, or as labels with values: of table and labels whichever finds more fields."""
    table = read_table(grid, words, roster)
    if table and table.lines and not table.doubts:
        return table
    if parts := read_parts(grid, words):
        return parts
    pairs = read_pairs(grid, words, roster)
    if table and pairs:
        table_fit = (table.found, bool(table.lines or table.totals))
        return pairs if (pairs.found, False) > table_fit else table
    return table or pairs
