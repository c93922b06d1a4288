"""Whose figures a sentence speaks of, and of which time: what its words govern, and where that ends."""

from dataclasses import replace
from datetime import date

import pytest

from tasks.intake.prose.figures import text_figures
from tasks.intake.prose.speaker import Speaker
from tasks.terms.obligation import Field
from tests.intake.factory import CAMPAIGN, FIELDS, ROSTER

TOWN = Speaker.of(ROSTER, "500119100", CAMPAIGN)
ARTS = (
    Field(id="shows", title="文艺演出", unit="场", aliases=("宣传演出",)),
    Field(id="books", title="捐赠图书", unit="册"),
)


def figures(text: str, speaker: Speaker = TOWN, fields: tuple[Field, ...] = FIELDS) -> dict[str, float]:
    return text_figures(text, fields, speaker).values


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("清源县实验小学", "全校"),
        ("清源县第二中学", "全校"),
        ("清源职业技术学院", "全校"),
        ("清源县机关幼儿园", "全园"),
        ("清源县中心敬老院", "全院"),
        ("清源县司法所", "全所"),
    ],
)
def test_a_school_speaks_of_itself_as_the_whole_school(name: str, whole: str):
    assert figures(f"{whole}68名职工参加，走访家庭865户。", replace(TOWN, name=name)) == {"visits": 865}


def test_a_town_does_not_speak_for_a_whole_school():
    assert figures("全校68名教师参加，走访家庭865户。") == {}


@pytest.mark.parametrize(
    "said", ["街道辖区共举办文艺演出15场", "全镇辖区承办文艺演出15场", "社区协办文艺演出15场"]
)
def test_to_hold_something_is_no_office(said: str):
    assert figures(f"{said}，捐赠图书300册。", fields=ARTS) == {"shows": 15, "books": 300}


def test_an_office_that_holds_something_is_still_another():
    assert figures("县文化市场管理办组织文艺演出15场，捐赠图书300册。", fields=ARTS) == {}


@pytest.mark.parametrize(
    "text",
    [
        "我镇共走访家庭156户，其中观音村62户、窑湾社区54户；开展社区活动23场。",
        "我镇共走访家庭156户，其中观音村62户、窑湾社区54户。开展社区活动23场，其中观音村9场、窑湾社区8场。",
    ],
)
def test_villages_listed_as_parts_do_not_speak_for_what_comes_after(text: str):
    assert figures(text) == {"visits": 156, "activities": 23}


@pytest.mark.parametrize(
    "text",
    [
        "我镇走访家庭多户，其中，观音村成效明显。开展社区活动3场。",
        "我镇广泛走访。其中，观音村组织入户宣传62户。开展社区活动3场。",
        "我镇干部下沉一线。该村开展社区活动3场。",
        "观音村走访家庭62户；开展社区活动3场。",
    ],
)
def test_a_village_that_acts_speaks_for_what_comes_after(text: str):
    assert figures(text) == {}


LONG = replace(TOWN, months=frozenset(), windows=((date(2023, 3, 2), date(2023, 10, 31)),))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("截至10月底走访家庭110户。", {"visits": 110}),
        ("截止2023年10月底，走访家庭110户。", {"visits": 110}),
        ("10月走访家庭110户。", {}),
        ("截至去年10月底走访家庭110户。", {}),
        ("截至2022年10月底走访家庭110户。", {}),
        ("截至今年1月底走访家庭110户。", {}),
    ],
)
def test_up_to_a_month_of_the_campaign_is_the_campaigns_own_time(text: str, found: dict[str, float]):
    assert figures(text, LONG) == found


