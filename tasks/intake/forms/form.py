"""A form 统计表 into figures: our own fill-in form and what people really send back.

Pure: no I/O. A figure that is not certain is None and has a finding; a clean form has none.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from tasks.documents.form_code import FormCode
from tasks.intake.forms.about import About, foreign_code
from tasks.intake.forms.check import Checked, span, summed
from tasks.intake.forms.continued import put_together
from tasks.intake.forms.dashes import without_dashes
from tasks.intake.forms.fitting import fits_of
from tasks.intake.forms.grid import Grid
from tasks.intake.forms.layout import Layout
from tasks.intake.forms.other_days import of_other_days
from tasks.intake.forms.remarks import done_together, holds_others
from tasks.intake.forms.rows import Rows
from tasks.intake.forms.several_sheets import apart, in_dispute, of_several
from tasks.intake.forms.sheet_times import of_its_time
from tasks.intake.forms.units import (
    PAGED,
    Reporter,
    Who,
    form_codes,
    loose_lines,
)
from tasks.intake.forms.which import Fit, answered
from tasks.intake.words.numbers import BLANK
from tasks.intake.words.period import period_of
from tasks.intake.words.subject import campaign_years, other_subject, wrong_year
from tasks.notice.unfold import is_once
from tasks.roster.duty import asked_of
from tasks.roster.names import names_of
from tasks.terms.campaign import Campaign
from tasks.terms.obligation import Field, Obligation
from tasks.terms.readings import NOT_A_REPORT, Content, Finding, Reading, Row, Sheet
from tasks.terms.text import fold
from tasks.terms.units import Roster
from tasks.terms.wording import quoted

NOTHING_FILLED_IN = "没有填写任何数字，请填写后重新报送；没有可报内容的请选零报告"


def read_form(
    content: Content,
    campaign: Campaign,
    roster: Roster,
    *,
    filename: str = "",
    subject: str = "",
    asked: str | None = None,
) -> Reading:
    """Read one form against the obligation its code or its name says it answers, else the one it fits best.

    Where it may answer several, it is read as the best of them and answers none (``which.py``). ``subject``
    is that of the mail it came with, ``asked`` the obligation a person says it answers.
    """
    content = of_its_time(campaign, put_together(content), filename)
    codes = form_codes(content)
    fits = fits_of(content, campaign, roster, codes, asked)
    if not fits:
        return _no_form(content, campaign, roster, codes, filename)
    best = max(fits, key=lambda fit: fit.found)

    def read(fit: Fit) -> Reading:
        return _Form(
            content, campaign, roster, filename, codes, fit.obligation, fit.grid, fit.layout, fit.others
        ).reading()

    if len(fits) == 1:
        return read(best)
    first = read(best)
    chosen = answered(fits, campaign, (filename, subject), asked_of(first.unit, campaign, roster))
    if chosen is None:
        titles = "、".join(quoted(fit.obligation.title.partition("（")[0]) for fit in fits)
        return replace(
            first, obligation=None, reasons=(*first.reasons, f"{titles}都可能，表上没有写明是哪一项")
        )
    return first if chosen is best else read(chosen)


def form_fit(content: Content, campaign: Campaign, roster: Roster) -> int:
    """How many of a form obligation's fields the sheets of a document ask for."""
    content = put_together(content)
    fits = fits_of(content, campaign, roster, form_codes(content))
    if not fits:
        return 0
    best = max(fits, key=lambda fit: fit.found)
    return best.found + sum(d == "several" for d in best.layout.doubts.values())


def _no_form(
    content: Content, campaign: Campaign, roster: Roster, codes: Sequence[FormCode], filename: str
) -> Reading:
    """No sheet asks for any field: another campaign's form, or nothing to read. It still says whose it is."""
    texts = [
        cell for s in content.sheets if s.visible for row in s.rows for cell in row if isinstance(cell, str)
    ]
    titles = [t for t in texts[:5] if ":" not in fold(t) and not names_of(roster).exactly(t)]
    finding = (
        foreign_code(codes, campaign)
        or next((f for t in titles[:3] if (f := other_subject(t, campaign, any_subject=True))), None)
        or wrong_year(texts[:5], campaign)
        or Finding("BLANK_FORM", "表中没有找到要求填报的任何一项数字，请使用随通知下发的表样填报")
    )
    grid = Grid(next((s for s in content.sheets if s.visible and s.rows), Sheet("", ())))
    whole = Layout(grid.sheet.name, (), top=grid.height)
    reporter = Who(roster).reporter(grid, whole, (), filename, loose_lines(content))
    return Reading(
        unit=reporter.unit,
        candidates=reporter.candidates,
        findings=(finding,),
        values={},
        evidence={},
        reasons=tuple(filter(None, (reporter.reason, "表中没有本专项的任何指标"))),
    )


