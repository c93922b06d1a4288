"""Remarks that take a figure back: 走访家庭应为54户, 数字有误. Which counts, only the sender knows."""

import re
from collections.abc import Iterable

from tasks.intake.labels import field_words
from tasks.intake.numbers import CHINESE
from tasks.terms.obligation import Field
from tasks.terms.text import fold

_TAKES_BACK = re.compile(
    rf"(?:应为|应是|更正为|改为|订正为|实为|实际为|误填为|误写为)约?[0-9{CHINESE}]|以此为准|有误(?!差)|填错|误填|待核实"
)
_INSTRUCTS = re.compile(r"如|若|是否|不得|避免|防止|须|应填|应认真|确保")


def taken_back(text: str, fields: Iterable[Field]) -> set[str]:
    """The fields whose figures a remark takes back; all of them when it does not say which."""
    plain = fold(text)
    if not _TAKES_BACK.search(plain) or _INSTRUCTS.search(plain):
        return set()
    asked = list(fields)
    named = {f.id for f in asked if any(word in plain for word in field_words(f))}
    return named or {f.id for f in asked}
