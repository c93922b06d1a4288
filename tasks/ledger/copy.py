"""One ledger into another, empty one: for backup and restore, and from SQLite to PostgreSQL."""

from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, text

from tasks.ledger.latest import MARK
from tasks.ledger.schema import cursor, metadata
from tasks.ledger.session import Ledger
from tasks.terms.errors import Misconfigured

ROWS_AT_ONCE = 1000


def copy(source: Ledger, target: Ledger) -> int:
    """Copy every row as it stands at one moment; gives how many.

    Raises:
        Misconfigured: the target holds something already.
    """
    with source.read() as old, target.write(marked=False) as new:
        new.execute(cursor.delete().where(cursor.c.source == MARK))  # an empty ledger may have one already
        for table in metadata.sorted_tables:
            if new.execute(select(func.count()).select_from(table)).scalar():
                raise Misconfigured("要写入的台账不是空的，不能覆盖；请换一个空的主目录或数据库")
        copied = sum(_table(old, new, table) for table in metadata.sorted_tables)
        if new.dialect.name == "postgresql":
            _move_counters(new)
    return copied


def _table(old: Connection, new: Connection, table: Table) -> int:
    rows: list[dict[str, Any]] = [dict(row) for row in old.execute(select(table)).mappings()]
    for some in _parts(rows):
        new.execute(insert(table), some)
    return len(rows)


def _parts(rows: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    return [rows[n : n + ROWS_AT_ONCE] for n in range(0, len(rows), ROWS_AT_ONCE)]


def _move_counters(new: Connection) -> None:
    """PostgreSQL numbers rows by a counter of its own, which knows nothing of numbers written by hand."""
    for table in metadata.sorted_tables:
        column = table.autoincrement_column
        if column is not None:
            largest = new.execute(select(func.max(column))).scalar()
            if largest:
                sequence = text("SELECT setval(pg_get_serial_sequence(:table, :column), :largest)")
                new.execute(sequence, {"table": table.name, "column": column.name, "largest": largest})
