"""A sum of the villages is a sum whatever it is called, and a village is one whatever its name."""

import pytest

from tasks.intake.forms.form import read_form
from tasks.terms.units import Roster
from tests.intake.factory import CAMPAIGN, ROSTER
from tests.intake.forms.test_form import codes, content, figures

NO_VILLAGES = Roster(tuple(u for u in ROSTER if u.parent is None))
HEADER: list[object] = ["村（社区）", "社区活动（场）", "走访家庭（户）"]


@pytest.mark.parametrize("total", ["计", "总和", "全镇", "全镇汇总", "汇总数", "本镇合计"])
def test_a_sum_of_the_villages_is_not_added_to_them_whatever_it_is_called(total: str):
    form = content(["填报单位：三泉镇"], HEADER, ["大桥村", 3, 40], ["小桥村", 4, 50], [total, 7, 90])
    found = read_form(form, CAMPAIGN, NO_VILLAGES)
    assert (codes(found), figures(found)) == ([], (7, 90))


@pytest.mark.parametrize("village", ["会计村", "汇总寨村", "全福村", "总和社区"])
def test_a_village_whose_name_has_such_a_word_is_a_village(village: str):
    form = content(["填报单位：三泉镇"], HEADER, ["大桥村", 3, 40], [village, 7, 90])
    found = read_form(form, CAMPAIGN, NO_VILLAGES)
    assert (codes(found), figures(found)) == ([], (10, 130))


LIST: list[object] = ["日期", "活动名称", "社区活动（场）", "走访家庭（户）"]


def listed(*rows: list[object]):
    return read_form(content(["填报单位：三泉镇"], LIST, *rows), CAMPAIGN, NO_VILLAGES)


def test_a_place_left_empty_in_a_list_whose_sum_is_stated_is_nothing_more_to_add():
    found = listed(["4月3日", "义诊", 1, None], ["4月9日", "入户", 2, 30], ["合计", None, 3, 30])
    assert (codes(found), figures(found)) == ([], (3, 30))


@pytest.mark.parametrize("total", [None, 31, "约30"])
def test_a_place_left_empty_is_asked_about_where_the_sum_does_not_bear_it_out(total: object):
    found = listed(["4月3日", "义诊", 1, None], ["4月9日", "入户", 2, 30], ["合计", None, 3, total])
    assert (codes(found)[0], figures(found)) == ("MISSING", (3, None))


def test_a_column_left_empty_is_asked_about():
    found = listed(["4月3日", "义诊", 1, None], ["4月9日", "入户", 2, None], ["合计", None, 3, None])
    assert ("MISSING" in codes(found), figures(found)) == (True, (3, None))


def town(*rows: list[object]):
    return read_form(content(["填报单位：三泉镇"], HEADER, *rows), CAMPAIGN, NO_VILLAGES)


@pytest.mark.parametrize("last", [False, True])
def test_the_towns_own_row_is_the_sum_of_villages_no_roster_knows(last: bool):
    rows: list[list[object]] = [["大桥村", 3, 40], ["小桥村", 4, 50]]
    found = town(*([*rows, ["三泉镇", 7, 90]] if last else [["三泉镇", 7, 90], *rows]))
    assert (codes(found), figures(found)) == ([], (7, 90))


def test_the_towns_own_row_is_its_share_where_the_sum_says_so():
    found = town(["三泉镇", 2, 10], ["大桥村", 3, 40], ["小桥村", 4, 50], ["合计", 9, 100])
    assert (codes(found), figures(found)) == ([], (9, 100))


def test_the_towns_own_row_that_is_no_sum_of_its_villages_is_asked_about():
    found = town(["三泉镇", 2, 10], ["大桥村", 3, 40], ["小桥村", 4, 50])
    assert (codes(found), figures(found)) == (["TOTAL_MISMATCH"], (None, None))
