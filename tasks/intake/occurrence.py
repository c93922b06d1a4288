"""Which occurrence of a recurring obligation a document answers: what is stated, never what fits. Pure."""

from collections.abc import Sequence

from tasks.documents.form_code import FormCode
from tasks.notice.unfold import is_once, series_of
from tasks.terms.campaign import Campaign
from tasks.terms.text import fold


def stated(campaign: Campaign, obligation: str, codes: Sequence[FormCode], filename: str) -> str | None:
    """The obligation itself, or for a recurring one the occurrence its form's code or file name states.

    The forms of all occurrences are alike: figures of one week must not be taken for another's.
    """
    if is_once(campaign.obligation(obligation)):
        return obligation
    series = [o for o in campaign.obligations if series_of(o.id) == series_of(obligation)]
    coded = {c.obligation for c in codes if c.campaign == campaign.id}
    named = [o.id for o in series if o.id in coded] or [
        o.id for o in series if fold(o.title) in fold(filename)
    ]
    return named[0] if len(named) == 1 else None
