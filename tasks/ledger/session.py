"""Opening the ledger: SQLite for one office, PostgreSQL by URL for many workers."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DatabaseError, ProgrammingError

from tasks.ledger.latest import renew_mark
from tasks.ledger.steps import Steps
from tasks.ledger.trouble import PATIENCE_S, trouble_told
from tasks.terms.errors import Misconfigured
from tasks.terms.machine import faults_told

HEAD = "0004"
"""The newest migration in ``migrations/versions``."""

WRITER_LOCK = 0x62616F73
"""PostgreSQL advisory lock: one writer at a time, as in SQLite. Transactions here are short batches."""
_TAKE_TURNS = f"SELECT pg_advisory_xact_lock({WRITER_LOCK})"


class Ledger:
    """The ledger behind one database URL.

    SQLite runs in WAL with ``synchronous=FULL``: a committed fact survives a power cut. Opening brings an
    older ledger up to date.
    """

    def __init__(self, url: str, *, before_new: Callable[[], None] = lambda: None) -> None:
        """Open it. ``before_new`` is asked before a ledger is begun where none is, and may refuse by raising.

        Raises:
            Misconfigured: it cannot be opened, or a newer version of this product wrote it.
            LedgerOut: it cannot be had now.
        """
        self.url = url
        with faults_told(), trouble_told(url):
            if _nothing_at(url):  # asked first: SQLite sweeps away what a lost file left beside it
                before_new()
            self.engine = _engine(url)
            version = _version(self.engine)
            if version is None:
                before_new()
            if version != HEAD:
                _upgrade(self)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view of the facts."""
        steady = self.engine.dialect.name == "postgresql"
        options = {"isolation_level": "REPEATABLE READ"} if steady else {}
        with (
            trouble_told(self.url),
            self.engine.connect().execution_options(**options) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def write(self, *, synced: bool = True, marked: bool = True) -> Iterator[Connection]:
        """One transaction, the only writer while it lasts; committed and synced on leaving.

        Not ``synced``, it survives the end of this process at any moment, but not of the machine. Not
        ``marked``, nothing of it counts for how a campaign stands.
        """
        options = {"writer": True, "synced": synced}
        with (
            trouble_told(self.url),
            self.engine.connect().execution_options(**options) as connection,
            connection.begin(),
        ):
            if connection.dialect.name == "postgresql":
                connection.execute(text(_TAKE_TURNS))
            yield connection
            if marked:
                renew_mark(connection)

    @contextmanager
    def steps(self) -> Iterator[Steps]:
        """Many transactions one after the other, each like one that is neither ``synced`` nor ``marked``."""
        with trouble_told(self.url), self.engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execution_options(isolation_level="AUTOCOMMIT")  # each begins by its own word
                yield Steps(connection, "BEGIN", _TAKE_TURNS)
            else:
                connection.connection.cursor().execute("PRAGMA synchronous=NORMAL")
                yield Steps(connection, "BEGIN IMMEDIATE")

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()


def _nothing_at(url: str) -> bool:
    """Whether the SQLite file is not there, or empty."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return False
    path = Path(parsed.database or "")
    return not path.exists() or (path.is_file() and not path.stat().st_size)


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        Path(parsed.database or "").parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed, connect_args={"timeout": PATIENCE_S, "isolation_level": None})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    if parsed.get_backend_name() == "postgresql":
        return create_engine(parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    raise Misconfigured(f"台账地址只支持 sqlite 与 postgresql，写的是 {parsed.get_backend_name()}")


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    for pragma in ("synchronous=FULL", "foreign_keys=ON", f"busy_timeout={PATIENCE_S * 1000}"):
        connection.execute(f"PRAGMA {pragma}")
    _write_ahead(connection)


def _write_ahead(connection: sqlite3.Connection) -> None:
    # SQLite answers two programs that make one new file WAL at the same moment at once with "locked",
    # whatever the time-out is: each holds what the other waits for.
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as fault:
            if "locked" not in str(fault) or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes its lock at once: upgrading a read lock later can fail in the middle of the work.
    options = connection.get_execution_options()
    if options.get("writer"):
        level = "FULL" if options.get("synced") else "NORMAL"
        connection.exec_driver_sql(f"PRAGMA synchronous={level}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writer") else "BEGIN")


def _version(engine: Engine) -> str | None:
    try:
        with engine.connect() as connection:
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except ProgrammingError:  # PostgreSQL: the table is not there yet
        return None
    except DatabaseError as fault:
        if engine.dialect.name == "sqlite" and "no such table" in str(fault):
            return None
        raise


def _upgrade(ledger: Ledger) -> None:
    from alembic import command  # noqa: PLC0415  alembic is slow to import and rarely needed
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with ledger.write() as connection:  # the lock makes two first starts take turns
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as fault:
            raise Misconfigured("台账是由更新版本的本程序写成的，请用那个版本或更新的版本打开") from fault
