"""A summary 活动总结 as a reading: whose, of which year, when; and the figures it names, for a cross-check.

Pure: no I/O. What the notice asks a summary to carry and this one does not is said in the reasons; it is no
finding, a person judges prose.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from tasks.intake.forms.form import form_fit, read_form
from tasks.intake.forms.units import Reporter, Who, unit_names
from tasks.intake.prose.claims import is_heading
from tasks.intake.prose.figures import TextFigures, text_figures
from tasks.intake.prose.speaker import Speaker
from tasks.intake.words.dates import find_dates, find_years
from tasks.intake.words.period import period_of
from tasks.intake.words.subject import (
    campaign_year,
    campaign_years,
    other_subject,
    shares_nothing,
    wrong_year,
)
from tasks.intake.words.suspicious import suspicious
from tasks.terms.campaign import Campaign
from tasks.terms.obligation import Field, Obligation
from tasks.terms.readings import Content, Finding, Reading
from tasks.terms.text import fold
from tasks.terms.units import Roster

_TITLE_LINES, _TITLE_LENGTH = 4, 60
_SIGNATURE_LINES = 8
_SIGNATURE_LENGTH = 30
_HEAD = 300
_SENTENCE = re.compile(r"[。！；]")
_OFFICE = re.compile(
    r"^[\u4e00-\u9fff（）()]{2,24}(?:人民政府|办事处|社会工作站|社工站|服务中心|民政局|委员会|工作室|协会|街道|[镇乡])$"
)
_STATED = re.compile(r"(?:填报|报送|上报|呈报)单位[:：]\s*([^\s（(]{2,30})")
_NIL = re.compile(r"(?<!非)(?<!不实行)零报告|无(?:相关)?(?:内容|情况|活动)(?:可)?(?:上)?报")
_NIL_LENGTH = 300
_THIS_YEAR = re.compile(r"[今本去上]年|往年|同期|本次|此次|这次|与20[0-9]{2}年")


def read_narrative(content: Content, campaign: Campaign, roster: Roster, *, filename: str = "") -> Reading:
    """Read one narrative against the campaign's narrative obligation."""
    prose = _Prose(content, campaign, roster, filename)
    reporter = prose.reporter()
    findings = [
        *content.findings,
        *prose.findings(reporter.unit),
        *([reporter.finding] if reporter.finding else []),
    ]
    figures = _figures(prose, reporter, findings)
    findings += prose.of_another_year(figures)
    day = prose.day()
    return Reading(
        unit=reporter.unit,
        candidates=reporter.candidates,
        campaign=campaign.id,
        obligation=prose.obligation.id if prose.obligation else None,
        values=dict(figures.values),
        evidence=figures.evidence,
        date=day.isoformat() if day else None,
        nil=prose.nil,
        findings=tuple(dict.fromkeys([*findings, *figures.findings])),
        reasons=tuple(filter(None, (reporter.reason, *figures.remarks, *prose.remarks()))),
    )


def _figures(prose: "_Prose", reporter: Reporter, findings: list[Finding]) -> TextFigures:
    """The figures of a text that is a report; with changes open in it, those on which both versions agree."""
    if any(f.blocking and f.code != "TRACKED_CHANGES" for f in findings):
        return TextFigures()
    return prose.figures(reporter.unit)


def all_fields(campaign: Campaign) -> tuple[Field, ...]:
    """Every figure any form of the campaign asks for, each once."""
    return tuple({f.id: f for o in campaign.obligations for f in o.fields}.values())


