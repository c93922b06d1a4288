"""What came with one arrival and what it came to, as the rules of placing pass it on."""

from dataclasses import dataclass
from datetime import date

from tasks.terms.mails import File
from tasks.terms.readings import Content, Reading

STAYED_SHUT = frozenset({"ENCRYPTED", "HOSTILE", "DAMAGED"})
"""Findings on a mail that say some member of an archive was not taken out."""

CLOSED = STAYED_SHUT | {"WRONG_FORMAT"}
"""Findings on a document out of which nothing was read."""

PICTURE = "image"
"""The format of a file that is only a picture."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file that came, with what was read from it."""

    file: File
    content: Content
    reading: Reading


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds the documents of one arrival."""

    sender: str = ""
    subject: str = ""
    folder: str = ""
    text: str = ""
    received: date | None = None
    passed_on: tuple[str, ...] = ()
    """Units whose report a mail may pass on, by its own account."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A report that is certain: unit, obligation, the judged document and the files beside it."""

    obligation: str
    unit: str
    document: Document
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class Undecided:
    """What a clerk must place. ``file`` None stands for the mail as a whole."""

    file: File | None
    candidates: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placement:
    """Everything one arrival came to, for one campaign."""

    placed: tuple[Placed, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def outcome(self) -> str:
        """In one word, for the ledger."""
        return "submission" if self.placed else "queued" if self.undecided else "ignored"


def codes(document: Document) -> frozenset[str]:
    """What was found wrong with a document, as codes."""
    return frozenset(f.code for f in document.reading.findings)


def said_of(document: Document) -> tuple[str, ...]:
    """Why nothing could be read from a file, if nothing could."""
    return tuple(f.text for f in document.reading.findings if f.code in CLOSED)
