"""Counts that stand where a sum does and are none: a rate, a kind, a piece, what was called off."""

from dataclasses import replace

import pytest

from tasks.intake.prose.figures import text_figures
from tasks.intake.prose.speaker import Speaker
from tasks.terms.due import Window
from tasks.terms.obligation import Field
from tests.intake.factory import CAMPAIGN, FIELDS, ROSTER

TOWN = Speaker.of(ROSTER, "500119100", CAMPAIGN)
WORKS = (
    Field(id="rubbish", title="清运垃圾", unit="吨", aliases=("清理垃圾",), whole=False),
    Field(id="people", title="出动人次", unit="人次", aliases=("出动人员", "出动警力")),
    Field(id="funds", title="投入资金", unit="元", aliases=("资金投入",), whole=False),
    Field(id="hours", title="服务时长", unit="小时", whole=False),
    Field(id="trees", title="栽植树木", unit="株", aliases=("植树",)),
)


def figures(text: str, fields: tuple[Field, ...] = WORKS, speaker: Speaker = TOWN) -> dict[str, float]:
    return text_figures(text, fields, speaker).values


def codes(text: str, fields: tuple[Field, ...] = WORKS) -> list[str]:
    return [f.code for f in text_figures(text, fields, TOWN).findings]


@pytest.mark.parametrize(
    "said",
    ["出动人员300人次/天", "出动人员300人次／日", "出动人员300人次（天）", "清运垃圾35吨/车",
     "清运垃圾35吨有余",
     "清运垃圾35吨之多", "清运垃圾35吨出头", "清运垃圾35吨半", "服务时长1520小时30分", "投入资金86元5角"],
)  # fmt: skip
def test_what_follows_a_measure_may_make_it_a_rate_or_inexact(said: str):
    assert (figures(f"全镇{said}。"), codes(f"全镇{said}。")) == ({}, ["VAGUE"])


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("清运垃圾三十五点五吨", {"rubbish": 35.5}), ("清运垃圾十点二五吨", {"rubbish": 10.25}),
        ("清运垃圾零点五吨", {"rubbish": 0.5}), ("投入资金三点五万元", {"funds": 35000}),
        ("上午八点出动人员三十人次", {"people": 30}),
    ],
)  # fmt: skip
def test_a_figure_with_a_point_is_read_in_chinese_numerals_too(said: str, found: dict):
    assert figures(f"全镇{said}。") == found


@pytest.mark.parametrize(
    "said",
    [
        "清理垃圾35吨、建筑垃圾12吨",
        "线上出动人员100人次，线下出动人员56人次，共出动车辆2台",
        "清运垃圾35吨，清理建筑垃圾12吨",
        "清运生活垃圾30吨、建筑垃圾5吨",
        "补栽树木300株，栽植树木4900株",
        "出动警力48人次、网格员48人次",
        "出动党员300人次、群众600人次",
        "出动老人60人次、儿童40人次",
    ],
)
def test_a_count_of_one_kind_beside_another_kind_is_not_all(said: str):
    assert figures(f"全镇{said}。") == {}


@pytest.mark.parametrize(
    "said",
    [
        "清运垃圾35吨，其中建筑垃圾12吨",
        "清运垃圾35吨、淤泥12吨",
        "清运垃圾35吨、收集废弃垃圾12吨",
        "清运垃圾35吨，栽植树木12株",
        "看护树木300株，清运垃圾35吨",
        "清运垃圾35吨，出动人员48人次、网格员12人次",
    ],
)
def test_a_kind_among_it_and_other_things_leave_the_sum(said: str):
    assert figures(f"全镇{said}。")["rubbish"] == 35


