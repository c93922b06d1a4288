"""yagmail's session with its dangers taken out: no prompt, no unchecked certificate, no endless wait."""

import ssl
import time
from collections.abc import Callable, Container, Iterable
from contextlib import suppress
from functools import cache
from typing import Any, Literal, Protocol

import yagmail

from tasks.mail.sending.tls import tls_context
from tasks.terms.errors import Misconfigured

TIMEOUT = 30
"""Seconds for the connection, for every piece of a letter and for every reply as a whole."""
LAST_WORD = 6
"""So many times longer a server may think about a whole letter before it says what it does with it."""
POURING = 1800
"""Seconds a letter may take on a slow line."""
A_LITTLE = 0.05
"""Seconds by which a reply may exceed its time, so that the line's own time-out need not be set for each."""
PIECE, TAIL = 1 << 16, 1 << 10
LONGEST_REPLY = 1 << 16
"""Octets: no server says more at a time."""
OUR_NAME = "[127.0.0.1]"
"""What we call ourselves in EHLO: no look-up, and no machine name goes out."""
OK, READY = 250, 354
OVER = frozenset({-1, 421})
"""After no reply at all, or a goodbye, nothing more is listened to."""
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})

Tls = Literal["ssl", "starttls", "none"]
Reply = tuple[int, bytes]


class Command(Protocol):
    """What is said, and the codes after which the next may be said."""

    @property
    def words(self) -> str: ...  # noqa: D102
    @property
    def hoped_for(self) -> Container[int]: ...  # noqa: D102


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


class Session(yagmail.Client):  # type: ignore[misc]  # yagmail carries no types for its users
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
        self._told = ""
        self.is_closed = True

    def __del__(self) -> None:
        """Say nothing to the server from the garbage collector."""

    @property
    def connection(self) -> Any:
        """The kind of connection, with patience that ends."""
        return patient(super().connection)

    def tell(self, *commands: Command) -> None:
        """Say what comes next before it is asked about, to a server that takes several commands at once.

        What these commands are must be said next; nothing else may be.

        Raises:
            OSError: the line was lost.
        """
        if self.smtp.has_extn("pipelining"):
            self._told = _together(commands)
            self.smtp.send(self._told)

    def say(self, *commands: Command) -> list[Reply]:
        """The replies, up to the first that was not hoped for; the commands after that one do not count.

        Where the server offers it all commands go at once (RFC 2920), DATA at most as the last of them.

        Raises:
            OSError: the line was lost before that, or something else was told.
        """
        at_once = self.smtp.has_extn("pipelining")
        if at_once:
            self._say_at_once(_together(commands))
        heard: list[Reply] = []
        for command in commands:
            heard.append(self.smtp.getreply() if at_once else self.smtp.docmd(command.words))
            if heard[-1][0] not in command.hoped_for:
                break
        if at_once and len(heard) < len(commands):
            self._forget(heard[-1], len(commands) - len(heard))
        return heard

    def _say_at_once(self, words: str) -> None:
        told, self._told = self._told, ""
        if told and told != words:  # the server may be waiting for a text
            self.smtp.close()
            raise OSError("something else was announced")
        if not told:
            self.smtp.send(words)

    def _forget(self, refused: Reply, unheard: int) -> None:
        """Hear the replies to what was said in vain; a server that wants the letter all the same is left."""
        try:
            codes = {self.smtp.getreply()[0] for _ in range(unheard)} if refused[0] not in OVER else OVER
        except OSError:
            codes = OVER
        if READY in codes or not OVER.isdisjoint(codes):
            self.smtp.close()

    def pour(self, letter: bytes) -> bytes:
        """Send a letter but for its last piece, which is given back: without that no server takes it.

        Raises:
            OSError: the line was lost, it is too slow, or the server has answered more than it was asked:
                what it says next would be taken for its word on the letter.
        """
        if self.smtp.ahead:
            self.smtp.close()
            raise OSError("the server answers more than it is asked")
        end = time.monotonic() + POURING
        start = 0
        while len(letter) - start > PIECE + TAIL:
            if time.monotonic() > end:
                raise TimeoutError("timed out")
            self.smtp.send(letter[start : start + PIECE])
            start += PIECE
        return letter[start:]

    def finish(self, last: bytes) -> Reply:
        """Send the last piece and wait for the server's word, which may take its time over it (RFC 5321)."""
        self.smtp.send(last)
        self.smtp.patience = LAST_WORD * TIMEOUT
        try:
            code, reply = self.smtp.getreply()
        finally:
            self.smtp.patience = None
        return code, reply

    @property
    def has_been_told(self) -> bool:
        """Whether the server has been told something that it was not yet asked about."""
        return bool(self._told)

    @property
    def is_open(self) -> bool:
        """Whether there is a session at all, and both sides are at the same word."""
        there = self.smtp is not None and not self.is_closed and self.smtp.sock is not None
        return there and not self.smtp.ahead

    def alive(self) -> bool:
        """Whether the kept session still answers."""
        return self._quietly("noop")

    def reset(self) -> bool:
        """Whether the server forgot the letter that was not taken."""
        return self._quietly("rset")

    def _quietly(self, command: str) -> bool:
        if self.smtp is None or self.is_closed or self._told:
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
        """End the session, politely where the server still listens and does not wait for a text."""
        if self.smtp is not None:
            with suppress(OSError):
                if self.smtp.sock is not None and not self._told:
                    self.smtp.quit()
            self.smtp.close()
        self.smtp, self._told = None, ""
        self.is_closed = True


