"""What must be true after any crash, counted from files, rows and mailboxes. No code of the product in it."""

import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Collection
from contextlib import closing
from pathlib import Path
from typing import Any

import bagit
import psycopg

LEDGER_URL = "ledger-url"
BESIDE = {"未入账", "PDF预览"}
PENDING = {"sending", "unknown", "retry", "claimed"}
"""States of a letter that say that it may not have arrived."""


def rows(home: Path, query: str) -> list[tuple]:
    """From the home's SQLite ledger, or from the server whose address the test wrote there."""
    if (home / LEDGER_URL).exists():
        with psycopg.connect((home / LEDGER_URL).read_text()) as server:
            return server.execute(query).fetchall()
    with closing(sqlite3.connect(home / "var" / "ledger.sqlite3")) as ledger:
        return ledger.execute(query).fetchall()


def _read(value: Any) -> Any:
    """JSON as SQLite gives it, or as PostgreSQL's driver has read it already."""
    return json.loads(value) if isinstance(value, str) else value


def tables(home: Path) -> bool:
    """Whether the ledger has been made at all: its first start may have been cut short."""
    return bool(rows(home, "SELECT name FROM sqlite_master WHERE name = 'arrival'"))


def stored(home: Path, digest: str) -> bool:
    """Whether the store holds these bytes, whole."""
    path = home / "var" / "store" / digest[:2] / digest[2:]
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest


def sound(home: Path) -> None:
    """At any moment: the ledger is whole, and every original it names lies in the store, whole."""
    if not (home / LEDGER_URL).exists():
        assert rows(home, "PRAGMA integrity_check") == [("ok",)]
    named = rows(
        home, "SELECT digest FROM arrival UNION SELECT wire FROM letter UNION SELECT digest FROM submission"
    )
    named += [(f["digest"],) for (files,) in rows(home, "SELECT files FROM submission") for f in _read(files)]
    for (digest,) in named:
        assert stored(home, digest), digest


def never_let_go_too_early(home: Path, originals: dict[str, str]) -> None:
    """What its source has let go of is in the ledger."""
    inbox = home / "var" / "mail" / "inbox"
    waiting = {hashlib.sha256(p.read_bytes()).hexdigest() for p in (inbox / "new").iterdir()}
    drop = home / "var" / "drop" / "drill"
    waiting |= {hashlib.sha256(p.read_bytes()).hexdigest() for p in drop.iterdir() if p.is_file()}
    known = {digest for (digest,) in rows(home, "SELECT digest FROM arrival")}
    for name, digest in originals.items():
        assert digest in waiting | known, f"{name} is nowhere"


def all_taken_in(home: Path, originals: dict[str, str], reports: int) -> None:
    """At the end: every original once in the ledger and in the store, every report once, nothing waiting."""
    counted = rows(home, "SELECT digest, count(*) FROM arrival GROUP BY digest")
    assert dict(counted) == dict.fromkeys(originals.values(), 1)
    assert all(stored(home, digest) for digest in originals.values())
    assert rows(home, "SELECT count(*) FROM judgement") == [(len(originals),)]
    assert rows(home, "SELECT count(*) FROM submission WHERE verdict = 'accepted'") == [(reports,)]
    every = rows(home, "SELECT unit, obligation, count(*) FROM submission GROUP BY 1, 2")
    assert all(count == 1 for _, _, count in every), every
    assert rows(home, "SELECT count(*) FROM queue_item") == [(0,)]
    assert not list((home / "var" / "mail" / "inbox" / "new").iterdir())
    assert not [p for p in (home / "var" / "drop" / "drill").iterdir() if p.is_file()]


def figures(home: Path) -> dict[str, dict[str, float]]:
    """Every accepted form's figures by unit."""
    found = rows(home, "SELECT reading FROM submission WHERE obligation = 'figures' AND verdict = 'accepted'")
    each = [row for (reading,) in found for row in _read(reading)["rows"]]
    return {row["unit"]: row["values"] for row in each}


def mailed_once(
    home: Path, delivered: dict[tuple[str, str], int], wanted: int, before: Collection[str] = ()
) -> None:
    """No letter twice; one that is nowhere is pending in the ledger, where a person sees it."""
    assert all(count == 1 for count in delivered.values()), delivered
    states = {i: s for i, s in rows(home, "SELECT message_id, state FROM letter") if i not in before}
    assert len(states) == wanted, states
    arrived = {identity for _, identity in delivered}
    assert arrived <= states.keys()
    for identity, state in states.items():
        if identity not in arrived:
            assert state in PENDING, f"{identity} is {state} and arrived nowhere"


def never_half(home: Path) -> None:
    """Whatever lies under a package's name is whole, at any moment."""
    folder = home / "var" / "packages"
    for path in sorted(folder.iterdir()) if folder.exists() else []:
        if path.name in BESIDE or path.name.startswith("."):
            continue
        try:
            if path.is_dir():
                bagit.Bag(str(path)).validate()
            else:
                with zipfile.ZipFile(path) as archive:
                    assert archive.testzip() is None, f"{path.name} is spoilt"
        except (bagit.BagError, zipfile.BadZipFile, OSError) as wrong:
            raise AssertionError(f"half a package as {path.name}: {wrong}") from wrong


def packaged_once(home: Path) -> None:
    """One package, entered once, whole as its folder and as its zip; nothing half done beside it."""
    packages = home / "var" / "packages"
    ((path, count),) = rows(home, "SELECT path, count(*) FROM package")
    assert count == 1
    never_half(home)
    assert (home / path).is_dir(), f"{path} is gone"
    assert (home / f"{path}.zip").is_file(), f"{path}.zip is gone"
    with zipfile.ZipFile(home / f"{path}.zip") as archive:
        inside = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    lying = {
        p.relative_to(home / path).as_posix(): p.read_bytes() for p in (home / path).rglob("*") if p.is_file()
    }
    assert inside == lying
    names = {p.name for p in packages.iterdir()} - {
        ".lock",
        Path(path).name,
        f"{Path(path).name}.zip",
        *BESIDE,
    }
    assert not names, names