@pytest.mark.parametrize(
    "said",
    ["清运垃圾35吨（含3月前存量垃圾10吨）", "清运垃圾35吨（含库存10吨）", "清运垃圾35吨（9日20吨、10日16吨）",
     "清运垃圾35吨（生活20吨、建筑12吨）", "清运垃圾35吨（其中建筑42吨）", "清运垃圾35吨（3.6万吨）"],
)  # fmt: skip
def test_brackets_that_say_another_amount_leave_the_count_open(said: str):
    assert (figures(f"全镇{said}。"), codes(f"全镇{said}。")) == ({}, ["VAGUE"])


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("清运垃圾35吨（生活20吨、建筑15吨）", 35), ("清运垃圾35吨（其中建筑12吨）", 35),
        ("清运垃圾35吨（含建筑垃圾12吨）", 35),
        ("清运垃圾35吨（约12车）", 35), ("清运垃圾0.35万吨（3500吨）", 3500),
        ("清运垃圾35吨（35000公斤）", 35),
        ("清运垃圾35吨（如生活20吨、建筑10吨等）", 35),
    ],
)  # fmt: skip
def test_brackets_that_say_what_is_in_it_or_the_same_again_change_nothing(said: str, found: float):
    assert figures(f"全镇{said}。") == {"rubbish": found}


@pytest.mark.parametrize(
    "said",
    ["走访家庭35户。经核，走访家庭数偏大，应以30户为准",
     "累计走访家庭600户，其中本次走访30户", "累计走访家庭600户，其中宣传周期间走访30户",
     "社区活动被市级媒体报道2次", "社区活动得到表扬2次", "走访家庭30户，后退回有误登记2户",
     "社区活动15场，因雨取消3场", "开展社区活动12场，其中2场因雨取消", "社区活动由原定15场调整为12场",
     "原定开展社区活动15场",
     "社区活动12场，剔除重复的2场", "走访家庭30户，扣除重复走访后为28户",
     "比上年多开展社区活动4场", "今年多走访家庭4户"],
)  # fmt: skip
def test_what_was_called_off_taken_off_or_only_the_difference_is_no_sum(said: str):
    assert figures(f"全镇{said}。", FIELDS) == {}


@pytest.mark.parametrize(
    "said", ["清运垃圾35吨，剔除重复的2.5吨", "清运垃圾35吨，扣除外镇垃圾三吨", "投入资金3万元，退回0.2万元"]
)
def test_what_was_taken_off_in_any_measure_leaves_the_sum_open(said: str):
    assert figures(f"全镇{said}。") == {}


def test_what_was_changed_to_and_carried_out_is_not_guessed_beside_the_first_plan():
    assert figures("活动由15场调整为12场，走访家庭30户。", FIELDS) == {"visits": 30}


@pytest.mark.parametrize(
    "text",
    [
        "三、下步打算。开展社区活动10场。", "（四）存在问题及打算。继续开展社区活动4场。",
        "五、2022年情况。开展社区活动8场。",
        "邮政储蓄银行在我镇开展社区活动2场。", "市科技馆为我镇群众开展社区活动2场。",
        "县科协组织社区活动2场。", "县科协在我镇开展社区活动2场。", "省农科院到我镇开展社区活动2场。",
        "镇机关开展社区活动2场。", "国庆期间开展社区活动2场。", "五一假期开展社区活动2场。",
    ],
)  # fmt: skip
def test_what_is_to_come_was_a_guests_or_a_piece_is_not_the_units_whole(text: str):
    assert figures(text, FIELDS) == {}


def test_a_section_whose_heading_stands_in_its_line_ends_with_the_next():
    text = "一、下步打算。开展社区活动10场。\n二、主要做法。开展社区活动3场。"
    assert figures(text, FIELDS) == {"activities": 3}
    assert figures("一、开展社区活动3场。二、走访家庭30户。", FIELDS) == {"activities": 3, "visits": 30}


def test_a_holiday_the_campaign_is_of_is_its_own_time():
    window = Window(id="week", title="国庆走访", start=CAMPAIGN.windows[0].start, end=CAMPAIGN.windows[0].end)
    own = replace(CAMPAIGN, title="国庆走访慰问活动", windows=(window,))
    assert figures("国庆期间走访家庭30户。", FIELDS, Speaker.of(ROSTER, "500119100", own)) == {"visits": 30}


