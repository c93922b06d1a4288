"""What an object is marked with: a layer, another text that is to stand for what it draws (/ActualText).

Browsers mark a great many characters so, with what they draw; others may say something else than is seen.
"""

import codecs
import ctypes as c
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw

from tasks.documents.pdf.twins import AS_TYPED

LAYER = "OC"
MOST_BYTES = 4000
_LONGEST_NAME = 32
_MEANT = "ActualText"
_KEY = b"ActualText"


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark of an object.

    Attributes:
        key: which it is; objects marked together share it.
        layer: whether it names a layer; meant: the text to stand for the object, if it gives one.
    """

    key: int
    layer: bool = False
    meant: str | None = None


def marks_of(each: Any) -> tuple[Mark, ...]:
    """The marks of a page object that matter."""
    return tuple(_marks_of(each))


def _marks_of(each: Any) -> Iterator[Mark]:
    for number in range(raw.FPDFPageObj_CountMarks(each)):
        mark = raw.FPDFPageObj_GetMark(each, number)
        key = c.cast(mark, c.c_void_p).value or 0
        if _told(lambda *room, m=mark: raw.FPDFPageObjMark_GetName(m, *room)) == LAYER:
            yield Mark(key, layer=True)
        for count in range(raw.FPDFPageObjMark_CountParams(mark)):
            if _told(lambda *room, m=mark, n=count: raw.FPDFPageObjMark_GetParamKey(m, n, *room)) == _MEANT:
                yield Mark(key, meant=_string(mark))


def as_drawn(each: Any) -> bool:
    """Let an object's own characters be found, not what is to stand for them; whether it could be done."""
    for number in range(raw.FPDFPageObj_CountMarks(each)):
        raw.FPDFPageObjMark_RemoveParam(each, raw.FPDFPageObj_GetMark(each, number), _KEY)
    return all(mark.meant is None for mark in _marks_of(each))


def says_the_same(meant: str, drawn: str) -> bool:
    """Whether what is drawn is what is to stand for it, but for spaces and for twins of characters."""
    return _plain(meant) == _plain(drawn)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text.translate(AS_TYPED)).split())


def _string(mark: Any) -> str:
    """The text as the file writes it: pdfium's own way of telling it takes every text for UTF-8."""
    room, length = (c.c_ubyte * MOST_BYTES)(), c.c_ulong()
    if not raw.FPDFPageObjMark_GetParamBlobValue(mark, _KEY, room, MOST_BYTES, length):
        return ""
    data = bytes(room)[: min(length.value, MOST_BYTES)]
    for start, code in ((codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF8, "utf-8")):
        if data.startswith(start):
            return data.removeprefix(start).decode(code, "replace")
    return data.decode("latin-1")


def _told(ask: Callable[..., Any]) -> str:
    room, length = (c.c_ushort * _LONGEST_NAME)(), c.c_ulong()
    if not ask(room, c.sizeof(room), length):
        return ""
    return bytes(room)[: max(length.value - 2, 0)].decode("utf-16-le", "replace")
