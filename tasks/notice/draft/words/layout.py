"""The parts of an official document: head, title, addressees, body, signature, and what is attached."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from tasks.notice.draft.words.numerals import number
from tasks.notice.draft.words.page import Page
from tasks.notice.draft.words.wrapping import DATE_LINE, STARTER

_ORG_END = (
    "局|委|厅|办公室|督查室|研究室|政府|指挥部|中心|会|大队|支队|总队"
    "|党组|科|院|处|所|站|社|公司|学校|大学|中学|小学|队|办|部|馆|园|集团"
    "|专班|领导小组"
)
ORG = re.compile(rf"[X×]{{0,3}}[\u4e00-\u9fff（）·、]{{2,40}}(?:{_ORG_END})")
_TITLE_START = re.compile(r"关于|转发|印发")
_TITLE_END = re.compile(
    r"(?:通知|通告|公告|函|意见|决定|方案|办法|通报|公示|请示|批复|要点|报告|启事|倡议书|的一封信)[》”]?(?:（[^）]{1,12}）)?$"
)
_YEAR = r"2 ?0 ?\d ?\d|二[〇○零OoＯ0][〇○零OoＯ0一二三四五六七八九]{2}"
_NUMBER = re.compile(
    rf"(?P<letters>[\u4e00-\u9fff]{{1,20}})(?:[〔［\[【（])(?P<year>{_YEAR})(?:[〕］\]】）])"
    r"第?(?P<n>\d(?: ?\d){0,4}|[一二三四五六七八九十百]{1,7})号"
)
_URGENCY = re.compile(r"^(?:特急|加急|平急|特提|急件|明电|内部|机密|秘密)")
_ADDRESSED = re.compile(r"各|镇|乡|街道|县|区|市|局|委|政府|单位|公司|学校|中心|办|院|站|科|部|会|处")
_CALLED = re.compile(
    r"@(?P<who>(?:各|全体|所有)[^，。；：@\n]{2,14}?)(?=请|$|，|：|紧急|注意|大家|[今明]|@|\d)"
)
_HEAD_LINES = 40
_TITLE_LINES = 5
_TITLE_LONGEST = 160
_NAME = 60
_ANNEX = re.compile(r"附(?:件|表)?[\d一二三四五六七八九十]{0,2}(?:$|[：:])")
_FORM = re.compile(
    r"(?:表|回执|清单|名单|台账|花名册|样式|样表|模板|范本|提纲|承诺书|申请书|证明)(?:（[^（）]{0,12}）)?"
)
_PLAN = re.compile(r"(?:方案|办法|通知|计划|意见|要点|规定|制度|须知|指南|细则)(?:（[^（）]{0,12}）)?")
HEADING = re.compile(
    r"(?P<mark>[一二三四五六七八九十]{1,3}[、.]|第[一二三四五六七八九十]{1,3}[条章节部分、]|（[一二三四五六七八九十]{1,3}）|\d{1,2}[、.](?!\d)|（\d{1,2}）)(?P<title>[^。：；，\n]{1,30})"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One logical line of the clean text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Layout:
    """A page and where its parts stand."""

    page: Page

    @cached_property
    def all_lines(self) -> list[Line]:
        """Every logical line, of the notice and of whatever is appended to it."""
        found, at = [], 0
        for text in self.page.text.split("\n"):
            if text:
                found.append(Line(at, at + len(text), text))
            at += len(text) + 1
        return found

    @cached_property
    def lines(self) -> list[Line]:
        """The lines this office wrote: without the superior's notice that is only passed on."""
        return self.all_lines[: self._own_count]

    @cached_property
    def title(self) -> tuple[int, int]:
        """First and last line of the title; (-1, -1) when there is none."""
        head = self.all_lines[:_HEAD_LINES]
        for first, line in enumerate(head):
            if not _TITLE_START.search(line.text) or not _may_be_title(line.text):
                continue
            for last, following in enumerate(head[first : first + _TITLE_LINES], first):
                if not _may_be_title(following.text):
                    break
                if _TITLE_END.search(following.text):
                    return first, last
        plain = (n for n, line in enumerate(head[:8]) if _plain_title(line.text))
        only = next(plain, -1)
        return only, only

    @property
    def title_span(self) -> tuple[int, int]:
        """The title's characters, without the office's name when a blank parts the two."""
        first, last = self.title
        if first < 0:
            return 0, 0
        line = self.all_lines[first]
        found = _TITLE_START.search(line.text)
        start = line.start + found.start() if found else line.start
        parted = self.page.gap(start) and bool(ORG.fullmatch(self.page.text[line.start : start]))
        return (start if parted else line.start), self.all_lines[last].end

    @cached_property
    def title_text(self) -> str:
        """The title's words."""
        return self.page.text[slice(*self.title_span)].replace("\n", "")

    @cached_property
    def addressees(self) -> Line | None:
        """The line that says to whom the notice goes."""
        after = self.title[1] + 1
        for line in self.all_lines[after : after + 6]:
            called = _CALLED.search(line.text)
            if called:
                start = line.start + called.start("who")
                return Line(start, line.start + called.end("who") + 1, called["who"])
            if line.text.endswith("：") and not STARTER.match(line.text) and _ADDRESSED.search(line.text):
                return None if "。" in line.text else line
        return None

    @cached_property
    def number(self) -> tuple[int, int, str] | None:
        """Where the document number stands, and the number with 〔〕."""
        head = self.all_lines[: max(self.title[1], 0) + 8]
        for line in head:
            if line is self.addressees or (line.start > self._addressed_at):
                break
            found = self._number_in(line)
            if found:
                return found
        return None

    def _number_in(self, line: Line) -> tuple[int, int, str] | None:
        found = None if "《" in line.text else _NUMBER.search(line.text)
        if not found:
            return None
        letters = self.page.spaced(line.start + found.start("letters"), line.start + found.end("letters"))
        letters = _URGENCY.sub("", letters.split(" ")[-1])
        end = line.start + found.end()
        start = line.start + found.end("letters") - len(letters)
        return start, end, f"{letters}〔{_figure(found['year'])}〕{_figure(found['n'])}号"

    @property
    def _addressed_at(self) -> int:
        return self.addressees.start if self.addressees else len(self.page.text)

    @cached_property
    def signature(self) -> int:
        """The line of the date of issue; -1 when there is none."""
        dated = [n for n, line in enumerate(self.all_lines) if n > self.title[1] and _date_in(line.text)]
        signed = (
            n for n in dated if ORG.fullmatch(self.all_lines[n - 1].text) or _signed(self.all_lines[n].text)
        )
        unheaded = (n for n in dated if not re.search(r"时间|日期|期限", self.all_lines[n - 1].text[:20]))
        return next(signed, next(unheaded, -1))

    @cached_property
    def forwards(self) -> bool:
        """Whether the notice passes on another office's."""
        return "转发" in self.title_text[:40]

    @cached_property
    def _own_count(self) -> int:
        if not self.forwards:
            return len(self.all_lines)
        after = self.signature + 1 if self.signature >= 0 else max(self.title[1], 0) + 3
        for n, line in enumerate(self.all_lines[after:], after):
            foreign = self._number_in(line) or (
                _TITLE_START.search(line.text) and _TITLE_END.search(line.text)
            )
            if foreign and "附件" not in line.text:
                return n
        return len(self.all_lines)

    @cached_property
    def body(self) -> list[Line]:
        """The lines between the addressees and the signature, and what the office itself appended."""
        start = self.addressees.end if self.addressees else self.title_span[1]
        signature = self.all_lines[self.signature] if self.signature >= 0 else None
        forms = self._form_lines
        return [
            line if line.start >= start else _rest(line, start)
            for n, line in enumerate(self.lines)
            if line.end > start and line is not signature and n not in forms
        ]

    @cached_property
    def _form_lines(self) -> frozenset[int]:
        """Blank forms after the signature: what stands there is an example, and nobody's date."""
        found: set[int] = set()
        if self.signature < 0:
            return frozenset()
        in_form = False
        for n in range(self.signature + 1, len(self.all_lines)):
            if _ANNEX.match(self.all_lines[n].text):
                heads = "".join(line.text for line in self.all_lines[n : n + 3] if len(line.text) < _NAME)
                in_form = bool(_FORM.search(heads)) and not _PLAN.search(heads)
            if in_form:
                found.add(n)
        return frozenset(found)

    def headed(self) -> Iterator[tuple[Line, str]]:
        """Every body line with the heading it stands under."""
        heading = below = ""
        for line in self.body:
            found = HEADING.match(line.text)
            if found and not found["mark"].startswith(("（", *"0123456789")):
                heading, below = found["title"], ""
            elif found and not found["mark"].startswith("（"):
                below = found["title"] if line.text.endswith("：") else ""
            yield line, below or heading


