"""Comments 批注 hung on cells: “更正，应为92” on a cell that says 86. Runs only in the bounded child.

A reader of values does not see them; who opens the form does. A comment that gives another figure or doubts
the one it hangs on makes the figure a text that is no number; any other comment changes nothing.
"""

import io
import posixpath
import re
import struct
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tasks.documents.cells import column_letters
from tasks.documents.xml_root import named, xml_root

BOF, EOF, NOTE, OBJ, TXO, CONTINUE = 0x809, 0x0A, 0x1C, 0x5D, 0x1B6, 0x3C
_WORKSHEET, _COMMON = 0x0010, 0x15
_LONGEST = 60

_ASIDE = re.compile(
    r"https?://\S+|^\[Threaded comment\].*?(?:Comment|注释|批注):"
    r"|(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}(?:\s*[-/.月]\s*\d{1,2}日?|月)?|\d{1,2}月\d{1,2}日|\d{1,2}[:：]\d\d|\d{7,}",
    re.DOTALL,
)
"""What programs put before a comment, links, days, times of day and telephone numbers."""
_DOUBTS = re.compile(
    r"[0-9０-９]|[一二三四五六七八九十百千]+[场户人次件个份万]|更正|有误|(?<!无)错|应[为是该]|待核|未经?核实|(?<![已经])核实(?!无误)|不准|暂|估|约"
)

Notes = dict[str, str]
"""By cell: what hangs on it."""


def worth_a_look(name: str) -> bool:
    """Whether a part of an .xlsx holds comments."""
    return "comments" in name.lower() and name.lower().endswith(".xml")


def doubting(note: str) -> str:
    """A comment's words in one line where they doubt the figure they hang on; empty where they do not."""
    said = " ".join(_ASIDE.sub(" ", note).split())
    return said[:_LONGEST] if _DOUBTS.search(said) else ""


def of_xlsx(data: bytes, parts: Sequence[str]) -> dict[str, Notes]:
    """The comments of each worksheet part of an .xlsx that has any."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        return {part: _of_part(archive, part, names) for part in parts}


def _of_part(archive: zipfile.ZipFile, part: str, names: set[str]) -> Notes:
    relations = posixpath.join(posixpath.dirname(part), "_rels", posixpath.basename(part) + ".rels")
    if relations not in names:
        return {}
    found: Notes = {}
    for relation in xml_root(archive.read(relations)):
        target = posixpath.join("/", posixpath.dirname(part), relation.get("Target", ""))
        target = posixpath.normpath(target).lstrip("/")
        if relation.get("Type", "").lower().endswith("/comments") and target in names:
            for comment in named(xml_root(archive.read(target)), "comment"):
                said = "".join(t.text or "" for t in named(comment, "t"))
                found[comment.get("ref", "").replace("$", "")] = said
    return found


def of_ods_cell(cell: Any) -> str:
    """The comment on one cell of an .ods."""
    notes = [e for e in cell if isinstance(e.tag, str) and e.tag.rpartition("}")[2] == "annotation"]
    return "\n".join("".join(p.itertext()) for note in notes for p in named(note, "p"))


def of_xls(records: Iterable[tuple[int, bytes]]) -> list[Notes]:
    """The comments of each worksheet of an .xls, in order ([MS-XLS] 2.4.179 Note, 2.4.329 TxO)."""
    found: list[Notes] = []
    sheet: list[tuple[int, bytes]] | None = None
    for kind, body in records:
        if kind == BOF and len(body) >= 4:  # noqa: PLR2004  version and kind
            sheet = [] if struct.unpack_from("<H", body, 2)[0] == _WORKSHEET else None
        elif kind == EOF:
            found += [_on_sheet(sheet)] if sheet is not None else []
            sheet = None
        elif sheet is not None and kind in {NOTE, OBJ, TXO, CONTINUE}:
            sheet.append((kind, body))
    return found


def _on_sheet(records: Sequence[tuple[int, bytes]]) -> Notes:
    texts = dict(_texts(records))
    found: Notes = {}
    for kind, body in records:
        if kind == NOTE and len(body) >= 8:  # noqa: PLR2004  row, column, flags, object
            row, column, _, number = struct.unpack_from("<4H", body)
            found[f"{column_letters(column)}{row + 1}"] = texts.get(number, "")
    return found


def _texts(records: Sequence[tuple[int, bytes]]) -> Iterator[tuple[int, str]]:
    """The number of each object with a text, and the text."""
    number, left, said = -1, 0, ""
    for kind, body in records:
        if kind == OBJ and len(body) >= 8 and struct.unpack_from("<H", body)[0] == _COMMON:  # noqa: PLR2004
            number = struct.unpack_from("<H", body, 6)[0]
        elif kind == TXO and len(body) >= 12:  # noqa: PLR2004  up to the length of the text
            left, said = struct.unpack_from("<H", body, 10)[0], ""
        elif kind == CONTINUE and left and body:
            piece = body[1:].decode("utf-16le" if body[0] & 1 else "latin-1", "replace")[:left]
            said, left = said + piece, left - len(piece)
            if left <= 0:
                yield number, said
