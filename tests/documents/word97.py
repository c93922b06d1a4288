"""Word 97 files with tables, built byte by byte by [MS-DOC]: what Word writes, and what no one should."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from struct import pack

from tests.documents import hostile

PAGE = 512
TEXT_AT = 2048
IN_TABLE = pack("<HB", 0x2416, 1) + pack("<Hi", 0x6649, 1)
ROW_END = IN_TABLE + pack("<HB", 0x2417, 1)
DELETED, INSERTED = pack("<HB", 0x0800, 1), pack("<HB", 0x0801, 1)
HIDDEN, STRUCK, STRUCK_TWICE = pack("<HB", 0x083C, 1), pack("<HB", 0x0837, 1), pack("<HB", 0x2A53, 1)
NOT_HIDDEN = pack("<HB", 0x083C, 0)
RAISED, LOWERED, ON_THE_LINE = (pack("<HB", 0x2A48, n) for n in (1, 2, 0))
SYMBOL = pack("<HHH", 0x6A09, 1, 0xF0FE)
DOWN_FIRST, DOWN_ON = 0x60, 0x20


@dataclass(frozen=True)
class Par:
    """One paragraph: its text as runs, the last with the paragraph's mark; how it is formatted."""

    runs: tuple[tuple[str, bytes], ...]
    papx: bytes = b""

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.runs)

    @property
    def length(self) -> int:
        return units(self.text)


@dataclass
class Made:
    """What goes into a file besides its text."""

    data: bytes = b""
    flags: int = 0x0200
    prm: int = 0
    stories: tuple[int, ...] | None = None
    heads: tuple[int, ...] = ()
    narrow: int = 0
    parts: dict[int, bytes] = field(default_factory=dict)


def units(text: str) -> int:
    """How many places a text takes in UTF-16."""
    return len(text.encode("utf-16le")) // 2


def par(text: str, papx: bytes = b"", mark: str = "\r") -> Par:
    return Par(((text + mark, b""),), papx)


def cell(*runs: str | tuple[str, bytes], mark: bytes = b"", papx: bytes = IN_TABLE) -> Par:
    """A cell of one paragraph; a run is a text, or a text and its formatting."""
    each = tuple((r, b"") if isinstance(r, str) else r for r in runs)
    return Par((*each, ("\x07", mark)), papx)


def table_def(edges: Sequence[int], merges: Sequence[int] = ()) -> bytes:
    """The change that defines a row's cells."""
    cells = b"".join(pack("<H", flags).ljust(20, b"\0") for flags in merges)
    body = pack(f"<B{len(edges)}h", len(edges) - 1, *edges) + cells
    return pack("<HH", 0xD608, len(body) + 1) + body


def row_end(edges: Sequence[int], merges: Sequence[int] = (), more: bytes = b"") -> Par:
    return Par((("\x07", b""),), ROW_END + table_def(edges, merges) + more)


def row(texts: Sequence[str | Par], edges: Sequence[int] = (), merges: Sequence[int] = ()) -> list[Par]:
    """A row of cells; columns an inch wide unless their edges are said."""
    cells = [t if isinstance(t, Par) else cell(t) for t in texts]
    return [*cells, row_end(edges or range(0, 1440 * (len(cells) + 1), 1440), merges)]


def rows(*of: Sequence[str]) -> list[Par]:
    return [p for each in of for p in row(each)]


def doc(pars: Iterable[Par], made: Made | None = None) -> bytes:
    """The file; its text in one piece of UTF-16, the last characters of it in a second of cp1252 if asked."""
    made, pars = made or Made(), tuple(pars)
    text = "".join(p.text for p in pars)
    length = units(text)
    wide = length - made.narrow
    body = text.encode("utf-16le")[: 2 * wide] + text[len(text) - made.narrow :].encode("cp1252")
    main = bytearray(TEXT_AT + len(body) + -len(body) % PAGE)
    main[TEXT_AT : TEXT_AT + len(body)] = body
    main[0:12] = pack("<HHHHHH", 0xA5EC, 0x00C1, 0, 0, 0, made.flags)
    stories = made.stories or (length,)
    main[0x4C : 0x4C + 4 * len(stories)] = pack(f"<{len(stories)}I", *stories)
    at = [*range(0, 2 * wide, 2), *range(2 * wide, len(body) + 1)]
    pieces = [(0, TEXT_AT), *([(wide, (TEXT_AT + 2 * wide) * 2 | 1 << 30)] * bool(made.narrow))]
    plc = pack(f"<{len(pieces) + 1}I", *(start for start, _ in pieces), length)
    plc += b"".join(pack("<HIH", 0, offset, made.prm) for _, offset in pieces)
    parts = {33: b"\x02" + pack("<I", len(plc)) + plc, 11: pack(f"<{len(made.heads)}I", *made.heads)}
    for number, entries, build in ((13, _of_pars(pars), _papx), (12, _of_runs(pars), _chpx)):
        pages = _pages([(at[a] + TEXT_AT, at[b] + TEXT_AT, grpprl) for a, b, grpprl in entries], build)
        first = len(main) // PAGE
        main += b"".join(page for _, page in pages)
        bounds = [start for start, _ in pages] + [at[length] + TEXT_AT]
        parts[number] = pack(f"<{len(bounds)}I", *bounds) + pack(
            f"<{len(pages)}I", *range(first, first + len(pages))
        )
    table = b""
    for number, part in (parts | made.parts).items():
        main[0x9A + 8 * number : 0xA2 + 8 * number] = pack("<II", len(table), len(part))
        table += part
    streams = {"WordDocument": bytes(main), "1Table": table}
    return hostile.compound(streams | ({"Data": made.data} if made.data else {}))


Entry = tuple[int, int, bytes]


def _of_pars(pars: Sequence[Par]) -> list[Entry]:
    found, at = [], 0
    for each in pars:
        found.append((at, at + each.length, b"\0\0" + each.papx))
        at += each.length
    return found


def _of_runs(pars: Sequence[Par]) -> list[Entry]:
    found, at = [], 0
    for text, grpprl in (r for p in pars for r in p.runs if r[0]):
        found.append((at, at + units(text), grpprl))
        at += units(text)
    return found


def _pages(entries: Sequence[Entry], build) -> list[tuple[int, bytes]]:
    found = []
    while entries:
        count = next(n for n in range(min(len(entries), 29), 0, -1) if build(entries[:n]) is not None)
        found.append((entries[0][0], build(entries[:count])))
        entries = entries[count:]
    return found


def _papx(entries: Sequence[Entry]) -> bytes | None:
    """Lists of even length state it behind a zero, as the specification asks."""
    return _page(entries, 13, lambda g: bytes([len(g) // 2 + 1] if len(g) % 2 else [0, len(g) // 2]) + g)


def _chpx(entries: Sequence[Entry]) -> bytes | None:
    return _page(entries, 1, lambda g: bytes([len(g)]) + g if g else b"")


def _page(entries: Sequence[Entry], each: int, shape) -> bytes | None:
    """One page, or None where so many entries do not fit."""
    page = bytearray(PAGE)
    page[-1] = len(entries)
    bounds = [e[0] for e in entries] + [entries[-1][1]]
    head = 4 * len(bounds) + each * len(entries)
    page[: 4 * len(bounds)] = pack(f"<{len(bounds)}I", *bounds)
    end = PAGE - 2
    for index, (_, _, grpprl) in enumerate(entries):
        body = shape(grpprl)
        end = (end - len(body)) // 2 * 2
        if end < head:
            return None
        if body:
            page[end : end + len(body)] = body
            page[4 * len(bounds) + each * index] = end // 2
    return bytes(page)
