"""A correction that only gives the days: “报送截止时间‘9月12日’应为‘9月22日’”."""

import re
from dataclasses import replace

from tasks.notice.draft.model import Obligation
from tasks.notice.draft.reports.dated import dated
from tasks.notice.draft.words.days import Frame
from tasks.notice.draft.words.handing import Hand
from tasks.notice.draft.words.layout import Layout
from tasks.notice.draft.words.phrases import phrases
from tasks.notice.draft.words.places import Place

_CORRECTED = re.compile(
    r"(?:报送|上报|提交|填报|反馈|截止)(?:的)?(?:截止)?(?:时间|日期|时限)[^“”。；]{0,6}“[^“”]{2,16}”[^“”。；]{0,4}"
    r"(?:应为|更正为|更改为|修改为|调整为|变更为|改为)“(?P<new>[^“”]{2,16})”"
)


def with_corrected_day(layout: Layout, frame: Frame, found: list[Obligation]) -> list[Obligation]:
    """The one report without a day gets the corrected one; without any, what the title names is due."""
    said = [(line, match) for line in layout.body for match in _CORRECTED.finditer(line.text)]
    undated = [each for each in found if each.inclusive is None]
    if len(said) != 1 or len(undated) > 1 or (found and not undated):
        return found
    line, match = said[0]
    start, end = line.start + match.start("new"), line.start + match.end("new")
    phrase = next(phrases(layout.page.text, start, end), None)
    if phrase is None:
        return found
    place = Place(line, line, replace(phrase, limit=True), "", end)
    due = dated(layout, frame, place, Hand(start, end, "", "", end))
    if not undated:
        return [due]
    one = undated[0]
    told = replace(due, what=one.what, who=one.who, recipient=one.recipient, section=one.section)
    return [told if each is one else each for each in found]