@pytest.mark.parametrize(
    "text",
    [
        "我镇文化站在全镇开展社区活动3场。",
        "工作队深入我镇各村，我镇开展社区活动3场。",
        "在我镇开展社区活动3场。",
    ],
)
def test_own_doings_in_ones_own_town_stay_its_own(text: str):
    assert figures(text, FIELDS) == {"activities": 3}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("开展社区活动8场，其中主场1场、分场8场。", {}), ("共开展社区活动8场，其中主场1场、分场8场。", {}),
        ("开展社区活动8场，其中进校园9场。", {}),
        ("开展社区活动8场，其中主场1场、分场7场。", {"activities": 8}),
        ("参与志愿者30人，其中党员20人、退役军人15人。", {"volunteers": 30}),
    ],
)  # fmt: skip
def test_parts_that_are_more_than_the_whole_leave_it_open_unless_one_may_be_both(text: str, found: dict):
    assert figures(text, FIELDS) == found
    assert ("CONTRADICTION" in codes(text, FIELDS)) == (not found)


ASKED = (
    *FIELDS,
    WORKS[0],
    Field(id="papers", title="发放问卷", unit="份", aliases=("发放调查问卷",)),
    Field(id="proofs", title="取消证明事项", unit="件"),
    Field(id="lessons", title="举办培训", unit="场"),
)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("全镇发放问卷500份，收回482份。", {"papers": 500}),
        ("全镇走访家庭30户，收回承诺书28份。", {"visits": 30}),
        ("全镇走访家庭30户，劝导取消婚宴12场。", {"visits": 30}),
        ("全镇取消证明事项35件。", {"proofs": 35}),
        ("全镇清运垃圾35吨，报废农机3台。", {"rubbish": 35}),
        ("全镇走访家庭30户，核减风险隐患。", {"visits": 30}),
        ("全镇服务群众300人次十分满意。", {"served": 300}),
        ("全镇开展社区活动15场半个月内完成。", {"activities": 15}),
        ("按原定方案，全镇开展社区活动15场。", {"activities": 15}),
        ("原定活动因雨顺延，全镇开展社区活动15场。", {"activities": 15}),
        ("我镇大多走访家庭30户。", {"visits": 30}),
    ],
)
def test_what_takes_nothing_off_the_count_leaves_it_as_it_is(said: str, found: dict):
    assert (figures(said, ASKED), codes(said, ASKED)) == (found, [])


@pytest.mark.parametrize(
    "bracket",
    ["全年累计38场", "今年累计38场", "去年同期18场", "任务数12场、上月18场", "占全区120场的12.5%",
     "应开展18场", "每村至少2场、每社区1场", "线上5场、线下10场，共15场", "线上5场、线下10场，其中入村3场"],
)  # fmt: skip
def test_brackets_that_speak_of_something_else_leave_the_count(bracket: str):
    assert figures(f"全镇开展社区活动15场（{bracket}）。", ASKED) == {"activities": 15}


def test_brackets_without_end_are_read_at_once():
    assert figures(f"全镇开展社区活动15场（{'含' * 20_000}）。", ASKED) == {"activities": 15}


@pytest.mark.parametrize(
    "text",
    ["邀请县医院专家来我镇开展社区活动3场。", "联合农商银行在我镇开展社区活动3场。",
     "积极对接市人民医院到我镇开展社区活动3场。", "联合区司法局在我镇开展社区活动3场。",
     "志愿者服务队为我镇老人开展社区活动3场。"],
)  # fmt: skip
def test_who_came_because_the_unit_asked_is_no_guest(text: str):
    assert figures(text, ASKED) == {"activities": 3}


@pytest.mark.parametrize(
    "behind",
    [
        "理论宣讲12场、入户宣讲8场，举办观摩3场",
        "理论宣讲12场、入户宣讲8场，培训3场",
        "理论宣讲12场，组织观摩9场",
    ],
)
def test_what_is_counted_behind_the_parts_is_none_of_them(behind: str):
    assert figures(f"全镇开展社区活动20场，其中{behind}。", ASKED)["activities"] == 20
