"""What a header or label asks for, however the sender's office words it.

A label is taken apart into what it counts (core), in what measure, and marks that make it another figure:
a plan, a rate, another period, a part. Two labels mean the same figure only when all of these agree;
户数 is never 户次, a plan is never what was done.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from tasks.intake.dates import find_years
from tasks.intake.numbers import MEASURES, SCALE_WORDS, is_scaled, measure_of
from tasks.terms.obligation import Field
from tasks.terms.text import fold

Measure = frozenset[str]

_NUMBERING = re.compile(r"^(?:\(?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[).、](?![0-9])|[①-⑳]|[*※#]+)+")
_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
_NOTE = re.compile(
    r"^(?:必填|选填|填?(?:阿拉伯)?数字|填?整数|不?含.*|包括.*|截至.*|截止.*|.*以来|.*日前|如实填写|自动计算|下同)$"
)

_MARKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("rate", re.compile(r"率|占比|比例|百分比|%|比重|增幅|排名|名次")),
    (
        "other",
        re.compile(
            r"上年|去年|往年|历年|上期|上月|上周|上季度?|同期|同比|环比|增长|增减|下月|下周|下期|下一步"
        ),
    ),
    ("part", re.compile(r"其中")),
    (
        "plan",
        re.compile(
            r"计划(?:完成|开展|举办|走访)?|应(?:完成|开展|走访|报)|拟(?:完成|开展|走访)?|预计(?:完成|开展)?|"
            r"目标(?!任?务?完成)|任务(?!完成)|下达|指标数|欠|差额|剩余|未完成|未走访"
        ),
    ),
)
_SINCE_THE_BEGINNING = re.compile(r"累计|以来|至今|迄今|截至|截止|年初至")
_SINCE = re.compile(r"累计|以来|至今|迄今")
_PIECE = re.compile(r"本月|本周|本旬|本日|当月|当周|当日|今日|本期|当期")
_DONE = re.compile(r"实际|完成|实绩|实有|落实|已")
_TOTAL = re.compile(r"合计|小计|总计|共计|总数|总量")
_TRAITS = (_DONE, _TOTAL, _SINCE, _PIECE)
"""In the order a ``Label`` has them."""
_ANYWHERE = re.compile(
    r"实际|(?<!未)已?完成|实绩|实有|落实|任务|目标|合计|小计|总计|共计|总数|总量|情况|统计|数据|数量|累计|填报|汇总|"
    r"本单位|本期|本月|本周|本季度|本年度?|本次|当期|当月|活动期间|宣传周期间|期间|各类|各项|的|指标|:|\*"
)
_AT_START = re.compile(
    r"^(?:开展|组织|举办|举行|累计|共|总|已|全部|截至目前|本(?:镇|乡|街道|村|社区|站|区)|全(?:镇|乡|村|区|街道)|今年)+(?=.)"
)
_AT_END = re.compile(r"(?:个数|数目|数|量)$")
_YEAR = re.compile(r"(?:20[0-9]{2}|二[〇零○][〇零○一二三四五六七八九]{2})年度?")
_SUFFIX = re.compile(r"(人次|户次|场次|篇次)数?$|(场|次|户|人|件|篇|张|条|份|家|名|个)数$|(场|次|户)$")
_SOFT = re.compile(r"家庭|慰问|入户|社区")


@dataclass(frozen=True, slots=True)
class Label:
    """A label taken apart.

    Attributes:
        core: what is counted, without measure, filler and marks.
        measure: words for the unit it is counted in, None when the label does not say.
        scale: 10000 for 万人次 and the like.
        word: the measure as the label writes it, 万人次.
        marks: plan, rate, other (another period), part.
        done: it says outright that it is what was done; total: that it is the sum of columns beside it.
        since: it is what came together since the beginning; piece: it is of the last week or month only.
    """

    core: str
    measure: Measure | None = None
    scale: int = 1
    word: str = ""
    marks: frozenset[str] = frozenset()
    done: bool = False
    total: bool = False
    since: bool = False
    piece: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A label that asks for a field.

    Attributes:
        tier: 1 the words agree, 2 they agree but for filler such as 家庭, 入户.
        explicit: the label states the field's measure itself.
        units: measure words a figure below the label may carry.
        scale: what a figure is multiplied by to count in the field's own unit.
    """

    field: str
    tier: int
    label: Label
    explicit: bool
    units: Measure
    scale: float = 1


