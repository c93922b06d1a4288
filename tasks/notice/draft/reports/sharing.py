"""A second kind of units in the same breath, as in “4月18日前，各县局报送方案；各企业报送承诺书”.

They share the limit only when it stands before both: said after the first units, it is theirs alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tasks.notice.draft.model import Obligation
from tasks.notice.draft.words.header import evidence
from tasks.notice.draft.words.layout import Layout, Line
from tasks.notice.draft.words.objects import MARK, NOUN_END, tidy

_ANOTHER = re.compile(
    r"(?:^|[，；])(?P<who>(?:[省市县区]直|[市县区]级|局属|直属)?各[^，。；：《（\d]{1,24}?)(?:请|须|应|要|另)?"
    r"(?:同时|分别|另行|单独|统一)?(?:报送|提交|上报|填报|上交)"
    r"(?P<what>《[^《》\n]{2,40}》|[^，。；：（\d\n]{2,30}?)(?=[，。；（]|$)"
)


def sharing(layout: Layout, line: Line, sentence: Line, last: Sequence[Obligation]) -> Iterator[Obligation]:
    """What other units owe by the limit of the obligation just found, the only element of ``last``."""
    at = _begun(line, last[0]) if last else None
    if at is None:
        return
    begin = max(at, sentence.start - line.start)
    if "。" in line.text[at:begin]:
        return
    begin -= line.text[begin - 1 : begin] == "；"
    for found in _ANOTHER.finditer(line.text, begin, sentence.end - line.start):
        what = tidy(found["what"])
        if NOUN_END.search(what) and what not in (last[0].what or ""):
            quote = evidence(layout.page, line.start + found.start("who"), line.start + found.end())
            yield replace(last[0], what=what, who=found["who"], recipient="", section="", evidence=quote)


def _begun(line: Line, each: Obligation) -> int | None:
    """Where the obligation's words end, when its limit opens their sentence and its units stand behind it."""
    quote = "".join(each.evidence.quote.split())
    at = line.text.find(quote)
    if at < 0 or not each.due_date or not each.who or each.who not in quote:
        return None
    opening = MARK.sub("", re.split("[。；]", line.text[:at])[-1]).strip("请于在")
    return None if opening else at + len(quote)
