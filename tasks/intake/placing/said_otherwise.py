"""走访家庭应为45户 in a mail, and no such figure in its file: which counts, only the sender knows. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tasks.intake.forms.remarks import sentences
from tasks.intake.placing.placement import Document, Placed, Placement, Undecided
from tasks.intake.words.labels import field_words
from tasks.intake.words.numbers import CHINESE, measure_of, read_number
from tasks.mail.parse import without_quote
from tasks.terms.campaign import Campaign
from tasks.terms.obligation import Field
from tasks.terms.text import fold

_FIGURE = rf"(?P<figure>[0-9]+(?:,[0-9]{{3}})*(?:\.[0-9]+)?|[{CHINESE}]+)(?P<unit>[^0-9,。;、()]{{0,4}})"
_SHOULD_BE = re.compile(
    rf"(?:应[该当]?(?:[为是]|填写?|报)|请?按照?(?=[0-9,{CHINESE}]+[^0-9,。;]{{0,4}}[计算填报])|更正[为成]|改[为成]|订正为|修改[为成]|调整[为成]|实际?[为是]|正确的?[为是]|而是):?"
    + _FIGURE
)
_FILE_IS_WRONG = re.compile(
    r"以(?:本|此|这封|我的?|来)?(?:邮件|来信|信|短信|正文)[^,。;:]{0,6}为准"
    r"|(?:表|附件|文件|文档)[格中里内上]{0,2}[^,。;:]{0,12}?"
    r"(?:忘了?改|忘记改|没(?:有|来得及)?改|未改|来不及改|填错|写错|算错|误填|漏填|有误|不对|不准)"
)
"""Not the file counts but the words it came with: whatever figure these name must stand in it."""
_IN_CASE = re.compile(r"如(?:果|若|有|附件)|(?:附件|表格?|文件)如|若|倘")
"""附件如有误请告知: nobody says that it is wrong."""
_COUNT = re.compile(_FIGURE)
_NO_COUNT = re.compile(r"^(?:[年月日号点时:：-]|季度|楼|室)")
_OTHER_TIME = re.compile(r"上[月期周季年]|上一[月期周季年]|去年|往[年期]|前期")
_LONGEST = 60


def held_back(campaign: Campaign, text: str, placement: Placement) -> Placement:
    """Forms that do not hold the figure their mail corrects are for a person; everything else as it is."""
    figures = {value for placed in placement.placed for value in _figures(placed.document)}
    kept: list[Placed] = []
    waiting: list[Undecided] = []
    for placed in placement.placed:
        fields = campaign.obligation(placed.obligation).fields
        said = next((s for s, value in _corrections(fields, text) if value not in figures), "")
        if figures and said:
            waiting.append(Undecided(placed.document.file, (placed.unit,), (_told(said),)))
        else:
            kept.append(placed)
    if not waiting:
        return placement
    return replace(placement, placed=tuple(kept), undecided=(*placement.undecided, *waiting))


def _told(sentence: str) -> str:
    return f"来信正文说“{sentence[:_LONGEST]}”，附件中却没有这个数字，请与报送单位核实以哪个为准"


def _corrections(fields: Sequence[Field], text: str) -> Iterator[tuple[str, float]]:
    """The sentences that say what a figure of the report should be, with that figure."""
    told = sentences(without_quote(text))
    wrong = (plain for plain in map(fold, told) if not _IN_CASE.search(plain))
    figure = _COUNT if any(map(_FILE_IS_WRONG.search, wrong)) else _SHOULD_BE
    for sentence in told:
        plain = fold(sentence)
        if _OTHER_TIME.search(plain):
            continue
        for hit in figure.finditer(plain):
            value = read_number(hit["figure"]).value
            if value is not None and _is_of(fields, hit["unit"], plain):
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
