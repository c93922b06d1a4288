"""What a clerk calls a unit or an obligation is found by name or code, or the choice is put to them."""

from dataclasses import replace

import pytest

from tasks.roster.pick import choices, pick_obligation, pick_unit
from tasks.terms.errors import Misconfigured
from tasks.terms.units import Roster, Unit
from tests.intake.factory import CAMPAIGN, FORM, ROSTER

TOWNS = tuple(Unit(f"T{n}", f"{place}镇", "town") for n, place in enumerate("东西南北前后", 1))
VILLAGES = tuple(Unit(f"V{n}", "太平村村委会", "village", parent=f"T{n}") for n in range(1, 7))
WIDE = Roster((*TOWNS, *VILLAGES))
"""Six towns, each with a village of the same name."""


@pytest.mark.parametrize(
    "words", ["东城街道", " 500119001 ", "东城街道办事处", "东城街道（500119001）", "随便什么（500119001）"]
)
def test_a_unit_is_found_by_name_alias_code_or_as_the_list_writes_it(words):
    assert pick_unit(ROSTER, words).code == "500119001"


def test_a_name_several_units_share_is_put_to_the_clerk_with_their_codes():
    with pytest.raises(Misconfigured, match="不止一个") as told:
        pick_unit(ROSTER, "观音村")
    assert "：三泉镇观音村社会工作室（500119100201）" in str(told.value)
    assert "500119101201" in str(told.value)


def test_a_name_nobody_has_is_told_with_what_may_be_meant():
    with pytest.raises(Misconfigured, match="是否指：东城街道"):
        pick_unit(ROSTER, "东城社区")
    with pytest.raises(Misconfigured, match="名册中没有“观音村社”；是否指：三泉镇观音村社会工作室、"):
        pick_unit(ROSTER, "观音村社")
    with pytest.raises(Misconfigured, match="请写单位全称或代码"):
        pick_unit(ROSTER, "没有的单位")


def test_a_village_of_a_common_name_is_told_with_the_town_it_is_of():
    with pytest.raises(Misconfigured, match="不止一个") as told:
        pick_unit(Roster((*TOWNS, *VILLAGES[:2])), "太平村村委会")
    assert str(told.value).endswith("：东镇太平村村委会（V1）、西镇太平村村委会（V2）")


def test_a_unit_of_a_town_the_roster_does_not_hold_is_told_by_its_own_name():
    strays = (Unit("V8", "太平村村委会", "village", parent="T9"), Unit("V9", "太平村村委会", "village"))
    with pytest.raises(Misconfigured) as told:
        pick_unit(Roster(strays), "太平村村委会")
    assert str(told.value).endswith("：太平村村委会（V8）、太平村村委会（V9）")


def test_of_many_units_that_may_be_meant_five_are_named():
    with pytest.raises(Misconfigured) as shared:
        pick_unit(WIDE, "太平村村委会")
    assert str(shared.value).count("村委会（V") == 5
    with pytest.raises(Misconfigured, match=r"是否指：东镇太平村村委会、.*、前镇太平村村委会$"):
        pick_unit(WIDE, "村村委")


def test_two_characters_of_a_name_are_a_hint_and_one_is_none():
    with pytest.raises(Misconfigured, match=r"^名册中没有“阳光”；是否指：阳光社会工作服务中心$"):
        pick_unit(ROSTER, "阳光")
    with pytest.raises(Misconfigured, match=r"^名册中没有“阳”，请写单位全称或代码$"):
        pick_unit(ROSTER, "阳")


def test_a_list_adds_the_code_only_where_names_are_shared():
    assert choices(ROSTER, ["500119001", "SG001"]) == ["东城街道", "阳光社会工作服务中心"]
    assert choices(WIDE, ["T1", "V1", "V2"]) == ["东镇", "太平村村委会（V1）", "太平村村委会（V2）"]


def test_an_obligation_is_found_by_title_or_id_or_as_the_only_one_owed():
    assert pick_obligation(CAMPAIGN, (), "summary").id == "summary"
    assert pick_obligation(CAMPAIGN, (), "活动 总结").id == "summary"
    assert pick_obligation(CAMPAIGN, ("figures",), "").id == "figures"


def test_an_obligation_nobody_named_or_knows_is_asked_for_with_all_titles():
    with pytest.raises(Misconfigured, match=r"没有报送事项“周报”.*“活动总结”（summary）"):
        pick_obligation(CAMPAIGN, (), "周报")
    with pytest.raises(Misconfigured, match=r"请写明报送事项.*figures"):
        pick_obligation(CAMPAIGN, ("summary", "figures"), "")


def test_whoever_owes_some_of_several_things_is_asked_which_of_those():
    three = replace(CAMPAIGN, obligations=(*CAMPAIGN.obligations, replace(FORM, id="weekly", title="周报")))
    with pytest.raises(Misconfigured) as told:
        pick_obligation(three, ("summary", "weekly"), "")
    assert str(told.value) == "请写明报送事项：“活动总结”（summary）、“周报”（weekly）"
    with pytest.raises(Misconfigured, match=r"summary.*figures.*weekly"):
        pick_obligation(three, (), "")
