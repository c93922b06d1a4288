"""Who wrote the notice, its number, title and date, and the superior's document it carries out."""

import re
from dataclasses import dataclass
from datetime import date

from tasks.notice.draft.model import Evidence, Said
from tasks.notice.draft.words.days import day_in
from tasks.notice.draft.words.doers import shortened
from tasks.notice.draft.words.layout import ORG, Layout, Line
from tasks.notice.draft.words.numerals import number
from tasks.notice.draft.words.page import Page
from tasks.notice.draft.words.phrases import phrases

_NUMBERED = r"(?:[\u4e00-\u9fff]{1,20}[〔［\[【（]20\d{2}[〕］\]】）]第?\d{1,5}号)"
_DOCUMENT = re.compile(
    rf"《(?P<title>(?:[^《》\n]|《[^《》\n]{{0,80}}》){{4,140}})》(?:（(?P<number>{_NUMBERED})[^）]{{0,20}}）)?"
)
_CARRIES_OUT = re.compile(r"(?:根据|按照|依据|依照|遵照|落实|贯彻|执行|转发)[^《。；\n]{0,30}$")
_ORDER = re.compile(r"(?:通知|方案|函|意见|部署|要点|通报|计划)$")
_NUMBER_PARTS = re.compile(r"([\u4e00-\u9fff]+)[〔［\[【（](20\d{2})[〕］\]】）]第?(\d{1,5})号")
_THEME_INLINE = re.compile(
    r"以“(?P<theme>[^”\n]{4,60})”为(?:活动|宣传)?主题|(?<!邮件)主题(?:为|是)：?“(?P<theme2>[^”\n]{4,60})”"
)
_LATE = re.compile(
    r"(?:[逾过]期(?:未|不|视|将|上报|报送|一律|的|后)|未(?:按时|按期|在规定时间内|按要求)(?:报送|上报|提交)|(?:对)?不按时(?:报送|上报|提交)"
    r"|[对凡][^。；，\n]{0,16}(?:迟报|漏报|不报|瞒报|逾期))[^。；\n]{0,60}"
)


_FEW = 2
_LENT_SEAL = re.compile(r"（[^（）]{1,20}代(?:章|印|拟|发)?）")
"""“（县教育局代章）”: another office's seal stands for the signer's."""
_YEARLESS = re.compile(r"\d{1,2}月\d{1,2}日")
_LEVELS = frozenset("省市县区州旗")
"""“县民政局” in a title leaves out which county; the signature says it."""
_OF_TITLE = re.compile(r"(?<!\d)(20\d{2})年")
_OF_DAYS = re.compile(r"(?<!\d)(20\d{2})年(?=\d{1,2}月)")


@dataclass(frozen=True)
class Header:
    """The head of a notice."""

    issuer: Said | None
    doc_number: Said | None
    title: Said | None
    issue_date: Said | None
    addressees: Said | None
    issued: date | None
    year: int | None


def evidence(page: Page, start: int, end: int) -> Evidence:
    """The original words of a stretch of the page."""
    return Evidence(page.quote(start, end), page.line_of(start))


def said(page: Page, value: str, start: int, end: int) -> Said | None:
    """A value and its words; nothing when the value is empty."""
    return Said(value, evidence(page, start, end)) if value else None


def header_of(layout: Layout) -> Header:
    """Read the head."""
    page = layout.page
    numbered = layout.number
    issued = _issued(layout)
    to = layout.addressees
    return Header(
        issuer=_issuer(layout),
        doc_number=said(page, numbered[2], numbered[0], numbered[1]) if numbered else None,
        title=said(page, _title(layout), *layout.title_span),
        issue_date=said(page, str(issued[0]), issued[1], issued[2]) if issued else None,
        addressees=said(page, to.text.rstrip("："), to.start, to.end - 1) if to else None,
        issued=issued[0] if issued else None,
        year=issued[0].year
        if issued
        else _year(numbered[2] if numbered else "", layout.title_text, page.text),
    )


def _title(layout: Layout) -> str:
    start, end = layout.title_span
    lines = layout.page.text[start:end].split("\n")
    if len(lines) > 1 and ORG.fullmatch(lines[0]) and re.match(r"关于|转发|印发", lines[1]):
        lines = lines[1:]
    return "".join(lines)


