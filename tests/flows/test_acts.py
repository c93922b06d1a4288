"""The staff's acts from the command line, on a small office with embedded parts."""

import json
from pathlib import Path

import pytest

from flows.__main__ import main
from tasks.desk import open_desk
from tasks.documents.fillin import write_form
from tasks.intake.collect import collect
from tasks.intake.settle import rules_of, settle_new
from tasks.intake.sources import inboxes, source_names
from tasks.settings import Home
from tasks.terms import times
from tests.line import office, papers

MAY_31 = "2023-05-31T10:00"
SIGNED = ("--who", "经办人甲", "--why", "来电说明")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return office.make_home(tmp_path)


@pytest.fixture
def drop(home: Home):
    """Put files into the drop folder, by unit, and let intake take them."""

    def put(folder: str, *files: tuple[str, bytes], at: str = MAY_31) -> None:
        place = home.var / "drop" / "drill" / folder
        place.mkdir(parents=True, exist_ok=True)
        for name, data in files:
            (place / name).write_bytes(data)
        take_in(home, at)

    return put


def take_in(home: Home, at: str) -> None:
    desk = open_desk("drill", times.parse(at), home)
    for inbox in inboxes(desk):
        collect(desk.ledger, desk.store, inbox, desk.now)
    settle_new(
        desk.ledger,
        desk.store,
        rules_of(desk),
        source_names(desk),
        desk.now,
        own_addresses=desk.own_addresses,
    )


@pytest.fixture
def say(home: Home, capsys):
    """Run a verb; gives exit code and what was said."""

    def run(*words: str, at: str = MAY_31) -> tuple[int, str]:
        try:
            code = main(["--home", str(home.root), *words, "--as-of", at])
        except SystemExit as wrong:
            code = int(wrong.code or 0)
        told = capsys.readouterr()
        return code, told.out + told.err

    return run


@pytest.fixture
def standing(say):
    def look(name: str, obligation: str = "summary", at: str = MAY_31) -> dict:
        status = json.loads(say("status", "drill", "--json", at=at)[1])
        return next(u for u in status["units"] if (u["name"], u["obligation"]) == (name, obligation))

    return look


def form_of(home: Home, code: str, drills: object, people: object) -> bytes:
    desk = open_desk("drill", times.parse(MAY_31), home)
    unit = desk.roster[code]
    blank = write_form(desk.campaign, desk.campaign.obligation("figures"), unit, [unit])
    return papers.filled(blank, unit.name, drills, people)


def test_an_extension_to_a_bare_date_runs_to_the_end_of_that_day(say, standing):
    code, told = say(
        "extend", "drill", "--unit", "东山镇", "--obligation", "演练总结", "--until", "2023-06-05", *SIGNED
    )
    assert code == 0
    assert told.splitlines() == [
        "东山镇的“演练总结”：延期至2023年6月5日（周一）24:00，已记入台账",
        (
            "请核实：东山镇“演练总结”准予延期至2023年6月5日（周一）24:00，"
            "晚于汇总呈报2023年6月2日（周五）18:00，届时到的只能编入补报件"
        ),
    ]
    assert standing("东山镇")["due"] == "2023-06-05T23:59:59+08:00"
    assert standing("西山镇")["due"] == "2023-06-02T17:00:00+08:00"


def test_several_units_are_extended_at_once_or_not_at_all(say, standing):
    words = ("--obligation", "summary", "--until", "2023-06-05", *SIGNED)
    code, told = say("extend", "drill", "--unit", "东山镇", "--unit", "东三镇", *words)
    assert (code, told) == (2, "名册中没有“东三镇”，请写单位全称或代码\n")
    assert standing("东山镇")["due"] == "2023-06-02T17:00:00+08:00"
    assert say("extend", "drill", "--unit", "东山镇", "--unit", "A02", *words)[0] == 0
    assert standing("西山镇")["due"] == "2023-06-05T23:59:59+08:00"


def test_the_same_act_given_twice_is_one_act(say, home):
    words = ("waive", "drill", "--unit", "A03", "--obligation", "summary", *SIGNED)
    assert say(*words)[1] == "南山街道的“演练总结”：免报，已记入台账\n"
    assert say(*words)[1] == "南山街道的“演练总结”：免报（此前已作同样处理，未重复记录）\n"
    code = main(["--home", str(home.root), "verify"])
    assert code == 0


