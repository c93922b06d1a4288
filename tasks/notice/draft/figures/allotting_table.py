"""A table that gives every unit its own figures: seen, shown to the clerk, not read.

A word processor's text has one cell a line, a PDF's one row a line; either way the head names the units
and what is counted, a line above says that the table allots, and figures follow.
"""

import re

from tasks.notice.draft.model import Evidence
from tasks.notice.draft.words.header import evidence
from tasks.notice.draft.words.layout import Layout, Line
from tasks.notice.draft.words.page import BAR

_HEAD = re.compile(
    r"(?:序号[|｜┃ ]{0,3})?(?:报送|责任)?"
    r"(?:单位|乡镇|镇街|乡镇（街道）|镇（街道）|街道|学校|部门|地区|县（区）|县（市、区）|区（县）|区县|县区|市县|乡（镇）|镇|社区|村（社区）)"
    r"(?:名称)?[|｜┃ ]{0,3}"
    r"[\u4e00-\u9fff]{2,12}?(?:（[^（）\n]{1,5}）|名额|任务数|任务量|任务|指标|目标)"
)
_ALLOTS = re.compile(r"(?:任务|名额|指标|目标|计划)数?[^。；]{0,6}(?:分解|分配|安排|下达|表)|分解表|分配表")
_FIGURE = re.compile(r"\n\s{0,8}\d{1,6}\s|[\u4e00-\u9fff][ \t|｜]{1,12}\d{1,6}[\s|｜]")
_ABOVE, _CELLS, _BELOW = 3, 4, 600


def allotting_table(layout: Layout, read: frozenset[int] = frozenset()) -> Evidence | None:
    """The line above the first such table, as the words to show; None when there is none.

    ``read``: where the heads of tables begin whose figures are known.
    """
    body = layout.lines
    for n, line in enumerate(body):
        head = "|".join(each.text[:40] for each in body[n : n + _CELLS]).lstrip(BAR)
        above = next((b for b in reversed(body[max(0, n - _ABOVE) : n]) if _ALLOTS.search(b.text[:80])), None)
        if above and line.start not in read and _HEAD.match(head) and _figures_follow(layout, line):
            return evidence(layout.page, above.start, above.end)
    return None


def _figures_follow(layout: Layout, line: Line) -> bool:
    """Looked for in the text as it came: a number alone on a line passes for a page's elsewhere."""
    begin = layout.page.at[line.start]
    return bool(_FIGURE.search(layout.page.original[begin : begin + _BELOW].split("。")[0]))
