"""First intake: mails with a form each, from a Maildir into store and ledger, read, placed and judged.

The floor's largest part is the standard library's mail parser, as its documentation has it used (policy
``default``, which decodes names and texts): more than twice what ours takes for the same, so the floor has
room in it that we use. So the same floor stands beside it with the library's older parser (``compat32``),
which decodes neither names nor texts and takes half of ours; no goal is held against it.
"""

import email
import email.policy
import hashlib
import io
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import openpyxl
import python_calamine

from benchmarks import line, office
from benchmarks.case import Case, Rival
from tasks.documents.fillin import write_form
from tasks.mail.sending.build import build_mail, message_id
from tasks.terms import times

TEXT = "附件为我镇防汛演练统计表，请查收。" * 20


@contextmanager
def stage(folder: Path, size: int) -> Iterator[None]:
    """A home, and so many mails waiting beside it."""
    office.make_home(folder, size)
    desk = office.desk(folder)
    (folder / "mails").mkdir()
    obligation = desk.campaign.obligation("figures")
    for number in range(size):
        unit = desk.roster[office.town(number)[0]]
        data = filled(write_form(desk.campaign, obligation, unit, [unit]), number)
        (folder / "mails" / f"{number:06d}.bench").write_bytes(mail(number, unit.name, data))
    yield


def filled(form: bytes, number: int) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(form))
    sheet = book.worksheets[0]
    sheet["D5"], sheet["E5"] = 2 + number % 7, 50 + number % 900
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def mail(number: int, name: str, form: bytes) -> bytes:
    when = times.local(times.parse("2023-05-31T10:00"))
    return build_mail(
        sender=office.address(number), sender_name=name, recipient=office.OFFICE, recipient_name="",
        subject=f"{name}防汛演练统计表", text=TEXT, html="", date=when, auto=False,
        message_id=message_id(str(number), domain=office.DOMAIN),
        files=[(f"{name}统计表.xlsx", form)],
    )  # fmt: skip


def reset(folder: Path, _size: int) -> None:
    """An empty ledger and store, every mail in the mailbox."""
    var = folder / "home" / "var"
    if var.exists():
        office.desk(folder).ledger.close()
        shutil.rmtree(var)
    for each in ("new", "cur", "tmp"):
        (var / "mail" / "inbox" / each).mkdir(parents=True)
    for path in (folder / "mails").iterdir():
        os.link(path, var / "mail" / "inbox" / "new" / path.name)
    office.fresh_ledger()


def ours(folder: Path, size: int, readers: int = 1) -> None:
    line.take_in(folder, readers)
    with office.desk(folder).ledger.read() as connection:
        (count,) = connection.exec_driver_sql(
            "SELECT count(*) FROM submission WHERE verdict='accepted'"
        ).one()
    assert count == size, f"{count} of {size} reports were accepted"


def clean(folder: Path, _size: int) -> None:
    shutil.rmtree(folder / "other", ignore_errors=True)
    (folder / "other").mkdir()


def floor(folder: Path, size: int) -> None:
    """Mail and form kept and synced, taken apart, read by calamine, a row each in one transaction."""
    bare_parts(folder, size, attachment)


def lower_floor(folder: Path, size: int) -> None:
    """The same, by the parser that decodes nothing but the attachment."""
    bare_parts(folder, size, bare_attachment)


def bare_parts(folder: Path, size: int, taken_out: Callable[[bytes], bytes]) -> None:
    with closing(sqlite3.connect(folder / "other" / "ledger.sqlite3")) as ledger, ledger:
        ledger.execute("CREATE TABLE report (digest, sheet)")
        for path in sorted((folder / "mails").iterdir())[:size]:
            raw = path.read_bytes()
            form = taken_out(raw)
            for data in (raw, form):
                keep(folder / "other", data)
            book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(form))
            row = hashlib.sha256(form).hexdigest(), repr(book.get_sheet_by_index(0).to_python())
            ledger.execute("INSERT INTO report VALUES (?, ?)", row)


def script(folder: Path, size: int) -> None:
    """The straightforward script: openpyxl, and every report committed by itself."""
    with closing(sqlite3.connect(folder / "other" / "script.sqlite3")) as ledger:
        ledger.execute("CREATE TABLE report (digest, sheet)")
        for path in sorted((folder / "mails").iterdir())[:size]:
            form = attachment(path.read_bytes())
            keep(folder / "other", form)
            book = openpyxl.load_workbook(io.BytesIO(form), data_only=True)
            with ledger:
                row = hashlib.sha256(form).hexdigest(), repr(list(book.worksheets[0].values))
                ledger.execute("INSERT INTO report VALUES (?, ?)", row)


def attachment(raw: bytes) -> bytes:
    found = email.message_from_bytes(raw, policy=email.policy.default)
    return next(bytes(part.get_payload(decode=True)) for part in found.iter_attachments())


def bare_attachment(raw: bytes) -> bytes:
    parts = email.message_from_bytes(raw).walk()
    file = next(part for part in parts if part.get_content_disposition() == "attachment")
    data = file.get_payload(decode=True)
    assert isinstance(data, bytes)
    return data


def keep(folder: Path, data: bytes) -> None:
    with (folder / hashlib.sha256(data).hexdigest()).open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


CASE = Case(
    title="first intake of {size} mails with a form each",
    sizes=(3_000,),
    small=20,
    stage=stage,
    reset=reset,
    ours=ours,
    floor=Rival("keep and sync, take apart, read by calamine", floor, goal=1.5, reset=clean),
    peers=(
        Rival("the floor with a parser that decodes no name and no text", lower_floor, reset=clean),
        Rival("a script with openpyxl, a commit each", script, reset=clean, rounds=2),
    ),
    rounds=3,
)
