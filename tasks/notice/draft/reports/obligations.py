"""Every report the notice asks for: a limit and an act of handing in, in one sentence.

A date without an act of handing in is a work date, and nobody owes a report on it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tasks.notice.draft.model import Obligation, Period, Said
from tasks.notice.draft.reports import grid, naming
from tasks.notice.draft.reports.by_its_place import by_the_heading, in_brackets
from tasks.notice.draft.reports.corrected import with_corrected_day
from tasks.notice.draft.reports.dated import answered, dated, quote_start, rolled_by
from tasks.notice.draft.reports.joined import joined
from tasks.notice.draft.reports.later import later_for_some
from tasks.notice.draft.reports.matrix import matrices
from tasks.notice.draft.reports.rhythm import with_ends
from tasks.notice.draft.reports.sharing import sharing
from tasks.notice.draft.reports.undated import undated
from tasks.notice.draft.words.days import Frame
from tasks.notice.draft.words.doers import (
    acts_itself,
    adds_up_for_those_above,
    doer,
    goes_on_about_itself,
    is_announced,
    is_own_doing,
    plain_doer,
    reports_upwards,
    speaks_of_itself,
    units_labelled,
)
from tasks.notice.draft.words.handing import OPEN, Hand, handed, is_alarm
from tasks.notice.draft.words.header import evidence
from tasks.notice.draft.words.layout import Layout, Line, sentences
from tasks.notice.draft.words.not_owed import CHASED
from tasks.notice.draft.words.objects import MARK, NOUN, NOUN_END, tidy, topic
from tasks.notice.draft.words.phrases import TIME, clock
from tasks.notice.draft.words.places import Place, places

_PAPER = re.compile(r"(?:原件|纸质版|纸质件|纸质材料|复印件|扫描件)(?:一份|1份)?$")
_FILLED_IN = re.compile(r"(?:网上|在线)(?:填报|填写|申报|报送)")
_FIRST_OF_MANY = re.compile(r"首次|首期|第一次|第一期|首份")
_BARE_NOUN = 2
"""“指标” under a title that says which."""
_NEAR = 60
"""The same report is named again no further away than so many others: what keeps the work linear."""
_MUCH = 20_000
_INTRODUCES = ("：", "——", "—", ":")
_TIMED_LABEL = re.compile(
    r"(?:报送|上报|提交|填报|申报|反馈|征集)(?:[^，。；：\n]{0,20}的)?(?:截止)?(?:时间|时限|日期|要求|安排)|(?<![\u4e00-\u9fff])时限(?:要求)?(?![\u4e00-\u9fff])|材料(?:报送|提交|上报)|报送材料|(?:专项|日常|定期|常规|材料|信息)报送$"
)


@dataclass(frozen=True)
class Found:
    """What the notice asks of its units, and what its own office owes the superior."""

    obligations: tuple[Obligation, ...]
    superior_due: Said | None


def obligations(layout: Layout, frame: Frame, issuer: str = "", stretches: Sequence[Period] = ()) -> Found:
    """Every obligation of the notice, in the order of the text.

    ``stretches``: when the work is done; a report due “活动期间” is due within them.
    """
    found: list[Obligation] = []
    above: Said | None = None
    reading = _Reading(layout, frame, issuer)
    asked = ""
    tables = grid.rows(layout)
    of_matrices = matrices(layout, frame)
    for line, heading in layout.headed():
        if line.start in of_matrices:
            found += of_matrices[line.start]
            continue
        if line.start in tables:
            found += grid.owed(layout, frame, line, tables[line.start])
            continue
        at_line = len(found)
        asked = doer(line.text[-120:]) if line.text.endswith(_INTRODUCES) else asked
        for sentence in sentences(line):
            mine, upward = _in_sentence(reading, line, sentence, heading)
            mine = _without_first(found, mine, sentence)
            if _OTHER_RHYTHM.search(sentence.text):
                mine = _of_the_same(found, mine)
            if len(found) > at_line and _ADDED_UP.search(sentence.text):
                mine = [replace(each, what=each.what or found[-1].what) for each in mine]
            mine = list(with_ends(frame, sentence, mine, stretches))
            found += [_placed(each, line, sentence, "" if layout.addressees else asked) for each in mine]
            if not mine:
                since = at_line if sentence.start > line.start or sentence.end < line.end else 0
                found[since:] = rolled_by(sentence, found[since:])
                found += later_for_some(layout, frame, line, sentence, found[-1:])
            found += list(sharing(layout, line, sentence, found[-1:]))
            found += list(joined(layout, line, sentence, found[-_NEAR:]))
            above = above or upward
            asked = next((each.who for each in reversed(mine) if each.who), asked)
    found = with_corrected_day(layout, frame, found)
    dated_too = any(each.due_date for each in found)
    kept = [each for each in found if not (dated_too and _is_copy(each))]
    titled = naming.of_notice(layout) if kept else ""
    named = [_completed(each, titled, layout) for each in kept]
    return Found(tuple(_once(named)), above)


def _without_first(found: list[Obligation], mine: list[Obligation], sentence: Line) -> list[Obligation]:
    """“首次报送时间为10月5日前”: when the rhythm of the sentence before begins, not a report of its own."""
    last = found[-1] if found else None
    if last is None or len(mine) != 1 or not last.recurrence or last.due_date:
        return mine
    (only,) = mine
    first = _FIRST_OF_MANY.search(sentence.text)
    if not first or not only.due_date or (only.what and not _FIRST_OF_MANY.search(only.what)):
        return mine
    begun = _begun(last, only.due_date)
    if begun is last:
        return [replace(only, what=f"{last.what}（{first.group()}）")] if last.what else mine
    found[-1] = begun
    return []


_ADDED_UP = re.compile("汇总(?:审核)?后")
_OTHER_RHYTHM = re.compile(r"(?:改|调整|变更|加密|恢复)(?:为|到)每")


def _of_the_same(found: list[Obligation], mine: list[Obligation]) -> list[Obligation]:
    """“2月16日至22日改为每日10:00前报送”: another rhythm of the report before."""
    last = found[-1] if found else None
    if not (mine and last and last.recurrence) or mine[0].what or not mine[0].recurrence:
        return mine
    return [replace(mine[0], what=last.what, who=mine[0].who or last.who), *mine[1:]]


def _begun(each: Obligation, first: date | None) -> Obligation:
    """A rhythm with its first day, where that is one of its days."""
    if first is None or not each.recurrence:
        return each
    day = first.isoweekday() if each.recurrence == "weekly" else first.day
    return replace(each, due_date=first) if each.day in {None, day} else each


def _placed(each: Obligation, line: Line, sentence: Line, asked: str) -> Obligation:
    """What the paragraph adds: the label before the colon, those an opening line asked."""
    what = "" if _NO_THING.search(each.what or "") else each.what or ""
    if not what or naming.COPY.fullmatch(what):
        what = naming.of_line(line, sentence) or what
    return replace(each, what=what, who=each.who or asked or None)


@dataclass(frozen=True)
class _Reading:
    """The notice being read, what its dates are counted from, and whose it is."""

    layout: Layout
    frame: Frame
    issuer: str


def _is_copy(each: Obligation) -> bool:
    """The paper original of what is already due at a date is no report of its own."""
    return _is_without_day(each) and bool(_PAPER.search(each.what or ""))


def _is_without_day(each: Obligation) -> bool:
    """Asked for without any limit at all."""
    return each.due_date is None and not each.readings and each.inclusive is None


def _completed(each: Obligation, titled: str, layout: Layout) -> Obligation:
    """What the sentence leaves out: the thing named in the title, the units addressed."""
    bare = len(each.what or "") <= _BARE_NOUN and (each.what or "") in titled
    what = (titled if bare else each.what) or naming.online(each.evidence.quote)
    addressed = layout.addressees.text.rstrip("：") if layout.addressees else None
    return replace(each, what=what or None, who=each.who or addressed)


def _in_sentence(
    reading: _Reading, line: Line, sentence: Line, heading: str
) -> tuple[list[Obligation], Said | None]:
    layout, frame = reading.layout, reading.frame
    limits = list(places(layout, line, sentence))
    if not limits:
        headed = list(by_the_heading(layout, frame, line, sentence))
        return headed or list(undated(layout, line, sentence)), None
    found: list[Obligation] = []
    above: Said | None = None
    waiting: list[tuple[Place, str]] = []
    for n, place in enumerate(limits):
        if _ABOVE.search(place.clause):
            answer = answered(place.phrase, frame, "").day
            start, end = place.phrase.start, place.phrase.end
            above = above or (Said(str(answer), evidence(layout.page, start, end)) if answer else None)
            continue
        if n and _FIRST_OF_MANY.search(place.clause):
            found[-1:] = [_begun(each, answered(place.phrase, frame, "").day) for each in found[-1:]]
            continue
        if place.phrase.kind == "every_other" and _EACH_DATED.search(
            sentence.text, place.phrase.end - sentence.start
        ):
            continue
        if _is_the_offices(reading, place):
            above = above or _upward(layout, frame, place)
            continue
        hands = _hands(layout, place, heading)
        if waiting and hands and not hands[0].what:
            hands[0] = replace(hands[0], what=topic(waiting[0][0].before))
        if not hands:
            opened = OPEN.match(layout.page.text[place.phrase.end : place.end])
            waiting += (
                [(place, tidy(opened["what"]) if opened else "")] if opened or _adjoins(layout, place) else []
            )
            continue
        timed, hands = _at_its_own_hour(layout, place, hands)
        for held, what in waiting:
            found.append(dated(layout, frame, held, replace(hands[0], what=what or hands[0].what)))
        waiting = []
        found += [dated(layout, frame, each, hand) for each in _each_time(timed) for hand in hands]
    return [each for each in _named_alike(found) if not _is_over(each, reading)], above


_OWN_HOUR = re.compile(rf"，(?P<what>[^，。；：]{{2,16}}?)(?P<stated>{TIME.pattern})(?:之前|以前|前)$")


def _at_its_own_hour(layout: Layout, place: Place, hands: list[Hand]) -> tuple[Place, list[Hand]]:
    """“15:00前完成排查，排查情况17:00前报应急办”: the hour beside the act is the report's."""
    between = layout.page.text[place.phrase.end : hands[0].start]
    found = _OWN_HOUR.search(between)
    hour = TIME.search(found["stated"]) if found else None
    if found is None or hour is None or place.phrase.recurs or not clock(hour):
        return place, hands
    what = tidy(found["what"]) if NOUN_END.search(found["what"]) else hands[0].what
    phrase = replace(place.phrase, times=(clock(hour),), close="")
    return replace(place, phrase=phrase), [replace(hands[0], what=what), *hands[1:]]