def test_up_to_an_earlier_month_is_not_the_month_reported_on():
    june = replace(TOWN, months=frozenset({6}), windows=((date(2023, 6, 1), date(2023, 6, 30)),))
    assert figures("截至5月底走访家庭110户。", june) == {}
    assert figures("截至6月底走访家庭110户。", june) == {"visits": 110}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("第一阶段走访家庭40户，第二阶段走访家庭55户，两个阶段共走访家庭95户。", {"visits": 95}),
        ("第一轮走访家庭40户，第二轮走访家庭55户，两轮合计走访家庭95户。", {"visits": 95}),
        ("去年两个阶段共走访家庭95户。", {}),
        ("第一阶段走访家庭40户，第二阶段走访家庭55户。", {}),
        ("第一阶段走访家庭40户，其间两个小组共走访家庭30户。", {}),
    ],
)
def test_the_sum_of_several_stages_is_the_whole(text: str, found: dict[str, float]):
    assert figures(text) == found


@pytest.mark.parametrize(
    ("since", "own"),
    [
        ("自2020年以来", False),
        ("自2021年设立服务站以来", False),
        ("自社工站成立以来", False),
        ("自去年10月以来", False),
        ("自2月以来", False),
        ("自3月以来", True),
        ("自6月18日以来", True),
        ("自2023年3月以来", True),
        ("自活动启动以来", True),
        ("自行动开展以来", True),
    ],
)
def test_since_when_decides_whether_it_is_the_campaigns_time(since: str, own: bool):
    assert figures(f"{since}，全镇累计走访家庭980户。", LONG) == ({"visits": 980} if own else {})


@pytest.mark.parametrize("who", ["邻县", "邻镇", "某镇", "邻县某镇", "某街道", "某区"])
def test_a_neighbour_or_somebody_unnamed_is_another(who: str):
    assert figures(f"{who}在宣传周开展社区活动20场，值得学习。") == {}


@pytest.mark.parametrize("who", ["县妇联", "县疾控中心", "县委宣传部", "市残联", "区人民医院", "县红十字会"])
def test_what_any_office_holds_in_our_town_is_that_offices(who: str):
    assert figures(f"{who}在我镇开展社区活动2场，服务群众180人次。") == {}


@pytest.mark.parametrize(
    "text",
    [
        "中心校走访家庭300户、双河小学走访家庭120户。",
        "志愿服务队走访家庭300户、观音村走访家庭120户。",
        "机关干部走访家庭300户，观音村走访家庭120户，窑湾社区走访家庭80户。",
    ],
)
def test_the_first_of_a_list_of_parts_is_a_part(text: str):
    assert figures(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "我镇走访家庭300户，观音村走访家庭120户。",
        "三泉镇走访家庭300户，观音村走访家庭120户。",
        "走访家庭300户。观音村走访家庭120户。",
    ],
)
def test_what_the_town_says_of_itself_beside_a_village_is_the_towns(text: str):
    assert figures(text) == {"visits": 300}


def test_schools_in_a_list_are_parts_of_the_town_they_stand_in():
    text = "全镇3所学校：中心校走访家庭300户、双河小学走访家庭120户、幼儿园走访家庭84户。"
    assert figures(text) == {}
    kindergarten = replace(TOWN, name="清源县机关幼儿园")
    assert figures("我园高度重视，幼儿园走访家庭84户。", kindergarten) == {"visits": 84}


def test_a_number_of_stations_that_act_is_no_single_one():
    assert figures("全镇8个村级社工站走访家庭84户，开展社区活动9场。") == {"visits": 84, "activities": 9}
    assert figures("村级社工站走访家庭84户。") == {}


@pytest.mark.parametrize(
    "text",
    [
        "如完成走访家庭180户，预计受益面更广。",
        "如果走访家庭180户，效果更好。",
        "若开展入户宣传，走访家庭180户。",
        "若开展培训8期，可服务群众180人次。",
        "一旦启动应急响应，走访家庭180户。",
    ],
)
def test_what_would_be_done_is_not_done(text: str):
    assert figures(text) == {}


@pytest.mark.parametrize("said", ["若干", "如期", "如实上报", "如火如荼", "不如去年热闹，今年"])
def test_words_that_set_no_condition_change_nothing(said: str):
    assert figures(f"各项工作{said}，走访家庭180户。") == {"visits": 180}


