"""What prose says for certain of a unit's own figures: whose they are, of when, done or planned, exact."""

from dataclasses import replace

import pytest

from tasks.intake.prose.figures import text_figures
from tasks.intake.prose.speaker import Speaker
from tasks.terms.obligation import Field
from tests.intake.factory import CAMPAIGN, FIELDS, ROSTER

WORKS = (
    Field(id="firms", title="检查企业", unit="家", aliases=("检查单位",)),
    Field(id="found", title="排查隐患", unit="条", aliases=("发现隐患", "查出隐患")),
    Field(id="mended", title="已整改", unit="条", aliases=("整改隐患", "完成整改")),
    Field(id="fines", title="罚款金额", unit="万元", aliases=("罚款",), whole=False),
    Field(id="moved", title="转移群众", unit="人", aliases=("转移人数",)),
    Field(id="homes", title="转移户数", unit="户", aliases=("转移家庭",)),
    Field(id="rate", title="合格率", unit="%", whole=False),
)
TOWN = Speaker.of(ROSTER, "500119100", CAMPAIGN)


def figures(text: str, fields: tuple[Field, ...] = FIELDS, speaker: Speaker = TOWN) -> dict[str, float]:
    return text_figures(text, fields, speaker).values


def codes(text: str, fields: tuple[Field, ...] = FIELDS) -> list[str]:
    return [f.code for f in text_figures(text, fields, TOWN).findings]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("我镇共开展社区活动3场，走访家庭30户。", {"activities": 3, "visits": 30}),
        ("全镇走访家庭30户，参与志愿者12名。", {"visits": 30, "volunteers": 12}),
        ("三泉镇人民政府组织社区活动两场、走访家庭三十户。", {"activities": 2, "visits": 30}),
        ("走访家庭30户、45户次，服务群众80人、210人次。", {"visits": 30, "served": 210}),
        ("活动场次：3场；走访户数：30户", {"activities": 3, "visits": 30}),
        ("服务群众1.2万人次，参与志愿者达38人。", {"served": 12000, "volunteers": 38}),
        ("截至5月31日，累计走访家庭30户。", {"visits": 30}),
        ("2023年3月21日至3月31日，开展社区活动3场。", {"activities": 3}),
        ("自3月21日启动以来，我镇走访家庭30户。", {"visits": 30}),
        ("按照通知要求，我镇开展社区活动3场，走访家庭30户。", {"activities": 3, "visits": 30}),
        ("紧紧围绕目标任务，开展社区活动3场。", {"activities": 3}),
        ("开展应急响应演练后，走访家庭30户。", {"visits": 30}),
        ("全镇上下没有懈怠，走访家庭30户，无一投诉。", {"visits": 30}),
        ("现将情况汇报如下：开展社区活动3场，走访家庭30户。", {"activities": 3, "visits": 30}),
        ("走访家庭30户，群众满意率98%，较去年提高5个百分点。", {"visits": 30}),
        ("组织4个社工站、14个工作室开展社区活动18场，志愿者参与86人。", {"activities": 18, "volunteers": 86}),
        ("全镇中小学校积极参与，累计走访家庭30户。", {"visits": 30}),
        ("开展志愿者培训2场、社区活动3场。", {"activities": 3}),
        ("联合东城街道开展社区活动3场。", {"activities": 3}),
    ],
)
def test_the_units_own_plain_counts_are_read(text, found):
    assert figures(text) == found
    assert codes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "全区共开展社区活动1200场，走访家庭10500户。",
        "全区民政系统高度重视。共开展社区活动1200场，走访家庭10500户。",
        "一、全区情况\n共开展社区活动1200场。\n走访家庭10500户。",
        "我区各镇街共走访家庭10500户，开展社区活动1200场。",
        "南川区民政局共开展社区活动1200场，走访家庭900户。",
        "东城街道开展社区活动9场、走访家庭88户。",
        "东城街道成效明显，开展社区活动9场，走访家庭88户。",
        "观音村开展社区活动1场，走访家庭10户。",
        "莲花村开展社区活动1场，走访家庭10户。",
        "在莲花社区开展社区活动1场，走访家庭10户。",
        "镇社工站开展社区活动2场，走访家庭12户。",
        "各村走访家庭10户。", "每村走访家庭10户。", "平均每月走访家庭10户。", "户均走访家庭2户。",
    ],
)  # fmt: skip
def test_figures_of_the_district_of_others_or_of_a_part_are_not_the_units_own(text):
    assert figures(text) == {}
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("全区走访家庭10500户。我镇走访家庭30户。", {"visits": 30}),
        ("学习东城街道走访家庭88户的做法，我镇共走访家庭30户。", {"visits": 30}),
        ("共开展社区活动4场，走访家庭三十六户，其中莲花村开展活动1场，走访10户。",
         {"activities": 4, "visits": 36}),
        ("共走访家庭45户，其中困难老年人家庭30户、留守儿童家庭15户；开展社区活动6场。",
         {"activities": 6, "visits": 45}),
        ("全镇走访家庭45户（其中独居老人30户，留守儿童15户），参与志愿者38人。",
         {"visits": 45, "volunteers": 38}),
        ("莲花村走访10户，窑湾村走访12户，全镇共走访家庭45户。", {"visits": 45}),
        ("我镇共走访家庭45户。其中，镇社工站走访家庭12户，开展活动2场。", {"visits": 45}),
        ("3月22日，走访家庭8户。宣传周期间，共走访家庭30户。", {"visits": 30}),
    ],
)  # fmt: skip
def test_the_whole_is_told_from_its_parts_and_from_others(text, found):
    assert figures(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "去年同期开展社区活动4场，走访家庭38户。", "2022年开展社区活动4场，走访家庭38户。",
        "今年以来开展社区活动30场，走访家庭210户。", "近三年来，共走访家庭210户。", "上半年走访家庭210户。",
        "3月22日，开展社区活动1场，走访家庭8户。", "启动仪式当天走访家庭8户。", "第一阶段共走访家庭8户。",
        "4月份还将开展社区活动5场，走访家庭50户。", "下一步，开展社区活动5场，走访家庭50户。",
        "拟走访家庭50户。", "计划共走访家庭50户，开展社区活动5场。", "预计完成走访家庭50户。",
        "应走访家庭50户。", "尚未走访家庭12户。", "还有12户家庭走访未完成。", "走访家庭增加12户。",
        "走访家庭较去年多12户。", "现有志愿者120人。", "举办第2场社区活动。", "举办第二场社区活动。",
        "开展“3场社区活动”行动。", "在千场活动、万家走访行动中，", "做到走访一户、宣传一户、满意一户。",
        "建立一户一档走访制度。", "走访企业12家。", "走访商户30户。", "志愿者、社工共38人。",
        "组织社工和志愿者38人。", "38名社工和志愿者参加。", "服务群众520人（次）。",
        "走访28户，后又走访32户。", "走访家庭28户，此外还走访家庭2户。", "走访家庭30.5户。",
        "走访家庭45户，更正为54户。", "慰问困难家庭12户、走访独居老人18户，共30户。",
        "走访家庭：第一组12户，第二组18户。",
        "参与志愿者由12名增加到20名。", "慰问志愿者12人。", "组织志愿者培训，培训志愿者50人。",
        "镇社工站联合东城街道走访家庭12户。", "责令走访家庭12户。", "走访家庭一百二户。",
        "上学期走访家庭4户，本学期走访家庭3户。",
    ],
)  # fmt: skip
def test_other_times_plans_ordinals_and_idioms_are_no_figures(text):
    assert figures(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "走访了数十户家庭。", "走访几十户家庭。", "走访家庭十几户。", "走访家庭50余户。", "走访家庭近百户。",
        "走访家庭30多户。", "走访家庭约30户。", "走访家庭30户左右。", "走访家庭30户以上。",
        "走访家庭不少于30户。", "走访家庭至少30户。", "走访家庭超30户。", "走访家庭突破30户。",
        "走访家庭30-35户。", "走访家庭三四十户。", "走访家庭数户。", "走访家庭若干户。", "走访家庭上百户。",
        "据不完全统计，走访家庭30户。", "初步统计走访家庭30户。", "走访家庭好几户。", "走访家庭30来户。",
    ],
)  # fmt: skip
def test_a_vague_count_is_no_figure_and_is_told(text):
    found = text_figures(text, FIELDS, TOWN)
    assert (found.values, [f.code for f in found.findings]) == ({}, ["VAGUE"])
    assert not found.findings[0].blocking, "prose is asked about, not sent back"