def _each_time(place: Place) -> Iterator[Place]:
    """“每月5日、20日前” is two reports a month, “每日7时前、17时前” two a day."""
    phrase = place.phrase
    if len(phrase.times) > 1 and not phrase.also:
        yield from (replace(place, phrase=replace(phrase, times=(hour,))) for hour in phrase.times)
        return
    yield place
    weekly = phrase.kind == "every_week"
    for day in phrase.also:
        again = replace(phrase, weekday=day, also=()) if weekly else replace(phrase, day=day, also=())
        yield replace(place, phrase=again)


def _named_alike(found: list[Obligation]) -> Iterator[Obligation]:
    """The same thing again: “调整为3月31日，请于3月31日24时前提交”, “将总结报县局，各镇15日前报”, a copy."""
    last: Obligation | None = None
    for each in found:
        what = each.what
        again = last and each.due_date and (each.due_date == last.due_date or _others_too(each, last))
        if last and not what and again:
            what = last.what
        elif last and last.what and what and naming.COPY.fullmatch(what):
            what = naming.COPY.sub("", last.what) + what
        last = replace(each, what=what)
        yield last


def _others_too(each: Obligation, last: Obligation) -> bool:
    """Other units, and nothing between the day and the bare verb."""
    return each.who != last.who and bool(_ONLY_SENT.search(each.evidence.quote))


