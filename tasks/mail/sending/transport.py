"""Handing letters to the mail server, through yagmail: one attempt each, and what became of it.

yagmail 0.16.0 by itself sends a letter up to three times when the line drops, also after the server took it,
and then reports nothing. Its session (connection, TLS, log-in) is used here, its resend loop is not.
"""

import logging
import re
import ssl
import time
from collections.abc import Callable, Container
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import NamedTuple, Self, cast

from tasks.mail.addresses import is_address
from tasks.mail.charset import decode_text
from tasks.mail.sending.refusal import LATER, TOO_FAST, no_such_address
from tasks.mail.sending.session import Account, Session, Tls
from tasks.terms.letters import WITHOUT_COPY, LetterState, Outcome

log = logging.getLogger(__name__)

MAILS_PER_CONNECTION = 50
FRESH = 0.5
"""Seconds within which a session that answered is taken to be there still."""
LOST_IN_A_ROW = 3
"""So many failed connections one after the other, and the run stops."""

OK, READY, LEAVING, TOO_BIG = 250, 354, 421, 552
FINE = frozenset({OK})
PERMANENT = range(500, 600)
TAKEN = range(200, 300)

ADVICE = (
    (r"mismatch|not valid for", "服务器证书上的名称不符，请核对 smtp 的 host"),
    (r"certificate has expired", "服务器证书已过期，请联系邮箱服务商"),
    (r"CERTIFICATE_VERIFY_FAILED", "服务器证书不受信任，本单位自建的邮箱请填 ca_file"),
    (r"WRONG_VERSION_NUMBER|record layer", "这个端口不是加密端口，请核对 smtp 的 port 与 tls"),
    (r"STARTTLS.*not supported", "服务器不提供加密（STARTTLS），未发送密码，请核对 port 与 tls"),
    (r"AUTH.*not supported|No suitable authentication", "服务器不提供登录，请核对 smtp 的 host 与 port"),
    (r"timed out", "服务器没有应答"),
    (r"more than it is asked|has no end", "服务器的应答不合规范"),
    (r"unexpectedly closed|reset by peer|EOF occurred|Broken pipe", "连接被服务器断开"),
    (r"refused", "服务器没有在此端口受理，请核对 smtp 的 host 与 port"),
    (r"Name or service|name resolution|getaddrinfo|nodename", "找不到服务器，请核对 smtp 的 host 和本机网络"),
    (r"unreachable|No route", "网络不通"),
)
"""What to look at when there was no word from the server, by what the machine said; the first that fits."""


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """A mail server; ``user`` empty stands for the account's address."""

    host: str
    port: int
    tls: Tls = "ssl"
    user: str = ""


@dataclass(frozen=True, slots=True)
class SmtpAccount:
    """A sending account; ``ca_file`` names a private certificate authority."""

    address: str
    smtp: SmtpServer
    ca_file: str | None = None


