"""A check with nothing new, without Prefect: sources asked, what waits looked for, the board's figures."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import mailbox, office
from benchmarks.case import Case, Rival
from benchmarks.line import check
from benchmarks.peers import straightforward

SIZES = (34, 3_000, 41_352)


@contextmanager
def stage(folder: Path, size: int) -> Iterator[None]:
    """A mailbox of so many mails, all taken in, judged and answered, and checked until it is quiet."""
    with mailbox.filled(size) as dovecot:
        office.make_home(folder, size, office.SERVER, "office", mailbox.accounts(dovecot))
        (folder / "imap").write_text(str(dovecot.imap))
        ledger = office.desk(folder).ledger
        office.fill(ledger, "imap:office/INBOX", size)
        mailbox.read_up_to_here(ledger, dovecot)
        straightforward.write_form(folder)
        for _ in range(2):
            check(folder, size)
        yield


def floor(folder: Path, _size: int) -> None:
    """What has to be asked: one folder scan, one round trip to the mailbox, one reading of the ledger."""
    mailbox.one_round_trip(int((folder / "imap").read_text()))
    mailbox.one_scan(folder / "home" / "var" / "drop" / "bench")
    mailbox.one_reading(folder / "home" / "var" / "ledger.sqlite3")


CASE = Case(
    title="re-check of {size} units with nothing new, without Prefect",
    sizes=SIZES,
    small=34,
    stage=stage,
    ours=check,
    floor=Rival("one folder scan, one IMAP round trip, one ledger read", floor, goal=2),
    peers=(
        Rival(
            "re-reading every form (pandas, openpyxl)",
            straightforward.read_forms,
            goal=200,
            share=200,
            rounds=2,
        ),
    ),
    megabytes=300,
)
