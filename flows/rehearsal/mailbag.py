"""The units' side of the post: reading what was captured, sending what they report."""

import csv
import email
import email.policy
import os
import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from itertools import count
from pathlib import Path

from tasks.mail.sending.build import build_mail, message_id
from tasks.mail.sending.capture import RECIPIENT_HEADER
from tasks.terms import times

File = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class Delivered:
    """A letter of the office, as a unit's mailbox shows it."""

    recipient: str
    kind: str
    files: tuple[File, ...]
    text: str = ""

    def greets(self, name: str) -> bool:
        """Whether it is written to this unit: a clerk of two units gets the letters of both."""
        return name in self.text.partition("：")[0]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A mail a unit sends."""

    address: str
    name: str
    subject: str
    text: str
    files: tuple[File, ...]
    at: datetime


class Postbox:
    """Letters the embedded capture has taken, each seen once."""

    def __init__(self, maildir: Path) -> None:
        self._new = maildir / "new"
        self._seen: set[str] = set()

    def fresh(self) -> Iterator[Delivered]:
        """Letters that came since the last look, in the order they came."""
        for path in sorted(self._new.iterdir()) if self._new.is_dir() else []:
            if path.name not in self._seen:
                self._seen.add(path.name)
                yield _opened(path.read_bytes())


def _opened(raw: bytes) -> Delivered:
    letter = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(letter, EmailMessage)  # what the default policy gives
    parts = letter.iter_attachments()
    files = tuple((p.get_filename() or "", bytes(p.get_payload(decode=True) or b"")) for p in parts)
    plain = letter.get_body(("plain",))
    text = str(plain.get_content()) if isinstance(plain, EmailMessage) else ""
    return Delivered(str(letter[RECIPIENT_HEADER]).lower(), str(letter["X-Baosong-Letter"]), files, text)


class Sender:
    """Delivers the units' mails into the office's Maildir, as a mail server would."""

    def __init__(self, maildir: Path, office: str) -> None:
        self._maildir = maildir
        self._office = office
        self._numbers = count(1)
        for folder in ("tmp", "new", "cur"):
            (maildir / folder).mkdir(parents=True, exist_ok=True)

    def send(self, mail: Outgoing) -> None:
        """Deliver a unit's mail at its moment."""
        number, domain = next(self._numbers), mail.address.rpartition("@")[2]
        raw = build_mail(
            sender=mail.address,
            sender_name=mail.name,
            recipient=self._office,
            recipient_name="",
            subject=mail.subject,
            text=mail.text,
            html="",
            message_id=message_id(mail.address, str(number), domain=domain),
            date=times.local(mail.at),
            files=mail.files,
            auto=False,
        )
        stamp = times.local(mail.at).strftime("%a, %d %b %Y %H:%M:%S %z")
        received = f"Received: from mail ({domain}) by office.example with ESMTP; {stamp}\r\n"
        self._deliver(received.encode() + raw, number, mail.at)

    def _deliver(self, raw: bytes, number: int, at: datetime) -> None:
        name = f"{int(at.timestamp())}.R{number}.{socket.gethostname()}"
        staged = self._maildir / "tmp" / name
        staged.write_bytes(raw)
        os.utime(staged, (at.timestamp(), at.timestamp()))
        staged.rename(self._maildir / "new" / name)


class Register:
    """The document exchange's export: a register and a folder of files, growing as units report."""

    HEAD = ("来文单位", "文号", "标题", "收文时间", "附件")

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._rows: list[tuple[str, ...]] = []
        folder.mkdir(parents=True, exist_ok=True)

    def file(self, unit: str, title: str, files: Sequence[File], at: datetime) -> None:
        """One more document received by the exchange."""
        number = len(self._rows) + 1
        names = [f"{number:03d}-{name}" for name, _ in files]
        for name, (_, data) in zip(names, files, strict=True):
            (self._folder / name).write_bytes(data)
        document = f"{unit[:2]}民函〔{at.year}〕{number}号"
        stamp = times.local(at).strftime("%Y-%m-%d %H:%M:%S")
        self._rows.append((unit, document, title, stamp, "；".join(names)))
        self._write()

    def _write(self) -> None:
        staged = self._folder / ".登记簿.csv"
        with staged.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([self.HEAD, *self._rows])
        staged.rename(self._folder / "登记簿.csv")
