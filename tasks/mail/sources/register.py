"""The register 登记簿 of a document exchange, as exported: columns in any order below any heading."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tasks.mail.reader import read_table
from tasks.mail.sources.register_dates import read_moment

WORKBOOKS = (".xlsx", ".xlsm", ".xls")
REGISTERS = (".csv", ".tsv", ".txt", *WORKBOOKS)
REGISTER_NAME = re.compile(r"登记|收文|台账|来文|导出|列表|register|export", re.IGNORECASE)
FILE_NAME = re.compile(r"\.\w{2,5}\s*$", re.MULTILINE)
"""The body's column holds the name of a file, or the text itself."""
CLOCK = re.compile(r"(上午|下午|中午|晚上)?\s*\d{1,2}[:：时点]\d{0,2}分?([:：]\d{2})?")
TAKEN_BACK = re.compile(r"^(?!未|不|无|没有|否).*(退文|退回|作废|废止|撤回|撤销|撤文|召回)")
YES = frozenset("是√✓YyＹ")
HEADER_WITHIN = 20
"""The heading row is looked for among so many rows."""
LONGEST_HEADING = 50

_WHO = r"来文|发文|报送|发送|上报|寄送|发件|来件|送文|呈报|交换"
_WHAT = r"来文|公文|文件|收文"
COLUMNS = {
    "sender": rf"({_WHO})(单位|机关|部门|人|方)(名称)?$|^单位(名称)?$",
    "number": r"^(来文|发文|公文|文件|收文)?(文号|字号|文件号)$|^(来文|发文)字号$|^文件编号$",
    "title": rf"^({_WHAT})?(标题|题名|题目|主题|文件名称|事由)$|^({_WHAT})?名称$",
    "received": r"^(收文|接收|签收|收到|到达|送达|收件|交换)(日期)?(时间|日期)$",
    "registered": r"^(登记|来文)(时间|日期)$",
    "files": r"附件(?!.*(数|页|大小))(?![(（](个|份|数|页|大小|[KM]B))",
    "state": rf"^({_WHAT}|办理|流转|当前|处理|签收)?状态$|^办理情况$|^是否已?(退文|退回|作废|撤回|撤销)$",
    "body": r"^(公文)?(正文|原文)(文件)?(名称|名)?$",
}
"""Headings by what stands below them. When it was registered, or dated, is not when it was received."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the register. ``number_in_register`` is counted as the table program counts.

    ``taken_back`` is what the register says of a document that was sent back or withdrawn there.
    """

    number_in_register: int
    sender: str = ""
    number: str = ""
    title: str = ""
    received: object = None
    files: tuple[str, ...] = field(default=())
    taken_back: str = ""


def read_register(name: str, data: bytes, problems: list[str], remarks: list[str]) -> list[Row] | None:
    """The rows of one register, or None when the table is none: then ``problems`` tells it.

    ``remarks`` tells on what assumption rows were read.
    """
    table = read_table(name, data)
    if isinstance(table, str):
        problems.append(f"登记簿“{name}”无法打开（{table}），请重新导出为 xlsx 或 csv")
        return None
    for at, cells in enumerate(table[:HEADER_WITHIN]):
        columns = _columns(cells)
        if "files" in columns and ("sender" in columns or "title" in columns):
            if "received" not in columns and "registered" in columns:
                remarks.append(f"登记簿“{name}”没有“收文时间”列，暂按登记（来文）时间认定，请核对是否逾期")
            numbered = enumerate(table[at + 1 :], start=at + 2)
            rows = [_row(number, each, columns) for number, each in numbered if any(map(_text, each))]
            flags = [i for i in columns.get("state", ()) if _text(cells[i]).startswith("是否")]
            return [_marked(row, table[row.number_in_register - 1], flags, cells) for row in rows]
    problems.append(f"“{name}”没有“附件”和“来文单位”（或“标题”）列，不能作为登记簿读取")
    return None


def _columns(cells: Sequence[Any]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for index, cell in enumerate(cells):
        heading = re.sub(r"\s", "", _text(cell)[:LONGEST_HEADING])
        ways = {heading, *re.sub(r"[*＊（(].*$", "", heading.lstrip("*＊")).split("/")}
        column = next((c for c, pattern in COLUMNS.items() if _is(pattern, heading, ways)), "")
        if column:
            found.setdefault(column, []).append(index)
    if "body" in found:
        found.setdefault("files", [])
    return found


def _is(pattern: str, heading: str, ways: set[str]) -> bool:
    """Whether the heading says so in any of its ways; files are told by the whole of it."""
    if pattern == COLUMNS["files"]:
        return re.search(pattern, heading) is not None
    return any(re.search(pattern, way) for way in ways if way)


def _row(number: int, cells: Sequence[Any], columns: dict[str, list[int]]) -> Row:
    def every(column: str) -> list[Any]:
        return [cells[i] for i in columns.get(column, ()) if i < len(cells)]

    def one(column: str) -> str:
        return next(iter(map(_text, every(column))), "")

    received = _moment(every("received" if "received" in columns else "registered"))
    body = [text for text in map(_text, every("body")) if FILE_NAME.search(text)]
    files = tuple(filter(None, (*body, *map(_text, every("files")))))
    state = next((t for t in map(_text, every("state")) if TAKEN_BACK.search(t)), "")
    return Row(number, one("sender"), one("number"), one("title"), received, files, state)


def _marked(row: Row, cells: Sequence[Any], flags: Sequence[int], heading: Sequence[Any]) -> Row:
    """The row, taken back where a column asks whether it was and the cell says yes."""
    said = next((_text(heading[i])[2:] for i in flags if i < len(cells) and _text(cells[i]) in YES), "")
    return replace(row, taken_back=row.taken_back or said)


def _moment(cells: Sequence[Any]) -> object:
    """The cell that names the moment; the day and the hour may stand in columns of their own."""
    hourly = next((c for c in cells if read_moment(c)[1]), None)
    if hourly is not None:
        return hourly
    day = next((c for c in cells if read_moment(c)[0] is not None), None)
    hour = next((_hour(c) for c in cells if _hour(c)), "")
    if day is None or not hour:
        return cells[0] if cells else None
    on, _ = read_moment(day)
    return f"{on:%Y-%m-%d} {hour}" if on is not None else day


def _hour(cell: object) -> str:
    """A time of day by itself, as text or as part of a day."""
    if isinstance(cell, float) and 0 < cell < 1:
        minutes = round(cell * 24 * 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    text = _text(cell)
    return text if CLOCK.fullmatch(text) else ""


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()
