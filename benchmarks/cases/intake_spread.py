"""First intake on two cores: the same mails read by two readers, and by one that has but one core."""

from pathlib import Path

from benchmarks.case import Case, Rival
from benchmarks.cases import intake, intake_one_core


def two_readers(folder: Path, size: int) -> None:
    intake.ours(folder, size, readers=2)


CASE = Case(
    title="first intake of {size} mails with a form each, two readers",
    sizes=(3_000,),
    small=101,
    stage=intake.stage,
    reset=intake.reset,
    ours=two_readers,
    peers=(Rival("one reader on one core", intake_one_core.ours, goal=1.7, reset=intake.reset, rounds=3),),
    rounds=3,
)
