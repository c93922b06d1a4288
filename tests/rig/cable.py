"""A line to a server on loopback that can be cut: what goes through it ends, and nothing new gets through."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

BLOCK = 1 << 16


class Cable:
    """Everything said on ``port`` is said to ``target``, while the cable is whole."""

    def __init__(self, target: int) -> None:
        self.target, self.port = target, 0
        self._loop = asyncio.new_event_loop()
        self._open: set[asyncio.StreamWriter] = set()
        self._whole = True

    def cut(self) -> None:
        self._whole = False
        self._loop.call_soon_threadsafe(self._end_all)

    def mend(self) -> None:
        self._whole = True

    def _end_all(self) -> None:
        for each in list(self._open):
            each.transport.abort()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self._whole:
            writer.transport.abort()
            return
        with suppress(OSError):
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target)
            self._open |= {writer, far_writer}
            await asyncio.gather(_pour(reader, far_writer), _pour(far_reader, writer))
            self._open -= {writer, far_writer}
        writer.close()

    def run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        serving = self._loop.run_until_complete(asyncio.start_server(self._carry, "127.0.0.1", 0))
        self.port = serving.sockets[0].getsockname()[1]
        ready.set()
        self._loop.run_forever()
        serving.close()
        self._end_all()
        self._loop.close()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)


async def _pour(source: asyncio.StreamReader, drain: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while block := await source.read(BLOCK):
            drain.write(block)
            await drain.drain()
    with suppress(OSError):
        drain.close()


@contextmanager
def cable(target: int) -> Iterator[Cable]:
    """A whole cable to the server on ``target`` while the block runs."""
    made, ready = Cable(target), threading.Event()
    thread = threading.Thread(target=made.run, args=[ready], daemon=True)
    thread.start()
    ready.wait()
    try:
        yield made
    finally:
        made.stop()
        thread.join()