def _is_yearly(campaign: Campaign, obligation: Obligation) -> bool:
    """Whether a report is on the time since the beginning of the year."""
    starts = [w.start for w in campaign.windows if w.id == obligation.window]
    starts = starts or [w.start for w in campaign.windows]
    return is_once(obligation) and any((day.month, day.day) == (1, 1) for day in starts)


def _leave_open(names: Iterable[str], values: dict[str, float | None], rows: list[Row]) -> None:
    """Leave figures open, in the sums and in every row."""
    for name in names:
        values[name] = None
        for row in rows:
            row.values[name] = None


@dataclass
class _Form:
    """One form under way to a reading."""

    content: Content
    campaign: Campaign
    roster: Roster
    filename: str
    codes: Sequence[FormCode]
    obligation: Obligation
    grid: Grid
    layout: Layout
    others: list[Layout]

    @cached_property
    def about(self) -> About:
        """What stands around the figures."""
        period = period_of(self.campaign, self.obligation)
        return About(
            self.content,
            self.campaign,
            self.roster,
            self.filename,
            self.codes,
            self.grid,
            self.layout,
            period,
        )

    def reading(self) -> Reading:
        checked = Checked(self.obligation, yearly=_is_yearly(self.campaign, self.obligation))
        checked.findings += self.about.door() + self.about.subject()
        checked.findings += of_other_days(self.about, self.obligation)
        who = Who(self.roster)
        reporter = who.reporter(self.grid, self.layout, self.codes, self.filename, loose_lines(self.content))
        checked.findings += [reporter.finding] if reporter.finding else []
        day, nil = self.about.day(), self.about.nil()
        if day and day.year not in campaign_years(self.campaign) and not self.about.years_stated():
            checked.findings += [f for f in (wrong_year([f"{day.year}年"], self.campaign),) if f]
        reading = Reading(
            unit=reporter.unit,
            candidates=reporter.candidates,
            campaign=self.campaign.id,
            obligation=self.obligation.id,
            date=day.isoformat() if day else None,
            nil=nil,
            reasons=tuple(filter(None, (reporter.reason, f"按工作表“{self.layout.sheet}”读取"))),
        )
        return self._figures(reading, checked, who, reporter)

    def _figures(self, reading: Reading, checked: Checked, who: Who, reporter: Reporter) -> Reading:
        blank = {f.id: None for f in self.obligation.fields}
        if any(f.code in NOT_A_REPORT for f in checked.findings):
            return replace(
                reading, nil=False, values=dict(blank), evidence={}, findings=tuple(checked.findings)
            )
        if any(f.code == "VAGUE" for f in checked.findings):  # in which measure the whole table is
            return replace(reading, values=dict(blank), evidence={}, findings=tuple(checked.findings))
        if apart_from_head := self._not_as_headed():
            checked.say("CONTRADICTION", apart_from_head, asks=False)
            return replace(reading, values=dict(blank), evidence={}, findings=tuple(checked.findings))
        if self.layout.empty:
            return self._without_figures(reading, checked)
        self.layout = without_dashes(self.layout, self.obligation.fields)
        if reading.nil:
            checked.say("CONTRADICTION", "表中既选了零报告，又填了数字，请核对后只保留一种")
            reading = replace(reading, nil=False)
        rows, complete = Rows(self.layout, self.obligation, self.roster, checked, who, reporter).read()
        checked.doubts(self.layout)
        complete &= reporter.unit is not None or len(rows) < 2  # noqa: PLR2004  nobody adds up strangers
        values, evidence = self._sums(checked, rows, complete=complete, whose=reporter.unit)
        findings = tuple(dict.fromkeys(checked.findings))
        return replace(reading, rows=tuple(rows), values=values, evidence=evidence, findings=findings)

    def _not_as_headed(self) -> str:
        """Why no figure of the table may be what its head asks for; empty where nothing says so."""
        sheet = f"表“{self.layout.sheet}”"
        if self.layout.other_time:
            return f"{sheet}各行写的不是本次要报的数（是别的月份或计划），请核对后报送本次的完成数"
        if names := "、".join(self.layout.listed_twice[:5]):
            return f"{sheet}里“{names}”在上下两张同样的表中都有数字，请只保留一张，或填写合计"
        if rows := "、".join(map(str, self.layout.displaced[:5])):
            return f"{sheet}第 {rows} 行的内容与表头对不上，可能错了一格，请对照表头逐格核对后重新报送"
        return ""

    def _without_figures(self, reading: Reading, checked: Checked) -> Reading:
        """Nothing filled in: a nil return says zero, anything else is a blank form."""
        fields = [f.id for f in self.obligation.fields]
        if reading.nil:
            zeros: dict[str, float | None] = dict.fromkeys(fields, 0.0)
            findings = tuple(checked.findings)
            return replace(
                reading, values=zeros, evidence={}, findings=findings, reasons=(*reading.reasons, "零报告")
            )
        what = (
            "里有数字，但不在要求填报的各项之下，未能读取，请使用随通知下发的表样填写后重新报送"
            if self._figures_elsewhere()
            else NOTHING_FILLED_IN
        )
        checked.say("BLANK_FORM", f"表“{self.layout.sheet}”{what}")
        return replace(reading, values=dict.fromkeys(fields), evidence={}, findings=tuple(checked.findings))

    def _figures_elsewhere(self) -> bool:
        """Whether the table has figures, though none is asked for; numbers of rows and examples are none."""
        below = self.grid.sheet.rows[self.layout.top + 1 :]
        figures = (cell for row in below for cell in row[1:] if isinstance(cell, (int, float)))
        return not self.layout.examples and any(True for _ in figures)

    def _together(self, asked: Field, parts: list[float | None]) -> float | None:
        """The sum of the rows; of an optional figure some leave empty, the rest's if that is stated."""
        whole, stated = summed(parts), self.layout.stated(asked.id)
        if whole is not None or asked.required or stated is None or not self._left_empty(asked.id):
            return whole
        rest = summed(p for p in parts if p is not None)
        return rest if rest == stated.number.value else None

    def _left_empty(self, name: str) -> bool:
        """Whether what is not known of a figure, row by row, is but empty cells."""
        numbers = (line.figures[name].number for line in self.layout.lines if name in line.figures)
        return all(number == BLANK or number.value is not None for number in numbers)

    @property
    def _paged(self) -> bool:
        return self.content.format in PAGED

    def _in_dispute(self, whose: str | None) -> set[str]:
        """Fields of which tables beside the one read leave open what is meant, or who."""
        if self._paged and self.others and (whose is None or of_several(self.layout, self.others)):
            return {f.id for f in self.obligation.fields}
        return in_dispute(self.layout, self.others, self.obligation)

    def _remarks_on_others(self, whose: str | None) -> Iterator[str]:
        """Remarks that figures hold those of a unit that is not the reporter's to report: 含白沙镇600人次."""
        if whose is None:
            return
        who = Who(self.roster)
        for text in (*self.about.remarks, *(word for line in self.layout.lines for word in line.words)):
            plain = fold(text)
            named = names_of(self.roster).places(plain) if holds_others(text) else ()
            others = [at for at, _, codes in named if not any(who.under(code, whose) for code in codes)]
            if any(not done_together(plain[:at]) for at in others):
                yield text

    def _sums(
        self, checked: Checked, rows: list[Row], *, complete: bool, whose: str | None
    ) -> tuple[dict[str, float | None], dict[str, str]]:
        values: dict[str, float | None] = {}
        evidence: dict[str, str] = {}
        for each in self.obligation.fields:
            parts = [r.values.get(each.id) for r in rows if each.id in r.values]
            places = [r.evidence[each.id] for r in rows if each.id in r.evidence]
            if each.adds or len(rows) == 1:
                values[each.id] = self._together(each, parts) if complete else None
            else:
                stated = self.layout.stated(each.id)  # nobody can add rates up
                values[each.id] = checked.figure(each, stated) if stated else None
                places = [stated.where] if stated else []
            if places:
                evidence[each.id] = span(places)
        disputed = self._in_dispute(whose)
        for text in self.about.remarks:
            held = {name: value for name, value in values.items() if value is not None}
            _leave_open(checked.retracted(text, held), values, rows)
        for text in self._remarks_on_others(whose):
            _leave_open(checked.of_others(text), values, rows)
        for note in self.about.notes():
            _leave_open(checked.left_open(note), values, rows)
        _leave_open(checked.totals(self.layout, values) | disputed, values, rows)
        if not self.codes:  # in our own form the formulas are ours
            values.update(dict.fromkeys(checked.uncomputed(self.layout), None))
        if disputed:
            checked.say("CONTRADICTION", apart(self.layout, self.others, paged=self._paged), asks=False)
        return values, evidence
