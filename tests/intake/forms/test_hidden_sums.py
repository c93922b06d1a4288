"""Sums under any name and parts listed below their whole are asked about, never added once more."""

import pytest

from tests.intake.forms.test_form import codes, figures
from tests.intake.forms.test_no_place import HEAD, TOWN, read

VILLAGES: list[list[object]] = [["甲村", 13, 130], ["乙村", 24, 240]]


@pytest.mark.parametrize("name", ["白沙", "全域", "本镇级", "镇社工站", "我镇情况"])
@pytest.mark.parametrize("first", [True, False])
def test_a_row_that_is_what_the_others_come_to_leaves_the_sum_open(name: str, first: bool):
    whole: list[object] = [name, 37, 370]
    found = read(TOWN, HEAD, *([whole, *VILLAGES] if first else [*VILLAGES, whole]))
    assert (codes(found), figures(found)) == (["TOTAL_MISMATCH"], (None, None))
    assert name in found.findings[0].text


def test_the_name_of_a_part_of_town_above_its_villages_is_their_sum():
    found = read(
        TOWN, HEAD, ["东片", 37, 370], *VILLAGES, ["西片", 30, 41], ["丙村", 10, 20], ["丁村", 20, 21]
    )
    assert (codes(found), figures(found)) == (["TOTAL_MISMATCH"], (None, None))


@pytest.mark.parametrize("name", ["全部", "总", "∑", "TOTAL", "总体情况", "各村汇总", "村级汇总", "2个村"])
def test_a_sum_in_other_words_is_a_sum(name: str):
    found = read(TOWN, HEAD, *VILLAGES, [name, 37, 370])
    assert (codes(found), figures(found)) == ([], (37, 370))


@pytest.mark.parametrize("piece", ["甲村一组", "甲村第二小组", "甲村东片", "甲村（重报）"])
def test_a_piece_of_a_village_beside_the_village_leaves_the_sum_open(piece: str):
    found = read(TOWN, HEAD, *VILLAGES, [piece, 5, 61])
    assert ("TOTAL_MISMATCH" in codes(found), figures(found)) == (True, (None, None))
    assert piece.replace("（", "(").replace("）", ")") in found.findings[-1].text


@pytest.mark.parametrize("row", [["丙村", 37, 370], ["王庄", 2, 3], ["甲村小学", 5, 61], ["甲村岭村", 5, 61]])
def test_a_village_is_a_village_though_its_figures_are_like_a_sum(row: list[object]):
    found = read(TOWN, HEAD, *VILLAGES, row)
    assert (codes(found), figures(found)) == ([], (37 + row[1], 370 + row[2]))


def test_the_units_own_row_is_left_open_too_for_a_person_may_pass_it():
    found = read(TOWN, HEAD, *VILLAGES, ["全域", 37, 370])
    assert [set(row.values.values()) for row in found.rows] == [{None}]
    found = read(TOWN, HEAD, *VILLAGES, ["修正后", 5, 61])
    assert [set(row.values.values()) for row in found.rows] == [{None}]


def test_small_figures_that_agree_are_chance():
    found = read(TOWN, HEAD, ["红旗宾馆", 2, 2], ["金鼎商场", 1, 1], ["阳光超市", 3, 3])
    assert figures(found) == (6, 6)


def test_where_the_stated_sum_bears_the_row_out_it_counts():
    found = read(TOWN, HEAD, *VILLAGES, ["全域", 37, 370], ["合计", 74, 740])
    assert (codes(found), figures(found)) == ([], (74, 740))
