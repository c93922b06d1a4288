"""Figures beside their labels: label left, value right; also tables whose rows are the fields."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tasks.intake.forms.grid import Grid, is_numberish
from tasks.intake.forms.layout import Doubt, Figure, Layout, Line
from tasks.intake.forms.table_rows import FOOTER, in_its_scale, is_example, scaled
from tasks.intake.words.label import Label
from tasks.intake.words.labels import Hit, Vocabulary, of_the_whole
from tasks.intake.words.numbers import BLANK, Number, is_scaled, read_number
from tasks.intake.words.period import Period
from tasks.terms.sums import added
from tasks.terms.text import fold
from tasks.terms.units import Roster

_REMARK = re.compile(r"备注|说明|计量单位|^单位$|序号|行次|栏次|行号|代码|编码|填报要求")
_BARE_TIMES = frozenset({"", "同月", "数", "值", "同季", "同周"})
_ANOTHER = re.compile(r"^(?:上一?(?:[次轮批].*)?|前次.*|.{0,4}平均[数值]?|均值|[男女]性?|权重)$")
"""Headings of columns that are another turn's figures, an average, or one part of those counted."""
_MONEY = re.compile(r"(?:经费|资金|金额|投入|支出|款项|款额)$")
_LISTED = re.compile(r"[、,;/](?=[^()]*\))|^[^()]*[、/]")
_SCORES = re.compile(r"^(?:分值|得分|标准分|自评分?|评分)$")
_IN_CELL = re.compile(r"([^:;，,。；\n]{2,24}):([^:;，,。；\n]{1,12})")


@dataclass(frozen=True, slots=True)
class _Found:
    """One place that answers a field."""

    hit: Hit
    figure: Figure
    row: int


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A cell right of a label, with what the column's heading says of it."""

    column: int
    heading: Label | None


def read_pairs(grid: Grid, words: Vocabulary, roster: Roster) -> Layout | None:
    """The figures of a sheet read label by label, or None when it has no label of any field."""
    found: dict[str, list[_Found]] = defaultdict(list)
    several: set[str] = set()
    for row in range(grid.height):
        if any(is_example(t, roster) for t in grid.labels(row)[:2]):
            continue
        for each in (*_beside(grid, words, row, several), *_inside(grid, words, row)):
            found[each.hit.field].append(each)
    if not found and not several:
        return None
    return _layout(grid, words, found, several)


def _layout(grid: Grid, words: Vocabulary, found: dict[str, list[_Found]], several: set[str]) -> Layout:
    figures: dict[str, Figure] = {}
    doubts: dict[str, Doubt] = {}
    row = 0
    for name in words.fields:
        kept = _narrowed(found.get(name, []), words.period)
        if len(kept) == 1 and name not in several:
            figures[name], row = kept[0].figure, row or kept[0].row + 1
        else:
            doubts[name] = Doubt.SEVERAL if kept or name in several else Doubt.ABSENT
    places = {f: figure.where for f, figure in figures.items()}
    places |= {f: f"{grid.sheet.name}!A1" for f, d in doubts.items() if d is Doubt.SEVERAL}
    top = min((f.row for each in found.values() for f in each), default=0)
    return Layout(
        grid.sheet.name,
        (Line(row, (), "", figures),),
        top=top,
        last=top - 1,
        doubts=doubts,
        places=places,
        crowded=bool(several),
    )


def _narrowed(found: list[_Found], period: Period) -> list[_Found]:
    """The better wording first, then the stated measure, then what was done; each cell once."""
    best = min((f.hit.tier for f in found), default=1)
    kept = [f for f in found if f.hit.tier == best]
    kept = [f for f in kept if f.hit.explicit] or kept
    kept = [f for f in kept if f.hit.label.done] or kept
    whole = of_the_whole([f.hit.label for f in kept], period) if len(kept) > 1 else []
    kept = [f for f in kept if f.hit.label in whole] or kept
    return list({f.figure.where: f for f in kept}.values())


def _beside(grid: Grid, words: Vocabulary, row: int, several: set[str]) -> Iterator[_Found]:
    for column in range(grid.width):
        if not grid.text(row, column) or grid.numberish(row, column):
            continue
        for hit in words.hits(_path(grid, row, column, _measure_of(grid, words, row, column))):
            candidates = _candidates(grid, words, row, column, hit)
            if not candidates:
                continue
            chosen = _choose(grid, row, candidates, words.period)
            if chosen is None or (
                words.fields[hit.field].adds and not _is_their_sum(grid, row, chosen, candidates)
            ):
                several.add(hit.field)
            else:
                heading = next(c.heading for c in candidates if c.column == chosen)
                counted = _counted_as_headed(grid, words, (row, column), hit, heading)
                yield _Found(counted, _figure(grid, row, chosen, counted), row)


def _counted_as_headed(
    grid: Grid, words: Vocabulary, place: tuple[int, int], hit: Hit, heading: Label | None
) -> Hit:
    """The hit in the measure its column is headed by, where the label says none: 资金 under 金额（元）."""
    if hit.explicit or heading is None or heading.measure is None:
        return hit
    stated = words.hits(_path(grid, *place, heading.word))
    return next((each for each in stated if each.field == hit.field), hit)


def _measure_of(grid: Grid, words: Vocabulary, row: int, column: int) -> str:
    """What a column 计量单位 right of a label says, before any figure."""
    for place in range(grid.merge(row, column)[3] + 1, grid.width):
        if text := grid.text(row, place):
            return text.strip("()") if words.is_measure(text) else ""
    return ""


