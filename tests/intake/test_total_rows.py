"""A sum of the villages is a sum whatever it is called, and a village is one whatever its name."""

import pytest

from tasks.intake.form import read_form
from tasks.terms.units import Roster
from tests.intake.factory import CAMPAIGN, ROSTER
from tests.intake.test_form import codes, content, figures

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