def test_a_waived_unit_is_not_expected(say, standing):
    say("waive", "drill", "--unit", "南山街道", "--obligation", "summary", *SIGNED)
    assert standing("南山街道")["state"] == "waived"
    status = json.loads(say("status", "drill", "--json")[1])
    assert status["obligations"][0]["expected"] == 2


def test_a_form_that_does_not_name_its_unit_counts_for_the_unit_that_sent_it(drop, standing, say):
    table = "演练场次（场）,参演人数（人）\n3,120\n".encode()
    drop("西山镇", ("统计表.csv", table))
    found = standing("西山镇", "figures")
    assert (found["state"], found["values"]) == ("accepted", {"drills": 3, "people": 120})


def test_an_extension_into_a_year_without_a_table_says_what_cannot_be_reckoned(say):
    def until(day):
        what = ("extend", "drill", "--unit", "A03", "--obligation", "summary", "--until", day, *SIGNED)
        return say(*what, at="2026-12-30T10:00")

    code, told = until("2026-12-31")
    assert (code, "放假调休表" in told) == (0, False)
    code, told = until("2027-01-05")
    assert code == 0
    assert "请核实：没有 2027 年的放假调休表，按工作日推算的催报对延期的单位暂不发" in told


def test_a_waiver_is_withdrawn_as_often_as_it_is_given_and_each_is_kept(say, standing, home):
    what = ("waive", "drill", "--unit", "A03", "--obligation", "summary", *SIGNED)
    for _ in range(2):
        assert say(*what) == (0, "南山街道的“演练总结”：免报，已记入台账\n")
        assert standing("南山街道")["state"] == "waived"
        said = "南山街道的“演练总结”：撤销免报，照常报送"
        assert say(*what, "--withdraw") == (0, f"{said}，已记入台账\n")
        assert say(*what, "--withdraw") == (0, f"{said}（此前已作同样处理，未重复记录）\n")
        assert standing("南山街道")["state"] == "missing"
    assert main(["--home", str(home.root), "verify"]) == 0


def test_what_was_never_waived_cannot_be_taken_back(say):
    what = ("waive", "drill", "--unit", "A03", "--obligation", "summary", *SIGNED, "--withdraw")
    assert say(*what) == (2, "“南山街道”的“演练总结”没有免报，无从撤销\n")


def test_without_a_reason_nothing_is_done(say, standing):
    words = ("waive", "drill", "--unit", "A03", "--obligation", "summary", "--who", "甲", "--why", " ")
    assert say(*words) == (2, "须写明经办人和理由\n")
    assert standing("南山街道")["state"] == "missing"


def test_an_act_on_several_obligations_asks_which(say):
    code, told = say("waive", "drill", "--unit", "A03", *SIGNED)
    assert (code, told) == (2, "请写明报送事项：“演练总结”（summary）、“演练统计表”（figures）\n")


def test_a_report_returned_by_hand_is_owed_again_and_accepted_by_hand_counts(say, standing, drop):
    drop("东山镇", ("东山镇演练总结.docx", papers.narrative("东山镇")))
    assert standing("东山镇")["state"] == "accepted"
    what = ("drill", "--unit", "东山镇", "--obligation", "演练总结")
    assert say("return", *what, "--who", "甲", "--why", "缺少现场照片")[0] == 0
    assert standing("东山镇")["state"] == "returned"
    assert say("accept", *what, "--who", "甲", "--why", "照片已补交")[0] == 0
    assert standing("东山镇")["state"] == "accepted"


def test_what_has_not_come_can_be_neither_returned_nor_accepted(say):
    what = ("drill", "--unit", "东山镇", "--obligation", "演练总结", *SIGNED)
    assert say("return", *what) == (2, "“东山镇”还没有报件，不能退回\n")
    assert say("accept", *what) == (2, "“东山镇”还没有报件，不能通过\n")


