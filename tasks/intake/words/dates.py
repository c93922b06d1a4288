"""Dates as people write them at the end of a summary or in a form."""

import re
from datetime import date, datetime
from typing import Any

from tasks.intake.words.numbers import CHINESE, chinese_number
from tasks.terms.text import fold

_NUMERIC = re.compile(r"((?:19|20)[0-9]{2})[年./-]([0-9]{1,2})[月./-]([0-9]{1,2})日?(?![0-9])")
_WRITTEN = re.compile(rf"([{CHINESE}]{{4}})年([{CHINESE}]{{1,3}})月([{CHINESE}]{{1,3}})日")
_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?=年|年度|-[0-9]|\.[0-9]|/[0-9]|[〔\[])")
_YEAR_ZH = re.compile(r"(二[〇零○][〇零○一二三四五六七八九]{2})年")
_EDITION = re.compile(rf"第([0-9]{{1,3}}|[{CHINESE}]{{1,4}})届")


def read_date(cell: Any) -> date | None:
    """The date a cell or a short text holds, or None."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    found = find_dates(cell) if isinstance(cell, str) else []
    return found[0] if len(found) == 1 else None


def find_dates(text: str) -> list[date]:
    """Every full date in a text, in order of appearance."""
    plain = fold(text)
    hits = [(m.start(), _made(m[1], m[2], m[3])) for m in _NUMERIC.finditer(plain)]
    hits += [(m.start(), _made_zh(m[1], m[2], m[3])) for m in _WRITTEN.finditer(plain)]
    return [day for _, day in sorted(hits, key=lambda hit: hit[0]) if day]


def _made(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None  # the 31st of a short month is no date


def _made_zh(year: str, month: str, day: str) -> date | None:
    numbers = [chinese_number(part) for part in (year, month, day)]
    return None if None in numbers else _made(*(str(n) for n in numbers))


def find_years(text: str) -> set[int]:
    """The years a text speaks of: 2023年, 二〇二三年, 〔2023〕."""
    plain = fold(text)
    written = (chinese_number(y) for y in _YEAR_ZH.findall(plain))
    bracketed = re.findall(r"[〔\[(【]((?:19|20)[0-9]{2})[〕\])】]", plain)
    return {int(y) for y in [*_YEAR.findall(plain), *bracketed]} | {y for y in written if y}


def find_editions(text: str) -> set[int]:
    """The numbers of 第七届 and the like."""
    found = set()
    for number in _EDITION.findall(fold(text)):
        value = int(number) if number.isascii() else chinese_number(number)
        if value:
            found.add(value)
    return found
