"""What a text claims: field by field, each count with whose it is and how certain it is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tasks.intake.prose.asides import aside
from tasks.intake.prose.counts import (
    DOUBTED,
    PARTED,
    Count,
    bare_measure,
    counts,
    torn_apart,
    with_empty_places,
)
from tasks.intake.prose.lines import paragraphs
from tasks.intake.prose.named import LIST_GOES_ON, Named, summed_up
from tasks.intake.prose.of_which import OfWhich
from tasks.intake.prose.rise import is_change
from tasks.intake.prose.scope import Scope, rejected_here
from tasks.intake.prose.speaker import Speaker, Whose
from tasks.intake.prose.subjects import begins_with_a_deed, own_verbs
from tasks.intake.prose.taken_off import is_less
from tasks.intake.words.labels import field_words
from tasks.terms.obligation import Field
from tasks.terms.text import fold

_SENTENCE = re.compile(r"[。；;！!？?]")
_QUOTED = re.compile(r"[“\"][^“”\"\n]{0,40}[”\"]|《[^《》\n]{0,60}》")
_BRACKETS = re.compile(r"[（(]([^（）()]*)[)）]")
_SAME_MEASURE = re.compile(r"([场篇])[（(][场篇]?次[)）]")
_JOINED = re.compile(r"^[、,/和及(]*(?:共|计)?$")
_HEADING = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.]|[(（][一二三四五六七八九十]{1,3}[)）]|[0-9]{1,2}[、.])"
)
_HEADING_LENGTH = 24
_PAUSE = re.compile(r"[,、]")
_CORRECTED = re.compile(
    r"净(?:发放|清运|增)|更正|应为|有误|为准|不符(?!合)|有出入|数.{0,4}不一致|(?:正在|尚在|有待|尚待)核[对实查]"
)
_SUM_OF_KINDS = re.compile(r"^[、,]?(?:合计|共计|总计|一?共|总共)为?$")
_OF_THIS_TIME = re.compile(
    r"^[,、]?其中,?(?:本次|此次|本届|本期|今年|本年|[^,0-9]{0,10}(?:活动|行动|宣传[周月]|整治|攻坚)期间)"
)
"""累计6800人，其中本次活动安装415人: the whole began before."""
_YEAR = re.compile(r"(20[0-9]{2})年(?!.{0,12}(?:以来|起|至今))")


class Passed(StrEnum):
    """Why a count that names a field is no claim to it."""

    PLANNED = "是计划或要求的数"
    OTHER_TIME = "说的不是整个活动期间"
    NO_SUM = "不是完成的总数"


@dataclass(frozen=True, slots=True)
class Claim:
    """One count claimed for a field.

    Attributes:
        value: None when the text does not say exactly.
        whose: the unit's own, of a part of it, or of others.
        whole: the text says it is the sum; of_which: it says it is a part of another count.
        added: it comes on top of what was said before.
        running: 累计, where the one month asked for was spoken of before.
        sentence: which sentence it stands in; said: that sentence says outright that it is the unit's own.
        listed: it is one of the names behind 其中.
        passed: why it is none, for whoever asks; year: the other year it is of, where that is said.
        words: the words it stands in.
    """

    field: str
    value: float | None
    whose: Whose
    whole: bool
    of_which: bool
    added: bool
    words: str
    running: bool = False
    sentence: int = 0
    said: bool = False
    listed: bool = False
    passed: Passed | None = None
    year: int | None = None

    @property
    def where(self) -> str:
        """The words, as evidence."""
        return f"正文“{self.words}”"


def claims(text: str, fields: tuple[Field, ...], speaker: Speaker) -> Iterator[Claim]:
    """Every claim of a text that is of the campaign's time and done, in order."""
    verbs = own_verbs(w for f in fields for w in field_words(f))
    reader = _Reader(fields, Scope(speaker, verbs))
    heading, begins = Whose.OWN, ""
    for paragraph in paragraphs(text):
        reader.scope.end_paragraph(heading)
        if begins:
            reader.scope.read(begins, 0)
        begins = fold(_without_quotes(paragraph)) if is_heading(paragraph) else ""
        if begins:
            reader.scope.enter_section(begins)
            heading = reader.scope.whose
        elif title := _heading_in_line(paragraph, fields):
            reader.scope.enter_section(title)
            heading = reader.scope.whose
            reader.scope.end_paragraph(heading)
        for sentence in _SENTENCE.split(_without_quotes(paragraph)):
            yield from reader.sentence(fold(torn_apart(with_empty_places(sentence, fields))))
            reader.scope.end_sentence()