def test_a_queued_item_is_assigned_or_dismissed_once(say, standing, drop):
    drop("无名", ("总结.docx", papers.narrative("某处")), ("另一份总结.docx", papers.narrative("别处")))
    assert json.loads(say("status", "drill", "--json")[1])["queue"] == 2
    first = ("assign", "drill", "1", "--unit", "西山镇", "--obligation", "演练总结", *SIGNED)
    assert say(*first) == (0, "待确认第 1 件已归入西山镇，已记入台账\n")
    assert say(*first)[1] == "待确认第 1 件已归入西山镇（此前已作同样处理，未重复记录）\n"
    assert standing("西山镇")["state"] == "accepted"
    assert say("assign", "drill", "2", "--not-a-report", *SIGNED)[0] == 0
    assert json.loads(say("status", "drill", "--json")[1])["queue"] == 0
    code, told = say("assign", "drill", "7", "--not-a-report", *SIGNED)
    assert (code, told) == (2, "待确认第 7 件不存在；请看“待确认”表中的序号\n")
    assert say("assign", "drill", "2", *SIGNED)[0] == 2


def test_paper_is_received_with_its_figures_and_the_moment_it_came(say, standing):
    code, told = say(
        "receive", "drill", "--unit", "东山镇", "--obligation", "演练统计表", "--way", "paper",
        "--at", "2023-05-30T16:00", "--figure", "演练场次=３场", "--figure", "参演人数=120", *SIGNED,
    )  # fmt: skip
    assert (code, told) == (0, "东山镇的“演练统计表”已登记（纸质材料），已记入台账\n")
    found = standing("东山镇", "figures")
    assert (found["state"], found["timeliness"]) == ("accepted", "on_time")
    assert found["received_at"] == "2023-05-30T16:00:00+08:00"
    assert found["values"] == {"drills": 3.0, "people": 120.0}


def test_a_form_on_paper_without_figures_waits_to_be_read(say, standing):
    say("receive", "drill", "--unit", "东山镇", "--obligation", "演练统计表", *SIGNED)
    found = standing("东山镇", "figures")
    assert (found["state"], found["values"]) == ("received", {})


@pytest.mark.parametrize(
    ("figure", "told"),
    [
        ("演练场次=若干", "“演练场次=若干”中的“若干”不是确定的数，请填阿拉伯数字\n"),
        ("演练场次=-3", "登记单（纸质材料）东山镇 的“演练场次”填的是 -3，不能是负数，请核对\n"),
        ("场次3", "“场次3”应写作“指标=数”或“单位：指标=数”，如“社区活动=3”\n"),
        ("走访=3", "“演练统计表”没有指标“走访”，应为：演练场次、参演人数\n"),
        ("西山镇：演练场次=3", "“西山镇”不由该单位报送“演练统计表”，请写明单位\n"),
    ],
)
def test_a_figure_that_is_not_certain_is_not_entered(say, standing, figure, told):
    words = ("receive", "drill", "--unit", "东山镇", "--obligation", "figures", "--figure", figure, *SIGNED)
    assert say(*words) == (2, told)
    assert standing("东山镇", "figures")["state"] == "missing"


def test_a_file_brought_by_hand_is_read_like_any_other(say, standing, home, tmp_path):
    path = tmp_path / "西山镇统计表.xlsx"
    path.write_bytes(form_of(home, "A02", 2, 60))
    words = ("receive", "drill", "--unit", "西山镇", "--obligation", "figures", "--way", "hand")
    assert say(*words, "--file", str(path), *SIGNED)[0] == 0
    assert standing("西山镇", "figures")["values"] == {"drills": 2.0, "people": 60.0}


def test_a_form_that_says_another_unit_is_not_entered_under_this_one(say, standing, home, tmp_path):
    path = tmp_path / "统计表.xlsx"
    path.write_bytes(form_of(home, "A02", 2, 60))
    words = ("receive", "drill", "--unit", "东山镇", "--obligation", "figures", "--file", str(path), *SIGNED)
    told = "表中写明是“西山镇”的数字，不能归入“东山镇”；请改选单位，或退回重填\n"
    assert say(*words) == (2, told)
    assert standing("东山镇", "figures")["state"] == "missing"


def test_nothing_is_received_before_its_time(say):
    words = ("receive", "drill", "--unit", "A01", "--obligation", "summary", "--at", "2023-06-30", *SIGNED)
    assert say(*words) == (2, "收到时间 2023年6月30日（周五）00:00 还没有到，请核对\n")


