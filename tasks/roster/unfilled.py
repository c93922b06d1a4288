"""Words a draft leaves as ``unknown`` that letters and forms would show as they stand."""

from collections.abc import Iterator

from tasks.roster.surroundings import Problem, Surroundings
from tasks.terms.campaign import Campaign

_LEFT = "unknown"


def unfilled(around: Surroundings) -> Iterator[Problem]:
    """Every name, title and number nobody has filled in: a letter signed 联系人：unknown must not go out."""
    for place, value in _shown(around.campaign):
        if value.strip() == _LEFT:
            none = '，通知没有文号的填 ""' if place[-1] == "document_number" else ""
            yield Problem(place, f"还是 unknown，会照样写进信件和表格，请填写{none}")


def _shown(campaign: Campaign) -> Iterator[tuple[tuple[str | int, ...], str]]:
    notice = campaign.notice
    yield ("title",), campaign.title
    yield ("notice", "issuer"), notice.issuer
    yield ("notice", "document_number"), notice.document_number
    yield ("notice", "title"), notice.title
    yield ("notice", "contact", "name"), notice.contact.name
    yield ("superior", "name"), campaign.superior.name
    for n, obligation in enumerate(campaign.obligations):
        yield ("obligations", n, "title"), obligation.title
        for m, field in enumerate(obligation.fields):
            yield ("obligations", n, "fields", m, "title"), field.title
            yield ("obligations", n, "fields", m, "unit"), field.unit