def is_heading(paragraph: str) -> bool:
    """Whether a paragraph is a section's heading: 一、9月份工作情况."""
    short = len(paragraph) <= _HEADING_LENGTH and "。" not in paragraph[:-1]
    return short and _HEADING.match(paragraph) is not None


def _heading_in_line(paragraph: str, fields: tuple[Field, ...]) -> str:
    """The heading that opens its own section's first line, folded: 三、下步打算。继续开展4场."""
    first, stop, rest = paragraph.partition("。")
    title = fold(_without_quotes(first))
    own = bool(stop and rest) and is_heading(first)
    return title if own and not any(counts(title, fields)) else ""


def _without_quotes(text: str) -> str:
    """Without titles, slogans and asides, which state nothing; 人（次） stays doubtful."""
    return _BRACKETS.sub(aside, _SAME_MEASURE.sub(r"\1次", _QUOTED.sub("", text)))


class _Reader:
    """Reads sentence after sentence with the same fields."""

    def __init__(self, fields: tuple[Field, ...], scope: Scope) -> None:
        self.scope = scope
        self.named = Named(fields)
        self.sentences = 0

    def sentence(self, text: str) -> Iterator[Claim]:
        self.sentences += 1
        of_which = OfWhich()
        found = list(counts(text, self.named.fields))
        position, before = 0, ""
        doubtful = _CORRECTED.search(text) is not None
        seen: list[tuple[str, Field | None]] = []
        kinds: tuple[Field, str] | None = None
        beside: tuple[str, str] = ("", "")
        for index, count in enumerate(found):
            lead = text[position : count.start]
            self.scope.read(lead, text[:position].count(","), counted=position > 0)
            joined = index > 0 and _JOINED.match(lead) is not None
            changed = index > 0 and _is_change(text, found[index - 1], count)
            before = before if joined else _own_lead(lead, behind_a_count=index > 0)
            following = found[index + 1] if index + 1 < len(found) else None
            behind = text[count.end : following.start if following else len(text)]
            after = "" if LIST_GOES_ON.match(behind) else _PAUSE.split(behind)[0]
            part = _part_around(text, count)
            if changed:
                self.scope.now()
            asked = self.named.field(before, after, count) or self.named.gapped(before, count, seen)
            if "其中" in lead and index > 0:
                yield from self._too_much(of_which, part)
                of_which = OfWhich(found[index - 1], seen[-1][1])
            elif of_which.ends_before(count, asked):
                self._end(of_which)
            of_which.take(count, asked, deed=lead[:1] in {",", "、"} and begins_with_a_deed(before))
            summed = {f for m, f in seen if m == count.measure} if joined and "共" in lead else set()
            if summed - {asked}:  # a sum over more than one field's count: neither is the whole
                yield from (replace(self._claim(f, count.value, part), added=True) for f in summed if f)
                asked = None
            if asked and following and self.named.is_first_kind(asked, before, behind, count, following):
                kinds, asked = (asked, count.measure), None
            elif asked is None and _SUM_OF_KINDS.match(lead):
                of_kinds = kinds[0] if kinds and kinds[1] == count.measure else None
                asked = of_kinds or summed_up(count, found[:index], seen)
            seen.append((count.measure, asked))
            changes = (
                changed
                or (following is not None and _is_change(text, count, following))
                or _OF_THIS_TIME.match(text[count.end :]) is not None
            )
            idle = count.one and not _plainly_one(text, before, self.named.words)
            kind = asked is not None and self._is_one_kind(asked, (beside, before), text, count, following)
            if asked and not (changes or idle):
                less = is_less(text, count, self.named.words[asked.id])
                made = self._claims(asked, count, (before, after), part, doubtful or kind or less)
                year = self._other_year(text[: count.start])
                yield from (replace(claim, year=year) if claim.passed else claim for claim in made)
            position, beside = count.end, (count.measure if kind or asked is None else "", before)
        self.scope.read(text[position:], text[:position].count(","), counted=position > 0)
        yield from self._some(text, found)
        yield from self._too_much(of_which, text)
        if of_which.is_complete:
            self.scope.whole_again()

    def _too_much(self, of_which: OfWhich, words: str) -> Iterator[Claim]:
        """The parts behind 其中 as one claim, where they are more than the whole."""
        together, counted = of_which.too_much, of_which.counted
        if together is not None and counted is not None:
            made = self._claim(counted, _in_own_measure(together, counted), words)
            yield replace(made, of_which=True, whole=False)

    def _is_one_kind(
        self,
        asked: Field,
        words: tuple[tuple[str, str], str],
        text: str,
        count: Count,
        following: Count | None,
    ) -> bool:
        """Whether another kind of the same is counted next, or was right before."""
        (measure, ahead), before = words
        if measure == count.measure and self.named.is_beside_a_kind(asked, before, f",{ahead[-5:]}"):
            return True
        if following is None or count.measure != following.measure:
            return False
        return self.named.is_beside_a_kind(asked, before, text[count.end : following.start])

    def _end(self, of_which: OfWhich) -> None:
        if of_which.is_complete:
            self.scope.whole_again()
        else:
            self.scope.end_of_which()

    def _other_year(self, before: str) -> int | None:
        """The year a sentence has named last, where it is none of the campaign's."""
        named = [int(year) for year in _YEAR.findall(before)]
        return named[-1] if named and named[-1] not in self.scope.speaker.years else None

    def _claims(
        self, asked: Field, count: Count, around: tuple[str, str], part: str, doubtful: bool
    ) -> Iterator[Claim]:
        if passed := self._passed(part, asked):
            yield replace(self._claim(asked, count.value, part), passed=passed)
            return
        doubtful = doubtful or self.scope.doubtful or self.named.counts_more(around[0], asked)
        exact = None if doubtful else count.value
        yield self._claim(asked, _in_own_measure(exact, asked), part)
        if other := self.named.all_of_them(*around, asked):
            yield self._claim(asked, _in_own_measure(exact, asked), part, whole=True)
            yield self._claim(other, _in_own_measure(exact, other), part, whole=True)

    def _passed(self, part: str, asked: Field) -> Passed | None:
        if self.scope.planned:
            return Passed.PLANNED
        if self.scope.other_time:
            return Passed.OTHER_TIME
        return Passed.NO_SUM if rejected_here(_beside_label(part, asked)) else None

    def _claim(self, asked: Field, value: float | None, part: str, *, whole: bool = False) -> Claim:
        scope = self.scope
        if value is not None and asked.whole and not value.is_integer():
            value = None
        whole = whole or (scope.total and not scope.of_which)
        words = part[:40].replace(PARTED, " ").replace(DOUBTED, "")
        return Claim(
            asked.id,
            value,
            scope.whose,
            whole,
            scope.of_which,
            scope.added,
            words,
            scope.running,
            self.sentences,
            scope.said,
            scope.aside is not None,
        )

    def _some(self, text: str, found: Sequence[Count]) -> Iterator[Claim]:
        """参与志愿者若干: no measure, and no number either."""
        for at in re.finditer("若干", text):
            part = text[: at.start()].rpartition(",")[2]
            named = [f for f in self.named.fields if any(part.endswith(w) for w in self.named.words[f.id])]
            counted = any(c.start <= at.start() < c.end for c in found)
            if len(named) == 1 and not counted and not self.scope.planned and not rejected_here(part):
                yield self._claim(named[0], None, part + "若干")


