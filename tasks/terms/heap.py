"""When Python need not look for what nobody uses."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def everything_stays() -> Iterator[None]:
    """While tens of thousands of records are made that all stay, looking through them finds nothing.

    It is done again and again as they grow in number, and takes a third of the time. What nobody uses is
    still given back at once; only what points at itself waits until afterwards.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
