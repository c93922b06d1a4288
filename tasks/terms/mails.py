"""A mail taken apart, before anyone asks which campaign it belongs to."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Literal

from tasks.terms.readings import Finding

Kind = Literal[
    "submission", "incomplete", "body_only", "large_attachment_link", "auto_reply", "read_receipt",
    "bounce", "reply", "empty", "own_mail", "suspicious", "needs_person",
]  # fmt: skip
"""What a mail is (contract). Robots are auto_reply, read_receipt, bounce and own_mail."""

ROBOTS = frozenset({"auto_reply", "read_receipt", "bounce", "own_mail"})


@dataclass(frozen=True, slots=True)
class File:
    """A file someone sent, under the name they gave it; the name is data, never a path."""

    filename: str
    digest: str
    size: int
    data: bytes


def as_file(name: str, data: bytes) -> File:
    """The file with its digest."""
    return File(name, sha256(data).hexdigest(), len(data), data)


@dataclass(frozen=True, slots=True)
class Inside:
    """What came out of a file that holds others, and what stayed shut in it.

    Attributes:
        opened: digests of the files something came out of.
    """

    files: tuple[File, ...] = ()
    opened: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Mail:
    """A decoded mail.

    Attributes:
        sender: the address in From, lower case, found before any display name is decoded.
        sent_at: the Date header as claimed; never used for a deadline.
        received_at: the topmost Received header's date, or None.
        attachments: files hung on the mail; inline_images: signature pictures and the like.
        unpacked: files found inside attachments (zip, forwarded mail, TNEF).
        opened: digests of the files those came out of, which are no report by themselves.
        broken: digests of the files that lost something on the way, as their encoding shows.
        page: the HTML of a report written into the mail itself, where that holds a table; else empty.
        authors: senders of the mails it passes on, as their programs wrote them, the latest first; of a mail
            that is answered, none.
        by_system: it bears the mark of a letter this system wrote.
        linked: it points to a file kept elsewhere, which did not come with it.
        flags: findings about the mail as a whole; reasons: why it is the kind it is, in Chinese.
    """

    kind: Kind
    sender: str
    sender_name: str
    subject: str
    message_id: str
    sent_at: datetime | None
    received_at: datetime | None
    text: str
    attachments: tuple[File, ...] = ()
    inline_images: tuple[File, ...] = ()
    unpacked: tuple[File, ...] = ()
    opened: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    in_reply_to: str = ""
    bounced: "Bounce | None" = None
    linked: bool = False
    by_system: bool = False
    authors: tuple[str, ...] = ()
    page: str = ""


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a bounce says about one of our letters.

    Attributes:
        action: failed, delayed, or the server's own word.
        no_such: the server says that there is no such address; other reasons leave the address alone.
        said: the server's own words.
    """

    recipient: str
    status: str
    permanent: bool
    message_id: str
    action: str = ""
    no_such: bool = False
    said: str = ""
