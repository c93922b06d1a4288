"""A notice's text made even for the rules, and the way back: every clean character knows where it came from.

What scanning and copying do to a text is undone here and nowhere else: full-width digits, spaces inside
words, lines broken mid-sentence, page numbers, the letters O and l read for 0 and 1.
"""

import itertools
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from tasks.notice.draft.words import wrapping

_KEPT = "，：；！？（）"
_WIDTHS = {0xFF01 + n: 0x21 + n for n in range(94) if chr(0xFF01 + n) not in _KEPT}
_TABLE = _WIDTHS | {ord("("): "（", ord(")"): "）", ord(";"): "；", ord("﹝"): "〔", ord("﹞"): "〕"}
_TABLE |= dict.fromkeys((0xFE0F, 0x200B, 0x200D, 0x2060, 0xFEFF), " ") | {0x20E3: "、"}

_COMMA = re.compile(r"(?<![0-9A-Za-z]),|,(?![0-9A-Za-z])")
_COLON = re.compile(r":(?![0-9/])|(?<![0-9A-Za-z]):(?!/)")
_CLOCK_COLON = re.compile(r"(?<=\d)：(?=[0-5]\d)")
_SCANNED_DIGITS = re.compile(
    r"(?<![A-Za-z@._0-9/-])[0-9OoIl|]{1,20}(?:-[0-9OoIl|]{1,20}){0,4}(?![A-Za-z@_]|\.[A-Za-z])"
)
_SCANNED_ONE = re.compile(r"(?<=[年月])[lI|](?=[日号月])")
_SCANNED = str.maketrans("OoIl|", "00111")
_MANY, _MOSTLY = 8, 0.7
_TORN_NUMBER = re.compile(r"\d{1,2}\s{0,4}[年月日号时点]")
_ROW = re.compile(r"[|｜│┃][^|｜│┃]{0,80}[|｜│┃]|\S[ \u3000]{0,40}\t|\S(?:[ \u3000]{2,}[^ \u3000]{1,40}){2}")
BAR = "┃"
"""Between the cells of a table; a bare | beside a figure is a misread 1."""
_BARS = str.maketrans(dict.fromkeys("|｜│", BAR))
_RULE = re.compile(r"[┃─━┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋+=:-]{3,}")
_CHUNK = re.compile(r"\S+")
_BLANK = re.compile(r"\n[ \t\u3000]{0,40}\r?\n")
_LINE = re.compile(r"[^\r\n\f\v\u2028\u0085]+")
_ASCII = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_.@")


@dataclass(frozen=True)
class Page:
    """The clean text, and for every character its place in the original."""

    text: str
    at: list[int]
    original: str

    def quote(self, start: int, end: int) -> str:
        """The original words of a stretch of clean text, as they stand."""
        return self.original[self.at[start] : self.at[end - 1] + 1] if start < end else ""

    def line_of(self, start: int) -> int:
        """The line of the original, from 1."""
        return bisect_right(self._breaks, self.at[start]) + 1 if self.at else 1

    def gap(self, index: int) -> bool:
        """Whether the original has a blank before this clean character; a broken line is none."""
        if not 0 < index < len(self.at):
            return False
        between = self.original[self.at[index - 1] + 1 : self.at[index]]
        return bool(between) and "\n" not in between and "\r" not in between

    def spaced(self, start: int, end: int) -> str:
        """Clean text with the blanks that part words; blanks around single characters only stretch a word."""
        cuts = [start, *(n for n in range(start + 1, end) if self.gap(n)), end]
        chunks = [self.text[a:b] for a, b in itertools.pairwise(cuts)]
        found = ""
        for before, chunk in zip(["", *chunks], chunks, strict=False):
            parted = len(before.strip()) > 1 and len(chunk.strip()) > 1
            found += (" " if parted else "") + chunk
        return " ".join(found.split(" "))

    @cached_property
    def _breaks(self) -> list[int]:
        return [found.start() for found in re.finditer(r"\n|\r(?!\n)", self.original)]


def page_of(original: str) -> Page:
    """The clean page of a notice. Linear in its length; the original is kept as it is."""
    letters: list[str] = []
    places: list[int] = []
    joiner = wrapping.Joiner()
    last, parted = 0, _parts_by_blank_lines(original)
    for found in _LINE.finditer(original):
        row = bool(_ROW.search(found.group().strip()))
        raw = found.group().translate(_BARS) if row else found.group()
        line, at = _squeezed(raw, found.start())
        start = wrapping.bullet(line)
        line, at = _without_stray_quotes(line[start:], at[start:])
        if not line or wrapping.PAGE_NUMBER.fullmatch(line) or _RULE.fullmatch(line):
            last = len(original) if line else last
            continue
        apart = parted and bool(_BLANK.search(original, last, found.start()))
        last = found.end()
        goes_on = joiner.continues(line, row=row, apart=apart)
        if places and not goes_on:
            letters.append("\n")
            places.append(found.start())
        letters.append(line)
        places += at
    return Page("".join(letters), places, original)


def _parts_by_blank_lines(original: str) -> bool:
    """Whether blank lines part paragraphs here; some mails have one after every line."""
    return 2 * len(_BLANK.findall(original)) < sum(1 for _ in _LINE.finditer(original))


def _without_stray_quotes(line: str, at: list[int]) -> tuple[str, list[int]]:
    """Some PDFs put the marks of another font side by side where nothing stands between them."""
    if "“”" not in line:
        return line, at
    kept = [n for n in range(len(line)) if line[n : n + 2] != "“”" and line[max(0, n - 1) : n + 1] != "“”"]
    return "".join(line[n] for n in kept), [at[n] for n in kept]


def _squeezed(line: str, offset: int) -> tuple[str, list[int]]:
    """One line without the blanks inside words, its characters unified."""
    last = ""
    parts: list[str] = []
    at: list[int] = []
    even = line.translate(_TABLE)
    stretched = _stretched(even)
    for found in _CHUNK.finditer(even):
        chunk = found.group()
        if last and not stretched and _parted(last, even, found.start()):
            parts.append(" ")
            at.append(offset + found.start() - 1)
        parts.append(chunk)
        at += range(offset + found.start(), offset + found.end())
        last = chunk
    return _unified("".join(parts)), at


def _stretched(line: str) -> bool:
    """Whether a scanner put a blank between all characters: no blank means anything then, nor in a number."""
    chunks = line.split()
    return len(chunks) >= _MANY and sum(len(c) == 1 for c in chunks) >= _MOSTLY * len(chunks)


def _parted(before: str, line: str, at: int) -> bool:
    """Whether a blank before this place means something: between Latin words and between numbers."""
    if before[-1] not in _ASCII or line[at] not in _ASCII:
        return False
    return not (before[-1].isdigit() and _TORN_NUMBER.match(line, at))


def _unified(line: str) -> str:
    """Punctuation and scanned digits, character by character, so that no place moves."""
    line = _COLON.sub("：", _COMMA.sub("，", line))
    line = _CLOCK_COLON.sub(":", line)
    if '"' in line:
        pieces = line.split('"')
        line = pieces[0] + "".join(("“", "”")[n % 2] + each for n, each in enumerate(pieces[1:]))
    return _SCANNED_ONE.sub("1", _SCANNED_DIGITS.sub(_digits, line))


def _digits(found: re.Match[str]) -> str:
    token = found.group()
    return token.translate(_SCANNED) if any(c.isdigit() for c in token) else token
