"""A package in mails its receiver takes: whole when it fits, else in numbered parts by a fixed rule.

Every part is a zip of its own that opens by itself; unpacked into one folder they are the whole package.
The first holds documents, figures and manifests, the originals follow in the order of the manifest.
"""

import io
import os
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tasks.package.bagged.zipping import add_stored
from tasks.package.originals import FOLDER as ORIGINALS
from tasks.package.shrink import FOLDER as PHOTOS
from tasks.terms.errors import NeedsPerson

_ENCODED = 1.37  # base64 in lines of 76
_LETTER = 200_000  # the letter's own text, its HTML and headers
_MEMBER = 1_000  # a zip's own bytes for one member, with a long Chinese name twice
_LATER = (f"{ORIGINALS}/", f"{PHOTOS}/")
UNKNOWN_LIMIT = 20 << 20
"""Without a stated limit no larger package is mailed: it would come back, or worse, not come back."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its number from 1 of how many, and the files it holds, by their paths in the package."""

    number: int
    of: int
    paths: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether this is the whole package."""
        return self.of == 1

    def filename(self, package: str) -> str:
        """The attachment's name."""
        return f"{package}.zip" if self.whole else f"{package}.第{self.number}卷共{self.of}卷.zip"


def plan(folder: Path, limit_mb: int | None) -> list[Part]:
    """How the package goes.

    Raises:
        NeedsPerson: the limit is not known and the package is large, or one file alone is beyond it.
    """
    sizes = _sizes(folder)
    room = _room(limit_mb)
    if sum(sizes.values()) + _MEMBER * len(sizes) <= room:
        return [Part(1, 1, tuple(sizes))]
    if limit_mb is None:
        total = sum(sizes.values()) >> 20
        raise NeedsPerson(
            f"{folder.name}约 {total} MB，而上级邮箱的单封上限未写明；"
            "请在专项文件 superior.size_limit_mb 中填写，或改由公文系统呈报"
        )
    groups = _groups(sizes, room, limit_mb)
    return [Part(n, len(groups), tuple(g)) for n, g in enumerate(groups, 1)]


def zipped(folder: Path, part: Part) -> bytes:
    """The part's bytes: stored, one fixed time, so the same part is always the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for path in part.paths:
            add_stored(archive, folder / path, f"{folder.name}/{path}")
    return out.getvalue()


def _room(limit_mb: int | None) -> int:
    limit = UNKNOWN_LIMIT if limit_mb is None else limit_mb * 1_000_000
    return int((limit - _LETTER) / _ENCODED)


def _sizes(folder: Path) -> Mapping[str, int]:
    """Every file's size by path: documents and figures first, originals after them, photos last."""
    found = {}
    for top, _, names in os.walk(folder):
        for name in names:
            path = Path(top, name)
            found[path.relative_to(folder).as_posix()] = path.stat().st_size
    return {path: found[path] for path in sorted(found, key=_rank)}


def _rank(path: str) -> tuple[int, bytes]:
    later = next((n for n, folder in enumerate(_LATER, 1) if path.startswith(folder)), 0)
    return later, path.encode()


def _groups(sizes: Mapping[str, int], room: int, limit_mb: int) -> list[list[str]]:
    groups: list[list[str]] = []
    for part in _filled([(p, s + _MEMBER) for p, s in sizes.items()], room):
        if sum(size for _, size in part) > room:
            path, size = max(part, key=lambda each: each[1])
            raise NeedsPerson(
                f"“{path}”单个文件 {size / (1 << 20):.1f} MB，在邮件里再大三分之一，"
                f"超过上级邮箱上限 {limit_mb} MB，不能用邮件呈报，请改由公文系统呈报或另行报送"
            )
        groups.append([path for path, _ in part])
    return groups


def _filled(files: Sequence[tuple[str, int]], room: int) -> Iterator[list[tuple[str, int]]]:
    part: list[tuple[str, int]] = []
    for each in files:
        first = not each[0].startswith(_LATER)  # what the reader opens first is never torn apart
        if part and not first and sum(s for _, s in part) + each[1] > room:
            yield part
            part = []
        part.append(each)
    if part:
        yield part