def _path(grid: Grid, row: int, column: int, measure: str) -> tuple[str, ...]:
    """The labels left of and at a cell, group first, with its measure; a figure between ends the group."""
    parts = [grid.text(row, column) + (f"({measure})" if measure else "")]
    left = column - 1
    while left >= 0 and grid.label(row, left) and not grid.numberish(row, left):
        top, _, bottom, _ = grid.merge(row, left)
        if bottom == top:  # only a cell that spans several rows is a group
            break
        parts.insert(0, grid.label(row, left))
        left = grid.merge(row, left)[1] - 1
    return tuple(parts)


def _candidates(grid: Grid, words: Vocabulary, row: int, column: int, hit: Hit) -> list[_Candidate]:
    """The cells a label may speak of, up to the next label."""
    found: list[_Candidate] = []
    place = grid.merge(row, column)[3] + 1
    while place < grid.width:
        text = grid.text(row, place)
        if text and words.is_measure(text):
            pass
        elif text and (_is_label(words, text) or (found and not is_numberish(text))):
            break
        else:
            heading = _heading(grid, words, row, place)
            if heading is None or not _is_beside_the_point(heading, hit):
                found.append(_Candidate(place, heading))
        place = grid.merge(row, place)[3] + 1
    return found


def _is_beside_the_point(heading: Label, hit: Hit) -> bool:
    """Whether a column holds no figure of a label: remarks, a plan; 上年 is another time."""
    label, scored = hit.label, "分" in hit.units
    if _ANOTHER.match(heading.core) or (_SCORES.match(heading.core) and not scored):
        return True
    if _is_in_another_measure(heading, hit):
        return True
    bare_time = "other" in heading.marks and heading.core in _BARE_TIMES
    return bool(heading.marks - label.marks or bare_time or _REMARK.search(heading.core))


def _is_in_another_measure(heading: Label, hit: Hit) -> bool:
    """Whether a column counts what the label does not: 人次 or 经费 beside 场; 个 is anything's count."""
    if not hit.units:
        return False
    money = _MONEY.search(heading.core) is not None and not any(unit.endswith("元") for unit in hit.units)
    stated = heading.measure if heading.measure and "个" not in heading.measure else None
    return money or (stated is not None and not stated & {_counted(unit) for unit in hit.units})


def _counted(unit: str) -> str:
    return unit[1:] if is_scaled(unit) else unit


def _is_label(words: Vocabulary, text: str) -> bool:
    return words.asks(text) or text.endswith(":") or FOOTER.match(text) is not None


def _heading(grid: Grid, words: Vocabulary, row: int, column: int) -> Label | None:
    """What stands over a column of values: 计划, 完成 …; the nearest row of words with several cells."""
    for above in range(row - 1, -1, -1):
        if grid.is_header(above) and len(grid.labels(above)) > 1:
            text = grid.label(above, column)
            return _parsed(words, text) if text and not words.asks(text) else None
    return None


def _parsed(words: Vocabulary, text: str) -> Label:
    """A heading taken apart; 数量（场、户） lists the measures of its rows and is none of them."""
    label = words.parse(text)
    return replace(label, measure=None) if _LISTED.search(text) else label


def _choose(grid: Grid, row: int, candidates: list[_Candidate], period: Period) -> int | None:
    """The one cell that holds the figure; None when several could."""
    filled = [
        c for c in candidates if grid.raw(row, c.column) is not None or grid.number(row, c.column) != BLANK
    ]
    numbers = [c for c in filled if grid.numberish(row, c.column)] or filled[:1]
    for trait in ("done", "total"):
        chosen = [c for c in numbers if c.heading and getattr(c.heading, trait)]
        if len(numbers) > 1 and chosen:
            numbers = chosen
    if len(numbers) > 1:
        numbers = _of_the_month(numbers, period)
    if len(numbers) > 1:
        return None
    if numbers:
        return numbers[0].column
    done = [c for c in candidates if c.heading and c.heading.done]
    return (done or candidates)[0].column


def _is_their_sum(grid: Grid, row: int, chosen: int, candidates: list[_Candidate]) -> bool:
    """Whether a figure under 合计 is what the columns beside it come to; any other need not be."""
    if not any(c.column == chosen and c.heading and c.heading.total for c in candidates):
        return True
    beside = [grid.number(row, c.column).value for c in candidates if c.column != chosen]
    known = [value for value in beside if value is not None]
    return not known or grid.number(row, chosen).value in {None, added(known)}


def _of_the_month(numbers: list[_Candidate], period: Period) -> list[_Candidate]:
    """Of 本月 beside 累计 the month's in a report on one month; all where that does not settle it."""
    headings = [c.heading for c in numbers if c.heading]
    if not period.month or len(headings) < len(numbers) or not any(h.month for h in headings):
        return numbers
    whole = of_the_whole(headings, period)
    return [c for c in numbers if c.heading in whole] or numbers


def _figure(grid: Grid, row: int, column: int, hit: Hit) -> Figure:
    number = scaled(grid.number(row, column, hit.units), hit.scale)
    shown = grid.raw(row, column)
    where, said = grid.address(row, column), "" if shown is None else str(shown)
    return in_its_scale(Figure(number, where, said, grid.hidden(row, column)), hit)


def _inside(grid: Grid, words: Vocabulary, row: int) -> Iterator[_Found]:
    """Label and value written into one cell: 活动场次：3场；走访户数：30户."""
    for column in range(grid.width):
        raw = grid.raw(row, column)
        if not isinstance(raw, str) or ":" not in fold(raw) or "说明" in raw:
            continue
        for label, value in _IN_CELL.findall("\n".join(fold(part) for part in raw.splitlines())):
            if not is_numberish(value):
                continue
            for hit in words.hits((label,)):
                number: Number = scaled(read_number(value, hit.units), hit.scale)
                figure = Figure(number, grid.address(row, column), value, grid.hidden(row, column))
                yield _Found(hit, figure, row)
