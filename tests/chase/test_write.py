"""Letters as they are written for a real office: words, addresses, pictures, one of each."""

import email
import email.policy
from datetime import timedelta
from pathlib import Path

import pytest

from tasks.chase.steps import answer, plan, send, shown_now
from tasks.desk import Desk, open_desk
from tasks.settings import SHIPPED, Home
from tasks.status import acts
from tasks.terms import times
from tasks.terms.errors import Misconfigured

CAMPAIGN = """
id: drill
title: 防汛演练
notice:
  issuer: 某区应急管理局
  document_number: 某应急〔2023〕1号
  title: 关于开展防汛演练的通知
  issued_on: 2023-05-04
  section: 综合科
  contact: {name: 演示, phone: 000-00000000}
superior: {name: 某市应急管理局, channel: document_exchange}
roster: rosters/drill.csv
windows: []
obligations:
  - id: summary
    title: 演练总结
    deliverable: narrative
    due: {date: 2023-06-01, time: "17:00"}
    owed_by: [{kind: town}]
sources: [{kind: drop, path: var/drop/drill}]
account: capture
ladder:
  - {id: t-1, title: 前一日提醒, working_days: -1, at: "09:00", audience: [preparer], template: reminder}
  - {id: digest, title: 情况摘要, working_days: 0, at: "09:00", audience: [ops, leader], template: digest}
  - {id: c, title: 通报, working_days: 1, at: "09:00", audience: [preparer, leader], template: circular}
  - {id: thanks, title: 致谢, working_days: 1, at: "09:00", audience: [preparer], template: thanks}
package: {at: 2023-06-05T18:00, basis: 汇总}
"""
OFFICE = """
bureau: 某区应急管理局
on_duty: [zhiban@district.example]
leaders: [fenguan@district.example, ZHIBAN@district.example]
"""
ROSTER = """code,name,kind,tier,preparer,leader
A01,东山镇,town,镇街,east@units.example,east-leader@units.example
A02,西山镇,town,镇街,west@units.example,
A03,南山街道,town,镇街,south@units.example,
"""
SUMMARY = "东山镇防汛演练总结：5月10日组织开展防汛演练一次，参加群众120人，检验了预案，取得良好效果。" * 3


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    for name in ("campaigns", "rosters", "calendar"):
        (tmp_path / "config" / name).mkdir(parents=True)
    for table in (SHIPPED / "config" / "calendar").iterdir():
        (tmp_path / "config" / "calendar" / table.name).write_bytes(table.read_bytes())
    (tmp_path / "config" / "campaigns" / "drill.yaml").write_text(CAMPAIGN, "utf-8")
    (tmp_path / "config" / "rosters" / "drill.csv").write_text(ROSTER, "utf-8")
    (tmp_path / "config" / "office.yaml").write_text(OFFICE, "utf-8")
    monkeypatch.setenv("BAOSONG_HOME", str(tmp_path))
    return Home.at(tmp_path)


def at(moment: str) -> Desk:
    return open_desk("drill", times.utc(times.parse(moment)))


def reported(home: Home, moment: str) -> None:
    from tasks.intake.steps import judge, take_in

    folder = home.var / "drop" / "drill"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "东山镇防汛演练总结.txt").write_text(SUMMARY, "utf-8")
    take_in.fn("drill", times.utc(times.parse(moment)))
    assert judge.fn("drill", times.utc(times.parse(moment)))["submissions"] == 1


def chased(moment: str) -> None:
    now = times.utc(times.parse(moment))
    answer.fn("drill", now)
    plan.fn("drill", now)
    send.fn("drill", now)


def letters(home: Home) -> list[email.message.EmailMessage]:
    new = home.captured / "new"
    return [email.message_from_bytes(p.read_bytes(), policy=email.policy.default) for p in new.glob("*")]


def of_kind(home: Home, kind: str) -> dict[str, email.message.EmailMessage]:
    found = [m for m in letters(home) if m["X-Baosong-Letter"] == kind]
    by_address = {m["To"].addresses[0].addr_spec: m for m in found}
    assert len(by_address) == len(found), "one address, one letter"
    return by_address


def text_of(mail: email.message.EmailMessage) -> str:
    return mail.get_body(("plain",)).get_content().replace("\r\n", "\n")


def test_the_digest_goes_to_the_offices_people_once_each_with_its_picture(home):
    reported(home, "2023-05-20T10:00")
    chased("2023-06-01T09:00")
    chased("2023-06-01T09:30")
    found = of_kind(home, "digest")
    assert set(found) == {"zhiban@district.example", "fenguan@district.example"}
    mail = found["fenguan@district.example"]
    assert mail["Subject"] == "【报送情况】防汛演练：演练总结已报 1/3"
    assert text_of(mail).startswith("局领导：")
    assert "尚未报送：西山镇、南山街道" in text_of(mail)
    pictures = [p for p in mail.walk() if p.get_content_type() == "image/png"]
    html = mail.get_body(("html",)).get_content()
    assert [f"cid:{p['Content-ID'].strip('<>')}" in html for p in pictures] == [True]


