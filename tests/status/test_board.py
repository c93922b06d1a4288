"""The board: what a clerk sees first, and a picture of what came when."""

from base64 import b64decode
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tasks.desk import open_desk
from tasks.ledger.outbox import DEAD_ADDRESS, Fate
from tasks.ledger.submissions import QueueItem
from tasks.status.board import overview
from tasks.status.chart import arrivals_chart, embedded
from tasks.status.today import work_list
from tasks.status.view import View, look
from tasks.terms import times
from tasks.terms.standings import DueMoment, Standing, State, Timeliness
from tasks.terms.units import Roster
from tests.line import office

DUE_DAY = times.parse("2023-06-02T09:00")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def view(tmp_path: Path) -> View:
    return look(open_desk("drill", DUE_DAY, office.make_home(tmp_path)))


def came(day: str, state: State = State.ACCEPTED, unit: str = "u") -> Standing:
    due = DueMoment(times.parse("2023-06-02T17:00"), "")
    at = times.parse(day) if day else None
    return Standing(unit, "summary", unit, due, state, Timeliness.ON_TIME if at else None, at)


def test_the_picture_counts_units_reported_by_the_end_of_each_day():
    owed = [
        came("2023-05-30T10:00"),
        came("2023-05-30T23:00"),
        came("2023-06-01T08:00"),
        came("", State.MISSING),
    ]
    picture = ET.fromstring(arrivals_chart(owed, times.parse("2023-06-03T10:00"), "演练总结"))
    words = [t.text for t in picture.iter(f"{SVG}text")]
    assert "4" in words  # what is owed is the top of the scale
    points = picture.find(f"{SVG}polyline").get("points").split()
    heights = [float(p.split(",")[1]) for p in points]
    assert len(points) == 5
    assert heights[0] == heights[1] > heights[2] == heights[4]
    assert words.count("时限") == 1


def test_what_was_returned_or_waived_is_not_counted():
    owed = [came("2023-05-30T10:00"), came("2023-05-30T10:00", State.RETURNED), came("", State.WAIVED)]
    picture = ET.fromstring(arrivals_chart(owed, times.parse("2023-06-01T10:00"), "x"))
    assert [t.text for t in picture.iter(f"{SVG}text")].count("1") == 1
    assert "2" in [t.text for t in picture.iter(f"{SVG}text")]


def test_nothing_yet_or_a_single_day_is_no_picture():
    assert arrivals_chart([came("", State.MISSING)], DUE_DAY, "x") == ""
    assert arrivals_chart([came("2023-06-02T08:00")], DUE_DAY, "x") == ""
    assert arrivals_chart([came("2023-06-01T08:00")], DUE_DAY, "x") != ""


def words_at(picture: ET.Element) -> dict[str, tuple[str, str]]:
    return {t.text: (t.get("x"), t.get("y")) for t in picture.iter(f"{SVG}text")}


def test_first_and_last_day_nought_and_all_lie_on_the_frame_the_due_day_and_what_came_last_on_their_own():
    days = ("2023-05-30T10:00", "2023-06-01T08:00", "2023-06-03T09:00")
    owed = [*map(came, days), came("", State.MISSING)]
    picture = ET.fromstring(arrivals_chart(owed, times.parse("2023-06-03T10:00"), "演练总结"))
    assert (picture.get("width"), picture.get("height")) == ("720", "220")
    points = "44.0,149.5 209.0,149.5 374.0,113.0 539.0,113.0 704.0,76.5"  # 36.5 for each of the four
    assert picture.find(f"{SVG}polyline").get("points") == points
    lines = [
        tuple(line.get(part) for part in ("x1", "x2", "y1", "y2")) for line in picture.iter(f"{SVG}line")
    ]
    assert lines == [
        ("44.0", "704.0", "186.0", "186.0"),
        ("44.0", "704.0", "40.0", "40.0"),
        ("539.0", "539.0", "40.0", "186.0"),
    ]
    assert words_at(picture) == {
        "演练总结": ("44.0", "16.0"),
        "0": ("38.0", "190.0"),
        "4": ("38.0", "44.0"),
        "时限": ("539.0", "34.0"),
        "3": ("704.0", "70.5"),
        **{
            day: (f"{44 + 165 * n}.0", "208.0") for n, day in enumerate(("5/30", "5/31", "6/1", "6/2", "6/3"))
        },
    }


def test_the_last_count_is_not_struck_out_by_the_level_of_all_when_nearly_all_have_come():
    owed = [came("2023-05-30T10:00") for _ in range(91)] + [came("", State.MISSING)] * 2
    picture = ET.fromstring(arrivals_chart(owed, times.parse("2023-06-03T10:00"), "演练总结"))
    words = words_at(picture)
    assert float(words["91"][1]) > float(words["93"][1]) + 12  # the height of a line of words


