"""Whether some of what was counted was called off or taken off again. Pure."""

import re
from collections.abc import Iterable
from functools import lru_cache

from tasks.intake.prose.counts import Count
from tasks.intake.words.numbers import CHINESE

_NUMBER = rf"[0-9{CHINESE}]{{1,12}}(?:\.[0-9]{{1,6}}[万亿]?)?"
_TAKEN_OFF = re.compile(
    r"(?P<verb>剔除|扣除|扣减|核减|取消|停办|作废|收回|退回|报废)"
    rf"[^,0-9]{{0,8}}{_NUMBER}(?P<measure>[\u4e00-\u9fff])"
    rf"|{_NUMBER}(?P<before>[场次期份户人])[^,]{{0,6}}(?P<behind>取消|停办|作废)"
)
_TO_BE_GIVEN_BACK = re.compile(r"[问答试]卷|选票|回执|承诺书|(?:调查|测评|评议|意见|反馈|登记|申请)表")
"""What is handed out to be filled in and comes back: 发放问卷500份，收回482份."""


def is_less(text: str, count: Count, words: Iterable[str]) -> bool:
    """Whether a sentence takes some off a count of what ``words`` call: 活动15场，因雨取消3场.

    取消证明35件 is what was asked for, 劝导取消婚宴12场 takes no household away.
    """
    own, back = tuple(words), _TO_BE_GIVEN_BACK.search(text) is not None
    return any(
        count.measure.startswith(measure)
        and not (back and verb == "收回")
        and not any(verb in word for word in own)
        for verb, measure in _taken_off(text)
    )


@lru_cache(maxsize=8)
def _taken_off(text: str) -> frozenset[tuple[str, str]]:
    """What a sentence says was done to take some off, and the measure of those."""
    return frozenset(
        (hit["verb"] or hit["behind"], hit["measure"] or hit["before"]) for hit in _TAKEN_OFF.finditer(text)
    )
