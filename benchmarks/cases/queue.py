"""Notices of start to everyone: written from the templates, each with its own form, frozen and queued."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import office
from benchmarks.case import Case
from tasks.chase.outbox import enqueue
from tasks.chase.steps import letters_due


@contextmanager
def stage(folder: Path, size: int) -> Iterator[None]:
    office.make_home(folder, size)
    yield


def reset(folder: Path, _size: int) -> None:
    """Nothing was queued before."""
    ledger = office.desk(folder).ledger
    with ledger.write() as connection:
        connection.exec_driver_sql("DELETE FROM letter")


def ours(folder: Path, size: int) -> None:
    desk = office.desk(folder)
    queued = enqueue(desk.ledger, desk.store, letters_due(desk), desk.now)
    assert queued == size, f"{queued} letters of {size}"


CASE = Case(
    title="notices of start to {size} units, each with its fill-in form: written, frozen, queued",
    sizes=(500,),
    small=30,
    stage=stage,
    reset=reset,
    ours=ours,
    rounds=3,
)
