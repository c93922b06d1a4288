"""Tables of reports: who, what, by when, how. Read only where the head says which column is which."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from tasks.notice.draft.model import Channel, Obligation
from tasks.notice.draft.reports.dated import dated
from tasks.notice.draft.reports.rhythm import with_ends
from tasks.notice.draft.words.days import Frame
from tasks.notice.draft.words.handing import Hand
from tasks.notice.draft.words.header import evidence
from tasks.notice.draft.words.layout import Layout, Line
from tasks.notice.draft.words.objects import tidy
from tasks.notice.draft.words.page import BAR, Page
from tasks.notice.draft.words.phrases import phrases
from tasks.notice.draft.words.places import Place

_WHO = re.compile(
    r"(?:报送|责任|填报|上报|提交|报告|牵头)?(?:单位|部门|主体|对象|科室)(?:名称)?|报送人|填报人"
)
_WHAT = re.compile(
    r"(?:报送|上报|提交|填报)?(?:的)?(?:资料|材料|报表|表格|报告|文件|信息|数据)(?:的)?(?:名称|内容)?|(?:报送|上报|提交|填报)(?:内容|事项|项目)|(?:名称|内容|事项|表名)"
)
_DUE = re.compile(
    r"(?:报送|上报|提交|填报|报出|反馈|交)(?:截止)?(?:的)?(?:时限|时间|日期|期限)(?:要求)?|截止(?:时间|日期)"
)
_MAYBE_DUE = re.compile(r"(?:时限|时间|日期|期限)(?:要求)?")
_MAYBE_WHAT = re.compile(r"项目|事项|任务")
"""What is reported, where the column of days says that it is reported: 项目, 上报期限."""
_HOW = re.compile(r"(?:报送|上报|提交|填报)(?:方式|渠道|途径|形式|路径)|报送至|接收(?:邮箱|方式)")
_ASKS = re.compile(r"报送|上报|提交|填报")
_HEAD_LONGEST = 80
_FEWEST = 3
_MOST_LINES = 60
_WIDE = re.compile(r"[ \u3000\xa0]{2,}|\t")
_WAYS = (
    ("document_exchange", re.compile(r"办公系统|公文|OA|协同|政务内网|电子政务")),
    ("paper", re.compile(r"纸质|书面|原件")),
    ("email", re.compile(r"邮箱|邮件|@")),
    ("fax", re.compile(r"传真")),
    ("chat_group", re.compile(r"群")),
    ("website", re.compile(r"平台|直报|网报|网站|小程序")),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells by their meaning: who, what, due, how."""

    who: Line | None
    what: Line
    due: Line
    how: Line | None


def rows(layout: Layout) -> dict[int, Row | None]:
    """By where a line starts: the rows of tables of reports, and None for their heads."""
    found: dict[int, Row | None] = {}
    columns: dict[str, int] | None = None
    width = 0
    above: Line | None = None
    body = layout.body
    for n, line in enumerate(body):
        if head := _plain_head(layout.page, line, body[n - 1] if n else None):
            found |= _torn(layout.page, line, body[n + 1 : n + 1 + _MOST_LINES], head)
        if not may_be_row(layout.page, line):
            columns = None
            continue
        cells = cells_of(layout.page, line, width if columns else 0)
        head = head_of([cell.text for cell in cells])
        if head:
            columns, width, above = head, len(cells), None
            found[line.start] = None
        elif columns and len(cells) == width:
            row = _row(cells, columns, above)
            above = row.who if row else above
            if row:
                found[line.start] = row
        else:
            columns = None
    return found


def _plain_head(page: Page, line: Line, before: Line | None) -> dict[str, int] | None:
    """The head of a table whose cells a PDF only parts by one blank: 单位 资料 时限."""
    if len(line.text) > _HEAD_LONGEST // 2 or before is None or not _ASKS.search(before.text):
        return None
    if not re.search(r"下表|附表|如下|下列", before.text) or may_be_row(page, line):
        return None
    texts = [each.text for each in _parted(page, line.start, line.end)]
    found = head_of([*texts, "报送"]) if len(texts) >= _FEWEST else None
    return (
        found if found and found["due"] == len(texts) - 1 and set(found) == {"who", "what", "due"} else None
    )


def _torn(page: Page, head: Line, lines: list[Line], columns: Mapping[str, int]) -> dict[int, Row | None]:
    """Rows whose dates end them, torn over lines; unless every cell is certain there is no table."""
    kept = list(takewhile(lambda line: not re.search("[。；：]", line.text), lines))
    found: dict[int, Row | None] = dict.fromkeys([head.start, *(line.start for line in kept)])
    if not kept:
        return {}
    at = kept[0].start
    for phrase in phrases(page.text, at, kept[-1].end):
        cells = _parted(page, at, phrase.start)
        if len(cells) != len(columns) - 1 or not phrase.limit:
            return {}
        first = next(line.start for line in kept if line.start <= at < line.end)
        if found[first] is not None:
            return {}
        due = Line(phrase.start, phrase.end, page.text[phrase.start : phrase.end])
        found[first] = Row(cells[columns["who"]], cells[columns["what"]], due, None)
        at = phrase.end + (page.text[phrase.end : phrase.end + 1] == "\n")
    return found if at >= kept[-1].end and any(found.values()) else {}


