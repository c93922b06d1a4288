"""A real mailbox (Dovecot) with so many mails in it."""

import imaplib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from benchmarks import office
from tasks.ledger import arrivals
from tasks.ledger.session import Ledger
from tests.rig.dovecot import PASSWORD, Dovecot, running_dovecot


@contextmanager
def filled(count: int) -> Iterator[Dovecot]:
    """The office's mailbox with that many small mails; its password stands in the environment."""
    with running_dovecot([office.OFFICE]) as dovecot:
        new = dovecot.maildir(office.OFFICE) / "new"
        for each in ("cur", "tmp", "new"):
            new.with_name(each).mkdir(parents=True)
        for number in range(count):
            (new / f"{1_683_500_000 + number}.M{number}.bench").write_bytes(_mail(number))
        _give_to_the_server(dovecot.maildir(office.OFFICE).parent)
        os.environ[office.SECRET] = PASSWORD
        yield dovecot


def _mail(number: int) -> bytes:
    head = f"From: {office.address(number)}\r\nTo: {office.OFFICE}\r\nSubject: report {number}\r\n"
    return f"{head}Message-ID: <{number}@{office.DOMAIN}>\r\n\r\nreport\r\n".encode()


def _give_to_the_server(folder: Path) -> None:
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, "nobody", "nogroup")


def accounts(dovecot: Dovecot) -> str:
    """The office's accounts file for this server; nothing is sent in a benchmark of reading."""
    return office.ACCOUNTS.format(office=office.OFFICE, imap=dovecot.imap, smtp=1, secret=office.SECRET)


def read_up_to_here(ledger: Ledger, dovecot: Dovecot) -> None:
    """Put the cursor behind the last mail, as after a check."""
    with _inbox(dovecot.imap) as client:
        validity, following = (int(client.response(name)[1][0]) for name in ("UIDVALIDITY", "UIDNEXT"))
    with ledger.write() as connection:
        arrivals.move_cursor(connection, "imap:office/INBOX", f"{validity}:{following - 1}")


@contextmanager
def _inbox(port: int) -> Iterator[imaplib.IMAP4]:
    with imaplib.IMAP4("127.0.0.1", port) as client:
        client.login(office.OFFICE, PASSWORD)
        client.select("INBOX")
        yield client


def one_round_trip(port: int) -> None:
    """Log in, open the mailbox, see that nothing is new, leave."""
    with _inbox(port) as client:
        client.response("UIDNEXT")


def one_scan(folder: Path) -> int:
    """Every name in a folder."""
    with os.scandir(folder) as entries:
        return sum(1 for _ in entries)


def one_reading(path: Path) -> int:
    """Every row a standing rests on, as the driver gives them."""
    with closing(sqlite3.connect(path)) as connection:
        tables = ("submission", "letter", "act", "queue_item")
        return sum(len(connection.execute(f"SELECT * FROM {t}").fetchall()) for t in tables)
