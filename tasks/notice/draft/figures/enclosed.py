"""The blank forms a notice encloses: the figures they ask for, each with the measure the form gives it.

Only what is blank is asked for: a table with a figure in every column tells something. A measure is one
only where the form says it; a column without one is kept, and its measure left open.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tasks.notice.draft.model import EnclosedForm, FormField
from tasks.notice.draft.reports.grid import cells_of, may_be_row
from tasks.notice.draft.words.header import evidence
from tasks.notice.draft.words.layout import Layout, Line
from tasks.notice.draft.words.measures import MEASURE
from tasks.notice.draft.words.page import BAR

_MEASURE = MEASURE.pattern
_COUNTED = re.compile(rf"(?P<title>[^（）：]{{2,30}}?)（(?:单位：)?(?P<unit>{_MEASURE})）")
_BY_SUFFIX = re.compile(
    r"[^（）：]{1,20}?(?P<suffix>人数|户数|场次|次数|人次|份数|篇数|金额|面积|数量|(?<![指系分代])数)"
)
_SUFFIX = {
    "人数": "人", "户数": "户", "场次": "场次", "次数": "次", "人次": "人次", "份数": "份", "篇数": "篇",
}  # fmt: skip
_NAMES = re.compile(r"(?:统计|工作|主要|具体)?(?:项目|指标|内容|事项|类别|类型)(?:名称|内容)?")
_MEASURES = re.compile(r"(?:计量)?单位")
_NUMBERED = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[.、])")
_FORM_NAME = re.compile(r"(?:附[件表]?\d{0,2}[：:]?)?(?P<name>[^，。；：]{2,40}?表)(?:（[^（）]{0,16}）)?")
_BETWEEN = re.compile(r"填报|填表|上报|报送|单位|时间|日期|年月|盖章|联系|^附[件表]?\d{0,2}$")
_ONE = rf"[^（）：]{{2,30}}?（(?:单位：)?{_MEASURE}）"
_IN_A_LINE = re.compile(
    r"(?P<name>[^，。；：（）《]{0,20}表)》?(?:[^，。；：（）]{0,8}：|（)(?P<list>[^。；]{4,400})"
)
_RUN = re.compile(rf"(?:{_ONE}){{2,40}}")
"""A head whose blanks are single: “检查企业（家次）　发现隐患（条）”."""
_LABELLED = re.compile(r"(?:\d{1,2}[.、]|（\d{1,2}）)(?P<label>[^：]{2,30})：[_ ]*")
_COLUMN_NUMBER = re.compile(r"[甲乙丙丁戊]|\d{1,2}|（\d{1,2}）|")
"""甲 乙 丙 1 2: a row that numbers the columns, or an empty one."""
_OF_THE_ROW = re.compile(r"序号|编号|(?:填报|报送)?单位(?:名称)?|乡镇(?:（街道）)?|镇街|姓名|名称|备注")
"""Columns with nothing below them: where something stands there, the rows have slipped."""
_EVEN = str.maketrans({"(": "（", ")": "）", "％": "%", "：": "：", "\u3000": None, " ": None})
_ABOVE = 5
_TWO = 2


@dataclass(frozen=True, slots=True)
class _Asked:
    """A figure a form asks for."""

    title: str
    unit: str


def asks_for_figures(rows: Sequence[Sequence[str]]) -> bool:
    """Whether these cells are a blank form of figures."""
    return bool(_figures(rows))


def enclosed(layout: Layout) -> Iterator[EnclosedForm]:
    """Every form of the notice and of what is appended to it, in the order of the text."""
    lines = layout.all_lines
    at = 0
    while at < len(lines):
        rows = _table_at(layout, at)
        listed = [] if rows else _list_at(lines, at)
        found = _figures(_cells(layout, rows)) if rows else _of_list(listed)
        if found and (name := _name_above(lines, at)):
            yield _form(layout, name, found, lines[at])
        elif not rows and _RUN.fullmatch(lines[at].text) and (name := _name_above(lines, at)):
            yield _form(layout, name, _listed(lines[at].text), lines[at])
        elif not rows and (told := _IN_A_LINE.search(lines[at].text)) and (asked := _told_of(told["list"])):
            yield _form(layout, _bare_name(told["name"]), asked, lines[at])
        at += max(len(rows), len(listed), 1)


def _listed(text: str) -> list[_Asked]:
    return [_Asked(m["title"].lstrip("、，；"), m["unit"]) for m in _COUNTED.finditer(text)]


def _told_of(text: str) -> list[_Asked]:
    """The figures of a list told in a sentence, at least two; its columns of words are none."""
    asked: list[_Asked] = []
    for item in re.split("[、，]", text):
        if found := _COUNTED.match(item):
            asked.append(_Asked(found["title"], found["unit"]))
            if item[found.end() :]:
                break  # the list is over: 倒塌房屋（间））报县应急局
    return asked if len(asked) >= _TWO else []


def _bare_name(text: str) -> str:
    """The form's name without the words it stands behind: 将小结及灾情统计表."""
    return re.split(r"[将把《、及和与]", text)[-1]


