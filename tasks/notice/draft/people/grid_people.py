"""Tables of contacts: a column of names and a column of numbers."""

import re
from collections.abc import Iterator, Sequence

from tasks.notice.draft.model import Contact
from tasks.notice.draft.reports.grid import cells_of, may_be_row
from tasks.notice.draft.words.header import evidence
from tasks.notice.draft.words.layout import Layout

_NAME = re.compile(r"联系人(?:姓名)?|咨询人|联络人|姓名")
_PHONE = re.compile(r"(?:联系|办公|咨询)?电话(?:号码)?|手机(?:号码?)?|联系方式")
_PERSON = re.compile(r"[\u4e00-\u9fff·]{2,6}")
_ASKED = re.compile(r"联系|联络|咨询")
"""A bare 姓名 heads the people to ask only below a line that says so; elsewhere it heads anybody's list."""
_NUMBER = re.compile(r"[（]?\d{3,4}[）-]?-?\d{7,8}(?:-\d{1,5})?|\d{11}|\d{7,8}")


def columns(texts: Sequence[str]) -> tuple[int, int] | None:
    """Where the names and the numbers stand; None when this is no head of such a table."""
    names = [n for n, text in enumerate(texts) if _NAME.fullmatch(text)]
    phones = [n for n, text in enumerate(texts) if _PHONE.fullmatch(text)]
    return (names[0], phones[0]) if len(names) == len(phones) == 1 else None


def people(layout: Layout) -> Iterator[Contact]:
    """Everyone a table of contacts names with a number."""
    head: tuple[int, int] | None = None
    width = 0
    above = ""
    for line in layout.body:
        if not may_be_row(layout.page, line):
            head, above = None, line.text
            continue
        cells = cells_of(layout.page, line, width if head else 0)
        found = columns([cell.text for cell in cells])
        if found and (cells[found[0]].text != "姓名" or _ASKED.search(above)):
            head, width = found, len(cells)
        elif head and len(cells) == width:
            name, phone = (cells[n].text for n in head)
            if _PERSON.fullmatch(name) and _NUMBER.fullmatch(phone):
                yield Contact(name, phone, evidence(layout.page, line.start, line.end))