def _rest(line: Line, start: int) -> Line:
    """What follows “@全体网格员” on the same line."""
    return Line(start, line.end, line.text[start - line.start :])


def _figure(text: str) -> int | None:
    return number(text.replace(" ", ""))


def _may_be_title(text: str) -> bool:
    return len(text) <= _TITLE_LONGEST and not re.search(
        r"[。；]|：$|^附件?|^[一二三四五六七八九十]{1,3}、|^（", text
    )


def _plain_title(text: str) -> bool:
    return len(text) <= 40 and bool(_TITLE_END.search(text)) and _may_be_title(text)  # noqa: PLR2004


def _date_in(text: str) -> bool:
    return bool(DATE_LINE.fullmatch(text) or _signed(text))


def _signed(text: str) -> bool:
    """An office and a date on one line."""
    return any(
        DATE_LINE.fullmatch(text[n:]) and ORG.fullmatch(text[:n])
        for n in (text.find("20"), text.find("二"))
        if n > 1 and len(text) < 60  # noqa: PLR2004  a signature is short
    )


def sentences(line: Line) -> Iterator[Line]:
    """The sentences of a line."""
    cuts = [0, *(found.end() for found in re.finditer(r"[。；！？]", line.text)), len(line.text)]
    for start, end in pairwise(cuts):
        if start < end:
            yield Line(line.start + start, line.start + end, line.text[start:end])
