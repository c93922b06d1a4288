"""One row below a table's header: a unit's figures, a total, an example left in, or nothing to read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tasks.intake.forms.grid import Grid, is_numberish
from tasks.intake.forms.layout import Doubt, Figure, Line
from tasks.intake.forms.units import unit_names
from tasks.intake.words.labels import Hit
from tasks.intake.words.numbers import Number, is_scaled
from tasks.roster.names import names_of
from tasks.terms.sums import added
from tasks.terms.text import fold
from tasks.terms.units import Roster

TOTAL = re.compile(
    r"^(?:合计|总计|共计|总数|累计|.{0,12}(?:合计|总计)|(?:计|总和|汇总数?)$|"
    r"(?:全部|总|∑|Σ|total|sum|总体(?:情况)?|[各村社站所级]{1,4}汇总数?|全[站所院校]|[0-9一二两三四五六七八九十]{1,3}个[村社站所]区?)$|"
    r"[全本](?:镇|乡|区|县|市|街道|村|社区)(?:汇总|总数|计)?$|全[镇乡区市街道村]+合计)[:（(]?",
    re.IGNORECASE,
)
SUBTOTAL = re.compile(r"小计")
_EXAMPLE = re.compile(
    r"示例|样例|范例|举例|填写样式|^[(]?例[:)）如]?|^如[:：]|^某某|某某(?=[镇乡村区县市局站]|街道|社区|单位|公司|中心)|×|XX",
    re.IGNORECASE,
)
_EXAMPLE_FIGURE = re.compile(r"示例|样例|范例|举例|^[(]?例[:)]?(?=[0-9])|^如:")
FOOTER = re.compile(
    r"^(?:填[报表写]人|制表人?|审核人?(?:[:(]|$)|审批(?:人|意见)|复核(?:人|[:(]|$)|经办人?|负责人|单位负责人|分管领导|联系人|联系电话|电话|手机|"
    r"填[报表]日期|填[报表]时间|报送日期|日期|说明|填[报表写]说明|注(?=[:0-9.、(]|$)|备注|是否零报告|零报告|附注|盖章|单位\(?盖章|[(]?盖章)"
)
_SIGNED = re.compile(
    r"^[\u4e00-\u9fff]{0,8}(?:签[字名章]|[校园院所站局镇乡区县市处科股部厂村]长|书记|主任|主席|会计|统计员|经理):"
)
NEW_PAGE = re.compile(r"^(?:填报|报送|填表|上报)单位(?:名称)?:")
_REMARK = re.compile(
    r"^第[0-9]+页|^共[0-9]+页|^附(?:件|图|表)?[:0-9]|^(?:数据|数字)(?:均|已|经|真实)|^(?:[*※#①-⑳]|[(]?[0-9]{1,2}(?:[、)]|[.](?![0-9])))[^0-9].{3,}|^[^0-9:]{2,10}:[^0-9]*$|^(?:以上|本表|上述|上表)(?:数据|数字|各项|数)?.{6,}"
)
_MEANING = re.compile(
    r"^(?:填[报表写](?:要求|口径|规则)|(?:统计|指标)?口径|指标(?:解释|说明|含义)|要求)(?:[:(]|$)"
)
_DAY = re.compile(r"^20[0-9]{2}(?:年|[-./])[0-9]{1,2}(?:月|[-./])[0-9]{1,2}日?$")
_SENTENCE = 12
_TEN_THOUSAND = 10_000
_TELLS_WHOM = re.compile(r"(?:电话|手机|号码|传真|邮编|日期|时间):?$")
_COLUMN_ROW = re.compile(r"^(?:甲|乙|丙|栏次|列次|栏目)$")


@dataclass(frozen=True, slots=True)
class Header:
    """Where a table's columns are."""

    top: int
    bottom: int
    columns: dict[str, tuple[int, Hit]]
    doubts: dict[str, Doubt]
    names: tuple[int, ...]
    code: int | None
    serials: frozenset[int]
    doubted: tuple[int, ...] = ()
    parts: dict[str, tuple[tuple[int, Hit], ...]] = field(default_factory=dict)
    """Of figures under 合计 the columns beside it that are to come to them."""

    @property
    def found(self) -> int:
        """How many fields the header asks for."""
        return len(self.columns) + sum(d is Doubt.SEVERAL for d in self.doubts.values())


