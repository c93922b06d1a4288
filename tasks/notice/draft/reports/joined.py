"""A form that goes with a report already named: “同时填报《台账》，一并报送”, “增报《统计表》，时间一致”.

Only forms named in 《》: a photograph that goes with a report is a part of it, a form is read by itself.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tasks.notice.draft.model import Obligation
from tasks.notice.draft.words.header import evidence
from tasks.notice.draft.words.layout import Layout, Line
from tasks.notice.draft.words.objects import tidy

_FORM = r"(?P<what>《[^《》\n]{2,40}(?:表|台账|清单|名单|卡|册|书)》)(?:（[^（）\n]{0,20}）)?"
_TOGETHER = re.compile(
    rf"{_FORM}，?(?:请|须|应|也|均)?(?:随(?P<with>[^，。；\n]{{1,16}}?))?(?:一并|同步|同时|一起|一同)"
    r"(?:报送|上报|提交|报|发送|送)"
)
_AS_THE_OTHER = re.compile(
    rf"{_FORM}，[^，。；\n]{{0,6}}(?:时间|时限)(?:与|同)(?P<with>[^，。；\n]{{2,16}}?)(?:一致|相同|同步|一样)"
)


def joined(layout: Layout, line: Line, sentence: Line, found: Sequence[Obligation]) -> Iterator[Obligation]:
    """The forms of a sentence that are due with another report, when it is certain with which."""
    for pattern in (_TOGETHER, _AS_THE_OTHER):
        for form in pattern.finditer(sentence.text):
            name = tidy(form["what"])
            other = _other(form["with"] or "", found, line)
            if other and not any(name in (each.what or "") for each in found):
                start, end = (sentence.start + at for at in form.span())
                yield replace(other, what=name, evidence=evidence(layout.page, start, end))


def _other(name: str, found: Sequence[Obligation], line: Line) -> Obligation | None:
    """The report it goes with: the one named, or else the last of the same paragraph."""
    if name:
        named = [each for each in found if name in (each.what or "")]
        return named[0] if len(named) == 1 else None
    last = found[-1] if found else None
    quote = "".join(last.evidence.quote.split()) if last else ""
    return last if last and quote in "".join(line.text.split()) else None
