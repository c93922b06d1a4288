"""金额单位：万元 in the corner of a table: what its money is counted in, and nothing else in it. Pure."""

import re

from tasks.intake.forms.grid import Grid

_CORNER = re.compile(r"^\(?(?:计量|金额|货币)?单位:(?:人民币)?((?:百万|千万|万|千|百|亿)?元)\)?$")


def money_word(text: str) -> str:
    """The measure a folded text says money is counted in: 元, 万元; empty where it says no such thing."""
    hit = _CORNER.match(text)
    return hit[1] if hit else ""


def stated_money(grid: Grid) -> str:
    """What a sheet says its money is counted in; empty where it does not say, or says it in two ways."""
    said = {word for row in range(grid.height) for _, text in grid.words(row) if (word := money_word(text))}
    return said.pop() if len(said) == 1 else ""
