"""What a known sender sends along that is no report never becomes one."""

from dataclasses import replace

import pytest

from tasks.intake.judge import read_document
from tasks.intake.placing.place import place_mail
from tasks.intake.placing.placement import Document, Placement
from tasks.intake.placing.rules import Rules
from tasks.mail.parse import parse_mail
from tasks.terms.mails import as_file
from tasks.terms.readings import Content
from tests.intake.factory import CAMPAIGN, ROSTER
from tests.mail.letters import HEAD, plain

RULES = Rules(CAMPAIGN, ROSTER, {"500119100": ("summary",)})
NOTICE = "关于开展第七届巴渝社会工作宣传周活动的通知"
BODY = "各乡镇：请围绕五社联动、一小一老开展活动，于4月4日前报送活动总结。" * 10
REPORT = "三泉镇人民政府组织开展了五社联动、一小一老主题活动，群众广泛参与，反响良好。" * 5


def placed(name: str, text: str, words: str = "收到，谢谢") -> Placement:
    came = replace(parse_mail(plain(words, HEAD)), kind="submission", sender="u500119100@town.example")
    content = Content("txt", text=text)
    reading = read_document(content, CAMPAIGN, ROSTER, filename=name)
    return place_mail(RULES, came, [Document(as_file(name, text.encode()), content, reading)])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("附件.txt", f"{NOTICE}\n{BODY}"),
        ("通知.txt", f"南川区民政局\n{NOTICE}\n{BODY}"),
        ("a.txt", f"南川区民政局{NOTICE}\n{BODY}"),
        ("b.txt", f"南川区民政局关于开展第七届\n巴渝社会工作宣传周活动的通知\n{BODY}"),
        (f"{NOTICE}.txt", BODY),
        (f"南川民发〔2023〕10号{NOTICE}.txt", BODY),
    ],
)
def test_our_own_notice_sent_back_is_no_report(name, text):
    found = placed(name, text)
    assert (found.placed, found.outcome) == ((), "ignored")
    assert "本局的通知" in "".join(found.reasons)


def test_beside_a_question_the_notice_goes_to_a_person():
    found = placed("附件.txt", f"{NOTICE}\n{BODY}", "请问第三条怎么理解？")
    assert (found.placed, found.outcome) == ((), "queued")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("总结.txt", f"三泉镇{NOTICE.removesuffix('的通知')}的总结\n{REPORT}"),
        ("总结.txt", f"三泉镇活动总结\n根据《{NOTICE}》要求，{REPORT}"),
        (f"关于落实{NOTICE}的情况.txt", f"三泉镇活动情况\n{REPORT}"),
        ("新建文档.txt", f"三泉镇宣传周\n{REPORT}"),
    ],
)
def test_a_report_that_speaks_of_the_notice_is_a_report(name, text):
    assert placed(name, text).outcome == "submission"


def test_a_text_nothing_ties_to_the_campaign_is_for_a_person():
    found = placed("附件2.bin", "Version: 1\n" + "hQEMA1cIm" * 40)
    assert found.placed == ()
    assert "是不是本专项的材料" in "".join(found.undecided[0].reasons)
    assert found.undecided[0].candidates == ("500119100",)


def test_a_summary_of_something_else_is_for_a_person():
    text = "2023年党建工作总结\n" + "镇党委深入学习贯彻精神，扎实推进基层党组织建设，发展党员12名。" * 8
    found = placed("2023年党建工作总结.txt", text)
    assert found.placed == ()
    assert "是不是本专项的材料" in "".join(found.undecided[0].reasons)


def test_a_summary_in_its_own_words_that_names_the_campaign_once_is_a_report():
    text = "工作总结\n" + "我镇组织人员深入各村走访慰问困难群众，发放物资，解答疑问，受到好评。" * 8
    assert placed("三泉镇总结.txt", text + "\n三泉镇社会工作宣传周领导小组").outcome == "submission"


@pytest.mark.parametrize("name", ["a.ics", "a.vcf", "a.p7s", "ATT00001.txt", "ATT00002.htm", "a.msg"])
def test_scraps_are_no_documents(name):
    from tasks.mail.classify import may_report

    assert not may_report(as_file(name, b"Sent from my phone"))
    assert may_report(as_file("总结.dat", b"PK\x03\x04" + b"x" * 3000))


@pytest.mark.parametrize(
    "heading",
    [
        "三泉镇人民政府\n关于开展社会工作宣传周督导检查的通知", "三泉镇第七届社会工作宣传周活动方案",
        "三泉镇宣传周活动实施方案（征求意见稿）", "关于申请宣传周活动经费的请示",
    ],
)  # fmt: skip
def test_a_notice_or_a_plan_is_no_summary_whatever_it_speaks_of(heading):
    found = placed("附件.txt", f"{heading}\n{BODY}")
    assert (found.placed, found.outcome) == ((), "queued")
    assert "文件标题写明是通知、方案一类" in found.undecided[0].reasons[-1]


@pytest.mark.parametrize(
    "heading", ["三泉镇宣传周活动方案落实情况", "三泉镇活动总结\n根据市局通知", "三泉镇宣传周"]
)
def test_a_report_on_a_plan_is_a_report(heading):
    assert placed("附件.txt", f"{heading}\n{REPORT}").outcome == "submission"
