"""Tables as sheets; one that goes on over pages is one sheet where that is certain."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tasks.documents.pdf.marks import Unsure
from tasks.documents.pdf.numbering import follows
from tasks.documents.pdf.tables import Merge, Read, Row, Table
from tasks.terms.readings import Sheet

SHIFT = 2.0
TOP = 0.18
"""Share of the page that may lie above a table that goes on without its head."""
"""Points by which the columns of a table may lie elsewhere on the next page."""
ROOM = 0.18
"""Share of the page that may lie empty below a table that goes on: margin, footer, a row that did not fit."""
GOES_ON = "第{page}页的表不能确定是不是接着上一页的表"
NO_HEAD = "第{page}页的表没有重复表头，不能确定是不是接着上一页的表"
_HEADER_ROWS = 8
_LONGEST_LETTER = 2
"""甲, 乙 and 栏次 number the columns of words."""
_FIGURE = re.compile(r"[\d０-９]")
_PURE = re.compile(r"[\s\d０-９.．,，%％+-]*[\d０-９][\s\d０-９.．,，%％+-]*")
_PAGE_NUMBER = re.compile(r"[第共页/\-—–－·,，、\s\d０-９]*(?:page)?[\s\d/of]*", re.IGNORECASE)


def sheets(pages: Sequence[Read]) -> tuple[Sheet, ...]:
    """The tables of all pages as sheets; a header repeated on a new page is taken off that page.

    Raises:
        Unsure: whether a table goes on is not certain.
    """
    chains: list[list[Table]] = []
    for before, page in zip([None, *pages], pages, strict=False):
        for count, table in enumerate(page.tables):
            first = count == 0 and before is not None and before.tables and page.number == before.number + 1
            rest = _rest(chains[-1], table, between=_between(before, page)) if first and before else None
            if rest:
                chains[-1].append(rest)
                page.tables[0] = rest
            else:
                chains.append([table])
    return tuple(_sheet(chain) for chain in chains)


def _between(before: Read, after: Read) -> bool:
    """Whether anything but page numbers in order and what stands on every page parts two pages' tables."""
    last, first = before.tables[-1], after.tables[0]
    below = {text for place, text in before.loose if place > last.top}
    above = {text for place, text in after.loose if place < first.bottom}
    head = {text for place, text in before.loose if place < before.tables[0].top}
    foot = {text for place, text in after.loose if place > after.tables[-1].bottom}
    parting = (below - foot) | (above - head)
    return not follows(before, after) or not all(_PAGE_NUMBER.fullmatch(text) for text in parting)


def _rest(chain: Sequence[Table], table: Table, *, between: bool) -> Table | None:
    """What a table adds to the one before it; None where it is another one.

    Raises:
        Unsure: it may be either.
    """
    last = chain[-1]
    figures = any(cell and _FIGURE.search(cell) for cell in table.rows[0])
    if between:
        if figures and _same(last.columns, table.columns):
            raise Unsure(GOES_ON.format(page=table.page))
        return None
    if not _same((last.columns[0], last.columns[-1]), (table.columns[0], table.columns[-1])):
        if figures:
            raise Unsure(GOES_ON.format(page=table.page))
        return None
    if not (_among(last.columns, table.columns) or _among(table.columns, last.columns)):
        raise Unsure(GOES_ON.format(page=table.page))
    same = _same(last.columns, table.columns)
    repeated = _repeated(chain[0].rows, table.rows) if same else 0
    if not repeated and not (same and _goes_on_headless(chain, table)):
        raise Unsure(NO_HEAD.format(page=table.page))
    rest = _without(table, repeated)
    if not rest.rows:
        return rest
    cut = _may_be_split(last.rows[-1], rest.rows[0], same=same)
    numbered = _counts_on(chain, rest)
    if cut or not numbered or last.room > ROOM or _of_other_kinds(last, rest) or _said_again(chain, rest):
        raise Unsure(GOES_ON.format(page=table.page))
    return rest


def _goes_on_headless(chain: Sequence[Table], table: Table) -> bool:
    """Whether a table at the top of a page can only be the rest of the one that filled the page before."""
    headed = any(_is_words(row) for row in chain[0].rows[:_HEADER_ROWS])
    return headed and table.above <= TOP and _is_whole(chain[-1].rows[-1]) and _is_whole(table.rows[0])


def _is_whole(row: Row) -> bool:
    """Whether a row has both, what it is of and a figure: neither is the half of one cut in two."""
    return _has_figures(row) and bool(_words(row))


def _counts_on(chain: Sequence[Table], rest: Table) -> bool:
    """Whether rows that are numbered go on with the next number: a page may be missing."""
    numbers = [row[0] for table in chain for row in table.rows if row[0] and row[0].isdecimal()]
    begin = next((row[0] for row in rest.rows if row[0] and row[0].isdecimal()), None)
    if begin is None or len(numbers) < 2:  # noqa: PLR2004  one number is no series
        return True
    *_, before, last = map(int, numbers)
    return last != before + 1 or int(begin) == last + 1


