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
from tasks.terms.text import legible

Entry = os.DirEntry[str]

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
SPECIAL = {
    stat.S_IFIFO: "管道",
    stat.S_IFSOCK: "套接字",
    stat.S_IFCHR: "设备",
    stat.S_IFBLK: "设备",
    stat.S_IFDIR: "文件夹",
}
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


def files_below(folder: Path, depth: int, problems: list[str], *, skip: str = DONE) -> Iterator[Entry]:
    """Everything wanted that is no folder, in name order; no folder behind a link is entered, nor ``skip``.

    A folder that cannot be looked into, or lies too deep, is told in ``problems``.
    """
    for entry in _wanted(folder, skip, problems):
        if not entry.is_dir(follow_symlinks=False):
            yield entry
        elif depth:
            yield from files_below(Path(entry.path), depth - 1, problems, skip="")
        else:
            problems.append(
                f"文件夹“{legible(entry.name)}”套得太深（超过 {DEPTH} 层），其中的文件未收取，请移到上面几层"
            )


def files_in(folder: Path) -> Iterator[Entry]:
    """As ``files_below``, of the folder itself only."""
    return (e for e in _wanted(folder, DONE, []) if not e.is_dir(follow_symlinks=False))


def _wanted(folder: Path, skip: str, problems: list[str]) -> list[Entry]:
    try:
        with os.scandir(folder) as entries:
            return sorted((e for e in entries if is_wanted(e.name) and e.name != skip), key=lambda e: e.name)
    except FileNotFoundError:  # taken away while we were looking
        return []
    except OSError as fault:
        problems.append(f"文件夹“{legible(folder.name)}”打不开（{why(fault)}），其中的文件未收取，请检查")
        return []


def oldest_first(entries: Iterator[Entry]) -> list[Path]:
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
    shown = legible(path.name)
    if refused := _no_file(path, shown):
        problems.append(refused)
        return None
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    except OSError as fault:
        problems.append(f"文件“{shown}”无法读取（{why(fault)}），已留在原处，请检查后再放入")
        return None
    with os.fdopen(descriptor, "rb") as file:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode) or _being_written(descriptor, before):
            return None
        if before.st_size > LARGEST_FILE:
            problems.append(f"文件“{shown}”超过 {LARGEST_FILE >> 20} MB，未收取，已留在原处，请人工处理")
            return None
        data = file.read(LARGEST_FILE + 1)
        after = os.fstat(descriptor)
    unchanged = (before.st_size, before.st_mtime_ns) == (
        after.st_size,
        after.st_mtime_ns,
    ) and after.st_size == len(data)
    return data if unchanged else None


def _no_file(path: Path, shown: str) -> str:
    """What is said of a link or anything else that is no file; nothing where it is one, or gone.

    It is asked for before opening: to open a pipe may wait for ever, and a device may be set going.
    """
    try:
        mode = path.lstat().st_mode
    except OSError:
        return ""
    if stat.S_ISLNK(mode) or path.suffix.lower() == SHORTCUT:
        return f"“{shown}”是快捷方式或链接，不是文件本身，未收取，请放入原文件"
    if stat.S_ISREG(mode):
        return ""
    kind = SPECIAL.get(stat.S_IFMT(mode), "特殊文件")
    return f"“{shown}”是{kind}，不是文件，未收取，请移走；要报的材料请放入文件本身"


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
