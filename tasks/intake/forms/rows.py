"""Lines of a form as rows of units: whose each row is, and what its figures are worth."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tasks.intake.forms.check import Checked, span, summed
from tasks.intake.forms.hidden_sums import name_of, part_of_another, sum_among
from tasks.intake.forms.kind_rows import BARE
from tasks.intake.forms.layout import Layout, Line
from tasks.intake.forms.no_place import names_a_place, names_no_place
from tasks.intake.forms.units import Reporter, Who
from tasks.intake.words.label import parse_label
from tasks.intake.words.numbers import BLANK
from tasks.terms.obligation import Obligation
from tasks.terms.readings import Row
from tasks.terms.units import Roster

_ANOTHER_TURN = re.compile(r"^上一?[次轮批]")
_VOID = re.compile(r"^(?:已|此行|本行)?(?:作废|废止|撤销|取消|撤回|退回|退文|无效|重复)(?:件|登记|填报)?$")


@dataclass
class Rows:
    """The lines of a form as rows of units."""

    layout: Layout
    obligation: Obligation
    roster: Roster
    checked: Checked
    who: Who
    reporter: Reporter
    disputed: set[str] = field(default_factory=set)
    """Fields for which a copy of the form has another figure."""

    def read(self) -> tuple[list[Row], bool]:
        """Rows by unit, and whether they are everything the form reports."""
        groups, complete = self._grouped()
        return [self._row(unit, lines) for unit, lines in groups.items()], complete

    def _grouped(self) -> tuple[dict[str, list[Line]], bool]:
        layout = self.layout
        if layout.totals and all(line.blank for line in layout.lines):
            return self._only_totals()
        own = self.reporter.unit
        named = [line for line in layout.lines if self._is_named(line)]
        unnamed = [line for line in layout.lines if not self._is_named(line) and not line.blank]
        groups: dict[str, list[Line]] = {}
        complete = not (len(named) == 1 and not unnamed and self._is_another_figure(named[0]))
        for line in named:
            complete &= self._place(line, groups)
        complete &= not self._void(layout.lines) and self._no_place_left_empty(named)
        complete &= self._whole_beside_parts(groups) and self._said_once(
            [ln for part in groups.values() for ln in part]
        )
        if unnamed and (named or len(unnamed) > 1):
            complete &= self._unnamed(unnamed, groups)
        elif unnamed:
            complete &= not self._is_another_figure(unnamed[0])
            groups.setdefault(own or "", []).append(unnamed[0])
        return groups, complete

    def _is_another_figure(self, line: Line) -> bool:
        """Whether the only row says that it is a plan, another time or a part: nobody filled in the whole."""
        labels = [parse_label(name) for name in line.names]
        said = [label for label in labels if label.marks]
        bare_or_part = any(BARE.match(label.core) or "part" in label.marks for label in said)
        if not bare_or_part and not any(map(_ANOTHER_TURN.match, line.names)):
            return False
        text = (
            f"表“{self.layout.sheet}”第 {line.row} 行写的是“{line.names[0][:20]}”，不是要报的数，请补报完成数"
        )
        self.checked.say("VAGUE", text, f"{self.layout.sheet}!{line.row}:{line.row}")
        self._open_all()
        return True

    def _no_place_left_empty(self, named: Sequence[Line]) -> bool:
        """Whether no village the roster does not know lies empty beside others whose sum nobody states."""
        own = self.reporter.unit
        if not own or self.roster.children.get(own):
            return True
        places = [line for line in named if not self.who.row_candidates(line, own)]
        empty = [line for line in places if line.blank and names_a_place(line)]
        if not empty or not any(self._unstated(line) for line in places if not line.blank):
            return True
        for line in empty:
            text = f"表“{self.layout.sheet}”第 {line.row} 行的“{name_of(line)}”没有填，请补填（没有的填 0）"
            self.checked.say("MISSING", text, f"{self.layout.sheet}!{line.row}:{line.row}")
        return self._open_all()

    def _void(self, lines: Sequence[Line]) -> bool:
        """Whether rows are marked 作废 and yet have figures: nobody can tell whether they count."""
        found = [ln for ln in lines if not ln.blank and any(map(_VOID.match, ln.words))]
        for line in found:
            mark = next(word for word in line.words if _VOID.match(word))
            text = (
                f"表“{self.layout.sheet}”第 {line.row} 行注明“{mark}”又填有数字，请删除该行，或删去这个注明"
            )
            self.checked.say("VAGUE", text, f"{self.layout.sheet}!{line.row}:{line.row}")
        return bool(found)

    def _whole_beside_parts(self, groups: dict[str, list[Line]]) -> bool:
        """The unit's own row above its villages: their sum, or its own share; False when nobody can tell.

        A stated total bears out one or the other; without one only a row that is the very sum is certain.
        """
        own = self.reporter.unit or ""
        mine = {f.id for f in self.obligation.fields if f.adds}
        lines, villages = self._itself_and_villages(groups.get(own, []), own)
        below = [line for unit, part in groups.items() if unit != own for line in part if not line.blank]
        below += villages
        if len(lines) != 1 or lines[0].blank or not below or not self._is_the_unit(lines[0], own):
            return True
        share, parts = _amounts(lines, mine), _amounts(below, mine)
        stated = [{f: figure.number.value for f, figure in total.items()} for total in self.layout.totals]
        both = {f: summed((share.get(f), parts.get(f))) for f in share}
        if stated and all(t.get(f) in {None, both[f]} for t in stated for f in both):
            return True
        if share == parts or any(t.get(f) == share[f] for t in stated for f in share if share[f]):
            self._leave_out_the_whole(groups, own, villages)
            return True
        name = self.roster[own].name
        text = f"“{name}”一行与下面各行相加不符，无法确定它是合计还是本级数字，请写明“合计”或“本级”"
        self.checked.say("TOTAL_MISMATCH", text, f"{self.layout.sheet}!{lines[0].row}:{lines[0].row}")
        return False

    def _itself_and_villages(self, lines: list[Line], own: str) -> tuple[list[Line], list[Line]]:
        """The unit's own row, and rows of villages the roster does not know, which are the unit's, too."""
        whole = [line for line in lines if own and self._is_the_unit(line, own)]
        if len(whole) != 1:
            return lines, []
        return whole, [line for line in lines if line is not whole[0] and not line.blank]

    @staticmethod
    def _leave_out_the_whole(groups: dict[str, list[Line]], own: str, villages: list[Line]) -> None:
        if villages:
            groups[own] = villages
        else:
            del groups[own]

    def _is_the_unit(self, line: Line, unit: str) -> bool:
        return not line.code and self._is_itself(line, unit)

    def _is_named(self, line: Line) -> bool:
        """Whether a row names a unit; words in a table without a unit column may be anything."""
        if not (line.names or line.code):
            return False
        return self.layout.by_unit or bool(self.who.row_candidates(line, self.reporter.unit))

    def _only_totals(self) -> tuple[dict[str, list[Line]], bool]:
        """A form with nothing but a total row: that is what the unit reports, unless rows lie blank."""
        layout, own = self.layout, self.reporter.unit or ""
        if layout.lines and (own not in self.roster or self.roster.children.get(own)):
            return {self._code_of(line) or own: [line] for line in layout.lines}, True
        return {own: [Line(0, (), "", dict(layout.totals[0]))]}, True

    def _code_of(self, line: Line) -> str | None:
        units = self.who.row_candidates(line, self.reporter.unit)
        return units[0] if len(units) == 1 else None

    def _place(self, line: Line, groups: dict[str, list[Line]]) -> bool:
        """Put a named row with its unit; False when the form is not complete without it."""
        own = self.reporter.unit
        units = self.who.row_candidates(line, own)
        if len(units) == 1 and (own is None or self.who.related(units[0], own)):
            return self._one_row_each(units[0], line, groups)
        if line.blank:
            return True  # a row of the whole bureau's table that is none of this unit's business
        if own and not units and not self.roster.children.get(own):
            if names_no_place(line) and self._unstated(line):
                return self._no_place(line)
            groups.setdefault(own, []).append(line)  # villages of a town whose roster knows no villages
            return True
        self._unknown(line, units)
        if own is None and len(self._filled()) == 1:
            groups.setdefault("", []).append(
                line
            )  # the only row of a form from an unknown unit is read all the same
            return True
        return False

    def _said_once(self, lines: list[Line]) -> bool:
        """Whether no row repeats others, where no total row bears them out."""
        filled = sorted((line for line in lines if not line.blank), key=lambda line: line.row)
        mine = [f.id for f in self.obligation.fields if f.adds]
        if not any(map(self._unstated, filled)):
            return True
        if found := sum_among([ln for ln in filled if not ln.code], mine):
            line, parts = found
            why = f"恰好是第 {parts[0].row}—{parts[-1].row} 行相加的数"
        elif piece := part_of_another(filled):
            line, why = piece[0], f"像是第 {piece[1].row} 行“{name_of(piece[1])}”的一部分"
        else:
            return True
        where = f"{self.layout.sheet}!{line.row}:{line.row}"
        which = f"表“{self.layout.sheet}”第 {line.row} 行“{name_of(line)}”"
        text = f"{which}{why}，无法确定要不要相加，请填写“合计”一行"
        self.checked.say("TOTAL_MISMATCH", text, where)
        return self._open_all()

    def _open_all(self) -> bool:
        """Leave every figure of every row open: False, for the form is not complete."""
        self.disputed |= {f.id for f in self.obligation.fields}
        return False

    def _unstated(self, line: Line) -> bool:
        """Whether a row has figures whose sum no total row states: nothing would bear out that it counts."""
        stated = {
            f for total in self.layout.totals for f, fig in total.items() if fig.number.value is not None
        }
        mine = {f.id for f in self.obligation.fields if f.adds}
        return any(fig.number != BLANK and f in mine - stated for f, fig in line.figures.items())

    def _no_place(self, line: Line) -> bool:
        where = f"{self.layout.sheet}!{line.row}:{line.row}"
        name = "".join(line.names)
        which = f"表“{self.layout.sheet}”第 {line.row} 行的“{name}”"
        text = f"{which}看不出要不要相加，请填写合计，或删去这一行"
        self.checked.say("UNKNOWN_UNIT", text, where)
        return self._open_all()

    def _one_row_each(self, unit: str, line: Line, groups: dict[str, list[Line]]) -> bool:
        own = self.reporter.unit
        if unit in groups and (groups[unit][0].blank or line.blank):
            groups[unit] = [line] if groups[unit][0].blank else groups[unit]
            return True
        if unit in groups and unit != own:
            name = self.roster[unit].name
            text = f"“{name}”在表中出现了不止一次，无法确定以哪一行为准，请只保留一行"
            self.checked.say("CONTRADICTION", text, asks=False)
            return False
        if unit in groups and self._is_itself(line, unit) and self._is_itself(groups[unit][0], unit):
            return self._itself_again(unit, line, groups)
        groups.setdefault(unit, []).append(line)
        return True

    def _is_itself(self, line: Line, unit: str) -> bool:
        """Whether a row is the unit's by its very name, not a place of it with a name of its own."""
        return any(unit in self.who.names.exactly(name) for name in line.names)

    def _itself_again(self, unit: str, line: Line, groups: dict[str, list[Line]]) -> bool:
        """A second row of the reporting unit: added up where there is a total, else a copy."""
        first = groups[unit][0]
        if self.layout.totals:
            groups[unit].append(line)
            return True
        apart = {f for f, figure in line.figures.items() if figure.number != first.figures[f].number}
        if not apart:
            return True
        rows = f"表“{self.layout.sheet}”第 {first.row} 行与第 {line.row} 行"
        text = f"{rows}都是“{self.roster[unit].name}”，数字不一致，请只保留正确的一行"
        self.checked.say("CONTRADICTION", text, asks=False)
        if line.page == first.page:
            return False
        self.disputed |= apart
        return True

    def _filled(self) -> list[Line]:
        return [line for line in self.layout.lines if not line.blank]

    def _unknown(self, line: Line, units: tuple[str, ...]) -> None:
        name = "".join(line.names) or line.code
        where = f"{self.layout.sheet}!{line.row}:{line.row}"
        if not units:
            text = f"表“{self.layout.sheet}”第 {line.row} 行的“{name}”不在报送名册上，请核对单位全称"
        elif len(units) > 1:
            text = f"表“{self.layout.sheet}”第 {line.row} 行的“{name}”对应几个单位，请写明所属镇街和全称"
        else:
            text = f"表“{self.layout.sheet}”第 {line.row} 行的“{name}”不由本单位报送，请核对后删除或改正"
        self.checked.say("UNKNOWN_UNIT", text, where)

    def _unnamed(self, lines: list[Line], groups: dict[str, list[Line]]) -> bool:
        """Several rows without a unit: the unit's own when a stated total bears them out, else unknown."""
        own = self.reporter.unit or ""
        if not groups and self.layout.totals:
            groups[own] = lines
            return True
        rows = "、".join(str(line.row) for line in lines[:5])
        text = f"表“{self.layout.sheet}”第 {rows} 行填了数字但没有写明单位，也没有合计，请补写"
        self.checked.say("UNKNOWN_UNIT", text)
        return False

    def _row(self, unit: str, lines: list[Line]) -> Row:
        parts = [self.checked.line(line, self._nothing_more(line, lines)) for line in lines]
        fields = [f.id for f in self.obligation.fields]
        values = {f: self._together(f, [p[f] for p in parts if f in p], lines) for f in fields}
        values |= dict.fromkeys(self.disputed, None)
        evidence = {
            f: span([line.figures[f].where for line in lines])
            for f in fields
            if any(f in line.figures and line.figures[f].number != BLANK for line in lines)
        }
        name = f"“{self.roster[unit].name}”" if unit in self.roster else "本单位"
        self.checked.quotas(values, evidence, name)
        return Row(unit, values, evidence)

    def _nothing_more(self, line: Line, lines: list[Line]) -> set[str]:
        """Fields left empty in one of several rows of a unit, where the sum stated is that of the others."""
        empty = {f for f, figure in line.figures.items() if figure.number == BLANK}
        beside = {f for other in lines for f in other.figures if other.figures[f].number != BLANK}
        return empty & beside & self._borne_out

    @cached_property
    def _borne_out(self) -> set[str]:
        """Fields whose stated sums all are that of the rows filled in."""
        found: set[str] = set()
        for asked in (f.id for f in self.obligation.fields if f.adds):
            numbers = [ln.figures[asked].number for ln in self.layout.lines if asked in ln.figures]
            whole = summed(n.value for n in numbers if n != BLANK)
            stated = [total[asked].number for total in self.layout.totals if asked in total]
            if stated and whole is not None and all(n.value == whole for n in stated):
                found.add(asked)
        return found

    def _together(self, field: str, values: list[float | None], lines: list[Line]) -> float | None:
        """One unit's figure over its rows; a rate of several rows is what their total row says."""
        asked = next(f for f in self.obligation.fields if f.id == field)
        if asked.adds or len(values) < 2:  # noqa: PLR2004  nothing to add up
            return summed(values)
        stated = self.layout.stated(field)
        if stated or len(set(values)) == 1:
            return self.checked.figure(asked, stated) if stated else values[0]
        rows = "、".join(str(line.row) for line in lines[:5])
        text = (
            f"表“{self.layout.sheet}”第 {rows} 行的“{asked.title}”各不相同，这类数不能相加，请写明总的是多少"
        )
        self.checked.say("VAGUE", text, f"{self.layout.sheet}!{lines[0].row}:{lines[-1].row}")
        return None


def _amounts(lines: list[Line], fields: set[str]) -> dict[str, float | None]:
    """What rows come to, field by field, for those of the fields that are there."""
    return {
        f: summed(line.figures[f].number.value for line in lines) for f in lines[0].figures if f in fields
    }
