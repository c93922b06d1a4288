"""Days that belong to a thing by where they stand: in the bracket behind it, in the heading above it."""

import re
from collections.abc import Iterator

from tasks.notice.draft.model import Obligation
from tasks.notice.draft.reports.dated import dated
from tasks.notice.draft.words.days import Frame
from tasks.notice.draft.words.handing import Hand, handed, is_alarm
from tasks.notice.draft.words.layout import Layout, Line
from tasks.notice.draft.words.objects import MARK, NOUN_END, named, tidy
from tasks.notice.draft.words.places import REACH, Place, places

_LISTED = re.compile(r"(?:）?[^，。；：（）]{2,25}（[^（）]{2,24}){0,12}）?，?(?:一并|统一|分别)?$")
"""What may stand between a thing's bracket and the act: further things with days of their own."""
_HEADING_LONGEST = 60
_HEADING = re.compile(r"[^，。；：（）\d]{2,16}（")


def in_brackets(layout: Layout, place: Place) -> Hand | None:
    """“将方案（11月24日前）、总结（12月12日前）报市残联”: each thing by its own day, one act for all."""
    text, phrase = layout.page.text, place.phrase
    if text[phrase.start - 1] != "（" or text[phrase.end : phrase.end + 1] != "）":
        return None
    thing = re.split("[、，；：]|和(?=[^）]*$)", place.before.rstrip("（"))[-1].removeprefix("）")
    what = named(re.sub(r"^.*[将把]", "", thing))
    if not NOUN_END.search(what):
        return None
    acts = handed(text, phrase.end + 1, min(place.sentence.end, phrase.end + REACH))
    act = next((each for each in acts if not is_alarm(text[phrase.end : each.start])), None)
    if act is None or not _LISTED.fullmatch(text[phrase.end : act.start]):
        return None
    return Hand(act.start, act.end, what, act.to, act.to_start)


def by_the_heading(layout: Layout, frame: Frame, line: Line, sentence: Line) -> Iterator[Obligation]:
    """“1、岗位征集（12月20日前）。填《岗位征集表》报团县委”: the heading's day is its paragraph's."""
    if sentence.start == line.start or not MARK.match(line.text):
        return
    end = re.search("[。；！？]", line.text)
    first = Line(line.start, line.start + end.end(), line.text[: end.end()]) if end else line
    if len(first.text) > _HEADING_LONGEST:
        return
    limits = list(places(layout, line, first))
    if len(limits) != 1 or not _HEADING.fullmatch(MARK.sub("", limits[0].before)):
        return
    if layout.page.text[limits[0].phrase.end : first.end] not in {"）。", "）"}:
        return
    for act in handed(layout.page.text, sentence.start, sentence.end):
        before = layout.page.text[sentence.start : act.start]
        filled = re.search(r"填(?:写|报|好)?(?P<what>《[^《》]{2,40}》)$", before)
        what = tidy(filled["what"]) if filled else act.what
        if NOUN_END.search(what) and not is_alarm(before[-20:]):
            place = Place(line, sentence, limits[0].phrase, before, sentence.end)
            yield dated(layout, frame, place, Hand(act.start, act.end, what, act.to, act.to_start))
