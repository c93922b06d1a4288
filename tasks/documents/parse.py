"""One file into one ``Content``: the door first, then the reader its format has.

Meant for the bounded child: the readers below may abort the process on hostile input.
"""

import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace

import python_calamine as calamine

from tasks.documents import guard, prose, sheets
from tasks.documents.guard import BROKEN, ENCRYPTED, Verdict
from tasks.terms.readings import Content, Finding

_TOO_LARGE = Finding("HOSTILE", "表格内容远超填报表范围，未予打开，请删除多余的行列后重新报送")
_TOO_OLD = guard.wrong_format("旧版文字处理文件")
_PAGE = guard.wrong_format("网页")
_DAMAGED = (
    calamine.CalamineError, prose.Unreadable, zipfile.BadZipFile, zlib.error, EOFError, OSError,
    struct.error, ValueError, KeyError, IndexError, StopIteration, SyntaxError, RecursionError,
)  # fmt: skip
"""What the parsers raise on a damaged file (lxml's XMLSyntaxError is a SyntaxError)."""


def parse(name: str, data: bytes) -> Content:
    """Read one file; whatever is wrong with it becomes a finding."""
    verdict = guard.inspect(name, data)
    if verdict.refused:
        return Content(verdict.format, findings=verdict.findings)
    try:
        content = _READERS[verdict.format](data, verdict)
    except (prose.Encrypted, calamine.PasswordError):
        return Content(verdict.format, findings=(ENCRYPTED,))
    except sheets.TooLarge:
        return Content(verdict.format, findings=(_TOO_LARGE,))
    except _DAMAGED:
        return Content(verdict.format, findings=(BROKEN,))
    if any(map(sheets.is_vast, content.sheets)):
        return Content(verdict.format, findings=(_TOO_LARGE,))
    return replace(content, findings=(*verdict.findings, *content.findings))


def _workbook(data: bytes, verdict: Verdict) -> Content:
    return Content(
        verdict.format,
        sheets=sheets.read_workbook(data, verdict.format, verdict.sheets, strange=verdict.strange),
    )


def _csv(data: bytes, _: Verdict) -> Content:
    return _table(prose.decode_text(data))


def _table(text: str) -> Content:
    sheet = sheets.read_csv(text)
    overlong = sheets.overlong_rows(sheet)
    shown = "、".join(map(str, overlong[:5]))
    said = f"第 {shown} 行比表头多出几格，可能是数字里的逗号把一个数分成了两个，请改用 .xlsx 报送"
    return Content("csv", sheets=(sheet,), findings=(Finding("VAGUE", said),) if overlong else ())


def _txt(data: bytes, verdict: Verdict) -> Content:
    text = prose.decode_text(data)
    if sheets.looks_delimited(text):
        return replace(_table(text), text=text)
    return Content(verdict.format, text=text.replace("\r\n", "\n").strip())


def _docx(data: bytes, _: Verdict) -> Content:
    from tasks.documents.docx import read_docx  # noqa: PLC0415  brings lxml, which sheets never need

    return read_docx(data)


def _doc(data: bytes, _: Verdict) -> Content:
    from tasks.documents.word97 import TooOld, read_doc  # noqa: PLC0415  brings olefile, rarely needed

    try:
        return read_doc(data)
    except TooOld:
        return Content("doc", findings=(_TOO_OLD,))


def _pdf(data: bytes, _: Verdict) -> Content:
    from tasks.documents.pdf.read import read_pdf  # noqa: PLC0415  rare, and it costs every start of the child 90 ms

    return read_pdf(data)


def _pages(read: Callable[[bytes], tuple[str, int]]) -> Callable[[bytes, Verdict], Content]:
    def reader(data: bytes, verdict: Verdict) -> Content:
        text, pictures = read(data)
        scanned = not text.strip() and pictures > 0
        return Content(verdict.format, (), text, (prose.SCANNED,) if scanned else (), pictures)

    return reader


def _page(data: bytes, _: Verdict) -> Content:
    from tasks.documents.web_table import Unsure, read_page  # noqa: PLC0415  brings lxml, rarely needed

    try:
        return read_page(data)
    except Unsure:
        return Content("html", findings=(_PAGE,))


def _xml(data: bytes, _: Verdict) -> Content:
    from tasks.documents.xml_workbook import read_xml  # noqa: PLC0415  brings lxml, rarely needed

    return read_xml(data)


def _image(_: bytes, __: Verdict) -> Content:
    return Content("image", pictures=1)


_READERS: dict[str, Callable[[bytes, Verdict], Content]] = {
    "xlsx": _workbook,
    "xlsb": _workbook,
    "xls": _workbook,
    "ods": _workbook,
    "csv": _csv,
    "html": _page,
    "xml": _xml,
    "txt": _txt,
    "docx": _docx,
    "doc": _doc,
    "pdf": _pdf,
    "ofd": _pages(prose.read_ofd),
    "image": _image,
}
