import io
import random
import re

import docx
import pytest
from PIL import Image

from tasks.chase.deliver import deliver_waiting
from tasks.chase.reconcile import reconcile
from tasks.dispatch.acknowledge import acknowledge, acknowledged
from tasks.dispatch.board import board
from tasks.dispatch.hand_up import hand_up_all
from tasks.ledger import outbox, submissions
from tasks.mail.sending.build import build_mail
from tasks.package.bagged.verify import verify
from tasks.package.make import make
from tasks.settings import CAPTURE
from tasks.terms import times
from tasks.terms.errors import Misconfigured
from tasks.terms.letters import LetterState, Outcome
from tests.dispatch.bureau import AT, Bureau, bureau
from tests.line import office, papers

SUPPLEMENT, AFTER = "2023-06-06T17:00", "2023-06-07T09:00"


@pytest.fixture
def sent(tmp_path):
    """A bureau whose first package has gone up."""
    made = bureau(tmp_path)
    made.report("A01", "2023-06-01T09:00")
    assert made.compile()["sent"] == [1]
    return made


def reply(of, text, subject="回复：呈报", to=None, name="reply", sender=office.SUPERIOR):
    letter = of.letters("dispatch")[-1]
    data = build_mail(
        sender=sender,
        sender_name="某市应急管理局",
        recipient=CAPTURE.address,
        recipient_name="",
        subject=subject,
        text=text,
        html="",
        message_id=f"<{name}@superior.example>",
        date=times.local(times.parse("2023-06-02T19:00")),
        auto=False,
    )
    of.receive(f"In-Reply-To: {to or letter['Message-ID']}\r\n".encode() + data, name)


def test_it_goes_once_whatever_runs_how_often(sent):
    for at in (AT, "2023-06-03T09:00", "2023-06-04T09:00"):
        assert sent.compile(at)["sent"] == []
    (letter,) = sent.letters("dispatch")
    assert [a.get_filename() for a in letter.iter_attachments()] == ["drill-第01号.zip"]


def test_a_supplement_is_numbered_and_carries_only_what_changed(sent):
    sent.report("A02", "2023-06-05T09:00")
    told = sent.compile(SUPPLEMENT)
    assert (told["number"], told["sent"]) == (2, [2])
    last = sent.packages(SUPPLEMENT)[-1]
    folder = sent.home.root / last.path
    assert verify(folder) == []
    assert [p.name for p in (folder / "data/原件").iterdir()] == ["A02_西山镇"]
    assert last.summary["supplement_to"] == 1
    assert "补报" in sent.letters("dispatch")[-1]["Subject"]
    units = (folder / "data/数据/units.csv").read_text("utf-8-sig")
    assert "东山镇" in units  # the figures are those of everyone, as they stand now


def test_a_supplement_with_nothing_new_is_not_made(sent):
    assert sent.compile(SUPPLEMENT)["note"] == "没有新材料，不编补报件"
    assert len(sent.letters("dispatch")) == 1


def test_two_supplements_of_one_day_each_carry_what_came_before_their_own_hour(tmp_path):
    two = office.CAMPAIGN.replace("[2023-06-06T17:00]", "[2023-06-06T12:00, 2023-06-06T17:00]")
    made = Bureau(office.make_home(tmp_path, campaign=two))
    made.report("A01", "2023-06-01T09:00")
    assert made.compile()["sent"] == [1]
    made.report("A02", "2023-06-06T09:00")
    assert made.compile("2023-06-06T12:05")["sent"] == [2]
    made.report("A03", "2023-06-06T14:00")
    assert made.compile("2023-06-06T15:00")["sent"] == []
    assert made.compile("2023-06-06T17:05")["sent"] == [3]
    assert reported(made, 3) == ["A03_南山街道"]


def test_what_came_after_a_package_compiled_early_by_hand_goes_up_at_its_moment(tmp_path):
    made = bureau(tmp_path)
    made.report("A01", "2023-06-01T09:00")
    assert made.compile("2023-06-02T09:00")["sent"] == [1]
    assert made.compile(AT)["sent"] == []
    made.report("A02", "2023-06-02T16:00")
    assert made.compile("2023-06-02T17:00")["sent"] == []
    assert made.compile(AT)["sent"] == [2]
    assert reported(made, 2) == ["A02_西山镇"]
    made.report("A03", "2023-06-02T18:30")
    assert made.compile("2023-06-02T19:00")["sent"] == []


