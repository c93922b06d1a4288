"""Many small commits one after the other, where telling the database must not cost more than the commit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self

from sqlalchemy import Connection, Dialect, Executable

Binder = Callable[[Any], Any]


class Steps:
    """A connection for small writing transactions, ``with steps:`` each; the last word to disk comes later.

    What such a step commits survives the end of this process at any moment, but not of the machine until a
    later commit is synced; the ledger's mark is left as it is. The database's own driver is told: SQLAlchemy
    takes longer over a statement than SQLite over its commit.
    """

    def __init__(self, connection: Connection, *begin: str) -> None:
        """``begin``: what begins every step, in the driver's words."""
        self._dialect = connection.dialect
        self._cursor: Any = connection.connection.cursor()
        self._begin = begin

    def __enter__(self) -> Self:
        for words in self._begin:
            self._cursor.execute(words)
        return self

    def __exit__(self, fault: type[BaseException] | None, *_: object) -> None:
        self._cursor.execute("COMMIT" if fault is None else "ROLLBACK")

    def execute(self, statement: Executable, given: Mapping[str, object]) -> Any:
        """As a connection's; what comes of it has a ``rowcount``."""
        told = _told(statement, self._dialect)
        self._cursor.execute(told.words, told.with_(given))
        return self._cursor


@dataclass(frozen=True, slots=True)
class _Told:
    """A statement in a driver's words; of each value its name, how it is given and what it is if unnamed."""

    words: str
    values: tuple[tuple[str, Binder, Any], ...]
    by_place: bool

    def with_(self, given: Mapping[str, object]) -> Any:
        bound = [bind(given[name]) if name in given else fixed for name, bind, fixed in self.values]
        return bound if self.by_place else dict(zip((name for name, _, _ in self.values), bound, strict=True))


@lru_cache(maxsize=16)
def _told(statement: Executable, dialect: Dialect) -> _Told:
    compiled: Any = statement.compile(dialect=dialect)  # type: ignore[attr-defined]
    types = {name: parameter.type for parameter, name in compiled.bind_names.items()}
    values = []
    for name in compiled.positiontup if compiled.positional else types:
        bind = types[name].dialect_impl(dialect).bind_processor(dialect) or _as_it_is
        fixed = compiled.params[name]
        values.append((name, bind, None if fixed is None else bind(fixed)))
    return _Told(str(compiled), tuple(values), bool(compiled.positional))


def _as_it_is(value: object) -> object:
    return value