def test_some_volunteers_and_several_activities_are_told_once_each():
    assert codes("我镇开展了多场社区活动，走访了数十户家庭，参与志愿者若干。") == ["VAGUE"] * 3
    assert codes("多次开展社区活动，许多群众受益，志愿者踊跃参与。") == []


def test_a_vague_count_beside_the_exact_total_is_no_fault():
    text = "走访近百户家庭。我镇共走访家庭98户。"
    assert (figures(text), codes(text)) == ({"visits": 98}, [])


@pytest.mark.parametrize(
    "text",
    [
        "共走访家庭45户。综上，我镇共走访家庭54户。",
        "全镇走访家庭45户。会后统计，累计走访家庭46户。",
        "共走访家庭45户，其中老年人家庭走访54户。",
        "全镇共走访家庭45户。走访家庭54户。",
    ],
)
def test_a_text_that_contradicts_itself_is_told_and_not_believed(text):
    assert (figures(text), codes(text)) == ({}, ["CONTRADICTION"])


def test_all_of_them_is_said_of_both_figures():
    text = "共排查隐患132条，已整改120条。排查的113条隐患已全部整改。"
    assert (figures(text, WORKS), codes(text, WORKS)) == ({}, ["CONTRADICTION", "CONTRADICTION"])
    agreed = "共排查隐患113条，已整改113条。排查的113条隐患已全部整改。"
    assert (figures(agreed, WORKS), codes(agreed, WORKS)) == ({"found": 113, "mended": 113}, [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("共检查企业86家，排查隐患132条，已整改120条，罚款金额3.5万元。",
         {"firms": 86, "found": 132, "mended": 120, "fines": 3.5}),
        ("罚款35000元。", {"fines": 3.5}), ("合格率95.8%。", {"rate": 95.8}),
        ("未发生险情，未转移群众，预备转移群众300人。", {}),
        ("转移群众10户30人。", {"homes": 10, "moved": 30}),
        ("应检查企业100家，实际检查企业86家。", {"firms": 86}),
    ],
)  # fmt: skip
def test_other_campaigns_count_in_other_measures(text, found):
    assert figures(text, WORKS) == found


