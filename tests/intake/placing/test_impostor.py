"""Nobody but the bureau is called like the bureau; a clerk writing from home is no impostor."""

from dataclasses import replace

import pytest

from tasks.intake.placing.impostor import unmasked
from tasks.intake.placing.place import place_mail
from tasks.intake.placing.rules import Rules
from tasks.mail.parse import parse_mail
from tests.intake.factory import CAMPAIGN, ROSTER
from tests.mail.letters import attached, mail, text

CITY = replace(
    CAMPAIGN,
    notice=replace(CAMPAIGN.notice, issuer="重庆市南川区民政局"),
    superior=replace(CAMPAIGN.superior, name="重庆市民政局办公室", address="office@city.example"),
)
RULES = Rules(
    CITY, ROSTER, {"500119100": ("summary",)}, "南川区民政局",
    frozenset({"bureau@nanchuan.example", "bureau@163.com", "office@city.example"}),
)  # fmt: skip


def kind(name: str, address: str, rules: Rules = RULES) -> str:
    head = f"From: {name} <{address}>\r\nSubject: x\r\n".encode()
    came = parse_mail(mail(text("见附件"), attached(b"; filename=a.docx"), head=head))
    return unmasked(rules, came).kind


@pytest.mark.parametrize(
    "name",
    [
        "重庆市南川区民政局", "南川区民政局", "区民政局", "民政局",
        "南川区民政局社会组织管理科", "重庆市民政局",
        "市民政局办公室", "重庆市民政局办公室", "民政局通知", "南川区民政局 系统管理员",
        "南川区民政局报送系统", "南川区民政局信息管理平台客服", "“南川区民政局”",
    ],
)  # fmt: skip
def test_a_stranger_under_the_bureaus_name_is_suspicious(name):
    assert kind(name, "x@evil.example") == "suspicious"
    assert kind(name, "x@163.com") == "suspicious"


@pytest.mark.parametrize(
    "name",
    [
        "三泉镇民政办", "小李", "", "三泉镇",
        "南川区民政局福利院", "南川区阳光社工中心", "江津区民政局",
        "民政办张三", "三泉镇社会工作站", "municipal", "李民政",
    ],
)  # fmt: skip
def test_ordinary_names_are_nobodys_lie(name):
    assert kind(name, "lixiao88@qq.example") == "submission"


def test_the_bureaus_own_people_and_superior_are_known():
    assert kind("南川区民政局", "zhang@nanchuan.example") == "submission"
    assert kind("重庆市民政局", "office@city.example") == "needs_person"
    assert kind("南川区民政局", "u500119100@town.example") == "submission"


def test_a_unit_that_is_called_like_that_is_a_unit():
    rules = replace(RULES, bureau="三泉镇")
    assert kind("三泉镇", "x@private.example", rules) == "submission"


def test_what_an_impostor_sends_waits_for_a_person():
    head = "From: 南川区民政局 <x@evil.example>\r\nSubject: x\r\n".encode()
    came = unmasked(RULES, parse_mail(mail(text("x"), attached(b"; filename=a.docx"), head=head)))
    found = place_mail(RULES, came, ())
    assert found.placed == ()
    assert "可能是冒名" in found.undecided[0].reasons[0]
