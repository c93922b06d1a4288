"""Figures in a table: a header of one to four rows, one row for each unit, totals above or below."""

import re
from collections import defaultdict
from dataclasses import replace

from tasks.intake.forms.displaced import displaced
from tasks.intake.forms.grid import Grid
from tasks.intake.forms.kind_rows import of_what_was_done
from tasks.intake.forms.kinds_beside import of_kinds_beside
from tasks.intake.forms.layout import Doubt, Layout, Line
from tasks.intake.forms.no_place import places_only
from tasks.intake.forms.table_rows import NEW_PAGE, Header, is_said_below, read_row, repeats_header
from tasks.intake.forms.time_rows import of_own_time
from tasks.intake.words.labels import Hit, Vocabulary, of_the_whole
from tasks.intake.words.period import Period
from tasks.roster.names import names_of
from tasks.terms.units import Roster

MAX_HEADER_ROW = 80
MAX_DEPTH = 4

_NAME = re.compile(
    r"单位|乡镇|镇街|镇\(|街道|社区|村居|村名|行政村|^村(?:\(.{1,4}\))?$|^村组$|^片区$|^普查区$|^网格$|^居委会$|^名称|机构|站点|社工站|工作站|工作室|组织名|区县|地区|辖区|部门|名称$|"
    r"^(?:学校|幼儿园|园所|院校|医院|卫生院|司法所|派出所|所站|站所|企业|公司|网点|基地|分局)$"
)
_NOT_NAME = re.compile(r"活动|项目|姓名|地点|时间|日期|电话|单位代码|代码|计量|单位:|负责|联系|盖章")
_COMES_NEXT = re.compile(
    r"^(?:[一二三四五六七八九十0-9]+[、.])?下(?:一步|[一个]{0,2}月|周|期|一?阶段|季度)(?:工作|活动)*(?:计划|安排|打算|目标)"
)
_STAMP = re.compile(r"\((?:盖章|公章|章)\)$")
_CODE = re.compile(r"代码|编码|区划")
_SERIAL = re.compile(r"^(?:序号|编号|序|行次|no\.?)$", re.IGNORECASE)


def read_table(grid: Grid, words: Vocabulary, roster: Roster) -> Layout | None:
    """The best table of a sheet, or None when no row is a header of any field."""
    header = _find_header(grid, words)
    if header is None or _is_stacked_labels(grid, words, header):
        return None
    read: dict[str, list[Line]] = defaultdict(list)
    page, again = 0, 0
    for row in range(header.bottom + 1, grid.height):
        if _is_other_header(grid, words, header, row) or _is_of_what_comes(grid, header, row):
            break
        if repeats_header(grid, header, row) and _filled(read):
            if _is_captioned_otherwise(grid, words, row, _filled(read)[-1].row):
                break
            again = again or row
        kind, line = read_row(grid, header, row, roster)
        if read["data"] and is_said_below(grid, row, line, roster):
            continue
        page += any(NEW_PAGE.match(t) for t in line.words[:1])
        read[kind].append(replace(line, page=page) if page else line)
    read["total"] = read["total"] or _whole_under_another_name(read)
    counted = [line.row for kind in ("data", "total", "example") for line in read[kind]]
    both, undecided = of_kinds_beside(grid, header, [*read["data"], *read["total"]], words)
    kept = {line.row for line in both}
    read["data"], read["total"] = ([ln for ln in read[k] if ln.row in kept] for k in ("data", "total"))
    read["data"], read["total"] = of_what_was_done(read["data"], read["total"], words)
    read["data"], read["total"], other_time = of_own_time(read["data"], read["total"], words)
    read["data"] = places_only(read["data"], words, roster)
    return Layout(
        sheet=grid.sheet.name,
        lines=tuple(read["data"]),
        totals=tuple(line.figures for line in read["total"]),
        examples=tuple(line.figures for line in read["example"]),
        top=header.top,
        last=max(counted, default=header.bottom + 1) - 1,
        doubts=header.doubts,
        places={f: grid.address(header.bottom, c) for f, (c, _) in header.columns.items()}
        | {f: grid.address(header.bottom, 0) for f, d in header.doubts.items() if d is Doubt.SEVERAL},
        other_time=other_time or undecided,
        listed_twice=_listed_twice(read["data"], again, roster) if again and not read["total"] else (),
        by_unit=bool(header.names or header.code is not None),
        displaced=displaced(grid, header, read["data"], roster),
        crowded=any(grid.raw(line.row - 1, c) is not None for line in read["data"] for c in header.doubted),
    )


