"""The document exchange 公文系统: its register 登记簿 as exported, with the attachments beside it.

Several systems are in use and none has an interface; what they all can do is export the register as a table.
Columns may stand in any order below any heading; dates, separators and encodings differ.
"""

import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from tasks.mail.sources.folders import DEPTH, check_folder, files_below, read_complete
from tasks.mail.sources.incoming import Incoming
from tasks.mail.sources.register import REGISTER_NAME, REGISTERS, WORKBOOKS, Row, read_register
from tasks.mail.sources.register_dates import read_moment
from tasks.mail.sources.shelf import Shelf
from tasks.terms.times import utc

KEY = 16
NO_FILE = frozenset({"无", "/", "-", "—", "——"})
"""What the office writes where a row has no file to be taken."""


class ExchangeRegister:
    """The rows of every register in a folder, each with its files.

    The cursor is the keys of what was offered. A row whose file is missing is told in ``problems`` and
    looked at again next time.
    """

    def __init__(self, name: str, path: Path, now: datetime) -> None:
        self.name = name
        self.problems: list[str] = []
        self.remarks: list[str] = []
        self._path = path
        self._now = now
        self._offered: dict[str, None] = {}

    def new(self, cursor: str) -> Iterator[Incoming]:
        """Offer the files of the rows not offered before, in the order they were received."""
        check_folder(self._path)
        known = frozenset(cursor.split())
        self._offered = {}
        entries = list(files_below(self._path, DEPTH, self.problems))
        shelf = Shelf(Path(e.path) for e in entries)
        for received_at, row in self._rows(entries):
            yield from self._offer(row, received_at, shelf, known)

    def cursor(self) -> str:
        """The keys of everything in the registers that has been offered."""
        return " ".join(self._offered)

    def settle(self, incoming: Incoming) -> None:
        """Nothing to do: the register and its files belong to the office."""

    def close(self) -> None:
        """Nothing is held open."""

    def _rows(self, entries: Sequence[os.DirEntry[str]]) -> list[tuple[datetime, Row]]:
        """Every row of every register, in the order received."""
        found = []
        registers = 0
        for path in self._candidates(entries):
            data = read_complete(path, self.problems)
            rows = self._read(path, data)
            registers += rows is not None
            found += [(self._received(path.name, row), row) for row in rows or ()]
        if entries and not registers:
            self.problems.append(
                f"目录 {self._path.name} 中没有可读的登记簿，其中的文件未收取，请导出登记簿后放入"
            )
        return sorted(found, key=lambda pair: pair[0])

    def _read(self, path: Path, data: bytes | None) -> list[Row] | None:
        return None if data is None else read_register(path.name, data, self.problems, self.remarks)

    def _candidates(self, entries: Sequence[os.DirEntry[str]]) -> list[Path]:
        """Tables that may be the register. Attachments are tables too, but strangers': they stay shut."""
        paths = [Path(e.path) for e in entries if Path(e.path).parent == self._path]
        tables = [p for p in paths if p.suffix.lower() in REGISTERS]
        named = [p for p in tables if REGISTER_NAME.search(p.stem)]
        return named or [p for p in tables if p.suffix.lower() not in WORKBOOKS] or tables[: len(tables) == 1]

    def _received(self, register: str, row: Row) -> datetime:
        where = f"登记簿“{register}”第 {row.number_in_register} 行"
        moment, has_hour = read_moment(row.received)
        if moment is None:
            self.remarks.append(f"{where}的收文时间“{row.received or ''}”无法辨认，按本次读取时刻计，请核对")
            return self._now
        if not has_hour:
            self.remarks.append(f"{where}的收文时间只有日期，按当日 24:00 计，请核对")
        return min(utc(moment), self._now)

    def _offer(
        self, row: Row, received_at: datetime, shelf: Shelf, known: frozenset[str]
    ) -> Iterator[Incoming]:
        sender = row.sender or "来文单位不明"
        where = f"登记簿第 {row.number_in_register} 行“{row.title or row.number}”（{sender}）"
        if not row.files:
            self.problems.append(
                f"{where}没有登记附件，未收取：正文就是材料的请用“登记来件”录入，再在附件栏填“无”"
            )
        for name in (name for name in row.files if name not in NO_FILE):
            for wanted in shelf.names(name):
                path = shelf.find(wanted, row)
                if path is None:
                    self.problems.append(f"{where}的附件“{wanted}”不在目录中或有多个同名文件，请补齐后再收")
                    continue
                key = _key(row, path)
                if row.taken_back:
                    self._taken_back(where, wanted, row, before=key in known)
                if key in known:
                    self._offered[key] = None
                elif not row.taken_back and (data := read_complete(path, self.problems)) is not None:
                    self._offered[key] = None
                    yield self._incoming(key, row, path, data, received_at)

    def _taken_back(self, where: str, name: str, row: Row, *, before: bool) -> None:
        """Sent back in the exchange it is no report; what was taken before stands until a person rules."""
        what = (
            f"附件“{name}”此前已收取，请核实后“退回补正”"
            if before
            else f"附件“{name}”未收取；仍要作为材料的请用“登记来件”录入"
        )
        self.remarks.append(f"{where}的状态是“{row.taken_back}”，{what}")

    def _incoming(self, key: str, row: Row, path: Path, data: bytes, received_at: datetime) -> Incoming:
        parent = path.parent.relative_to(self._path)
        return Incoming(
            source=self.name,
            key=key,
            received_at=received_at,
            data=data,
            filename=path.name,
            form="mail" if path.suffix.lower() == ".eml" else "file",
            folder_hint=parent.parts[0] if parent.parts else "",
            sender_hint=row.sender,
            subject_hint=" ".join(filter(None, (row.title, row.number))),
        )


def _key(row: Row, path: Path) -> str:
    """The same row with the same file is the same key; a file that was replaced is a new one."""
    status = path.stat()
    parts = (
        row.sender,
        row.number,
        row.title,
        str(row.received),
        path.name,
        str(status.st_size),
        str(status.st_mtime_ns),
    )
    return sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:KEY]