def _parted(page: Page, start: int, end: int) -> list[Line]:
    """The words of a stretch between its blanks; a line's end parts nothing."""
    cuts = [start, *(n for n in range(start + 1, end) if page.gap(n)), end]
    return [Line(a, b, page.text[a:b].replace("\n", "")) for a, b in pairwise(cuts)]


def owed(layout: Layout, frame: Frame, line: Line, row: Row | None) -> Iterator[Obligation]:
    """The obligations of a row; its head has none."""
    if row is None:
        return
    for phrase in phrases(layout.page.text, row.due.start, row.due.end):
        begins = layout.page.text.startswith("起", phrase.end)
        if phrase.kind == "hour_only" or begins:
            continue  # a second hour of the same cell, or the day a rhythm begins
        place = Place(line, row.due, replace(phrase, limit=True), "", row.due.end)
        hand = Hand(phrase.start, phrase.end, tidy(row.what.text), "", phrase.end)
        (found,) = with_ends(frame, row.due, [dated(layout, frame, place, hand)], ())
        yield replace(
            found,
            who=row.who.text if row.who else None,
            evidence=evidence(layout.page, line.start, line.end),
            row=True,
        )


def ways(layout: Layout) -> Iterator[Channel]:
    """The channels a table's last column names, each kind once and without an address."""
    seen: set[str] = set()
    for row in rows(layout).values():
        for kind, words in _WAYS if row and row.how else ():
            if kind not in seen and row and row.how and words.search(row.how.text):
                seen.add(kind)
                yield Channel(kind, None, evidence(layout.page, row.how.start, row.how.end))


def may_be_row(page: Page, line: Line) -> bool:
    """Whether a line looks like a row: it has bars, tabs or wide blanks, and is no sentence."""
    if len(line.text) > 2 * _HEAD_LONGEST or "。" in line.text:
        return False
    return BAR in line.text or bool(_WIDE.search(page.quote(line.start, line.end).strip()))


def cells_of(page: Page, line: Line, width: int) -> list[Line]:
    """The cells of a line: between bars, tabs or wide blanks."""
    barred = BAR in line.text
    cuts = [line.start]
    for n in range(line.start, line.end):
        if barred and page.text[n] == BAR:
            cuts += [n, n + 1]
        elif not barred and n > line.start and _WIDE.search(page.original[page.at[n - 1] + 1 : page.at[n]]):
            cuts += [n, n]
    cuts.append(line.end)
    cells = [Line(a, b, page.text[a:b]) for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
    if (barred and len(cells) > width > 0) or (barred and not width):
        cells = cells[1:] if not cells[0].text and len(cells) != width else cells
        cells = cells[:-1] if not cells[-1].text and len(cells) != width else cells
    if not barred and len(cells) == width - 1 and _indented(page, line):
        cells = [Line(line.start, line.start, ""), *cells]
    return cells


def _indented(page: Page, line: Line) -> bool:
    """Whether the first cell is blank: the row above goes on."""
    at = page.at[line.start]
    before = page.original[max(0, at - 4) : at]
    return "\t" in before or (before.isspace() and "\n" not in before)


def head_of(texts: Sequence[str]) -> dict[str, int] | None:
    """Which column means what; None when this is no head of a table of reports."""
    roles = {"who": _WHO, "what": _WHAT, "due": _DUE, "how": _HOW}
    found: dict[str, int] = {}
    for n, text in enumerate(texts):
        for role, words in roles.items():
            if role not in found and words.fullmatch(text):
                found[role] = n
                break
    if "due" not in found and any(_ASKS.search(text) for text in texts):
        plain = [n for n, text in enumerate(texts) if _MAYBE_DUE.fullmatch(text)]
        found |= {"due": plain[0]} if len(plain) == 1 else {}
    if "due" in found and "what" not in found and _ASKS.search(texts[found["due"]]):
        plain = [n for n, text in enumerate(texts) if _MAYBE_WHAT.fullmatch(text)]
        found |= {"what": plain[0]} if len(plain) == 1 else {}
    return found if {"what", "due"} <= found.keys() else None


def _row(cells: list[Line], columns: Mapping[str, int], above: Line | None) -> Row | None:
    what, due = cells[columns["what"]], cells[columns["due"]]
    who = cells[columns["who"]] if "who" in columns else None
    how = cells[columns["how"]] if "how" in columns else None
    if not what.text or not due.text:
        return None
    if who is not None and who.text in {"", "同上", "〃", "″"}:
        who = above
    return Row(who, what, due, how if how and how.text else None)
