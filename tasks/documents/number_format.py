"""What a number format prints of a figure, where a reader of values would be told something else. Pure.

A cell that stores 3560 under the format ``"约"0`` shows 约3560 to whoever fills in, prints or reads the form,
and that is what was reported. So a figure is read with the words its format prints around it (ECMA-376
18.8.31, [MS-XLS] 2.4.126). One printed smaller than stored, with signs between its digits, or not at all is
a text that is no number.
"""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne

BUILT_IN = {"9": "0%", "10": "0.00%"}
"""The formats every workbook knows that show a figure otherwise (ECMA-376 18.8.30)."""

_LONGEST = 255
"""Characters of a format; programs take no longer ones."""
_PART = re.compile(r'"[^"]*"?|[\\!].|_.|\*.|\[[^\]]*\]|General|G/通用格式|E[+-]|.', re.IGNORECASE | re.DOTALL)
_SMALLER = re.compile(r"[0#?](?:,+(?![0#?])|(?:!|\\)\.)")
_ASIDE = re.compile(r'"[^"]*"|\[[^\]]*\]|_.|\*.')
_PERCENT_PLACES = re.compile(r"(?:\.([0#?]+))?\s*%")
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\]")
_HOLDS = {"<=": le, ">=": ge, "<>": ne, "<": lt, ">": gt, "=": eq}
_DATES = re.compile(r"[ymdhs]|上午|AM/PM", re.IGNORECASE)
_LASTS = re.compile(r"\[[hms]+\]", re.IGNORECASE)
_PLACES = frozenset("0#?@")
_PLAIN = frozenset("0#?@.,%/ ")
_SILENT = frozenset(" -$¥￥€£()（）'.、．:：")
"""Signs that say nothing of the amount: money, minus, brackets of a loss, what follows a serial number."""


@lru_cache(maxsize=512)
def alters(code: str) -> bool:
    """Whether a format may show a figure otherwise than it is stored."""
    bounds = [float(bound) + step for _, bound in _CONDITION.findall(code[:_LONGEST]) for step in (-1, 0, 1)]
    return any(in_its_format(f"{figure:.15g}", code) is not None for figure in (7, -7, *bounds))


def in_its_format(figure: str, code: str) -> str | None:
    """What is read of a stored figure under a number format; None where it shows as it is stored."""
    try:
        section = _section(code[:_LONGEST], float(figure))
    except ValueError:
        return None
    marks = list(_marks(section))
    if _LASTS.search(section) or _DATES.search("".join(text for kind, text in marks if kind == "format")):
        return None
    if not marks:
        return as_unseen(figure)
    if is_printed_smaller(section):
        return as_printed_smaller(figure)
    return _with_words(figure, marks, percent_places(section))


def _with_words(figure: str, marks: list[tuple[str, str]], places: int | None) -> str | None:
    before, between, after = _words(marks)
    if between is None:
        return f"{figure}（显示为“{before}”）" if before else None
    if between or any(c.isdigit() for c in before + after):
        return f"{figure}（显示时格式添了“{between or before + after}”）"
    body = figure if places is None else as_percent(figure, places)
    return before + body + after if before or after or places is not None else None


def _section(code: str, value: float) -> str:
    """The part of a format that holds for a figure: by its conditions, else by the figure's sign."""
    parts = _parts(code)
    for part in parts:
        if said := _CONDITION.search(part):
            if _HOLDS[said[1]](value, float(said[2])):
                return part
        elif any(map(_CONDITION.search, parts)):
            return part
    return parts[1 if value < 0 and len(parts) > 1 else 0]


def _parts(code: str) -> list[str]:
    parts = [""]
    for each in _PART.findall(code):
        if each == ";":
            parts.append("")
        else:
            parts[-1] += each
    return parts


def _marks(section: str) -> Iterator[tuple[str, str]]:
    """Its places for digits, its own signs, and the words it prints."""
    for mark in _PART.findall(section):
        if mark[0] in '"\\!' and len(mark) > 1:
            yield "word", mark.strip('"') if mark[0] == '"' else mark[1]
        elif mark[0] in "_*[":
            continue
        elif mark.lower() in {"general", "g/通用格式"}:
            yield "place", "0"
        elif mark in _PLACES:
            yield "place", mark
        elif mark in _PLAIN or mark[0] == "E" or _DATES.fullmatch(mark):
            yield "format", mark
        else:
            yield "word", mark


def _words(marks: list[tuple[str, str]]) -> tuple[str, str | None, str]:
    """The words before, between and after the digits; between is None where no digit is printed."""
    places = [n for n, (kind, _) in enumerate(marks) if kind == "place"]
    first, last = (places[0], places[-1]) if places else (len(marks), -1)

    def said(part: list[tuple[str, str]]) -> str:
        text = "".join(text for kind, text in part if kind == "word")
        return "".join(c for c in text if c not in _SILENT)

    if not places:
        return said(marks), None, ""
    between = "".join(text for kind, text in marks[first:last] if kind == "word").strip()
    after = said(marks[last + 1 :])
    return said(marks[:first]).removeprefix("+"), between, after


def as_printed_smaller(figure: str) -> str:
    """What is read of a figure that prints smaller than it is stored: a text that is no number."""
    return f"{figure}（显示时被格式缩小）"


def as_unseen(figure: str) -> str:
    """What is read of a figure nobody sees: a text that is no number."""
    return f"{figure}（字色或格式使其看不见）"


def is_printed_smaller(code: str) -> bool:
    """Whether a number format prints a figure in thousands or tenths of what is stored."""
    return _SMALLER.search(_ASIDE.sub("", code)) is not None


def percent_places(code: str) -> int | None:
    """How many decimals of a percentage a number format shows; None where it shows none."""
    found = _PERCENT_PLACES.search(_ASIDE.sub("", code))
    return None if found is None else len(found[1] or "")


def as_percent(figure: str, places: int) -> str:
    """What is read of 0.9615 that shows as 96.15%: just that, so 95 that shows as 9500% is not 95."""
    try:
        share = Decimal(figure).scaleb(2)
        return f"{share.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}%"
    except ArithmeticError:  # too large a number, or none, or more decimals than anyone reads
        return f"{figure}（显示为百分数）"
