"""A PDF into its text and its tables; runs only inside the bounded child."""

from collections.abc import Iterable, Sequence
from typing import Any

import pypdfium2 as pdfium

from tasks.documents.pdf.filling import Page
from tasks.documents.pdf.glyphs import MEANT, Glyphs
from tasks.documents.pdf.lattice import Lattice, lattices
from tasks.documents.pdf.marks import TOO_MUCH, Unsure, within
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
from tasks.documents.pdf.unsaid import UNSAID, figures_in, is_struck, text_without, unsaid
from tasks.documents.prose import RECOGNISED, SCANNED, Encrypted, Unreadable
from tasks.terms.readings import Content, Finding

MAX_PAGES = 500
MAX_TABLE_PAGES = 30
MAX_GLYPHS = 20_000
"""In all pages with tables together: more than a form of 600 rows holds, and two seconds' work."""
MAX_LOOKED = 20
"""Pages of running text whose figures are looked at; no report is longer."""
MAX_DRAWN = 150_000
"""Objects on all pages together."""
TOO_LONG = "文件超过"
OUT_OF_BOUNDS = "坐标不合常规"
LAYERED = "有可以关闭的图层"
STRUCK_BESIDE = "旁边有划掉的数字"
SCAN_BESIDE = "是扫描的图片"
UNSAID_FIGURES = f"第{{page}}页{UNSAID}，无法确定以哪种文字为准，请定稿后重新报送"
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


def _joined(pages: Iterable[str]) -> str:
    return "\n".join(pages).replace("\r\n", "\n").translate(_HYPHENS | AS_TYPED).strip()


def _is_a_form(text: str, unread: Sequence[str]) -> bool:
    """Whether there is no running text beside tables that are in doubt; of those the reasons are told."""
    return bool(unread) and "。" not in text


class _File:
    """One file under way to a content."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._texts: list[str] = []
        self._pages: list[Read] = []
        self._unread: list[str] = []
        self._pictures = 0
        self._left = MAX_GLYPHS
        self._looked = 0
        self._drawn = 0
        self._scans: list[int] = []
        self._recognised = False
        self._originals: dict[int, str] = {}

    def content(self) -> Content:
        count = len(self._document)
        if count > MAX_PAGES:
            self._unread.append(f"{TOO_LONG} {MAX_PAGES} 页")
        for number in range(min(count, MAX_PAGES)):
            self._page(number + 1, self._opened(number))
        found = self._sheets()
        by_page = {read.number: read.text for read in self._pages} if found else {}
        pages = dict(enumerate(self._texts, 1))
        text = _joined((pages | by_page).values())
        findings = () if text else (RECOGNISED,) if self._recognised else (SCANNED,) if self._pictures else ()
        unread = tuple(dict.fromkeys(self._unread))
        if not self._originals or _is_a_form(text, unread):
            return Content("pdf", found, text, findings, self._pictures, unread=unread)
        said = UNSAID_FIGURES.format(page=min(self._originals))
        findings = (*findings, Finding("TRACKED_CHANGES", said))
        return Content(
            "pdf", found, text, findings, self._pictures, _joined((pages | self._originals).values()), unread
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
        if not self._has_tables(number, page, text_page, objects) and not objects.recognised:
            self._prose(number, page, text_page, objects)

    def _has_tables(self, number: int, page: Any, text_page: Any, objects: Objects) -> bool:
        """Whether all tables of a page are read."""
        if self._unread:
            return False  # no table of this file is taken any more
        try:
            if found := lattices(objects.drawing.strokes):
                self._pages.append(self._tables(number, page, text_page, objects, found))
                return True
        except Unsure as doubt:
            self._unread.append(f"第{number}页的表{doubt.reason}")
        except (ArithmeticError, ValueError):  # places beyond all numbers
            self._unread.append(f"第{number}页的表{OUT_OF_BOUNDS}")
        return False

    def _prose(self, number: int, page: Any, text_page: Any, objects: Objects) -> None:
        """Leave out figures of a page's text that are not said."""
        if self._looked >= MAX_LOOKED:
            return
        self._looked += 1
        original = self._texts[-1]
        try:
            if objects.marked and all(map(as_drawn, objects.marked)):
                text_page = page.get_textpage()
            reader = Glyphs(text_page, objects, Sight(page, objects.view.size))
            gone = unsaid(reader, objects.drawing, notes(page, objects.view))
        except (Unsure, ArithmeticError, ValueError):
            return
        kept = text_without(text_page, gone)
        if gone or (objects.marked and figures_in(kept) != figures_in(original)):
            self._texts[-1], self._originals[number] = kept, original

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
        beside = (g for g in glyphs if not any(within(g.middle, lattice.box) for lattice in found))
        if any(g.text.isnumeric() and is_struck(g, drawn.drawing, drawn.notes) for g in beside):
            raise Unsure(STRUCK_BESIDE)
        return read