@dataclass(frozen=True, slots=True)
class _Counted:
    """In what a label counts."""

    measure: Measure
    scale: int
    word: str


def parse_label(
    text: str, years: frozenset[int] = frozenset(), own: Measure = frozenset(), *, recurs: bool = False
) -> Label:
    """Take a label apart.

    ``years`` are the campaign's: another year in a label makes it another figure. ``own`` are measure
    words the campaign uses, known as such wherever they stand in brackets. In a report that recurs what
    is 累计 is another figure than that of the one week.
    """
    plain = _NUMBERING.sub("", fold(text)).rstrip(":")
    summed = recurs and _SINCE_THE_BEGINNING.search(plain) is not None
    stated, plain = _bracketed(plain, own)
    said = find_years(plain)
    plain = _YEAR.sub("", plain)
    if "/" in plain and (unit := _measure(plain.rpartition("/")[2], own)):
        stated, plain = stated or unit, plain.rpartition("/")[0]
    marks = {name for name, pattern in _MARKS if pattern.search(plain)}
    if summed or (said and years and not said & years):
        marks.add("other")
    traits = [pattern.search(plain) is not None for pattern in _TRAITS]
    for _, pattern in _MARKS:
        plain = pattern.sub("", plain)
    core = _AT_START.sub("", _ANYWHERE.sub("", plain))
    suffix = _SUFFIX.search(core)
    core = core[: suffix.start()] if suffix else _AT_END.sub("", core) or core
    if stated is None and suffix:
        word = next(filter(None, suffix.groups()))
        stated = _Counted(measure_of(word), 1, word)
    if stated is None:
        return Label(core, None, 1, "", frozenset(marks), *traits)
    return Label(core, stated.measure, stated.scale, stated.word, frozenset(marks), *traits)


def _bracketed(plain: str, own: Measure) -> tuple[_Counted | None, str]:
    """The measure a bracket states, and the text without brackets; other bracketed words stay part of it."""
    stated: _Counted | None = None
    kept = ""
    for inner in _BRACKETS.findall(plain):
        for piece in re.split(r"[,、;/]", inner.removeprefix("单位:").removeprefix("计量单位:")):
            if unit := _measure(piece, own):
                stated = unit
            elif not _NOTE.match(piece):
                kept += piece
    return stated, _BRACKETS.sub("", plain) + kept


def _measure(word: str, own: Measure = frozenset()) -> _Counted | None:
    scale, bare = (SCALE_WORDS[word[0]], word[1:]) if is_scaled(word) else (1, word)
    known = bare in own or any(bare in group for group in MEASURES)
    return _Counted(measure_of(bare), scale, word) if known else None


MEMORY = 4096
"""Labels remembered; the offices of one campaign word theirs much alike."""


@lru_cache(maxsize=16)
def vocabulary(fields: tuple[Field, ...], years: frozenset[int], *, recurs: bool = False) -> "Vocabulary":
    """The vocabulary of an obligation, made once for all its forms."""
    return Vocabulary(fields, years, recurs=recurs)


