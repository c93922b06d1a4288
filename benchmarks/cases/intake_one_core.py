"""First intake on one core, and its floor on the same: the two processes of ours have it in turn."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.case import Case, Rival
from benchmarks.cases import intake


@contextmanager
def on_one_core() -> Iterator[None]:
    """This process and those it starts meanwhile have one core between them."""
    every = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(every)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, every)


def ours(folder: Path, size: int) -> None:
    with on_one_core():
        intake.ours(folder, size)


def floor(folder: Path, size: int) -> None:
    with on_one_core():
        intake.floor(folder, size)


CASE = Case(
    title="first intake of {size} mails with a form each, all on one core",
    sizes=(3_000,),
    small=20,
    stage=intake.stage,
    reset=intake.reset,
    ours=ours,
    floor=Rival("keep and sync, take apart, read by calamine", floor, goal=1.5, reset=intake.clean),
    rounds=3,
)
