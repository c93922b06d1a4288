"""What a mail says a figure should be, beside the file it carries."""

from dataclasses import replace

import pytest

from tasks.intake.placing.place import place_mail
from tests.intake.forms.test_several_forms import ROSTERED, RULES, TOWN, VILLAGE, form


def sent(text: str, figure: int):
    came = replace(
        ROSTERED, kind="submission", sender=f"u{TOWN}@town.example", subject="更正：统计表", text=text
    )
    return place_mail(RULES, came, [form("统计表.xlsx", (VILLAGE, figure))])


@pytest.mark.parametrize(
    "text",
    [
        "上午报的社区活动有误，应为4场，以此次附件为准。",
        "社区活动由3场更正为四场",
        "您好！\n活动场次应该是 4 次。",
        "社区活动实为4，不是3。",
        "原来写的3场改成4场次",
        "社区活动这一项请按4场计，其余以表为准。",
        "因表格锁定没法改，社区活动栏应当填 4，系统显示的是旧数。",
    ],
)
def test_a_form_without_the_figure_its_mail_corrects_is_for_a_person(text: str):
    old, new = sent(text, 3), sent(text, 4)
    assert [(u.file.filename, u.candidates) for u in old.undecided if u.file] == [("统计表.xlsx", (TOWN,))]
    assert (old.placed, new.undecided) == ((), ())
    assert "附件中却没有这个数字" in old.undecided[0].reasons[0]


def test_each_line_of_a_mail_is_a_sentence_and_the_one_that_is_told_is_the_one_not_borne_out():
    text = "上期社区活动已更正\n社区活动应为 3 场\n走访家庭应为 45 户"
    (waiting,) = sent(text, 3).undecided
    assert "“走访家庭应为 45 户”" in waiting.reasons[0]


@pytest.mark.parametrize(
    "text",
    [
        "更正：报送时间应为4月3日。",
        "联系人电话应为68000000。",
        "会议室改为4楼会议室。",
        "统计表已更正，以此次附件为准。",
        "社区活动按4号文件的口径统计。",
        "社区活动3场，走访30户。",
        "另：上期社区活动应为9场，当时误报为8场，已在系统中更正。",
    ],
)
def test_what_speaks_of_no_figure_of_the_report_holds_nothing_back(text: str):
    assert [p.unit for p in sent(text, 3).placed] == [TOWN]


@pytest.mark.parametrize(
    "text",
    [
        "统计表见附件，社区活动以本邮件为准：4场，表里忘了改。",
        "社区活动按4场算。表格里还没来得及改，请以正文为准。",
        "附件中的社区活动填错了，是四场。",
        "表里数据有误，社区活动4场",
    ],
)
def test_a_form_its_own_mail_calls_wrong_is_for_a_person_unless_it_holds_the_mails_figure(text: str):
    assert sent(text, 3).placed == ()
    assert "附件中却没有这个数字" in sent(text, 3).undecided[0].reasons[0]
    assert [p.unit for p in sent(text, 4).placed] == [TOWN]


@pytest.mark.parametrize(
    "text", ["附件如有误请告知。另有4场下月办。", "如附件中数据不对，请来电，4场以内的当天改好"]
)
def test_a_form_that_may_be_wrong_is_not_called_wrong(text: str):
    assert [p.unit for p in sent(text, 3).placed] == [TOWN]


def test_what_an_earlier_mail_said_below_is_not_this_ones_word():
    text = (
        "已改好，见附件。\n\n------------------ 原始邮件 ------------------\n"
        '发件人: "民政局"<office@x.example>;\n主题: 统计表\n\n附件里社区活动有误，你们说的是4场。'
    )
    assert [p.unit for p in sent(text, 3).placed] == [TOWN]