@pytest.mark.parametrize(
    "with_whom", ["联合派出所、市场监管所", "会同县妇联", "邀请县人民医院", "联合县住建局、镇派出所"]
)
def test_who_was_asked_to_join_in_is_not_who_acts(with_whom: str):
    assert figures(f"我镇{with_whom}走访家庭180户。") == {"visits": 180}
    assert figures(f"{with_whom}走访家庭180户。") == {"visits": 180}


def test_an_office_that_acts_with_the_town_is_the_one_that_acts():
    assert figures("县妇联联合我镇走访家庭180户。") == {}


@pytest.mark.parametrize("who", ["县妇联与我镇", "县妇联和我镇", "县妇联会同我镇"])
def test_what_another_office_does_with_the_town_is_not_the_towns_alone(who: str):
    assert figures(f"{who}走访家庭180户。") == {}


@pytest.mark.parametrize("day", ["10月31日", "11月2日", "12月1日", "5月31日", "2023年10月31日"])
def test_up_to_a_day_is_the_campaigns_time_whatever_the_month(day: str):
    assert figures(f"截至{day}，全镇共走访家庭95户。") == {"visits": 95}


def test_a_number_of_schools_that_act_is_no_single_one():
    assert figures("6所学校共走访家庭95户，开展社区活动9场。") == {"visits": 95, "activities": 9}
    assert figures("实验小学走访家庭95户。") == {}


@pytest.mark.parametrize(
    "text",
    [
        "典型案例：农户张某家因病致贫，镇里走访家庭4户。",
        "三、典型案例\n志愿者上门服务，走访家庭4户。",
        "案例一：张大爷被拖欠工资，服务群众5人次，走访家庭4户。",
        "志愿者李华累计走访家庭4户，被评为最美志愿者。",
        "82岁的陈奶奶说，志愿者走访家庭4户，她很感动。",
        "某企业走访家庭4户。",
        "优秀教师王老师一年走访家庭4户。",
        "养殖大户走访家庭4户。",
    ],
)
def test_a_story_of_one_person_or_household_is_not_the_towns_figure(text: str):
    assert figures(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "选树典型案例，走访家庭4户。",
        "58名老师走访家庭4户。",
        "三、典型案例\n张某家脱贫。\n四、成效\n走访家庭4户。",
        "村民刘大爷说好。我镇共走访家庭4户。",
        "志愿者踊跃参与，走访家庭4户。",
        "为种植大户、合作社送技术上门，走访家庭4户。",
    ],
)
def test_words_near_a_story_change_nothing(text: str):
    assert figures(text) == {"visits": 4}


def test_parts_that_come_to_the_whole_give_the_word_back():
    text = "我镇共开展社区活动13场，其中观音村开展10场、窑湾村开展3场；走访家庭220户。"
    assert figures(text) == {"activities": 13, "visits": 220}
    unfinished = text.replace("10场", "9场")
    assert figures(unfinished) == {"activities": 13}


@pytest.mark.parametrize(
    "text",
    [
        "四、下一步打算\n走访家庭50户。\n开展社区活动5场。",
        "四、下一步工作计划\n一是强化走访。走访家庭50户。二是开展社区活动，共5场。",
        "（三）今后努力方向\n完成走访家庭50户，开展社区活动5场。",
        "二、2022年工作回顾\n全镇走访家庭50户。\n开展社区活动5场。",
        "一、启动仪式\n走访家庭50户，开展社区活动5场。",
    ],
)
def test_a_heading_says_of_when_its_section_is(text: str):
    assert figures(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "一、2022年工作回顾\n走访家庭20户。\n二、2023年工作情况\n走访家庭50户。",
        "一、下一步打算\n走访家庭20户。\n二、工作成效\n走访家庭50户。",
        "一、制定工作计划，精心组织实施\n干部群众高度重视，广泛参与。\n走访家庭50户。",
        "二、日常走访\n入户认真细致。\n走访家庭50户。",
        "四、下一步打算\n继续努力，目前已走访家庭50户。",
    ],
)
def test_a_section_ends_with_the_next_heading_and_other_headings_govern_nothing(text: str):
    assert figures(text) == {"visits": 50}