class Transport:
    """One account's session with its mail server; a context manager. Not for use by several threads."""

    def __init__(self, account: Account, password: str, *, copy_to: str = "") -> None:
        """Prepare the session; nothing is opened yet. Without a password there is no log-in.

        ``copy_to`` is given a copy of every letter in the same hand-over, unseen by the recipient: where
        the server's answer is lost, the copy shows that it took the letter.

        Raises:
            Misconfigured: a password is missing, or would go unprotected over a network.
        """
        self._client = Session(account, password)
        self._copy_to = copy_to
        self._sent_here = 0
        self._lost_in_a_row = 0
        self._answered = 0.0
        self._opened = True
        self._without_copy = ""
        self._naming: Naming = ("", "", 0), ()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.drop()

    def reach(self) -> Outcome | None:
        """Connect and log in without sending anything; what went wrong, or None."""
        return self._connect()

    def announce(self, size: int, sender: str, recipient: str) -> None:
        """Name the letter that is handed over next, unless the session must be opened first.

        Nothing of it goes. The server's answers are on their way while the ledger is written to.
        """
        if not (self._sent_here and self._stays() and is_address(sender) and is_address(recipient)):
            return
        with suppress(OSError):  # it shows when the letter itself is to go
            self._client.tell(*self._to_name(sender, recipient, size))

    def deliver(self, wire: bytes, sender: str, recipient: str) -> Outcome:
        """Hand over one letter, once.

        SENT: the server took it. REFUSED: it never will. RETRY: nothing was taken, later may do.
        UNKNOWN: the line was lost after the letter had gone out; it may have been taken, so a person or a
        witness decides, never a second attempt.
        """
        if not (is_address(sender) and is_address(recipient)):
            return Outcome(LetterState.REFUSED, None, "邮件地址无法使用")
        try:
            outcome = self._connect() or self._hand_over(wire, sender, recipient)
        except OSError as fault:
            outcome = Outcome(LetterState.RETRY, None, f"交信前连接中断：{_words(fault)}")
        self._tidy(outcome)
        return self._counted(outcome)

    def _counted(self, outcome: Outcome) -> Outcome:
        """The outcome; it stops the run where one line after the other was lost, or never opened."""
        self._answered = time.monotonic()
        lost = outcome.state is not LetterState.SENT and (outcome.code in {None, LEAVING} or not self._opened)
        self._lost_in_a_row = self._lost_in_a_row + 1 if lost else 0
        if self._lost_in_a_row < LOST_IN_A_ROW or outcome.stop_run:
            return outcome
        return replace(
            outcome, stop_run=True, text=f"连接接连 {LOST_IN_A_ROW} 次中断或打不开：{outcome.text}"
        )

    def _connect(self) -> Outcome | None:
        """Keep the session while it answers, else open one; what befalls the letter when neither works."""
        if self._stays():
            return None
        self._client.drop()
        self._sent_here = 0
        try:
            self._client.login()
            self._client.smtp.ehlo_or_helo_if_needed()
        except OSError as fault:
            outcome = self._no_session(fault)
            self._client.drop()
            return outcome
        self._opened = True
        return None

    def _stays(self) -> bool:
        return self._sent_here < MAILS_PER_CONNECTION and self._answers()

    def _answers(self) -> bool:
        """Whether the session still answers; asked only where it has been silent for a while."""
        fresh = self._client.has_been_told or time.monotonic() - self._answered < FRESH
        return self._client.is_open if fresh else self._client.alive()

    def _no_session(self, fault: OSError) -> Outcome:
        self._opened = False
        code = getattr(fault, "smtp_code", None)
        stop = code in PERMANENT or _bad_certificate(fault) or self._client.lacks_what_it_needs()
        return Outcome(LetterState.RETRY, _code(code), f"未能登录发信服务器：{_words(fault)}", stop_run=stop)

    def _hand_over(self, wire: bytes, sender: str, recipient: str) -> Outcome:
        if failed := self._announce(sender, recipient, len(wire)):
            return failed
        # Where the line is lost before the last piece, nothing was taken.
        last = self._client.pour(on_the_wire(wire))
        try:
            code, reply = self._client.finish(last)
        except OSError as fault:
            why = f"信已发出，连接在服务器答复前中断：{_words(fault)}"
            return Outcome(LetterState.UNKNOWN, None, why + self._without_copy)
        if code in TAKEN:
            return Outcome(LetterState.SENT, code, _text(reply))
        outcome = _not_taken(code, reply, after_the_letter=True)
        unknown = outcome.state is LetterState.UNKNOWN
        return replace(outcome, text=outcome.text + self._without_copy) if unknown else outcome

    def _announce(self, sender: str, recipient: str, size: int) -> Outcome | None:
        """Name sender and recipient; a kept session that turns out to be over is opened anew.

        Nothing of the letter itself has gone yet.
        """
        kept = self._sent_here > 0
        try:
            failed = self._name(sender, recipient, size)
        except OSError:
            if not kept:
                raise
            failed = Outcome(LetterState.RETRY, LEAVING)
        if kept and failed and failed.code == LEAVING:
            self._client.drop()
            failed = self._connect() or self._name(sender, recipient, size)
        self._sent_here += 1
        return failed

    def _name(self, sender: str, recipient: str, size: int) -> Outcome | None:
        """Everything before the letter's text; what befalls the letter when it may not go."""
        self._without_copy = ""
        naming = self._to_name(sender, recipient, size)
        if naming[-1] is DATA:
            return self._say(*naming)
        return self._say(*naming) or self._say(DATA)

    def _to_name(self, sender: str, recipient: str, size: int) -> tuple["_Step", ...]:
        """What is said at once; the same again for a letter that was announced."""
        of = sender, recipient, size if self._client.smtp.has_extn("size") else 0
        if self._naming[0] != of:
            self._naming = of, self._steps(*of)
        return self._naming[1]

    def _steps(self, sender: str, recipient: str, size: int) -> tuple["_Step", ...]:
        """DATA only where no copy goes with it.

        A server that knows our own address but not the recipient's must not be given the text.
        """
        how_large = f" SIZE={size}" if size else ""
        sent_by = _Step(f"MAIL FROM:<{sender}>{how_large}", FINE, _sender_refused)
        sent_to = _Step(f"RCPT TO:<{recipient}>", TAKEN, _recipient_refused)
        if not self._copy_to or self._copy_to.lower() == recipient.lower():
            return sent_by, sent_to, DATA
        return sent_by, sent_to, _Step(f"RCPT TO:<{self._copy_to}>", TAKEN, self._copy_refused)

    def _say(self, *steps: "_Step") -> Outcome | None:
        replies = self._client.say(*steps)
        step, (code, reply) = steps[len(replies) - 1], replies[-1]
        return None if code in step.hoped_for else step.refused(code, reply)

    def _copy_refused(self, code: int, reply: bytes) -> Outcome | None:
        """Without a copy the letter still goes."""
        if code == LEAVING or code not in range(200, 600):
            return _not_taken(code, reply)
        self._without_copy = WITHOUT_COPY
        return None

    def _tidy(self, outcome: Outcome) -> None:
        """Leave the session fit for the next letter, or drop it."""
        if outcome.state is LetterState.SENT:
            return
        if outcome.code is None or outcome.code < OK or outcome.code == LEAVING or not self._client.reset():
            self._client.drop()


