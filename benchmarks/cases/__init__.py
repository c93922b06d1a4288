"""The cases by name, in the order of the table. To add one: a module here with a ``CASE``, and its name."""

from importlib import import_module

from benchmarks.case import Case

NAMES = (
    "recheck",
    "recheck_prefect",
    "intake",
    "intake_one_core",
    "intake_spread",
    "forms",
    "circular",
    "queue",
    "send",
    "package",
    "workbook",
    "status",
    "draft",
)


def load(name: str) -> Case:
    case: Case = import_module(f"benchmarks.cases.{name}").CASE
    return case
