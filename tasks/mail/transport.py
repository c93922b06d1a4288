"""Handing letters to the mail server, through yagmail: one attempt each, and what became of it.

yagmail 0.16.0 by itself sends a letter up to three times when the line drops, also after the server took it,
and then reports nothing. Its session (connection, TLS, log-in) is used here, its resend loop is not.
"""

import logging
import re
import ssl
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol, Self, cast

import yagmail

from tasks.mail.addresses import is_address
from tasks.mail.charset import decode_text
from tasks.mail.tls import tls_context
from tasks.terms.errors import Misconfigured
from tasks.terms.letters import LetterState, Outcome

log = logging.getLogger(__name__)

TIMEOUT = 30
"""Seconds for the connection and for every reply."""
MAILS_PER_CONNECTION = 50
FRESH = 0.5
"""Seconds within which a session that answered is taken to be there still."""
OUR_NAME = "[127.0.0.1]"
"""What we call ourselves in EHLO: no look-up, and no machine name goes out."""
LOST_IN_A_ROW = 3
"""So many failed connections one after the other, and the run stops."""

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})

OK, READY, LEAVING, TOO_BIG = 250, 354, 421, 552
PERMANENT = range(500, 600)
TAKEN = range(200, 300)

LATER = re.compile(
    r"frequen|rate limit|too (many|much|fast)|try again later|quota|mailbox( is)? full|5\.2\.2|5\.7\.28"
    r"|频率|频繁|过快|稍后|已满",
    re.IGNORECASE,
)
"""Permanent codes that are not: QQ answers 550 to sending too fast, a full mailbox is emptied again."""

TOO_FAST = re.compile(r"frequen|rate limit|too (many|much|fast)|频率|频繁|过快", re.IGNORECASE)
"""The server asks for patience, whatever code it says so with."""

NOT_THE_ADDRESS = re.compile(r"5\.[3467]\.\d|spam|policy|content|blacklist|relay|垃圾", re.IGNORECASE)
"""Permanent answers to a recipient that do not say the recipient is not there."""

ABOUT_THE_ADDRESS = frozenset({550, 551, 553})
NO_SUCH_ADDRESS = re.compile(
    r"5\.(1|4)\.\d|5\.2\.1|user unknown|unknown user|no such|not exist|不存在|无此用户", re.IGNORECASE
)
"""What a recipient is refused for that is not there: other codes and words speak of the letter or of us."""

Tls = Literal["ssl", "starttls", "none"]


ADVICE = (
    (r"mismatch|not valid for", "服务器证书上的名称不符，请核对 smtp 的 host"),
    (r"certificate has expired", "服务器证书已过期，请联系邮箱服务商"),
    (r"CERTIFICATE_VERIFY_FAILED", "服务器证书不受信任，本单位自建的邮箱请填 ca_file"),
    (r"WRONG_VERSION_NUMBER|record layer", "这个端口不是加密端口，请核对 smtp 的 port 与 tls"),
    (r"STARTTLS.*not supported", "服务器不提供加密（STARTTLS），未发送密码，请核对 port 与 tls"),
    (r"AUTH.*not supported|No suitable authentication", "服务器不提供登录，请核对 smtp 的 host 与 port"),
    (r"timed out", "服务器没有应答"),
    (r"unexpectedly closed|reset by peer|EOF occurred|Broken pipe", "连接被服务器断开"),
    (r"refused", "服务器没有在此端口受理，请核对 smtp 的 host 与 port"),
    (r"Name or service|name resolution|getaddrinfo|nodename", "找不到服务器，请核对 smtp 的 host 和本机网络"),
    (r"unreachable|No route", "网络不通"),
)
"""What to look at when there was no word from the server, by what the machine said; the first that fits."""


class Server(Protocol):
    """Where and how to reach a server."""

    @property
    def host(self) -> str: ...  # noqa: D102
    @property
    def port(self) -> int: ...  # noqa: D102
    @property
    def tls(self) -> Tls: ...  # noqa: D102
    @property
    def user(self) -> str: ...  # noqa: D102