class _Step(NamedTuple):
    """A command, the codes after which the next is said, and what any other means for the letter."""

    words: str
    hoped_for: Container[int]
    refused: Callable[[int, bytes], Outcome | None]


def on_the_wire(wire: bytes) -> bytes:
    """The letter with leading dots doubled and the final dot added (RFC 5321 4.5.2)."""
    dotted = b"\n." in wire or wire.startswith(b".")
    stuffed = re.sub(rb"(?m)^\.", b"..", wire) if dotted else wire
    return stuffed + (b".\r\n" if stuffed.endswith(b"\r\n") else b"\r\n.\r\n")


def _bad_certificate(fault: OSError) -> bool:
    dropped = (ssl.SSLEOFError, ssl.SSLZeroReturnError)
    return isinstance(fault, ssl.SSLError) and not isinstance(fault, dropped)


def _sender_refused(code: int, reply: bytes) -> Outcome:
    """A permanent no to MAIL FROM is about the account, unless it is about the letter's size."""
    outcome = _not_taken(code, reply)
    if outcome.state is LetterState.REFUSED and code != TOO_BIG:
        return Outcome(LetterState.RETRY, code, outcome.text, stop_run=True)
    return outcome


def _recipient_refused(code: int, reply: bytes) -> Outcome:
    outcome = _not_taken(code, reply)
    gone = outcome.state is LetterState.REFUSED and no_such_address(outcome.text)
    return replace(outcome, bad_address=gone)


def _not_taken(code: int, reply: bytes, *, after_the_letter: bool = False) -> Outcome:
    text = _text(reply) or "服务器没有作出可辨认的答复"
    if code in PERMANENT:
        state = LetterState.RETRY if LATER.search(text) else LetterState.REFUSED
    elif code in range(400, 500) or not after_the_letter:
        state = LetterState.RETRY
    else:
        state = LetterState.UNKNOWN  # an answer that is no answer
        text = f"信已发出，服务器的答复无法辨认：{text}"
    return Outcome(state, _code(code), text, slow_down=bool(TOO_FAST.search(text)))


DATA = _Step("DATA", frozenset({READY}), _not_taken)

Naming = tuple[tuple[str, str, int], tuple[_Step, ...]]
"""Sender, recipient and size of a letter, and what is said of them."""


def _code(code: int | None) -> int | None:
    """A reply's code, if it is one."""
    return code if code in range(200, 600) else None


def _text(reply: bytes) -> str:
    """What the server said, on one line that can be shown."""
    said = decode_text(reply)
    shown = said if said.isprintable() else "".join(c if c.isprintable() else " " for c in said)
    return " ".join(shown.split())[:300]


def _words(fault: OSError) -> str:
    """What went wrong: the server's own words, or what to look at."""
    reply = cast("bytes | str | None", getattr(fault, "smtp_error", None))
    if isinstance(reply, bytes):
        return _text(reply)
    said = " ".join(str(reply or fault).split())[:300]
    advice = next((zh for pattern, zh in ADVICE if re.search(pattern, said, re.IGNORECASE)), "")
    return f"{advice}（{said}）" if advice else said
