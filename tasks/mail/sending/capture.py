"""The embedded capture: a real SMTP conversation that can reach nobody.

Rehearsals and the account ``capture`` send here. Every letter is written to a Maildir; nothing is relayed.
"""

import asyncio
import itertools
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from tasks.mail.addresses import without_unsafe
from tasks.mail.sending.transport import SmtpAccount, SmtpServer

ADDRESS = "capture@baosong.example"
HOST = "127.0.0.1"
LARGEST_LETTER = 70 * 1024 * 1024
STOP_WITHIN = 5
"""Seconds the server is given to end."""

RECIPIENT_HEADER = "X-Baosong-Recipient"
SENDER_HEADER = "X-Baosong-Sender"

_serial = itertools.count()


@contextmanager
def capture(maildir: Path) -> Iterator[SmtpAccount]:
    """Run a capture into ``maildir`` (made where missing) and give the account that reaches it.

    Several processes may capture into one Maildir at once.
    """
    for each in ("tmp", "new", "cur"):
        (maildir / each).mkdir(parents=True, exist_ok=True)
    with _serving(_Keeper(maildir)) as port:
        yield SmtpAccount(ADDRESS, SmtpServer(HOST, port, "none"))


class _Keeper:
    """Keeps every letter it is given."""

    def __init__(self, maildir: Path) -> None:
        self._maildir = maildir

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        head = f"{RECIPIENT_HEADER}: {without_unsafe(', '.join(envelope.rcpt_tos))}\r\n"
        head += f"{SENDER_HEADER}: {without_unsafe(envelope.mail_from or '')}\r\n"
        try:
            _keep(self._maildir, head.encode() + (envelope.original_content or b""))
        except OSError as fault:
            return f"452 4.3.1 Not stored: {fault.strerror}"
        return "250 2.0.0 Stored"


def _keep(maildir: Path, letter: bytes) -> None:
    """Store the letter so that it survives a fall of the machine before it is acknowledged."""
    name = f"{time.time_ns()}.P{os.getpid()}Q{next(_serial)}.capture"
    with (maildir / "tmp" / name).open("xb") as file:
        file.write(letter)
        file.flush()
        os.fsync(file.fileno())
    (maildir / "tmp" / name).rename(maildir / "new" / name)
    folder = os.open(maildir / "new", os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _serving(keeper: _Keeper) -> Iterator[int]:
    """Serve on a free port from a thread of this process."""
    loop = asyncio.new_event_loop()
    listener = socket.create_server((HOST, 0))
    started = loop.create_server(lambda: _protocol(keeper, loop), sock=listener)
    thread = threading.Thread(target=_run, args=(loop,), name="capture", daemon=True)
    thread.start()
    server = asyncio.run_coroutine_threadsafe(started, loop).result(STOP_WITHIN)
    try:
        yield listener.getsockname()[1]
    finally:
        asyncio.run_coroutine_threadsafe(_stop(server), loop).result(STOP_WITHIN)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(STOP_WITHIN)


def _protocol(keeper: _Keeper, loop: asyncio.AbstractEventLoop) -> SMTP:
    return SMTP(
        keeper,
        hostname="capture.example",  # else it asks the resolver for one
        ident="baosong capture",
        data_size_limit=LARGEST_LETTER,
        loop=loop,
    )


def _run(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        loop.close()


async def _stop(server: asyncio.Server) -> None:
    """Close the door, then end the conversations that are still going on."""
    server.close()
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
