"""The summary workbook of a whole country's townships."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import openpyxl
import pandas as pd
import xlsxwriter

from benchmarks import office
from benchmarks.case import Case, Rival
from tasks.package.dossier import Dossier
from tasks.package.figures import figures
from tasks.package.gather import gather
from tasks.package.sheets.workbook import summary_workbook

HEAD = [
    "单位代码",
    "单位名称",
    "上级",
    "状态",
    "是否按时",
    "收到时间",
    "演练场次",
    "参演人数",
    "版本",
    "备注",
]


@contextmanager
def stage(folder: Path, size: int) -> Iterator[None]:
    office.make_home(folder, size)
    office.fill(office.desk(folder).ledger, "maildir:var/mail/inbox", size)
    yield


@cache
def dossier(folder: Path) -> Dossier:
    desk = office.desk(folder)
    with desk.ledger.read() as connection:
        return gather(connection, desk, 1)


def reset(folder: Path, _size: int) -> None:
    """The facts are gathered beforehand: what is timed is the counting and the workbook."""
    dossier(folder)


def ours(folder: Path, _size: int) -> None:
    summary_workbook(dossier(folder), figures(dossier(folder)))


def rows(size: int) -> Iterator[list[object]]:
    for n in range(size):
        code, name, parent = office.town(n)
        yield [code, name, parent, "已接收", "按时", "5月8日17时", 2 + n % 7, 50 + n % 900, 1, ""]


def floor(_folder: Path, size: int) -> None:
    """The same rows by the same library, nothing formatted, nothing counted."""
    with xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([HEAD, *rows(size)]):
            sheet.write_row(number, 0, row)


def by_pandas(_folder: Path, size: int) -> None:
    pd.DataFrame(rows(size), columns=HEAD).to_excel(io.BytesIO(), index=False, engine="openpyxl")


def by_openpyxl(_folder: Path, size: int) -> None:
    book = openpyxl.Workbook()
    for row in [HEAD, *rows(size)]:
        book.active.append(row)
    book.save(io.BytesIO())


CASE = Case(
    title="summary workbook of {size} units, counted and formatted",
    sizes=(41_352,),
    small=34,
    stage=stage,
    reset=reset,
    ours=ours,
    floor=Rival("the bare rows by XlsxWriter", floor),
    peers=(
        Rival("the bare rows by pandas.to_excel", by_pandas),
        Rival("the bare rows by openpyxl", by_openpyxl),
    ),
    rounds=3,
    own_megabytes=100,
)