def _own_lead(lead: str, *, behind_a_count: bool) -> str:
    """The words a count may be named by; the 、 that parts it from the count before is none of them."""
    own = lead.rpartition(",")[2]
    return LIST_GOES_ON.sub("", own) if behind_a_count and own == lead else own


def _in_own_measure(value: float | None, asked: Field) -> float | None:
    return None if value is None else float(round(value / bare_measure(asked.unit)[1], 6))


def _beside_label(part: str, asked: Field) -> str:
    """A comma part without the field's own name: 新增 in 新增床位 is no growth."""
    for name in (asked.title, *asked.aliases):
        part = part.replace(fold(name), "")
    return part


def _part_around(text: str, count: Count) -> str:
    """The comma part a count stands in."""
    return text[: count.start].rpartition(",")[2] + text[count.start :].partition(",")[0]


def _is_change(text: str, one: Count, other: Count) -> bool:
    """Whether two counts say how one figure changed: 由30场增加到48场."""
    return one.measure == other.measure and is_change(text[one.end : other.start])


def _plainly_one(text: str, before: str, words: dict[str, tuple[str, ...]]) -> bool:
    """Whether 一场 is a figure: right behind its word, and no 一户一策."""
    behind = any(before.endswith(w) for each in words.values() for w in each)
    return behind and text.count("一") == 1
