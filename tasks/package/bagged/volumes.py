"""The numbered parts 分卷 a package goes in where one mail cannot hold it, and joining them again."""

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from tasks.package.bagged.holdings import Unreadable
from tasks.package.bagged.zipping import plain_member
from tasks.terms.mails import File

_NAME = re.compile(r"^(?P<name>.+)\.第(?P<number>\d{1,3})卷共(?P<of>\d{1,3})卷\.zip$")


@dataclass(frozen=True, slots=True)
class Part:
    """One part that came: the package's name, the part's number, and of how many."""

    file: File
    name: str
    number: int
    of: int


def part_of(file: File) -> Part | None:
    """The file as a part, or None when its name is not a part's."""
    found = _NAME.match(file.filename)
    return Part(file, found["name"], int(found["number"]), int(found["of"])) if found else None


def join(parts: list[Path]) -> bytes:
    """The parts as one zip; every member is held to its size, the manifest holds it to its content."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as whole:
        for path in parts:
            with zipfile.ZipFile(path) as part:
                for info in part.infolist():
                    if info.compress_type != zipfile.ZIP_STORED:
                        raise Unreadable("分卷经过重新压缩，不能合并")
                    whole.writestr(plain_member(info.filename), part.read(info))
    return out.getvalue()
