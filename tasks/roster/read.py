"""The roster file, as the bureau keeps it: workbook or delimited text, Chinese or English headings."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path
from sys import intern

from tasks.documents.strict_yaml import shown_name
from tasks.roster.table import Line, Table, tables
from tasks.terms.errors import Misconfigured
from tasks.terms.units import Contact, Role, Roster, Unit

HEADINGS = {
    "code": ("code", "代码", "单位代码", "编码"),
    "name": ("name", "单位名称", "名称", "单位"),
    "kind": ("kind", "类别", "单位类别"),
    "tier": ("tier", "层级"),
    "parent": ("parent", "上级", "上级代码", "报送上级"),
    "aliases": ("aliases", "别名", "简称"),
    "preparer": ("preparer", "填报人邮箱", "邮箱"),
    "sender": ("sender", "报送人邮箱"),
    "leader": ("leader", "分管领导邮箱"),
    "phone": ("phone", "电话", "联系电话"),
    "start": ("start", "起始日"),
    "end": ("end", "终止日"),
}
"""What each column may be called."""

BESIDE = frozenset({"序号", "编号", "备注"})
"""Columns such lists have for their readers only."""
TITLED = {title: field for field, titles in HEADINGS.items() for title in titles}
REQUIRED = ("code", "name", "kind")
ROLES: tuple[Role, ...] = ("preparer", "sender", "leader")
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
CODE = re.compile(r"[0-9A-Za-z_-]{1,32}")
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")

Row = tuple[int, Mapping[str, str]]
"""A line number and the cells of that line by field."""


def read_roster(path: Path) -> Roster:
    """Read a roster.

    Raises:
        Misconfigured: the first fault, with file, line and column.
    """
    name = shown_name(path)
    if not path.is_file():
        raise Misconfigured(f"{name}：没有这个名册文件")
    table, header = _the_one(tables(path.read_bytes(), name), name)
    read = [(row[0], _unit(row, name)) for row in _rows(table, header, name)]
    if not read:
        raise Misconfigured(f"{name}：名册中没有单位")
    lines = [line for line, _ in read]
    units = _under_their_parents([unit for _, unit in read], lines, name)
    _check_tree(units, lines, name)
    return Roster(tuple(units))


def _the_one(found: Sequence[Table], name: str) -> tuple[Table, int]:
    """The table that is the roster, and the place of its headings."""
    if not found:
        raise Misconfigured(f"{name}：名册中没有单位")
    headed = [(table, place) for table in found if (place := _header(table)) is not None]
    if len(headed) > 1:
        titles = "、".join(table.title for table, _ in headed)
        raise Misconfigured(f"{name}：{titles}都是名册，只能有一张，请合并或删去其余")
    if headed:
        return headed[0]
    return max(((table, _nearest(table)) for table in found), key=lambda each: _known(each[0].top[each[1]]))


def _header(table: Table) -> int | None:
    """The place of the line that has every heading a roster must have."""
    headed = (n for n, (_, cells) in enumerate(table.top) if set(map(TITLED.get, cells)).issuperset(REQUIRED))
    return next(headed, None)


def _nearest(table: Table) -> int:
    """The place of the line that is most like headings; the first that holds anything where none is."""
    places = range(len(table.top))
    return max(places, key=lambda n: (_known(table.top[n]), any(table.top[n][1]), -n))


def _known(line: Line) -> int:
    return sum(cell in TITLED for cell in line[1])


def _rows(table: Table, header: int, name: str) -> Iterator[Row]:
    columns = _columns(table.top[header], name)
    first = table.top[header][0]
    for line, column, said in sorted(table.odd):
        if line > first and column in columns.values():
            raise Misconfigured(f"{name} 第 {line} 行：{said}")
    rows = (
        (line, {field: cells[n] if n < len(cells) else "" for field, n in columns.items()})
        for line, cells in chain(table.top[header + 1 :], table.below)
    )
    yield from ((line, row) for line, row in rows if any(row.values()))


def _columns(header: Line, name: str) -> dict[str, int]:
    line, titles = header
    columns: dict[str, int] = {}
    for n, title in enumerate(titles):
        field = TITLED.get(title)
        if field in columns:
            both = f"{titles[columns[field]]}、{title}"
            raise Misconfigured(f"{name} 第 {line} 行：“{HEADINGS[field][1]}”写了两列（{both}）")
        if field:
            columns[field] = n
    for field in REQUIRED:
        if field not in columns:
            raise Misconfigured(f"{name} 第 {line} 行：缺少“{HEADINGS[field][1]}”一列（或写作 {field}）")
    strange = [t for t in titles if t and t not in TITLED and t not in BESIDE]
    if strange:
        raise Misconfigured(f"{name} 第 {line} 行：不认识“{strange[0]}”这一列，请删去或改列名")
    return columns


def _unit(row: Row, name: str) -> Unit:
    line, cells = row
    for field in REQUIRED:
        if not cells[field]:
            raise Misconfigured(f"{name} 第 {line} 行：“{HEADINGS[field][1]}”为空")
    if not CODE.fullmatch(cells["code"]):
        raise Misconfigured(
            f"{name} 第 {line} 行：代码“{cells['code']}”不对，应为数字或字母（在 Excel 中请设为文本格式）"
        )
    start, end = (_date(cells.get(field, ""), line, HEADINGS[field][1], name) for field in ("start", "end"))
    if start and end and end < start:
        raise Misconfigured(f"{name} 第 {line} 行：终止日 {end} 早于起始日 {start}")
    return Unit(
        code=intern(cells["code"]),
        name=cells["name"],
        kind=intern(cells["kind"]),
        tier=intern(cells.get("tier", "")),
        parent=intern(cells.get("parent", "")) or None,
        aliases=tuple(_parts(r"[、;；|]", cells.get("aliases", ""))),
        contacts=tuple(_contacts(cells, line, name)),
        phone=cells.get("phone", ""),
        start=start,
        end=end,
    )


def _parts(between: str, text: str) -> Iterator[str]:
    return filter(None, (part.strip() for part in re.split(between, text)))


def _contacts(cells: Mapping[str, str], line: int, name: str) -> Iterable[Contact]:
    for role in ROLES:
        for address in _parts(r"[、;；,，|\s]", cells.get(role, "")):
            if not ADDRESS.fullmatch(address):
                raise Misconfigured(f"{name} 第 {line} 行：“{HEADINGS[role][1]}”不是邮箱地址：{address}")
            yield Contact(role, address)


def _date(text: str, line: int, column: str, name: str) -> date | None:
    found = DAY.fullmatch(text)
    try:
        if found:
            return date(*map(int, found.groups()))
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Misconfigured(f"{name} 第 {line} 行：“{column}”应写作 2023-03-01，写的是 {text}") from None


def _under_their_parents(units: Sequence[Unit], lines: Sequence[int], name: str) -> list[Unit]:
    """With the parents' codes where the roster gives their full names."""
    codes = {u.code for u in units}
    named: dict[str, list[str]] = {u.parent: [] for u in units if u.parent and u.parent not in codes}
    for unit in units:
        if unit.name in named:
            named[unit.name].append(unit.code)
    found = []
    for unit, line in zip(units, lines, strict=True):
        meant = [unit.parent] if unit.parent in codes else named.get(unit.parent or "", [])
        if len(meant) > 1:
            raise Misconfigured(f"{name} 第 {line} 行：叫“{unit.parent}”的单位不止一个，上级请写代码")
        if unit.parent and not meant:
            raise Misconfigured(
                f"{name} 第 {line} 行：上级“{unit.parent}”不在名册中，应为上级单位的代码或全称"
            )
        found.append(replace(unit, parent=meant[0]) if unit.parent and meant[0] != unit.parent else unit)
    return found


def _check_tree(units: Sequence[Unit], lines: Sequence[int], name: str) -> None:
    first: dict[str, int] = {}
    for unit, line in zip(units, lines, strict=True):
        if unit.code in first:
            raise Misconfigured(f"{name} 第 {line} 行：代码 {unit.code} 与第 {first[unit.code]} 行重复")
        first[unit.code] = line
    parents = {u.code: u.parent for u in units}
    for unit, line in zip(units, lines, strict=True):
        if _circles(unit.code, parents):
            raise Misconfigured(f"{name} 第 {line} 行：{unit.name} 的上级关系绕成了圈")


def _circles(code: str, parents: Mapping[str, str | None]) -> bool:
    seen = {code}
    above = parents[code]
    while above is not None and above not in seen:
        seen.add(above)
        above = parents.get(above)
    return above is not None
