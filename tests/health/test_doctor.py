"""What doctor tells of a home folder before it goes wrong."""

import imaplib
from datetime import timedelta
from pathlib import Path

import pytest

from tasks.desk import open_desk
from tasks.health.doctor import examine
from tasks.health.finding import Level
from tasks.ledger import acts, arrivals, submissions
from tasks.ledger.acts import Act
from tasks.ledger.submissions import QueueItem
from tasks.settings import Home
from tasks.terms import times
from tests.line import office
from tests.rig.dovecot import PASSWORD, running_dovecot
from tests.rig.postfix import running_postfix
from tests.rig.postgresql import free_port

BEFORE = times.parse("2023-05-30T09:00")
SECRET = "BAOSONG_TEST_DOCTOR"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return office.make_home(tmp_path)


def told(home: Home, what: str, now=BEFORE) -> list[tuple[Level, str]]:
    return [(f.level, f.text) for f in examine(home, now) if f.what.startswith(what)]


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_a_sound_campaign_is_well_and_the_coming_week_is_told(home):
    assert {level for level, _ in told(home, "专项")} == {Level.OK}
    assert [text for _, text in told(home, "未来七天")] == [
        "6月1日（周四）09:00 drill：前一日提醒",
        "6月2日（周五）17:00 drill：演练总结报送时限",
        "6月2日（周五）17:00 drill：演练统计表报送时限",
        "6月2日（周五）18:00 drill：汇总呈报",
        "6月5日（周一）09:00 drill：逾期催报",
        "6月6日（周二）17:00 drill：补报汇总",
    ]


def test_a_wrong_campaign_file_is_named_with_its_line(home):
    rewrite(home.config / "campaigns" / "drill.yaml", "kind: town", "kind: village")
    ((level, text), *_) = told(home, "专项")
    assert level is Level.FAULT
    assert "drill.yaml" in text
    assert "village" in text


def test_an_offices_own_template_that_cannot_be_written_is_found(home):
    folder = home.templates / "letters" / "reminder"
    folder.mkdir(parents=True)
    (folder / "subject.j2").write_text("{{ campain }}", "utf-8")
    faults = [text for level, text in told(home, "专项") if level is Level.FAULT]
    assert [text.partition("：")[0] for text in faults] == [
        "信件模板 templates/letters/reminder/subject.j2 第 1 行"
    ]


@pytest.mark.parametrize("count", ["working_days: 0", "hours_before: 1"])
def test_a_reminder_that_could_never_go_is_named_before_the_day(home, count):
    rewrite(
        home.config / "campaigns" / "drill.yaml", 'working_days: -1, at: "09:00"', f'{count}, at: "20:00"'
    )
    found = [text for level, text in told(home, "专项") if level is Level.LOOK]
    assert found == [
        f"梯次“前一日提醒”对“{title}”6月2日（周五）17:00的时限永远不会发出："
        "它的钟点在时限之后或办公时间以外，请在专项文件 ladder 中改 at，或写 any_hour: true"
        for title in ("演练总结", "演练统计表")
    ]


def test_units_no_letter_can_reach_are_named(home):
    rewrite(home.config / "rosters" / "drill.csv", office.address("A02"), "")
    assert (Level.LOOK, "没有填报人邮箱、只能电话联系的单位：西山镇") in told(home, "专项")


def test_a_source_out_of_reach_and_an_old_queue_item_are_told(home):
    desk = open_desk("drill", times.parse("2023-05-28T09:00"), home)
    digest = desk.store.put(b"x")
    item = QueueItem("drill", 1, digest, "a.docx", "", "", (), ("看不出单位",), desk.now, desk.now)
    arrival = arrivals.Arrival(
        "drop:var/drop/drill", "k", digest, "file", "a.docx", {}, "", desk.now, desk.now
    )
    with desk.ledger.write() as connection:
        arrivals.add(connection, [arrival])
        submissions.enqueue(connection, item)
        arrivals.mark_failing(connection, "drop:var/drop/drill", desk.now)
    found = told(home, "专项")
    assert (Level.LOOK, "有 1 件待确认超过一天，请处理（最早的是第 1 件）") in found
    assert (
        Level.FAULT,
        "来源 drop:var/drop/drill 自 5月28日（周日）09:00 起连接不上，其间不催报、不呈报",
    ) in found


def test_what_the_last_check_could_not_take_is_told(home):
    desk = open_desk("drill", times.parse("2023-05-28T09:00"), home)
    said = "“报表.docx”是管道，不是文件，未收取，请移走；要报的材料请放入文件本身"
    with desk.ledger.write() as connection:
        arrivals.note_left(connection, "drop:var/drop/drill", [said])
    assert (Level.LOOK, f"未能收取：{said}") in told(home, "专项")


def test_a_clock_behind_what_the_ledger_holds_is_told(home):
    desk = open_desk("drill", BEFORE, home)
    with desk.ledger.write() as connection:
        acts.record(connection, Act("drill", "waive", "甲", "撤并", BEFORE, "A01", "summary"))
    assert not [text for _, text in told(home, "时钟") if "走错" in text]
    (said,) = [text for _, text in told(home, "时钟", BEFORE - timedelta(days=200)) if "走错" in text]
    assert "校准时钟" in said


def test_a_damaged_ledger_is_told_in_one_sentence(home):
    home.var.mkdir(exist_ok=True)
    (home.var / "ledger.sqlite3").write_bytes(b"not a database at all" * 500)
    ((level, text),) = told(home, "台账")
    assert level is Level.FAULT
    assert "打不开" in text
    assert "从备份恢复" in text


def test_sending_that_is_stopped_is_told(home):
    home.var.mkdir(exist_ok=True)
    home.kill_switch.write_bytes(b"")
    ((level, _),) = told(home, "停发")
    assert level is Level.LOOK


def test_accounts_are_logged_in_to_as_a_run_would(tmp_path, monkeypatch):
    monkeypatch.setenv(SECRET, PASSWORD)
    with running_dovecot(office.everyone()) as dovecot, running_postfix(dovecot, office.DOMAIN) as postfix:
        home = office.make_home(tmp_path, office.Mailboxes(dovecot.imap, postfix.port, SECRET))
        assert [level for level, _ in told(home, "邮箱")] == [Level.OK, Level.OK]
        with imaplib.IMAP4("127.0.0.1", dovecot.imap) as client:
            client.login(office.OFFICE, PASSWORD)
            client.create("Junk")
            client.append("Junk", "", "", b"Subject: report\r\n\r\nreport\r\n")
        assert (Level.LOOK, "邮件夹“Junk”里有 1 封未读邮件") in [
            (level, text.partition("：")[0]) for level, text in told(home, "邮箱")
        ]
        monkeypatch.setenv(SECRET, "wrong")
        ((level, text),) = told(home, "邮箱")
        assert level is Level.FAULT
        assert "登录被拒" in text
        assert "wrong" not in text


def test_a_server_out_of_reach_and_a_missing_password_are_told(tmp_path, monkeypatch):
    home = office.make_home(tmp_path, office.Mailboxes(free_port(), free_port(), SECRET))
    assert told(home, "邮箱") == [(Level.FAULT, f"账户 {office.OFFICE} 没有授权码：请设环境变量 {SECRET}")]
    monkeypatch.setenv(SECRET, "x")
    ((level, text),) = told(home, "邮箱")
    assert level is Level.FAULT
    assert "连接不上" in text