def _form(layout: Layout, name: str, found: Sequence[_Asked], line: Line) -> EnclosedForm:
    quote = evidence(layout.page, line.start, line.end)
    return EnclosedForm(name, tuple(FormField(each.title, each.unit) for each in found), quote)


def _table_at(layout: Layout, at: int) -> list[Line]:
    """The rows that begin on a line; “填报单位：　　填报日期：” with its blanks is none."""
    rows: list[Line] = []
    for line in layout.all_lines[at:]:
        labels = BAR not in line.text and "：" in line.text
        if (
            labels
            or not may_be_row(layout.page, line)
            or (rows and (BAR in line.text) != (BAR in rows[0].text))
        ):
            break
        rows.append(line)
    return rows


def _cells(layout: Layout, rows: Sequence[Line]) -> list[list[str]]:
    """The rows' cells; bars around the rows part nothing, where every row has them."""
    framed = all(line.text.startswith(BAR) and line.text.endswith(BAR) for line in rows)
    widths = [line.text.count(BAR) + (-1 if framed else 1) for line in rows]
    return [
        [cell.text for cell in cells_of(layout.page, line, width if BAR in line.text else 0)]
        for line, width in zip(rows, widths, strict=True)
    ]


def _name_above(lines: Sequence[Line], at: int) -> str:
    """The form's name: the nearest line above that is one, past lines for who fills it in and when."""
    for line in reversed(lines[max(0, at - _ABOVE) : at]):
        text = line.text.translate(_EVEN)
        if named := _FORM_NAME.fullmatch(text):
            return named["name"]
        if not _BETWEEN.search(text):
            return ""
    return ""


def _figures(rows: Sequence[Sequence[str]]) -> list[_Asked]:
    """What a table asks for, however it is laid out; nothing when it is no blank form."""
    even = [[cell.translate(_EVEN) for cell in row] for row in rows]
    even = [row for row in even if not all(_COLUMN_NUMBER.fullmatch(cell) for cell in row)]
    return _by_measures(even) or _by_rows(even) or _by_columns(even)


def _by_measures(rows: Sequence[Sequence[str]]) -> list[_Asked]:
    """A column of names and a column of measures, a figure a row."""
    for n, head in enumerate(rows[:_TWO]):
        measures = [c for c, text in enumerate(head) if _MEASURES.fullmatch(text)]
        names = [c for c, text in enumerate(head) if _NAMES.fullmatch(text)]
        if len(measures) != 1 or not names or not _has_blank_column(rows[n + 1 :], len(head)):
            continue
        at = max((c for c in names if c < measures[0]), default=names[0])
        below = [row for row in rows[n + 1 :] if len(row) > max(at, measures[0])]
        asked = [
            _Asked(_plain(row[at]), row[measures[0]]) for row in below if MEASURE.fullmatch(row[measures[0]])
        ]
        return [each for each in asked if len(each.title) >= _TWO]
    return []


