"""Units are known by every way their offices write them, and by no name that could be another's."""

import pytest

from tasks.roster.names import Names
from tasks.terms.units import Roster, Unit


def names(*units: str) -> Names:
    return Names(Roster(tuple(Unit(name, name, "town") for name in units)))


@pytest.mark.parametrize(
    ("unit", "written"),
    [
        ("西山镇人民政府", "西山镇"),
        ("西山镇人民政府", "西山镇政府"),
        ("西山镇", "西山镇人民政府"),
        ("东河街道办事处", "东河街道"),
        ("东河街道办事处", "东河街道办"),
        ("东河街道", "东河街道办"),
        ("北坪乡人民政府", "某区北坪乡"),
        ("北坪乡人民政府", "北坪乡政府"),
        ("区卫生健康委员会", "区卫生健康委"),
        ("花林土家族苗族乡", "花林土家族苗族乡人民政府"),
    ],
)
def test_a_unit_is_found_in_a_text_however_its_office_is_written(unit, written):
    known = names(unit, "另一街道办事处")
    assert known.find(f"现将{written}有关情况报告如下") == (unit,)


@pytest.mark.parametrize("written", ["东城街道", "东城街道办事处", "南川区东城街道", "南川区东城街道办事处"])
def test_the_place_above_all_may_be_left_out_or_written(written):
    unit = "南川区东城街道办事处"
    assert names(unit, "南川区西城街道办事处").find(written) == (unit,)


def test_a_place_only_one_unit_begins_with_is_part_of_its_name():
    assert names("都市花园街道", "东城街道").find("花园街道情况") == ()


@pytest.mark.parametrize("written", ["教育局", "区教育局", "东河区教育局"])
def test_at_home_an_office_leaves_out_the_place_above(written):
    assert names("东河区教育局", "东河区民政局").exactly(written) == ("东河区教育局",)


@pytest.mark.parametrize("text", ["市教育局转发", "西河区教育局来函"])
def test_in_a_text_another_places_office_is_not_taken_for_it(text):
    assert names("东河区教育局", "东河区民政局").find(text) == ()


def test_an_office_whose_place_no_other_shares_is_not_known_without_it():
    assert names("东河区教育局", "西河区民政局").exactly("教育局") == ()
    assert names("东河区教育局", "西河区民政局").exactly("东河区教育局") == ("东河区教育局",)


def test_a_stem_counts_only_where_people_abbreviate():
    known = names("花林土家族苗族乡人民政府", "西山镇人民政府")
    assert known.find("花林周报", shortened=True) == ("花林土家族苗族乡人民政府",)
    assert known.find("西山周报", shortened=True) == ("西山镇人民政府",)
    assert known.find("西山周报") == ()


def test_a_village_of_two_letters_is_no_name_by_itself():
    known = names("甲村村民委员会", "观音村村民委员会")
    assert known.find("甲村情况") == known.find("甲村村民委情况") == ()
    assert known.find("观音村情况") == ("观音村村民委员会",)


def test_an_alias_of_one_letter_is_no_name():
    roster = Roster(
        (
            Unit(
                "T1",
                "东坪镇",
                "town",
                aliases=("东", "东坪"),
            ),
        )
    )
    assert Names(roster).find("在东边") == Names(roster).find("在东") == ()
    assert Names(roster).find("东坪周报") == ("T1",)


def test_a_stem_leaves_out_the_place_above():
    known = names("南川区东城街道", "南川区西城街道")
    assert known.find("东城周报", shortened=True) == ("南川区东城街道",)
    assert names("都市花园街道").find("都市花园周报", shortened=True) == ("都市花园街道",)
