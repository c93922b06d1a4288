"""First intake on two cores: the same mails read by two readers, and by one that has but one core."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.case import Case, Rival
from benchmarks.cases import intake


def two_readers(folder: Path, size: int) -> None:
    intake.ours(folder, size, readers=2)


def one_core(folder: Path, size: int) -> None:
    with on_one_core():
        intake.ours(folder, size)


@contextmanager
def on_one_core() -> Iterator[None]:
    """This process and those it starts meanwhile have one core between them."""
    every = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(every)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, every)


CASE = Case(
    title="first intake of {size} mails with a form each, two readers",
    sizes=(3_000,),
    small=101,
    stage=intake.stage,
    reset=intake.reset,
    ours=two_readers,
    peers=(Rival("one reader on one core", one_core, goal=1.7, reset=intake.reset, rounds=3),),
    rounds=3,
)
