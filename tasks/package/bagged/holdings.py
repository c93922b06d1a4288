"""What a package holds, folder or zip alike, read without trusting it.

Nothing is unpacked to disk, no link is followed, and no more is read than a sound package could hold.
"""

import hashlib
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from tasks.package.bagged.zipping import altered

_CHUNK = 1 << 20
_MOST_MEMBERS = 1_000_000
_MOST_INFLATION = 200  # our zips are stored; one repacked by hand never comes near
_TAG_LIMIT = 256 << 20


class Unreadable(Exception):
    """A file of the package cannot be read; the text says why, in Chinese."""


@dataclass(frozen=True)
class Holdings:
    """The files of a package by their path from its root, and what is wrong before any is read."""

    sizes: Mapping[str, int]
    faults: tuple[str, ...]
    source: "_Folder | _Archive"

    def digest(self, path: str) -> str:
        """SHA-256 of one file. Raises Unreadable."""
        found = hashlib.sha256()
        for chunk in self._chunks(path):
            found.update(chunk)
        return found.hexdigest()

    def read(self, path: str) -> bytes:
        """One file's bytes. Raises Unreadable when it is too large or broken."""
        if self.sizes[path] > _TAG_LIMIT:
            raise Unreadable("过大")
        return b"".join(self._chunks(path))

    def text(self, path: str) -> str:
        """A tag file's text. Raises Unreadable when it is too large, broken, or not UTF-8."""
        try:
            return self.read(path).decode("utf-8")
        except UnicodeDecodeError as fault:
            raise Unreadable("不是 UTF-8 文本") from fault

    def _chunks(self, path: str) -> Iterator[bytes]:
        left = self.sizes[path]
        try:
            with self.source.open(path) as file:
                while chunk := file.read(_CHUNK):
                    left -= len(chunk)
                    if left < 0:
                        raise Unreadable("实际大小超过所列大小")
                    yield chunk
        except (
            OSError,
            EOFError,
            zipfile.BadZipFile,
            zlib.error,
            RuntimeError,
            NotImplementedError,
        ) as fault:
            # RuntimeError and NotImplementedError are how zipfile says encrypted and unknown method.
            raise Unreadable("无法读取，已损坏或加密") from fault


class _Folder:
    def __init__(self, root: Path) -> None:
        self.root = root

    def open(self, path: str) -> BinaryIO:
        # O_NOFOLLOW: a link put in after the listing is not followed either.
        return os.fdopen(os.open(self.root / path, os.O_RDONLY | os.O_NOFOLLOW), "rb")


class _Archive:
    def __init__(self, archive: zipfile.ZipFile, members: Mapping[str, zipfile.ZipInfo]) -> None:
        self.archive, self.members = archive, members

    def open(self, path: str) -> BinaryIO:
        return self.archive.open(self.members[path])  # type: ignore[return-value]


@contextmanager
def opened(path: Path) -> Iterator[Holdings]:
    """The holdings of the package at ``path``. Raises Unreadable when it is neither folder nor zip."""
    if path.is_dir():
        yield _folder(path)
        return
    try:
        archive = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError) as fault:
        raise Unreadable("不是汇总件文件夹，也不是完好的 zip 文件") from fault
    with archive:
        yield _archive(archive, path)


def _folder(root: Path) -> Holdings:
    sizes, faults = {}, []
    for folder, folders, names in os.walk(root):
        for name in sorted((*folders, *names), key=os.fsencode):
            full = Path(folder, name)
            path, found = full.relative_to(root).as_posix(), full.lstat()
            if stat.S_ISREG(found.st_mode):
                sizes[path] = found.st_size
            elif not stat.S_ISDIR(found.st_mode):
                faults.append(f"不是普通文件（链接或设备）：{shown(path)}")
    return Holdings(sizes, tuple(faults), _Folder(root))


def _archive(archive: zipfile.ZipFile, path: Path) -> Holdings:
    infos = [i for i in archive.infolist() if not i.is_dir()]
    _not_a_bomb(infos, path.stat().st_size)
    root = _root_of(infos)
    members: dict[str, zipfile.ZipInfo] = {}
    faults = []
    for info in infos:
        inner = info.filename.removeprefix(root)
        if _leaves(info.filename):
            faults.append(f"路径越出汇总件之外：{shown(info.filename)}")
        elif stat.S_ISLNK(info.external_attr >> 16):
            faults.append(f"不是普通文件（链接或设备）：{shown(inner)}")
        elif inner in members:
            faults.append(f"压缩包内重名：{shown(inner)}")
        elif not info.filename.startswith(root):
            faults.append(f"多出文件：{shown(info.filename)}")
        else:
            members[inner] = info
    faults += [f"压缩包内的文件头或目录已改动：{shown(name)}" for name in altered(path, archive.infolist())]
    return Holdings({p: i.file_size for p, i in members.items()}, tuple(faults), _Archive(archive, members))


def _not_a_bomb(infos: list[zipfile.ZipInfo], size: int) -> None:
    if len(infos) > _MOST_MEMBERS or sum(i.file_size for i in infos) > _MOST_INFLATION * max(size, 1 << 20):
        raise Unreadable("文件数或解压后大小异常，疑为压缩炸弹，未予解压")


def _root_of(infos: list[zipfile.ZipInfo]) -> str:
    """The folder inside the zip that holds bagit.txt, with its slash; empty when it lies at the top."""
    tops = {name for name in (i.filename for i in infos) if name.count("/") <= 1}
    roots = sorted(name.removesuffix("bagit.txt") for name in tops if name.split("/")[-1] == "bagit.txt")
    if "" in roots or not roots:
        return ""
    return roots[0]


def _leaves(path: str) -> bool:
    return leaves(path) or "\\" in path


def leaves(path: str) -> bool:
    """Whether a path points out of the folder it is taken from."""
    parts = path.split("/")
    return path.startswith(("/", "~")) or ".." in parts or ":" in parts[0]


def shown(path: str) -> str:
    """A path fit for a line of text, whatever its bytes are."""
    return "".join(c if c.isprintable() else "?" for c in path)[:200]