@pytest.mark.parametrize(
    ("first", "named"),
    [
        ("2023-05-28", ["5/28", "5/29", "5/30", "5/31", "6/1", "6/2", "6/3"]),
        ("2023-05-22", ["5/22", "5/24", "5/26", "5/28", "5/30", "6/1", "6/3"]),
        ("2023-05-21", ["5/21", "5/23", "5/25", "5/27", "5/29", "5/31", "6/2", "6/3"]),
        ("2023-05-17", ["5/17", "5/19", "5/21", "5/23", "5/25", "5/27", "5/29", "5/31", "6/2", "6/3"]),
        ("2023-05-15", ["5/15", "5/18", "5/21", "5/24", "5/27", "5/30", "6/3"]),
    ],
)
def test_of_many_days_the_first_the_last_and_some_between_are_named(first, named):
    picture = ET.fromstring(
        arrivals_chart([came(f"{first}T10:00")], times.parse("2023-06-03T10:00"), "演练总结")
    )
    assert [t.text for t in picture.iter(f"{SVG}text") if "/" in t.text] == named


def test_a_title_cannot_break_the_picture():
    owed = [came("2023-05-30T10:00")]
    picture = arrivals_chart(owed, DUE_DAY, '<script>"&')
    assert ET.fromstring(picture).find(f"{SVG}title").text == '<script>"&'
    head, _, data = embedded(picture).partition(",")
    assert head == "data:image/svg+xml;base64"
    assert b64decode(data).decode() == picture


def test_the_work_list_of_the_due_day_names_who_has_not_reported(view):
    assert work_list(view) == [
        "演练总结今天到期，未报齐的有：东山镇、西山镇、南山街道",
        "演练统计表今天到期，未报齐的有：东山镇、西山镇、南山街道",
    ]


def test_what_waits_for_a_decision_stands_before_what_falls_due(view):
    item = QueueItem(
        "drill", 1, "d", "a.docx", "x@y.example", "总结", (), ("看不出单位",), DUE_DAY, DUE_DAY, 7
    )
    waiting = replace(view, queue=(item,), unreached={"imap:office/INBOX": DUE_DAY})
    lines = work_list(waiting)
    assert lines[0].startswith("来源 imap:office/INBOX 自 6月2日（周五）09:00 起连接不上")
    assert lines[1] == "1 件来件待确认：用“待确认件归位”逐件处理"
    assert lines[0] in waiting.in_words()
    assert waiting.as_json()["unreached"] == ["imap:office/INBOX"]


def a_letter(number: int, unit: str, state: str) -> Fate:
    return Fate(number, unit, "reminder", "r", state, "", DUE_DAY, DUE_DAY, DUE_DAY)


def test_what_could_not_be_taken_comes_before_what_is_owed_and_is_counted_when_it_is_much(view):
    left = tuple(f"文件“{n}.docx”超过 200 MB，未收取，已留在原处，请人工处理" for n in range(10))
    waiting = replace(view, left_there=left)
    assert waiting.needs_person
    assert work_list(waiting)[:9] == [*left[:8], "另有 2 件未能收取，见收件核对的运行日志"]
    assert not any("另有" in line for line in work_list(replace(view, left_there=left[:8])))


def test_refused_and_unsettled_letters_name_whom_to_telephone_each_unit_once(view):
    codes = [unit.code for unit in view.desk.roster]
    dead = replace(a_letter(1, codes[0], "refused"), reply=DEAD_ADDRESS + "User not found")
    letters = (
        dead,
        replace(dead, id=2),
        a_letter(3, codes[1], "unknown"),
        a_letter(4, codes[1], "sent"),
    )
    lines = work_list(replace(view, letters=letters))
    name, silent = (view.desk.roster[code].name for code in codes[:2])
    assert lines[0] == f"1 封信去向不明（{silent}）：请核实对方是否收到"
    assert lines[1] == f"邮箱收不到信的单位：{name}：请电话联系并更正邮箱"


def test_whom_a_letter_did_not_reach_for_no_fault_of_the_address_is_named_with_the_servers_words(view):
    away = replace(view, turned_away={view.desk.roster["A01"].code: "550 Mail content denied"})
    told = (
        "信件没有送到的单位：东山镇（服务器说：550 Mail content denied）：服务器并未说邮箱不存在，"
        "请电话告知并用“通话记录”登记，再核对信件内容与发信账户"
    )
    assert away.needs_person
    assert told in work_list(away)
    assert f"  {told}" in away.in_words().splitlines()


def test_a_package_that_may_not_have_arrived_is_told_under_the_superiors_name(view):
    lost = replace(a_letter(1, "", "unknown"), kind="dispatch")
    told = f"1 封信去向不明（{view.desk.campaign.superior.name}）：请核实对方是否收到"
    assert work_list(replace(view, letters=(lost,)))[0] == told


