"""Rows of figures that stand in no table: one drawn without lines is not read, and not passed by either."""

import re
from collections.abc import Iterable

from tasks.documents.pdf.marks import Unsure

STRAYS = "第{page}页有没画框线的数字"
_FIGURE = re.compile(r"[-－]?\d[\d.,，]*[%％]?")
_LONGEST = 6
"""Digits in one go; more are a telephone's number or a code."""
_OTHER = re.compile(r"[:：年月日页]|电话|手机")
_FEWEST = 2


def no_strays(page: int, lines: Iterable[str]) -> None:
    """None of a page's lines outside tables is a row of figures.

    Raises:
        Unsure: one is.
    """
    if any(map(is_a_row, lines)):
        raise Unsure(STRAYS.format(page=page))


def is_a_row(line: str) -> bool:
    """Whether a line ends with several figures, as a row of a table does, and is no date or telephone."""
    parts = line.split()
    return len(parts) >= _FEWEST and all(map(_is_figure, parts[-_FEWEST:])) and not _OTHER.search(line)


def _is_figure(part: str) -> bool:
    return bool(_FIGURE.fullmatch(part)) and not re.search(rf"\d{{{_LONGEST + 1},}}", part)
