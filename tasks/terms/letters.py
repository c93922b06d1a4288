"""Letters 函件 and what became of them."""

from dataclasses import dataclass, field
from enum import StrEnum


class LetterState(StrEnum):
    """queued → sending (committed before the first byte) → one of the others.

    Where many go fast they are claimed a few at a time; a claimed letter is given back if it never began.
    """

    QUEUED = "queued"
    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    RETRY = "retry"
    UNKNOWN = "unknown"
    DROPPED = "dropped"  # no longer needed when its turn came


WAITING = frozenset({LetterState.QUEUED, LetterState.CLAIMED, LetterState.SENDING, LetterState.RETRY})
"""Letters that have come to nothing yet."""

WITHOUT_COPY = "（没有密送本邮箱）"
"""Stands in the reply kept with a letter of which our own mailbox was given no copy."""

LETTER_KINDS = {
    "start": "报送通知",
    "reminder": "催报",
    "overdue": "逾期催报",
    "daily": "每日催报",
    "return": "退回补正",
    "receipt": "回执",
    "extended": "延期答复",
    "thanks": "致谢",
    "circular": "通报",
    "digest": "情况摘要",
    "bulletin": "报送情况",
    "dispatch": "呈报",
    "sign_off": "审签请求",
    "sign_note": "审签提醒",
}
"""Kinds of letter, as staff name them."""

SUMMONING = frozenset({"start", "reminder", "overdue"})
"""Letters that ask one unit for what is asked of it; an office's own kinds do so, too."""

ANNOUNCING = frozenset({"thanks", "circular", "digest"})
"""Letters that tell how the whole campaign stands, or thank for it; they follow the general due moment."""


def chases(kind: str) -> bool:
    """Whether a letter of this kind asks for what is owed and so falls away once it has come."""
    return kind in {"reminder", "overdue", "daily"} or kind not in LETTER_KINDS


def presses(kind: str) -> bool:
    """Whether a letter of this kind was something done to get a report in."""
    return chases(kind) or kind in {"start", "return"}


@dataclass(frozen=True, slots=True)
class Part:
    """One of the reminders a letter speaks for; two that say the same are the same."""

    campaign: str
    unit: str
    occasion: str
    obligations: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Form:
    """The frozen text of letters that differ in nothing but the unit's name, which is left blank.

    Attributes:
        date: with its time zone, as it will be written.
        headers: further ones, for our own machines.
    """

    sender: str
    sender_name: str
    subject: str
    text: str
    html: str
    date: str
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter with its text frozen, ready to be queued.

    It is frozen as ``wire``, the bytes to be handed over, or as a ``form`` and the ``name`` that fills it.

    ``occasion`` makes it unique together with campaign, unit and address: the rung and the due moment it
    speaks of, or the version it acknowledges. The same occasion never produces a second letter, nor does the
    occasion of any of its ``parts``, which a letter of several reminders to one address has.
    """

    campaign: str
    unit: str
    kind: str
    occasion: str
    address: str
    subject: str
    message_id: str
    wire: bytes
    obligations: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    form: Form | None = None
    name: str = ""

    @property
    def says(self) -> tuple[Part, ...]:
        """Its parts, or itself as the only one."""
        return self.parts or (Part(self.campaign, self.unit, self.occasion, self.obligations),)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one hand-over to the mail server came to.

    Attributes:
        state: SENT, REFUSED (for good), RETRY (nothing was taken), or UNKNOWN (it may have been taken).
        code: the server's reply code, when it gave one.
        stop_run: the account itself is at fault (wrong password, bad certificate): send nothing more.
        slow_down: the server finds that too much is sent too fast.
        bad_address: the server refused the recipient, not the letter.
    """

    state: LetterState
    code: int | None = None
    text: str = ""
    stop_run: bool = False
    slow_down: bool = False
    bad_address: bool = False
