"""A notice as the files offices keep it in."""

import io
import zipfile

OPEN = "http://schemas.openxmlformats.org"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
BODY = f'{HEAD}<w:document xmlns:w="{OPEN}/wordprocessingml/2006/main"><w:body>{{}}</w:body></w:document>'
KIND = "application/vnd.openxmlformats-"
TYPES = (
    f'{HEAD}<Types xmlns="{OPEN}/package/2006/content-types">'
    f'<Default Extension="rels" ContentType="{KIND}package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    f'ContentType="{KIND}officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    f'{HEAD}<Relationships xmlns="{OPEN}/package/2006/relationships"><Relationship Id="rId1" '
    f'Type="{OPEN}/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def docx(text: str) -> bytes:
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr("word/document.xml", BODY.format(paragraphs))
    return held.getvalue()


ENCODED = {
    "utf-8": lambda text: text.encode(),
    "utf-8 with its mark": lambda text: text.encode("utf-8-sig"),
    "gbk": lambda text: text.encode("gb18030"),
    "utf-16 with its mark": lambda text: text.encode("utf-16"),
    "utf-16 big end first": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "utf-16 without a mark": lambda text: text.encode("utf-16-le"),
    "windows line ends": lambda text: text.replace("\n", "\r\n").encode("gb18030"),
}
NO_NOTICE = {
    "empty": ("空.txt", b""),
    "blank": ("空白.txt", b" \r\n \n"),
    "a picture": ("图.png", b"\x89PNG\r\n\x1a\n" + bytes(200)),
    "a program": ("程序.txt", b"MZ" + bytes(range(256)) * 8),
    "bytes of any kind": ("数据.txt", bytes(range(256)) * 40),
    "a broken archive": ("坏.docx", b"PK\x03\x04" + b"\x01" * 300),
    "a broken PDF": ("坏.pdf", b"%PDF-1.7\n" + b"\x01" * 300),
    "English": ("letter.txt", b"Dear all, please send the report by Friday. " * 9),
    "a poem": ("诗.txt", "床前明月光，疑是地上霜。\n举头望明月，低头思故乡。\n".encode()),
}
