"""What is said of characters and paragraphs: pages of 512 bytes (FKP), found through a bin table each."""

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tasks.documents.word97.pieces import Word97

CHARACTERS, PARAGRAPHS = 12, 13
"""Where the file's header points to the two bin tables."""
_PAGE = 512
_PAGE_NUMBER = (1 << 22) - 1
_BX = 13
"""Bytes for each paragraph of a page: where its list is, and a height nobody needs."""


@dataclass(frozen=True, slots=True)
class Run:
    """Bytes ``start`` to ``end`` of the file's main stream are formatted by this list of changes."""

    start: int
    end: int
    grpprl: bytes


def runs(doc: Word97, which: int) -> list[Run]:
    """The runs of one bin table, in the order of the file; none where the file has no such table.

    Raises:
        ValueError, struct.error: a page or run lies outside the file or out of order.
    """
    plc = doc.part(which)
    count = max(0, (len(plc) - 4) // 8)
    if count > len(doc.main) // _PAGE:
        raise ValueError("more pages than file")
    found: list[Run] = []
    for number in struct.unpack_from(f"<{count}I", plc, 4 * (count + 1)) if count else ():
        begin = (number & _PAGE_NUMBER) * _PAGE
        page = doc.main[begin : begin + _PAGE]
        if len(page) < _PAGE:
            raise ValueError("a page beyond the file")
        found += _runs_of(page, _paragraph if which == PARAGRAPHS else _characters)
    if any(a.end > b.start for a, b in pairwise(found)):
        raise ValueError("runs out of order")
    return found


def _runs_of(page: bytes, list_of: Callable[[bytes, int, int], bytes]) -> Iterator[Run]:
    count = page[-1]
    if not count:
        raise ValueError("a page of nothing")
    bounds = struct.unpack_from(f"<{count + 1}I", page)
    for index in range(count):
        if bounds[index] >= bounds[index + 1]:
            raise ValueError("a run of no length")
        yield Run(bounds[index], bounds[index + 1], list_of(page, count, index))


def _characters(page: bytes, count: int, index: int) -> bytes:
    at = 2 * page[4 * (count + 1) + index]
    return _within(page, at + 1, page[at]) if at else b""


def _paragraph(page: bytes, count: int, index: int) -> bytes:
    at = 2 * page[4 * (count + 1) + _BX * index]
    if not at:
        return b""
    begin, length = (at + 1, 2 * page[at] - 1) if page[at] else (at + 2, 2 * page[at + 1])
    return _within(page, begin, length)[2:]  # behind the number of the style


def _within(page: bytes, begin: int, length: int) -> bytes:
    if begin + length >= _PAGE:
        raise ValueError("a list beyond its page")
    return page[begin : begin + length]


def spans(doc: Word97, found: Sequence[Run]) -> Iterator[tuple[int, int, Run]]:
    """Which characters each run formats, from the first on; parts of one run that meet are one span."""
    open_: tuple[int, int, Run] | None = None
    for begin, end, run in _parts(doc, found):
        if open_ and open_[2] is run and open_[1] == begin:
            open_ = (open_[0], end, run)
            continue
        if open_:
            yield open_
        open_ = (begin, end, run)
    if open_:
        yield open_


def _parts(doc: Word97, found: Sequence[Run]) -> Iterator[tuple[int, int, Run]]:
    ends = [run.end for run in found]
    for piece in doc.pieces:
        index = bisect_right(ends, piece.offset)
        while index < len(found) and found[index].start < piece.beyond:
            run = found[index]
            begin, end = max(run.start, piece.offset), min(run.end, piece.beyond)
            if (begin - piece.offset) % piece.width or (end - piece.offset) % piece.width:
                raise ValueError("half a character")
            yield (
                piece.start + (begin - piece.offset) // piece.width,
                piece.start + (end - piece.offset) // piece.width,
                run,
            )
            index += 1