def _is_the_offices(reading: _Reading, place: Place) -> bool:
    """Whether the issuing office, or one of its sections, is the one to act."""
    addressed = reading.layout.addressees.text if reading.layout.addressees else ""
    section = re.fullmatch(r"[^各，。；]{2,8}[股科](?:于|在|将)?", place.clause.lstrip("，、"))
    return (
        speaks_of_itself(place.clause, reading.issuer)
        or is_own_doing(place.clause)
        or is_announced(place.clause)
        or adds_up_for_those_above(place.clause, reading.layout.page.text[place.phrase.end : place.end])
        or goes_on_about_itself(place.sentence.text, place.before, reading.issuer)
        or acts_itself(reading.layout.page.text[place.phrase.end : place.end], reading.issuer)
        or reports_upwards(reading.layout.page.text[place.phrase.end : place.end])
        or (is_own_doing(place.sentence.text[:40]) and not doer(place.before))
        or (section is not None and not re.search("科|股|处室", addressed))
    )


def _is_over(each: Obligation, reading: _Reading) -> bool:
    """In a letter that chases, a day before the letter is the one that was missed."""
    issued = reading.frame.issued
    days = [each.due_date] if each.due_date else [date.fromisoformat(r) for r in each.readings if "-" in r]
    past = bool(issued and days and min(days) < issued)
    return past and bool(CHASED.search(reading.layout.page.text[:_MUCH]))


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
    if listed := in_brackets(layout, place):
        return [listed]
    before = _EVENT.sub("", place.before) if phrase.kind in {"after", "event"} else place.before
    subject = topic(before)
    if hands:
        with_it = _GOES_WITH.match(text, phrase.end) and place.before.endswith("：") and subject
        first = f"{subject}、{hands[0].what}" if with_it and hands[0].what else hands[0].what or subject
        rest = [replace(hand, what=hand.what or subject) for hand in hands[1:]]
        return [replace(hands[0], what=first), *rest]
    earlier = _named_before(layout, place)
    if earlier:
        return earlier
    labelled = _TIMED_LABEL.search(place.before[-24:]) or _TIMED_LABEL.search(heading)
    labelled = labelled or _CLOSES.search(place.before[-24:])
    if _closes_itself(layout, place, subject):
        return [Hand(phrase.start, phrase.end, subject, "", phrase.end)]
    if labelled and not subject and _FILLED_IN.search(place.before[-80:]):
        subject = naming.online(place.before[-80:])
    told = labelled and (subject or _MOVED_TO.search(place.before) or _by_units(layout, place))
    bare = _STRETCH_BEFORE.sub("", place.before)
    subject = subject or topic(bare)
    told = told or (labelled and subject)
    comes_again = phrase.recurs and not (bare.endswith("：") and (subject or units_labelled(bare)))
    if told and not comes_again and _is_bare_end(text[phrase.end : place.end]):
        return [Hand(phrase.start, phrase.end, subject, "", phrase.end)]
    return []


