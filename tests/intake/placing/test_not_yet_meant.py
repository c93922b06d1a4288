"""Who shows a draft, or asks whether a form is right, has not handed it in yet."""

from dataclasses import replace

import pytest

from tasks.intake.placing.not_yet_meant import only_a_draft
from tasks.intake.placing.place import place_mail
from tasks.intake.placing.placement import Document
from tasks.intake.placing.rules import Rules
from tasks.mail.parse import parse_mail
from tasks.terms.due import Due
from tasks.terms.mails import as_file
from tasks.terms.readings import Content, Reading, Row
from tests.intake.factory import CAMPAIGN, FORM, ROSTER, SUMMARY
from tests.mail.letters import HEAD, mail, text

TOWN = "500119100"
RULES = Rules(CAMPAIGN, ROSTER, {TOWN: ("summary", "figures")})
CAME = replace(
    parse_mail(mail(text("x"), head=HEAD)), kind="submission", sender=f"u{TOWN}@town.example", subject="总结"
)


def summary(filename: str) -> Document:
    content = Content("docx", text="三泉镇活动总结")
    return Document(as_file(filename, filename.encode()), content, Reading(unit=TOWN, obligation="summary"))


def figures(filename: str) -> Document:
    rows = (Row("500119100201", {"activities": 3}, {}),)
    reading = Reading(unit=rows[0].unit, obligation="figures", values={"activities": 3}, rows=rows)
    return Document(as_file(filename, filename.encode()), Content("xlsx"), reading)


def placed(words: str, *filenames: str):
    return place_mail(RULES, replace(CAME, text=words), [summary(name) for name in filenames])


@pytest.mark.parametrize(
    "words",
    [
        "领导：这是草稿，请问这样填对吗？对的话我再盖章正式报。",
        "附件为初稿，请先审阅。",
        "初稿请科长帮忙把关",
        "您好！这样写可以吗？",
        "麻烦帮我看一下数据有没有问题",
        "请帮忙看看，没问题我再上报。",
        "格式对不对？",
        "还差两个村，先发您看下。",
        "此表暂不上报，先请科长过目。",
        "试填一下，看系统能不能收。",
        "这是我乡填的样表，供其他乡镇参考。",
    ],
)
def test_a_report_that_is_only_shown_is_put_before_a_person(words):
    found = placed(words, "总结.docx")
    assert found.placed == ()
    (waiting,) = found.undecided
    assert (waiting.file.filename, waiting.candidates) == ("总结.docx", (TOWN,))
    assert "没有当作正式报件收取" in waiting.reasons[0]


@pytest.mark.parametrize(
    "words",
    [
        "附件为我镇总结，请审阅，妥否请批示。",
        "总结经领导审核后报送，请查收。",
        "请帮忙看一下是否收到，谢谢！",
        "如有不妥，请指正。",
        "盖章件随后再报。",
        "统计表填报说明请见表内，数据已核对无误。",
        "请问收到了吗？",
        "统计表已先请分管领导审阅。",
        "先请分管领导审阅后报送，请查收。",
        "先进典型材料请审阅。",
    ],
)
def test_polite_words_hold_nothing_back(words):
    assert [p.unit for p in placed(words, "总结.docx").placed] == [TOWN]


@pytest.mark.parametrize(
    "name",
    ["总结（草稿）.docx", "总结初稿.docx", "三泉镇总结(征求意见稿).docx", "draft.docx", "总结（测试）.docx"],
)
def test_a_file_named_a_draft_is_for_a_person_and_the_final_one_beside_it_is_taken(name):
    assert only_a_draft(name, SUMMARY)
    assert placed("请查收", name).placed == ()
    both = placed("请查收", name, "总结（定稿）.docx")
    assert [p.document.file.filename for p in both.placed] == ["总结（定稿）.docx"]
    assert [u.file.filename for u in both.undecided] == [name]


@pytest.mark.parametrize(
    "name", ["总结.docx", "起草说明总结.docx", "总结定稿.docx", "统计表（表样）.xlsx", "Draftsman.docx"]
)
def test_other_names_are_no_drafts(name):
    assert not only_a_draft(name, SUMMARY)


def test_where_a_draft_is_what_the_notice_asks_for_a_draft_is_the_report():
    assert not only_a_draft("统计表初稿.xlsx", replace(FORM, title="统计表初稿"))
    asked = replace(SUMMARY, due=replace(Due(date=SUMMARY.due.date), quote="3月10日前报送初稿"))
    assert not only_a_draft("总结初稿.docx", asked)


