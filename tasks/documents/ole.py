"""Compound files (.xls .et .doc .wps and encrypted .xlsx): what they are and what they hide."""

import io
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import olefile

from tasks.documents.cells import LEAST_HEIGHT, SheetFacts, column_letters

FILEPASS, ROW, FORMULA, BOOLERR, BOF, EOF, BOUNDSHEET, COLINFO = (
    0x2F, 0x208, 0x06, 0x205, 0x809, 0x0A, 0x85, 0x7D,
)  # fmt: skip
_ROW_HIDDEN = 0x20
_HEIGHT, _TWIPS = 0x7FFF, 20
"""Of a row's height the bits that tell it, in twentieths of a point."""
_WORKSHEET = 0x0010
_BOF_BYTES, _ROW_BYTES, _COLUMN_BYTES = 4, 14, 10
_DOC_ENCRYPTED = 0x0100


@dataclass(frozen=True, slots=True)
class OleFacts:
    """What a compound file is; ``described`` names in Chinese what cannot be read."""

    format: str
    encrypted: bool = False
    macros: bool = False
    described: str = "无法识别的旧式文档"


def look(data: bytes) -> OleFacts | None:
    """The facts of a compound file, or None when it cannot be opened."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            return _look(container)
    except (OSError, ValueError, IndexError, struct.error, TypeError):
        return None  # olefile raises any of these on a damaged container


def _look(container: olefile.OleFileIO) -> OleFacts:
    names = {"/".join(entry).lower() for entry in container.listdir(streams=True, storages=True)}
    macros = any("_vba_project" in n or n.endswith("/vba") for n in names)
    if "encryptedpackage" in names:
        return OleFacts("unknown", encrypted=True)
    if stream := workbook_stream(container):
        return OleFacts("xls", encrypted=_has_filepass(stream), macros=macros)
    if "worddocument" in names:
        head = container.openstream("WordDocument").read(12)
        flags = struct.unpack_from("<H", head, 10)[0]
        return OleFacts("doc", encrypted=bool(flags & _DOC_ENCRYPTED), macros=macros)
    return OleFacts(
        "unknown", described="演示文稿" if "powerpoint document" in names else "无法识别的旧式文档"
    )


def workbook_stream(container: olefile.OleFileIO) -> bytes:
    """The BIFF stream of a workbook, empty when there is none."""
    for name in ("Workbook", "Book"):
        if container.exists(name):
            return bytes(container.openstream(name).read())
    return b""


def records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a BIFF stream: kind and content."""
    position = 0
    while position + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, position)
        yield kind, stream[position + 4 : position + 4 + length]
        position += 4 + length


def _has_filepass(stream: bytes) -> bool:
    for kind, _ in records(stream):
        if kind in (FILEPASS, EOF):
            return kind == FILEPASS
    return False


def workbook_records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a workbook's stream."""
    with olefile.OleFileIO(io.BytesIO(data)) as container:
        yield from records(workbook_stream(container))


def sheet_facts(workbook: Iterable[tuple[int, bytes]]) -> list[SheetFacts]:
    """What each worksheet hides and its error cells, in the order of the workbook's worksheets."""
    found: list[SheetFacts] = []
    hidden: list[int] = []
    columns: list[int] = []
    errors: list[str] = []
    inside = False
    for kind, body in workbook:
        if kind == BOF and len(body) >= _BOF_BYTES:
            inside = struct.unpack_from("<H", body, 2)[0] == _WORKSHEET
            hidden, columns, errors = [], [], []
        elif kind == EOF and inside:
            found.append(SheetFacts(tuple(hidden), tuple(columns), error_cells=tuple(errors)))
            inside = False
        elif inside and kind == COLINFO and len(body) >= _COLUMN_BYTES:
            first, last, width, _, flags = struct.unpack_from("<5H", body)
            columns += range(first, min(last, 255) + 1) if flags & 1 or not width else ()
        elif inside:
            _see(kind, body, hidden, errors)
    return found


def _see(kind: int, body: bytes, hidden: list[int], errors: list[str]) -> None:
    if kind == ROW and len(body) >= _ROW_BYTES:
        row, _, last, height, _, _, flags = struct.unpack_from("<7H", body)
        if last and (flags & _ROW_HIDDEN or height & _HEIGHT < LEAST_HEIGHT * _TWIPS):
            hidden.append(row)
    elif (kind == BOOLERR and body[7:8] == b"\x01") or (
        kind == FORMULA and body[12:14] == b"\xff\xff" and body[6:7] == b"\x02"
    ):
        row, column = struct.unpack_from("<2H", body)
        errors.append(f"{column_letters(column)}{row + 1}")
