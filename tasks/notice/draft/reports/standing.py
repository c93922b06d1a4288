"""Reports that only an event calls for, within hours or minutes of it: 30分钟内首报, 2小时内书面报告.

They have no day and no units that owe them, so they are no obligations; a clerk must still see that the
notice asks for them, for the product will not chase them.
"""

import re
from collections.abc import Iterator

from tasks.notice.draft.model import Evidence
from tasks.notice.draft.words.header import evidence
from tasks.notice.draft.words.layout import Layout, sentences

_WITHIN = re.compile(
    r"(?:(?:\d{1,3}|[一二两三四五六八十半]{1,2})个?(?:小时|分钟|半小时)|半个?小时|第一时间)(?:之?内)?"
    r"[^，。；、\n]{0,24}?(?:首报|续报|终报|报告|上报|报送|速报|电话报告?|书面报告?|报[省市县区镇我])"
)
_SEPARATORS = "，；。、"


def standing_orders(layout: Layout) -> Iterator[Evidence]:
    """The words of every such order, one a sentence, in the order of the text."""
    for line in layout.body:
        for sentence in sentences(line):
            found = list(_WITHIN.finditer(sentence.text))
            if not found:
                continue
            begin = max(sentence.text.rfind(mark, 0, found[0].start()) + 1 for mark in _SEPARATORS)
            yield evidence(layout.page, sentence.start + begin, sentence.start + found[-1].end())
