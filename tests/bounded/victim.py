"""A child that does as its data says: ``python -m tests.bounded.victim``."""

import os
import socket
import time
from pathlib import Path

from tasks.bounded.child import run

KEPT: list[bytearray] = []


def _answer(question: bytes, data: bytes) -> list[bytes]:
    if data == b"die":
        os._exit(1)
    if data == b"sleep":
        time.sleep(60)
    if data == b"spin":
        while True:
            pass
    if data == b"keep":
        KEPT.append(bytearray(int(question) << 20))
    if data == b"eat":
        bytearray(1 << 30)
    if data == b"write":
        with Path("/tmp/victim-was-here").open("wb") as file:
            file.write(b"x" * 10)
    if data == b"connect":
        socket.create_connection(("127.0.0.1", int(question)), timeout=2)
    return [question, b":", data, b":", str(os.getpid()).encode()]


if __name__ == "__main__":
    run(_answer)
