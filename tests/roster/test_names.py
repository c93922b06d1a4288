"""The index of names: where a text names units, what comes near, what only ends like a name."""

import pytest

from tasks.roster.names import Names, names_of
from tasks.terms.units import Roster, Unit

ROSTER = Roster(
    (
        Unit("T1", "三泉镇", "town", aliases=("三泉",)),
        Unit("T2", "东城街道", "town"),
        Unit("V1", "三泉镇观音村社会工作室", "studio", parent="T1", aliases=("观音村",)),
        Unit("V2", "白沙镇观音村社会工作室", "studio", parent="T3", aliases=("观音村",)),
        Unit("T3", "白沙镇", "town"),
        Unit("T4", "白沙街道", "town"),
    )
)
NAMES = Names(ROSTER)


def test_a_short_name_before_a_village_a_school_or_a_road_names_those_and_not_the_unit():
    for what in ("三泉村", "三泉小学", "三泉大道", "三泉三组"):
        assert NAMES.find(f"{what}情况") == NAMES.find(f"{what}情况", shortened=True) == ()
        assert NAMES.places(what) == []
    assert NAMES.find("三泉情况") == ("T1",)
    assert NAMES.find("三泉镇小学情况") == ("T1",)


def test_what_comes_near_is_suggested_though_it_is_nobodys_name():
    assert NAMES.find("东城社区", shortened=True) == ()
    assert NAMES.near("东城社区") == ("T2",)
    assert NAMES.near("三泉村") == ("T1",)
    assert NAMES.near("白沙") == ("T3", "T4")
    assert NAMES.near("别处") == ()


def test_every_place_in_a_text_is_told_with_its_length_and_whom_it_may_mean():
    assert NAMES.places("请三泉镇和东城街道") == [(1, 3, ["T1"]), (5, 4, ["T2"])]
    assert NAMES.places("观音村") == [(0, 3, ["V1", "V2"])]
    assert NAMES.places("白沙周报") == []  # a stem counts only where people abbreviate


def test_villages_of_one_name_are_told_apart_by_the_town_named_beside_them():
    assert NAMES.find("观音村") == ("V1", "V2")
    assert NAMES.find("白沙镇观音村") == ("T3", "V2")
    assert NAMES.find("观音村，三泉镇") == ("V1", "T1")
    assert NAMES.find("东城街道转观音村") == ("T2", "V1", "V2")


def test_a_stem_by_itself_is_the_abbreviation_of_all_that_have_it():
    assert NAMES.abbreviated("白沙") == ("T3", "T4")
    assert NAMES.abbreviated("白沙镇") == NAMES.abbreviated("沙") == ()


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("观音村", ("V1", "V2")),
        ("观音村社会工作室", ("V1", "V2")),
        ("镇观音村", ("V1", "V2")),
        ("三泉镇观音村", ("V1",)),
        ("音村", ()),
        ("泉镇", ()),
        ("观音", ()),
        ("观音村工作", ()),
    ],
)
def test_a_name_with_a_place_before_it_is_known_by_its_end(name, codes):
    assert NAMES.ending(name) == codes


def test_a_text_that_ends_within_a_name_names_nobody():
    assert NAMES.find("三") == NAMES.find("东城街") == NAMES.find("") == ()


def test_the_index_of_a_roster_is_made_once():
    assert names_of(ROSTER) is names_of(ROSTER)
    assert names_of(Roster(tuple(ROSTER))) is not names_of(ROSTER)


def test_units_that_name_each_other_as_their_parents_are_found_all_the_same():
    ring = (
        Unit("A", "甲镇", "town", parent="B", aliases=("观音村",)),
        Unit("B", "乙镇", "town", parent="A", aliases=("观音村",)),
    )
    assert Names(Roster((*ring, Unit("C", "丙镇", "town")))).find("丙镇观音村") == ("C", "A", "B")


SCHOOLS = Names(
    Roster(
        (
            Unit("S1", "实验小学", "school", aliases=("实小",)),
            Unit("S2", "实验小学东校区", "school"),
            Unit("S3", "第二中学", "school"),
        )
    )
)


@pytest.mark.parametrize("text", ["实验小学（东校区）", "实验小学(东校区)自查表"])
def test_a_campus_in_brackets_is_the_unit_that_is_called_so(text: str):
    assert SCHOOLS.find(text) == ("S2",)


@pytest.mark.parametrize("text", ["实验小学（西校区）", "第二中学（分校）", "第二中学（南）"])
def test_a_campus_nobody_listed_is_not_the_school_itself(text: str):
    assert SCHOOLS.find(text) == ()


@pytest.mark.parametrize("text", ["第二中学（盖章）", "第二中学（2023年）", "第二中学（共3人）"])
def test_any_other_bracket_leaves_the_name_alone(text: str):
    assert SCHOOLS.find(text) == ("S3",)
