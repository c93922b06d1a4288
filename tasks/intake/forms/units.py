"""Whose form it is, and whose row a row is."""

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tasks.documents.form_code import HIDDEN_SHEET, FormCode, find_codes
from tasks.intake.forms.grid import Grid
from tasks.intake.forms.layout import Layout, Line
from tasks.intake.words.label import measure_in
from tasks.roster.names import Names, names_of
from tasks.terms.readings import Content, Finding
from tasks.terms.text import fold
from tasks.terms.units import Roster

_UNIT_LABEL = re.compile(
    r"^(?:填报|报送|填表|上报|编报|编制|呈报|报告)?单位(?:名称|全称)?(?:\(?盖章\)?|\(公章\))?:?$"
)
_UNIT_INSIDE = re.compile(
    r"(?:填报|报送|填表|上报|编报|编制|呈报)单位(?:名称)?(?:\(?盖章\)?|\(公章\))?:(.{2,40}?)(?:\(?盖章\)?|\(公章\)|填[报表]|联系|日期|单位:|$)"
)
_PLAIN_INSIDE = re.compile(r"^单位(?:名称)?(?:\(?盖章\)?)?:(.{2,40})$")
PAGED = frozenset({"docx", "doc", "html", "pdf"})
"""Formats in which a form's title and its 填报单位 stand outside its table."""
_SELF = re.compile(r"^(?:镇|乡|街道|区|本)?(?:本级|机关|本单位|本部)$")
_VILLAGE = re.compile(
    r"(?:村|社区|居委会|村委会|居民委员会|村民委员会|小区|[一二三四五六七八九十0-9]+[组社队])"
    r"(?:社会工作室|社工室|工作室)?$"
)
_STAMPED = re.compile(r"^\(?(?:盖章|公章|章)\)?:?")
_PLACE_BEFORE = re.compile(r"^(?:[\u4e00-\u9fff]{1,8}[省市区县旗州盟])?$")
_BEFORE_OFFICE = re.compile(
    r"^(?:附[件表][0-9一二三四五六七八九十]*[:.、]?)?(?:20[0-9]{2}年度?)?(?:[\u4e00-\u9fff]{1,8}[省市区县旗州盟])?$"
)
_TABLE_TITLE = re.compile(r"表(?:\([^()]{0,12}\))?$")
_STAMP = re.compile(r"\(?(?:盖章|公章|章)\)?$")


@dataclass(frozen=True, slots=True)
class Reporter:
    """The unit a form is from.

    Attributes:
        unit: its code when certain.
        candidates: codes to choose from otherwise.
        finding: what is wrong with the naming, if anything.
        reason: where it was found, in Chinese.
    """

    unit: str | None = None
    candidates: tuple[str, ...] = ()
    finding: Finding | None = None
    reason: str = ""


def form_codes(content: Content) -> list[FormCode]:
    """The codes of our own forms in a document, each once."""
    cells = (cell for sheet in content.sheets for row in sheet.rows for cell in row)
    texts = [cell for cell in cells if isinstance(cell, str) and "BS" in cell]
    texts += [content.text] if content.sheets else []
    return list(dict.fromkeys(code for text in texts for code in find_codes(text)))


def unit_names(roster: Roster, text: str) -> list[str]:
    """The names and aliases of the units a text names, to be taken out of it."""
    return [n for code in names_of(roster).find(text) for n in (roster[code].name, *roster[code].aliases)]


def is_own_hidden_sheet(sheet_name: str, codes: Sequence[FormCode]) -> bool:
    """Whether a hidden sheet is the one our own form carries."""
    return bool(codes) and sheet_name == HIDDEN_SHEET