class Account(Protocol):
    """What this door needs to know of a sending account."""

    @property
    def address(self) -> str: ...  # noqa: D102
    @property
    def smtp(self) -> Server | None: ...  # noqa: D102
    @property
    def ca_file(self) -> str | None: ...  # noqa: D102


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
        self._client = _Session(account, password)
        self._copy_to = copy_to
        self._sent_here = 0
        self._lost_in_a_row = 0
        self._answered = 0.0
        self._opened = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.drop()

    def reach(self) -> Outcome | None:
        """Connect and log in without sending anything; what went wrong, or None."""
        return self._connect()

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
        if self._sent_here < MAILS_PER_CONNECTION and self._answers():
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

    def _answers(self) -> bool:
        """Whether the session still answers; asked only where it has been silent for a while."""
        fresh = time.monotonic() - self._answered < FRESH
        return self._client.is_open if fresh else self._client.alive()

    def _no_session(self, fault: OSError) -> Outcome:
        self._opened = False
        code = getattr(fault, "smtp_code", None)
        stop = code in PERMANENT or _bad_certificate(fault) or self._client.lacks_what_it_needs()
        return Outcome(LetterState.RETRY, _code(code), f"未能登录发信服务器：{_words(fault)}", stop_run=stop)

    def _hand_over(self, wire: bytes, sender: str, recipient: str) -> Outcome:
        if failed := self._name_sender(sender, len(wire)):
            return failed
        smtp = self._client.smtp
        if refused := self._address(recipient):
            return refused
        code, reply = smtp.docmd("DATA")
        if code != READY:
            return _not_taken(code, reply)
        try:
            smtp.send(on_the_wire(wire))
            code, reply = smtp.getreply()
        except OSError as fault:
            return Outcome(LetterState.UNKNOWN, None, f"信已发出，连接在服务器答复前中断：{_words(fault)}")
        if code in TAKEN:
            return Outcome(LetterState.SENT, code, _text(reply))
        return _not_taken(code, reply, after_the_letter=True)

    def _name_sender(self, sender: str, size: int) -> Outcome | None:
        """MAIL FROM. A kept session that turns out to be over is opened anew: nothing was taken yet."""
        kept = self._sent_here > 0
        try:
            code, reply = self._mail_from(sender, size)
        except OSError:
            if not kept:
                raise
            code, reply = LEAVING, b""
        if kept and code == LEAVING:
            self._client.drop()
            if failed := self._connect():
                return failed
            code, reply = self._mail_from(sender, size)
        self._sent_here += 1
        return None if code == OK else _sender_refused(code, reply)

    def _mail_from(self, sender: str, size: int) -> tuple[int, bytes]:
        smtp = self._client.smtp
        return cast("tuple[int, bytes]", smtp.mail(sender, [f"size={size}"] if smtp.has_extn("size") else []))

    def _address(self, recipient: str) -> Outcome | None:
        """Name the recipient, and whoever gets the copy; what befalls the letter when it may not go."""
        smtp = self._client.smtp
        code, reply = smtp.docmd("RCPT", f"TO:<{recipient}>")
        if code not in TAKEN:
            return _recipient_refused(code, reply)
        if self._copy_to and self._copy_to.lower() != recipient.lower():
            code, reply = smtp.docmd("RCPT", f"TO:<{self._copy_to}>")  # without a copy the letter still goes
            if code == LEAVING or code not in range(200, 600):
                return _not_taken(code, reply)
        return None

    def _tidy(self, outcome: Outcome) -> None:
        """Leave the session fit for the next letter, or drop it."""
        if outcome.state is LetterState.SENT:
            return
        if outcome.code is None or outcome.code < OK or outcome.code == LEAVING or not self._client.reset():
            self._client.drop()


