"""Running text of .ofd and plain text; runs only inside the bounded child."""

import io
import re
import zipfile

from tasks.terms.readings import Finding

SCANNED = Finding("WRONG_FORMAT", "扫描件，请报电子版：收到的文件只有图片，没有可读的文字")
RECOGNISED = Finding("WRONG_FORMAT", "扫描件，请报电子版：收到的文件是图片，其中的文字由机器识别，不能作准")
_TEXT_CODE = re.compile(rb"<(?:\w+:)?TextCode\b[^>]*>([^<]*)<")


class Encrypted(Exception):
    """A password is needed to open the file."""


class Unreadable(Exception):
    """The file is damaged, or its characters cannot be told."""


def decode_text(data: bytes) -> str:
    """Plain text in the encodings offices use: UTF-8, UTF-16 with its mark, GB 18030.

    Raises:
        Unreadable: it is none of these.
    """
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable


def read_ofd(data: bytes) -> tuple[str, int]:
    """The text of an OFD document (GB/T 33190), page by page, and how many pictures it holds."""
    import html  # noqa: PLC0415  OFD is rare

    lines: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        pages = sorted((n for n in names if n.endswith("Content.xml")), key=_page_order)
        for name in pages:
            lines += [
                html.unescape(t.decode("utf-8", "replace")) for t in _TEXT_CODE.findall(archive.read(name))
            ]
    pictures = sum(n.lower().endswith((".png", ".jpg", ".jpeg", ".bmp", ".jb2")) for n in names)
    return "\n".join(lines).strip(), pictures


def _page_order(name: str) -> tuple[int, str]:
    number = re.search(r"Page_?(\d+)", name)
    return (int(number[1]) if number else 0, name)
