"""Backup 备份 and restore 恢复: configuration, templates, ledger, originals and packages in one file."""

import hashlib
import io
import os
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tasks.desk import originals
from tasks.home_ledger import open_ledger
from tasks.ledger import acts
from tasks.ledger.copy import copy
from tasks.ledger.session import Ledger
from tasks.settings import Home, load_office
from tasks.store.files import Store
from tasks.terms.errors import Misconfigured

LEDGER = "ledger.sqlite3"
MANIFEST = "清单-sha256.txt"
FOLDERS = ("config", "templates")
ORIGINALS = "var/store"
PACKAGES = "var/packages"
"""With the originals all that is kept of ``var``; captured mail, logs and Prefect's database hold no fact."""

_CHUNK = 1 << 20


def backup(home: Home, target: Path) -> int:
    """Write the backup; gives its size in bytes. It may be made while runs go on.

    The ledger is copied first: the originals it names are in the store already, and are never changed.

    Raises:
        Misconfigured: there is nothing to back up, or the target exists.
    """
    if target.exists():
        raise Misconfigured(f"{target} 已存在，请换一个文件名")
    if not home.config.is_dir():
        raise Misconfigured(f"{home.root} 下没有 config/，不是主目录")
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.part")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            _write(home, Path(folder) / LEDGER, fresh)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
    return target.stat().st_size


def _write(home: Home, ledger: Path, fresh: Path) -> None:
    snapshot = Ledger(f"sqlite:///{ledger}")
    copy(open_ledger(home), snapshot)
    snapshot.close()
    lines = []
    with fresh.open("wb") as raw, tarfile.open(fileobj=raw, mode="w", format=tarfile.PAX_FORMAT) as archive:
        os.chmod(fresh, 0o600)  # noqa: PTH101  originals and addresses: for this machine's user alone
        for name, path in [(LEDGER, ledger), *_files(home), *_originals(home)]:
            archive.add(path, name, recursive=False)
            lines.append(f"{_digest(path)}  {name}\n")
        data = "".join(lines).encode()
        entry = tarfile.TarInfo(MANIFEST)
        entry.size = len(data)
        archive.addfile(entry, io.BytesIO(data))
        raw.flush()
        os.fsync(raw.fileno())


def _files(home: Home) -> Iterator[tuple[str, Path]]:
    for name in (*FOLDERS, PACKAGES):
        root = home.root / name
        for path in sorted(root.rglob("*")):
            if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
                yield f"{name}/{path.relative_to(root).as_posix()}", path


def _originals(home: Home) -> Iterator[tuple[str, Path]]:
    """Every original; those shared with other machines are fetched for it."""
    store = originals(home, load_office(home))
    for digest in sorted(store.digests()):
        yield f"{ORIGINALS}/{digest[:2]}/{digest[2:]}", store.path(digest)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def restore(source: Path, folder: Path) -> int:
    """Put a backup into an empty folder, as a home, and prove it; gives how many files came back.

    Raises:
        Misconfigured: the folder is in use, the file is no backup, or a byte of it is not what it was.
    """
    home = Home(folder.resolve())
    if home.var.exists() or home.config.exists():
        raise Misconfigured(f"{home.root} 下已有 config/ 或 var/，恢复只写入空的主目录，请换一个")
    if not source.is_file():
        raise Misconfigured(f"没有备份文件 {source}")
    home.root.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home.root, prefix=".restore-") as name:
        unpacked = Path(name)
        try:
            with tarfile.open(source) as archive:
                archive.extractall(unpacked, filter="data")
        except (tarfile.TarError, EOFError) as fault:
            raise Misconfigured(f"{source} 不是完整的备份文件：读到一半就断了，或者不是备份") from fault
        names = _proven(unpacked, source)
        snapshot = Ledger(f"sqlite:///{unpacked / LEDGER}")
        with snapshot.read() as connection:
            if acts.broken_link(connection) is not None:
                raise Misconfigured(f"{source} 中的台账操作记录前后不相连，未恢复")
        _put_back(Home(unpacked))
        _take_over(unpacked, home)
        copy(snapshot, Ledger(home.ledger_url))
        snapshot.close()
    return len(names)


def _proven(folder: Path, source: Path) -> list[str]:
    """The names the manifest lists; every file there, and as it was."""
    manifest = folder / MANIFEST
    if not manifest.is_file():
        raise Misconfigured(f"{source} 不是本系统的备份：没有{MANIFEST}")
    names = []
    for line in manifest.read_text("utf-8").splitlines():
        digest, _, name = line.partition("  ")
        path = folder / name
        if not path.is_file() or _digest(path) != digest:
            raise Misconfigured(f"{source} 已损坏：{name} 与清单不一致，未恢复")
        names.append(name)
    if LEDGER not in names:
        raise Misconfigured(f"{source} 已损坏：清单中没有台账，未恢复")
    return names


def _put_back(home: Home) -> None:
    """The originals are in the shared store again, where the office has one, before the ledger names them."""
    here = Store(home.store)
    store = originals(home, load_office(home))
    for digest in here.digests() if store.shared else ():
        store.share(digest, here.path(digest))


def _take_over(folder: Path, home: Home) -> None:
    for name in (*FOLDERS, "var"):
        if (folder / name).is_dir():
            (folder / name).rename(home.root / name)
    home.var.mkdir(exist_ok=True)
