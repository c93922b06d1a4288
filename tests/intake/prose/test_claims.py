"""What a count counts: one thing, two things together, or something else."""

import pytest

from tasks.intake.prose.figures import text_figures
from tasks.terms.obligation import Field
from tests.intake.factory import FIELDS

CARE = (
    Field(id="events", title="敬老活动", unit="场"),
    Field(id="altered", title="适老化改造", unit="户"),
    Field(id="leaflets", title="宣传资料", unit="份", aliases=("发放宣传资料", "宣传单")),
    Field(id="trained", title="培训人员", unit="人次"),
    Field(id="stations", title="亮明服务信息的社工站", unit="个"),
    Field(id="rubbish", title="清理垃圾", unit="吨", whole=False),
)


def figures(text: str, fields: tuple[Field, ...] = CARE) -> dict[str, float]:
    return text_figures(text, fields).values


def codes(text: str, fields: tuple[Field, ...] = CARE) -> list[str]:
    return [f.code for f in text_figures(text, fields).findings]


@pytest.mark.parametrize(
    "text",
    [
        "开展敬老活动和文艺演出共8场。",
        "开展文艺演出和敬老活动8场。",
        "开展文艺演出、敬老活动等8场。",
        "完成适老化改造和危房改造20户。",
        "完成适老化改造及危旧房屋修缮共20户。",
        "发放宣传资料、手册3500份。",
        "发放手册和宣传资料3500份。",
        "开展敬老活动以及各类义诊8场。",
    ],
)
def test_two_things_counted_together_are_no_figure_of_either_and_are_asked_about(text: str):
    assert (figures(text), codes(text)) == ({}, ["VAGUE"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("开展文艺演出5场和敬老活动8场。", {"events": 8}),
        ("开展文艺演出5场、敬老活动8场，完成危房改造3户和适老化改造20户。", {"events": 8, "altered": 20}),
        ("加强宣传和清理垃圾52吨。", {"rubbish": 52}),
        ("发放宣传单、折页等宣传资料3500份。", {"leaflets": 3500}),
        ("及时清理垃圾52吨，参与敬老活动8场。", {"rubbish": 52, "events": 8}),
        ("组织志愿者和干部开展敬老活动8场。", {"events": 8}),
        ("营造敬老和谐氛围，共开展敬老活动8场。", {"events": 8}),
        ("开展科学普及敬老活动8场。", {"events": 8}),
        ("惠及、参与敬老活动8场。", {"events": 8}),
        ("开展敬老活动8场、培训人员380人次。", {"events": 8, "trained": 380}),
        ("亮明服务信息的社工站8个。", {"stations": 8}),
        ("全镇8个社工站亮明服务信息，亮明服务信息的社工站8个。", {"stations": 8}),
    ],
)
def test_things_with_counts_of_their_own_are_read(text: str, found: dict[str, float]):
    assert (figures(text), codes(text)) == (found, [])


def test_a_sum_said_elsewhere_settles_what_was_counted_together():
    assert figures("开展敬老活动和文艺演出共8场。全镇累计开展敬老活动6场。") == {"events": 6}


def test_people_behind_another_count_are_those_who_took_part():
    assert figures("开展社区活动4场、参与志愿者38人。", FIELDS) == {"activities": 4, "volunteers": 38}
    assert figures("社工、参与志愿者38人。", FIELDS) == {}


HAZARDS = (
    Field(id="sites", title="检查场所", unit="家"),
    Field(id="found", title="发现隐患", unit="处"),
    Field(id="fixed", title="整改隐患", unit="处", aliases=("完成整改",)),
    Field(id="shows", title="文艺演出", unit="场"),
    Field(id="audience", title="观众", unit="人次"),
    Field(id="people", title="出动人员", unit="人次"),
    Field(id="trucks", title="出动车辆", unit="台次"),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("发现隐患408处，其中重大隐患2处，已完成整改390处。", {"found": 408, "fixed": 390}),
        ("发现隐患408处，其中重大隐患12处，完成整改8处。", {"found": 408}),
        ("文艺演出12场，其中室内5场、广场7场，观众8600人次。", {"shows": 12, "audience": 8600}),
        ("文艺演出12场，其中室内5场，观众8600人次。", {"shows": 12}),
        ("文艺演出12场，其中观音村5场、窑湾社区7场，观众8600人次。", {"shows": 12, "audience": 8600}),
        ("文艺演出12场，其中室内5场、观众600人次，广场7场、观众8000人次。", {"shows": 12}),
    ],
)
def test_of_which_ends_where_its_parts_are_complete_or_can_hold_no_more(text: str, found: dict[str, float]):
    assert figures(text, HAZARDS) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("出动人员460人次、车辆35台次。", {"people": 460, "trucks": 35}),
        ("出动人员460人次，车辆35台次。", {"people": 460, "trucks": 35}),
        ("发现隐患203处、整改203处。", {"found": 203, "fixed": 203}),
        ("发现隐患203处，均已整改203处。", {"found": 203, "fixed": 203}),
        ("车辆35台次。", {}),
        ("租用人员460人次、车辆35台次。", {}),
    ],
)
def test_a_word_the_next_count_shares_is_not_said_twice(text: str, found: dict[str, float]):
    assert figures(text, HAZARDS) == found


@pytest.mark.parametrize(
    "doubt", ["但与台账24场不符", "与上报数有出入", "数据正在核对", "该数正在核实", "与系统数据不一致"]
)
def test_a_sentence_that_doubts_its_figure_leaves_it_open(doubt: str):
    text = f"敬老活动26场，{doubt}。适老化改造3户。"
    assert (figures(text), codes(text)) == ({"altered": 3}, ["VAGUE"])


def test_what_is_not_up_to_a_standard_is_no_doubt():
    assert figures("敬老活动26场，不符合条件的未纳入。") == {"events": 26}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("分别开展敬老活动3场、5场，合计8场。", {"events": 8}),
        ("分别开展敬老活动3场、5场，共计9场。", {}),
        ("开展敬老活动3场、义诊5场，合计8场。", {"events": 3}),
        ("上旬、下旬分别开展敬老活动3场和5场，共8场。", {}),
    ],
)
def test_a_sum_without_the_word_is_the_sum_of_what_was_listed(text: str, found: dict[str, float]):
    assert figures(text) == found
