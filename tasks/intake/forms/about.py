"""What a form says about itself besides its figures: for which campaign and year, when, nil or not."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tasks.documents.form_code import NIL_YES, FormCode
from tasks.intake.forms.grid import Grid, address
from tasks.intake.forms.kind_rows import BARE
from tasks.intake.forms.layout import Layout
from tasks.intake.forms.money import money_word, stated_money
from tasks.intake.forms.remarks import called
from tasks.intake.forms.units import (
    is_own_hidden_sheet,
    loose_lines,
    measures_listed,
    outside_rows,
    title_texts,
    unit_names,
)
from tasks.intake.words.dates import find_years, read_date
from tasks.intake.words.label import measure_in, parse_label
from tasks.intake.words.numbers import is_scaled, measure_of, read_number
from tasks.intake.words.period import ANY, Period
from tasks.intake.words.stretch import is_stretch_alone
from tasks.intake.words.subject import other_subject, wrong_year
from tasks.intake.words.suspicious import is_odd, suspicious
from tasks.terms.campaign import Campaign
from tasks.terms.readings import Content, Finding, Sheet
from tasks.terms.text import fold
from tasks.terms.units import Roster

_NO_VALUES = re.compile(r"^(?:序号|项目|指标(?:名称)?|内容|名称|类别|(?:计量)?单位(?:名称)?|代码|备注|说明)$")
_DONE_ON = re.compile(r"^(?:活动|开展|举办|培训|走访|服务|实施|检查|演出|宣传|慰问)?(?:时间|日期)$")
_TITLE = re.compile(r"表(?:\([^()]{0,12}\))?$")
_NOTE_LABEL = re.compile(r"^(?:备注|说明|注|附注|情况说明):?$")
_NOTE_LINE = re.compile(r"(?:备注|说明|注|附注|情况说明)[:0-9]")
_DATE_LABEL = re.compile(r"^(?:填[报表]|报送|上报|制表)?(?:日期|时间):?$")
_DATE_INSIDE = re.compile(r"(?:填[报表]|报送|上报|制表)?(?:日期|时间):(.{6,14})")
_NIL_LABEL = re.compile(r"^(?:是否)?(?:为)?零报告(?:\(.*\))?:?$")
_NIL_INSIDE = re.compile(r"(?:是否)?(?:为)?零报告:(是|√|✓|有)")
_NIL_VALUES = frozenset({NIL_YES, "√", "✓", "零报告", "是零报告", "☑"})
_WHOLE_MEASURE = re.compile(r"(?<![报送表制])(?:计量|面积|金额)?单位:([^:,，;；()（）、/]{1,4})[)）]?$")
_DIGIT = re.compile(r"\d")
_HEAD_TITLES = 3
_WHOLE_SCALE = re.compile(r"(?:^|\()(?:计量)?单位:?((?:万|千|百|亿)[^()]{0,4})\)?$")
_PLANNED = re.compile(
    r"(计划|安排|预算|预案|任务分[解配]|指标分[解配]|任务下达|目标任务|目标分解|责任分[解工]|需求|申请|采购)(?:情况)?(?:一览)?表(?:\([^()]{0,12}\))?$"
)
"""A title ends with the kind of what it heads (GB/T 9704): 计划表 is a plan, 计划完成情况表 is none."""


def foreign_code(codes: Sequence[FormCode], campaign: Campaign) -> Finding | None:
    """WRONG_CAMPAIGN when every code in the workbook is another campaign's."""
    if codes and all(c.campaign != campaign.id for c in codes):
        text = f"这是另一个专项（{codes[0].campaign}）的填报表，请使用“{campaign.title}”的填报表"
        return Finding("WRONG_CAMPAIGN", text)
    return None


def _has_figures(sheet: Sheet) -> bool:
    """Whether a hidden sheet may hold a report: the names a drop-down list offers are no figures."""
    cells = (cell for row in sheet.rows for cell in row if cell is not None)
    return any(not isinstance(c, str) or bool(_DIGIT.search(c)) or read_number(c).value for c in cells)


