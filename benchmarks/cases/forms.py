"""Forms read in the bounded child, which a hostile one can only take with it."""

import io
from pathlib import Path

import openpyxl
import pandas as pd
import python_calamine

from benchmarks.case import Case, Rival
from benchmarks.peers import straightforward
from tasks.documents.reader import read_contents

DATA = straightforward.form()


def ours(_folder: Path, size: int) -> None:
    read_contents([(f"{n}.xlsx", DATA) for n in range(size)])


def calamine(_folder: Path, size: int) -> None:
    for _ in range(size):
        python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(DATA)).get_sheet_by_index(0).to_python()


def by_openpyxl(_folder: Path, size: int) -> None:
    for _ in range(size):
        list(openpyxl.load_workbook(io.BytesIO(DATA), data_only=True).active.values)


def by_pandas(_folder: Path, size: int) -> None:
    for _ in range(size):
        pd.read_excel(io.BytesIO(DATA), header=None)


CASE = Case(
    title="reading {size} forms, guarded and in a child process",
    sizes=(500,),
    small=20,
    ours=ours,
    floor=Rival("calamine alone, unguarded", calamine),
    peers=(
        Rival("openpyxl in this process, unguarded", by_openpyxl),
        Rival("pandas.read_excel, unguarded", by_pandas),
    ),
)
