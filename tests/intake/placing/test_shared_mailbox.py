"""Two campaigns read one mailbox: each takes what is its own, neither writes about the other's."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from tasks.desk import open_desk
from tasks.documents.fillin import write_form
from tasks.intake.explain import explain
from tasks.intake.placing.shared_mailbox import others_words
from tests.line.office import OFFICE, address, make_home
from tests.line.papers import filled, mail, narrative

NOW = datetime(2023, 6, 2, 4, tzinfo=UTC)
CARE = (
    "东山镇养老服务月总结\n东山镇组织开展养老服务月活动，走访老人，群众广泛参与，成效明显，达到目的。\n东山镇"
)


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory):
    """A drill against floods and a month of care for the old, in one mailbox."""
    home = make_home(tmp_path_factory.mktemp("two"))
    campaigns: Path = home.config / "campaigns"
    text = (campaigns / "drill.yaml").read_text("utf-8").replace("id: drill", "id: care")
    text = text.replace("防汛演练", "养老服务月").replace("演练", "服务").replace("防汛", "养老")
    (campaigns / "care.yaml").write_text(text, "utf-8")
    return {name: open_desk(name, NOW, home) for name in ("drill", "care")}


def outcomes(
    desks, *files: tuple[str, bytes], subject: str = "材料", text: str = "请查收"
) -> tuple[str, str]:
    raw = mail(address("A01"), OFFICE, subject, list(files), "2023-06-01T10:00", text=text)
    drill, care = (explain(desks[name], "a.eml", raw)["outcome"] for name in ("drill", "care"))
    return drill, care


def test_a_form_is_its_own_campaigns_alone(desks):
    campaign, unit = desks["drill"].campaign, desks["drill"].roster["A01"]
    form = filled(write_form(campaign, campaign.obligation("figures"), unit, [unit]), unit.name, 3, 20)
    assert outcomes(desks, ("统计表.xlsx", form)) == ("submission", "ignored")


def test_a_summary_is_its_own_campaigns_alone(desks):
    assert outcomes(desks, ("新建文档.docx", narrative("东山镇"))) == ("submission", "ignored")
    assert outcomes(desks, ("总结.txt", CARE.encode())) == ("ignored", "submission")


def test_a_mail_with_a_report_for_each_gives_each_its_own(desks):
    both = (("总结1.docx", narrative("东山镇")), ("总结2.txt", CARE.encode()))
    assert outcomes(desks, *both) == ("submission", "submission")
    raw = mail(address("A01"), OFFICE, "两项", list(both), "2023-06-01T10:00")
    said = explain(desks["drill"], "a.eml", raw)
    assert [d["filename"] for d in said["documents"] if d["findings"]] in ([], ["总结2.txt"])
    assert said["units"] == ["东山镇"]


def test_words_and_questions_go_to_the_campaign_they_speak_of(desks):
    assert outcomes(desks, subject="防汛演练", text="演练3场次，参演120人次") == ("queued", "ignored")
    assert outcomes(desks, subject="咨询", text="请问养老服务月的表怎么填？") == ("ignored", "queued")


def test_what_names_neither_is_passed_over_by_neither(desks):
    assert "ignored" not in outcomes(desks, subject="咨询", text="请问表怎么填？")
    assert "ignored" not in outcomes(desks, ("总结.rar", b"Rar!\x1a\x07\x00" + b"x" * 60))


SHUT = [("总结.rar", b"Rar!\x1a\x07\x00" + b"x" * 60), ("统计表.xlsx", b"PK\x03\x04" + b"x" * 60)]


@pytest.mark.parametrize("file", SHUT)
def test_what_cannot_be_read_and_names_no_campaign_is_sent_back_by_none(desks, file):
    assert outcomes(desks, file) == ("queued", "queued")


def test_what_stays_shut_beside_another_campaigns_report_goes_with_it(desks):
    assert outcomes(desks, ("总结.txt", CARE.encode()), ("照片.rar", SHUT[0][1])) == ("ignored", "submission")


@pytest.mark.parametrize("file", SHUT)
def test_what_cannot_be_read_is_the_campaigns_that_its_mail_names(desks, file):
    assert outcomes(desks, file, subject="防汛演练材料") == ("submission", "ignored")
    name, data = file
    assert outcomes(desks, (f"养老服务月{name}", data)) == ("ignored", "submission")
    assert outcomes(desks, file, text="养老服务月的材料见附件") == ("ignored", "submission")


@pytest.mark.parametrize(
    "texts", [("防汛演练与养老服务月",), ("总结", "防汛、养老"), ("活动总结",), ("",), ()]
)
def test_what_names_both_or_none_is_never_anothers(desks, texts):
    drill, care = (desks[name].campaign for name in ("drill", "care"))
    assert others_words(drill, [care], texts) is None
    assert others_words(care, [drill], texts) is None


def test_of_two_campaigns_never_both_leave_it_to_the_other(desks):
    drill, care = (desks[name].campaign for name in ("drill", "care"))
    third = replace(care, id="third", title="养老服务周", obligations=drill.obligations)
    for texts in (("防汛",), ("养老",), ("养老服务周",), ("演练总结", "养老服务月"), ("养老服务月总结",)):
        left = [
            others_words(one, [o for o in (drill, care, third) if o is not one], texts) is not None
            for one in (drill, care, third)
        ]
        assert not all(left), texts


@pytest.mark.parametrize("words", ["东山镇\n服务场次：3场\n参演人数：4人", "服务场次\t参演人数\n3\t4"])
def test_figures_laid_out_in_a_mail_are_the_campaigns_that_asks_for_them(desks, words):
    raw = mail(address("A01"), OFFICE, "统计表", [], "2023-06-01T10:00", text=words)
    found = [explain(desks[name], "a.eml", raw)["outcome"] for name in ("drill", "care")]
    assert found == ["ignored", "queued"]


def sheet(*rows: tuple[object, ...]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


DRILLS = sheet(("统计表",), ("单位名称", "演练场次", "参演人数"), ("东山镇", 3, 120))
SERVICES = sheet(("统计表",), ("单位名称", "服务场次", "参演人数"), ("东山镇", 3, 120))


def test_a_form_nobody_named_is_the_campaigns_whose_figures_stand_in_it(desks):
    assert outcomes(desks, ("附件1.xlsx", DRILLS)) == ("submission", "ignored")
    assert outcomes(desks, ("附件1.xlsx", SERVICES)) == ("ignored", "submission")


def test_its_figures_say_more_than_the_mails_subject(desks):
    assert outcomes(desks, ("附件1.xlsx", DRILLS), subject="养老服务月统计表") == ("submission", "ignored")


PIGS = sheet(("生猪存栏统计表",), ("单位", "母猪（头）", "仔猪（头）"), ("东山镇", 120, 800))


@pytest.mark.parametrize("file", [PIGS, sheet()], ids=["of something else", "without a word"])
def test_a_table_of_neither_is_sent_back_by_none_unless_its_mail_names_the_campaign(desks, file):
    assert outcomes(desks, ("统计表.xlsx", file), subject="东山镇统计表") == ("queued", "queued")
    named = outcomes(desks, ("统计表.xlsx", file), subject="东山镇养老服务月统计表")
    assert named == ("ignored", "submission")
