"""Files in folders other programs write to: when one is complete, how it is read once and put aside."""

import errno
import fcntl
import logging
import os
import stat
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from tasks.terms.errors import Misconfigured
from tasks.terms.machine import why

log = logging.getLogger(__name__)

DONE = "已收"
"""The sub-folder files are moved to once the ledger holds them."""
LARGEST_FILE = 200 * 1024 * 1024
QUIET_FOR = 3
"""Seconds without a change after which a file counts as complete, where the system cannot tell us."""
DEPTH = 8
"""So many folders below the first are looked into."""
UNFINISHED = (".tmp", ".part", ".partial", ".crdownload", ".download", ".filepart", ".swp", ".!ut")
SHORTCUT = ".lnk"
"""What Windows makes when a file is dragged with the wrong key: it names a file on somebody's own machine."""
CLUTTER = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
SAME_NAMES = 10_000


def check_folder(path: Path) -> None:
    """Make sure the folder is there.

    Raises:
        Misconfigured: it is not, or may not be read.
    """
    if not path.is_dir() or not os.access(path, os.R_OK | os.X_OK):
        raise Misconfigured(f"收件目录 {path} 不存在或无权读取：请建立该目录，或更正专项文件中的 sources")


def is_wanted(name: str) -> bool:
    """Whether a name is a document's, not a lock, a half-done copy or something hidden."""
    lower = name.lower()
    return not (lower.startswith((".", "~")) or lower.endswith((*UNFINISHED, "~")) or lower in CLUTTER)


def files_below(folder: Path, depth: int, *, skip: str = DONE) -> Iterator[os.DirEntry[str]]:
    """Every file or link wanted, in name order; no folder behind a link is entered, nor ``skip``."""
    with os.scandir(folder) as entries:
        wanted = sorted((e for e in entries if is_wanted(e.name) and e.name != skip), key=lambda e: e.name)
    for entry in wanted:
        if entry.is_file(follow_symlinks=False) or entry.is_symlink():
            yield entry
        elif depth and entry.is_dir(follow_symlinks=False):
            yield from files_below(Path(entry.path), depth - 1, skip="")


def oldest_first(entries: Iterator[os.DirEntry[str]]) -> list[Path]:
    """Paths by time of change, then name; holds names only."""
    timed = []
    for entry in entries:
        try:
            timed.append((entry.stat(follow_symlinks=False).st_mtime_ns, entry.path))
        except FileNotFoundError:  # taken away while we were looking
            continue
    return [Path(path) for _, path in sorted(timed)]


def read_complete(path: Path, problems: list[str]) -> bytes | None:
    """The file's bytes, or None when it is gone, still being written, or cannot be taken.

    What cannot be taken stays where it is and is told in ``problems``. A link is not followed.
    """
    if path.suffix.lower() == SHORTCUT or path.is_symlink():
        problems.append(f"“{path.name}”是快捷方式或链接，不是文件本身，未收取，请放入原文件")
        return None
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    except OSError as fault:
        problems.append(f"文件“{path.name}”无法读取（{why(fault)}），已留在原处，请检查后再放入")
        return None
    with os.fdopen(descriptor, "rb") as file:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode) or _being_written(descriptor, before):
            return None
        if before.st_size > LARGEST_FILE:
            problems.append(f"文件“{path.name}”超过 {LARGEST_FILE >> 20} MB，未收取，已留在原处，请人工处理")
            return None
        data = file.read(LARGEST_FILE + 1)
        after = os.fstat(descriptor)
    unchanged = (before.st_size, before.st_mtime_ns) == (
        after.st_size,
        after.st_mtime_ns,
    ) and after.st_size == len(data)
    return data if unchanged else None


def _being_written(descriptor: int, status: os.stat_result) -> bool:
    """Whether some process holds the file open for writing.

    A read lease is refused exactly then. Where leases are not to be had (another owner's file, a network
    share), a file that changed within the last seconds is left for the next run.
    """
    try:
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except OSError as fault:
        if fault.errno == errno.EAGAIN:
            return True
        return abs(time.time() - status.st_mtime) < QUIET_FOR
    fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    return False


def digest_of(path: Path) -> str | None:
    """SHA-256 of what lies there now, or None when nothing does."""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None


def put_aside(path: Path, folder: Path) -> Path:
    """Move a file into a folder under its name, or that name with a number; nothing is overwritten."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, SAME_NAMES):
        target = folder / (path.name if number == 1 else f"{path.stem}({number}){path.suffix}")
        if _move(path, target):
            return target
    raise OSError(errno.EEXIST, os.strerror(errno.EEXIST), str(folder / path.name))


def _move(path: Path, target: Path) -> bool:
    try:
        os.link(path, target)  # unlike a rename, a link never replaces what is there
    except FileExistsError:
        return False
    except OSError as fault:
        if fault.errno not in {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}:
            raise
        if target.exists():
            return False
        path.rename(target)
        return True
    path.unlink()
    return True