_STRETCH_BEFORE = re.compile(
    r"(?<=：)\d{1,2}月\d{1,2}日(?:至|到|—{1,2}|-|~|～|－|–)(?:\d{1,2}月)?\d{1,2}日(?:期间)?，$"
)
"""“每日动态：9月14日-20日，每日18时前”."""
_GOES_WITH = re.compile("，(?:同时|一并|并)(?:报送|提交|上报|附)")
"""“推荐表：10月15日前，同时报送计划书”: what goes with a thing."""
_EACH_DATED = re.compile(r"[，：]?分别(?:于|在)(?=\d{1,2}月)")
"""“每半年报送1次，分别于6月30日前、12月20日前”: the days are said, the rhythm adds none."""
_CLOSES = re.compile(rf"(?:{NOUN})(?:的)?截止(?:时间|日期)(?:为|是|：|至|到)?$")
"""“评优材料截止时间11月25日”."""


def _by_units(layout: Layout, place: Place) -> bool:
    """“三、报送时间：各科室6月16日前，各县局6月20日前。” under a title that says what is reported."""
    if units_labelled(place.before) or _STRETCH_ALONE.fullmatch(MARK.sub("", place.before)):
        return True
    units = doer(place.clause) or plain_doer(place.clause)
    clause = re.sub("(?:不晚于|不迟于|最迟|[于在])$", "", place.clause)
    return bool(units) and clause.endswith(units) and bool(naming.of_notice(layout))


_STRETCH_ALONE = re.compile(
    r"(?:【?[^，。；：【】]{2,8}[】。：])?(?:(?:自|从)[^，。；]{1,16}?起?|即日起)(?:至|到)"
)
"""“三、申报时间。自通知印发之日起至11月14日17:30止。”"""


