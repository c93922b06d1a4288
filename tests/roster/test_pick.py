"""What a clerk calls a unit or an obligation is found by name or code, or the choice is put to them."""

import pytest

from tasks.roster.pick import choices, pick_obligation, pick_unit
from tasks.terms.errors import Misconfigured
from tests.intake.factory import CAMPAIGN, ROSTER


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


def test_a_list_adds_the_code_only_where_names_are_shared():
    assert choices(ROSTER, ["500119001", "SG001"]) == ["东城街道", "阳光社会工作服务中心"]


def test_an_obligation_is_found_by_title_or_id_or_as_the_only_one_owed():
    assert pick_obligation(CAMPAIGN, (), "summary").id == "summary"
    assert pick_obligation(CAMPAIGN, (), "活动 总结").id == "summary"
    assert pick_obligation(CAMPAIGN, ("figures",), "").id == "figures"


def test_an_obligation_nobody_named_or_knows_is_asked_for_with_all_titles():
    with pytest.raises(Misconfigured, match=r"没有报送事项“周报”.*“活动总结”（summary）"):
        pick_obligation(CAMPAIGN, (), "周报")
    with pytest.raises(Misconfigured, match=r"请写明报送事项.*figures"):
        pick_obligation(CAMPAIGN, ("summary", "figures"), "")
