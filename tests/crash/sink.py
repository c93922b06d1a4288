"""A mail server that files every letter under its recipients, slowly enough to be killed in the middle of.

Shares no code with the product: what it holds at the end is the count of what was delivered.
"""

import itertools
import random
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Sink:
    root: Path
    port: int
    random: random.Random
    serial: Iterator[int] = field(default_factory=itertools.count)

    def maildir(self, address: str) -> Path:
        return self.root / address

    def file(self, address: str, letter: bytes) -> None:
        folder = self.maildir(address)
        for each in ("tmp", "new", "cur"):
            (folder / each).mkdir(parents=True, exist_ok=True)
        name = f"{time.time_ns()}.{next(self.serial)}.sink"
        (folder / "tmp" / name).write_bytes(letter)
        (folder / "tmp" / name).rename(folder / "new" / name)

    def dawdle(self) -> None:
        if self.random.random() < 0.3:
            time.sleep(self.random.random() * 0.01)


@contextmanager
def running_sink(root: Path, seed: int) -> Iterator[Sink]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        sink = Sink(root, listener.getsockname()[1], random.Random(seed))

        def serve() -> None:
            while True:
                try:
                    line, _ = listener.accept()
                except OSError:
                    return
                threading.Thread(target=_talk, args=(sink, line), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        try:
            yield sink
        finally:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)


def _talk(sink: Sink, line: socket.socket) -> None:
    recipients: list[str] = []
    with suppress(OSError), line, line.makefile("rb") as commands:
        _say(line, "220 sink.example ESMTP")
        while command := commands.readline():
            word = command[:4].upper()
            sink.dawdle()
            if word in {b"EHLO", b"HELO"}:
                _say(line, "250 sink.example")
            elif word == b"MAIL":
                recipients = []
                _say(line, "250 ok")
            elif word == b"RCPT":
                recipients.append(command.partition(b"<")[2].partition(b">")[0].decode())
                _say(line, "250 ok")
            elif word == b"DATA":
                _say(line, "354 go")
                letter = _letter(commands)
                if letter is None:
                    return None
                for each in recipients:
                    sink.file(each, letter)
                sink.dawdle()
                _say(line, "250 kept")
            elif word == b"QUIT":
                return _say(line, "221 bye")
            else:
                _say(line, "250 ok")
    return None


def _letter(commands) -> bytes | None:
    """Everything to the final dot; None when the line ends before it."""
    found = []
    while (row := commands.readline()) != b".\r\n":
        if not row.endswith(b"\r\n"):
            return None
        found.append(row.removeprefix(b".") if row.startswith(b"..") else row)
    return b"".join(found)


def _say(line: socket.socket, text: str) -> None:
    line.sendall(text.encode() + b"\r\n")


def delivered(maildirs: dict[str, Path]) -> dict[tuple[str, str], int]:
    """How often each mailbox holds each Message-ID."""
    counts: dict[tuple[str, str], int] = {}
    for address, folder in maildirs.items():
        for path in (*folder.glob("new/*"), *folder.glob("cur/*")):
            rows = path.read_bytes().splitlines()
            own = next(r for r in rows if r.lower().startswith(b"message-id:")).split(b":", 1)[1].strip()
            key = (address, own.decode())
            counts[key] = counts.get(key, 0) + 1
    return counts
