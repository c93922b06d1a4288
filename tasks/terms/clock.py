"""A clock that starts where a run was told to start, and ticks as the real one does."""

from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic


def ticking(start: datetime, elapsed: Callable[[], float] = monotonic) -> Callable[[], datetime]:
    """The present moment of a run that began at ``start``: a lease must carry the time it was taken.

    A rehearsal starts it in 2023; a real run starts it now. ``elapsed`` gives seconds and never goes back.
    """
    began = elapsed()
    return lambda: start + timedelta(seconds=elapsed() - began)
