"""A digit drawn is compared with the digit its code says; every pair of digits is told apart."""

import pypdfium2 as pdfium
import pytest

from tasks.documents.pdf.shapes import DIGITS, looks_like
from tests.documents.pdf.paper import pdf, text

FONTS = {"F1": "a Chinese face", "F2": "a Latin face"}


def boxes(document, *, high: float = 842):
    page = document[0]
    edges = [page.get_textpage().get_charbox(number) for number in range(len(DIGITS))]
    return page, [(left, high - top, right, high - low) for left, low, right, top in edges]


@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize("size", [5, 10.5, 30])
@pytest.mark.parametrize("ground", ["", "0 g 0 0 595 842 re f 1 g", "0.4 w 50 698.8 m 300 698.8 l S"])
def test_a_digit_is_taken_for_itself_and_for_no_other(font, size, ground):
    page, places = boxes(pdfium.PdfDocument(pdf(f"{ground} {text(60, 700, DIGITS, size, font)}")))
    for shown, box in zip(DIGITS, places, strict=True):
        assert [digit for digit in DIGITS if looks_like(digit, page, box)] == [shown]


def test_where_nothing_is_drawn_nothing_is_said_against_a_digit():
    page, _ = boxes(pdfium.PdfDocument(pdf(text(60, 700, DIGITS))))
    assert looks_like("3", page, (300, 300, 310, 315))
