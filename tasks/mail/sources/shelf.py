"""The files beside a register, found by the names the register gives them, however it decorates these."""

import re
from collections.abc import Iterator
from pathlib import Path

from tasks.mail.sources.register import Row

SEPARATORS = re.compile(r"[;；|\r\n\t]+")
LOOSE_SEPARATORS = re.compile(
    r"[,，、]+|(?<=\.[A-Za-z]{2})\s+|(?<=\.\w{3})\s+|(?<=\.\w{4})\s+|(?<=[KMB][)）])\s+"
)
NUMBERING = re.compile(
    r"^\s*(?:附件\s*)?(?:[①-⑳]|[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})(?:[)）]\s*[.、:：]?|\s*[.、．:：]))\s*"
    r"|^\s*附件\s*[:：]\s*"
)
SIZE = re.compile(r"\s*[（(\[]\s*\d[\d.,]*\s*(?:[KMG]?B?|字节)\s*[)）\]]\s*$", re.IGNORECASE)
FRAME = re.compile(r"^[【\[《“\"<]+|[】\]》”\">]+$")
BRACKETS = str.maketrans("（）【】［］〔〕：，", "()[][][]:,")


class Shelf:
    """The files, by their names."""

    def __init__(self, paths: Iterator[Path]) -> None:
        self._exact: dict[str, list[Path]] = {}
        self._stems: dict[str, list[Path]] = {}
        for path in paths:
            self._exact.setdefault(_plain(path.name), []).append(path)
            self._stems.setdefault(_plain(path.stem), []).append(path)

    def names(self, cell: str) -> list[str]:
        """The single names in a cell: a name may itself contain a comma, so whole names come first."""
        found = []
        for piece in filter(None, (p.strip() for p in SEPARATORS.split(cell))):
            if self._matches(piece):
                found.append(piece)
                continue
            bare = _bare(piece)
            single = [bare] if self._matches(bare) else LOOSE_SEPARATORS.split(bare)
            found += [name for name in map(_bare, single) if name and not name.isdecimal()] or [piece]
        return found

    def find(self, name: str, row: Row) -> Path | None:
        """The one file of that name; of several, the one in a folder that names the row; else none."""
        found = self._matches(name)
        if len(found) > 1:
            hints = [_plain(hint) for hint in (row.number, row.title, row.sender) if hint]
            found = [p for p in found if any(hint in _plain(str(p.parent)) for hint in hints)]
        return found[0] if len(found) == 1 else None

    def _matches(self, name: str) -> list[Path]:
        plain = _plain(re.split(r"[/\\]", name)[-1])
        return self._exact.get(plain) or self._stems.get(plain) or []


def _bare(name: str) -> str:
    """A name without its number in the list, its size and the brackets around it."""
    return FRAME.sub("", SIZE.sub("", NUMBERING.sub("", name.strip()))).strip()


def _plain(name: str) -> str:
    return re.sub(r"\s", "", name).translate(BRACKETS).casefold()
