"""Folders and files that are there whole or not at all, and survive a power cut once they are there."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
def staged(final: Path) -> Iterator[Path]:
    """A temporary path beside ``final``; on success what was made there is synced and renamed to it."""
    temporary = final.parent / f"{_STAGING}{final.name}"
    try:
        yield temporary
        sync_tree(temporary)
        temporary.rename(final)
        sync_folder(final.parent)
    except BaseException:
        _remove(temporary)
        raise


def write(path: Path, data: bytes) -> None:
    """Write a new file and sync it. Raises FileExistsError when the path is taken."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def copy(source: Path, path: Path) -> None:
    """Copy to a new file and sync it. Raises FileExistsError when the path is taken."""
    with source.open("rb") as old, path.open("xb") as new:
        shutil.copyfileobj(old, new, 1 << 20)
        new.flush()
        os.fsync(new.fileno())


def sync_tree(path: Path) -> None:
    """Sync every folder below and at ``path``, deepest first; its files are synced as they are written."""
    if path.is_dir():
        for folder, _, _ in os.walk(path, topdown=False):
            sync_folder(Path(folder))


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
