"""Figures in a table: a header of one to four rows, one row for each unit, totals above or below."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from tasks.intake.form_units import unit_names
from tasks.intake.grid import Grid
from tasks.intake.labels import Hit, Vocabulary, since_the_beginning
from tasks.intake.layout import Doubt, Figure, Layout, Line
from tasks.intake.numbers import Number
from tasks.terms.text import fold
from tasks.terms.units import Roster

MAX_HEADER_ROW = 80
MAX_DEPTH = 4

TOTAL = re.compile(r"^(?:合计|总计|共计|总数|累计|全[镇乡区市街道村]+合计|.{0,12}(?:合计|总计))[:（(]?")
SUBTOTAL = re.compile(r"小计")
_EXAMPLE = re.compile(
    r"示例|样例|范例|举例|填写样式|^[(]?例[:)）如]?|^如[:：]|^某某|某某(?=[镇乡村区县市局站]|街道|社区|单位|公司|中心)|×|XX",
    re.IGNORECASE,
)
FOOTER = re.compile(
    r"^(?:填[报表写]人|制表人?|审核人?(?:[:(]|$)|审批(?:人|意见)|复核(?:人|[:(]|$)|经办人?|负责人|单位负责人|分管领导|联系人|联系电话|电话|手机|"
    r"填[报表]日期|填[报表]时间|报送日期|日期|说明|填[报表写]说明|注(?=[:0-9.、(]|$)|备注|是否零报告|零报告|附注|盖章|单位\(?盖章|[(]?盖章)"
)
_NAME = re.compile(
    r"单位|乡镇|镇街|镇\(|街道|社区|村居|村名|行政村|^名称|机构|站点|社工站|工作站|工作室|组织名|区县|地区|辖区|部门"
)
_NOT_NAME = re.compile(r"活动|项目|姓名|地点|时间|日期|电话|单位代码|代码|计量|单位:|负责|联系|盖章")
_CODE = re.compile(r"代码|编码|区划")
_SERIAL = re.compile(r"^(?:序号|编号|序|行次|no\.?)$", re.IGNORECASE)
_NEW_PAGE = re.compile(r"^(?:填报|报送|填表|上报)单位(?:名称)?:")
_COLUMN_ROW = re.compile(r"^(?:甲|乙|丙|栏次|列次|栏目)$")


@dataclass(frozen=True, slots=True)
class _Header:
    """Where a table's columns are."""

    top: int
    bottom: int
    columns: dict[str, tuple[int, Hit]]
    doubts: dict[str, Doubt]
    names: tuple[int, ...]
    code: int | None
    serials: frozenset[int]
    doubted: tuple[int, ...] = ()

    @property
    def found(self) -> int:
        return len(self.columns) + sum(d is Doubt.SEVERAL for d in self.doubts.values())


def read_table(grid: Grid, words: Vocabulary, roster: Roster) -> Layout | None:
    """The best table of a sheet, or None when no row is a header of any field."""
    header = _find_header(grid, words)
    if header is None or _is_stacked_labels(grid, words, header):
        return None
    read: dict[str, list[Line]] = defaultdict(list)
    page = 0
    for row in range(header.bottom + 1, grid.height):
        if _is_other_header(grid, words, header, row):
            break
        kind, line = _read_row(grid, header, row, roster)
        page += any(_NEW_PAGE.match(t) for t in line.words[:1])
        read[kind].append(replace(line, page=page))
    counted = [line.row for kind in ("data", "total", "example") for line in read[kind]]
    return Layout(
        sheet=grid.sheet.name,
        lines=tuple(read["data"]),
        totals=tuple(line.figures for line in read["total"]),
        examples=tuple(line.figures for line in read["example"]),
        top=header.top,
        last=max(counted, default=header.bottom + 1) - 1,
        doubts=header.doubts,
        places={f: grid.address(header.bottom, c) for f, (c, _) in header.columns.items()}
        | {f: grid.address(header.bottom, 0) for f, d in header.doubts.items() if d is Doubt.SEVERAL},
        by_unit=bool(header.names or header.code is not None),
        crowded=any(grid.raw(line.row - 1, c) is not None for line in read["data"] for c in header.doubted),
    )


def _find_header(grid: Grid, words: Vocabulary) -> _Header | None:
    best: _Header | None = None
    for row in range(min(grid.height, MAX_HEADER_ROW)):
        if not grid.is_header(row):
            continue
        header = _header_at(grid, words, row)
        if header.found and (best is None or _better(header, best)):
            best = header
    return best


def _better(header: _Header, best: _Header) -> bool:
    """More fields; as many, and it is the lower row of the same header."""
    if header.found == best.found:
        return header.top <= best.bottom
    return header.found > best.found