_ENTRIES_CLOSE = re.compile(r"(?:截稿|收稿|征稿|投稿)(?:截止)?(?:时间|日期)(?:为|是|：|至|到)?$")
_NO_REPORT = re.compile("数据|统计|指标|底数|名单|信息|情况|计划|联络员")
"""What closes on a day without being handed in then: “统计数据12月31日截止”."""


def _closes_itself(layout: Layout, place: Place, subject: str) -> bool:
    """“项目申报书3月15日截止”, “截稿时间为9月30日24:00”."""
    if place.phrase.recurs:
        return False
    if _ENTRIES_CLOSE.search(place.before[-24:]):
        return bool(subject or naming.of_line(place.line, place.sentence))
    said = layout.page.text[place.phrase.start : place.phrase.end].endswith("截止")
    return said and bool(subject) and place.clause.endswith(subject) and not _NO_REPORT.search(subject)


_MOVED_TO = re.compile(
    r"(?:报送|上报|提交|填报|申报|反馈)(?:的)?(?:截止)?(?:时间|时限|日期)[^，。；]{0,16}"
    r"(?:延长|调整|延期|延后|推迟|提前|顺延|变更|更改|改)(?:为|至|到)$"
)
_ONLY_SENT = re.compile(r"前(?:报送|上报|提交|报|交|送)(?:至|到)?[^，。；]{0,14}$")
_ABOVE = re.compile(
    r"[省市县区州]上要求|上级(?:部门|机关|单位)要求|(?:上级|[省市县区州])[\u4e00-\u9fff]{0,8}?(?:局|委|办|厅|政府|部门)?要求(?:我|各|全|所)|(?:上级|[省市县区州](?:里|[\u4e00-\u9fff]{0,6}[局委办厅部会]))要求(?:于|在|最迟)?$"
)
_EVENT = re.compile(r"(?<=[于在])[^，。；于在]{0,10}$")
_STATED = re.compile(
    r"(?:截止|截至|最迟|最晚)(?:日期|时间)?(?:为|到|至|于|是|：|在)?$|（$"
    r"|(?:提前|调整|延长|延期|推迟|延后|变更|更改)(?:至|为|到)$"
)


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


_NO_THING = re.compile(r"(?:时间|时限|日期)[^，]{0,6}(?:至|为|到)?$|^[^\u4e00-\u9fffA-Za-z]*$")
_UNCHANGED = re.compile(r"^，[^，。；]{0,16}(?:不变|照旧|照常)")


def _is_bare_end(after: str) -> bool:
    """Nothing but punctuation or a remark on being late follows the date."""
    bare = re.match(r"^[，。；）]?$|^）?，(?:逾|过|请|再不|否则|不得|系统|届时)|^）?。", after[:4])
    return bool(bare or _UNCHANGED.match(after))


def _upward(layout: Layout, frame: Frame, place: Place) -> Said | None:
    """The issuing office's own date with its superior."""
    hands = handed(layout.page.text, place.phrase.end, place.end)
    answer = answered(place.phrase, frame, place.clause)
    if not hands or answer.day is None or not re.search(r"[省市州]|上级|部|厅", hands[0].to):
        return None
    start = quote_start(layout.page.text, place)
    return Said(str(answer.day), evidence(layout.page, start, hands[0].end))


def _once(found: list[Obligation]) -> Iterator[Obligation]:
    """The same report named twice counts once; the later, fuller wording stays, unless it lost the day."""
    for n, each in enumerate(found):
        if _is_without_day(each) and any(
            other.due_date and _overlap(each.what, other.what) for other in found[max(0, n - _NEAR) : n]
        ):
            continue
        if not any(_same(each, other) for other in found[n + 1 : n + 1 + _NEAR]):
            yield each


def _same(one: Obligation, other: Obligation) -> bool:
    alike = (one.due_date, one.recurrence, one.day) == (other.due_date, other.recurrence, other.day)
    if one.due_time and other.due_time and one.due_time != other.due_time:
        return False
    if (not alike and one.inclusive is not None) or (one.row and other.row and one.who != other.who):
        return False
    return _overlap(one.what, other.what) and (alike or one.recurrence == other.recurrence)


def _overlap(one: str | None, other: str | None) -> bool:
    a, b = ({text[n : n + 2] for n in range(len(text) - 1)} for text in (one or "", other or ""))
    return bool(a and b) and len(a & b) * 2 >= min(len(a), len(b))
