"""A report written into the mail itself: a clerk names its unit, and its table is read as one."""

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from tasks.desk import Desk, open_desk
from tasks.intake.assign import Assignment, assign
from tasks.intake.collect import collect
from tasks.intake.settle import rules_of, settle_new
from tasks.intake.sources import inboxes, source_names
from tasks.ledger import submissions
from tasks.mail import reader
from tasks.terms.errors import Misconfigured
from tests.line import office

NOW = datetime(2023, 5, 31, 2, tzinfo=UTC)
TABLE = (
    "<table border=1><tr><th>单位</th><th>演练场次（场）</th><th>参演人数（人）</th></tr>"
    "<tr><td>东山镇</td><td>3</td><td>120</td></tr></table>"
)
QUOTED = "<blockquote><p>2023年5月30日 某区应急管理局写道：</p>" + TABLE.replace("3", "9") + "</blockquote>"


@pytest.fixture
def desk(tmp_path) -> Desk:
    return open_desk("drill", NOW, office.make_home(tmp_path))


def taken_in(desk: Desk, page: str) -> submissions.QueueItem:
    """The mail with this page for its body, queued as it came in."""
    mail = EmailMessage()
    mail["From"], mail["To"] = office.address("A01"), office.OFFICE
    mail["Subject"], mail["Message-ID"] = "防汛演练统计", "<1@units.example>"
    mail["Date"] = "Wed, 31 May 2023 09:00:00 +0800"
    mail.set_content(page, subtype="html", charset="gb18030", cte="base64")
    place = desk.home.var / "drop" / "drill"
    place.mkdir(parents=True)
    (place / "a.eml").write_bytes(mail.as_bytes())
    for inbox in inboxes(desk):
        collect(desk.ledger, desk.store, inbox, desk.now)
    known = {"own_addresses": desk.own_addresses}
    settle_new(desk.ledger, desk.store, rules_of(desk), source_names(desk), desk.now, **known)
    with desk.ledger.read() as connection:
        (item,) = submissions.undecided(connection, "drill", desk.now)
    return item


def assigned(desk: Desk, page: str, obligation: str | None = None) -> submissions.Submission:
    item = taken_in(desk, page)
    assert assign(desk, rules_of(desk), Assignment(item.id, "A01", "经办人甲", "正文即报表", obligation))
    with desk.ledger.read() as connection:
        (entered,) = submissions.of_campaign(connection, "drill", desk.now)
    return entered


@pytest.mark.parametrize("declared", ["", '<meta charset="gb2312">'])
def test_a_table_in_the_mails_own_page_is_read_cell_by_cell(desk, declared):
    page = (
        f"<html><head>{declared}</head><body><p>您好，数据如下：</p>{TABLE}<p>联系人：张三</p></body></html>"
    )
    entered = assigned(desk, page)
    assert (entered.obligation, entered.filename) == ("figures", "邮件正文.html")
    assert entered.reading["values"] == {"drills": 3, "people": 120}
    assert desk.store.read(entered.digest).decode().count("东山镇") == 1


def test_a_figure_struck_out_in_the_page_is_not_read(desk):
    entered = assigned(desk, TABLE.replace("<td>3</td>", "<td><s>3</s>5</td>").replace("120", "<s>120</s>"))
    assert entered.reading["values"] == {"drills": 5, "people": None}


@pytest.mark.parametrize("page", ["<p>我镇演练3场次，参演120人次。</p>" + QUOTED, TABLE + QUOTED])
def test_where_another_mail_is_repeated_no_table_is_taken_for_the_senders(desk, page):
    entered = assigned(desk, page, "figures")
    assert entered.filename == "邮件正文.txt"
    assert 9 not in entered.reading["values"].values()


@pytest.mark.parametrize("page", ["", "<p> </p>", '<img src="cid:1">'])
def test_a_mail_with_nothing_in_it_is_nobodys_report_and_the_way_out_is_told(desk, page):
    item = taken_in(desk, page)
    with pytest.raises(Misconfigured, match=r"没有可以入账的文件或正文.*登记来件"):
        assign(desk, rules_of(desk), Assignment(item.id, "A01", "经办人甲", "正文即报表", "figures"))
    with desk.ledger.read() as connection:
        assert list(submissions.of_campaign(connection, "drill", desk.now)) == []


def test_a_mail_too_large_to_be_opened_is_no_blank_report_that_goes_back_to_its_sender(desk, monkeypatch):
    monkeypatch.setattr(reader, "LARGEST_MAIL", 10)
    item = taken_in(desk, TABLE)
    with pytest.raises(Misconfigured, match=f"第 {item.id} 件"):
        assign(desk, rules_of(desk), Assignment(item.id, "A01", "经办人甲", "正文即报表", "figures"))