def _year(doc_number: str, title: str, text: str) -> int | None:
    """The document number's year; without one, the only year the title or the text's days name."""
    found = re.search(r"〔(\d{4})〕", doc_number)
    if found:
        return int(found[1])
    named = set(_OF_TITLE.findall(title) or _OF_DAYS.findall(text))
    return int(named.pop()) if len(named) == 1 else None


def _issued(layout: Layout) -> tuple[date, int, int] | None:
    if layout.signature < 0:
        return None
    line = layout.all_lines[layout.signature]
    for phrase in phrases(layout.page.text, line.start, line.end):
        year = number(phrase.year)
        day = day_in(year, phrase) if year and phrase.month else None
        if day:
            return day, phrase.start, phrase.end
    return None


def _issuer(layout: Layout) -> Said | None:
    """The office: from the head, else from the title, else from the signature."""
    page = layout.page
    heads = [line for line in layout.all_lines[: max(layout.title[0], 0)] if _org(line.text)]
    if heads:
        names = "、".join(_orgs(page, line.start, line.start + len(_org(line.text))) for line in heads[:6])
        return said(page, _unique(names), heads[0].start, heads[0].start + len(_org(heads[0].text)))
    return _from_title(layout) or _from_signature(layout)


def _org(text: str) -> str:
    """An office's name on a line of its own, without the 文件 of a letterhead."""
    name = re.sub(r"文件$", "", text)
    return name if ORG.fullmatch(name) else ""


def _orgs(page: Page, start: int, end: int) -> str:
    parts = page.spaced(start, end).split(" ")
    return "、".join(parts) if all(_org(part) for part in parts) else "".join(parts)


def _unique(names: str) -> str:
    return "、".join(dict.fromkeys(names.split("、")))


def _from_title(layout: Layout) -> Said | None:
    first = layout.title[0]
    if first < 0:
        return None
    line = layout.all_lines[first]
    name = re.split(r"关于|转发|印发", line.text, maxsplit=1)[0]
    end = line.start + len(name)
    found = said(layout.page, _orgs(layout.page, line.start, end), line.start, end) if _org(name) else None
    signed = _from_signature(layout) if found and name[0] in _LEVELS else None
    full = re.sub("办$", "办公室", name)
    same = signed and (signed.value.endswith(name) or shortened(full, signed.value))
    return signed if same else found


def _from_signature(layout: Layout) -> Said | None:
    if layout.signature < 1:
        return _undated_signature(layout)
    above = layout.signature - 1
    above -= bool(_LENT_SEAL.fullmatch(layout.all_lines[above].text))
    for n in (layout.signature, above, layout.signature + 1):
        if n >= len(layout.all_lines):
            break
        line = layout.all_lines[n]
        name = re.split(r"20\d{2}年|二[〇○零OoＯ0]", line.text, maxsplit=1)[0]
        name = re.sub(rf"{_LENT_SEAL.pattern}$", "", name)
        if _org(name):
            end = line.start + len(name)
            return said(layout.page, _orgs(layout.page, line.start, end), line.start, end)
    return None


def _undated_signature(layout: Layout) -> Said | None:
    """A notice without a date may still be signed: its last line is an office's name and nothing else."""
    body = [line for line in layout.body if not _YEARLESS.fullmatch(line.text)]
    last = body[-1] if body else None
    if last is None or not _org(last.text) or len(layout.body) < _FEW:
        return None
    return said(layout.page, last.text, last.start, last.end)


def superior_document(layout: Layout, own_number: str) -> Said | None:
    """The document from above that is carried out or passed on; an office's own earlier ones are not."""
    unnumbered: Said | None = None
    if "催" in layout.title_text:
        return None  # the office reminds of its own earlier notice
    own_letters = own_number.partition("〔")[0]
    for line in layout.lines:
        for found in _DOCUMENT.finditer(line.text):
            if not _CARRIES_OUT.search(
                line.text[max(0, found.start() - 40) : found.start()]
            ) and not _passed_on(line.text, found):
                continue
            said_so = _document(layout.page, line.start, found)
            if not found["number"]:
                unnumbered = unnumbered or (said_so if _ORDER.search(found["title"]) else None)
            elif _NUMBER_PARTS.sub(r"\1", found["number"]) != own_letters:
                return said_so
    return unnumbered