class Vocabulary:
    """The fields of an obligation as labels may word them."""

    def __init__(self, fields: Sequence[Field], years: Iterable[int] = (), *, recurs: bool = False) -> None:
        self.fields = {f.id: f for f in fields}
        self._years = frozenset(years)
        self._recurs = recurs
        units = [fold(f.unit) for f in fields if f.unit]
        self._own = frozenset(unit[1:] if is_scaled(unit) else unit for unit in units)
        self._labels = {f.id: [self.parse(n) for n in (f.title, *f.aliases)] for f in fields}
        self._exact = {f.id: {fold(n) for n in (f.title, *f.aliases)} for f in fields}
        self._seen = lru_cache(maxsize=MEMORY)(self._find)

    def parse(self, text: str) -> Label:
        """A label with this campaign's years."""
        return parse_label(text, self._years, self._own, recurs=self._recurs)

    def is_measure(self, text: str) -> bool:
        """Whether a text is nothing but a measure word, as in a 计量单位 column."""
        return _measure(fold(text).strip("()"), self._own) is not None

    def hits(self, parts: Sequence[str]) -> tuple[Hit, ...]:
        """The fields a header path (group first, leaf last) may ask for; best tier only."""
        return self._seen(tuple(parts))

    def asks(self, text: str) -> bool:
        """Whether a single label asks for any field."""
        return bool(self.hits((text,)))

    def _find(self, parts: tuple[str, ...]) -> tuple[Hit, ...]:
        whole = self.parse("".join(parts))
        found: list[Hit] = []
        for text in self._wordings(parts):
            label = self.parse(text)
            label = replace(whole, core=label.core, measure=label.measure, scale=label.scale, word=label.word)
            found += [hit for hit in (self._hit(f, label) for f in self.fields.values()) if hit]
        best = min((hit.tier for hit in found), default=0)
        kept = {hit.field: hit for hit in reversed(found) if hit.tier == best}
        if len(kept) > 1:
            exact = {f for f in kept if fold(parts[-1]) in self._exact[f]}
            kept = {f: hit for f, hit in kept.items() if f in exact} or kept
        return tuple(kept.values())

    @staticmethod
    def _wordings(parts: tuple[str, ...]) -> list[str]:
        joined = ["".join(parts[start:]) for start in range(len(parts))]
        if len(parts) > 1:
            joined.append(parts[-1] + "".join(parts[:-1]))
        return joined

    def _hit(self, field: Field, label: Label) -> Hit | None:
        own = _measure(fold(field.unit), self._own) if field.unit else None
        for tier, same in ((1, _same_core), (2, _same_soft_core)):
            for known in self._labels[field.id]:
                measure = known.measure or (own.measure if own else None)
                if known.marks != label.marks or not same(known.core, label.core):
                    continue
                if label.measure is None or measure is None or label.measure == measure:
                    units, scale = _counted_in(own, measure, label)
                    return Hit(field.id, tier, label, label.measure is not None, units, scale)
        return None


def _counted_in(own: _Counted | None, measure: Measure | None, label: Label) -> tuple[Measure, float]:
    """The words figures below the label may carry, and what makes them the field's own unit.

    Under 万元 a figure that itself says 元 or 万 could be either: only the very word may follow it.
    """
    target = own.scale if own else 1
    if label.measure is None:
        words = frozenset({own.word}) if own and target != 1 else measure or frozenset()
        return words, 1
    words = frozenset({label.word}) if label.scale != 1 else label.measure | (measure or frozenset())
    return words, label.scale / target


def since_the_beginning(labels: Sequence[Label]) -> list[Label]:
    """Of 本月 and 累计 beside each other, what a report on the whole asks for: 累计."""
    since = [label for label in labels if label.since and not label.piece]
    return since if since and all(label.since or label.piece for label in labels) else []


LEAST_WORD = 2


def field_words(field: Field) -> tuple[str, ...]:
    """The words a field is called by in running text, the longest first."""
    cores = [parse_label(n).core for n in (field.title, *field.aliases)]
    cores += [_SOFT.sub("", c) for c in cores]
    return tuple(sorted({c for c in cores if len(c) >= LEAST_WORD}, key=len, reverse=True))


def _same_core(one: str, other: str) -> bool:
    return one == other


def _same_soft_core(one: str, other: str) -> bool:
    """The same characters but for filler: 走访家庭, 家庭走访 and 入户走访."""
    first, second = sorted(_SOFT.sub("", one)), sorted(_SOFT.sub("", other))
    return len(first) > 1 and first == second
