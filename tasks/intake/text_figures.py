"""Figures named in running text, to hold against the form. Only what is plain: one exact count at a label."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from tasks.intake.labels import parse_label
from tasks.intake.numbers import CHINESE, measure_of, read_number
from tasks.terms.campaign import Field
from tasks.terms.text import fold

_COUNT = re.compile(
    rf"([约近超逾达]|不足|不少于|大约)?((?:[0-9][0-9,]*(?:\.[0-9]+)?[万千百]?)|[{CHINESE}]+)([余多来几])?"
    r"(人次|户次|场次|户|场|次|人|名|张|篇|条|件|份|个|期)([余多])?"
)
_CLAUSE = re.compile(r"[。；;！!\n]")
_PART = re.compile(r"[，,、:](?![0-9]{3})")
_NOT_DONE = re.compile(
    r"计划|目标|任务|要求|拟|下一步|将|每个|每站|各站|预计|不少于|其中|去年|上年|同比|同期|应"
)
_SUM = re.compile(r"共|累计|总计|合计|全部")
_AFTER = 8
_SOFT = re.compile(r"家庭|慰问|入户|社区")
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Mention:
    """One exact count in the text; ``total`` when the text says it is the sum."""

    value: float
    where: str
    total: bool


def text_figures(text: str, fields: tuple[Field, ...]) -> tuple[dict[str, float], dict[str, str]]:
    """Figures the text states for certain and the words they stand in; doubtful ones are left out."""
    found: dict[str, list[Mention]] = defaultdict(list)
    words = {f.id: _words(f) for f in fields}
    for clause in _CLAUSE.split(text):
        for name, mention in _mentions(fold(clause), fields, words):
            found[name].append(mention)
    values, evidence = {}, {}
    for name, mentions in found.items():
        kept = [m for m in mentions if m.total] or mentions
        if len({m.value for m in kept}) == 1:
            values[name], evidence[name] = kept[0].value, kept[0].where
    return values, evidence


def _words(field: Field) -> tuple[str, ...]:
    cores = [parse_label(n).core for n in (field.title, *field.aliases)]
    cores += [_SOFT.sub("", c) for c in cores]
    return tuple(sorted({c for c in cores if len(c) >= _LEAST}, key=len, reverse=True))


def _mentions(
    clause: str, fields: tuple[Field, ...], words: dict[str, tuple[str, ...]]
) -> Iterator[tuple[str, Mention]]:
    for part in _PART.split(clause):
        if _NOT_DONE.search(part):
            continue
        counts = list(_COUNT.finditer(part))
        for index, count in enumerate(counts):
            before = part[counts[index - 1].end() if index else 0 : count.start()]
            after = part[count.end() : counts[index + 1].start() if index + 1 < len(counts) else None][
                :_AFTER
            ]
            name = _field(before, after, count[4], fields, words)
            value = None if count[1] or count[3] or count[5] else read_number(count[2]).value
            if name and value is not None:
                yield name, Mention(value, f"正文“{part[:40]}”", _SUM.search(before) is not None)


def _field(
    before: str, after: str, measure: str, fields: tuple[Field, ...], words: dict[str, tuple[str, ...]]
) -> str | None:
    """The one field of that measure whose words stand at the count; the words before it weigh more."""
    counted = [f.id for f in fields if f.unit and measure in measure_of(f.unit)]
    for side in (before, after):
        named = [name for name in counted if any(w in side for w in words[name])]
        if len(named) == 1:
            return named[0]
        if named:
            return None
    return None
