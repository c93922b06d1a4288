"""What every test may use: a ledger on each database, a store, a moment."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tasks.ledger.session import Ledger
from tasks.store.files import Store
from tasks.terms import times
from tests.rig.postgresql import PostgreSQL, running_postgresql

NOON = times.parse("2023-03-28T12:00")


@pytest.fixture(scope="module", autouse=True)
def environment() -> Iterator[None]:
    """What a server started in this process wrote into the environment ends with the file that started it."""
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def now() -> datetime:
    return NOON


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    # Not below pytest's own folder: another run, starting, would close that one to the server's account.
    with TemporaryDirectory(prefix="postgresql-") as folder, running_postgresql(Path(folder)) as server:
        yield server


@pytest.fixture(scope="session")
def s3_server() -> Iterator[object]:
    from tests.rig.s3 import running_s3  # an S3 server costs an import of its own

    with running_s3() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'ledger.sqlite3'}"
    return request.getfixturevalue("postgresql").new_database()


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    opened = Ledger(ledger_url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = Ledger(f"sqlite:///{tmp_path / 'ledger.sqlite3'}")
    yield opened
    opened.close()
