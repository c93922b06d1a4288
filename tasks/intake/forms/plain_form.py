"""A form typed as plain text: each line a row, its cells parted by bars or tabs."""

import re
from dataclasses import replace

from tasks.terms.readings import Content, Sheet

_BARS = re.compile(r"[|｜│┃]")
_RULE = re.compile(r"^[\s|+=:─━┄┌┬┐├┼┤└┴┘-]+$")
SHEET = "正文"
_LONGEST = 2000


def with_lines_as_rows(content: Content) -> Content:
    """A short text without sentences as one sheet; anything else as it is. Rows keep their lines' numbers."""
    if content.sheets or content.format != "txt" or "。" in content.text or len(content.text) > _LONGEST:
        return content
    rows = tuple(_cells(line) for line in content.text.splitlines())
    return replace(content, sheets=(Sheet(SHEET, rows),))


def _cells(line: str) -> tuple[str | None, ...]:
    if _RULE.match(line):
        return ()
    bars = _BARS.search(line) is not None
    parts = _BARS.split(line.strip().strip("|｜│┃")) if bars else line.split("\t")
    return tuple(part.strip() or None for part in parts)
