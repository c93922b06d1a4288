"""Rows that slipped by a cell under a table's head."""

import pytest

from tests.intake.forms.test_form import HEAD, codes, figures, read

TOWN = ["填报单位：三泉镇"]


@pytest.mark.parametrize("row", [[1, 3, 30, None], [None, 1, "三泉镇", 3], [1, "12", 30, None]])
def test_a_row_that_slipped_by_a_cell_leaves_every_figure_open(row: list):
    found = read(TOWN, ["序号", *HEAD], row)
    assert (codes(found), figures(found)) == (["CONTRADICTION"], (None, None))
    assert found.findings[0].text == (
        "表“统计表”第 3 行的内容与表头对不上，可能错了一格，请对照表头逐格核对后重新报送"
    )


def test_rows_numbered_in_the_column_of_names_did_not_slip():
    found = read(TOWN, HEAD, [1, 3, 30], [2, 4, 40], ["合计", 7, 70])
    assert figures(found) == (7, 70)
    assert figures(read(TOWN, HEAD, [1, 3, 30])) == (3, 30)


def test_a_blank_row_of_the_form_did_not_slip():
    assert figures(read(TOWN, HEAD, ["三泉镇", 3, 30], [7, None, None])) == (3, 30)


def test_a_units_code_in_the_column_of_names_is_its_name():
    assert figures(read(HEAD, [500119100, 3, 30])) == (3, 30)