@pytest.mark.parametrize("who", ["甲丁村", "在莲花社区", "凤凰镇", "区应急局", "镇工作站"])
def test_others_and_parts_are_known_by_the_campaigns_own_verbs(who):
    assert figures(f"{who}转移群众30人，排查隐患12条。", WORKS) == {}


def test_a_district_speaks_for_its_district():
    home = Speaker.of(ROSTER, "500119100", CAMPAIGN)
    district = replace(home, name="秀英区民政局", issuer="海口市民政局")
    assert figures("全区共走访家庭300户。", speaker=district) == {"visits": 300}
    assert figures("全市共走访家庭3000户。", speaker=district) == {}
    assert figures("长流镇走访家庭30户。", speaker=district) == {}
    bureau = replace(home, name="河塘区市场监督管理局", issuer="河塘区安委办")
    assert figures("全区共走访家庭300户。", speaker=bureau) == {}
    assert figures("我局共走访家庭300户。", speaker=bureau) == {"visits": 300}


def test_hard_wrapped_lines_are_read_as_the_paragraph_they_were():
    text = (
        "宣传周期间，我镇围绕主题广泛发动，精心组织，扎实开展各项工作，共开展社区活\n"
        "动3场，走访家庭三十户，服务群众一百二十人次，组织社工机构共同参与，参与志愿\n"
        "者38人。\n三泉镇人民政府"
    )
    assert figures(text) == {"activities": 3, "visits": 30, "served": 120, "volunteers": 38}


def test_lines_broken_anywhere_are_read_on():
    text = (
        "一、活动情况\n宣传周期间，共开展社区活\n动3场，走访家\n庭三十户，服务群众120\n人次，参与志愿者38人。"
        "\n二、做法\n落实要求，走访\n一、其他"
    )
    assert figures(text) == {"activities": 3, "visits": 30, "served": 120, "volunteers": 38}