def _whole_under_another_name(read: dict[str, list[Line]]) -> list[Line]:
    """The one 小计 below all rows, where no sum is stated: offices call the sum of one table so, too."""
    said = read["subtotal"]
    last = max((line.row for line in read["data"]), default=0)
    return said if len(said) == 1 and 0 < last < said[0].row else []


def _filled(read: dict[str, list[Line]]) -> list[Line]:
    """The rows with figures read so far, from the top."""
    found = [line for kind in ("data", "total") for line in read[kind] if not line.blank]
    return sorted(found, key=lambda line: line.row)


def _is_captioned_otherwise(grid: Grid, words: Vocabulary, row: int, last: int) -> bool:
    """Whether the words above a head that comes once more say that its table is of another time or a plan."""
    said = [grid.labels(above) for above in range(last, row)]
    return any(words.parse(texts[0]).marks & {"other", "plan"} for texts in said if len(texts) == 1)


def _listed_twice(lines: list[Line], again: int, roster: Roster) -> tuple[str, ...]:
    """The places no roster knows that have figures above a head that comes once more, and below it."""
    names = [("".join(line.names), line.row > again) for line in lines if line.names and not line.blank]
    above, below = ({name for name, is_below in names if is_below is side} for side in (False, True))
    return tuple(sorted(name for name in above & below if not names_of(roster).find(name)))


def _find_header(grid: Grid, words: Vocabulary) -> Header | None:
    best: Header | None = None
    for row in range(min(grid.height, MAX_HEADER_ROW)):
        if not grid.is_header(row):
            continue
        header = _header_at(grid, words, row)
        if header and header.found and (best is None or _better(header, best)):
            best = header
    return best


def _better(header: Header, best: Header) -> bool:
    """More fields; as many, and it is the lower row of the same header."""
    if header.found == best.found:
        return header.top <= best.bottom
    return header.found > best.found


def _header_at(grid: Grid, words: Vocabulary, bottom: int) -> Header | None:
    """The header that ends in a row, or None when nothing in it asks for a field."""
    top = _top_of(grid, words, bottom)
    paths = _paths(grid, words, top, bottom)
    asked = [words.hits(path) if path else () for path in paths]
    if not any(asked):
        return None
    hits: dict[str, list[tuple[int, Hit]]] = defaultdict(list)
    names, codes, serials = [], [], []
    for column, (path, found) in enumerate(zip(paths, asked, strict=True)):
        leaf = _STAMP.sub("", path[-1]) if path else ""
        if found and grid.is_rest(bottom, column):
            continue
        for hit in found:
            hits[hit.field].append((column, hit))
        if found or not leaf:
            continue
        if _SERIAL.match(leaf):
            serials.append(column)
        elif _CODE.search(leaf):
            codes.append(column)
        elif _NAME.search(leaf) and not _NOT_NAME.search(leaf):
            names.append(column)
    columns, doubts = _resolve(words, hits)
    doubted = tuple(c for f, d in doubts.items() if d is Doubt.SEVERAL for c, _ in hits[f])
    code = codes[0] if codes else None
    parts = {
        f: tuple((c, hit) for c, hit in hits[f] if c != column)
        for f, (column, chosen) in columns.items()
        if chosen.label.total and words.fields[f].adds and len(hits[f]) > 1
    }
    return Header(top, bottom, columns, doubts, tuple(names), code, frozenset(serials), doubted, parts)


def _top_of(grid: Grid, words: Vocabulary, bottom: int) -> int:
    """The first row of the header: up while rows are words in several cells, never into the title."""
    top = bottom
    while top > 0 and bottom - top < MAX_DEPTH - 1:
        labels = grid.labels(top - 1)
        several = (
            len(labels) > 1
            and grid.is_header(top - 1)
            and not any(":" in t[:-1].removeprefix("其中:") for t in labels)
        )
        if not several or not _rows_join(grid, words, top):
            break
        top -= 1
    return top


def _rows_join(grid: Grid, words: Vocabulary, row: int) -> bool:
    """Whether the row above belongs to the same header.

    A label over one column alone goes on downwards: below it nothing stands, or only its measure or a
    word such as 完成数. Where a new label stands there, the row above is something else, such as 填报单位
    and a name.
    """
    if _is_row_of_measures(grid, words, row):
        return True
    for column in range(grid.width):
        _, left, bottom, right = grid.merge(row - 1, column)
        beside = grid.label(row - 1, column + 1) if column + 1 < grid.width else "."
        above, below = grid.text(row - 1, column), grid.text(row, column)
        single = left == right and bottom == row - 1 and beside
        if above and below and single and words.parse(below).core and not words.is_measure(below):
            return False
    return True


