"""Compiling a package: originals of 200 KB each, copied, digested and synced, then the zip of the folder."""

import hashlib
import os
import random
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import office
from benchmarks.case import Case, Rival
from tasks.ledger import schema
from tasks.package.build import build_package
from tasks.package.gather import gather

ORIGINAL = 200_000


@contextmanager
def stage(folder: Path, size: int) -> Iterator[None]:
    """Every township has reported; its original lies in the store."""
    office.make_home(folder, size)
    desk = office.desk(folder)
    office.fill(desk.ledger, "maildir:var/mail/inbox", size)
    chance = random.Random(20230404)
    with desk.ledger.write() as connection:
        for number in range(size):
            digest = desk.store.put(chance.randbytes(ORIGINAL))
            name = f"{office.town(number)[1]}统计表.xlsx"
            files = [{"filename": name, "digest": digest, "size": ORIGINAL}]
            where = schema.submission.c.id == number + 1
            connection.execute(schema.submission.update().where(where).values(digest=digest, files=files))
    yield


def reset(folder: Path, _size: int) -> None:
    shutil.rmtree(folder / "packages", ignore_errors=True)
    (folder / "packages").mkdir()


def ours(folder: Path, size: int) -> None:
    desk = office.desk(folder)
    with desk.ledger.read() as connection:
        dossier = gather(connection, desk, 1)
    built = build_package(dossier, desk.store.path, folder / "packages")
    assert sum(path.startswith("data/原件") for path in built.files) >= size, built.files[:20]


def clean(folder: Path, _size: int) -> None:
    shutil.rmtree(folder / "other", ignore_errors=True)
    (folder / "other").mkdir()


def floor(folder: Path, _size: int) -> None:
    """What both copies cost: every original into the folder, digested and synced, then into one file."""
    with (folder / "other" / "all").open("wb") as whole:
        for path in originals(folder):
            data = path.read_bytes()
            hashlib.sha256(data).hexdigest()
            with (folder / "other" / path.name).open("wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            whole.write(data)
        whole.flush()
        os.fsync(whole.fileno())


def originals(folder: Path) -> list[Path]:
    return [p for p in sorted((folder / "home" / "var" / "store").rglob("*")) if p.is_file()]


def zipped(folder: Path, _size: int, level: str = "-0") -> None:
    """zip and sha256sum over the same files, nothing synced."""
    target = folder / "other" / "all.zip"
    command = ["zip", "-q", "-r", level, str(target), "."]
    subprocess.run(command, cwd=folder / "home" / "var" / "store", check=True)
    for each in ([*originals(folder)], [target]):
        subprocess.run(["sha256sum", *map(str, each)], check=True, stdout=subprocess.DEVNULL)


def deflated(folder: Path, size: int) -> None:
    zipped(folder, size, "-6")


CASE = Case(
    title="package of {size} originals of 200 KB, folder and zip",
    sizes=(2_000,),
    small=20,
    stage=stage,
    reset=reset,
    ours=ours,
    floor=Rival("copy, digest and sync", floor, goal=1.4, reset=clean),
    peers=(
        Rival("zip -0 and sha256sum, nothing synced", zipped, reset=clean),
        Rival("zip -6 and sha256sum, nothing synced", deflated, reset=clean, rounds=2),
    ),
    rounds=3,
    megabytes=150,
)
