"""A workbook that holds the forms of several obligations, a sheet each: each is a report of its own. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from tasks.intake.forms.fitting import fits_of
from tasks.intake.forms.units import form_codes
from tasks.intake.forms.which import Fit, answered, is_plainly
from tasks.notice.unfold import series_of
from tasks.terms.campaign import Campaign
from tasks.terms.readings import Content, Sheet
from tasks.terms.units import Roster


def taken_apart(content: Content, campaign: Campaign, roster: Roster) -> dict[str | None, Content]:
    """The workbook by what its sheets answer; whole where they answer one obligation, or not for certain.

    A sheet that answers none, a cover with the unit's name, goes with each.
    """
    shown = [sheet for sheet in content.sheets if sheet.visible and sheet.rows]
    forms = {series_of(o.id) for o in campaign.obligations if o.deliverable == "form"}
    if len(shown) < 2 or len(forms) < 2:  # noqa: PLR2004
        return {None: content}
    answers = {sheet.name: _answer(content, sheet, campaign, roster) for sheet in shown}
    said = dict.fromkeys(each for each in answers.values() if each)
    if len(said) < 2 or "" in answers.values():  # noqa: PLR2004
        return {None: content}
    return {
        each: replace(content, sheets=tuple(s for s in content.sheets if answers.get(s.name) in {None, each}))
        for each in said
    }


def _answer(content: Content, sheet: Sheet, campaign: Campaign, roster: Roster) -> str | None:
    """The series a sheet plainly answers; empty where that is open, None where it asks for nothing."""
    alone = replace(content, sheets=(sheet,))
    fits = fits_of(alone, campaign, roster, form_codes(alone))
    if not fits:
        return None
    chosen = answered(fits, campaign, (), ())
    return series_of(chosen.obligation.id) if chosen and _is_whole(chosen, fits, campaign) else ""


def _is_whole(chosen: Fit, fits: Sequence[Fit], campaign: Campaign) -> bool:
    return chosen.whole or is_plainly(chosen, fits, campaign)
