"""What the database says no to, told in one sentence by who must act."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from tasks.terms.errors import LedgerOut, Misconfigured

PATIENCE_S = 60
"""Seconds that a program waits for another one's transaction to end."""

_RESTORE = "从备份恢复（baosong --home 新的空目录 restore 备份文件）"
_KEPT = "已入账的不受影响"
_NOT_ALLOWED = f"请让运行报送系统的用户能读写 var，再运行，{_KEPT}"

_MUST_BE_MENDED = {
    sqlite3.SQLITE_NOTADB: f"打不开：文件已损坏，或不是台账；请{_RESTORE}",
    sqlite3.SQLITE_CORRUPT: f"已损坏，有的内容读不出来；请不要再运行，{_RESTORE}",
    sqlite3.SQLITE_READONLY: f"写不进去：文件、所在文件夹或磁盘是只读的；{_NOT_ALLOWED}",
    sqlite3.SQLITE_CANTOPEN: f"打不开：没有权限，所在文件夹或磁盘是只读的，或那里不是文件；{_NOT_ALLOWED}",
    sqlite3.SQLITE_PERM: f"打不开：没有权限；{_NOT_ALLOWED}",
}
_MAY_PASS = {
    sqlite3.SQLITE_BUSY: f"被别的程序占用已超过 {PATIENCE_S} 秒；"
    "请看备份、同步、杀毒软件或数据库工具是否开着它，关掉后再运行",
    sqlite3.SQLITE_FULL: "写不进去：磁盘已满；请腾出空间后再运行",
    sqlite3.SQLITE_IOERR: "读写出错；请检查磁盘是否已满或有故障、网络盘是否断开，再运行",
}

_OUT_OF_REACH = {"", "08", "53", "57"}
"""Classes of SQLSTATE: none at all, connection exception, insufficient resources, operator intervention."""

Told = Misconfigured | LedgerOut


def shown(url: str) -> str:
    """Where a ledger is, for a person to read: a path, or a server's address without its password."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return str(parsed.database)
    return parsed.render_as_string(hide_password=True)


@contextmanager
def trouble_told(url: str) -> Iterator[None]:
    """A database that cannot be had becomes a fault with a sentence; a wrong statement stays a bug.

    Raises:
        Misconfigured: the ledger is damaged, or may not be read and written here.
        LedgerOut: it is locked, full, or out of reach.
    """
    try:
        yield
    except Exception as fault:
        said = _said(fault, shown(url))
        if said is None:
            raise
        raise said from fault


def _said(fault: Exception, where: str) -> Told | None:
    cause = fault.orig if isinstance(fault, DBAPIError) else fault
    if isinstance(cause, sqlite3.Error):
        # The low byte is the kind, the rest the occasion (SQLite, "Result and Error Codes").
        return _of_sqlite((getattr(cause, "sqlite_errorcode", None) or 0) & 0xFF, where)
    if type(cause).__module__.partition(".")[0] == "psycopg":
        return _of_postgresql(cause, where)
    return None


def _of_sqlite(kind: int, where: str) -> Told | None:
    if said := _MUST_BE_MENDED.get(kind):
        return Misconfigured(f"台账 {where} {said}")
    if said := _MAY_PASS.get(kind):
        return LedgerOut(f"台账 {where} {said}，{_KEPT}")
    return None


def _of_postgresql(cause: object, where: str) -> Told | None:
    import psycopg  # noqa: PLC0415  only where there is one

    state = getattr(cause, "sqlstate", None) or ""
    if state == "53100":  # disk_full
        return LedgerOut(f"台账数据库 {where} 写不进去：数据库服务器的磁盘已满；请腾出空间后再运行，{_KEPT}")
    if state == "25006":  # read_only_sql_transaction
        return Misconfigured(
            f"台账数据库 {where} 是只读的（如备用服务器）；请把 BAOSONG_LEDGER_URL 改为可写的那一台"
        )
    if state in {"XX001", "XX002"}:  # data_corrupted, index_corrupted
        return Misconfigured(f"台账数据库 {where} 已损坏；请不要再运行，请数据库管理员检查，或{_RESTORE}")
    lost = isinstance(cause, psycopg.OperationalError | psycopg.InterfaceError)
    if lost and state[:2] in _OUT_OF_REACH:
        return LedgerOut(
            f"连接不上台账数据库 {where}，或连接中断；请确认数据库在运行，"
            f"地址、库名、用户名和口令无误，再运行，{_KEPT}"
        )
    return None
