"""Folders and files that are there whole or not at all, and survive a power cut once they are there."""

import fcntl
import os
import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tasks.store.together import each_of

_STAGING = ".building-"


@contextmanager
def sole_builder(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; what a dead builder left unfinished is cleared first.

    Whoever holds the lock is the only builder, so every unfinished piece belongs to a dead one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for stale in sorted(folder.glob(f"{_STAGING}*")):
            _remove(stale)
        yield


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """A place for what is needed while building; were we killed, the next builder would clear it."""
    with TemporaryDirectory(prefix=_STAGING, dir=folder) as made:
        yield Path(made)


@contextmanager
def staged(final: Path) -> Iterator[Path]:
    """A temporary path beside ``final``; on success what was made there is synced and renamed to it."""
    with staged_together([final]) as (temporary,):
        yield temporary


@contextmanager
def staged_together(finals: Sequence[Path], synced: Collection[Path] = ()) -> Iterator[list[Path]]:
    """Temporary paths beside ``finals``: all of them are synced before the first is renamed, in this order.

    Files their writer has synced himself stand in ``synced`` by then, and are not waited for twice. The last
    is synced first: a zip behind its folder is one large file, written while many small ones are waited for.
    """
    temporaries = [final.parent / f"{_STAGING}{final.name}" for final in finals]
    try:
        yield temporaries
        each_of([p for made in reversed(temporaries) for p in _all(made) if p not in synced], sync)
        for temporary, final in zip(temporaries, finals, strict=True):
            temporary.rename(final)
            sync(final.parent)
    except BaseException:
        for temporary in temporaries:
            _remove(temporary)
        raise


def write(path: Path, data: bytes) -> None:
    """Write a new file inside ``staged``, which syncs it. Raises FileExistsError when the path is taken."""
    with path.open("xb") as file:
        file.write(data)


def copy(source: Path, path: Path) -> None:
    """Copy to a new file inside ``staged``, which syncs it. Raises FileExistsError when the path is taken."""
    with source.open("rb") as old, path.open("xb") as new:
        shutil.copyfileobj(old, new, 1 << 20)


def _all(path: Path) -> Iterator[Path]:
    yield path
    for folder, folders, names in os.walk(path):
        yield from (Path(folder, name) for name in (*folders, *names))


def sync(path: Path) -> None:
    """Make a folder's names, or a file's bytes, survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
