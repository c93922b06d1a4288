"""``baosong status --json``: one reading of the ledger, every unit assessed and written out."""

import json
from pathlib import Path

from benchmarks import mailbox, office
from benchmarks.case import Case, Rival
from benchmarks.cases.workbook import stage
from benchmarks.peers import straightforward
from tasks.status.view import look


def ours(folder: Path, size: int) -> None:
    found = look(office.desk(folder)).as_json()
    assert len(json.dumps(found, ensure_ascii=False)) > size


def floor(folder: Path, _size: int) -> None:
    mailbox.one_reading(folder / "home" / "var" / "ledger.sqlite3")


def reset(folder: Path, _size: int) -> None:
    straightforward.write_form(folder)


CASE = Case(
    title="status of {size} units as JSON",
    sizes=(41_352,),
    small=34,
    stage=stage,
    reset=reset,
    ours=ours,
    floor=Rival("one ledger read", floor),
    peers=(
        Rival("re-reading every form (pandas, openpyxl)", straightforward.read_forms, share=200, rounds=1),
    ),
    rounds=3,
)