def read_row(grid: Grid, header: Header, row: int, roster: Roster) -> tuple[str, Line]:
    """What a row is (data, total, subtotal, example or skip), and what stands in it."""
    beside = [t for t in _beside(grid, header, row) if t]
    figures = {f: _figure(grid, header, row, c, hit) for f, (c, hit) in header.columns.items()}
    figures |= {f: _borne_out(grid, header, row, figures[f], parts) for f, parts in header.parts.items()}
    line = Line(row + 1, _names(grid, header, row), _code(grid, header, row), figures, tuple(beside))
    at_the_foot = any(FOOTER.match(t) or NEW_PAGE.match(t) for t in beside[:1]) or _is_footer(grid, row)
    if at_the_foot or _is_of_meanings(grid, header, row, line):
        return "skip", line
    if any(is_example(text, roster) for text in beside) or _shows_how(grid, header, row):
        return "example", line
    if _is_column_numbers(grid, header, row, beside) or repeats_header(grid, header, row):
        return "skip", line
    if any(TOTAL.match(t) for t in beside):
        return "total", line
    if any(SUBTOTAL.search(t) for t in beside):
        return "subtotal", line
    named = bool(line.names or line.code)
    return ("data" if named or not line.blank else "skip"), line


def _is_of_meanings(grid: Grid, header: Header, row: int, line: Line) -> bool:
    """Whether a row of words right under the head says what the columns mean: 填整数 | 含线上活动.

    Under it stand the figures; a row alone is what was filled in, and so is one with a name.
    """
    if row != header.bottom + 1 or line.code or not grid.is_header(row):
        return False
    if line.names:
        return any(map(_MEANING.match, line.words[:1]))
    return row + 1 < grid.height and any(grid.numberish(row + 1, c) for c, _ in header.columns.values())


def is_said_below(grid: Grid, row: int, line: Line, roster: Roster) -> bool:
    """Whether a row below figures holds remarks, a date or an office's name alone: 2026年7月1日, *含2个小区.

    The last of several figures is often all a clerk changes, so what may be a figure stays one.
    """
    said = grid.labels(row)
    raw = _raw(grid, row)
    if line.names or line.code or any(isinstance(value, float | int) for value in raw):
        return False
    if not said:
        return any(isinstance(value, date) for value in raw)
    names = names_of(roster)
    if len(said) == 1 and not is_numberish(said[0]) and _is_a_sentence(grid, row, said[0]):
        return True
    return all(_REMARK.match(t) or _DAY.match(t) or names.exactly(t) for t in said)


def _is_a_sentence(grid: Grid, row: int, said: str) -> bool:
    """Whether the one text of a row is too long for a figure's place, or spread over several of them."""
    column = next(c for c in range(grid.width) if grid.text(row, c) == said)
    _, left, _, right = grid.merge(row, column)
    return len(said) >= _SENTENCE or right > left


def _raw(grid: Grid, row: int) -> list[Any]:
    return [grid.raw(row, column) for column in range(grid.width)]


def _is_footer(grid: Grid, row: int) -> bool:
    """填表人：王某 | 审核人：李某 below the figures: no more than labels of a footer."""
    texts = grid.labels(row)
    said = [t for t in texts if ":" in t and (FOOTER.match(t) or _SIGNED.match(t))]
    figures = [c for c in range(grid.width) if grid.numberish(row, c)]
    return (
        bool(said) and texts[0] in said and all(_TELLS_WHOM.search(_left_of(grid, row, c)) for c in figures)
    )


def _left_of(grid: Grid, row: int, column: int) -> str:
    """The text beside a cell, towards the left."""
    return next((text for c in range(column - 1, -1, -1) if (text := grid.text(row, c))), "")


def is_example(text: str, roster: Roster) -> bool:
    """Whether a row's words mark it as an example left in the form; a unit's own name is never a mark."""
    if not _EXAMPLE.search(text):
        return False
    for name in unit_names(roster, text):
        text = text.replace(fold(name), "")
    return bool(_EXAMPLE.search(text))


def _shows_how(grid: Grid, header: Header, row: int) -> bool:
    """Whether a figure is marked as an example: （示例）50, 如：3."""
    return any(_EXAMPLE_FIGURE.search(grid.text(row, column)) for column, _ in header.columns.values())