@pytest.mark.parametrize(
    "words",
    [
        "因数据未汇总完，先报部分数据，其余下周补报，届时以补报为准。",
        "附件中探访人次为预估数，月底核实后再报准确数。",
        "表内数据均为估算。",
        "有两个村还没有报齐，先上报一部分。",
        "暂报数，最终数以核实后的为准。",
        "数据不全，缺的几个村明天补报。",
        "助餐数是估的，月底出来准数再改。",
        "还有两个村没报上来。",
        "数据还在核，先发一版占个位，准的明天发。",
    ],
)
def test_figures_that_are_not_final_by_their_own_mail_are_put_before_a_person(words):
    found = place_mail(RULES, replace(CAME, text=words), [figures("统计表.xlsx")])
    assert found.placed == ()
    assert "数字还不是最后的" in found.undecided[0].reasons[0]
    assert [p.unit for p in placed(words, "总结.docx").placed] == [TOWN]


@pytest.mark.parametrize(
    "words",
    [
        "统计表见附件，如有问题请告知，我们马上更正。",
        "如有错误，我镇将尽快重新报送",
        "数字若有误，我们稍后更正",
    ],
)
def test_who_offers_to_mend_what_may_be_wrong_doubts_nothing(words):
    found = place_mail(RULES, replace(CAME, text=words), [figures("统计表.xlsx")])
    assert [p.unit for p in found.placed] == [TOWN]


@pytest.mark.parametrize(
    "words",
    [
        "附件这份统计表数据有误，请作废，不要采用，我镇核实后明天重报。",
        "该表请撤回。",
        "前次所报作废，待核对后重新报送。",
    ],
)
def test_a_file_its_mail_takes_back_is_put_before_a_person(words):
    found = place_mail(RULES, replace(CAME, text=words), [figures("统计表.xlsx")])
    assert found.placed == ()
    assert "没有说以哪一份为准" in found.undecided[0].reasons[0]


@pytest.mark.parametrize(
    "words",
    [
        "前次所报作废，以此为准。",
        "原表作废，更正后的见附件。",
        "上次的统计表请不要采用，现重新报送，请查收。",
        "本月撤销养老站点1个，收缴作废证件3本，报表请查收。",
        "本月共撤并站点2个，数据已汇总完毕。",
        "数据经核实无误，部分数据已按要求修改。",
        "预计下周开展活动，届时另报。",
        "我镇数据全部统计完，请查收。",
        "表格按最新模板填写，旧模板已停用作废，请查收。",
        "请先收下月报，总结15日前报。",
        "估计路上堵车不能来送纸质版了，先报电子版。",
        "月报见附件，佐证材料部分数据量较大，另寄光盘。",
        "本邮件内容仅供收件人使用，未经授权请勿使用、转发。",
        "请查收。\n\n> 请各镇核实后重新报送，数据不全的请补报，原表作废。",
        "请查收。\n\n----- 原始邮件 -----\n发件人: 民政局\n\n您报的数是预估数，请核实后重新报送，原表作废。",
    ],
)
def test_a_correction_and_other_words_hold_no_figures_back(words):
    found = place_mail(RULES, replace(CAME, text=words), [figures("统计表.xlsx")])
    assert [p.obligation for p in found.placed] == ["figures"]


def test_in_a_mail_passed_on_the_words_below_are_those_of_who_made_the_report():
    below = "请收\n\n----- 原始邮件 -----\n发件人: 观音村\n\n探访数是预估数，月底再报准数。"
    passed_on = replace(CAME, subject="转发：统计表", text=below)
    assert place_mail(RULES, passed_on, [figures("统计表.xlsx")]).placed == ()


@pytest.mark.parametrize(
    "words",
    [
        "经核对，附件中走访家庭数有误，正在核实，稍后重报，先别汇总。",
        "表先发上，有一个村的数对不上，回头重新报。",
        "先不要统计，还在核对。",
    ],
)
def test_a_form_its_sender_is_still_looking_into_is_for_a_person(words):
    found = place_mail(RULES, replace(CAME, text=words, subject="统计表"), [figures("统计表.xlsx")])
    assert found.placed == ()
    assert "没有直接计入" in found.undecided[0].reasons[0]


@pytest.mark.parametrize(
    "words",
    [
        "统计表先报，总结稍后再报。",
        "数据已核实，请查收。",
        "总结正在写，统计表见附件。",
        "如有误请告知，马上改。",
    ],
)
def test_what_is_still_to_come_holds_no_form_back(words):
    found = place_mail(RULES, replace(CAME, text=words, subject="统计表"), [figures("统计表.xlsx")])
    assert [p.unit for p in found.placed] == [TOWN]