def test_a_call_is_logged_in_the_ledger(say, home):
    words = ("log-call", "drill", "--unit", "南山街道", "--outcome", "promised", *SIGNED)
    assert say(*words) == (0, "与南山街道的通话已记录：答应报送，已记入台账\n")
    code, told = say("log-call", "drill", "--unit", "A03", "--outcome", "shouted", *SIGNED)
    assert (code, told.partition("；")[0]) == (
        2,
        "用法不对：--outcome 不能是 shouted，应为 reached、promised、no_answer、wrong_number 之一",
    )


EXTEND = ("extend", "drill", "--unit", "东山镇", "--obligation", "summary", *SIGNED, "--until")
RETURN = ("return", "drill", "--unit", "东山镇", "--obligation", "summary", *SIGNED, "--until")


@pytest.mark.parametrize("typed", ["2023-06-05", "2023/6/5", "2023年6月5日", "2023-06-05T24:00"])
def test_a_day_is_granted_however_it_is_typed(say, standing, typed):
    assert say(*EXTEND, typed)[0] == 0
    found = standing("东山镇")
    assert found["due"] == "2023-06-05T23:59:59+08:00"
    assert found["due_explained"].startswith("2023年6月5日（周一）24:00前（准予延期；原时限：2023年6月2日")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((*EXTEND, "2023-05-30"), "延期应到将来的时刻，2023年5月30日（周二）24:00 已过\n"),
        ((*EXTEND, "2032-06-05"), "延期到 2032年6月5日（周六）24:00，在一年以后，请核对年份\n"),
        ((*EXTEND, "2023-06-31"), "“2023-06-31”不是时刻，应写作 2023-04-07 或 2023-04-07T17:00\n"),
        ((*EXTEND, "6月5日"), "“6月5日”不是时刻，应写作 2023-04-07 或 2023-04-07T17:00\n"),
        ((*RETURN, "2023-05-30"), "补正期限应到将来的时刻，2023年5月30日（周二）24:00 已过\n"),
        ((*RETURN, "2033-06-05"), "补正期限到 2033年6月5日（周日）24:00，在一年以后，请核对年份\n"),
    ],
)
def test_a_moment_that_is_over_or_years_away_is_given_to_nobody(say, standing, drop, words, told):
    drop("东山镇", ("东山镇演练总结.docx", papers.narrative("东山镇")))
    assert say(*words) == (2, told)
    assert standing("东山镇")["state"] == "accepted"
    assert standing("东山镇")["due"] == "2023-06-02T17:00:00+08:00"


def test_an_extension_that_gives_nothing_is_said_at_once(say, standing):
    code, told = say(*EXTEND, "2023-06-01")
    assert code == 0
    assert told.endswith("不晚于通知时限2023年6月2日（周五）17:00，按通知时限计\n")


def test_an_extension_shorter_than_the_one_before_does_not_pass_for_what_holds(say, standing):
    say(*EXTEND, "2023-06-08")
    code, told = say(*EXTEND, "2023-06-07")
    assert code == 0
    assert told.count("早于此前准予的2023年6月8日（周四）24:00，时限仍按较晚的计") == 1
    assert standing("东山镇")["due"] == "2023-06-08T23:59:59+08:00"
    assert "此前准予" not in say(*EXTEND, "2023-06-09")[1]


RECEIVE = ("receive", "drill", "--unit", "东山镇", "--obligation", "演练统计表", "--way", "phone", *SIGNED)


def test_a_figure_typed_twice_is_asked_about_not_chosen_from(say, standing):
    told = "“东山镇”的“演练场次”写了两次，请只留一行\n"
    assert say(*RECEIVE, "--figure", "演练场次=3", "--figure", "演练次数=30") == (2, told)
    assert standing("东山镇", "figures")["state"] == "missing"


