"""Text of .doc and .wps files through the piece table of [MS-DOC]; deletions not yet accepted are in it."""

import io
import re
import struct

import olefile

_FC_CLX, _CCP_TEXT, _FLAGS = 0x01A2, 0x4C, 0x0A
_USES_TABLE_1 = 0x0200
_WORD_97 = 0x00C1
_COMPRESSED = 1 << 30
_FIELD_CODE = re.compile("\x13[^\x13\x14\x15]*\x14|\x13[^\x13\x14\x15]*\x15|[\x14\x15]")
_PICTURE_MARKS = "\x01\x08"


class TooOld(Exception):
    """Written before Word 97: there is no piece table to go by."""


def read_doc(data: bytes) -> tuple[str, int]:
    """The running text and the number of pictures in it.

    Raises:
        TooOld: the format precedes Word 97.
        struct.error, ValueError, OSError: the file is damaged.
    """
    with olefile.OleFileIO(io.BytesIO(data)) as container:
        main = container.openstream("WordDocument").read()
        version, flags = struct.unpack_from("<H", main, 2)[0], struct.unpack_from("<H", main, _FLAGS)[0]
        if version < _WORD_97:
            raise TooOld
        table = container.openstream("1Table" if flags & _USES_TABLE_1 else "0Table").read()
    raw = _pieces(main, table)
    return _clean(raw), sum(raw.count(mark) for mark in _PICTURE_MARKS)


def _pieces(main: bytes, table: bytes) -> str:
    start, length = struct.unpack_from("<II", main, _FC_CLX)
    clx = table[start : start + length]
    position = 0
    while clx[position : position + 1] == b"\x01":  # property runs come before the piece table
        position += 3 + struct.unpack_from("<H", clx, position + 1)[0]
    if clx[position : position + 1] != b"\x02":
        raise ValueError("no piece table")
    plc = clx[position + 5 : position + 5 + struct.unpack_from("<I", clx, position + 1)[0]]
    count = (len(plc) - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", plc)
    parts = []
    for index in range(count):
        offset = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * index + 2)[0]
        parts.append(_piece(main, offset, ends[index + 1] - ends[index]))
    return "".join(parts)


def _piece(main: bytes, offset: int, characters: int) -> str:
    if offset & _COMPRESSED:
        begin = (offset & ~_COMPRESSED) // 2
        return main[begin : begin + characters].decode("cp1252", "replace")
    return main[offset : offset + 2 * characters].decode("utf-16le", "replace")


def _clean(raw: str) -> str:
    text = _FIELD_CODE.sub("", raw).replace("\x07", "\t").replace("\r", "\n").replace("\x0b", "\n")
    return "".join(c for c in text.replace("\x0c", "\n") if c in "\n\t" or c >= " ").strip()
