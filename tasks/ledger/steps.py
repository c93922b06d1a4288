"""Many small commits one after the other, where telling the database must not cost more than the commit."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from operator import itemgetter
from typing import Any, Self

from sqlalchemy import Connection, Dialect, Executable

from tasks.ledger.schema import Moment

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


class _Told:
    """A statement in a driver's words, and how its values are given to it."""

    def __init__(self, statement: Executable, dialect: Dialect) -> None:
        compiled: Any = statement.compile(dialect=dialect)  # type: ignore[attr-defined]
        types = {name: parameter.type for parameter, name in compiled.bind_names.items()}
        binders = {name: _binder(of, dialect) for name, of in types.items()}
        fixed = {name: value for name, value in compiled.params.items() if value is not None}
        names = list(compiled.positiontup if compiled.positional else types)
        self.words = str(compiled)
        self._fixed = {name: _bound(value, binders[name]) for name, value in fixed.items()}
        self._binders = [(name, bind) for name, bind in binders.items() if bind and name not in fixed]
        self._in_order = itemgetter(*names) if compiled.positional else None

    def with_(self, given: Mapping[str, object]) -> Any:
        bound = {**self._fixed, **given}
        for name, bind in self._binders:
            bound[name] = bind(bound[name])
        return self._in_order(bound) if self._in_order else bound


_told = lru_cache(maxsize=16)(_Told)


def _binder(of: Any, dialect: Dialect) -> Binder | None:
    """How a value of that type is given; one moment stands in many rows."""
    bind = of.dialect_impl(dialect).bind_processor(dialect)
    return lru_cache(maxsize=8)(bind) if isinstance(of, Moment) else bind


def _bound(value: object, bind: Binder | None) -> object:
    return bind(value) if bind else value