@pytest.mark.parametrize("text", ["收到，谢谢。", "你局报来的汇总件已收悉。\n\n> 请予查收？"])
def test_a_reply_to_the_dispatch_is_the_superiors_acknowledgement(sent, text):
    reply(sent, text)
    assert sent.compile(AFTER)["acknowledged"] == [1]
    assert sent.compile(AFTER)["acknowledged"] == []
    desk = sent.desk(AFTER)
    assert acknowledged(desk)[1].detail["from"] == office.SUPERIOR
    assert "上级签收" in board(desk)
    with desk.ledger.read() as connection:
        assert submissions.undecided(connection, "drill", desk.now) == []


@pytest.mark.parametrize(
    "text",
    ["材料收到，但统计表不全，请补正后重新报送。", "尚未收到附件", "请问有无照片？", "请尽快联系我处王同志"],
)
def test_a_reply_that_asks_for_something_is_left_to_a_clerk(sent, text):
    reply(sent, text)
    assert sent.compile(AFTER)["acknowledged"] == []
    desk = sent.desk(AFTER)
    with desk.ledger.read() as connection:
        assert len(submissions.undecided(connection, "drill", desk.now)) == 1


def test_a_mail_that_answers_something_else_acknowledges_nothing(sent):
    reply(sent, "收到。", to="<other@x.example>")
    assert sent.compile(AFTER)["acknowledged"] == []


def test_whoever_else_knows_of_the_dispatch_acknowledges_nothing_and_a_clerk_sees_it(sent):
    reply(sent, "收到，谢谢。", sender="someone@elsewhere.example")
    assert sent.compile(AFTER)["acknowledged"] == []
    desk = sent.desk(AFTER)
    with desk.ledger.read() as connection:
        assert len(submissions.undecided(connection, "drill", desk.now)) == 1


def test_a_colleague_at_the_superiors_own_domain_acknowledges_for_it(sent):
    reply(sent, "收到，谢谢。", sender=f"zhang@{office.SUPERIOR.partition('@')[2]}")
    assert sent.compile(AFTER)["acknowledged"] == [1]


def test_a_robot_acknowledges_nothing(sent):
    reply(sent, "您的邮件已收到，本邮件为系统自动回复。", subject="自动回复：呈报")
    assert sent.compile(AFTER)["acknowledged"] == []


def test_a_clerk_may_enter_what_came_by_telephone_once(sent):
    desk = sent.desk(AFTER)
    assert "已记入台账" in acknowledge(desk, 1, who="经办人甲", why="电话确认")
    assert "未重复" in acknowledge(desk, 1, who="经办人甲", why="电话确认")
    with pytest.raises(Misconfigured, match="没有第 9 号"):
        acknowledge(desk, 9, who="经办人甲", why="电话确认")


def test_a_letter_the_server_refused_is_told_and_not_sent_again(tmp_path, monkeypatch):
    made = bureau(tmp_path)
    made.report("A01", "2023-06-01T09:00")
    monkeypatch.setattr(
        "tasks.mail.sending.transport.Transport.deliver",
        lambda *_: Outcome(LetterState.REFUSED, 552, "552 message size exceeds limit"),
    )
    told = made.compile()
    assert "552" in told["why"]["1"]
    monkeypatch.undo()
    assert made.compile("2023-06-03T09:00")["held_back"] == [1]
    assert made.letters("dispatch") == []
    acknowledge(made.desk(AFTER), 1, who="经办人甲", why="光盘送达")
    assert made.compile(AFTER)["held_back"] == []


def test_a_letter_of_unknown_fate_is_never_sent_again_by_itself(tmp_path, monkeypatch):
    made = bureau(tmp_path)
    made.report("A01", "2023-06-01T09:00")
    lost = Outcome(LetterState.UNKNOWN, None, "连接中断")
    monkeypatch.setattr("tasks.mail.sending.transport.Transport.deliver", lambda *_: lost)
    made.compile()
    monkeypatch.undo()
    told = made.compile("2023-06-03T09:00")
    assert "是否送达不明" in told["why"]["1"]
    assert made.letters("dispatch") == []


