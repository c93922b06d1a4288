"""A home folder with the shipped configuration, to be spoilt."""

import shutil
from pathlib import Path

from tasks.settings import SHIPPED, Home

NANCHUAN = "nanchuan-2023-publicity-week"
HAIKOU = "haikou-2023-publicity-week"


def new_home(folder: Path) -> Home:
    shutil.copytree(SHIPPED / "config", folder / "config")
    return Home.at(folder)


def campaign_file(home: Home, name: str = NANCHUAN) -> Path:
    return home.config / "campaigns" / f"{name}.yaml"


def replace_in(path: Path, old: str, new: str) -> int:
    """Replace text once; the line number at which it stood."""
    text = path.read_text("utf-8")
    assert text.count(old) >= 1, f"{old!r} is not in {path.name}"
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1
