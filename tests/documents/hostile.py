"""Hostile and broken files, built byte by byte; each must end as a finding with the process alive."""

import io
import zipfile
import zlib
from struct import pack as p

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BOOK = (
    f'<?xml version="1.0"?><workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="统计表" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
RELS = (
    f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>'
)
BOOK_RELS = (
    f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/worksheet" '
    f'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{OFFICE}/sharedStrings" '
    'Target="sharedStrings.xml"/></Relationships>'
)
ONE_CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'


def pack(parts: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def sheet_xml(rows: str, head: str = "") -> str:
    return f'{head}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def xlsx(rows: str = ONE_CELL, head: str = "", **extra: bytes | str) -> bytes:
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELS,
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": BOOK_RELS,
        "xl/worksheets/sheet1.xml": sheet_xml(rows, head),
    }
    return pack(parts | {name.replace("__", "/"): data for name, data in extra.items()})


def bomb_of_cells() -> bytes:
    """Small on the wire, hundreds of megabytes of cells."""
    row = "".join(f'<c r="{c}1"><v>1</v></c>' for c in "ABCDEFGH") * 40
    return xlsx(f"<row>{row}</row>" * 60_000)


def bomb_of_one_string() -> bytes:
    text = b"a" * (150 << 20)
    return pack(
        {
            "[Content_Types].xml": TYPES, "_rels/.rels": RELS, "xl/workbook.xml": BOOK,
            "xl/_rels/workbook.xml.rels": BOOK_RELS, "xl/worksheets/sheet1.xml": sheet_xml(ONE_CELL),
            "xl/sharedStrings.xml": b"<sst xmlns='%s'><si><t>%s</t></si></sst>" % (MAIN.encode(), text),
        }
    )  # fmt: skip


def far_cell(address: str = "XFD1048576") -> bytes:
    row = "".join(ch for ch in address if ch.isdigit())
    return xlsx(ONE_CELL + f'<row r="{row}"><c r="{address}"><v>1</v></c></row>')


def many_styled_rows() -> bytes:
    return xlsx(ONE_CELL + "".join(f'<row r="{n}" s="1" ht="14"/>' for n in range(2, 300_000)))


def string_count_lie() -> bytes:
    return pack(
        {
            "[Content_Types].xml": TYPES, "_rels/.rels": RELS, "xl/workbook.xml": BOOK,
            "xl/_rels/workbook.xml.rels": BOOK_RELS, "xl/worksheets/sheet1.xml": sheet_xml(ONE_CELL),
            "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}" count="400000000" uniqueCount="400000000">'
            "<si><t>a</t></si></sst>",
        }
    )  # fmt: skip


def dimension_lie() -> bytes:
    return pack(
        {
            "[Content_Types].xml": TYPES, "_rels/.rels": RELS, "xl/workbook.xml": BOOK,
            "xl/_rels/workbook.xml.rels": BOOK_RELS,
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><dimension ref="A1:XFD1048576"/>'
            f"<sheetData>{ONE_CELL}</sheetData></worksheet>",
        }
    )  # fmt: skip


def entity_bomb() -> bytes:
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    return xlsx(head=f"<!DOCTYPE x [{entities}]>")


def external_entity(encoding: str = "utf-8") -> bytes:
    head = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    text = f'<?xml version="1.0" encoding="{encoding}"?>' + sheet_xml(ONE_CELL, head)
    return xlsx(**{"xl__worksheets__sheet1.xml": text.encode(encoding)})


def lying_size() -> bytes:
    data = bytearray(xlsx())
    position = data.rfind(b"PK\x01\x02")
    data[position + 24 : position + 28] = (10).to_bytes(4, "little")
    return bytes(data)


def broken_xml() -> bytes:
    return xlsx('<row r="1"><c r="A1"><v>1</v></row>')


def macro_book() -> bytes:
    return xlsx(**{"xl__vbaProject.bin": b"\xd0\xcf\x11\xe0"})


def external_book(target: str) -> bytes:
    rels = (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/externalLinkPath" '
        f'Target="{target}" TargetMode="External"/></Relationships>'
    )
    link = f'<externalLink xmlns="{MAIN}"/>'
    return xlsx(
        **{
            "xl__externalLinks__externalLink1.xml": link,
            "xl__externalLinks___rels__externalLink1.xml.rels": rels,
        }
    )


def path_traversal() -> bytes:
    return xlsx(**{"..__..__evil.xml": "<a/>"})


def many_members() -> bytes:
    return pack({"xl/workbook.xml": BOOK} | {f"xl/p{n}.xml": "<a/>" for n in range(4000)})


def docx(body: str, head: str = "") -> bytes:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = f'<?xml version="1.0"?>{head}<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>'
    return pack({"[Content_Types].xml": TYPES, "word/document.xml": document})


def docx_bomb() -> bytes:
    return docx("<w:p><w:r><w:t>" + "哈" * (40 << 20) + "</w:t></w:r></w:p>")


def vast_text() -> bytes:
    return ("字\t" * 3000 + "字\n" + "甲\t乙\t丙\n" * 3000).encode()


def vast_docx() -> bytes:
    cell = "<w:tc><w:p><w:r><w:t>字</w:t></w:r></w:p></w:tc>"
    rows = [3000, *[1] * 3000]
    return docx("<w:tbl>" + "".join(f"<w:tr>{cell * count}</w:tr>" for count in rows) + "</w:tbl>")


def merged_over_and_over() -> bytes:
    merges = '<mergeCells count="5000">' + '<mergeCell ref="A1:XFD20000"/>' * 5000 + "</mergeCells>"
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="200"><c r="CV200"><v>1</v></c></row>'
    return xlsx(cells + "</sheetData>" + merges + "<sheetData>")


def deep_docx() -> bytes:
    return docx("<w:p>" * 100_000 + "</w:p>" * 100_000)


def ods_repeat_bomb() -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    content = (
        f'<office:document-content xmlns:office="{office}" xmlns:table="{table}" xmlns:text="{text}">'
        '<office:body><office:spreadsheet><table:table table:name="a">'
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
        'office:value-type="float" office:value="1" table:number-columns-repeated="1024">'
        "<text:p>1</text:p></table:table-cell></table:table-row></table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return pack({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def pdf_bomb() -> bytes:
    stream = zlib.compress(b"0 0 m 1 1 l S\n" * (8 << 20))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(stream), stream),
    ]  # fmt: skip
    return pdf(objects)


