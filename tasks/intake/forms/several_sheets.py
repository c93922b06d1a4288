"""Several sheets of a workbook with the same form: one month or week each, their sum, or copies. Pure."""

import re
from collections import defaultdict
from collections.abc import Sequence

from tasks.intake.forms.check import summed
from tasks.intake.forms.grid import Grid
from tasks.intake.forms.layout import Layout
from tasks.terms.obligation import Obligation
from tasks.terms.text import fold

_SUMS_UP = re.compile(r"汇总|合计|总表|累计")
_NUMBER = r"(?:1?[0-9]|[一二三四五六七八九十]{1,3})"
_TIME = re.compile(rf"{_NUMBER}月|第{_NUMBER}(?:周|期|旬|季度)|[上中下]旬")


def summing_up(sheets: list[tuple[Grid, Layout]]) -> list[tuple[Grid, Layout]]:
    """The one sheet 汇总 where it says what all the sheets of single times beside it come to."""
    sums = [each for each in sheets if _SUMS_UP.search(each[1].sheet)]
    parts = [lay for _, lay in sheets if not _SUMS_UP.search(lay.sheet)]
    if len(sums) != 1 or not _of_several_times(parts):
        return sheets
    whole = _together([sums[0][1]])
    return sums if whole and whole == _together(parts) else sheets


def _together(layouts: Sequence[Layout]) -> dict[str, float | None]:
    found: dict[str, list[float | None]] = defaultdict(list)
    for layout in layouts:
        for name, values in _plain(layout).items():
            found[name] += values
    return {name: summed(values) for name, values in found.items()}


def _of_several_times(layouts: Sequence[Layout]) -> bool:
    """Whether the sheets are one month or week each: what they say is to be added up, not compared."""
    times = [frozenset(_TIME.findall(fold(lay.sheet))) for lay in layouts]
    return len(times) > 1 and all(times) and len(set(times)) == len(times)


def in_dispute(layout: Layout, others: Sequence[Layout], obligation: Obligation) -> set[str]:
    """Fields for which another sheet holds other figures, or for another time."""
    if _of_several_times((layout, *others)):
        return {f.id for f in obligation.fields}
    own = _plain(layout)
    apart = [o for o in map(_plain, others) if o != own]
    return {f for other in apart for f in {*own, *other} if own.get(f) != other.get(f)}


def of_several(layout: Layout, others: Sequence[Layout]) -> bool:
    """Whether the rows of one table are named otherwise than those of another."""
    return any([ln.names for ln in other.lines] != [ln.names for ln in layout.lines] for other in others)


def apart(layout: Layout, others: Sequence[Layout], *, paged: bool = False) -> str:
    """What to tell the sender of sheets, or of tables on pages, that are in dispute."""
    if paged:
        return "文件中有几张统计表，不能确定以哪一张为准，请每家单独报一份文件，每份只保留一张表"
    if not _of_several_times((layout, *others)):
        return "文件中有几张工作表都填了同样的表，数字不一致，请只保留一张"
    names = "、".join(f"“{o.sheet}”" for o in (layout, *others)[:5])
    return f"工作表{names}各是一段时间的数字，没有相加的汇总表，请另填一张汇总后重新报送"


def _plain(layout: Layout) -> dict[str, list[float | None]]:
    found: dict[str, list[float | None]] = defaultdict(list)
    for line in layout.lines:
        for name, figure in line.figures.items():
            found[name].append(figure.number.value)
    return dict(found)