def test_a_digest_greets_each_of_its_readers_as_what_they_are(home):
    office = OFFICE.replace("on_duty: [zhiban@", "on_duty: [clerk@district.example, zhiban@")
    (home.config / "office.yaml").write_text(office, "utf-8")
    chased("2023-06-01T09:00")
    greeted = {to: text_of(m).partition("\n")[0] for to, m in of_kind(home, "digest").items()}
    assert greeted == {
        "fenguan@district.example": "局领导：",
        "clerk@district.example": "各位同事：",
        "zhiban@district.example": "局领导、各位同事：",
    }
    named = {to: m["To"].addresses[0].display_name for to, m in of_kind(home, "digest").items()}
    assert {f"{name}：" for name in named.values()} == set(greeted.values())


def test_a_circular_tells_late_missing_extended_and_goes_to_every_reporter(home):
    at_due = at("2023-05-30T10:00")
    acts.extend(at_due, "A03", "summary", times.parse("2023-06-05T12:00"), who="张三", why="台风")
    reported(home, "2023-06-01T18:00")
    chased("2023-06-02T09:00")
    found = of_kind(home, "circular")
    assert set(of_kind(home, "bulletin")) == {"east@units.example"}, "thanked in the same letter"
    assert set(found) == {"east-leader@units.example", "west@units.example", "south@units.example"}
    text = text_of(found["west@units.example"])
    assert "应报 3 个单位，已报 1 个，其中按时 0 个" in text
    assert "逾期报送：东山镇" in text
    assert "尚未报送：西山镇\n" in text
    assert "同意延期、尚未到期：南山街道" in text


def test_only_who_has_reported_everything_is_thanked_and_whether_in_time_is_not_guessed(home):
    reported(home, "2023-06-01T18:00")
    chased("2023-06-02T09:00")
    found = of_kind(home, "bulletin")
    assert set(found) == {"east@units.example"}
    assert "均在时限内" not in text_of(found["east@units.example"])
    assert "- 演练总结" in text_of(found["east@units.example"])


def test_who_reports_after_the_closing_is_told_so_and_not_called_missing(home):
    file = home.config / "campaigns" / "drill.yaml"
    text = file.read_text("utf-8").replace("    owed_by", "    closes: 2023-06-01T18:00\n    owed_by")
    file.write_text(text, "utf-8")
    reported(home, "2023-06-01T18:01")
    chased("2023-06-02T09:00")
    said = text_of(of_kind(home, "receipt")["east@units.example"])
    assert "收到，正在核对。" in said
    assert "收到时已过截止接收时刻，暂未计入，由承办科室核定是否计入。" in said
    assert "尚缺" not in said
    told = text_of(of_kind(home, "circular")["west@units.example"])
    assert "应报 3 个单位，尚无单位报送。" in told
    assert "材料正在核对：东山镇" in told
    assert "尚未报送：西山镇、南山街道\n" in told
    assert of_kind(home, "thanks") == {}


def test_who_reports_in_time_is_told_nothing_of_a_closing(home):
    reported(home, "2023-05-20T10:00")
    chased("2023-05-20T10:05")
    said = text_of(of_kind(home, "receipt")["east@units.example"])
    assert "核对通过。" in said
    assert "截止" not in said


def test_a_letter_waiting_to_go_is_dropped_when_its_unit_was_given_time_to_correct(home):
    reported(home, "2023-05-30T10:00")
    acts.give_back(at("2023-05-30T11:00"), "A01", "summary", who="张三", why="缺照片")
    plan.fn("drill", times.utc(times.parse("2023-05-31T09:00")))
    late = at("2023-05-31T09:01")
    acts.give_back(late, "A01", "summary", who="张三", why="还缺", until=times.parse("2023-06-20T12:00"))
    send.fn("drill", times.utc(times.parse("2023-05-31T09:02")))
    assert set(of_kind(home, "reminder")) == {"west@units.example", "south@units.example"}


def test_more_time_is_answered_with_the_new_date_once(home):
    desk = at("2023-05-30T10:00")
    acts.extend(desk, "A02", "summary", times.parse("2023-06-05T12:00"), who="张三", why="台风影响")
    chased("2023-05-30T10:05")
    chased("2023-05-30T10:10")
    found = of_kind(home, "extended")
    assert set(found) == {"west@units.example"}
    text = text_of(found["west@units.example"])
    assert "同意你单位延期报送“演练总结”" in text
    assert "新时限：2023年6月5日（周一）12:00" in text
    assert "原时限：2023年6月1日（周四）17:00前" in text
    assert "事由：台风影响" in text