def _header_at(grid: Grid, words: Vocabulary, bottom: int) -> _Header:
    top = _top_of(grid, words, bottom)
    hits: dict[str, list[tuple[int, Hit]]] = defaultdict(list)
    names, codes, serials = [], [], []
    for column in range(grid.width):
        path = _with_measure(words, _path(grid, top, bottom, column))
        leaf = path[-1] if path else ""
        found = words.hits(path) if path else ()
        for hit in found:
            hits[hit.field].append((column, hit))
        if found or not leaf:
            continue
        if _SERIAL.match(leaf):
            serials.append(column)
        elif _CODE.search(leaf):
            codes.append(column)
        elif _NAME.search(leaf) and not _NOT_NAME.search(leaf):
            names.append(column)
    columns, doubts = _resolve(words, hits)
    doubted = tuple(c for f, d in doubts.items() if d is Doubt.SEVERAL for c, _ in hits[f])
    code = codes[0] if codes else None
    return _Header(top, bottom, columns, doubts, tuple(names), code, frozenset(serials), doubted)


def _top_of(grid: Grid, words: Vocabulary, bottom: int) -> int:
    """The first row of the header: up while rows are words in several cells, never into the title."""
    top = bottom
    while top > 0 and bottom - top < MAX_DEPTH - 1:
        labels = grid.labels(top - 1)
        several = len(labels) > 1 and grid.is_header(top - 1) and not any(":" in t[:-1] for t in labels)
        if not several or not _rows_join(grid, words, top):
            break
        top -= 1
    return top


def _rows_join(grid: Grid, words: Vocabulary, row: int) -> bool:
    """Whether the row above belongs to the same header.

    A label over one column alone goes on downwards: below it nothing stands, or only its measure or a
    word such as 完成数. Where a new label stands there, the row above is something else, such as 填报单位
    and a name.
    """
    for column in range(grid.width):
        _, left, bottom, right = grid.merge(row - 1, column)
        beside = grid.label(row - 1, column + 1) if column + 1 < grid.width else "."
        above, below = grid.text(row - 1, column), grid.text(row, column)
        single = left == right and bottom == row - 1 and beside
        if above and below and single and words.parse(below).core and not words.is_measure(below):
            return False
    return True


def _path(grid: Grid, top: int, bottom: int, column: int) -> tuple[str, ...]:
    """The labels over a column, group first; a label spread over several rows counts once."""
    seen: list[str] = []
    corners: set[tuple[int, int]] = set()
    for row in range(top, bottom + 1):
        corner = grid.merge(row, column)[:2]
        text = grid.label(row, column)
        if text and corner not in corners:
            seen.append(text)
        corners.add(corner)
    own = grid.label(bottom, column)
    covers = bottom == top or own or not any(grid.text(bottom, c) for c in range(grid.width))
    return tuple(seen) if covers or seen else ()


def _with_measure(words: Vocabulary, path: tuple[str, ...]) -> tuple[str, ...]:
    """社区活动 over 场 is 社区活动（场）."""
    if len(path) < 2 or not words.is_measure(path[-1]):  # noqa: PLR2004  a label and its measure
        return path
    return (*path[:-2], f"{path[-2]}({path[-1].strip('()')})")


def _resolve(
    words: Vocabulary, hits: dict[str, list[tuple[int, Hit]]]
) -> tuple[dict[str, tuple[int, Hit]], dict[str, Doubt]]:
    """One column for each field, or the reason there is none."""
    claimed: dict[int, int] = defaultdict(int)
    for found in hits.values():
        for column, _ in found:
            claimed[column] += 1
    columns: dict[str, tuple[int, Hit]] = {}
    doubts: dict[str, Doubt] = {}
    for name in words.fields:
        found = _narrowed(hits.get(name, []))
        if len(found) == 1 and claimed[found[0][0]] == 1:
            columns[name] = found[0]
        else:
            doubts[name] = Doubt.SEVERAL if found else Doubt.ABSENT
    return columns, doubts


def _narrowed(found: list[tuple[int, Hit]]) -> list[tuple[int, Hit]]:
    """Of several columns for one field: the better wording, the stated measure, what was done, the sum."""
    best = min((hit.tier for _, hit in found), default=1)
    kept = [each for each in found if each[1].tier == best]
    for trait in ("explicit", "total", "done"):
        chosen = [e for e in kept if (e[1].explicit if trait == "explicit" else getattr(e[1].label, trait))]
        kept = chosen or kept
    since = since_the_beginning([hit.label for _, hit in kept]) if len(kept) > 1 else []
    return [each for each in kept if each[1].label in since] or kept


