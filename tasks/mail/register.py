"""The register 登记簿 of a document exchange, as exported: columns in any order below any heading."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tasks.mail.reader import read_table

WORKBOOKS = (".xlsx", ".xlsm", ".xls")
REGISTERS = (".csv", ".tsv", ".txt", *WORKBOOKS)
REGISTER_NAME = re.compile(r"登记|收文|台账|来文|导出|列表|register|export", re.IGNORECASE)
HEADER_WITHIN = 20
"""The heading row is looked for among so many rows."""
LONGEST_HEADING = 50

COLUMNS = {
    "sender": r"(来文|发文|报送|发送|上报|寄送|发件)(单位|机关|部门|人)$|^单位(名称)?$",
    "number": r"^(来文|发文|公文|文件|收文)?(文号|字号|文件号)$|^(来文|发文)字号$",
    "title": r"^(来文|公文|文件|收文)?(标题|题名|题目|文件名称|事由)$|^(来文|公文|文件)名称$",
    "received": r"^(收文|接收|签收|收到|到达|收件)(时间|日期)$",
    "registered": r"^(登记|来文)(时间|日期)$",
    "files": r"附件(?!.*(数|页|大小))",
}
"""Headings by what stands below them. When it was registered, or dated, is not when it was received."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the register. ``number_in_register`` is counted as the table program counts."""

    number_in_register: int
    sender: str = ""
    number: str = ""
    title: str = ""
    received: object = None
    files: tuple[str, ...] = field(default=())


def read_register(name: str, data: bytes, problems: list[str]) -> list[Row] | None:
    """The rows of one register, or None when the table is none: then ``problems`` tells it."""
    table = read_table(name, data)
    if isinstance(table, str):
        problems.append(f"登记簿“{name}”无法打开（{table}），请重新导出为 xlsx 或 csv")
        return None
    for at, cells in enumerate(table[:HEADER_WITHIN]):
        columns = _columns(cells)
        if "files" in columns and ("sender" in columns or "title" in columns):
            if "received" not in columns and "registered" in columns:
                problems.append(f"登记簿“{name}”没有“收文时间”列，暂按登记（来文）时间认定，请核对是否逾期")
            numbered = enumerate(table[at + 1 :], start=at + 2)
            return [_row(number, each, columns) for number, each in numbered if any(map(_text, each))]
    problems.append(f"“{name}”没有“附件”和“来文单位”（或“标题”）列，不能作为登记簿读取")
    return None


def _columns(cells: Sequence[Any]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for index, cell in enumerate(cells):
        heading = re.sub(r"[\s*＊（(].*$|\s", "", _text(cell)[:LONGEST_HEADING])
        for column, pattern in COLUMNS.items():
            if re.search(pattern, heading):
                found.setdefault(column, []).append(index)
                break
    return found


def _row(number: int, cells: Sequence[Any], columns: dict[str, list[int]]) -> Row:
    def one(column: str) -> Any:
        index = columns.get(column, [len(cells)])[0]
        return cells[index] if index < len(cells) else None

    received = one("received" if "received" in columns else "registered")
    files = tuple(filter(None, (_text(cells[i]) for i in columns["files"] if i < len(cells))))
    return Row(number, _text(one("sender")), _text(one("number")), _text(one("title")), received, files)


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()
