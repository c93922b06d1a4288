"""Many files at once."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")

_TOGETHER = 8  # files written, copied or synced at once


def each_of(things: Iterable[T], work: Callable[[T], None]) -> None:
    """Do something with each, many at once. What the first failure raises is raised here.

    Syncing goes so too: a disk writes what many wait for in one go, where one after the other each would
    wait for a turn of its own.
    """
    every = list(things)
    if len(every) <= 1:
        for thing in every:
            work(thing)
        return

    def share(start: int) -> None:
        for thing in every[start::_TOGETHER]:
            work(thing)

    with ThreadPoolExecutor(_TOGETHER) as threads:
        for _ in threads.map(share, range(min(_TOGETHER, len(every)))):
            pass
