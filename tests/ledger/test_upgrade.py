"""Every ledger ever released opens, comes up to date, and keeps every fact and its chain.

``released/`` holds one filled ledger for each migration, as its version wrote it; a new migration adds one.
"""

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from tasks.ledger import acts, schema
from tasks.ledger.session import HEAD, Ledger
from tests.ledger.factory import FOREVER

RELEASED = sorted((Path(__file__).parent / "released").glob("*.sql"))
VERSIONS = Path(schema.__file__).parent / "migrations" / "versions"
TABLES = ("arrival", "judgement", "submission", "act", "letter", "package")


@pytest.fixture(params=RELEASED, ids=lambda path: path.stem)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "ledger.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.executescript(request.param.read_text("utf-8"))
    connection.close()
    return path


def rows(path: Path) -> dict[str, int]:
    with sqlite3.connect(path) as connection:
        counts = {t: connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in TABLES}
    connection.close()
    return counts


def test_every_migration_has_a_ledger_of_its_time():
    numbers = {path.stem.partition("_")[0].removeprefix("m") for path in VERSIONS.glob("m*.py")}
    assert {path.stem for path in RELEASED} == numbers


def test_an_old_ledger_comes_up_to_date_with_all_its_facts(old):
    before = rows(old)
    assert all(before.values())
    opened = Ledger(f"sqlite:///{old}")
    with opened.read() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == HEAD
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, schema.metadata) == []
        assert acts.broken_link(connection) is None
        assert len(acts.of_campaign(connection, "drill", FOREVER)) == before["act"]
    opened.close()
    assert rows(old) == before
