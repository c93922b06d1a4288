"""An arrival taken apart: the mail, and the files that may be reports."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from tasks.intake.reader import Arrived, ArrivedFile, ArrivedMail, each_read
from tasks.intake.reportable import reportable, without_wrapping
from tasks.ledger.arrivals import Arrival
from tasks.mail.reader import opened, read_mail
from tasks.store.files import Store
from tasks.terms.mails import File, Inside, Mail
from tasks.terms.readings import Content, Finding

UNMARKED = frozenset({"csv", "txt", "html"})
"""Formats that do not show by themselves that something of them is missing."""

CUT_SHORT = Finding("DAMAGED", "附件在传送中损坏或不完整，内容可能缺失，未予采用，请重新发送")

NOTHING_INSIDE = Inside()


@dataclass(frozen=True, slots=True)
class Opened:
    """One arrival taken apart; ``inside`` is what a file by itself held."""

    arrival: Arrival
    mail: Mail | None
    files: tuple[File, ...]
    inside: Inside = NOTHING_INSIDE


def open_arrival(
    arrival: Arrival, store: Store, own_addresses: frozenset[str], receivers: frozenset[str] = frozenset()
) -> Opened:
    """The files of an arrival: a mail's attachments and what was inside them, or the file itself."""
    data = store.read(arrival.digest)
    if arrival.form == "mail":
        mail = read_mail(data, own_addresses=own_addresses, receivers=receivers)
        return Opened(arrival, mail, reportable(mail))
    file = File(arrival.filename, arrival.digest, len(data), data)
    inside = opened(file)
    return Opened(arrival, None, without_wrapping((file, *inside.files), inside.opened), inside)


def read_arrivals(
    arrivals: Sequence[Arrival],
    store: Store,
    own_addresses: frozenset[str],
    receivers: frozenset[str] = frozenset(),
) -> Generator[tuple[Opened, list[Content]]]:
    """Each arrival taken apart, and what its files say; the next is read while the caller is at one."""

    def arrived() -> Iterator[Arrived[Any]]:
        for arrival in arrivals:
            data = store.read(arrival.digest)
            if arrival.form == "mail":
                yield ArrivedMail(data, own_addresses, receivers)
            else:
                yield ArrivedFile(File(arrival.filename, arrival.digest, len(data), data))

    with closing(each_read(arrived())) as read:
        for arrival, (apart, files, contents) in zip(arrivals, read, strict=True):
            if isinstance(apart, Mail):
                yield Opened(arrival, apart, files), contents
            else:
                yield Opened(arrival, None, files, apart), contents


def with_losses(content: Content, file: File, mail: Mail) -> Content:
    """A table or text that lost something on the way is not read: nothing in it shows what is missing."""
    if file.digest in mail.broken and content.format in UNMARKED:
        return Content(content.format, findings=(CUT_SHORT,))
    return content


def as_told(item: Opened, file: File, content: Content) -> Content:
    """The content, or why there is none when the file was shut or spoilt on the way."""
    if item.mail is not None:
        return with_losses(content, file, item.mail)
    if item.inside.findings and not item.inside.files:
        return Content(content.format, findings=item.inside.findings)
    return content
