"""走访家庭应为45户 in a mail, and no such figure in its file: which counts, only the sender knows. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tasks.intake.labels import field_words
from tasks.intake.numbers import CHINESE, measure_of, read_number
from tasks.intake.placement import Document, Placed, Placement, Undecided
from tasks.terms.campaign import Campaign
from tasks.terms.obligation import Field
from tasks.terms.text import fold

_SENTENCE = re.compile(r"[。;!\n]")
_SHOULD_BE = re.compile(
    rf"(?:应该?[为是]|更正[为成]|改[为成]|订正为|修改[为成]|调整[为成]|实际?[为是]|正确的?[为是]|而是):?"
    rf"(?P<figure>[0-9]+(?:,[0-9]{{3}})*(?:\.[0-9]+)?|[{CHINESE}]+)(?P<unit>[^0-9,。;、()]{{0,4}})"
)
_NO_COUNT = re.compile(r"^(?:[年月日号点时:：-]|季度|楼|室)")
_OTHER_TIME = re.compile(r"上[月期周季年]|上一[月期周季年]|去年|往[年期]|前期")
_LONGEST = 60


def held_back(campaign: Campaign, text: str, placement: Placement) -> Placement:
    """Forms that do not hold the figure their mail corrects are for a person; everything else as it is."""
    apart = [p for p in placement.placed if _contradicted(campaign, text, p, placement.placed)]
    if not apart:
        return placement
    waiting = [
        Undecided(p.document.file, (p.unit,), (_told(next(_corrections(campaign, text, p))[0]),))
        for p in apart
    ]
    kept = tuple(p for p in placement.placed if p not in apart)
    return replace(placement, placed=kept, undecided=(*placement.undecided, *waiting))


def _told(sentence: str) -> str:
    return f"来信正文说“{sentence[:_LONGEST]}”，附件中却没有这个数字，请与报送单位核实以哪个为准"


def _contradicted(campaign: Campaign, text: str, placed: Placed, together: Sequence[Placed]) -> bool:
    figures = [value for p in together for value in _figures(p.document)]
    said = [figure for _, figure in _corrections(campaign, text, placed)]
    return bool(figures) and any(figure not in figures for figure in said)


def _corrections(campaign: Campaign, text: str, placed: Placed) -> Iterator[tuple[str, float]]:
    """The sentences that say what a figure of the report should be, with that figure."""
    fields = campaign.obligation(placed.obligation).fields
    for sentence in filter(None, (part.strip() for part in _SENTENCE.split(fold(text)))):
        if _OTHER_TIME.search(sentence):
            continue
        for hit in _SHOULD_BE.finditer(sentence):
            value = read_number(hit["figure"]).value
            if value is not None and _is_of(fields, hit["unit"], sentence):
                yield sentence, value


def _is_of(fields: Iterable[Field], unit: str, sentence: str) -> bool:
    """Whether a count is one of the fields': by its measure, or by name where it has none."""
    if _NO_COUNT.match(unit):
        return False
    measures = {word for f in fields if f.unit for word in measure_of(fold(f.unit))}
    named = any(word in sentence for f in fields for word in field_words(f))
    return named or any(unit.startswith(word) for word in measures)


def _figures(document: Document) -> Iterator[float]:
    reading = document.reading
    for values in (reading.values or {}, *(row.values for row in reading.rows)):
        yield from (value for value in values.values() if value is not None)
