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


_SENTENCE = re.compile(r"[。；;！!\r\n]")


def sentences(text: str) -> list[str]:
    """The sentences and lines of a text, without the space around them."""
    return [said for part in _SENTENCE.split(text) if (said := part.strip())]


def takes_back(text: str) -> bool:
    """Whether it takes a figure back, which instructions on how to fill in a form do not."""
    plain = fold(text)
    return _TAKES_BACK.search(plain) is not None and _INSTRUCTS.search(plain) is None


def called(text: str, fields: Iterable[Field]) -> set[str]:
    """The fields a text calls by one of their names."""
    plain = fold(text)
    return {f.id for f in fields if any(word in plain for word in field_words(f))}


def taken_back(text: str, fields: Iterable[Field]) -> set[str]:
    """The fields whose figures a remark takes back; all of them when it does not say which."""
    if not takes_back(text):
        return set()
    asked = list(fields)
    return called(text, asked) or {f.id for f in asked}
