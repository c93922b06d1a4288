"""Texts that are no report: our own notice sent back, and what has nothing to do with it. Pure."""

import re
from itertools import takewhile
from pathlib import PurePath

from tasks.intake.words.subject import shares_nothing
from tasks.terms.campaign import Campaign
from tasks.terms.mails import File
from tasks.terms.obligation import Obligation
from tasks.terms.readings import Content
from tasks.terms.text import fold

_HEAD_LINES = 6
_HEAD = 300
_TELLING = 100
"""A text this long that is of a campaign has some word of it."""
_REPORT = re.compile(r"总结|小结|报告|汇报|情况|报送|材料|零报告|开展")
_SHORTEST_TITLE = 8
_LONGEST_HEADING = 60
_OTHER_KINDS = re.compile(
    r"(通知|方案|预案|请示|批复|邀请函|倡议书|公告|通告|决定)([(（][^()（）]{1,12}[)）])?$"
)
_NOT_THE_NOTICE = re.compile(r"总结|小结|情况|报告|汇报|回复|落实|反馈")


def is_our_notice(campaign: Campaign, file: File, content: Content) -> bool:
    """Whether a text is the campaign's own notice: its name or its heading is the notice's title, whole."""
    title = fold(campaign.notice.title)
    if content.sheets or len(title) < _SHORTEST_TITLE:
        return False
    lines = [fold(line) for line in content.text.split("\n") if line.strip()][:_HEAD_LINES]
    headings = [fold(PurePath(file.filename).stem), *lines, "".join(lines[:2]), "".join(lines[:3])]
    return any(h.endswith(title) and not _NOT_THE_NOTICE.search(h.removesuffix(title)) for h in headings)


def is_of_another_kind(content: Content) -> bool:
    """Whether the heading says it is a notice, a plan, a request: by GB/T 9704 a title ends with its kind."""
    lines = [fold(line) for line in content.text.split("\n") if line.strip()][:_HEAD_LINES]
    heading = list(takewhile(lambda line: len(line) <= _LONGEST_HEADING and "。" not in line, lines))
    if content.sheets or any(_NOT_THE_NOTICE.search(each) for each in heading):
        return False
    return any(_OTHER_KINDS.search(each) for each in heading)


def is_unrelated(campaign: Campaign, obligation: Obligation, file: File, content: Content) -> bool:
    """Whether nothing in a text ties it to the narrative it would be.

    No word of it, and either no word for a report or, in all of the text, no word of the campaign's.
    """
    if obligation.deliverable != "narrative" or content.sheets:
        return False
    text = fold(content.text)
    words = [fold(word) for word in (*obligation.narrative.keywords, obligation.title)]
    if any(word in text for word in words):
        return False
    if not _REPORT.search(text[:_HEAD]) and not _REPORT.search(fold(file.filename)):
        return True
    return len(text) >= _TELLING and shares_nothing(f"{text}\n{file.filename}", campaign)