def test_while_the_channel_is_unknown_nothing_is_mailed_though_an_address_is_known(tmp_path):
    made = bureau(tmp_path)
    path = made.home.config / "campaigns" / "drill.yaml"
    known = path.read_text("utf-8")
    path.write_text(known.replace("channel: email", "channel: unknown"), "utf-8")
    made.report("A01", "2023-06-01T09:00")
    told = made.compile()
    assert told["held_back"] == [1]
    assert told["why"]["1"] == (
        "向某市应急管理局呈报的渠道未写明，没有发出；请问清后在专项文件 superior.channel 中填写："
        "email（邮件）或 document_exchange（公文系统）"
    )
    assert made.letters("dispatch") == []
    path.write_text(known, "utf-8")
    assert made.compile(AFTER)["sent"] == [1]


def test_beyond_the_receivers_limit_it_goes_in_numbered_mails_and_counts_as_sent_when_all_are(tmp_path):
    made = bureau(tmp_path, superior=", size_limit_mb: 1")
    for code in office.UNITS:
        made.report(code, "2023-06-01T09:00")
        bulk(made, code)
    told = made.compile()
    assert told["sent"] == [1]
    letters = made.letters("dispatch")
    names = sorted(a.get_filename() for m in letters for a in m.iter_attachments())
    assert len(names) > 1
    assert names == [f"drill-第01号.第{n}卷共{len(names)}卷.zip" for n in range(1, len(names) + 1)]
    desk = made.desk()
    with desk.ledger.read() as connection:
        queued = [q for q in outbox.of_campaign(connection, "drill", desk.clock()) if q.kind == "dispatch"]
    assert len({q.occasion for q in queued}) == len(names)
    assert made.compile("2023-06-03T09:00")["sent"] == []


def bulk(of, code):
    """The same unit's summary again, with a picture of 450 KB in it."""
    name = office.UNITS[code]
    image = Image.frombytes("RGB", (400, 400), random.Random(code).randbytes(480_000))
    picture = io.BytesIO()
    image.save(picture, "PNG")
    document = docx.Document(io.BytesIO(papers.narrative(name, "附照片。")))
    document.add_picture(picture)
    out = io.BytesIO()
    document.save(out)
    files = [(f"{name}总结.docx", out.getvalue())]
    when = "2023-06-01T15:00"
    data = papers.mail(office.address(code), CAPTURE.address, f"{name}防汛演练总结", files, when)
    of.receive(data, f"bulk-{code}")


def bounce(of, letter, name="bounce"):
    """A delivery failure for one of our letters, as a mail server writes it."""
    to = letter["To"].addresses[0].addr_spec
    data = (
        f"From: MAILER-DAEMON@{office.DOMAIN}\r\nTo: {CAPTURE.address}\r\nSubject: Undelivered Mail\r\n"
        "Date: Fri, 02 Jun 2023 18:30:00 +0800\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        f"Message-ID: <{name}@district.example>\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nmessage too large\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; {to}\r\nAction: failed\r\nStatus: 5.3.4\r\n\r\n"
        f"--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: {letter['Message-ID']}\r\n\r\n\r\n--b--\r\n"
    )
    of.receive(data.encode(), name)


def settle(of, at):
    of.take_in(at)
    reconcile(of.desk(at))


def test_a_dispatch_that_came_back_is_told_and_not_sent_again_by_itself(sent):
    bounce(sent, sent.letters("dispatch")[0])
    settle(sent, "2023-06-02T19:00")
    told = sent.compile("2023-06-02T20:00")
    assert "5.3.4" in told["why"]["1"]
    assert "上级没有收到" in board(sent.desk(AFTER))
    assert len(sent.letters("dispatch")) == 1
    acknowledge(sent.desk(AFTER), 1, who="经办人甲", why="光盘送达")
    assert sent.compile(AFTER)["why"] == {}
    assert "上级没有收到" not in board(sent.desk(AFTER))


def test_after_one_that_came_back_the_next_package_is_whole_and_no_supplement(sent):
    bounce(sent, sent.letters("dispatch")[0])
    settle(sent, "2023-06-02T19:00")
    sent.report("A02", "2023-06-05T09:00")
    assert sent.compile(SUPPLEMENT)["sent"] == [2]
    last = sent.packages(SUPPLEMENT)[-1]
    assert last.summary["supplement_to"] is None
    folder = sent.home.root / last.path / "data/原件"
    assert sorted(p.name for p in folder.iterdir()) == ["A01_东山镇", "A02_西山镇"]
    assert sent.compile(AFTER)["why"] == {}


def limit(of, megabytes):
    """The clerk puts another limit into the campaign file."""
    path = of.home.config / "campaigns" / "drill.yaml"
    text = re.sub(r", size_limit_mb: \d+", "", path.read_text("utf-8"))
    path.write_text(text.replace(office.SUPERIOR, f"{office.SUPERIOR}, size_limit_mb: {megabytes}"), "utf-8")