def test_the_status_says_what_became_of_the_letters_and_what_keeps_the_rest(view):
    assert "信件" not in view.in_words()
    states = ("sent", "sent", "refused", "unknown", "retry", "queued", "claimed", "sending", "dropped")
    letters = tuple(a_letter(n, "A01", state) for n, state in enumerate(states, 1))
    held = replace(letters[4], reply="未能登录发信服务器：授权码无效")
    looked = replace(view, letters=(*letters[:4], held, *letters[5:]))
    assert looked.as_json()["letters"] == {"sent": 2, "waiting": 4, "refused": 1, "unknown": 1}
    told = "  信件：已发 2，待发 4，被拒 1，去向不明 1（东山镇）（暂未发出：未能登录发信服务器：授权码无效）"
    assert told in looked.in_words().splitlines()
    assert "| 2 | 4 | 1 | 1 |" in overview(looked)


def test_what_was_received_and_not_read_waits_for_a_person(view):
    read = [replace(view.standings[0], state=State.RECEIVED), *view.standings[1:]]
    lines = work_list(replace(view, standings=tuple(read)))
    name = view.desk.roster[view.standings[0].reporter].name
    assert lines[0] == f"已收待核：{name}：核对后用“人工通过”或“退回补正”"


def test_an_obligation_everyone_has_met_is_not_on_the_list(view):
    met = [replace(s, state=State.ACCEPTED) if s.obligation == "summary" else s for s in view.standings]
    assert work_list(replace(view, standings=tuple(met))) == [
        "演练统计表今天到期，未报齐的有：东山镇、西山镇、南山街道"
    ]


def test_what_a_sender_wrote_cannot_break_the_board(view):
    item = QueueItem(
        campaign="drill",
        arrival=1,
        digest="d",
        filename="a|b.docx",
        sender="x@y.example",
        subject="<img src=x>|\n| 伪造 |",
        candidates=(),
        reasons=("看不出单位",),
        received_at=DUE_DAY,
        queued_at=DUE_DAY,
        id=7,
    )
    board = overview(replace(view, queue=(item,)))
    row = next(line for line in board.splitlines() if line.startswith("| 7 |"))
    assert row.count("|") == 5
    assert "<" not in row
    assert "x@y.example" not in board  # addresses stay in the ledger


LONG = "文件已损坏，不能打开，请在本机打开检查并另存后重新报送；" * 12


def test_why_an_item_waits_is_told_in_full_below_the_table(view):
    """A cell of the page is one line: what is longer than the page is cut off there."""
    item = QueueItem("drill", 1, "d", "a.docx", "x@y.example", "总结", ("A02",), (LONG,), DUE_DAY, DUE_DAY, 7)
    board = overview(replace(view, queue=(item,))).splitlines()
    table = next(line for line in board if line.startswith("| 7 |"))
    assert table == "| 7 | a.docx | 总结 | 西山镇 |"
    assert f"- 第 7 件：{LONG}" in board


def test_the_status_names_who_has_not_reported_and_what_waits(view):
    item = QueueItem(
        "drill", 1, "d", "", "x@y.example", "问询 x@y.example", ("A02",), ("请人工答复",), DUE_DAY, DUE_DAY, 7
    )
    lines = replace(view, queue=(item,)).in_words().splitlines()
    assert "  未报齐（演练总结）：东山镇、西山镇、南山街道" in lines
    assert "  待确认第 7 件：（整封邮件），主题“问询 x***@y.example”，可能是西山镇；请人工答复" in lines


def test_of_very_many_who_have_not_reported_the_status_counts_the_rest(view):
    towns = tuple(replace(view.desk.roster["A01"], code=f"U{n}", name=f"第{n}镇") for n in range(61))
    owed = tuple(replace(view.standings[0], unit=u.code, reporter=u.code) for u in towns)
    desk = replace(view.desk, roster=Roster(towns))
    told = replace(view, desk=desk, standings=owed).in_words().splitlines()[3]
    assert told.startswith("  未报齐（演练总结）：第0镇、第1镇、")
    assert told.endswith("、第59镇等 61 个单位")


def test_of_many_names_the_first_eight_are_written_out_and_the_rest_counted(view):
    town = view.desk.roster["A01"]
    units = tuple(replace(town, code=f"U{n}", name=f"第{n}镇") for n in range(1, 10))

    def named(number: int) -> str:
        desk = replace(view.desk, roster=Roster(units[:number]))
        owed = tuple(
            replace(view.standings[0], unit=u.code, reporter=u.code, state=State.RECEIVED)
            for u in units[:number]
        )
        return work_list(replace(view, desk=desk, standings=owed))[0].split("：")[1]

    eight = "、".join(f"第{n}镇" for n in range(1, 9))
    assert named(8) == eight
    assert named(9) == f"{eight}等 9 个"


def test_what_falls_due_another_day_or_nobody_knows_when_is_not_on_todays_list(view):
    due = {"A01": DueMoment(times.parse("2023-06-03T00:00"), ""), "A02": DueMoment(None, "")}
    moved = [replace(s, due=due.get(s.unit, s.due)) for s in view.standings]
    assert work_list(replace(view, standings=tuple(moved))) == [
        "演练总结今天到期，未报齐的有：南山街道",
        "演练统计表今天到期，未报齐的有：南山街道",
    ]