def _same(ours: Sequence[float], theirs: Sequence[float]) -> bool:
    return len(ours) == len(theirs) and all(abs(a - b) <= SHIFT for a, b in zip(ours, theirs, strict=True))


def _among(few: Sequence[float], many: Sequence[float]) -> bool:
    return all(any(abs(a - b) <= SHIFT for b in many) for a in few)


def _repeated(first: Sequence[Row], rows: Sequence[Row]) -> int:
    """How many rows at the top of a page repeat the table's header."""
    for start in range(min(len(first), _HEADER_ROWS)):
        count = 0
        while (
            count < len(rows)
            and start + count < len(first)
            and rows[count] == first[start + count]
            and (_is_words(rows[count]) or (count and _numbers_columns(rows[count])))
        ):
            count += 1
        if count:
            return count
    return 0


def _is_words(row: Row) -> bool:
    return any(row) and not _has_figures(row)


def _numbers_columns(row: Row) -> bool:
    """The row that numbers the columns: 1 2 3."""
    numbers = [cell for cell in row if cell and _PURE.fullmatch(cell)]
    letters = [cell for cell in row if cell and cell not in numbers]
    counted = numbers == [str(n) for n in range(1, len(numbers) + 1)]
    return counted and all(len(cell) <= _LONGEST_LETTER for cell in letters)


def _without(table: Table, repeated: int) -> Table:
    return replace(
        table,
        heights=table.heights[repeated:],
        rows=table.rows[repeated:],
        merged=tuple(
            (top - repeated, left, bottom - repeated, right)
            for top, left, bottom, right in table.merged
            if top >= repeated
        ),
    )


def _may_be_split(last: Row, first: Row, *, same: bool) -> bool:
    """Whether a page's first row may be no more than the end of a row the page's edge cut in two."""
    if _has_figures(first):
        return bool(_words(last)) and not _words(first)
    return not same or all(below or not above for above, below in zip(first, last, strict=True))


def _said_again(chain: Sequence[Table], rest: Table) -> bool:
    """Whether a row of figures bears the words of a row above: another sheet of the same form begins so."""
    above = {_words(row) for table in chain for row in table.rows if _has_figures(row)}
    return any(_has_figures(row) and _words(row) in above for row in rest.rows)


def _words(row: Row) -> tuple[str, ...]:
    return tuple(cell for cell in row if cell and not _PURE.fullmatch(cell))


def _has_figures(row: Row) -> bool:
    return any(cell and _PURE.fullmatch(cell) for cell in row)


def _of_other_kinds(last: Table, rest: Table) -> bool:
    """Whether words stand where the page before has figures, or figures for words: other columns."""
    if len(last.columns) != len(rest.columns):
        return False
    for column in range(len(last.columns) - 1):
        ours, theirs = _kinds(last.rows, column), _kinds(rest.rows, column)
        if {ours, theirs} == {"words", "figures"}:
            return True
    return False


def _kinds(rows: Iterable[Row], column: int) -> str:
    cells = [row[column] for row in rows if row[column]]
    figures = sum(1 for cell in cells if cell and _PURE.fullmatch(cell))
    return "figures" if figures == len(cells) > 0 else "both" if figures else "words" if cells else ""


def _sheet(chain: Sequence[Table]) -> Sheet:
    columns = _all_columns(chain)
    rows: list[Row] = []
    merged: list[Merge] = []
    for table in chain:
        place = [_nearest(columns, x) for x in table.columns]
        merged += _spread_merges(table, place, len(rows))
        rows += [_spread(row, place, len(columns) - 1) for row in table.rows]
    first, last = chain[0], chain[-1]
    pages = f"{first.page}" if first.page == last.page else f"{first.page}至{last.page}"
    return Sheet(f"第{pages}页表{first.number}", tuple(rows), merged=tuple(merged))


def _all_columns(chain: Sequence[Table]) -> tuple[float, ...]:
    finest = max(chain, key=lambda table: len(table.columns))
    return finest.columns


def _nearest(columns: Sequence[float], place: float) -> int:
    return min(range(len(columns)), key=lambda n: abs(columns[n] - place))


def _spread(row: Row, place: Sequence[int], wide: int) -> Row:
    cells: list[str | None] = [None] * wide
    for at, cell in zip(place, row, strict=False):
        cells[at] = cell
    return tuple(cells)


def _spread_merges(table: Table, place: Sequence[int], below: int) -> list[Merge]:
    """A table's merged cells on the columns of the whole; a cell over several of them is merged, too."""
    covered = {
        (row, column)
        for top, left, bottom, right in table.merged
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }
    single = [
        (r, c, r, c)
        for r in range(len(table.rows))
        for c in range(len(place) - 1)
        if (r, c) not in covered and place[c + 1] - place[c] > 1
    ]
    return [
        (top + below, place[left], bottom + below, place[right + 1] - 1)
        for top, left, bottom, right in (*table.merged, *single)
    ]
