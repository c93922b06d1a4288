"""The roster file, as the bureau keeps it: .csv or .xlsx, Chinese or English headings."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook

from tasks.documents.strict_yaml import shown_name
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

REQUIRED = ("code", "name", "kind")
ROLES: tuple[Role, ...] = ("preparer", "sender", "leader")
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
CODE = re.compile(r"[0-9A-Za-z_-]{1,32}")

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
    lines = _xlsx_lines(path) if path.suffix.lower() == ".xlsx" else _csv_lines(path, name)
    rows = _rows(lines, name)
    units = [_unit(row, name) for row in rows]
    _check_tree(units, [line for line, _ in rows], name)
    return Roster(tuple(units))


def _csv_lines(path: Path, name: str) -> list[list[str]]:
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return list(csv.reader(io.StringIO(data.decode(encoding), newline="")))
        except UnicodeDecodeError:
            continue
        except csv.Error as fault:
            raise Misconfigured(f"{name}：不是正确的 CSV（{fault}）") from None
    raise Misconfigured(f"{name}：编码既不是 UTF-8 也不是 GB18030，请另存为 UTF-8")


def _xlsx_lines(path: Path) -> list[list[str]]:
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        return [[_text(v) for v in row] for row in book.worksheets[0].iter_rows(values_only=True)]
    finally:
        book.close()


def _text(value: object) -> str:
    """A cell as text; a code typed as a number keeps its digits, a date its ISO form."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "" if value is None else str(value)


def _rows(lines: Sequence[Sequence[str]], name: str) -> list[Row]:
    if not lines:
        raise Misconfigured(f"{name}：名册是空的")
    columns = _columns(lines[0], name)
    found: list[Row] = []
    for number, cells in enumerate(lines[1:], start=2):
        row = {field: cells[n].strip() if n < len(cells) else "" for field, n in columns.items()}
        if any(row.values()):
            found.append((number, row))
    return found


def _columns(header: Sequence[str], name: str) -> dict[str, int]:
    known = {title: field for field, titles in HEADINGS.items() for title in titles}
    columns = {known[h.strip()]: n for n, h in enumerate(header) if h.strip() in known}
    for field in REQUIRED:
        if field not in columns:
            raise Misconfigured(f"{name} 第 1 行：缺少“{HEADINGS[field][1]}”一列（或写作 {field}）")
    strange = [h.strip() for h in header if h.strip() and h.strip() not in known]
    if strange:
        raise Misconfigured(f"{name} 第 1 行：不认识“{strange[0]}”这一列")
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
    return Unit(
        code=cells["code"],
        name=cells["name"],
        kind=cells["kind"],
        tier=cells.get("tier", ""),
        parent=cells.get("parent") or None,
        aliases=tuple(filter(None, (a.strip() for a in re.split(r"[、;；|]", cells.get("aliases", ""))))),
        contacts=tuple(_contacts(cells, line, name)),
        phone=cells.get("phone", ""),
        start=_date(cells.get("start", ""), line, "起始日", name),
        end=_date(cells.get("end", ""), line, "终止日", name),
    )


def _contacts(cells: Mapping[str, str], line: int, name: str) -> Iterable[Contact]:
    for role in ROLES:
        address = cells.get(role, "")
        if address and not ADDRESS.fullmatch(address):
            raise Misconfigured(f"{name} 第 {line} 行：“{HEADINGS[role][1]}”不是邮箱地址：{address}")
        if address:
            yield Contact(role, address)


def _date(text: str, line: int, column: str, name: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Misconfigured(f"{name} 第 {line} 行：“{column}”应写作 2023-03-01，写的是 {text}") from None


def _check_tree(units: Sequence[Unit], lines: Sequence[int], name: str) -> None:
    first: dict[str, int] = {}
    for unit, line in zip(units, lines, strict=True):
        if unit.code in first:
            raise Misconfigured(f"{name} 第 {line} 行：代码 {unit.code} 与第 {first[unit.code]} 行重复")
        first[unit.code] = line
    parents = {u.code: u.parent for u in units}
    for unit, line in zip(units, lines, strict=True):
        if unit.parent and unit.parent not in parents:
            raise Misconfigured(f"{name} 第 {line} 行：上级代码 {unit.parent} 不在名册中")
        if _circles(unit.code, parents):
            raise Misconfigured(f"{name} 第 {line} 行：{unit.name} 的上级关系绕成了圈")


def _circles(code: str, parents: Mapping[str, str | None]) -> bool:
    seen = {code}
    above = parents[code]
    while above is not None and above not in seen:
        seen.add(above)
        above = parents.get(above)
    return above is not None