def heavy(tmp_path):
    made = bureau(tmp_path, superior=", size_limit_mb: 1")
    for code in office.UNITS:
        made.report(code, "2023-06-01T09:00")
        bulk(made, code)
    return made


def test_a_limit_changed_on_the_way_never_sends_the_same_package_cut_anew(tmp_path, monkeypatch):
    made = heavy(tmp_path)
    lost = Outcome(LetterState.UNKNOWN, None, "连接中断")
    monkeypatch.setattr("tasks.mail.sending.transport.Transport.deliver", lambda *_: lost)
    made.compile()
    monkeypatch.undo()
    limit(made, 20)
    told = made.compile("2023-06-03T09:00")
    assert made.letters("dispatch") == []
    assert "是否送达不明" in told["why"]["1"]


def test_a_package_refused_for_its_size_goes_in_parts_once_the_limit_is_known(tmp_path, monkeypatch):
    made = heavy(tmp_path)
    limit(made, 20)
    refused = Outcome(LetterState.REFUSED, 552, "552 message size exceeds limit")
    monkeypatch.setattr("tasks.mail.sending.transport.Transport.deliver", lambda *_: refused)
    assert "552" in made.compile()["why"]["1"]
    monkeypatch.undo()
    limit(made, 1)
    told = made.compile("2023-06-03T09:00")
    assert (told["sent"], told["why"]) == ([1], {})
    letters = len(made.letters("dispatch"))
    assert letters > 1
    assert made.compile("2023-06-04T09:00")["sent"] == []
    assert len(made.letters("dispatch")) == letters


def test_of_several_parts_one_that_is_refused_keeps_the_package_from_counting_as_sent(tmp_path, monkeypatch):
    made = heavy(tmp_path)
    outcomes = iter([Outcome(LetterState.REFUSED, 552, "552 too large")])
    sent = Outcome(LetterState.SENT, 250, "250 ok")
    monkeypatch.setattr("tasks.mail.sending.transport.Transport.deliver", lambda *_: next(outcomes, sent))
    told = made.compile()
    assert told["sent"] == []
    assert "上级没有收到" in told["why"]["1"]
    assert made.compile("2023-06-03T09:00")["sent"] == []


