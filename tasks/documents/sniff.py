"""What a file is, by its bytes; the name is only a hint between .csv and .txt."""

import re
import zipfile
from dataclasses import dataclass

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MAGIC = b"PK\x03\x04"
ZIP_MAGICS = (ZIP_MAGIC, b"PK\x05\x06")

PICTURES: tuple[bytes, ...] = (
    b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM", b"II*\x00", b"MM\x00*",
)  # fmt: skip
REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"Rar!\x1a\x07", "RAR 压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "没能打开的 7z 压缩包（可能设有密码或已损坏）"),
    (b"\x1f\x8b", "没能打开的 gz 压缩包（可能已损坏）"),
    (b"MZ", "可执行程序"),
    (b"\x7fELF", "可执行程序"),
    (b"{\\rtf", "RTF 文件"),
    (b"%!PS", "PostScript 文件"),
    (b"\x1aE\xdf\xa3", "视频文件"),
    (b"ID3", "音频文件"),
    (b"SQLite format 3", "数据库文件"),
)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|script|meta)\b", re.IGNORECASE)
_ZIP_MARKS: tuple[tuple[str, str], ...] = (
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("word/document.xml", "docx"),
    ("OFD.xml", "ofd"),
    ("ppt/presentation.xml", "pptx"),
)


@dataclass(frozen=True, slots=True)
class Sniffed:
    """A format as ``Content.format`` names it, and a Chinese name for what cannot be read."""

    format: str
    refused: str = ""


def sniff(data: bytes) -> Sniffed:
    """The format of a file that is not a container; ``zip`` and ``ole`` need a look inside."""
    if data.startswith(ZIP_MAGICS):
        return Sniffed("zip")
    if data.startswith(OLE_MAGIC):
        return Sniffed("ole")
    if b"%PDF-" in data[:1024]:
        return Sniffed("pdf")
    if _is_picture(data):
        return Sniffed("image")
    for magic, name in REFUSED:
        if data.startswith(magic):
            return Sniffed("unknown", name)
    return _sniff_text(data)


def _is_picture(data: bytes) -> bool:
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    heic = data[4:8] == b"ftyp" and data[8:12] in {b"heic", b"heix", b"mif1", b"avif"}
    # Two letters alone are no proof of a bitmap: its header also states the file's reserved zeros.
    bitmap = data[:2] == b"BM" and data[6:10] == b"\0\0\0\0"
    return webp or heic or bitmap or data.startswith(tuple(p for p in PICTURES if p != b"BM"))


def _sniff_text(data: bytes) -> Sniffed:
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if marked := _sniff_markup(head):
        return marked
    if data[4:8] == b"ftyp":
        return Sniffed("unknown", "视频文件")
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\0" in data[:4096] and not utf16:
        return Sniffed("unknown", "无法识别的文件")
    return Sniffed("txt")


def _sniff_markup(head: bytes) -> Sniffed | None:
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        return Sniffed("xml")
    if b"mso-application" in head:
        return Sniffed("unknown", "XML 格式的旧式文档")
    if _HTML.search(head[:1024]) and head.startswith(b"<"):
        return Sniffed("html")
    if head.lower().startswith((b"mime-version:", b"from: <saved by")):
        return Sniffed("unknown", "单个文件网页")
    return None


def zip_format(names: list[str], archive: zipfile.ZipFile) -> str:
    """The format of a zip container by the parts it holds."""
    present = {name.replace("\\", "/") for name in names}
    for mark, kind in _ZIP_MARKS:
        if mark in present:
            return kind
    if "mimetype" in present:
        kind = archive.read("mimetype")[:100].decode("ascii", "replace")
        return {"spreadsheet": "ods", "text": "odt"}.get(kind.rpartition(".")[2].strip(), "odf")
    return "zip"