@dataclass(frozen=True)
class _Prose:
    """One narrative under way to a reading."""

    content: Content
    campaign: Campaign
    roster: Roster
    filename: str

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in self.content.text.splitlines() if line.strip()]

    @property
    def title(self) -> list[str]:
        """The first lines up to the first sentence; those that address somebody are none."""
        head = takewhile(_is_no_sentence, self.lines[:_TITLE_LINES])
        return [t for t in head if t[-1] not in ":："]

    @property
    def signature(self) -> list[str]:
        """The last short lines: who signs, and when."""
        head = len(list(takewhile(_is_no_sentence, self.lines[:_TITLE_LINES])))
        begins = head if len(self.lines) > head else 1
        tail = self.lines[max(begins, len(self.lines) - _SIGNATURE_LINES) :]
        return [t for t in tail if len(t) <= _SIGNATURE_LENGTH and not _SENTENCE.search(t)]

    @property
    def obligation(self) -> Obligation | None:
        """The narrative obligation: the only one, or the one the title or file name speaks of."""
        all_ = [o for o in self.campaign.obligations if o.deliverable == "narrative"]
        said = "".join([*self.title, self.filename])
        named = [o for o in all_ if o.title in said]
        return all_[0] if len(all_) == 1 else named[0] if len(named) == 1 else None

    @property
    def nil(self) -> bool:
        """Whether the text says outright that there is nothing to report."""
        return (
            len(fold(self.content.text)) <= _NIL_LENGTH and _NIL.search(fold(self.content.text)) is not None
        )

    def reporter(self) -> Reporter:
        """Whose summary: by what it states, its title, its signature, its file name, its opening."""
        who = Who(self.roster)
        stated = _STATED.search(self.content.text)
        places = (
            ("报送单位一栏", who.named(stated[1]) if stated else ()),
            ("标题", who.most_general(who.addressed("\n".join(self.title)))),
            ("落款", who.most_general(who.addressed("\n".join(self.signature)))),
            ("文件名", who.most_general(who.names.find(self.filename, shortened=True))),
        )
        named = [(source, units) for source, units in places if units]
        if not named:
            return self._from_opening(who)
        source, units = named[0]
        for other, others in named[1:]:
            common = tuple(u for u in units if any(who.related(u, o) for o in others))
            if not common:
                return _doubtful(self.roster, f"{source}与{other}", (*units, *others))
            above = tuple(o for o in others if o not in units and any(who.under(u, o) for u in units))
            units = above if len(others) == len(above) == 1 and source == "标题" else common
        if len(units) > 1:
            return _doubtful(self.roster, source, units)
        return Reporter(units[0], units, None, f"{source}指明报送单位是“{self.roster[units[0]].name}”")

    def _from_opening(self, who: Who) -> Reporter:
        if office := next((t for t in reversed(self.signature) if _OFFICE.match(fold(t))), None):
            if shared := who.shared(office):
                return _doubtful(self.roster, "落款", shared)
            text = f"落款“{office}”不在报送名册上，请核对单位全称后重新报送"
            return Reporter(None, (), Finding("UNKNOWN_UNIT", text, "落款"), f"落款是“{office}”")
        units = who.most_general(who.names.find(self.content.text[:_HEAD]))
        if len(units) == 1:
            return Reporter(units[0], units, None, f"正文开头提到“{self.roster[units[0]].name}”")
        finding = Finding("UNIT_MISSING", "材料没有写明报送单位，请在标题或落款写明单位全称后重新报送")
        return Reporter(None, units, finding, "标题、落款和文件名都没有写明报送单位")

    def findings(self, unit: str | None) -> list[Finding]:
        found = [self._blank(), self._year(), self._subject(), self._letterhead(unit)]
        found.append(suspicious([("", self.content.text)]))
        return [f for f in found if f]

    def _blank(self) -> Finding | None:
        rule = self.obligation.narrative if self.obligation else None
        least = rule.min_characters if rule else 1
        if self.nil or len(fold(self.content.text)) >= least:
            return None
        text = f"材料正文不足 {least} 字，视为没有内容，请补充后重新报送；确无内容的请写明零报告"
        return Finding("BLANK_FORM", text)

    def _year(self) -> Finding | None:
        title = "\n".join(self.title)
        if not find_years(title):
            return wrong_year([self.content.text], self.campaign)
        return wrong_year([title], self.campaign) or self._year_below_title() or self._month()

    def _month(self) -> Finding | None:
        titles = [t for t in self.title[:2] if not is_heading(t)]
        return period_of(self.campaign, self.obligation).wrong_month(titles)

    def _year_below_title(self) -> Finding | None:
        """Last year's text under this year's title: no year in it is this one's, not even the signature's."""
        signed = self.day()
        body = "\n".join(line for line in self.lines if line not in self.title)
        years = find_years(body)
        if signed is None or signed.year not in years or years & campaign_years(self.campaign):
            return None
        return wrong_year([body], self.campaign)

    def of_another_year(self, figures: TextFigures) -> list[Finding]:
        """Last year's text under this year's title and date: its figures all say their own year."""
        body = "\n".join(line for line in self.lines if line not in {*self.title, *self.signature})
        if not figures.other_years or _THIS_YEAR.search(body):
            return []
        if find_years(body) & campaign_years(self.campaign):
            return []
        year, due = max(figures.other_years), campaign_year(self.campaign)
        text = f"正文里的数字写的都是{year}年，没有{due}年的，请核对是否误用了以前的材料，改好后重新报送"
        return [Finding("WRONG_YEAR", text)]

    def _letterhead(self, unit: str | None) -> Finding | None:
        """Another office's name alone in a line, as a page header left in from a borrowed file."""
        who = Who(self.roster)
        for line in (*self.title, *self.signature):
            others = who.names.exactly(line)
            if unit and others and not any(who.related(unit, o) for o in others):
                own = self.roster[unit].name
                text = f"材料里单独写有“{line}”，与报送单位“{own}”不一致，请核对是否误用了别处的文件"
                return Finding("CONTRADICTION", text, line)
        return None

    def _subject(self) -> Finding | None:
        if self.keywords():
            return None
        names = unit_names(self.roster, "".join(self.title))
        strange = shares_nothing(self.content.text[:_HEAD], self.campaign, names)
        found = (other_subject(t, self.campaign, names, any_subject=strange) for t in self.title[:2])
        return next(filter(None, found), None)

    def keywords(self) -> list[str]:
        """The theme words that occur; quotation marks and spaces do not matter."""
        plain = _bare(self.content.text)
        rules = [o.narrative for o in self.campaign.obligations if o.deliverable == "narrative"]
        return [k for rule in rules for k in rule.keywords if _bare(k) in plain]

    def remarks(self) -> list[str]:
        """What the notice asks for and this text does not mention, for the person who reads it."""
        if self.obligation is None or self.nil:
            return []
        rule, plain = self.obligation.narrative, _bare(self.content.text)
        said = []
        if rule.keywords:
            hits = self.keywords()
            said.append(
                f"提到主题词：{'、'.join(hits)}" if hits else f"没有提到主题词（{'、'.join(rule.keywords)}）"
            )
        silent = [c for c in rule.compliance if not _mentions(plain, c)]
        if silent:
            said.append(f"没有提到：{'、'.join(silent)}")
        return said

    def figures(self, unit: str | None) -> TextFigures:
        """Figures of the text and of tables in it; what is still being changed is not used."""
        speaker, fields = Speaker.of(self.roster, unit, self.campaign), all_fields(self.campaign)
        found = text_figures(self.content.text, fields, speaker)
        if any(f.code == "TRACKED_CHANGES" for f in self.content.findings):
            return found.agreeing(text_figures(self.content.unchanged, fields, speaker))
        if not self.content.sheets or not form_fit(self.content, self.campaign, self.roster):
            return found
        for table in self._tables(unit):
            found.beside(table, fields)
        return found

    def _tables(self, unit: str | None) -> list[Reading]:
        """The unit's own tables: one form, or several apart, each with what no other states."""
        whole = read_form(replace(self.content, findings=()), self.campaign, self.roster)
        apart = len(self.content.sheets) > 1 and any(f.code == "CONTRADICTION" for f in whole.findings)
        if not apart:
            return [whole] if whole.unit in {None, unit} else []
        alone = (replace(self.content, findings=(), sheets=(sheet,)) for sheet in self.content.sheets)
        fitting = [c for c in alone if form_fit(c, self.campaign, self.roster)]
        read = [read_form(c, self.campaign, self.roster) for c in fitting]
        return _stated_once([r for r in read if r.unit in {None, unit}])

    def day(self) -> date | None:
        """The date it is signed with: the last in the signature, else a line that is nothing but a date."""
        signed = find_dates("\n".join(self.signature[-4:]))
        if signed:
            return signed[-1]
        alone = [d for t in self.lines if len(fold(t)) <= 14 for d in find_dates(t)]  # noqa: PLR2004
        return alone[-1] if alone else None


def _stated_once(tables: list[Reading]) -> list[Reading]:
    """The tables, each without figures another of them states, too: two tables of one kind are parts."""
    stated = Counter(k for t in tables for k, v in (t.values or {}).items() if v is not None)
    return [replace(t, values={k: v for k, v in (t.values or {}).items() if stated[k] == 1}) for t in tables]


def _is_no_sentence(line: str) -> bool:
    return len(line) <= _TITLE_LENGTH and not _SENTENCE.search(line)


def _bare(text: str) -> str:
    return re.sub(r"[“”\"'‘’《》()]", "", fold(text))


def _mentions(plain: str, item: str) -> bool:
    """Whether a text speaks of an item: its words, or most of their parts."""
    return any(_bare(part) in plain for part in re.split(r"[、和及]", item) if len(part) > 1)


def _doubtful(roster: Roster, source: str, units: tuple[str, ...]) -> Reporter:
    codes = tuple(dict.fromkeys(units))
    names = "、".join(f"“{roster[u].name}”" for u in codes)
    finding = Finding("AMBIGUOUS_UNIT", f"{source}所称单位不能确定（可能是{names}），请写明报送单位全称")
    return Reporter(None, codes, finding, f"{source}对应几个单位")
