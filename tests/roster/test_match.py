import sys

import pytest

from tasks.roster.match import Match, find_names, match
from tasks.terms.units import Contact, Roster, Unit
from tests.intake.factory import ROSTER

TOWNS = frozenset({"500119001", "500119002", "500119100", "500119101", "500119004", "SG001"})
EAST, SPRING, SAND_TOWN, SAND_STREET = "500119001", "500119100", "500119101", "500119004"


def who(**hints) -> Match:
    given = {
        "form_unit": None,
        "sender": "",
        "subject": "",
        "filenames": (),
        "folder_hint": "",
        "reporters": TOWNS,
    }
    return match(ROSTER, **(given | hints))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("东城街道活动总结", [EAST]),
        ("东城 街道", [EAST]),
        ("东城街道办事处", [EAST]),
        ("三泉镇社会工作站总结", ["500119100S"]),
        ("白沙镇和白沙街道", [SAND_TOWN, SAND_STREET]),
        ("白沙总结", []),
        ("观音村", ["500119100201", "500119101201"]),
        ("三泉镇观音村", [SPRING, "500119100201"]),
        ("阳光社会工作服务中心（盖章）", ["SG001"]),
        ("没有单位", []),
    ],
)
def test_the_longest_name_at_a_place_is_the_one_that_counts(text, codes):
    assert list(find_names(ROSTER, text)) == codes


def test_the_code_of_a_form_decides():
    assert who(form_unit=SPRING, subject="总结").unit == SPRING


def test_a_form_of_a_station_is_its_towns_report():
    assert who(form_unit="500119100S").unit == SPRING


def test_a_form_that_names_another_unit_than_its_sender_is_put_before_a_clerk():
    found = who(form_unit=SPRING, sender=f"u{EAST}@town.example")
    assert (found.unit, found.candidates, found.conflict) == (None, (SPRING, EAST), True)
    assert any("不一致" in r for r in found.reasons)


def test_a_form_of_ones_own_village_is_no_conflict():
    assert who(form_unit="500119100201", sender=f"u{SPRING}@town.example").unit == SPRING


def test_the_address_decides_before_any_name():
    assert who(sender=f"U{EAST}@TOWN.example", subject="活动总结").unit == EAST


def test_an_address_against_a_plain_name_is_put_before_a_clerk():
    found = who(sender=f"u{EAST}@town.example", filenames=["南城街道活动总结.docx"])
    assert (found.unit, found.conflict) == (None, True)
    assert found.candidates == (EAST, "500119002")


def test_another_unit_mentioned_beside_ones_own_is_no_conflict():
    found = who(sender=f"u{EAST}@town.example", subject="东城街道总结", filenames=["赴南城街道学习.docx"])
    assert found.unit == EAST


def test_an_unknown_address_is_said_and_the_names_decide():
    found = who(sender="who@nowhere.example", subject="三泉镇活动总结")
    assert found.unit == SPRING
    assert any("不在名册上" in r for r in found.reasons)


@pytest.mark.parametrize(
    "hints",
    [
        {"folder_hint": "三泉镇"},
        {"subject": "【三泉】活动总结"},
        {"filenames": ["三泉镇人民政府.活动总结（最终）(1).docx"]},
        {"text_candidates": [SPRING]},
        {"filenames": ["三泉镇观音村开展活动情况.docx"]},
        {"subject": "三泉镇总结", "filenames": ["观音村.xlsx"]},
    ],
)
def test_one_name_is_enough(hints):
    assert who(**hints).unit == SPRING


def test_names_that_two_units_share_decide_nothing():
    found = who(subject="白沙活动总结")
    assert (found.unit, set(found.candidates)) == (None, {SAND_TOWN, SAND_STREET})


def test_a_full_name_decides_between_look_alikes():
    assert who(subject="白沙街道活动总结").unit == SAND_STREET


def test_names_that_contradict_each_other_decide_nothing():
    found = who(subject="东城街道", filenames=["南城街道.docx"])
    assert (found.unit, found.candidates, found.conflict) == (None, (EAST, "500119002"), True)


def test_nothing_at_all_is_said_in_words():
    found = who(subject="活动总结")
    assert (found.unit, found.candidates) == (None, ())
    assert "请指定" in found.reasons[-1]


def test_an_address_several_units_share_needs_a_name():
    shared = tuple(
        Unit(code, name, "organisation", contacts=(Contact("sender", "both@town.example"),))
        for code, name in (("A", "甲服务中心"), ("B", "乙服务中心"))
    )
    given = {"form_unit": None, "sender": "both@town.example", "filenames": (), "folder_hint": ""}
    assert match(Roster(shared), subject="总结", **given).candidates == ("A", "B")
    assert match(Roster(shared), subject="乙服务中心总结", **given).unit == "B"
    elsewhere = Roster((*shared, Unit("C", "丙服务中心", "organisation")))
    given["filenames"] = ("乙服务中心总结.docx",)
    assert match(elsewhere, subject="转丙服务中心", **given).unit == "B"


def test_an_alias_that_is_also_the_name_counts_once():
    roster = Roster((Unit("A", "甲服务中心", "organisation", aliases=("甲服务中心", "甲中心")),))
    assert find_names(roster, "甲服务中心、甲中心总结") == ("A",)