@dataclass(frozen=True)
class About:
    """One form and what stands around its figures."""

    content: Content
    campaign: Campaign
    roster: Roster
    filename: str
    codes: Sequence[FormCode]
    grid: Grid
    layout: Layout
    period: Period = ANY

    def door(self) -> list[Finding]:
        """What the door saw, hidden parts, and text that is no report."""
        found = list(self.content.findings)
        hidden = [s for s in self.content.sheets if not s.visible and s.rows]
        hidden = [s for s in hidden if _has_figures(s) and not is_own_hidden_sheet(s.name, self.codes)]
        found += [
            Finding(
                "HIDDEN_ROWS", f"文件中有隐藏的工作表“{s.name}”，其中内容没有采用，请核对并取消隐藏或删除"
            )
            for s in hidden
        ]
        sheet = self.grid.sheet
        if rows := [r + 1 for r in sheet.hidden_rows if r < len(sheet.rows)]:
            shown = "、".join(map(str, rows[:5])) + ("等" if len(rows) > 5 else "")  # noqa: PLR2004  a short list
            found.append(
                Finding("HIDDEN_ROWS", f"表“{sheet.name}”第 {shown} 行是隐藏的，请核对并取消隐藏或删除")
            )
        elif sheet.hidden_columns:
            found.append(Finding("HIDDEN_ROWS", f"表“{sheet.name}”有隐藏的列，请核对并取消隐藏或删除"))
        odd = suspicious(_odd_cells(self.content.sheets))
        return found + ([odd] if odd else [])

    def subject(self) -> list[Finding]:
        """Whether the form is for this campaign and this year."""
        titles = [*title_texts(self.grid, self.layout), *loose_lines(self.content)]
        named = [f for f in (foreign_code(self.codes, self.campaign),) if f]
        if any(c.campaign == self.campaign.id for c in self.codes):
            return named
        year = wrong_year([*titles, self.grid.sheet.name], self.campaign)
        if year is None and not self.years_stated():
            year = wrong_year([self.filename], self.campaign)
        if year is None:
            year = wrong_year([f"{each}年" for each in self._years_of_rows()], self.campaign)
        names = unit_names(self.roster, "".join(titles))
        subject = next((f for t in titles[:2] if (f := other_subject(t, self.campaign, names))), None)
        if measure := self._other_measure():
            named.append(
                Finding("VAGUE", f"表上注明单位是“{measure}”，与要求填报的计量单位不同，请按原表样填报")
            )
        elif self._any_scale():
            named.append(
                Finding("VAGUE", "表头注明以万、千等为计量单位，无法确定各栏的实际数量，请按原表样填报")
            )
        if span := self.period.other_span(self._around):
            asked = f"{self.period.year}年{self.period.month}月"
            named.append(
                Finding(
                    "VAGUE",
                    f"表上写的“{span[:40]}”不是{asked}一个月，无法确定是哪个月的数字，请核对后报送{asked}的数字",
                )
            )
        named += [f for f in (self._plan(titles[:_HEAD_TITLES]) or self._band(),) if f]
        month = None if year or subject else self.period.wrong_month(titles[:_HEAD_TITLES])
        return named + [f for f in (year, subject, month) if f]

    @cached_property
    def _of_all(self) -> list[str]:
        """What is written around the table but for what its labels of money go by already."""
        money = any(fold(f.unit).endswith("元") for o in self.campaign.obligations for f in o.fields)
        read = stated_money(self.grid) if money else ""
        return [t for t in self._around if not read or money_word(t) != read]

    @cached_property
    def _around(self) -> list[str]:
        """What is written above and below the table; on a page most of it stands outside the sheet."""
        rows = outside_rows(self.grid, self.layout)
        return [*(t for r in rows for t in self.grid.labels(r)), *map(fold, loose_lines(self.content))]

    def _other_measure(self) -> str:
        """What 单位：公顷 above or below the table says, when no figure asked for is counted in it."""
        asked = {fold(f.unit) for o in self.campaign.obligations for f in o.fields if f.unit}
        known = {word for unit in asked for word in measure_of(unit)}
        said = [hit[1] for t in self._of_all if (hit := _WHOLE_MEASURE.search(t))]
        listed = [m for t in self._of_all for m in measures_listed(t)]
        scaled = {unit[1:] for unit in asked if is_scaled(unit) and unit not in listed}
        said += [word for word in listed if word in scaled]
        said += [w for w in listed if is_scaled(w) and w not in asked and w[1:] in asked and self._bare(w)]
        return next((w for w in said if measure_in(w) and w not in known), "")

    def _bare(self, word: str) -> bool:
        """Whether no label of the table says 万元 itself, which the list above it would but repeat."""
        rows = set(range(self.grid.height)) - set(outside_rows(self.grid, self.layout))
        return not any(word in text for row in rows for text in self.grid.labels(row))

    def _any_scale(self) -> bool:
        own = {fold(f.unit) for o in self.campaign.obligations for f in o.fields}
        said = [hit[1] for t in self._of_all if (hit := _WHOLE_SCALE.search(t))]
        return any(not any(u and t.endswith(u) for u in own) for t in said)

    def _plan(self, titles: Sequence[str]) -> Finding | None:
        """Whether a title says the table is of what is to be done, where no plan was asked for."""
        asked = "".join(fold(o.title) for o in self.campaign.obligations)
        for title in map(fold, titles):
            if (kind := _PLANNED.search(title)) and kind[1] not in asked:
                text = f"标题“{title[:40]}”写明是{kind[1]}，不是完成数，没有采用表内数字，请核实后报送完成数"
                return Finding("VAGUE", text)
        return None

    def _band(self) -> Finding | None:
        """Whether a word alone above the head says that the table is of another time, a plan or a part."""
        above = [self.grid.labels(row) for row in range(min(self.layout.top, self.grid.height))]
        for text in (labels[0] for labels in above if len(labels) == 1):
            label = parse_label(text)
            said = label.marks & {"other", "plan"} and BARE.match(label.core)
            if (said and not label.done) or text.startswith("其中"):
                return Finding("VAGUE", f"表头上方写着“{text[:20]}”，不是要报的数，请核实后报送完成数")
        return None

    def _years_of_rows(self) -> set[int]:
        """The years of the days on which the rows say that things were done."""
        rows = range(self.layout.top, min(self.layout.last + 1, self.grid.height))
        heads = [(r, c) for r in rows for c, text in self.grid.words(r) if _DONE_ON.match(text)]
        cells = [self.grid.raw(below, c) for r, c in heads for below in rows if below > r]
        said = [{cell.year} if isinstance(cell, date) else find_years(str(cell)) for cell in cells if cell]
        return set().union(*said)

    def years_stated(self) -> bool:
        """Whether the title or the sheet's name speaks of a year."""
        return bool(
            find_years(
                "\n".join(
                    [*title_texts(self.grid, self.layout), *loose_lines(self.content), self.grid.sheet.name]
                )
            )
        )

    def titles_said(self) -> list[str]:
        """The titles, without the work's own names."""
        titles = [*title_texts(self.grid, self.layout), *loose_lines(self.content)][:_HEAD_TITLES]
        names = [self.campaign.title, *(o.title for o in self.campaign.obligations)]
        said = [fold(t) for t in titles]
        for name in map(fold, names):
            said = [t.replace(name, "") for t in said]
        return said

    def times_over_values(self) -> list[str]:
        """What stands over the only column of values, where it is a stretch of months alone."""
        heads = [self.grid.labels(row) for row in range(self.grid.height) if self.grid.is_header(row)]
        values = [[text for text in labels if not _NO_VALUES.match(text)] for labels in heads]
        return [labels[0] for labels in values if len(labels) == 1 and is_stretch_alone(labels[0])]

    @cached_property
    def remarks(self) -> list[str]:
        """What is written around the figures."""
        filled = {line.row - 1 for line in self.layout.lines if not line.blank}
        rows = (r for r in range(self.grid.height) if r not in filled or not self.layout.by_unit)
        said = [t for r in rows for c, t in self.grid.words(r) if not self._is_of_its_figure(r, c, t)]
        return [*said, *loose_lines(self.content)]

    def notes(self) -> list[str]:
        """Texts alone in their row, or behind 备注; what stands beside others may head a column."""
        words = (row for row in range(self.grid.height) if self.grid.is_header(row))
        rows = [labels for row in words if (labels := self.grid.labels(row))]
        alone = [labels[0] for labels in rows if len(labels) == 1 and not _TITLE.search(labels[0])]
        beside = [labels[1] for labels in rows if len(labels) > 1 and _NOTE_LABEL.match(labels[0])]
        return [*alone, *beside, *(t for t in loose_lines(self.content) if _NOTE_LINE.match(fold(t)))]

    def _is_of_its_figure(self, row: int, column: int, text: str) -> bool:
        """Whether a text in the place of a figure speaks of that figure alone: 原35改为42."""
        if self.grid.address(row, column) not in self._places:
            return False
        return not called(text, [f for o in self.campaign.obligations for f in o.fields])

    @cached_property
    def _places(self) -> set[str]:
        return {figure.where for line in self.layout.lines for figure in line.figures.values()}

    def day(self) -> date | None:
        """The date beside 填报日期, if it is one."""
        for line in loose_lines(self.content):
            if inside := _DATE_INSIDE.search(fold(line)):
                return read_date(inside[1])
        for row in outside_rows(self.grid, self.layout):
            for column, text in self.grid.words(row):
                if inside := _DATE_INSIDE.search(text):
                    return read_date(inside[1])
                right = self.grid.merge(row, column)[3] + 1
                if _DATE_LABEL.match(text) and right < self.grid.width:
                    return read_date(self.grid.raw(row, right))
        return None

    def nil(self) -> bool:
        """Whether the form is an explicit nil return 零报告."""
        if any(_NIL_INSIDE.search(fold(line)) for line in loose_lines(self.content)):
            return True
        for row in outside_rows(self.grid, self.layout):
            for column, text in self.grid.words(row):
                right = self.grid.merge(row, column)[3] + 1
                value = self.grid.text(row, right) if right < self.grid.width else ""
                if _NIL_INSIDE.search(text) or (_NIL_LABEL.match(text) and value in _NIL_VALUES):
                    return True
                if text == "零报告" and not value:
                    return True
        return False


def _odd_cells(sheets: Sequence[Sheet]) -> Iterator[tuple[str, str]]:
    """The cells that talk to a machine, each with its place."""
    for s in sheets:
        for r, row in enumerate(s.rows):
            for c, cell in enumerate(row):
                if isinstance(cell, str) and is_odd(cell):
                    yield address(s, r, c), cell