def _is_stacked_labels(grid: Grid, words: Vocabulary, header: _Header) -> bool:
    """Whether the supposed header is the first of several label rows: another field's label stands below."""
    for field, (column, _) in header.columns.items():
        for row in range(header.bottom + 1, grid.height):
            text = grid.text(row, column)
            others = {h.field for h in words.hits((text,))} - {field} if text else set()
            if others and not any(
                grid.text(row, c) == grid.label(header.bottom, c) for c in range(grid.width)
            ):
                return True
    return False


def _is_other_header(grid: Grid, words: Vocabulary, header: _Header, row: int) -> bool:
    """Whether a second, different table begins here; the same header repeated on a new page is not one."""
    if not grid.is_header(row):
        return False
    asked = {h.field: c for c in range(grid.width) if (t := grid.text(row, c)) for h in words.hits((t,))}
    own = {f: c for f, (c, _) in header.columns.items()}
    return bool(asked) and any(own.get(f) != c for f, c in asked.items())


def _read_row(grid: Grid, header: _Header, row: int, roster: Roster) -> tuple[str, Line]:
    beside = [t for t in _beside(grid, header, row) if t]
    figures = {f: _figure(grid, row, c, hit) for f, (c, hit) in header.columns.items()}
    line = Line(row + 1, _names(grid, header, row), _code(grid, header, row), figures, tuple(beside))
    if any(FOOTER.match(t) or _NEW_PAGE.match(t) for t in beside[:1]):
        return "skip", line
    if any(is_example(text, roster) for text in beside):
        return "example", line
    if _is_column_numbers(grid, header, row, beside) or _repeats_header(grid, header, row):
        return "skip", line
    if any(TOTAL.match(t) for t in beside):
        return "total", line
    if any(SUBTOTAL.search(t) for t in beside):
        return "skip", line
    named = bool(line.names or line.code)
    return ("data" if named or not line.blank else "skip"), line


def is_example(text: str, roster: Roster) -> bool:
    """Whether a row's words mark it as an example left in the form; a unit's own name is never a mark."""
    if not _EXAMPLE.search(text):
        return False
    for name in unit_names(roster, text):
        text = text.replace(fold(name), "")
    return bool(_EXAMPLE.search(text))


def _beside(grid: Grid, header: _Header, row: int) -> list[str]:
    """The words of a row outside its figures: names, remarks, 合计."""
    taken = {c for c, _ in header.columns.values()}
    return [grid.label(row, c) for c in range(grid.width) if c not in taken]


def _names(grid: Grid, header: _Header, row: int) -> tuple[str, ...]:
    if header.names:
        return tuple(dict.fromkeys(t for c in header.names if (t := grid.label(row, c))))
    first = min((c for c, _ in header.columns.values()), default=0)
    texts = [grid.label(row, c) for c in range(first) if c not in header.serials and c != header.code]
    return tuple(dict.fromkeys(t for t in texts if t))


def _code(grid: Grid, header: _Header, row: int) -> str:
    if header.code is None:
        return ""
    value: Any = grid.raw(row, header.code)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return fold(str(value)) if value is not None else ""


def _figure(grid: Grid, row: int, column: int, hit: Hit) -> Figure:
    top, _, bottom, _ = grid.merge(row, column)
    number = Number(None, "VAGUE") if bottom > top else grid.number(row, column, hit.units)
    shown = grid.raw(row, column)
    return Figure(
        scaled(number, hit.scale),
        grid.address(row, column),
        "" if shown is None else str(shown),
        grid.hidden(row, column),
    )


def scaled(number: Number, scale: float) -> Number:
    """A number under a header in 万 and the like."""
    if scale == 1 or number.value is None:
        return number
    return Number(float(round(number.value * scale, 6)))


def _repeats_header(grid: Grid, header: _Header, row: int) -> bool:
    places = [c for c, _ in header.columns.values()]
    return bool(places) and all(
        grid.label(row, c) and grid.label(row, c) == grid.label(header.bottom, c) for c in places
    )


def _is_column_numbers(grid: Grid, header: _Header, row: int, beside: Sequence[str]) -> bool:
    """The row that numbers the columns: 甲 乙 1 2 3."""
    if row > header.bottom + 1:
        return False
    if any(_COLUMN_ROW.match(t) for t in beside):
        return True
    values = [v for c in range(grid.width) if (v := grid.number(row, c).value) is not None]
    words = any(grid.text(row, c) for c in range(grid.width))
    return not words and len(values) > 2 and values == [float(n) for n in range(1, len(values) + 1)]  # noqa: PLR2004
