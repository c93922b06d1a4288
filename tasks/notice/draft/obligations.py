"""Every report the notice asks for: a limit and an act of handing in, in one sentence.

A date without an act of handing in is a work date, and nobody owes a report on it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tasks.notice.draft.days import Answer, Frame, resolve
from tasks.notice.draft.doers import doer, is_own_doing
from tasks.notice.draft.handing import OPEN, Hand, handed, is_alarm, section_of
from tasks.notice.draft.header import evidence
from tasks.notice.draft.layout import Layout, Line, sentences
from tasks.notice.draft.model import Obligation, Said
from tasks.notice.draft.objects import tidy, topic
from tasks.notice.draft.phrases import EXCLUSIVE, Phrase
from tasks.notice.draft.places import REACH, Place, places

_ROLLS = re.compile(
    r"遇(?:到)?(?:法定)?(?:节假日|双休日|周末|公休日|假期|休息日)[^，。；）]{0,10}?(?:顺延|顺推|推后|延后)"
)
_EARLIER = re.compile(r"遇(?:到)?(?:法定)?(?:节假日|双休日|周末|公休日|假期|休息日)[^，。；）]{0,10}?提前")
_RECURRENCE = {"every_day": "daily", "every_week": "weekly", "every_month": "monthly"}
_WHAT_IN_TITLE = re.compile(
    r"关于(?:做好|开展|规范)?(?:补充|及时|按时|按期|继续)?(?:报送|上报|提交|填报)(?P<what>[^《》]{2,60}?)(?:工作)?(?:报送工作)?的(?:通知|函|紧急通知)"
)
_AT_MEETING = re.compile(
    r"(?:会上|会前|报到时|现场)(?:统一)?(?:提交|报送|上交|交)(?P<what>[^，。；\n]{2,30})"
)
_TIMED_LABEL = re.compile(
    r"(?:报送|上报|提交|填报|申报|反馈)(?:[^，。；：\n]{0,20}的)?(?:截止)?(?:时间|时限|日期|要求|安排)|材料(?:报送|提交|上报)|报送材料"
)


@dataclass(frozen=True)
class Found:
    """What the notice asks of its units, and what its own office owes the superior."""

    obligations: tuple[Obligation, ...]
    superior_due: Said | None


def obligations(layout: Layout, frame: Frame) -> Found:
    """Every obligation of the notice, in the order of the text."""
    found: list[Obligation] = []
    above: Said | None = None
    for line, heading in layout.headed():
        for sentence in sentences(line):
            mine, upward = _in_sentence(layout, frame, line, sentence, heading)
            found += mine
            above = above or upward
    named = [_completed(each, layout) for each in found]
    return Found(tuple(_once(named)), above)


def _completed(each: Obligation, layout: Layout) -> Obligation:
    """What the sentence leaves out: the thing named in the title, the units addressed."""
    what = each.what
    if not what and (titled := _WHAT_IN_TITLE.search(layout.title_text)):
        what = tidy(titled["what"]) or titled["what"]
    addressed = layout.addressees.text.rstrip("：") if layout.addressees else None
    return replace(each, what=what or None, who=each.who or addressed)


def _in_sentence(
    layout: Layout, frame: Frame, line: Line, sentence: Line, heading: str
) -> tuple[list[Obligation], Said | None]:
    limits = list(places(layout, line, sentence))
    if not limits:
        return list(_undated(layout, line, sentence)), None
    found: list[Obligation] = []
    above: Said | None = None
    waiting: list[tuple[Place, str]] = []
    for place in limits:
        if _ABOVE.search(place.clause) and (answer := _answer(place.phrase, frame, "").day):
            start, end = place.phrase.start, place.phrase.end
            above = above or Said(str(answer), evidence(layout.page, start, end))
            continue
        if is_own_doing(place.clause) or (is_own_doing(sentence.text[:40]) and not doer(place.before)):
            above = above or _upward(layout, frame, place)
            continue
        hands = _hands(layout, place, heading)
        if not hands:
            opened = OPEN.match(layout.page.text[place.phrase.end : place.end])
            waiting += (
                [(place, tidy(opened["what"]) if opened else "")] if opened or _adjoins(layout, place) else []
            )
            continue
        for held, what in waiting:
            found.append(_obligation(layout, frame, held, replace(hands[0], what=what or hands[0].what)))
        waiting = []
        found += [_obligation(layout, frame, place, hand) for hand in hands]
    return found, above


def _adjoins(layout: Layout, place: Place) -> bool:
    """“6月20日前、11月25日前分别……”: the first date stands directly before the second."""
    return layout.page.text[place.phrase.end : place.end] in {"、", "和", "及", "，"}


def _hands(layout: Layout, place: Place, heading: str) -> list[Hand]:
    """The acts of handing in that a limit governs."""
    text, phrase = layout.page.text, place.phrase
    hands = [
        hand
        for hand in handed(text, phrase.end, place.end)
        if not is_alarm(text[max(phrase.end, hand.start - 20) : hand.start])
    ]
    before = _EVENT.sub("", place.before) if phrase.kind == "after" else place.before
    subject = topic(before)
    if hands:
        return [replace(hand, what=hand.what or subject) for hand in hands]
    earlier = _named_before(layout, place)
    if earlier:
        return earlier
    labelled = _TIMED_LABEL.search(place.before[-24:]) or _TIMED_LABEL.search(heading)
    if labelled and subject and not phrase.recurs and _is_bare_end(text[phrase.end : place.end]):
        return [Hand(phrase.start, phrase.end, subject, "", phrase.end)]
    return []


_ABOVE = re.compile(
    r"(?:上级|[省市县区州])[\u4e00-\u9fff]{0,8}?(?:局|委|办|厅|政府|部门)?要求(?:我|各|全|所)"
)
_EVENT = re.compile(r"(?<=[于在])[^，。；于在]{0,10}$")
_STATED = re.compile(r"(?:截止|截至)(?:日期|时间)?(?:为|到|至|于|是|：|在)?$|（$")


def _named_before(layout: Layout, place: Place) -> list[Hand]:
    """“……上传，时间截至3月30日”, “报我局（3月20日前）”: the act stands before its date."""
    text, start = layout.page.text, place.phrase.start - len(place.before)
    if (
        place.phrase.recurs
        or not _STATED.search(place.before)
        or not _is_bare_end(text[place.phrase.end : place.end])
    ):
        return []
    return [
        hand
        for hand in handed(text, start, place.phrase.start)
        if not is_alarm(text[start : hand.start][-20:])
    ]


def _is_bare_end(after: str) -> bool:
    """Nothing but punctuation or a remark on being late follows the date."""
    return bool(re.match(r"^[，。；）]?$|^）?，(?:逾|过|请)|^）?。", after[:4]))


def _obligation(layout: Layout, frame: Frame, place: Place, hand: Hand) -> Obligation:
    page, phrase = layout.page, place.phrase
    answer = _answer(phrase, frame, place.clause)
    start = _quote_start(page.text, place)
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
        roll="next_working_day" if _ROLLS.search(sentence) else None,
        who=_who(page.text, place, hand) or None,
        evidence=evidence(page, start, max(hand.end, phrase.end)),
        closing=phrase.close,
        day=_day_of(phrase),
        recipient=hand.to,
        section=section_of(hand.to),
        ask=ask,
        readings=answer.readings or (hours if len(hours) > 1 else ()),
        plain_limit="含" not in phrase.note and not hours and not phrase.close,
    )


def _answer(phrase: Phrase, frame: Frame, clause: str) -> Answer:
    if re.search(r"每[次期场批轮届]", clause):
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
    return "遇节假日提前到哪一天，请写明" if _EARLIER.search(sentence) else ""


def _day_of(phrase: Phrase) -> int | None:
    if phrase.kind == "every_week" and phrase.weekday is not None:
        return phrase.weekday + 1
    return phrase.day if phrase.kind == "every_month" else None


def _quote_start(text: str, place: Place) -> int:
    """The quote begins with 于, or with the event a count runs from."""
    start = place.phrase.start
    if place.phrase.kind == "after":
        return start - len(re.split(r"(?=[于在])", place.clause[-12:])[-1])
    lead = re.search(r"(?:于|在|应自|自|截至|截止|请于|最迟)$", text[max(0, start - 3) : start])
    return start - len(lead.group()) if lead else start


def _who(text: str, place: Place, hand: Hand) -> str:
    """Who is to act: named before the date, between date and act, after it, or earlier in the paragraph."""
    between = text[place.phrase.end : hand.start]
    earlier = text[max(place.line.start, place.phrase.start - 2 * REACH) : place.phrase.start]
    after = text[hand.end : min(place.sentence.end, hand.end + 40)]
    in_sentence = text[max(place.sentence.start, place.phrase.start - REACH) : place.phrase.start]
    return doer(between) or doer(place.before) or doer(in_sentence) or _after(after) or doer(earlier)


def _after(text: str) -> str:
    return doer(text) if text.startswith("，请各") else ""


def _upward(layout: Layout, frame: Frame, place: Place) -> Said | None:
    """The issuing office's own date with its superior."""
    hands = handed(layout.page.text, place.phrase.end, place.end)
    answer = _answer(place.phrase, frame, place.clause)
    if not hands or answer.day is None or not re.search(r"[省市州]|上级|部|厅", hands[0].to):
        return None
    start = _quote_start(layout.page.text, place)
    return Said(str(answer.day), evidence(layout.page, start, hands[0].end))