def test_a_dispatch_whose_sender_died_is_told_of_though_nothing_else_waits(tmp_path, monkeypatch):
    made = bureau(tmp_path)
    made.report("A01", "2023-06-01T09:00")

    def die(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("tasks.mail.sending.transport.Transport.deliver", die)
    with pytest.raises(KeyboardInterrupt):
        made.compile()
    monkeypatch.undo()
    told = made.compile("2023-06-02T19:00")
    assert "是否送达不明" in told["why"]["1"]
    assert made.letters("dispatch") == []


LATER = "2023-06-03T09:00"


def put_off(of, monkeypatch):
    """Compile while the server has no time for the letter."""
    later = Outcome(LetterState.RETRY, 451, "451 try again later")
    monkeypatch.setattr("tasks.mail.sending.transport.Transport.deliver", lambda *_: later)
    of.compile()
    monkeypatch.undo()


def reported(of, number):
    """The units whose originals this package holds."""
    folder = of.home.root / of.packages(AFTER)[number - 1].path / "data/原件"
    return sorted(p.name for p in folder.iterdir())


def test_a_package_held_back_is_made_anew_with_what_came_meanwhile(tmp_path, monkeypatch):
    made = bureau(tmp_path)
    made.report("A01", "2023-06-01T09:00")
    monkeypatch.setattr("tasks.dispatch.hand_up._out_of_reach", lambda _: "来源 office 连接不上")
    assert made.compile()["held_back"] == [1]
    monkeypatch.undo()
    made.report("A02", "2023-06-02T16:00")
    assert made.compile(LATER)["sent"] == [2]
    assert reported(made, 2) == ["A01_东山镇", "A02_西山镇"]
    last = made.packages(AFTER)[-1].summary
    assert last["supplement_to"] is None
    (letter,) = made.letters("dispatch")
    assert [a.get_filename() for a in letter.iter_attachments()] == ["drill-第02号.zip"]


@pytest.mark.parametrize("part", ["data/汇总表.xlsx", "manifest-sha256.txt", "zip", "no zip"])
def test_a_package_whose_files_were_touched_before_it_went_does_not_go_and_is_made_anew(
    tmp_path, monkeypatch, part
):
    """A clerk who mends a figure in it would send up what nobody reported."""
    made = bureau(tmp_path)
    made.report("A01", "2023-06-01T09:00")
    monkeypatch.setattr("tasks.dispatch.hand_up._out_of_reach", lambda _: "来源 office 连接不上")
    assert made.compile()["held_back"] == [1]
    monkeypatch.undo()
    folder = made.home.root / made.packages(AFTER)[0].path
    archive = folder.with_name(f"{folder.name}.zip")
    touched = archive if part == "zip" else folder / part
    if part == "no zip":
        archive.unlink()
    else:
        touched.chmod(0o644)
        touched.write_bytes(touched.read_bytes() + b" ")
    told = hand_up_all(made.desk(LATER))
    assert (told["sent"], told["held_back"]) == ([], [1])
    assert told["why"]["1"].startswith(f"汇总件 {folder.name}")
    assert made.letters("dispatch") == []
    assert made.compile(LATER)["sent"] == [2]
    assert verify(made.home.root / made.packages(AFTER)[-1].path) == []


def test_a_unit_entered_in_the_roster_before_a_package_goes_is_in_it(tmp_path, monkeypatch):
    """It would have gone up as if that unit owed nothing."""
    made = bureau(tmp_path)
    made.report("A01", "2023-06-01T09:00")
    monkeypatch.setattr("tasks.dispatch.hand_up._out_of_reach", lambda _: "来源 office 连接不上")
    assert made.compile()["held_back"] == [1]
    monkeypatch.undo()
    roster = made.home.config / "rosters" / "drill.csv"
    roster.write_text(roster.read_text("utf-8") + "A04,北山镇,town,镇街,a04@x.example,\n", "utf-8")
    told = made.compile(LATER)
    assert (told["sent"], told["gaps"]) == ([2], 7)
    assert made.compile(AFTER)["sent"] == []


def test_a_package_whose_letter_the_server_put_off_is_made_anew_with_what_came_meanwhile(
    tmp_path, monkeypatch
):
    made = bureau(tmp_path)
    made.report("A01", "2023-06-01T09:00")
    put_off(made, monkeypatch)
    made.report("A02", "2023-06-02T16:00")
    made.take_in(LATER)
    assert deliver_waiting(made.desk(LATER))["sent"] == 0  # not the old one, also where nobody compiles
    assert made.compile(LATER)["sent"] == [2]
    (letter,) = made.letters("dispatch")
    assert [a.get_filename() for a in letter.iter_attachments()] == ["drill-第02号.zip"]
    with made.desk(AFTER).ledger.read() as connection:
        old, _ = (
            q for q in outbox.of_campaign(connection, "drill", times.parse(AFTER)) if q.kind == "dispatch"
        )
    assert (old.state, old.reply) == (LetterState.DROPPED, "已另编第2号汇总件代替")


def test_a_package_whose_letter_the_server_put_off_goes_as_it_is_when_nothing_came(tmp_path, monkeypatch):
    made = bureau(tmp_path)
    made.report("A01", "2023-06-01T09:00")
    put_off(made, monkeypatch)
    assert made.compile(LATER)["sent"] == [1]
    assert len(made.packages(AFTER)) == 1


def test_nothing_goes_up_that_changed_between_making_and_handing_up(tmp_path):
    made = bureau(tmp_path)
    made.report("A01", "2023-06-01T09:00")
    made.take_in()
    make(made.desk())
    made.report("A02", "2023-06-02T16:00")
    made.take_in()
    told = hand_up_all(made.desk())
    assert told["held_back"] == [1]
    assert "重新编制" in told["why"]["1"]
    assert made.compile()["sent"] == [2]


def test_of_several_parts_the_others_follow_the_first_whatever_comes(tmp_path, monkeypatch):
    made = heavy(tmp_path)
    outcomes = iter([Outcome(LetterState.SENT, 250, "250 ok")])
    later = Outcome(LetterState.RETRY, 451, "451 try again later")
    monkeypatch.setattr("tasks.mail.sending.transport.Transport.deliver", lambda *_: next(outcomes, later))
    assert made.compile()["sent"] == []
    monkeypatch.undo()
    bulk(made, "A01")
    told = made.compile(LATER)
    assert told["sent"] == [1]
    assert len(made.packages(AFTER)) == 1
