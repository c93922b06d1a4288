"""Whether a document speaks of this campaign: by its words, and by what offices shorten them to."""

from dataclasses import replace
from datetime import datetime

import pytest

from tasks.intake.words.subject import other_subject, wrong_year
from tests.intake.factory import CAMPAIGN


def named(title: str):
    notice = replace(CAMPAIGN.notice, title=title, theme="")
    bare = [
        replace(o, title="统计表", narrative=replace(o.narrative, keywords=()), targets=())
        for o in CAMPAIGN.obligations
    ]
    return replace(CAMPAIGN, title=title, notice=notice, windows=(), obligations=tuple(bare))


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("社会工作主题宣传周", "社工节宣传月系列行动"),
        ("县域环境保护督察整改", "环保排查行动"),
        ("秋季动物疫病防控", "动防专项行动"),
    ],
)
def test_a_short_form_belongs_to_the_words_it_shortens_and_to_no_other_campaign(title, heading):
    assert other_subject(heading, named(title)) is None
    found = other_subject(heading, named("防汛抗旱应急演练"))
    assert found is not None
    assert found.code == "WRONG_CAMPAIGN"


@pytest.mark.parametrize(
    "heading",
    [
        "望江县全民禁毒宣传月活动情况统计表",
        "禁毒宣传月统计表",
        "全民社区国防宣传月统计表",
        "安全生产宣传月活动汇总表",
    ],
)
def test_an_event_of_the_same_kind_on_another_matter_is_another_campaign(heading: str):
    found = other_subject(heading, named("望江县2026年全民反诈宣传月活动"))
    assert found is not None
    assert found.code == "WRONG_CAMPAIGN"


@pytest.mark.parametrize(
    "heading",
    ["望江县全民反诈宣传月活动情况统计表", "反诈骗宣传月统计表", "全民防范电信网络诈骗宣传月",
     "全民反炸宣传月情况统计表",
     "宣传月活动统计表", "全县集中宣传月活动统计表", "社区活动宣传月统计表"],
)  # fmt: skip
def test_its_own_matter_shortened_misspelt_or_not_said_is_this_campaign(heading: str):
    assert other_subject(heading, named("望江县2026年全民反诈宣传月活动")) is None


@pytest.mark.parametrize(
    "line",
    [
        "填报单位：青石镇人民政府（盖章）　　填报日期：2026年4月27日",
        "填表人：　　联系电话：　　填报时间：2026年4月27日",
        "单位负责人（签章）：　　审核日期：",
    ],
)
def test_who_fills_in_a_form_and_when_is_no_subject(line):
    assert other_subject(line, named("消防宣传月活动"), ["青石镇人民政府"]) is None


def test_a_campaign_packaged_in_january_is_called_by_the_year_of_its_work():
    package = replace(CAMPAIGN.package, at=datetime(2024, 1, 15, 18))
    found = wrong_year(["三泉镇2022年活动总结"], replace(CAMPAIGN, package=package))
    assert found is not None
    assert "材料写的是2022年，本次报送的是2023年" in found.text


@pytest.mark.parametrize(
    ("heading", "strange"),
    [
        ("农村生活污水治理百日攻坚行动情况统计表", True),
        ("村庄清洁行动统计表", False),
        ("环境卫生整治行动统计表", False),
        ("人居环境百日攻坚统计表", False),
    ],
)
def test_a_drive_on_another_matter_is_another_campaign(heading: str, strange: bool):
    found = other_subject(heading, named("望江县2026年农村人居环境整治百日攻坚行动"))
    assert (found is not None) == strange


def test_a_title_with_the_noun_of_the_campaigns_matter_is_of_it():
    assert other_subject("爱国卫生运动主题月总结", named("秋季爱国卫生月")) is None
