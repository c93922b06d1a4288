"""Which characters are printed: not what was deleted, struck out or hidden, not the codes of fields."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tasks.documents.cells import RAISED
from tasks.documents.word97.formatting import CHARACTERS, Run, runs, spans
from tasks.documents.word97.pieces import Word97
from tasks.documents.word97.sprms import sprms

CELL, PARAGRAPH = 0x07, 0x0D
PICTURES = (0x01, 0x08)
_BEGIN, _SEPARATOR, _END = 0x13, 0x14, 0x15
_DELETED, _INSERTED = 0x0800, 0x0801
_HIDDEN = frozenset({0x083C, 0x0837, 0x2A53})
"""Vanish, and the two strikes people delete with by hand."""
_SYMBOL = 0x6A09
"""A character that only stands in for one of a symbol font."""
_SCRIPT, _OFF_THE_LINE = 0x2A48, frozenset({1, 2})
"""Raised or lowered: the number of a note is no digit of the figure before it ([MS-DOC] 2.6.1, sprmCIss)."""
_ON = frozenset({1, 0x81})
_LINES = dict.fromkeys((0x07, 0x0B, 0x0C, 0x0D, 0x0E), "\n")
_UNKNOWN = dict.fromkeys((0x06, *range(0x0F, 0x13), *range(0x16, 0x1E)), "\ufffd")
_SEEN: dict[int, str | None] = dict.fromkeys(range(0x20)) | _LINES | _UNKNOWN | {0x09: "\t", 0x1E: "-"}
"""Marks of the format as what they print, most as nothing; what is no mark must not close up a figure."""


@dataclass(frozen=True, slots=True)
class Printed:
    """The characters of a file with all that is not printed blanked out.

    Attributes:
        units: as it is read with every change accepted; before: with none accepted, None without changes.
        changed: the changed characters as first and last, cell marks among them.
        torn: a field begins or ends without its other end, or its code with the end of a cell in it.
        unknown: of some of the text the file does not say whether it is printed.
    """

    units: "array[int]"
    before: "array[int] | None"
    changed: tuple[tuple[int, int], ...]
    torn: bool
    unknown: bool

    def text(self, part: range) -> str:
        """Some of the characters as lines without blanks at their ends; empty lines are left out."""
        return _lines(self.units, part)

    def text_before(self, part: range) -> str:
        """The same without the changes still open."""
        return _lines(self.before, part) if self.before is not None else ""


def printed(doc: Word97) -> Printed:
    """What is printed of a file."""
    codes, torn = _field_codes(doc)
    hidden: list[tuple[int, int]] = list(codes)
    deleted: list[tuple[int, int]] = []
    inserted: list[tuple[int, int]] = []
    raised: list[tuple[int, int]] = []
    found = runs(doc, CHARACTERS)
    formatted = list(spans(doc, found))
    for begin, end, run in formatted:
        said = _said(run.grpprl)
        for is_so, where in zip(said, (hidden, deleted, inserted, raised), strict=True):
            if is_so:
                where.append((begin, end))
    changed = tuple(c for c in sorted(deleted + inserted) if _holds_text(doc.units, c))
    figures = _raised(doc.units, raised)
    units = _blanked(figures, hidden + deleted)
    before = _blanked(figures, hidden + inserted) if changed else None
    return Printed(units, before, changed, torn, bool(found) and _has_gaps(doc.units, formatted))


def _has_gaps(units: "array[int]", formatted: list[tuple[int, int, Run]]) -> bool:
    """Whether words stand where the file tells of no formatting; the last mark often has none."""
    ends = [0, *(end for _, end, _ in formatted)]
    begins = [*(begin for begin, _, _ in formatted), len(units)]
    return any(_lines(units, range(end, begin)) for end, begin in zip(ends, begins, strict=True))


@lru_cache(maxsize=1024)
def _said(grpprl: bytes) -> tuple[bool, bool, bool, bool]:
    """Whether a list hides its characters, marks them as deleted, as inserted, sets them off the line."""
    script = [operand[0] for code, operand in sprms(grpprl) if code == _SCRIPT]
    on = {code: operand[0] in _ON for code, operand in sprms(grpprl) if len(operand) == 1}
    symbol = any(code == _SYMBOL for code, _ in sprms(grpprl))
    hidden, raised = symbol or any(on.get(c) for c in _HIDDEN), script[-1:] and script[-1] in _OFF_THE_LINE
    return hidden, on.get(_DELETED, False), on.get(_INSERTED, False), bool(raised)


def _holds_text(units: "array[int]", part: tuple[int, int]) -> bool:
    """A changed paragraph mark alone changes no word."""
    return any(unit != PARAGRAPH for unit in units[part[0] : part[1]])


def _raised(units: "array[int]", parts: list[tuple[int, int]]) -> "array[int]":
    """With raised figures for the digits off the line."""
    kept = units[:]
    for begin, end in parts:
        kept[begin:end] = array("H", (RAISED.get(u, u) for u in units[begin:end]))
    return kept


def _blanked(units: "array[int]", parts: list[tuple[int, int]]) -> "array[int]":
    """With zeros for what is not printed; the ends of cells and paragraphs stay."""
    kept = units[:]
    for begin, end in parts:
        kept[begin:end] = array("H", (u if u in {CELL, PARAGRAPH} else 0 for u in units[begin:end]))
    return kept


def _field_codes(doc: Word97) -> tuple[list[tuple[int, int]], bool]:
    """The codes of all fields, none of which reaches beyond its story."""
    found: list[tuple[int, int]] = []
    torn = False
    for number in range(len(doc.stories)):
        story = doc.story(number)
        open_: list[int | None] = []
        for at, unit in _marks(doc.units, story):
            if unit == _BEGIN:
                open_.append(at)
            elif not open_:
                torn = True
            elif open_[-1] is not None:
                found.append((open_[-1], at))
                open_[-1] = None
            if unit == _END and open_:
                open_.pop()
        torn |= bool(open_)
    return _outermost(found), torn or any(CELL in doc.units[a:b] for a, b in _outermost(found))


def _marks(units: "array[int]", story: range) -> Iterator[tuple[int, int]]:
    for at in story:
        if _BEGIN <= (unit := units[at]) <= _END:
            yield at, unit


def _outermost(parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without parts inside others, or fields in fields would be blanked over and over."""
    kept: list[tuple[int, int]] = []
    for part in sorted(parts):
        if not kept or part[0] >= kept[-1][1]:
            kept.append(part)
    return kept


def _lines(units: "array[int]", part: range) -> str:
    text = units[part.start : part.stop].tobytes().decode("utf-16le", "replace").translate(_SEEN)
    return "\n".join(line for raw in text.split("\n") if (line := raw.rstrip()))