JUNE = Speaker(name="三泉镇", years=frozenset({2023}), months=frozenset({6}))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("本月开展社区活动10场（上月8场），今年累计开展社区活动52场。", {"activities": 10}),
        ("本月开展社区活动10场，今年已累计开展52场社区活动。", {"activities": 10}),
        ("本月开展社区活动10场，累计52场社区活动。", {}),
        ("6月，开展社区活动10场。累计开展社区活动52场。", {}),
        ("本月累计开展社区活动10场。", {"activities": 10}),
        ("6月开展社区活动10场，累计服务群众600人次。", {"activities": 10, "served": 600}),
        ("6月开展社区活动10场、社区活动4场，累计开展社区活动14场。", {"activities": 14}),
        ("6月10日，开展社区活动1场。我镇累计开展社区活动6场。", {"activities": 6}),
    ],
)
def test_what_has_added_up_beside_the_month_is_not_the_months(text: str, found: dict[str, float]):
    assert figures(text, speaker=JUNE) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("走访家庭：低保户30户、孤寡老人户20户。", {}),
        ("走访家庭：低保户30户、孤寡老人户20户、其他户5户，合计55户。", {"visits": 55}),
        ("走访家庭：我镇30户。", {"visits": 30}),
        ("走访家庭30户、养殖户20户。", {"visits": 30}),
        ("活动场次：全镇6场，其中夜间2场。", {"activities": 6}),
        ("走访家庭：低保户30户，服务群众20人次。", {"visits": 30, "served": 20}),
    ],
)
def test_the_first_of_several_kinds_is_not_all(text: str, found: dict[str, float]):
    assert figures(text) == found


def test_those_of_one_kind_who_took_part_are_not_all_who_did():
    fields = (
        Field(id="people", title="参与人次", unit="人次"), Field(id="volunteers", title="志愿者", unit="人"),
    )  # fmt: skip
    assert figures("共发动志愿者60人次参与，其中骨干15人次。", fields) == {}
    assert figures("活动有600人次参与。", fields) == {"people": 600}


def test_a_campaign_of_the_whole_year_may_speak_of_the_year():
    year = Speaker(name="三泉镇", years=frozenset({2023}), since_january=True)
    assert figures("今年以来走访家庭210户。", speaker=year) == {"visits": 210}


@pytest.mark.parametrize(
    "words",
    ["文中走访家庭30户有误，经核实应为31户，特此更正", "更正：走访家庭应为31户", "上文走访家庭数填错"],
)
def test_a_figure_the_text_itself_takes_back_is_asked_about(words: str):
    text = f"我镇开展社区活动3场，走访家庭30户。\n说明：{words}。"
    assert figures(text) == {"activities": 3}
    assert codes(text) in (["CONTRADICTION"], ["VAGUE"])


@pytest.mark.parametrize("words", ["如走访家庭数有误请告知", "纠正填错的信息5条", "避免走访家庭数据填错"])
def test_words_on_errors_that_take_nothing_back_change_nothing(words: str):
    text = f"我镇开展社区活动3场，走访家庭30户。{words}。"
    assert figures(text) == {"activities": 3, "visits": 30}


@pytest.mark.parametrize("said", ["合格率达九成以上", "合格率达到九成", "合格率超八成半"])
def test_a_share_in_tenths_is_no_exact_one(said: str):
    assert figures(f"检查企业9家，{said}。", WORKS) == {"firms": 9}
    assert codes(f"检查企业9家，{said}。", WORKS) == ["VAGUE"]


def test_tenths_that_are_no_share_are_passed_over():
    assert codes("检查企业9家，由三成员组成，合格率96.5%。", WORKS) == []


def test_a_comment_on_a_count_leaves_it_open():
    assert "activities" not in figures("我镇开展社区活动25场（批注：应为26），走访家庭30户。")


@pytest.mark.parametrize("said", ["走访家庭3 0户", "走访家庭３　０户", "走访家庭1 2 60户", "走访家庭30 45户"])
def test_figures_a_space_parts_are_no_one_figure(said: str):
    assert figures(f"我镇{said}，服务群众210人次。") == {"served": 210}
    assert codes(f"我镇{said}，服务群众210人次。") == ["VAGUE"]


def test_a_figure_a_space_parts_is_quoted_as_it_was_written():
    (finding,) = text_figures("我镇走访家庭3 0户。", FIELDS, TOWN).findings
    assert "走访家庭3 0户" in finding.where


@pytest.mark.parametrize("said", ["1260", "1,260", "1 260", "１２６０", "1260 "])
def test_a_space_before_the_measure_or_between_thousands_parts_nothing(said: str):
    assert figures(f"我镇走访家庭{said}户，开展社区活动 3 场。") == {"visits": 1260, "activities": 3}


