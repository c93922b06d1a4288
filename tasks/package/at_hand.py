"""A package's files on this machine: where another machine built it, they come from the shared originals."""

import hashlib
import zipfile
from pathlib import Path

from tasks.desk import Desk
from tasks.ledger.packages import Package
from tasks.package.bagged import bag, durable
from tasks.package.bagged.verify import verify
from tasks.package.build import BuiltPackage
from tasks.terms.errors import Misconfigured

UNRECORDED = "未入账"
"""Where a package goes that was built but never entered: the run that built it died in between."""


def share(desk: Desk, built: BuiltPackage) -> None:
    """Let the other machines have a package before the ledger names it."""
    desk.store.share(built.zip_digest, built.zip_path)


def at_hand(desk: Desk, package: Package) -> Path:
    """The package's folder on this machine, its zip beside it.

    Raises:
        Misconfigured: another machine built it, and the shared originals do not hold it.
    """
    folder = desk.home.root / package.path
    if desk.store.shared and not _is(folder, package):
        with durable.sole_builder(folder.parent):
            _fetch(desk, package, folder)
    return folder


def faults_of(desk: Desk, package: Package) -> list[str]:
    """What became of a package's files on this machine since it was built, a Chinese line each.

    Where originals are shared, what is not as it was built is fetched again and no fault.
    """
    folder = desk.home.root / package.path
    return [] if desk.store.shared and not _is(folder, package) else unlike(folder, package)


def unlike(folder: Path, package: Package) -> list[str]:
    """How a package's folder and zip differ from what the ledger says was built, a Chinese line each."""
    for path in (folder, _archive(folder)):
        if not path.exists():
            return [f"汇总件 {path.name} 不见了"]
    if not _is(folder, package):
        return [f"汇总件 {folder.name} 的文件夹或压缩包与台账记录的不一致，曾被改动"]
    return [f"汇总件 {folder.name} {fault}" for fault in verify(folder)]


def put_aside(packages: Path, name: str) -> None:
    """Keep what lies under this name without an entry, under a name of its own; the ledger decides."""
    aside = packages / UNRECORDED
    for path in (packages / name, packages / f"{name}.zip"):
        if path.exists():
            aside.mkdir(parents=True, exist_ok=True)
            taken = len(list(aside.glob(f"*{path.name}")))
            path.rename(aside / f"{taken + 1:02d}-{path.name}")


def _is(folder: Path, package: Package) -> bool:
    manifest, archive = folder / bag.MANIFEST, _archive(folder)
    return (
        manifest.is_file()
        and archive.is_file()
        and _digest(manifest) == package.digest
        and _digest(archive) == package.summary["zip"]
    )


def _archive(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.zip")


def _fetch(desk: Desk, package: Package, folder: Path) -> None:
    kept = desk.store.path(package.summary["zip"])
    if not kept.is_file():
        raise Misconfigured(
            f"第 {package.number} 号汇总件不在本机，共用原件库里也没有；请从编制它的机器拷来 {package.path}"
        )
    put_aside(folder.parent, folder.name)
    with durable.staged(_archive(folder)) as fresh:
        durable.copy(kept, fresh)
    with durable.staged(folder) as fresh, zipfile.ZipFile(kept) as archive:
        for name in archive.namelist():
            path = fresh / name.partition("/")[2]
            path.parent.mkdir(parents=True, exist_ok=True)
            durable.write(path, archive.read(name))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
