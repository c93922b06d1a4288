"""A mail server that misbehaves on cue, in this process.

``SCRIPT`` maps a moment of the conversation to what happens there: a reply (of several lines, where it has
line ends), or one of the acts below; a list gives one for each time, the last for all that follow.
Moments: ``connect ehlo starttls auth mail rcpt data dot noop``.
"""

import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

DROP = "drop"  # the line is cut without an answer
TAKE_AND_DROP = "take and drop"  # at dot: the letter is kept, then the line is cut before the answer
STALL = "stall"  # no answer until the client gives up
HALF = "half"  # half a reply line, then the line is cut
GARBAGE = "garbage"  # an answer that is none
DRIP = "drip "  # before a reply: it comes octet by octet, each within the time-out
LATE = "late "  # before a reply: it comes, after `stall` seconds
GBK = "gbk "  # before a reply: in the octets of an old Chinese server
ENDLESS = "endless"  # a reply of several lines that never ends
REPLIES = {
    "connect": "220 rig.example ESMTP",
    "starttls": "220 go ahead",
    "auth": "235 ok",
    "mail": "250 ok",
    "rcpt": "250 ok",
    "data": "354 go ahead",
    "dot": "250 2.0.0 kept",
    "noop": "250 ok",
    "rset": "250 ok",
    "quit": "221 bye",
}


@dataclass
class ScriptedServer:
    port: int
    kept: list[bytes] = field(default_factory=list)
    broken_off: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    connections: int = 0
    commands: list[str] = field(default_factory=list)
    turns: threading.Lock = field(default_factory=threading.Lock)
    cut_after: int = 1 << 40
    """A letter is cut off after so many octets."""


class _Cut(Exception):
    """The conversation ends here."""


@contextmanager
def scripted_server(
    script: Mapping[str, str | list[str]] | None = None,
    *,
    extensions: tuple[str, ...] = ("SIZE 73400320", "AUTH PLAIN LOGIN"),
    certificate: Path | None = None,
    ssl_from_start: bool = False,
    stall: float = 5,
) -> Iterator[ScriptedServer]:
    """Serve one conversation after another until the block ends."""
    context = None
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = ScriptedServer(listener.getsockname()[1])
        closing = threading.Event()

        def serve() -> None:
            while not closing.is_set():
                try:
                    line, _ = listener.accept()
                except OSError:
                    return
                server.connections += 1
                talk = _Talk(server, script or {}, extensions, context, closing=closing, stall=stall)
                threading.Thread(target=talk.run, args=(line, ssl_from_start), daemon=True).start()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            closing.set()
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            thread.join(5)


class _Talk:
    def __init__(self, server, script, extensions, context, *, closing, stall) -> None:
        self.server, self.script, self.extensions = server, script, extensions
        self.context, self.closing, self.stall = context, closing, stall
        self.recipient = ""

    def run(self, line: socket.socket, ssl_from_start: bool) -> None:
        try:
            if ssl_from_start:
                line = self.context.wrap_socket(line, server_side=True)
            self.line, self.file = line, line.makefile("rb")
            self.answer("connect")
            while command := self.file.readline():
                self.obey(command.decode("latin-1").strip())
        except (_Cut, OSError):
            pass
        finally:
            with suppress(OSError, AttributeError):
                self.file.close()
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            with suppress(OSError, AttributeError):
                self.line.close()
            line.close()

    def obey(self, command: str) -> None:
        self.server.commands.append(command)
        verb = command.split(" ", maxsplit=1)[0].lower()
        if verb in {"ehlo", "helo"}:
            return self.greet()
        if verb == "auth" and not self.script.get("auth") and command.upper() == "AUTH LOGIN":
            for prompt in ("334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6"):
                self.say(prompt)
                self.file.readline()
        if verb == "rcpt":
            self.recipient = command
        if self.answer(verb).startswith("354"):
            self.take()
        if verb == "starttls" and self.script.get("starttls") is None:
            self.line = self.context.wrap_socket(self.line, server_side=True)
            self.file = self.line.makefile("rb")
        if verb == "quit":
            raise _Cut
        return None

    def greet(self) -> None:
        if self.script.get("ehlo"):
            return self.act(self.scripted("ehlo"))
        extensions = [
            e for e in self.extensions if not (e == "STARTTLS" and isinstance(self.line, ssl.SSLSocket))
        ]
        lines = ["rig.example", *extensions]
        for each in lines[:-1]:
            self.say(f"250-{each}")
        self.say(f"250 {lines[-1]}")
        return None

    def take(self) -> None:
        letter = bytearray()
        while (line := self.next_line()) not in {b".\r\n", b""}:
            letter += line[1:] if line.startswith(b"..") else line
            if len(letter) > self.server.cut_after:
                raise _Cut
        if line == b"":
            self.server.broken_off.append(bytes(letter))
            raise _Cut
        act = self.scripted("dot")
        if act == TAKE_AND_DROP or act.removeprefix(LATE).removeprefix(DRIP).startswith("250"):
            self.server.kept.append(bytes(letter))
            self.server.recipients.append(self.recipient)
        self.act(act)

    def next_line(self) -> bytes:
        """Nothing where the client is gone, also where it left with answers unread."""
        try:
            return self.file.readline()
        except ConnectionResetError:
            return b""

    def scripted(self, moment: str) -> str:
        """What is to happen at this moment, this time."""
        acts = self.script.get(moment) or REPLIES.get(moment, "502 unknown")
        if isinstance(acts, str):
            return acts
        with self.server.turns:
            return acts.pop(0) if len(acts) > 1 else acts[0]

    def answer(self, moment: str) -> str:
        act = self.scripted(moment)
        self.act(act)
        return act

    def act(self, act: str) -> None:
        if act in {DROP, TAKE_AND_DROP}:
            raise _Cut
        if act == STALL:
            end = time.monotonic() + self.stall
            while time.monotonic() < end and not self.closing.is_set():
                time.sleep(0.02)
            raise _Cut
        if act == HALF:
            self.line.sendall(b"25")
            raise _Cut
        if act == GARBAGE:
            return self.say("what?")
        if act == ENDLESS:
            while not self.closing.is_set():
                self.say("250-" + "x" * 900)
        if act.startswith(DRIP):
            return self.drip(act.removeprefix(DRIP))
        if act.startswith(LATE):
            self.closing.wait(self.stall)
        charset = "gbk" if act.startswith(GBK) else "utf-8"
        self.say(act.removeprefix(GBK).removeprefix(LATE), charset)
        if act.startswith("421"):
            raise _Cut
        return None

    def drip(self, text: str) -> None:
        for each in text.encode() + b"\r\n":
            self.line.sendall(bytes([each]))
            self.closing.wait(self.stall)

    def say(self, text: str, charset: str = "utf-8") -> None:
        self.line.sendall(text.replace("\n", "\r\n").encode(charset) + b"\r\n")