@pytest.mark.parametrize("where", ["在我镇", "到我街道", "来我镇", "赴我镇"])
def test_what_another_office_holds_in_our_place_is_the_others(where: str):
    assert figures(f"区民政局{where}开展社区活动1场，服务群众80人次。") == {}
    assert figures(f"区民政局{where}开展社区活动1场。我镇开展社区活动3场。") == {"activities": 3}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("在东、中、西三个片区各开展社区活动2场，走访家庭30户。", {"visits": 30}),
        ("两个村各走访家庭15户，服务群众210人次。", {"served": 210}),
        ("各举办社区活动1场，各类志愿服务走访家庭30户。", {"visits": 30}),
        ("十年来全镇累计走访家庭2300户。今年走访家庭30户。", {"visits": 30}),
        ("多年来累计走访家庭2300户，服务群众8000人次。", {}),
        ("社工站成立以来累计走访家庭2300户。", {}),
        ("接待来访后走访家庭30户，服务群众210人次。", {"visits": 30, "served": 210}),
        ("结合全国助残日，开展社区活动3场。", {"activities": 3}),
        ("全国共开展社区活动300场，我镇开展社区活动3场。", {"activities": 3}),
        ("走访家庭30户，占全年任务的8.75%，服务群众210人次。", {"visits": 30, "served": 210}),
    ],
)
def test_what_several_did_each_is_nobodys_sum_and_plain_words_change_nothing(text: str, found: dict):
    assert figures(text) == found


@pytest.mark.parametrize("said", ["1千8百", "3万2千", "2千零5", "XX", "×", "___", "xxx", "**"])
def test_a_number_written_in_steps_or_left_blank_is_asked_about(said: str):
    assert figures(f"我镇走访家庭{said}户，开展社区活动3场。") == {"activities": 3}
    assert codes(f"我镇走访家庭{said}户，开展社区活动3场。") == ["VAGUE"]


@pytest.mark.parametrize(
    "text",
    [
        "三泉镇观音村走访家庭28户。",
        "三泉镇窑湾社区走访家庭28户。",
        "南川区三泉镇观音村共走访家庭28户。",
    ],
)
def test_a_village_named_behind_its_town_speaks_for_the_village(text: str):
    assert figures(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "三泉镇组织社区走访家庭28户。",
        "三泉镇12个村走访家庭28户。",
        "三泉镇各村共走访家庭28户。",
        "观音村积极参与，三泉镇走访家庭28户。",
    ],
)
def test_a_town_that_acts_through_its_villages_speaks_for_itself(text: str):
    assert figures(text) == {"visits": 28}


def test_a_figure_nobody_sees_is_asked_about():
    assert figures("全镇走访家庭8300（字色或格式使其看不见）户。") == {}
    behind = "全镇走访家庭8300户（字色或格式使其看不见）。"
    assert (figures(behind), codes(behind)) == ({}, ["VAGUE"])


EVENTS = (
    Field(id="people", title="参与人次", unit="人次", aliases=("参加人次",)),
    Field(id="talks", title="健康讲座", unit="场", aliases=("讲座",)),
)


def test_who_took_part_in_one_thing_asked_for_is_not_all_who_took_part():
    assert figures("全镇举办讲座两场、参加讲座60人次。", EVENTS) == {"talks": 2}
    assert figures("全镇举办讲座两场，参加人次60人次。", EVENTS) == {"talks": 2, "people": 60}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("全镇计划走访家庭50户。", "“全镇计划走访家庭50户”是计划或要求的数"),
        ("去年走访家庭50户。", "“去年走访家庭50户”说的不是整个活动期间"),
        ("每村走访家庭10户。", "“每村走访家庭10户”不是完成的总数"),
        ("观音村走访家庭10户。", "“观音村走访家庭10户”只是其中一部分"),
        ("全区共走访家庭10500户。", "“全区共走访家庭10500户”不是本单位的数"),
        ("走访家庭10户。走访家庭20户。", "“走访家庭10户”等几处的数不同，没有写明合计"),
    ],
)
def test_why_a_count_was_not_taken_is_told(text: str, why: str):
    found = text_figures(text, FIELDS, TOWN)
    assert (found.values, found.findings, found.remarks) == ({}, [], [f"正文{why}，没有作为“走访家庭”采用"])


def test_a_count_that_was_taken_or_asked_about_needs_no_such_word():
    assert text_figures("去年走访家庭50户。今年走访家庭30户。", FIELDS, TOWN).remarks == []
    assert text_figures("去年走访家庭50户。今年走访家庭30余户。", FIELDS, TOWN).remarks == []
