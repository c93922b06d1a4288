"""A mail server in a process of its own that takes letters and forgets them: the ceiling of sending."""

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tasks.mail.transport import SmtpAccount, SmtpServer


@contextmanager
def sinking() -> Iterator[SmtpAccount]:
    """The account that reaches a sink while the block runs."""
    with subprocess.Popen([sys.executable, "-m", "benchmarks.sink"], stdout=subprocess.PIPE) as process:
        assert process.stdout
        port = int(process.stdout.readline())
        try:
            yield SmtpAccount("office@bench.example", SmtpServer("127.0.0.1", port, "none"))
        finally:
            process.terminate()


def serve() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        print(listener.getsockname()[1], flush=True)
        while True:
            line, _ = listener.accept()
            threading.Thread(target=_talk, args=(line,), daemon=True).start()


def _talk(line: socket.socket) -> None:
    with suppress(OSError), line, line.makefile("rb") as commands:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.sendall(b"220 sink.example ESMTP\r\n")
        while command := commands.readline():
            word = command[:4].upper()
            if word == b"DATA":
                line.sendall(b"354 go\r\n")
                while commands.readline() != b".\r\n":
                    pass
            if word == b"QUIT":
                line.sendall(b"221 bye\r\n")
                return
            line.sendall(b"250 ok\r\n")


if __name__ == "__main__":
    serve()
