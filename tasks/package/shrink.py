"""Photos made small enough to look through, beside their untouched originals.

A photo comes from anyone, and a decoder can be made to crash or to eat all memory; so they are decoded in
a child process with bounds. A photo that kills it has no small copy, and the next one is gone on with.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import tasks
from tasks.package.dossier import ReadOriginal
from tasks.package.names import safe_name, without_collisions
from tasks.package.originals import Placed

FOLDER = "data/照片缩小图"
LEAST_BYTES = 200_000
"""A smaller photo needs no smaller copy."""

SIDE, QUALITY = 1280, 75
_SUFFIXES = (".jpg", ".jpeg", ".png", ".bmp", ".webp")
_FORMATS = ("JPEG", "PNG", "BMP", "WEBP")
_MEMORY, _CPU_SECONDS, _WALL_SECONDS = 1 << 30, 60, 120
_TOGETHER = 50  # photos one child decodes before the next takes over


@dataclass(frozen=True, slots=True)
class Small:
    """A small copy: its path in the package, the original it was made of, and the file that holds it."""

    path: str
    original: Placed
    source: Path


def shrunk(originals: Sequence[Placed], read_original: ReadOriginal, folder: Path) -> list[Small]:
    """Small copies of every large photo, made in ``folder``; in the order of the originals."""
    photos = [p for p in originals if is_photo(p)]
    jobs: dict[str, tuple[Path, Path]] = {}
    for each in photos:
        digest = each.original.digest
        jobs.setdefault(digest, (_on_disk(read_original(digest), folder / digest), folder / f"{digest}.jpg"))
    for start in range(0, len(jobs), _TOGETHER):
        _shrink(list(jobs.values())[start : start + _TOGETHER])
    found = [p for p in photos if jobs[p.original.digest][1].is_file()]
    return [
        Small(path, each, jobs[each.original.digest][1])
        for path, each in zip(_paths(found), found, strict=True)
    ]


def is_photo(placed: Placed) -> bool:
    """Whether an original is a photo worth a smaller copy."""
    return placed.original.size >= LEAST_BYTES and placed.path.lower().endswith(_SUFFIXES)


def _paths(photos: Iterable[Placed]) -> Iterator[str]:
    by_folder: dict[str, list[str]] = {}
    wanted = [(p.path.split("/")[-2], safe_name(f"{Path(p.path).stem}.jpg")) for p in photos]
    for folder, name in wanted:
        by_folder.setdefault(folder, []).append(name)
    free: Mapping[str, Iterator[str]] = {f: iter(without_collisions(n)) for f, n in by_folder.items()}
    return (f"{FOLDER}/{folder}/{next(free[folder])}" for folder, _ in wanted)


def _on_disk(source: bytes | Path, spare: Path) -> Path:
    if isinstance(source, Path):
        return source
    spare.write_bytes(source)
    return spare


def _shrink(jobs: list[tuple[Path, Path]]) -> None:
    """Work through the jobs; whichever photo a child died on is left out."""
    while jobs:
        done = _child(jobs)
        if done < len(jobs):
            jobs[done][1].unlink(missing_ok=True)
        jobs = jobs[done + 1 :]


def _child(jobs: list[tuple[Path, Path]]) -> int:
    """How many photos one child worked through."""
    asked = json.dumps([[str(source), str(target)] for source, target in jobs])
    command = [sys.executable, "-I", "-c", _START, str(Path(tasks.__file__).parents[1])]
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter
            command, input=asked, capture_output=True, text=True, timeout=_WALL_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as fault:
        return (fault.stdout or b"").count(b"\n")
    return done.stdout.count("\n")


_START = "import sys; sys.path.insert(0, sys.argv[1]); from tasks.package.shrink import serve; serve()"


def serve() -> None:
    """The child: one line of output for each photo worked through, small copy or not."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    for source, target in json.load(sys.stdin):
        # Whatever a decoder raises, the photo has no small copy; its original travels all the same.
        with suppress(Exception):
            _shrink_one(Path(source), Path(target))
        sys.stdout.write("\n")
        sys.stdout.flush()


def _shrink_one(source: Path, target: Path) -> None:
    from PIL import Image, ImageOps  # noqa: PLC0415  only the child decodes

    with Image.open(source, formats=_FORMATS) as photo:
        photo.draft("RGB", (SIDE, SIDE))
        upright = ImageOps.exif_transpose(photo).convert("RGB")
        upright.thumbnail((SIDE, SIDE))
        # No EXIF: where a household was photographed is nobody else's business.
        upright.save(target, "JPEG", quality=QUALITY, optimize=False, exif=b"")
