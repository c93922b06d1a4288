"""Figures in red beside black ones: a number format may show what is below nought so, without a minus."""

from collections import defaultdict
from collections.abc import Mapping

RED = "有的数字是红色，不能确定是不是负数"
Place = tuple[int, int]


def singled_out(figures: Mapping[Place, bool]) -> bool:
    """Whether a figure is red (True) and neither all of its row nor its column is: a red total is a style."""
    rows: dict[int, list[bool]] = defaultdict(list)
    columns: dict[int, list[bool]] = defaultdict(list)
    for (row, column), red in figures.items():
        rows[row].append(red)
        columns[column].append(red)
    styled = {column for column, reds in columns.items() if all(reds) and len(reds) > 1}
    mixed = {row for row, reds in rows.items() if not all(reds)}
    return any(red and row in mixed and column not in styled for (row, column), red in figures.items())
