"""Some units that may hand the same thing in later: “开发区可延期至1月8日17:00前”."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tasks.notice.draft.model import Obligation
from tasks.notice.draft.reports.dated import dated
from tasks.notice.draft.words.days import Frame
from tasks.notice.draft.words.handing import Hand
from tasks.notice.draft.words.layout import Layout, Line
from tasks.notice.draft.words.objects import MARK
from tasks.notice.draft.words.phrases import phrases
from tasks.notice.draft.words.places import Place

_LATER = re.compile(
    r"(?P<who>[^，。；：\d]{2,24}?)(?:可以?|允许)(?:适当)?(?:延期|延长|推迟|延后|放宽|顺延)(?:报送|上报|提交)?(?:至|到)"
)


def later_for_some(
    layout: Layout, frame: Frame, line: Line, sentence: Line, last: Sequence[Obligation]
) -> Iterator[Obligation]:
    """The report just found, the only element of ``last``, by the later day of the units named."""
    found = _LATER.match(MARK.sub("", sentence.text))
    if not last or last[0].due_date is None or found is None:
        return
    phrase = next(phrases(layout.page.text, sentence.start, sentence.end), None)
    if phrase is None or layout.page.text[phrase.end : sentence.end] not in {"", "。", "；"}:
        return
    place = Place(line, sentence, phrase, "", sentence.end)
    moved = dated(layout, frame, place, Hand(phrase.start, phrase.end, last[0].what or "", "", phrase.end))
    if moved.due_date and moved.due_date > last[0].due_date:
        yield replace(moved, who=found["who"])