def pdf(objects: list[bytes]) -> bytes:
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, 2)
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for offset in offsets:
        out.write(b"%010d 00000 n \n" % offset)
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


def scanned_pdf() -> bytes:
    picture = b"<</Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>"
    resources = b"<</XObject<</I 5 0 R>>>>"
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources %s>>" % resources,
            b"<</Length 30>>stream\nq 90 0 0 90 0 0 cm /I Do Q   \nendstream",
            picture + b"stream\nA\nendstream",
        ]
    )  # fmt: skip


def compound(streams: dict[str, bytes]) -> bytes:
    """A minimal compound file with these top-level streams, each padded past the mini-stream limit."""
    sector = 512
    data, entries, fat = b"", [], []
    for name, content in streams.items():
        body = content.ljust(4096, b"\0")
        body += b"\0" * (-len(body) % sector)
        first, count = len(fat), len(body) // sector
        fat += [*range(first + 1, first + count), 0xFFFFFFFE]
        data += body
        entries.append((name, 2, first, len(body)))
    directory = [("Root Entry", 5, 0xFFFFFFFE, 0), *entries]
    raw = b""
    for index, (name, kind, first, size) in enumerate(directory):
        encoded = (name + "\0").encode("utf-16le")
        child = 1 if index == 0 else 0xFFFFFFFF
        right = index + 1 if 0 < index < len(directory) - 1 else 0xFFFFFFFF
        raw += encoded.ljust(64, b"\0") + p("<HBBIII", len(encoded), kind, 1, 0xFFFFFFFF, right, child)
        raw += b"\0" * 36 + p("<IQ", first, size)
    raw += b"\0" * (-len(raw) % sector)
    start = len(fat)
    fat += [*range(start + 1, start + len(raw) // sector), 0xFFFFFFFE]
    data += raw
    fat_at = len(fat)
    fat.append(0xFFFFFFFD)
    assert len(fat) <= 128
    fat += [0xFFFFFFFF] * (128 - len(fat))
    data += p("<128I", *fat)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + p("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += p("<IIIIIIIII", 0, 1, start, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += p("<109I", fat_at, *[0xFFFFFFFF] * 108)
    return header + data


def word97(text: str) -> bytes:
    """A .doc with one UTF-16 piece, as WPS and Word write it."""
    body = text.replace("\n", "\r").encode("utf-16le")
    main = bytearray(2048 + len(body))
    main[0:4] = p("<HH", 0xA5EC, 0x00C1)
    main[10:12] = p("<H", 0x0200)
    main[0x4C:0x50] = p("<I", len(text))
    plc = p("<II", 0, len(text)) + p("<HIH", 0, 2048, 0)
    clx = b"\x02" + p("<I", len(plc)) + plc
    main[0x01A2:0x01AA] = p("<II", 0, len(clx))
    main[2048:] = body
    return compound({"WordDocument": bytes(main), "1Table": clx})