def test_a_figure_hardly_right_enters_no_sum_before_a_person_says_it_is(say, standing):
    code, told = say(*RECEIVE, "--figure", "演练场次=3000", "--figure", "参演人数=120")
    assert code == 0
    assert "请核实：" in told
    assert "超出合理范围（一般不超过 100）" in told
    found = standing("东山镇", "figures")
    assert (found["state"], found["findings"], found["values"]["drills"]) == ("received", ["HUGE"], 3000)

    def total():
        return json.loads(say("status", "drill", "--json")[1])["totals"]["figures"]["drills"]["sum"]

    assert total() == 0
    assert say("accept", "drill", "--unit", "东山镇", "--obligation", "figures", *SIGNED)[0] == 0
    assert total() == 3000


def test_a_unit_with_nothing_to_report_says_so_by_telephone(say, standing):
    code, told = say(*RECEIVE, "--nil")
    assert (code, told) == (0, "东山镇的“演练统计表”已登记（电话报送，零报告），已记入台账\n")
    assert standing("东山镇", "figures")["state"] == "nil"
    assert say(*RECEIVE, "--nil", "--figure", "演练场次=3") == (
        2,
        "零报告不填数字；有数字的，请不要选零报告\n",
    )


def test_the_same_act_of_two_processes_at_once_is_recorded_once(home):
    import subprocess
    import sys

    words = [
        sys.executable,
        "-m",
        "flows",
        "--home",
        str(home.root),
        *EXTEND,
        "2023-06-05",
        "--as-of",
        MAY_31,
    ]
    both = [subprocess.Popen(words, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    told = sorted(each.communicate()[0].splitlines()[0] for each in both)
    assert [each.returncode for each in both] == [0, 0]
    assert [line.partition("24:00")[2] for line in told] == [
        "（此前已作同样处理，未重复记录）",
        "，已记入台账",
    ]


# After the closing


@pytest.fixture
def closed(home):
    """The figures close at noon of the fifth of June."""
    file = home.config / "campaigns" / "drill.yaml"
    text = file.read_text("utf-8")
    head, figures = text.split("  - id: figures\n")
    file.write_text(f"{head}  - id: figures\n    closes: 2023-06-05T12:00\n{figures}", "utf-8")


BY_HAND = ("receive", "drill", "--unit", "西山镇", "--obligation", "figures", "--way", "hand", *SIGNED)
SHUT_OUT = "西山镇“演练统计表”有报件在截止接收以后才到，未计入：要计入的用“人工通过”，不计入的用“退回补正”"


def test_a_report_after_the_closing_is_put_before_a_person_and_counts_when_one_accepts_it(say, home, closed):
    def seen(at):
        found = json.loads(say("status", "drill", "--json", at=at)[1])
        mine = next(u for u in found["units"] if (u["name"], u["obligation"]) == ("西山镇", "figures"))
        return mine["state"], mine["timeliness"], mine["values"].get("drills"), found["conflicts"]

    told = say(*BY_HAND, "--figure", "演练场次=4", "--figure", "参演人数=30", at="2023-06-05T12:01")
    assert told == (0, f"西山镇的“演练统计表”已登记（专人送达），已记入台账\n请核实：{SHUT_OUT}\n")
    assert seen("2023-06-05T12:02") == ("missing", None, None, [SHUT_OUT])
    assert f"  请核实：{SHUT_OUT}\n" in say("status", "drill", at="2023-06-05T12:02")[1]
    words = ("drill", "--unit", "西山镇", "--obligation", "figures", *SIGNED)
    assert say("accept", *words, at="2023-06-05T12:03")[0] == 0
    assert seen("2023-06-05T12:04") == ("accepted", "late", 4, [])
    assert seen("2023-06-05T12:02")[0] == "missing"


def test_a_report_after_the_closing_that_a_person_sends_back_is_owed_as_before(say, home, closed):
    say(*BY_HAND, "--figure", "演练场次=4", "--figure", "参演人数=30", at="2023-06-05T12:01")
    words = ("drill", "--unit", "西山镇", "--obligation", "figures", *SIGNED)
    assert say("return", *words, at="2023-06-05T12:03")[0] == 0
    found = json.loads(say("status", "drill", "--json", at="2023-06-05T12:04")[1])
    assert found["conflicts"] == []
    assert say("accept", *words, at="2023-06-05T12:05")[0] == 0
    found = json.loads(say("status", "drill", "--json", at="2023-06-05T12:06")[1])
    assert [u["state"] for u in found["units"] if u["name"] == "西山镇"] == ["missing", "accepted"]
