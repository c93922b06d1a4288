"""A mail server in a process of its own that takes letters and forgets them: the ceiling of sending."""

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tasks.mail.sending.transport import SmtpAccount, SmtpServer

OK, GO, END = b"250 ok\r\n", b"354 go\r\n", b"\r\n.\r\n"
ANSWERS = {
    b"EHLO": b"250-sink.example\r\n250-PIPELINING\r\n250 SIZE 73400320\r\n",
    b"DATA": GO,
    b"QUIT": b"221 bye\r\n",
}


@contextmanager
def sinking() -> Iterator[SmtpAccount]:
    """The account that reaches a sink while the block runs."""
    with subprocess.Popen([sys.executable, "-m", "benchmarks.sink"], stdout=subprocess.PIPE) as process:
        assert process.stdout
        port = int(process.stdout.readline())
        try:
            yield at_port(port)
        finally:
            process.terminate()


def at_port(port: int) -> SmtpAccount:
    """The account that reaches the sink on this port."""
    return SmtpAccount("office@bench.example", SmtpServer("127.0.0.1", port, "none"))


def serve() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        print(listener.getsockname()[1], flush=True)
        while True:
            line, _ = listener.accept()
            threading.Thread(target=_talk, args=(line,), daemon=True).start()


def _talk(line: socket.socket) -> None:
    """What was said together is answered together, as by the servers that offer it (RFC 2920)."""
    with suppress(OSError), line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.sendall(b"220 sink.example ESMTP\r\n")
        heard, answer = b"", b""
        while more := line.recv(1 << 16):
            heard += more
            if answer.endswith(GO):
                if heard.endswith(END):
                    heard, answer = b"", OK
                    line.sendall(answer)
                continue
            *whole, heard = heard.split(b"\r\n")
            answer = b"".join(ANSWERS.get(command[:4].upper(), OK) for command in whole)
            line.sendall(answer)


if __name__ == "__main__":
    serve()
