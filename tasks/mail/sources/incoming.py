"""What every source of mail and files has in common."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal, Protocol

WHEN_TAKEN: Final = datetime.max.replace(tzinfo=UTC)
"""Received nobody knows when: it counts from the moment it is taken in, which is never too early."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One mail or one file as it came, before anyone reads it.

    Attributes:
        source: name of the inbox it came from.
        key: what the source calls it; (source, key) is entered in the ledger once.
        received_at: when it reached us (UTC); this is what counts for a deadline. ``WHEN_TAKEN`` where
            neither the source nor the mail says.
        data: the unchanged bytes.
        filename: the name the sender gave a file; empty for a mail.
        form: a mail to be taken apart, or a file by itself.
        folder_hint: the sub-folder it lay in, often a unit's name.
        sender_hint: who sent it according to a register (来文单位).
        subject_hint: its title and document number according to a register.
    """

    source: str
    key: str
    received_at: datetime
    data: bytes
    filename: str = ""
    form: Literal["mail", "file"] = "mail"
    folder_hint: str = ""
    sender_hint: str = ""
    subject_hint: str = ""


class Inbox(Protocol):
    """A source of mail or files.

    Use: iterate ``new(cursor)``, store and commit each item, ``settle`` it, and keep ``cursor()`` once the
    iteration is over. A crash anywhere in between only means that items are offered again.
    """

    name: str
    problems: list[str]
    """What could not be offered, in Chinese, for staff: filled while iterating. A person has to see to it."""
    remarks: list[str]
    """What was offered, but on an assumption staff may want to check, in Chinese."""

    def new(self, cursor: str) -> Iterator[Incoming]:
        """Offer what is new since ``cursor``, oldest first, one at a time.

        Raises:
            Transient: the source cannot be reached now.
            Misconfigured: the source is not there, or refuses the account.
        """
        ...

    def cursor(self) -> str:
        """Where the next ``new`` goes on; valid once the iteration is over, by a break in the line, too."""
        ...

    def settle(self, incoming: Incoming) -> None:
        """Mark or move an item the ledger holds. Never deletes; may be repeated; a failure is only logged."""
        ...

    def close(self) -> None:
        """Let go of connections; may be repeated."""
        ...