def calls_of(work) -> int:
    """How many functions the work calls: what it costs, on any machine under any load."""
    count = 0

    def counted(_frame, event, _argument):
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def test_searching_a_large_roster_costs_what_a_small_one_costs():
    text = "关于报送第99街道活动总结的函" * 20
    costs = []
    for size in (100, 40_000):
        roster = Roster(tuple(Unit(f"{n}", f"第{n:05}街道", "street") for n in range(size)))
        find_names(roster, "")
        assert find_names(roster, f"关于报送第{99:05}街道活动总结的函") == ("99",)
        costs.append(calls_of(lambda of=roster: find_names(of, text)))
    assert costs[0] == costs[1]


def test_without_a_known_sender_a_name_against_the_form_is_put_before_a_clerk():
    found = who(form_unit=EAST, subject="南城街道总结")
    assert (found.unit, found.candidates, found.conflict) == (None, (EAST, "500119002"), True)
    assert found.reasons[-1] == "材料写明的单位与主题、文件名所称单位不一致，请核实"


def test_another_unit_in_the_running_text_is_no_contradiction():
    assert who(form_unit=EAST, text_candidates=("500119002",)).unit == EAST


def test_what_points_where_is_said_by_name():
    found = who(form_unit=EAST, sender="u500119001@town.example", filenames=("东城总结.docx",))
    assert found.reasons == (
        "材料本身写明报送单位是“东城街道”",
        "发件地址登记在“东城街道”名下",
        "文件名“东城总结.docx”提到“东城街道”",
    )


def test_shared_names_and_contradicting_names_are_told_apart():
    assert who(subject="白沙总结").reasons[-1] == "名称对应几个单位，请指定"
    apart = who(subject="东城街道总结", filenames=("南城街道.docx",))
    assert apart.reasons[-1] == "主题、文件名和正文所称单位不一致，请指定"
    assert apart.conflict


def test_where_every_unit_reports_for_itself_a_town_still_speaks_for_its_villages():
    village = "500119100201"
    assert who(form_unit=village, sender="u500119100@town.example", reporters=None).unit == village
    stranger = who(form_unit=village, sender="u500119101@town.example", reporters=None)
    assert (stranger.unit, stranger.conflict) == (None, True)
    assert who(subject="三泉镇观音村总结", reporters=None).unit == SPRING


def test_one_hint_that_names_the_senders_unit_settles_what_another_leaves_open():
    found = who(sender="u500119001@town.example", subject="东城街道总结", filenames=("南城街道简报.docx",))
    assert (found.unit, found.conflict) == (EAST, False)


def test_a_name_that_fits_both_settles_nothing_between_the_sender_and_a_file_named_for_another():
    given = {"sender": "u500119001@town.example", "filenames": ("南城街道总结.docx",)}
    found = who(**given, text_candidates=(EAST, "500119002"))
    assert (found.unit, found.conflict) == (None, True)
    assert who(**given, text_candidates=(EAST,)).unit == EAST


@pytest.mark.parametrize(
    "given",
    [
        {"subject": "东城街道、南城街道统计表"},
        {"filenames": ("南城街道和东城街道统计表.xlsx",)},
        {"subject": "东城、南城统计表"},
    ],
)
def test_a_paper_without_a_name_is_not_the_senders_where_two_units_are_named_at_once(given):
    found = who(sender="u500119001@town.example", **given)
    assert (found.unit, set(found.candidates), found.conflict) == (None, {EAST, "500119002"}, True)
    settled = {"filenames": ("东城街道统计表.xlsx",)} if "subject" in given else {"subject": "东城街道"}
    assert who(sender="u500119001@town.example", **(given | settled)).unit == EAST
    assert who(form_unit=EAST, sender="u500119001@town.example", **given).unit == EAST


def test_a_short_name_that_two_units_share_is_still_the_senders():
    assert who(sender=f"u{SAND_TOWN}@town.example", subject="白沙统计表").unit == SAND_TOWN
    assert who(sender=f"u{SPRING}@town.example", subject="三泉镇观音村、窑湾村统计表").unit == SPRING


def test_an_address_on_the_roster_is_never_called_unknown():
    assert not any("不在名册上" in r for r in who(sender="u500119001@town.example").reasons)
    assert who().reasons == ("主题、文件名和正文都没有写明报送单位，请指定",)


def test_who_stands_two_steps_below_another_named_beside_it_is_spoken_for_by_it():
    above = Roster(
        (
            Unit("D", "东河区民政局", "bureau"),
            Unit("T", "西山镇", "town", parent="D"),
            Unit("V", "甲家湾村", "village", parent="T"),
            Unit("O", "北坪乡", "town", parent="gone"),
        )
    )

    def called(subject):
        found = match(
            above,
            form_unit=None,
            sender="",
            subject=subject,
            filenames=[],
            folder_hint="",
            text_candidates=(),
        )
        return found.unit

    assert called("东河区民政局报甲家湾村情况") == "D"
    assert called("西山镇报甲家湾村情况") == "T"
    assert called("甲家湾村情况") == "V"
    assert called("北坪乡报甲家湾村情况") is None
