"""What is to be handed in without any date: only when thing and recipient are both named."""

import re
from collections.abc import Iterator

from tasks.notice.draft.model import Obligation
from tasks.notice.draft.words.doers import doer, is_own_doing
from tasks.notice.draft.words.handing import Hand, handed, is_alarm, section_of
from tasks.notice.draft.words.header import evidence
from tasks.notice.draft.words.layout import Layout, Line
from tasks.notice.draft.words.objects import tidy
from tasks.notice.draft.words.places import REACH

_AT_MEETING = re.compile(
    r"(?:会上|会前|报到时|现场)(?:统一)?(?:提交|报送|上交|交)(?P<what>[^，。；\n]{2,30})"
)
_LATER = re.compile(
    r"[^，。；\n]{0,20}，(?:具体|有关)?(?:报送|上报|提交)?(?:时间|时限|日期)[^，。；\n]{0,6}(?:另行|另文|届时|再行)通知"
)


def undated(layout: Layout, line: Line, sentence: Line) -> Iterator[Obligation]:
    """What is to be handed in without any date: only when thing and recipient are both named."""
    text = layout.page.text
    end = min(sentence.end, sentence.start + 2 * REACH)
    met = _AT_MEETING.search(text, sentence.start, end)
    hands = [
        hand
        for hand in ([] if met else handed(text, sentence.start, end))
        if hand.what and ((text[hand.start] in "将把" and hand.to) or _LATER.match(text, hand.end))
    ]
    if met:
        hands = [Hand(met.start(), met.end(), tidy(met["what"]), "", met.end())]
    for hand in hands:
        before = text[max(sentence.start, hand.start - REACH) : hand.start]
        if is_alarm(before) or is_own_doing(before) or not _is_report(hand):
            continue
        who = doer(before) or doer(text[max(line.start, hand.start - 2 * REACH) : hand.start])
        yield Obligation(
            what=hand.what,
            due_date=None,
            due_time=None,
            inclusive=None,
            recurrence=None,
            roll=None,
            who=who or None,
            evidence=evidence(layout.page, hand.start, hand.end),
            recipient=hand.to,
            section=section_of(hand.to),
            ask="通知说时间另行通知，请问清何时报送"
            if _LATER.match(text, hand.end)
            else "通知没有写时限，请确定何时报送",
        )


def _is_report(hand: Hand) -> bool:
    return bool(re.search(r"[局委办厅部科股处室会联协]|邮箱|群|平台|系统", hand.to)) or not hand.to