class Who:
    """Finds units for one form."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.names: Names = names_of(roster)

    def under(self, code: str, other: str) -> bool:
        """Whether a unit is another one or stands under it."""
        seen: set[str] = set()
        at: str | None = code
        while at is not None and at != other and at not in seen:
            seen.add(at)
            at = self.roster[at].parent if at in self.roster else None
        return at == other

    def related(self, one: str, other: str) -> bool:
        """Whether one speaks for the other."""
        return self.under(one, other) or self.under(other, one)

    def most_specific(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Without units that another one stands under: 三泉镇观音村 is the village."""
        found = tuple(codes)
        return tuple(c for c in found if not any(o != c and self.under(o, c) for o in found))

    def most_general(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Without units that stand under another one: a town speaks for its villages."""
        found = tuple(codes)
        return tuple(c for c in found if not any(o != c and self.under(c, o) for o in found))

    def addressed(self, text: str) -> tuple[str, ...]:
        """The units a text names; a town whose own village's name follows at once is its address."""
        plain = fold(text)
        hits = self.names.places(plain)
        found = self.names.find(text)
        for (start, length, towns), (next_start, _, villages) in itertools.pairwise(hits):
            alone = sum(town in codes for _, _, codes in hits for town in towns) == len(towns)
            below = any(self.under(v, t) and v != t for v in villages for t in towns)
            if start + length == next_start and below and alone:
                found = tuple(code for code in found if code not in towns)
        return found

    def named(self, text: str) -> tuple[str, ...]:
        """The units a label's value names."""
        bare = _STAMP.sub("", fold(text))
        return (
            self.names.exactly(bare)
            or self.most_specific(self.names.find(bare))
            or self.names.abbreviated(bare)
        )

    def shared(self, text: str) -> tuple[str, ...]:
        """The units whose names end with a name that leaves out the town, where several do: 玉龙村."""
        ending = self.names.ending(_STAMP.sub("", fold(text)))
        return ending if len(ending) > 1 else ()

    def stated(self, text: str) -> tuple[str, ...]:
        """The units a text names at 填报单位."""
        return tuple(dict.fromkeys(u for said in _stated_inside(text.splitlines()) for u in self.named(said)))

    def reporter(
        self,
        grid: Grid,
        layout: Layout,
        codes: Sequence[FormCode],
        filename: str,
        loose: Sequence[str] = (),
    ) -> Reporter:
        """Whose form this is: by code, by 填报单位, rows, title or signature, last by its file name."""
        found = (
            self._by_code(codes)
            or self._by_label(grid, layout, loose)
            or self._by_rows(layout)
            or self._by_title(grid, layout, loose)
            or self._by_signature(grid, layout)
            or self._by_filename(filename)
        )
        return self._against_filename(found, filename) if found else _nobody()

    def _by_code(self, codes: Sequence[FormCode]) -> Reporter | None:
        units = tuple(dict.fromkeys(c.unit for c in codes if c.unit in self.roster))
        if not units:
            return None
        return self._one(units, "填报码")

    def _by_label(self, grid: Grid, layout: Layout, loose: Sequence[str]) -> Reporter | None:
        stated = [*_stated_units(grid, layout), *_stated_inside(loose)]
        for text in stated[:1]:
            units = self.named(text) or self.shared(text)
            if units:
                found = self._one(self._all_stated(units, stated[1:]), "填报单位一栏")
                return self._against_title(self._against_rows(found, layout), grid, layout)
            finding = Finding("UNKNOWN_UNIT", f"填报单位“{text}”不在报送名册上，请核对单位全称后重新报送")
            return Reporter(None, (), finding, f"填报单位写的是“{text}”")
        return None

    def _all_stated(self, units: tuple[str, ...], more: Sequence[str]) -> tuple[str, ...]:
        """With the units other places of the sheet state that have nothing to do with the first."""
        others = [u for text in more for u in self.named(text)]
        return tuple(
            dict.fromkeys([*units, *(o for o in others if not any(self.related(o, u) for u in units))])
        )

    def _against_rows(self, found: Reporter, layout: Layout) -> Reporter:
        """Where all rows name another unit than 填报单位, a person must say whose form it is."""
        rows = self._by_rows(layout)
        if not found.unit or not rows or not rows.unit or self.related(found.unit, rows.unit):
            return found
        return self._one((found.unit, rows.unit), "填报单位一栏与表中单位名称不一致，")

    def _against_title(self, found: Reporter, grid: Grid, layout: Layout) -> Reporter:
        """Where the table's title is another office's, its figures may be, too: forms get copied."""
        if found.unit is None:
            return found
        own = "\n".join(fold(n) for n in (self.roster[found.unit].name, *self.roster[found.unit].aliases))
        titles = [fold(t) for t in title_texts(grid, layout)]
        titled = [
            codes[0]
            for title in titles
            if _TABLE_TITLE.search(title)
            for start, length, codes in self.names.places(title)[:1]
            if len(codes) == 1 and _BEFORE_OFFICE.match(title[:start]) and title[start:][:length] not in own
        ]
        others = [unit for unit in titled if not self.related(found.unit, unit)]
        return self._one((found.unit, others[0]), "填报单位一栏与标题不一致，") if others else found

    def _by_rows(self, layout: Layout) -> Reporter | None:
        lines = [line for line in layout.lines if not line.blank] or list(layout.lines)
        found = [self.row_candidates(line, None) for line in lines if line.names or line.code]
        if len(found) == 1 and found[0]:
            return self._one(found[0], "表中单位名称")
        certain = [units[0] for units in found if len(units) == 1]
        top = self._common(self.most_general(dict.fromkeys(certain)))
        # A village name several towns share is no doubt when it fits under the town the other rows name.
        fits = top and all(any(self.under(u, top) for u in units) for units in found)
        return self._one((top,), "表中单位名称") if top and fits else None

    def _common(self, tops: tuple[str, ...]) -> str | None:
        """The unit itself, or the parent all of several units share."""
        if len(tops) == 1 and self.roster.children.get(tops[0]):
            return tops[0]
        parents = {self.roster[c].parent for c in tops}
        parent = parents.pop() if len(parents) == 1 else None
        return parent or (tops[0] if len(tops) == 1 else None)

    def _by_title(self, grid: Grid, layout: Layout, loose: Sequence[str]) -> Reporter | None:
        text = "\n".join([*title_texts(grid, layout), *loose, grid.sheet.name])
        units = self.most_general(self.names.find(text))
        return self._one(units, "标题") if units else None

    def _by_signature(self, grid: Grid, layout: Layout) -> Reporter | None:
        """The office a line below the table is the name of, and no more: （盖章）昌河县永兴镇司法所."""
        lines = [text for row in range(layout.last + 1, grid.height) for text in grid.labels(row)]
        signed = [_STAMP.sub("", _STAMPED.sub("", fold(text))) for text in lines]
        units = self.most_general(
            unit
            for text in signed
            for start, length, codes in self.names.places(text)
            if start + length == len(text) and _PLACE_BEFORE.match(text[:start])
            for unit in codes
        )
        return self._one(units, "落款") if units else None

    def _by_filename(self, filename: str) -> Reporter | None:
        units = self.most_general(self.names.find(filename, shortened=True))
        return self._one(units, "文件名") if units else None

    def _one(self, units: tuple[str, ...], source: str) -> Reporter:
        if len(units) == 1:
            return Reporter(units[0], units, None, f"{source}指明报送单位是“{self.roster[units[0]].name}”")
        names = "、".join(f"“{self.roster[u].name}”" for u in units)
        finding = Finding("AMBIGUOUS_UNIT", f"{source}可能指{names}，无法确定，请写明单位全称")
        return Reporter(None, units, finding, f"{source}对应几个单位")

    def _against_filename(self, found: Reporter, filename: str) -> Reporter:
        """A full name in the file name that contradicts the form leaves the unit open."""
        named = self.most_general(self.names.find(filename))
        if found.unit is None or not named or any(self.related(found.unit, n) for n in named):
            return found
        return self._one((found.unit, *named), "表内单位与文件名不一致，")

    def row_candidates(self, line: Line, reporter: str | None) -> tuple[str, ...]:
        """The units a row may be about; those under the reporter first."""
        if line.code in self.roster:
            return (line.code,)
        if reporter and any(_SELF.match(n) for n in line.names):
            return (reporter,)
        for text in (*reversed(line.names), "".join(line.names)):
            units = self._places(text)
            own = tuple(u for u in units if reporter and self.under(u, reporter))
            if len(own or units) == 1:
                return own or units
        joined = self._places("".join(line.names))
        own = tuple(u for u in joined if reporter and self.under(u, reporter))
        return own or joined

    def _places(self, text: str) -> tuple[str, ...]:
        """The units a row's name may mean; a village with its town's name before it is not the town."""
        units = self.named(text)
        village = _VILLAGE.search(_STAMP.sub("", fold(text)))
        itself = [u for u in units if village and not _VILLAGE.search(self.roster[u].name)]
        own_names = {fold(n) for u in itself for n in (self.roster[u].name, *self.roster[u].aliases)}
        return tuple(u for u in units if u not in itself) if fold(text) not in own_names else units


def _nobody() -> Reporter:
    text = "表中没有写明填报单位，请在“填报单位”处填写单位全称后重新报送"
    return Reporter(None, (), Finding("UNIT_MISSING", text), "材料没有写明报送单位")


def outside_rows(grid: Grid, layout: Layout) -> list[int]:
    """The rows above and below the table; all rows of a label-and-value sheet."""
    return [r for r in range(grid.height) if not layout.top <= r <= layout.last]


def title_texts(grid: Grid, layout: Layout) -> list[str]:
    """The texts above the table, from the top."""
    return [text for row in range(min(layout.top, grid.height)) for text in grid.labels(row)]


def loose_lines(content: Content) -> tuple[str, ...]:
    """What a text document that is a form says outside its tables."""
    if content.format not in PAGED:
        return ()
    cells = {line for s in content.sheets for row in s.rows for c in row if c for line in str(c).splitlines()}
    lines = [line for line in content.text.splitlines() if line.strip() and line not in cells]
    return tuple(part for line in lines for part in (_parts(line) if content.format == "pdf" else (line,)))


def _parts(line: str) -> list[str]:
    """Texts far apart in one line of a page are texts of their own; a label keeps what stands beside it."""
    found: list[str] = []
    for part in filter(None, map(str.strip, line.split("\t"))):
        before = fold(found[-1]) if found else ""
        if before.endswith(":"):
            found[-1] += part
        elif _UNIT_LABEL.match(before):
            found[-1] += f"：{part}"
        else:
            found.append(part)
    return found


def measures_listed(text: str) -> list[str]:
    """The measure words of 单位：万元, 单位：户、人次、元, which name no office; none for anything else."""
    hit = _PLAIN_INSIDE.match(text.strip("()").removeprefix("计量"))
    words = re.split(r"[、,/;]", hit[1]) if hit else []
    return words if all(w == "%" or measure_in(w) for w in words) else []


def _stated_inside(texts: Sequence[str]) -> list[str]:
    """The unit behind 填报单位： in one text."""
    plain = [fold(text) for text in texts]
    hits = [
        _UNIT_INSIDE.search(text) or _PLAIN_INSIDE.match(text) for text in plain if not measures_listed(text)
    ]
    return [hit[1] for hit in hits if hit]


def _is_over_measures(grid: Grid, row: int, column: int) -> bool:
    """Whether 单位 is the heading of a column 件, 场, %: then it asks for no office."""
    below = grid.merge(row, column)[2] + 1
    text = grid.text(below, column).strip("()") if below < grid.height else ""
    return text == "%" or (bool(text) and measure_in(text) is not None)


def _stated_units(grid: Grid, layout: Layout) -> list[str]:
    """What stands at 填报单位: right of the label, or behind the colon in one cell."""
    found = []
    outside = frozenset(outside_rows(grid, layout))
    inside_rows = range(layout.top, min(layout.last + 1, grid.height))
    heads = [labels for row in inside_rows if len(labels := grid.labels(row)) > 1]
    for row in range(grid.height):
        if row in outside and grid.labels(row) in heads:
            continue  # the header once more, at the foot of a page
        for column, text in grid.words(row):
            if inside := _stated_inside([text]):
                found += inside
            elif row in outside and _UNIT_LABEL.match(text) and not _is_over_measures(grid, row, column):
                right = grid.merge(row, column)[3] + 1
                if right < grid.width and (value := grid.text(row, right)) and not _UNIT_LABEL.match(value):
                    found.append(value)
    return [f for f in found if f.strip("_ ")]