def _by_rows(rows: Sequence[Sequence[str]]) -> list[_Asked]:
    """A column of names with their measures in brackets, a figure a row."""
    head = rows[0] if rows else []
    for c, text in enumerate(head[:_TWO]):
        told = [m for row in rows[1:] if len(row) > c and (m := _COUNTED.fullmatch(row[c]))]
        if _NAMES.fullmatch(text) and len(told) >= _TWO and _has_blank_column(rows[1:], len(head)):
            return [_Asked(_plain(m["title"]), m["unit"]) for m in told]
    return []


def _by_columns(rows: Sequence[Sequence[str]]) -> list[_Asked]:
    """A head of one row or two, a figure a column."""
    if not rows:
        return []
    heads, below = _heads(rows)
    columns = [_column([row[c] for row in heads if c < len(row) and row[c]]) for c in range(len(heads[-1]))]
    asked = [(c, each) for c, each in enumerate(columns) if each]
    counted = [each for _, each in asked if each[1]]
    if len(counted) < _TWO or not any(_is_blank(below, c) for c, _ in asked):
        return []
    leaves = [each[0][-1] for _, each in asked]
    return [
        _Asked(names[-1] if leaves.count(names[-1]) == 1 else "".join(names), unit)
        for _, (names, unit) in asked
    ]


def _heads(rows: Sequence[Sequence[str]]) -> tuple[list[list[str]], Sequence[Sequence[str]]]:
    """The rows of the head, an upper cell speaking for the empty ones beside it, and what is below."""
    first = list(rows[0])
    second = list(rows[1]) if len(rows) > 1 and len(rows[1]) == len(first) else []
    parted = [c for c, text in enumerate(second) if text and text != first[c]]
    if len(parted) < _TWO or any(re.search(r"\d", text) for text in second):
        return [first], rows[1:]
    if any(text and _OF_THE_ROW.fullmatch(first[c]) for c, text in enumerate(_lower(first, second))):
        return [[""] * len(first)], []
    for c in range(1, len(first)):
        if not first[c] and second[c]:
            first[c] = first[c - 1]
    return [first, _lower(first, second)], rows[2:]


def _lower(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """The second row without the cells that only go on from the first."""
    return ["" if text == first[c] else text for c, text in enumerate(second)]


def _column(texts: Sequence[str]) -> tuple[list[str], str] | None:
    """A column's names from above, without their measures, and the measure nearest the figure."""
    told = [_COUNTED.fullmatch(text) for text in texts]
    units = [m["unit"] for m in told if m]
    names = [_plain(m["title"] if m else text) for m, text in zip(told, texts, strict=True)]
    if units:
        return names, units[-1]
    suffix = _BY_SUFFIX.fullmatch(texts[-1]) if texts else None
    return (names, _SUFFIX.get(suffix["suffix"], "")) if suffix else None


def _has_blank_column(rows: Sequence[Sequence[str]], width: int) -> bool:
    return any(_is_blank(rows, c) for c in range(width))


def _is_blank(rows: Sequence[Sequence[str]], column: int) -> bool:
    return not any(row[column] for row in rows if column < len(row))


def _plain(title: str) -> str:
    return _NUMBERED.sub("", title, count=1) if _NUMBERED.match(title) else title


def _list_at(lines: Sequence[Line], at: int) -> list[str]:
    """Labels with nothing behind them, one a line: “1.举办活动（场）：”."""
    labels = []
    for line in lines[at:]:
        found = _LABELLED.fullmatch(line.text)
        if found is None:
            break
        labels.append(found["label"].translate(_EVEN))
    return labels if len(labels) >= _TWO else []


def _of_list(labels: Sequence[str]) -> list[_Asked]:
    columns = [each for label in labels if (each := _column([label]))]
    return [_Asked(names[-1], unit) for names, unit in columns] if len(columns) >= _TWO else []
