"""An obligation with its limit: day, hour, rhythm, who is to act, and the words it stands on."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from tasks.notice.draft.model import Obligation
from tasks.notice.draft.words.days import Answer, Frame, resolve
from tasks.notice.draft.words.doers import (
    doer,
    each_of,
    one_by_one,
    plain_doer,
    subject_between,
    those_who,
    units_labelled,
    whose_thing,
)
from tasks.notice.draft.words.handing import Hand, section_of
from tasks.notice.draft.words.header import evidence
from tasks.notice.draft.words.layout import Layout, Line
from tasks.notice.draft.words.objects import MARK
from tasks.notice.draft.words.phrases import EXCLUSIVE, Phrase
from tasks.notice.draft.words.places import REACH, Place

_ROLLS = re.compile(
    r"[遇逢](?:到)?(?:法定)?(?:节假日|双休日|周末|公休日|假期|休息日)[^，。；）]{0,10}?，?(?:则|均)?[^不，。；）]{0,6}?(?<!不)(?<!不予)(?<!不再)(?:顺延|顺推|推后|延后)"
)
_SHORT = 2
_EARLIER = re.compile(
    r"[遇逢](?:到)?(?:法定)?(?:节假日|双休日|周末|公休日|假期|休息日)[^，。；）]{0,10}?提前"
)
_OF_HOLIDAYS = re.compile(r"(?:以上|上述)?(?:报送)?(?:时间|时限|日期)?，?(?:如|若|凡)?[遇逢]")
_WHICH_EARLIER = "遇节假日提前到哪一天，请写明；提前至前一工作日的写 roll: previous_working_day"
_RECURRENCE = {"every_day": "daily", "every_week": "weekly", "every_month": "monthly"}


def dated(layout: Layout, frame: Frame, place: Place, hand: Hand) -> Obligation:
    """The obligation of a limit and the act it governs."""
    page, phrase = layout.page, place.phrase
    answer = answered(phrase, frame, place.clause)
    start = quote_start(page.text, place)
    hours = phrase.times
    sentence = place.sentence.text
    recurrence = _RECURRENCE.get(phrase.kind)
    ask = _asked(answer, phrase, sentence)
    return Obligation(
        what=hand.what,
        due_date=answer.day,
        due_time=hours[0] if len(hours) == 1 else None,
        inclusive=not EXCLUSIVE.search(phrase.note),
        recurrence=recurrence,
        roll="next_working_day" if _rolls(layout, place) else None,
        who=_who(layout, place, hand) or None,
        evidence=evidence(page, start, max(hand.end, phrase.end)),
        closing=phrase.close,
        day=_day_of(phrase),
        every=_every(phrase, page.text[phrase.start : phrase.end], recurrence or ""),
        recipient=hand.to,
        section=section_of(hand.to),
        ask=ask,
        readings=answer.readings or (hours if len(hours) > 1 else ()),
        plain_limit=_says_before(page.text, phrase, hand)
        and "含" not in phrase.note
        and not hours
        and not phrase.close,
    )


def _every(phrase: Phrase, text: str, recurrence: str) -> str:
    """每个工作日 leaves the weekends out; a quarter's 25th comes again, its fifth working day moves."""
    if phrase.kind == "every_day":
        return "working_daily" if "工作日" in text else "daily"
    quarterly = phrase.kind == "every_other" and "季" in text and phrase.day and "工作日" not in text
    return "quarterly" if quarterly else recurrence


def _says_before(text: str, phrase: Phrase, hand: Hand) -> bool:
    """A 前 of its own, or one shared with the dates behind it: only then can the day itself be in doubt."""
    return "前" in text[phrase.start : max(phrase.end, min(hand.start, phrase.end + REACH))]


def _rolls(layout: Layout, place: Place) -> bool:
    """Said of the whole sentence, or in a bracket of one date alone."""
    found, _ = _of_holidays(place.sentence.text)
    if found is None:
        return False
    bracketed = re.search(r"（[^（）]{0,12}$", place.sentence.text[: found.start()])
    return not bracketed or bool(_ROLLS.search(layout.page.text[place.phrase.start : place.end]))