def _beside(grid: Grid, header: Header, row: int) -> list[str]:
    """The words of a row outside its figures: names, remarks, 合计."""
    taken = {c for c, _ in header.columns.values()}
    return [grid.label(row, c) for c in range(grid.width) if c not in taken]


def _names(grid: Grid, header: Header, row: int) -> tuple[str, ...]:
    if header.names:
        return tuple(dict.fromkeys(t for c in header.names if (t := grid.label(row, c))))
    first = min((c for c, _ in header.columns.values()), default=0)
    texts = [grid.label(row, c) for c in range(first) if c not in header.serials and c != header.code]
    return tuple(dict.fromkeys(t for t in texts if t))


def _code(grid: Grid, header: Header, row: int) -> str:
    if header.code is None:
        return ""
    value: Any = grid.raw(row, header.code)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return fold(str(value)) if value is not None else ""


def _figure(grid: Grid, header: Header, row: int, column: int, hit: Hit) -> Figure:
    top, _, bottom, _ = grid.merge(row, column)
    shown = grid.raw(row, column)
    apart = bottom > top or (shown is not None and _is_over_several_columns(grid, header, row, column))
    number = Number(None, "VAGUE") if apart else grid.number(row, column, hit.units)
    figure = Figure(
        scaled(number, hit.scale),
        grid.address(row, column),
        "" if shown is None else str(shown),
        grid.hidden(row, column),
    )
    return in_its_scale(figure, hit)


def _borne_out(
    grid: Grid, header: Header, row: int, whole: Figure, parts: Sequence[tuple[int, Hit]]
) -> Figure:
    """A figure under 合计; a doubtful one where the columns beside it do not come to it."""
    said = [_figure(grid, header, row, column, hit).number.value for column, hit in parts]
    known = [value for value in said if value is not None]
    if not known or whole.number.value in {None, added(known)}:
        return whole
    return replace(whole, number=Number(None, "VAGUE"), shown=f"{whole.shown}（与各栏相加不符）")


def _is_over_several_columns(grid: Grid, header: Header, row: int, column: int) -> bool:
    """Whether a figure stands in a cell merged over columns that have labels of their own."""
    _, left, _, right = grid.merge(row, column)
    heads = range(header.top, header.bottom + 1)
    return any(len({grid.label(r, c) for c in range(left, right + 1)} - {""}) > 1 for r in heads)


def scaled(number: Number, scale: float | None) -> Number:
    """A number under a header in 万 and the like; where that leaves open which, 1.32 can only be 万人次."""
    if scale == 1 or number.value is None:
        return number
    if scale is None:
        return number if number.value == 0 or number.value % 1 else Number(None, "VAGUE")
    return Number(float(round(number.value * scale, 6)))


def in_its_scale(figure: Figure, hit: Hit) -> Figure:
    """A figure asked for in 万元 under a head that names no measure; 128000 there must be one in 元.

    Nobody writes a thousand million of money that way.
    """
    value = figure.number.value
    silent = hit.label.measure is None and any(map(is_scaled, hit.units))
    if not silent or value is None or value < _TEN_THOUSAND:
        return figure
    measure = next(iter(hit.units))
    return replace(figure, number=Number(None, "VAGUE"), shown=f"{value:.15g}（没写是否以{measure}计）")


def repeats_header(grid: Grid, header: Header, row: int) -> bool:
    """Whether the labels of the header stand in a row once more."""
    places = [c for c, _ in header.columns.values()]
    return bool(places) and all(
        grid.label(row, c) and grid.label(row, c) == grid.label(header.bottom, c) for c in places
    )


def _is_column_numbers(grid: Grid, header: Header, row: int, beside: Sequence[str]) -> bool:
    """The row that numbers the columns: 甲 乙 1 2 3."""
    if row > header.bottom + 1:
        return False
    if any(_COLUMN_ROW.match(t) for t in beside):
        return True
    values = [v for c in range(grid.width) if (v := grid.number(row, c).value) is not None]
    words = any((text := grid.text(row, c)) and not is_numberish(text) for c in range(grid.width))
    return not words and len(values) > 2 and values == [float(n) for n in range(1, len(values) + 1)]  # noqa: PLR2004
