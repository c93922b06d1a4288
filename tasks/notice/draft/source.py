"""A notice's file into its text. Office files and PDF are read in the bounded child, plain text here."""

from pathlib import Path

from tasks.documents.prose import Unreadable, decode_text
from tasks.documents.reader import read_contents
from tasks.documents.sniff import sniff
from tasks.notice.draft.cells import with_rows
from tasks.terms.errors import Misconfigured

LIMIT = 20 << 20
_CELL_BY_CELL = frozenset({"docx", "pdf"})
"""Formats whose text has every cell of a table on a line of its own."""
_FEWEST = 10
_WIDE = 0.2


def notice_text(path: Path) -> str:
    """The text of a notice.

    Raises:
        Misconfigured: the file is missing, empty or holds no text; one line says which.
    """
    data = _bytes(path)
    text = _wide(data) or _plain(path.name, data) or _document(path.name, data)
    chinese = sum("\u4e00" <= char <= "\u9fff" for char in text[:100_000])
    if chinese < _FEWEST:
        raise Misconfigured(
            f"{path.name}：里面没有可读的中文，不像通知，请换成通知的电子版（.txt、.docx 或 .pdf）"
        )
    return text


def _bytes(path: Path) -> bytes:
    if not path.is_file():
        raise Misconfigured(f"{path}：没有这个文件，请核对文件名")
    try:
        data = path.read_bytes() if path.stat().st_size <= LIMIT else None
    except OSError:
        raise Misconfigured(f"{path.name}：文件打不开，请核对是否有权读取") from None
    if data is None:
        raise Misconfigured(f"{path.name}：超过 {LIMIT >> 20} 兆，不像通知，请只给通知正文")
    if not data.strip():
        raise Misconfigured(f"{path.name}：文件是空的，请换成通知的电子版")
    return data


def _wide(data: bytes) -> str:
    """UTF-16, with its mark or, as some editors save it, without."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        encoding = "utf-16"
    else:
        head = data[:4000]
        breaks = {
            "utf-16-le": head.count(b"\n\0") + head.count(b" \0"),
            "utf-16-be": head.count(b"\0\n") + head.count(b"\0 "),
        }
        encoding = max(breaks, key=lambda each: breaks[each])
        if not breaks[encoding] or data.startswith((b"%PDF", b"PK", b"\xd0\xcf")):
            return ""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return ""
    chinese = sum("\u4e00" <= char <= "\u9fff" for char in text[:4000])
    return text if chinese > len(text[:4000]) * _WIDE else ""


def _plain(name: str, data: bytes) -> str:
    if sniff(data).format != "txt" or not name.lower().endswith((".txt", ".text", ".md")):
        return ""
    try:
        return decode_text(data)
    except Unreadable:
        return ""


def _document(name: str, data: bytes) -> str:
    content = read_contents([(name, data)])[0]
    if not content.text.strip():
        empty = "是表格，不是通知" if content.sheets else "里面没有文字"
        reason = content.findings[0].text.partition("，")[0] if content.findings else empty
        raise Misconfigured(f"{name}：读不出通知正文（{reason}），请换成 .txt、.docx 或文字版 .pdf")
    if content.format not in _CELL_BY_CELL:
        return content.text
    return with_rows(content.text, content.sheets, every=content.format == "pdf")