def _is_row_of_measures(grid: Grid, words: Vocabulary, row: int) -> bool:
    """计量单位 | 场 | 户 under the labels they belong to."""
    first, *rest = [*grid.labels(row), ""]
    return first == "计量单位" and any(rest) and all(words.is_measure(text) for text in rest if text)


def _paths(grid: Grid, words: Vocabulary, top: int, bottom: int) -> list[tuple[str, ...]]:
    """The labels over each column."""
    if top == bottom:
        return [(text,) if text else () for text in grid.seen(bottom)]
    return [_with_measure(words, _path(grid, top, bottom, column)) for column in range(grid.width)]


def _path(grid: Grid, top: int, bottom: int, column: int) -> tuple[str, ...]:
    """The labels over a column, group first; a label spread over several rows counts once."""
    seen: list[str] = []
    corners: set[tuple[int, int]] = set()
    for row in range(top, bottom + 1):
        corner = grid.merge(row, column)[:2]
        text = grid.label(row, column)
        if text and corner not in corners:
            seen.append(text)
        corners.add(corner)
    return tuple(seen)


def _with_measure(words: Vocabulary, path: tuple[str, ...]) -> tuple[str, ...]:
    """社区活动 over 场 is 社区活动（场）."""
    if len(path) < 2 or not words.is_measure(path[-1]):  # noqa: PLR2004  a label and its measure
        return path
    return (*path[:-2], f"{path[-2]}({path[-1].strip('()')})")


def _resolve(
    words: Vocabulary, hits: dict[str, list[tuple[int, Hit]]]
) -> tuple[dict[str, tuple[int, Hit]], dict[str, Doubt]]:
    """One column for each field, or the reason there is none."""
    claimed: dict[int, int] = defaultdict(int)
    for found in hits.values():
        for column, _ in found:
            claimed[column] += 1
    columns: dict[str, tuple[int, Hit]] = {}
    doubts: dict[str, Doubt] = {}
    for name in words.fields:
        found = _narrowed(hits.get(name, []), words.period)
        if len(found) == 1 and claimed[found[0][0]] == 1:
            columns[name] = found[0]
        else:
            doubts[name] = Doubt.SEVERAL if found else Doubt.ABSENT
    return columns, doubts


def _narrowed(found: list[tuple[int, Hit]], period: Period) -> list[tuple[int, Hit]]:
    """Of several columns for one field: the better wording, the stated measure, what was done, the sum."""
    best = min((hit.tier for _, hit in found), default=1)
    kept = [each for each in found if each[1].tier == best]
    for trait in ("explicit", "total", "done"):
        chosen = [e for e in kept if (e[1].explicit if trait == "explicit" else getattr(e[1].label, trait))]
        kept = chosen or kept
    whole = of_the_whole([hit.label for _, hit in kept], period) if len(kept) > 1 else []
    return [each for each in kept if each[1].label in whole] or kept


def _is_stacked_labels(grid: Grid, words: Vocabulary, header: Header) -> bool:
    """Whether the supposed header is the first of several label rows: another field's label stands below."""
    for field, (column, _) in header.columns.items():
        for row in range(header.bottom + 1, grid.height):
            text = grid.text(row, column)
            others = {h.field for h in words.hits((text,))} - {field} if text else set()
            if others and not any(
                grid.text(row, c) == grid.label(header.bottom, c) for c in range(grid.width)
            ):
                return True
    return False


def _is_of_what_comes(grid: Grid, header: Header, row: int) -> bool:
    """Whether a row alone is the title of a table of plans, and the header itself stands under none."""
    return _comes_next(grid, row) and not any(_comes_next(grid, above) for above in range(header.top))


def _comes_next(grid: Grid, row: int) -> bool:
    labels = grid.labels(row)
    return len(labels) == 1 and _COMES_NEXT.match(labels[0]) is not None


def _is_other_header(grid: Grid, words: Vocabulary, header: Header, row: int) -> bool:
    """Whether a second, different table begins here; the same header repeated on a new page is not one."""
    if not grid.is_header(row):
        return False
    asked = {h.field: c for c in range(grid.width) if (t := grid.text(row, c)) for h in words.hits((t,))}
    own = {f: c for f, (c, _) in header.columns.items()}
    return bool(asked) and any(own.get(f) != c for f, c in asked.items())