class _Replies:
    """What a server says; a reply that comes in drops ends when its time is over."""

    def __init__(self, line: Any) -> None:
        self._line = line
        self._heard = b""

    def next(self, patience: float) -> Reply:
        """The next reply, of one line or several; the code is -1 where it cannot be told.

        Raises:
            OSError: the server left, was too slow, or says too much.
        """
        line, ended, after = self._heard.partition(b"\n")
        if ended and line[3:4] != b"-":  # of replies heard together all but the first are here
            self._heard = after
            return _code(line), line[4:].strip()
        return self._wait(time.monotonic() + patience)

    def _wait(self, end: float) -> Reply:
        room = LONGEST_REPLY
        said: list[bytes] = []
        while True:
            line = self._next_line(end, room)
            room -= len(line)
            code = _code(line)
            said.append(line[4:].strip())
            if code == -1 or line[3:4] != b"-":
                return code, b"\n".join(said)

    def _next_line(self, end: float, room: int) -> bytes:
        """The next line; what there is where the line was cut."""
        whole: list[bytes] = []
        while b"\n" not in self._heard:
            room -= len(self._heard)
            if room <= 0:
                raise OSError("the reply has no end")
            whole.append(self._heard)
            self._heard = self._hear(end)
            if not self._heard:
                break
        line, ended, self._heard = self._heard.partition(b"\n")
        if not (line := b"".join([*whole, line, ended])):
            raise OSError("Connection unexpectedly closed")
        return line

    def _hear(self, end: float) -> bytes:
        """What comes next, nothing at the end of the line; it waits for no longer than is left."""
        while (left := end - time.monotonic()) > 0:
            if shorter := left < TIMEOUT - A_LITTLE:
                self._line.settimeout(left)
            try:
                heard: bytes = self._line.recv(4096)
            except TimeoutError:
                continue
            finally:
                if shorter:
                    self._line.settimeout(TIMEOUT)
            return heard
        raise TimeoutError("timed out")

    @property
    def ahead(self) -> bool:
        """Whether more was heard than was asked about."""
        return bool(self._heard)

    def close(self) -> None:
        """Nothing of its own to close."""


def _together(commands: Iterable[Command]) -> str:
    return "".join([f"{command.words}\r\n" for command in commands])


def _code(line: bytes) -> int:
    digits = line[:3]
    return int(digits) if digits.isdigit() else -1


class _Patience:
    """Mixed into the connection: the time-out holds for a reply as a whole, not for each octet of it."""

    file: _Replies | None
    sock: Any
    close: Callable[[], None]
    patience: float | None = None

    @property
    def ahead(self) -> bool:
        """Whether the server has answered more than it was asked."""
        return self.file is not None and self.file.ahead

    def getreply(self) -> Reply:
        if self.file is None:
            self.file = _Replies(self.sock)
        try:
            return self.file.next(self.patience or TIMEOUT)
        except OSError:
            self.close()
            raise


@cache
def patient(kind: type) -> type:
    """A connection of that kind whose patience ends."""
    return type(kind.__name__, (_Patience, kind), {})


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