class _Session(yagmail.Client):  # type: ignore[misc]  # yagmail carries no types for its users
    """yagmail's session with its dangers taken out: no prompt for a password, no unchecked certificate."""

    smtp: Any

    def __init__(self, account: Account, password: str) -> None:
        server = _checked(account, password)
        context = None if server.tls == "none" else tls_context(account.ca_file)
        super().__init__(
            user=account.address,
            password=password,
            host=server.host,
            port=server.port,
            smtp_ssl=server.tls == "ssl",
            smtp_starttls={"context": context} if server.tls == "starttls" else False,
            smtp_skip_login=not password,
            soft_email_validation=False,  # it looks addresses up; ours are checked already
            timeout=TIMEOUT,
            local_hostname=OUR_NAME,
            **({"context": context} if server.tls == "ssl" else {}),
        )
        self.set_logging(None)  # its own log prints server replies to the console
        self.user = server.user or account.address  # yagmail would add @gmail.com to a bare name
        self.is_closed = True

    def __del__(self) -> None:
        """Say nothing to the server from the garbage collector."""

    @property
    def is_open(self) -> bool:
        """Whether there is a session at all."""
        return self.smtp is not None and not self.is_closed and self.smtp.sock is not None

    def alive(self) -> bool:
        """Whether the kept session still answers."""
        return self._quietly("noop")

    def reset(self) -> bool:
        """Whether the server forgot the letter that was not taken."""
        return self._quietly("rset")

    def _quietly(self, command: str) -> bool:
        if self.smtp is None or self.is_closed:
            return False
        try:
            return bool(getattr(self.smtp, command)()[0] == OK)
        except OSError:
            return False

    def lacks_what_it_needs(self) -> bool:
        """Whether the server does not offer the encryption or the log-in this account is set to use."""
        if self.smtp is None or self.smtp.ehlo_resp is None:
            return False
        if isinstance(self.smtp_starttls, dict) and not isinstance(self.smtp.sock, ssl.SSLSocket):
            return not self.smtp.has_extn("starttls")
        return not self.smtp_skip_login and not self.smtp.has_extn("auth")

    def drop(self) -> None:
        """End the session, politely where the server still listens."""
        if self.smtp is not None:
            with suppress(OSError):
                if self.smtp.sock is not None:
                    self.smtp.quit()
            self.smtp.close()
        self.smtp = None
        self.is_closed = True


def on_the_wire(wire: bytes) -> bytes:
    """The letter with leading dots doubled and the final dot added (RFC 5321 4.5.2)."""
    dotted = b"\n." in wire or wire.startswith(b".")
    stuffed = re.sub(rb"(?m)^\.", b"..", wire) if dotted else wire
    return stuffed + (b".\r\n" if stuffed.endswith(b"\r\n") else b"\r\n.\r\n")


def _checked(account: Account, password: str) -> Server:
    server = account.smtp
    if server is None:
        raise Misconfigured(f"账户 {account.address} 没有发信服务器（smtp）")
    if server.user and not password:
        raise Misconfigured(f"发信账户 {server.user} 没有密码（QQ、163 邮箱须填授权码）")
    if password and server.tls == "none" and server.host not in LOOPBACK:
        raise Misconfigured(
            f"发信服务器 {server.host} 未设加密，密码不能明文传送：tls 请改为 ssl 或 starttls"
        )
    return server


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
    about_it = code in ABOUT_THE_ADDRESS or NO_SUCH_ADDRESS.search(outcome.text)
    gone = outcome.state is LetterState.REFUSED and about_it and not NOT_THE_ADDRESS.search(outcome.text)
    return replace(outcome, bad_address=bool(gone))


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


def _code(code: int | None) -> int | None:
    """A reply's code, if it is one."""
    return code if code in range(200, 600) else None


def _text(reply: bytes) -> str:
    """What the server said, on one line that can be shown."""
    words = "".join(c if c.isprintable() else " " for c in decode_text(reply))
    return " ".join(words.split())[:300]


def _words(fault: OSError) -> str:
    """What went wrong: the server's own words, or what to look at."""
    reply = cast("bytes | str | None", getattr(fault, "smtp_error", None))
    if isinstance(reply, bytes):
        return _text(reply)
    said = " ".join(str(reply or fault).split())[:300]
    advice = next((zh for pattern, zh in ADVICE if re.search(pattern, said, re.IGNORECASE)), "")
    return f"{advice}（{said}）" if advice else said
