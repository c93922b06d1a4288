"""Characters into lines: as they stand, with what parts them kept so that no two figures become one."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from tasks.documents.pdf.marks import Glyph, Unsure, meet

APART = "\t"
"""Between figures that are not one, and between texts far apart in a line."""
SPACE = 0.2
"""Share of the size: a gap as wide is a space, and parts two figures."""
WIDE = 0.7
"""As wide, a space in a figure is not what parts its thousands."""
FAR = 1.5
LINE = 0.5
"""Share of the size by which characters of one line may stand higher or lower."""
RAISED, SMALLER = 0.12, 0.85
OVERLAP = 0.35
CLOSE = 0.15
SAME = 0.2
COLUMNS = "│"
OVERPRINTED = "有文字重叠在一起"
_FIGURES = frozenset("0123456789０１２３４５６７８９.．,，%％‰")
_FIRST_WIDE = "\u2e80"
_COLON = "：:"


def lines(glyphs: Iterable[Glyph]) -> list[tuple[float, list[Glyph]]]:
    """Characters by line from the top, each line from left to right, with the line's base."""
    found: list[tuple[float, list[Glyph]]] = []
    for glyph in sorted(glyphs, key=lambda g: (g.base, g.left)):
        if found and glyph.base - found[-1][0] <= LINE * max(glyph.size, found[-1][1][0].size):
            found[-1][1].append(glyph)
        else:
            found.append((glyph.base, [glyph]))
    return [(base, sorted(line, key=lambda g: g.middle[0])) for base, line in found]


def cell_text(glyphs: Sequence[Glyph]) -> str | None:
    """What a cell says, line by line; None where it is empty.

    Raises:
        Unsure: characters lie on one another.
    """
    found = lines(glyphs)
    for (_, one), (_, other) in pairwise(found):
        if _on_each_other(one, other):
            raise Unsure(OVERPRINTED)
    return "\n".join(line_text(_once(line), in_a_cell=True) for _, line in found) or None


def _on_each_other(one: Sequence[Glyph], other: Sequence[Glyph]) -> bool:
    """Whether two lines are printed so close that their characters meet."""
    deepest, highest = max(g.box[3] for g in one), min(g.box[1] for g in other)
    if deepest <= highest:
        return False
    size = max(one[0].size, other[0].size)
    return any(meet(g.box, h.box, CLOSE * size) for g in one for h in other if g.box[3] > highest)


def line_text(line: Sequence[Glyph], *, in_a_cell: bool = False) -> str:
    """The text of one line, gaps told."""
    pieces = [line[0].text] if line else []
    for one, other in pairwise(line):
        pieces += [_between(one, other), other.text]
    text = "".join(pieces)
    return _columns_marked(text) if in_a_cell else text


def _once(line: list[Glyph]) -> list[Glyph]:
    """Without a character drawn again over itself, as some programs make bold."""
    kept: list[Glyph] = []
    for glyph in line:
        before = kept[-1] if kept else None
        if before is None or _clear(before, glyph):
            kept.append(glyph)
        elif before.text != glyph.text or _apart(before, glyph) > SAME * glyph.size:
            raise Unsure(OVERPRINTED)
    return kept


def _apart(one: Glyph, other: Glyph) -> float:
    (x0, y0), (x1, y1) = one.middle, other.middle
    return max(abs(x0 - x1), abs(y0 - y1))


def _clear(one: Glyph, other: Glyph) -> bool:
    narrower = min(one.box[2] - one.box[0], other.box[2] - other.box[0])
    common = min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])
    return common <= OVERLAP * narrower


def _between(one: Glyph, other: Glyph) -> str:
    size = max(one.size, other.size, 1.0)
    gap = (other.left - one.right) / size
    if one.text in _FIGURES and other.text in _FIGURES:
        raised = abs(one.base - other.base) > RAISED * size
        smaller = min(one.size, other.size) < SMALLER * size
        if raised or smaller or gap > (WIDE if other.after else SPACE):
            return APART
        return other.after
    if gap > FAR:
        return APART
    narrow = one.text < _FIRST_WIDE or other.text < _FIRST_WIDE
    return other.after or (" " if gap > SPACE and narrow else "")


def _columns_marked(text: str) -> str:
    """Words far apart in one cell may be two columns with no line between: they are not made one label."""
    parts = text.split(APART)
    marked = parts[0]
    for one, other in pairwise(parts):
        words = len(one) > 1 and len(other) > 1 and not any(mark in one + other for mark in _COLON)
        marked += (COLUMNS if words and one[-1] not in _FIGURES else APART) + other
    return marked
