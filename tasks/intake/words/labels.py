"""What field a header or label asks for.

Two labels mean the same figure only when what they count, its measure and all marks agree.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from tasks.intake.words.label import BRACKETS, Counted, Label, Measure, measure_in, parse_label
from tasks.intake.words.numbers import is_scaled
from tasks.intake.words.period import ANY, Period
from tasks.terms.obligation import Field
from tasks.terms.text import fold

_SOFT = re.compile(r"家庭|慰问|入户|社区")


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
    scale: float | None = 1


MEMORY = 4096
"""Labels remembered; the offices of one campaign word theirs much alike."""


@lru_cache(maxsize=16)
def vocabulary(
    fields: tuple[Field, ...],
    years: frozenset[int],
    *,
    recurs: bool = False,
    period: Period = ANY,
    money: str = "",
) -> "Vocabulary":
    """The vocabulary of an obligation, made once for all its forms; ``money`` as in ``Vocabulary``."""
    return Vocabulary(fields, years, recurs=recurs, period=period, money=money)


class Vocabulary:
    """The fields of an obligation as labels may word them.

    ``money`` is the measure a table says its money is counted in, for labels that do not say it: 万元.
    """

    def __init__(
        self,
        fields: Sequence[Field],
        years: Iterable[int] = (),
        *,
        recurs: bool = False,
        period: Period = ANY,
        money: str = "",
    ) -> None:
        self.fields = {f.id: f for f in fields}
        self._years = frozenset(years)
        self.recurs = recurs
        self.period = period
        self._money = measure_in(money) if money else None
        units = [fold(f.unit) for f in fields if f.unit]
        self._own = frozenset(unit[1:] if is_scaled(unit) else unit for unit in units)
        self._labels = {f.id: [self.parse(n) for n in (f.title, *f.aliases)] for f in fields}
        self._bare = {f.id: {_bare(n) for n in (f.title, *f.aliases)} for f in fields}
        self._exact = {f.id: {fold(n) for n in (f.title, *f.aliases)} for f in fields}
        self._seen = lru_cache(maxsize=MEMORY)(self._find)

    def parse(self, text: str) -> Label:
        """A label with this campaign's years."""
        return parse_label(text, self._years, self._own, recurs=self.recurs, period=self.period)

    def is_measure(self, text: str) -> bool:
        """Whether a text is nothing but a measure word, as in a 计量单位 column."""
        return measure_in(fold(text).strip("()"), self._own) is not None

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
            label = self._worded(whole, text) if len(parts) > 1 else whole
            asked = [f for f in self.fields.values() if label.core or _bare(text) in self._bare[f.id]]
            found += [hit for hit in (self._hit(f, label) for f in asked) if hit]
        best = min((hit.tier for hit in found), default=0)
        kept = {hit.field: hit for hit in reversed(found) if hit.tier == best}
        if len(kept) > 1:
            exact = {f for f in kept if fold(parts[-1]) in self._exact[f]}
            kept = {f: hit for f, hit in kept.items() if f in exact} or kept
        return tuple(kept.values())

    def _worded(self, whole: Label, text: str) -> Label:
        """The label of a path, what it asks for being told by some of its words."""
        own = self.parse(text)
        return replace(
            whole, core=own.core, measure=own.measure, scale=own.scale, word=own.word, loose=own.loose
        )

    @staticmethod
    def _wordings(parts: tuple[str, ...]) -> list[str]:
        joined = ["".join(parts[start:]) for start in range(len(parts))]
        if len(parts) > 1:
            joined.append(parts[-1] + "".join(parts[:-1]))
        return joined

    def _hit(self, field: Field, label: Label) -> Hit | None:
        own = measure_in(fold(field.unit), self._own) if field.unit else None
        if self._money and own and label.measure is None and own.measure == self._money.measure:
            label = replace(
                label, measure=own.measure, scale=self._money.scale, word=self._money.word, loose=False
            )
        for tier, same in ((1, _same_core), (2, _same_soft_core)):
            for known in self._labels[field.id]:
                if known.marks != label.marks or not same(known.core, label.core):
                    continue
                measures = _measures(known, own)
                if label.measure is None or not measures or label.measure in measures:
                    units, scale = _counted_in(own, frozenset().union(*measures), label)
                    return Hit(field.id, tier, label, label.measure is not None, units, scale)
        return None


def _measures(known: Label, own: Counted | None) -> list[Measure]:
    """In what a field may be counted: its name's measure, and its own where the name but ends like one.

    培训场次 asked for in 期 is counted in 期, whatever its name ends with.
    """
    found = [known.measure] if known.measure else []
    if own and (known.loose or not found):
        found.append(own.measure)
    return found


def _counted_in(own: Counted | None, measure: Measure, label: Label) -> tuple[Measure, float | None]:
    """The words figures below the label may carry, and what makes them the field's own unit.

    Under 万元 a figure that itself says 元 or 万 could be either: only the very word may follow it. Under
    观众人次, which is asked for in 万人次, nobody says in which of the two it is: None.
    """
    target = own.scale if own else 1
    if own and target != 1 and label.loose:
        return frozenset({own.word}), None
    if label.measure is None:
        words = frozenset({own.word}) if own and target != 1 else measure
        return words, 1
    words = frozenset({label.word}) if label.scale != 1 else label.measure | measure
    return words, label.scale / target


def of_the_whole(labels: Sequence[Label], period: Period) -> list[Label]:
    """Of 本月 and 累计 beside each other, what a report on the whole asks for: 累计.

    A report on one month asks for 本月: what has added up beside it began before.
    """
    if period.month and (month := [label for label in labels if label.month and not label.since]):
        return month if all(label.month or label.since for label in labels) else []
    since = [label for label in labels if label.since and not label.piece]
    return since if since and all(label.since or label.piece for label in labels) else []


LEAST_WORD = 2


@lru_cache(maxsize=256)
def field_words(field: Field) -> tuple[str, ...]:
    """The words a field is called by in running text, the longest first."""
    own = frozenset({fold(field.unit)}) if field.unit else frozenset()
    cores = [parse_label(n, own=own).core for n in (field.title, *field.aliases)]
    cores += [_SOFT.sub("", c) for c in cores]
    cores += [BRACKETS.sub("", n) for n in map(fold, (field.title, *field.aliases)) if "的" in n]
    return tuple(sorted({c for c in cores if len(c) >= LEAST_WORD}, key=len, reverse=True))


def _bare(text: str) -> str:
    """The words of a label: 同比增长 is all marks, as 累计 is, and means its field only word for word.

    The star our own form sets before what must be filled in is none of them.
    """
    return BRACKETS.sub("", fold(text)).lstrip("*").rstrip(":")


def _same_core(one: str, other: str) -> bool:
    return one == other


def _same_soft_core(one: str, other: str) -> bool:
    """The same characters but for filler: 走访家庭, 家庭走访 and 入户走访."""
    first, second = sorted(_SOFT.sub("", one)), sorted(_SOFT.sub("", other))
    return len(first) > 1 and first == second
