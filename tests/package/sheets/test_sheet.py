"""A sheet written from the top down, large or small."""

import io
from datetime import datetime

import openpyxl

from tasks.package.sheets.sheet import Book

ROWS = [[n, "某" * (n % 9 * 4)] for n in range(200)]


def _written(*, large):
    book = Book(title="表", author="局", created=datetime(2023, 6, 1), large=large)
    page = book.page("表", [5, 12])
    page.title("各单位情况")
    page.heads(["序号", "说明"], repeat=True)
    for row in ROWS:
        page.row(row)
    return page, openpyxl.load_workbook(io.BytesIO(book.finish()))["表"]


def test_a_large_book_has_the_same_rows_as_tall_as_a_small_one_has_them():
    _, small = _written(large=False)
    _, large = _written(large=True)
    assert [[c.value for c in row] for row in large.rows] == [[c.value for c in row] for row in small.rows]
    heights = [large.row_dimensions[n + 1].height for n in range(len(ROWS) + 2)]
    assert heights == [small.row_dimensions[n + 1].height for n in range(len(ROWS) + 2)]
    assert len(set(heights)) > 4


def test_a_large_book_keeps_the_heights_of_few_rows_in_memory():
    page, _ = _written(large=True)
    assert len(page.sheet.row_info) < 5
    assert len(page.sheet.row_sizes) < 5