def test_a_due_moment_of_two_things_is_told_once_by_what_says_most_of_it(home):
    """The notice is quoted under the one, not under the other; a clerk reads one moment, not two."""
    other = """  - id: list
    title: 演练名单
    deliverable: narrative
    due: {date: 2023-06-01, time: "17:00", quote: 于6月1日17时前报送}
    owed_by: [{kind: town}]
sources:"""
    path = home.config / "campaigns" / "drill.yaml"
    path.write_text(CAMPAIGN.replace("sources:", other), "utf-8")
    chased("2023-05-31T09:05")
    (line,) = [
        line
        for line in text_of(of_kind(home, "reminder")["west@units.example"]).splitlines()
        if line.startswith("时限：")
    ]
    assert line == "时限：2023年6月1日（周四）17:00前（通知原文：“于6月1日17时前报送”；含该时刻）"


def test_a_wrong_template_of_a_later_rung_stops_the_letters_before_the_first(home):
    broken = home.templates / "letters" / "circular"
    broken.mkdir(parents=True)
    (broken / "subject.j2").write_text("{{ nobody_knows }}", "utf-8")
    with pytest.raises(Misconfigured, match=r"circular/subject\.j2 第 1 行.*nobody_knows"):
        chased("2023-05-31T09:00")
    assert letters(home) == []


def test_a_campaigns_own_template_comes_before_the_offices(home):
    for folder, words in (("letters", "本局"), ("campaigns/drill/letters", "本专项")):
        own = home.templates / folder / "reminder"
        own.mkdir(parents=True)
        (own / "subject.j2").write_text(f"{words}提醒 {{{{ unit }}}}", "utf-8")
    chased("2023-05-31T09:00")
    subjects = {m["Subject"] for m in of_kind(home, "reminder").values()}
    assert subjects == {"本专项提醒 东山镇", "本专项提醒 西山镇", "本专项提醒 南山街道"}


def test_an_offices_own_kind_of_reminder_falls_away_once_the_report_is_there(home):
    ladder = home.config / "campaigns" / "drill.yaml"
    ladder.write_text(CAMPAIGN.replace("template: reminder", "template: nudge"), "utf-8")
    shipped = SHIPPED / "templates" / "letters" / "reminder"
    own = home.templates / "letters" / "nudge"
    own.mkdir(parents=True)
    for part in shipped.iterdir():
        (own / part.name).write_text(part.read_text("utf-8"), "utf-8")
    now = times.utc(times.parse("2023-05-31T09:00"))
    plan.fn("drill", now)
    reported(home, "2023-05-31T09:05")
    send.fn("drill", now + timedelta(minutes=10))
    assert set(of_kind(home, "nudge")) == {"west@units.example", "south@units.example"}


def test_where_no_mailbox_is_read_nobody_is_asked_to_reply(home):
    chased("2023-05-31T09:00")
    text = text_of(of_kind(home, "reminder")["west@units.example"])
    assert "请按通知写明的方式报送，不要以回复本邮件的方式报送。" in text


def test_a_preview_names_every_letter_and_sends_none(home):
    shown = shown_now(at("2023-06-01T09:00"))
    assert [s["kind"] for s in shown] == ["reminder"] * 3 + ["digest"] * 2
    assert [s["unit"] for s in shown] == ["东山镇", "西山镇", "南山街道", "本局", "本局"]
    assert letters(home) == []


def test_a_rung_may_go_to_the_tier_above_and_to_the_people_on_duty_too(home):
    roster = ROSTER.replace("tier,preparer", "tier,parent,preparer").replace("镇街,", "镇街,D01,")
    (home.config / "rosters" / "drill.csv").write_text(
        roster + "D01,城关区,district,区,,district@units.example,\n", "utf-8"
    )
    own = CAMPAIGN.replace(
        '-1, at: "09:00", audience: [preparer]', '-1, at: "09:00", audience: [preparer, parent, ops]'
    )
    (home.config / "campaigns" / "drill.yaml").write_text(own, "utf-8")
    chased("2023-05-31T09:00")
    mails = letters(home)
    reached = {m["To"].addresses[0].addr_spec for m in mails}
    assert reached == {
        "east@units.example", "west@units.example", "south@units.example", "district@units.example",
        "zhiban@district.example",
    }  # fmt: skip
    assert len(mails) == len(reached), "one letter each, three units at a time to those above"
    (above,) = [m for m in mails if m["To"].addresses[0].addr_spec == "district@units.example"]
    for unit in ("东山镇", "西山镇", "南山街道"):
        assert unit in text_of(above)
    assert "抄送上一级单位" in text_of(above)