def amended_document(layout: Layout, own_number: str) -> Said | None:
    """The office's own earlier notice that this one changes."""
    own_letters = own_number.partition("〔")[0]
    for line in layout.lines:
        for found in _DOCUMENT.finditer(line.text):
            number = found["number"] or ""
            same = number and _NUMBER_PARTS.sub(r"\1", number) == own_letters
            same = same or _same_house(number, own_number, layout.title_text)
            if same and re.search(r"调整|修改|延长|延期|推迟|变更|补充", line.text):
                return _document(layout.page, line.start, found)
    return None


def _same_house(number: str, own: str, title: str) -> bool:
    """A 补充通知 of the 办公室 changes what the office itself had issued: 沙民办〔2026〕 and 沙民〔2026〕."""
    letters, mine = number.strip("（）").partition("〔")[0], own.partition("〔")[0]
    shorter, longer = sorted((letters, mine), key=len)
    house = len(shorter) > 1 and re.fullmatch(rf"{re.escape(shorter)}(?:办|函|发|字|办函|办发|通)", longer)
    return bool(house) and bool(re.search(r"补充|更正|调整|延期|变更", title))


def _passed_on(text: str, found: re.Match[str]) -> bool:
    return "转发" in text[found.end() : found.end() + 6]


def _document(page: Page, offset: int, found: re.Match[str]) -> Said:
    start, end = offset + found.start(), offset + found.end()
    title = _even(page.spaced(start, offset + found.end("title") + 1))
    numbered = _NUMBER_PARTS.fullmatch(found["number"] or "")
    value = title + (f"（{numbered[1]}〔{numbered[2]}〕{numbered[3]}号）" if numbered else "")
    return Said(value, evidence(page, start, end))


def _even(title: str) -> str:
    """Only the blank between two offices' names means something in a title."""
    parts = title.split(" ")
    return (
        "".join(part + (" " if ORG.fullmatch(part.lstrip("《")) else "") for part in parts[:-1]) + parts[-1]
    )


def theme(layout: Layout) -> Said | None:
    """The slogan: under its heading, after its label, or as “以……为主题”."""
    waiting = False
    for line in layout.body:
        if waiting:
            return _inline(layout.page, line) or _slogan(layout.page, line.start, line.end)
        label = re.match(r"[^。：]{0,12}主题$", line.text)
        inline = re.match(r"[^。：，]{0,12}主题(?:：|为：|是：|。)", line.text)
        if inline and inline.end() < len(line.text):
            return _slogan(layout.page, line.start + inline.end(), line.end)
        waiting = bool(label or inline)
    return _inline_theme(layout)


def _inline_theme(layout: Layout) -> Said | None:
    return next(filter(None, (_inline(layout.page, line) for line in layout.body)), None)


def _inline(page: Page, line: Line) -> Said | None:
    found = _THEME_INLINE.search(line.text)
    if found is None:
        return None
    name = "theme" if found["theme"] else "theme2"
    start, end = line.start + found.start(name), line.start + found.end(name)
    return said(page, page.spaced(start, end), start, end)


def _slogan(page: Page, start: int, end: int) -> Said | None:
    """A slogan stands alone on its line; a whole paragraph is none."""
    text = page.text[start:end]
    stop = re.search(r"[。；]", text)
    if stop:
        end = start + stop.start()
    longest = 60
    if end - start > longest:
        return None
    value = page.spaced(start, end)
    if value.count("“") == 1 and value.startswith("“") and value.endswith("”"):
        start, end, value = start + 1, end - 1, value[1:-1]
    return said(page, value, start, end)


def late_policy(layout: Layout) -> Said | None:
    """What happens to late reports, in the notice's words."""
    for line in layout.body:
        found = _LATE.search(line.text)
        if found:
            return said(layout.page, found.group(), line.start + found.start(), line.start + found.end())
    return None