def _undated(layout: Layout, line: Line, sentence: Line) -> Iterator[Obligation]:
    """What is to be handed in without any date: only when thing and recipient are both named."""
    text = layout.page.text
    end = min(sentence.end, sentence.start + 2 * REACH)
    met = _AT_MEETING.search(text, sentence.start, end)
    hands = [
        hand
        for hand in ([] if met else handed(text, sentence.start, end))
        if text[hand.start] in "将把" and hand.to and hand.what
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
            ask="通知没有写时限，请确定何时报送",
        )


def _is_report(hand: Hand) -> bool:
    return bool(re.search(r"[局委办厅部科股处室会]|邮箱|群|平台|系统", hand.to)) or not hand.to


def _once(found: list[Obligation]) -> Iterator[Obligation]:
    """The same report named twice counts once; the later, fuller wording stays."""
    for n, each in enumerate(found):
        if not any(_same(each, other) for other in found[n + 1 :]):
            yield each


def _same(one: Obligation, other: Obligation) -> bool:
    alike = (one.due_date, one.recurrence, one.day) == (other.due_date, other.recurrence, other.day)
    if not alike and one.inclusive is not None:
        return False
    return _overlap(one.what, other.what) and (alike or one.recurrence == other.recurrence)


def _overlap(one: str | None, other: str | None) -> bool:
    a, b = ({text[n : n + 2] for n in range(len(text) - 1)} for text in (one or "", other or ""))
    return bool(a and b) and len(a & b) * 2 >= min(len(a), len(b))
