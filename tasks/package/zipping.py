"""Zips that are the same bytes on every machine: stored, one time, one mode."""

import shutil
import zipfile
from pathlib import Path

_CHUNK = 1 << 20
_MODE = 0o100644 << 16  # a plain file, as every unzip program reads it
_UNIX = 3


def plain_member(name: str) -> zipfile.ZipInfo:
    """A member's entry: nothing in it depends on the file it was made from, or on the machine."""
    info = zipfile.ZipInfo(name)  # dated 1980-01-01
    info.external_attr, info.create_system = _MODE, _UNIX
    return info


def add_stored(archive: zipfile.ZipFile, path: Path, name: str) -> None:
    """Add a file, stored."""
    info = plain_member(name)
    info.file_size = path.stat().st_size
    with path.open("rb") as file, archive.open(info, "w") as member:
        shutil.copyfileobj(file, member, _CHUNK)
