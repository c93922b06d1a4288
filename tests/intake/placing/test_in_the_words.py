"""Figures in the mail itself beside a summary that hangs on it: neither is lost, neither is guessed."""

from dataclasses import replace

import pytest

from tasks.intake.placing.in_the_words import forms_in
from tasks.intake.placing.place import place_mail
from tasks.intake.placing.placement import Document
from tasks.intake.placing.rules import Rules
from tasks.mail.parse import parse_mail
from tasks.terms.mails import as_file
from tasks.terms.readings import Content, Reading, Row
from tests.intake.factory import CAMPAIGN, ROSTER
from tests.mail.letters import HEAD, attached, html, mail, text

TOWN = "500119100"
RULES = Rules(CAMPAIGN, ROSTER, {TOWN: ("summary", "figures")})
CAME = replace(
    parse_mail(mail(text("x"), head=HEAD)), kind="submission", sender=f"u{TOWN}@town.example", subject="总结"
)
TABLE = "数据见下表，总结见附件。\n\n填报单位\t社区活动（场）\t走访家庭（户）\n\n三泉镇\t12\t45"
LIST = "总结见附件，另报数据：\n社区活动：12场\n走访家庭：45户"
SUMMARY = Document(
    as_file("总结.docx", b"s"), Content("docx", text="总结"), Reading(unit=TOWN, obligation="summary")
)
ROWS = (Row("500119100201", {"activities": 12}, {}),)
FORM = Document(
    as_file("表.xlsx", b"f"),
    Content("xlsx"),
    Reading(unit="500119100201", obligation="figures", values={"activities": 12}, rows=ROWS),
)


@pytest.mark.parametrize("words", [TABLE, LIST, "社区活动 | 12\n走访家庭 | 45", "社区活动|走访家庭\n12|45"])
def test_figures_in_a_table_or_a_list_are_a_form(words):
    assert [o.id for o in forms_in(CAMPAIGN, words)] == ["figures"]


@pytest.mark.parametrize(
    "words",
    [
        "",
        "我镇共开展社区活动12场，走访家庭45户，总结见附件。",
        "社区活动：12场",
        "要报的有：社区活动、走访家庭\n12345",
        "填报单位\t社区活动\t走访家庭\n三泉镇\t见附件\t见附件",
    ],
)
def test_talk_and_a_table_without_figures_are_none(words):
    assert forms_in(CAMPAIGN, words) == ()


@pytest.mark.parametrize("words", [TABLE, LIST])
def test_figures_beside_a_summary_are_put_before_a_person_and_the_summary_is_taken(words):
    found = place_mail(RULES, replace(CAME, text=words), [SUMMARY])
    assert [p.obligation for p in found.placed] == ["summary"]
    (left,) = found.undecided
    assert (left.file, left.candidates) == (None, (TOWN,))
    assert left.reasons[0].startswith("邮件正文里另有《“千场活动、万家走访”统计表》的数字")


def test_figures_repeated_beside_their_own_form_are_that_forms():
    assert place_mail(RULES, replace(CAME, text=TABLE), [FORM, SUMMARY]).undecided == ()


def test_figures_beside_a_file_of_another_campaign_are_still_ours():
    other = replace(
        CAMPAIGN,
        id="care",
        title="养老服务月",
        obligations=(),
        notice=replace(CAMPAIGN.notice, title="养老服务月"),
    )
    theirs = replace(
        SUMMARY, content=Content("docx", text="养老服务月总结"), file=as_file("养老服务月.docx", b"c")
    )
    found = place_mail(replace(RULES, others=(other,)), replace(CAME, text=TABLE, subject=""), [theirs])
    assert found.placed == ()
    assert [u.file for u in found.undecided] == [None]


def test_a_person_who_takes_the_table_finds_it_though_a_file_hangs_on_the_mail():
    page = "<table><tr><td>社区活动</td><td>走访家庭</td></tr><tr><td>12</td><td>45</td></tr></table>"
    assert parse_mail(mail(html(page), attached(b"; filename=a.docx"))).page
