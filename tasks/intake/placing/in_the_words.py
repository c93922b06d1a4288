"""Figures laid out in the mail itself, beside a file that is another report: both were sent. Pure."""

import re
from collections.abc import Iterator, Sequence

from tasks.intake.words.labels import Vocabulary, vocabulary
from tasks.intake.words.numbers import read_number
from tasks.notice.unfold import series_of
from tasks.terms.campaign import Campaign
from tasks.terms.obligation import Obligation

_CELLS = re.compile(r"[\t|｜│┃]")
_LABEL = re.compile(r"[\t|｜│┃:：]")
_LEAST = 2
"""Two figures laid out are a form; one may be talk."""


def forms_in(campaign: Campaign, text: str) -> tuple[Obligation, ...]:
    """The form obligations, the first of each series, whose figures a text gives in a table or a list."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found: dict[str, Obligation] = {}
    for each in campaign.obligations:
        if each.deliverable == "form" and _gives(vocabulary(each.fields, frozenset()), lines):
            found.setdefault(series_of(each.id), each)
    return tuple(found.values())


def _gives(words: Vocabulary, lines: Sequence[str]) -> bool:
    listed = {field for line in lines for field in _listed(words, line)}
    return len(listed) >= _LEAST or _tabled(words, lines)


def _listed(words: Vocabulary, line: str) -> Iterator[str]:
    """The field of 社区活动：12场, or of a table's row with label and figure."""
    label, *values = _LABEL.split(line)
    if any(_is_figure(value) for value in values):
        yield from (hit.field for hit in words.hits((label.strip(),)))


def _tabled(words: Vocabulary, lines: Sequence[str]) -> bool:
    """Whether a line names several fields and one below it has as many figures."""
    headed = False
    for line in lines:
        cells = [cell.strip() for cell in _CELLS.split(line)]
        if headed and sum(map(_is_figure, cells)) >= _LEAST:
            return True
        headed |= len({hit.field for cell in cells for hit in words.hits((cell,))}) >= _LEAST
    return False


def _is_figure(text: str) -> bool:
    return read_number(text).value is not None
