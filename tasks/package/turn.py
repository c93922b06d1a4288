"""One builder at a time on a machine: two compiles of the same moment must not take each other's place."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def turn(packages: Path, campaign: str) -> Iterator[None]:
    """Wait for this campaign's turn. The lock ends with its process, however that ends."""
    packages.mkdir(parents=True, exist_ok=True)
    with (packages / f".{campaign}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