def rolled_by(sentence: Line, found: Sequence[Obligation]) -> list[Obligation]:
    """The reports before a sentence that says nothing but what holidays do to their days."""
    text = MARK.sub("", sentence.text)
    if not _OF_HOLIDAYS.match(text):
        return list(found)
    if _ROLLS.search(text):
        return [replace(each, roll="next_working_day") for each in found]
    earlier = _EARLIER.search(text)
    return [replace(each, ask=each.ask or _WHICH_EARLIER) if earlier else each for each in found]


def answered(phrase: Phrase, frame: Frame, clause: str) -> Answer:
    """The day of a limit; a rhythm has none of its own."""
    if re.search(r"每[次期场批轮届]|[每各]个?(?:阶段|环节)", clause):
        return Answer(ask="每次都要报送，请逐次写明日期")
    if not phrase.recurs:
        return resolve(phrase, frame, clause)
    if phrase.kind == "every_other":
        return Answer(ask="报送周期不是按日、周、月，请逐期写明日期")
    return Answer()


def _asked(answer: Answer, phrase: Phrase, sentence: str) -> str:
    if answer.ask:
        return answer.ask
    if len(phrase.times) > 1:
        return "一天报几次，请按钟点分别写明"
    if phrase.close:
        return f"“{phrase.close}”是几点，以本单位作息为准"
    return _WHICH_EARLIER if _of_holidays(sentence)[1] else ""


@lru_cache(maxsize=4)
def _of_holidays(sentence: str) -> tuple[re.Match[str] | None, bool]:
    """Whether days roll on, or come earlier; looked for once, however many limits a sentence holds."""
    return _ROLLS.search(sentence), bool(_EARLIER.search(sentence))


def _day_of(phrase: Phrase) -> int | None:
    if phrase.kind == "every_week" and phrase.weekday is not None:
        return phrase.weekday + 1
    return phrase.day if phrase.kind == "every_month" else None


def quote_start(text: str, place: Place) -> int:
    """The quote begins with 于, or with the event a count runs from."""
    start = place.phrase.start
    if place.phrase.kind == "after":
        return start - len(re.split(r"(?=[于在])", place.clause[-12:])[-1])
    lead = re.search(r"(?:于|在|应自|自|截至|截止|请于|最迟)$", text[max(0, start - 3) : start])
    return start - len(lead.group()) if lead else start


def _addressed(layout: Layout, place: Place) -> str:
    """“县运管所要对……核查，5月20日前将……”: one of those addressed, at the head of the sentence."""
    named = re.split("[，、：](?![^（）]*）)", layout.addressees.text if layout.addressees else "")
    head = MARK.sub("", place.sentence.text)
    return next((each for each in named if len(each) > _SHORT and head.startswith(each)), "")


def _who(layout: Layout, place: Place, hand: Hand) -> str:
    """Who is to act: named before the date, between date and act, after it, or earlier in the paragraph."""
    text = layout.page.text
    between = text[place.phrase.end : min(hand.start, place.end)]
    earlier = text[max(place.line.start, place.phrase.start - 2 * REACH) : place.phrase.start]
    after = text[hand.end : min(place.sentence.end, hand.end + 40)]
    in_sentence = text[max(place.sentence.start, place.phrase.start - REACH) : place.phrase.start]
    return (
        units_labelled(place.before)
        or whose_thing(place.before)
        or one_by_one(place.before)
        or each_of(between)
        or those_who(place.before)
        or doer(between)
        or subject_between(between)
        or doer(place.before)
        or plain_doer(place.clause)
        or plain_doer(place.clause.rpartition("：")[2])
        or plain_doer(place.before)
        or _addressed(layout, place)
        or doer(in_sentence)
        or _after(after)
        or doer(earlier)
    )


def _after(text: str) -> str:
    return doer(text) if text.startswith("，请各") else ""
