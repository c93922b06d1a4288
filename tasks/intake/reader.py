"""An arrival taken apart and its documents read, by one question to a bounded child kept warm.

One question and not one for the mail and one for each file: for a form of a few cells the way there and back
costs more than the reading. What is not answered in one go (a file kills the child, all of them together are
too slow or too large) is asked piece by piece, so that only the piece at fault is lost. Contents come by the
digest of the bytes they were read from: an answer about other bytes than these is no answer. And a file is
damaged or hostile only when the child that reads nothing but documents, one at a time, says so too.
"""

import json
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from tasks.bounded.parent import Child, Piece
from tasks.documents import reader as documents
from tasks.intake import wire
from tasks.intake.reportable import reportable, without_wrapping
from tasks.mail.reader import opened, read_mail
from tasks.mail.wire import decode_inside, decode_mail
from tasks.terms.mails import File, Inside, Mail
from tasks.terms.readings import Content

T = TypeVar("T", bound=Mail | Inside)
Read = tuple[T, tuple[File, ...], list[Content]]
"""A thing taken apart, those of its files that may be reports, and their contents."""

AT_ONCE = 8 << 20
"""A larger mail is taken apart by itself: mail and documents have the room of a child each."""

SECONDS = 1.0
"""CPU time for all of one arrival: less than its documents have when they are asked for by themselves."""

ASKED_TWICE = frozenset({"DAMAGED", "HOSTILE"})

_CHILD = Child("tasks.intake.child")


class Arrived(Protocol[T]):
    """What is to be taken apart."""

    def piece(self) -> Piece[tuple[T, dict[str, Content]]] | None:
        """The question that asks for all of it at once; None for what is too large for that."""

    def by_itself(self) -> T:
        """It taken apart, its documents left alone."""

    def files_of(self, apart: T) -> tuple[File, ...]:
        """Those of its files that may be reports."""


@dataclass(frozen=True, slots=True)
class ArrivedMail:
    """A mail as it was sent, and which addresses and servers are our own."""

    raw: bytes
    own_addresses: frozenset[str]
    receivers: frozenset[str]

    def piece(self) -> Piece[tuple[Mail, dict[str, Content]]] | None:
        """One question for the mail and its documents."""
        known = {"own_addresses": sorted(self.own_addresses), "receivers": sorted(self.receivers)}
        return _piece("mail", self.raw, decode_mail, **known)

    def by_itself(self) -> Mail:
        """The mail; its documents are asked about later."""
        return read_mail(self.raw, own_addresses=self.own_addresses, receivers=self.receivers)

    def files_of(self, apart: Mail) -> tuple[File, ...]:
        """Its attachments that may be reports."""
        return reportable(apart)


@dataclass(frozen=True, slots=True)
class ArrivedFile:
    """A file that came by itself."""

    file: File

    def piece(self) -> Piece[tuple[Inside, dict[str, Content]]] | None:
        """One question for what is inside and what it says."""
        return _piece("file", self.file.data, decode_inside, name=self.file.filename)

    def by_itself(self) -> Inside:
        """What is inside; it is read later."""
        return opened(self.file)

    def files_of(self, apart: Inside) -> tuple[File, ...]:
        """The file, or what was inside instead of it."""
        return without_wrapping((self.file, *apart.files), apart.opened)


def each_read(arrived: Iterable[Arrived[Any]]) -> Generator[Read[Any]]:
    """Each taken apart and read, in order; the child is at the next while the caller is at one.

    Never raises for what they hold.
    """
    asked: list[Arrived[Any]] = []  # two at most: the one at hand and the next

    def pieces() -> Iterator[Piece[Any] | None]:
        for each in arrived:
            asked.append(each)
            yield each.piece()

    with closing(_CHILD.answers(pieces())) as answers:
        for told in answers:
            each = asked.pop(0)
            apart, known = told or (each.by_itself(), {})
            files = each.files_of(apart)
            yield apart, files, _contents(files, known)


def close() -> None:
    """End the children: what they hold is given back. The next arrival starts others."""
    _CHILD.close()
    documents.close()


def _piece(
    do: str, data: bytes, decode: Callable[[bytearray], T], **known: Any
) -> Piece[tuple[T, dict[str, Content]]] | None:
    if len(data) > AT_ONCE:
        return None
    question = json.dumps({"do": do} | known).encode()
    return Piece(question, data, lambda answer: wire.decode(answer, decode), SECONDS)


def _contents(files: Sequence[File], told: dict[str, Content]) -> list[Content]:
    sure = {digest: c for digest, c in told.items() if ASKED_TWICE.isdisjoint(f.code for f in c.findings)}
    left = [file for file in files if file.digest not in sure]
    read = documents.read_contents([(file.filename, file.data) for file in left])
    found = sure | {file.digest: content for file, content in zip(left, read, strict=True)}
    return [found[file.digest] for file in files]
