"""A PDF into its text and its tables; runs only inside the bounded child."""

from typing import Any

import pypdfium2 as pdfium

from tasks.documents.pdf.filling import Page
from tasks.documents.pdf.glyphs import MEANT, Glyphs
from tasks.documents.pdf.lattice import Lattice, lattices
from tasks.documents.pdf.marks import TOO_MUCH, Unsure
from tasks.documents.pdf.meant import as_drawn
from tasks.documents.pdf.notes import notes
from tasks.documents.pdf.numbering import complete
from tasks.documents.pdf.onward import sheets
from tasks.documents.pdf.page import Objects
from tasks.documents.pdf.shown import shown
from tasks.documents.pdf.sight import Sight
from tasks.documents.pdf.strays import no_strays
from tasks.documents.pdf.tables import Read, read_page
from tasks.documents.pdf.twins import AS_TYPED
from tasks.documents.prose import RECOGNISED, SCANNED, Encrypted, Unreadable
from tasks.terms.readings import Content

MAX_PAGES = 500
MAX_TABLE_PAGES = 30
MAX_GLYPHS = 20_000
"""In all pages with tables together: more than a form of 600 rows holds, and two seconds' work."""
MAX_DRAWN = 150_000
"""Objects on all pages together."""
TOO_LONG = "文件超过"
OUT_OF_BOUNDS = "坐标不合常规"
LAYERED = "有可以关闭的图层"
SCAN_BESIDE = "是扫描的图片"
_HYPHENS: dict[int, str] = {0x02: "-", 0xFFFE: "-"}
"""What pdfium gives for a hyphen at the end of a line: an address torn there must not become another one."""


def read_pdf(data: bytes) -> Content:
    """Text, tables as sheets 第1页表1 … where every one of them is certain, and the number of pictures.

    Raises:
        Encrypted: it needs a password.
        Unreadable: it is damaged.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise Encrypted if "password" in str(error).lower() else Unreadable from error
    return _File(document).content()


class _File:
    """One file under way to a content."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._texts: list[str] = []
        self._pages: list[Read] = []
        self._unread: list[str] = []
        self._pictures = 0
        self._left = MAX_GLYPHS
        self._drawn = 0
        self._scans: list[int] = []
        self._recognised = False

    def content(self) -> Content:
        count = len(self._document)
        if count > MAX_PAGES:
            self._unread.append(f"{TOO_LONG} {MAX_PAGES} 页")
        for number in range(min(count, MAX_PAGES)):
            self._page(number + 1, self._opened(number))
        found = self._sheets()
        by_page = {read.number: read.text for read in self._pages} if found else {}
        texts = [by_page.get(number, text) for number, text in enumerate(self._texts, 1)]
        text = "\n".join(texts).replace("\r\n", "\n").translate(_HYPHENS | AS_TYPED).strip()
        findings = () if text else (RECOGNISED,) if self._recognised else (SCANNED,) if self._pictures else ()
        return Content(
            "pdf", found, text, findings, self._pictures, unread=tuple(dict.fromkeys(self._unread))
        )

    def _opened(self, number: int) -> Any:
        try:
            return self._document[number]
        except pdfium.PdfiumError as error:
            raise Unreadable from error

    def _sheets(self) -> tuple[Any, ...]:
        if self._scans and self._pages:
            self._unread.append(f"第{self._scans[0]}页{SCAN_BESIDE}")
        if self._unread:
            return ()
        try:
            complete(self._pages, len(self._document))
            found = sheets(self._pages)
            self._nothing_stray()
        except Unsure as doubt:
            self._unread.append(doubt.reason)
            return ()
        return found

    def _nothing_stray(self) -> None:
        """No page of a file with tables has rows of figures outside them."""
        loose = {read.number: [text for _, text in read.loose] for read in self._pages}
        for number, text in enumerate(self._texts, 1):
            if loose:
                no_strays(number, loose.get(number, text.splitlines()))

    def _page(self, number: int, page: Any) -> None:
        text_page = page.get_textpage()
        self._texts.append(text_page.get_text_bounded())
        try:
            objects = self._objects(page)
        except Unsure as doubt:
            self._unread.append(f"第{number}页{doubt.reason}")
            return
        self._pictures += objects.pictures
        self._scans += [number] if objects.scanned else []
        if objects.recognised:
            self._recognised, self._texts[-1] = True, ""
        if self._unread:
            return  # no table of this file is taken any more
        try:
            if found := lattices(objects.drawing.strokes):
                self._pages.append(self._tables(number, page, text_page, objects, found))
        except Unsure as doubt:
            self._unread.append(f"第{number}页的表{doubt.reason}")
        except (ArithmeticError, ValueError):  # places beyond all numbers
            self._unread.append(f"第{number}页的表{OUT_OF_BOUNDS}")

    def _objects(self, page: Any) -> Objects:
        if self._drawn > MAX_DRAWN:
            raise Unsure(TOO_MUCH)
        try:
            found = Objects.of(page)
        except (ArithmeticError, ValueError) as error:
            raise Unsure(OUT_OF_BOUNDS) from error
        self._drawn += found.objects
        return found

    def _tables(self, number: int, page: Any, text_page: Any, objects: Objects, found: list[Lattice]) -> Read:
        if len(self._pages) >= MAX_TABLE_PAGES:
            raise Unsure(TOO_MUCH)
        if objects.layered:
            raise Unsure(LAYERED)
        if objects.marked:
            if not all(map(as_drawn, objects.marked)):
                raise Unsure(MEANT)
            text_page = page.get_textpage()
        sight = Sight(page, objects.view.size)
        reader = Glyphs(text_page, objects, sight)
        glyphs, lost = reader.all(self._left), reader.lost()
        self._left -= len(glyphs)
        drawn = Page(glyphs, objects.drawing, notes(page, objects.view), lost, objects.view.size[1])
        read = read_page(number, found, drawn)
        for lattice in found:
            shown(lattice, sight)
        return read
