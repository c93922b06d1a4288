"""Several campaigns, one mailbox: what is another campaign's is left to it. Pure.

Every campaign looks at every mail. A report on the flood drill is no faulty report on the care month, and a
letter that says so would be wrong; but only what is plainly another's is passed over.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from tasks.documents.form_code import find_codes
from tasks.intake.forms.units import form_codes
from tasks.intake.placing.in_the_words import forms_in
from tasks.intake.placing.placement import CLOSED, PICTURE, Context, Document, codes
from tasks.intake.words.labels import field_words
from tasks.intake.words.subject import own_words
from tasks.terms.campaign import Campaign
from tasks.terms.mails import File, Mail
from tasks.terms.readings import Content
from tasks.terms.text import fold

_TITLE_LINES = 4
_BODY = 20_000
_ROWS = 200


def ours(
    campaign: Campaign, others: Sequence[Campaign], mail: Mail, documents: Sequence[Document]
) -> tuple[Sequence[Document], tuple[str, ...]]:
    """The documents without those another campaign takes in, and what is said of these."""
    if not others or mail.kind == "suspicious":
        return documents, ()
    if not documents:
        meant = others_words(campaign, others, (mail.subject, mail.text)) or _asks_for(
            campaign, others, mail.text
        )
        return (), (f"来信说的是“{meant.title}”，由该专项处理",) if meant else ()
    found = [(d, _meant_for(campaign, others, mail, d)) for d in documents]
    kept = [d for d, meant in found if meant is None]
    said = tuple(f"“{d.file.filename}”是“{m.title}”的材料，由该专项收取" for d, m in found if m is not None)
    if said and all(_goes_along(campaign, others, mail, d) for d in kept):
        return (), said
    return kept, said


def _asks_for(campaign: Campaign, others: Sequence[Campaign], text: str) -> Campaign | None:
    """The one other campaign whose form's figures a text lays out, where it lays out none of ours."""
    found = [other for other in others if forms_in(other, text)]
    return found[0] if len(found) == 1 and not forms_in(campaign, text) else None


def _goes_along(campaign: Campaign, others: Sequence[Campaign], mail: Mail, document: Document) -> bool:
    """Whether a file goes with another campaign's report beside it: a picture, or what stays shut."""
    context = Context(mail.sender, mail.subject, text=mail.text)
    return document.content.format == PICTURE or is_nobodys(campaign, others, context, document)


def _meant_for(
    campaign: Campaign, others: Sequence[Campaign], mail: Mail, document: Document
) -> Campaign | None:
    """The other campaign a document is for; of one that stays shut the mail's words must say it."""
    if (fits := _by_its_figures(campaign, others, document)) is not None:
        return None if fits is campaign else fits
    meant = others_document(campaign, others, mail.subject, document.file, document.content)
    if meant or CLOSED.isdisjoint(codes(document)):
        return meant
    return others_words(campaign, others, (document.file.filename, mail.subject, mail.text[:_BODY]))


def _by_its_figures(campaign: Campaign, others: Sequence[Campaign], document: Document) -> Campaign | None:
    """The one campaign whose form's figures stand in a sheet that neither bears a code nor is named."""
    content = document.content
    laid_out = _laid_out(content)
    if not laid_out or form_codes(content):
        return None
    every = (campaign, *others)
    titles = re.sub(r"\s", "", fold(_titles(document.file, content)))
    named = [word for each in every for word in own_words(each) if word in titles]
    if any(sum(word in own_words(each) for each in every) == 1 for word in named):
        return None
    fits = [each for each in every if forms_in(each, laid_out)]
    return fits[0] if len(fits) == 1 else None


def _laid_out(content: Content) -> str:
    rows = islice((row for sheet in content.sheets if sheet.visible for row in sheet.rows), _ROWS)
    return "\n".join("\t".join("" if c is None else str(c) for c in row) for row in rows)


def is_nobodys(campaign: Campaign, others: Sequence[Campaign], context: Context, document: Document) -> bool:
    """Whether a document of a shared mailbox tells nothing and neither it nor its mail names the campaign.

    It stays shut, or is a table of something else, or of pictures: two letters that send it back, one for
    each campaign, would ask for two reports where one was meant.
    """
    if not others or not context.sender:
        return False
    if CLOSED.isdisjoint(codes(document)) and not _is_of_something_else(campaign, document.content):
        return False
    shared = frozenset().union(*(own_words(other) for other in others))
    words = own_words(campaign) - shared
    said = re.sub(r"\s", "", fold(f"{document.file.filename}\n{context.subject}\n{context.text[:_BODY]}"))
    return not any(word in said for word in words)


def _is_of_something_else(campaign: Campaign, content: Content) -> bool:
    """Whether no figure the campaign asks for has its name anywhere in a table."""
    if not content.sheets or form_codes(content):
        return False
    cells = fold(_laid_out(content))
    asked = (f for o in campaign.obligations if o.deliverable == "form" for f in o.fields)
    return not any(word in cells for field in asked for word in field_words(field))


def others_document(
    campaign: Campaign, others: Sequence[Campaign], subject: str, file: File, content: Content
) -> Campaign | None:
    """The campaign a document is plainly meant for, if that is another one."""
    codes = [*form_codes(content), *find_codes(content.text)]
    if codes:
        named = {code.campaign for code in codes}
        return None if campaign.id in named else next((o for o in others if o.id in named), None)
    return others_words(campaign, others, (_titles(file, content), content.text[:_BODY], subject))


def _titles(file: File, content: Content) -> str:
    lines = [line for line in content.text.split("\n") if line.strip()][:_TITLE_LINES]
    cells = (c for s in content.sheets for row in s.rows[:_TITLE_LINES] for c in row if isinstance(c, str))
    return " ".join((file.filename, *lines, *cells))


def others_words(campaign: Campaign, others: Sequence[Campaign], texts: Iterable[str]) -> Campaign | None:
    """The other campaign a text speaks of; the first text that speaks of any campaign decides."""
    ours = own_words(campaign)
    theirs = [(other, own_words(other)) for other in others]
    shared = frozenset().union(*(words for _, words in theirs))
    for text in texts:
        plain = re.sub(r"\s", "", fold(text))
        if any(word in plain for word in ours - shared):
            return None
        found = [other for other, words in theirs if any(word in plain for word in words - ours)]
        if found:
            return found[0] if len(found) == 1 else None
        if any(word in plain for word in ours):
            return None
    return None
