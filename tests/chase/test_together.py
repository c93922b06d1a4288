"""One address gets one letter a day, whatever it is asked for."""

import re

from tasks.chase.steps import companions, plan, send
from tasks.ledger import outbox
from tasks.settings import Home
from tasks.status import acts
from tasks.terms import times
from tests.chase.test_write import CAMPAIGN, ROSTER, at, home, letters, of_kind, reported, text_of
from tests.ledger.factory import FOREVER

__all__ = ["home"]

SECOND = """
  - id: figures
    title: 演练统计表
    deliverable: form
    due: {date: 2023-06-02, time: "17:00"}
    owed_by: [{kind: town}]
    fields: [{id: drills, title: 演练场次, unit: 场}]
sources:"""
TWO_DUES = CAMPAIGN.replace("\nsources:", SECOND)
LATE = (
    "  - {id: late, title: 逾期催报, working_days: 1, at: '09:00', audience: [preparer], template: overdue}\n"
)
WITH_LATE = TWO_DUES.replace("package:", f"{LATE}package:").replace("2023-06-05T18:00", "2023-06-09T18:00")
OTHER = (
    CAMPAIGN.replace("id: drill", "id: floods")
    .replace("title: 防汛演练", "title: 汛期值守")
    .replace("演练总结", "值守总结")
    .replace("var/drop/drill", "var/drop/floods")
)


def write(home: Home, campaign: str, text: str) -> None:
    (home.config / "campaigns" / f"{campaign}.yaml").write_text(text, "utf-8")


def chased(campaign: str, moment: str) -> list[str]:
    now = times.utc(times.parse(moment))
    others = companions.fn(campaign, now)
    plan.fn(campaign, now, others)
    send.fn(campaign, now)
    return others


def spoken(desk) -> set[tuple[str, str]]:
    with desk.ledger.read() as connection:
        return set(outbox.occasions(connection, desk.campaign.id))


def test_a_unit_late_with_two_due_moments_gets_one_letter_that_names_both(home):
    write(home, "drill", WITH_LATE)
    chased("drill", "2023-06-05T09:30")
    chased("drill", "2023-06-05T10:30")
    found = of_kind(home, "daily")
    assert set(found) == {"east@units.example", "west@units.example", "south@units.example"}
    assert of_kind(home, "overdue") == of_kind(home, "reminder") == {}
    mail = found["west@units.example"]
    assert mail["Subject"].startswith("【逾期催报】2 项材料尚未报齐")
    assert re.findall(r"- (演练\S+)（", text_of(mail)) == ["演练总结", "演练统计表"]
    assert [p.get_filename() for p in mail.iter_attachments()] == ["西山镇-演练统计表.xlsx"]


def test_a_clerk_of_two_units_gets_one_letter_with_both_names(home):
    (home.config / "rosters" / "drill.csv").write_text(
        ROSTER.replace("south@units.example", "West@units.example"), "utf-8"
    )
    chased("drill", "2023-05-31T09:00")
    assert set(of_kind(home, "reminder")) == {"east@units.example"}
    assert text_of(of_kind(home, "daily")["west@units.example"]).startswith("西山镇、南山街道：")


def test_two_campaigns_say_it_in_one_letter_and_the_second_has_nothing_left_to_say(home):
    write(home, "floods", OTHER)
    assert chased("drill", "2023-05-31T09:00") == ["floods"]
    assert chased("floods", "2023-05-31T09:01") == []
    found = of_kind(home, "daily")
    assert set(found) == {"east@units.example", "west@units.example", "south@units.example"}
    text = text_of(found["west@units.example"])
    assert "1. 防汛演练（西山镇）" in text
    assert "2. 汛期值守（西山镇）" in text
    assert len(letters(home)) == 3


def test_whom_the_other_campaign_alone_writes_to_is_left_to_it(home):
    write(home, "floods", OTHER)
    reported(home, "2023-05-30T10:00")
    chased("drill", "2023-05-31T09:00")
    assert set(of_kind(home, "daily")) == {"west@units.example", "south@units.example"}
    chased("floods", "2023-05-31T09:01")
    assert set(of_kind(home, "reminder")) == {"east@units.example"}


def test_both_campaigns_know_of_the_letter(home):
    write(home, "floods", OTHER)
    chased("drill", "2023-05-31T09:00")
    for campaign in ("drill", "floods"):
        desk = at("2023-05-31T10:00") if campaign == "drill" else open_floods()
        assert {unit for unit, _ in spoken(desk)} == {"A01", "A02", "A03"}
        with desk.ledger.read() as connection:
            told = outbox.of_campaign(connection, campaign, FOREVER)
        assert [(each.unit, each.campaign, each.obligations) for each in told] == [
            (unit, campaign, ["summary"]) for unit in ("A01", "A02", "A03")
        ]


def open_floods():
    from tasks.desk import open_desk

    return open_desk("floods", times.utc(times.parse("2023-05-31T10:00")))


def test_a_letter_of_which_a_part_was_settled_meanwhile_is_written_anew_without_it(home):
    write(home, "drill", TWO_DUES)
    now = times.utc(times.parse("2023-06-01T09:00"))
    (home.config / "rosters" / "drill.csv").write_text(
        ROSTER.replace("south@units.example", "west@units.example"), "utf-8"
    )
    plan.fn("drill", now)
    acts.waive(at("2023-06-01T09:01"), "A03", "summary", who="张三", why="机构撤并")
    acts.waive(at("2023-06-01T09:01"), "A03", "figures", who="张三", why="机构撤并")
    later = times.utc(times.parse("2023-06-01T09:05"))
    assert send.fn("drill", later)["dropped"] == 1
    chased("drill", "2023-06-01T09:10")
    west = [m for m in letters(home) if m["To"].addresses[0].addr_spec == "west@units.example"]
    assert len(west) == 1
    assert "南山街道" not in text_of(west[0])
    assert "西山镇" in text_of(west[0])


def test_a_second_worker_that_planned_the_same_adds_nothing(home, monkeypatch):
    write(home, "floods", OTHER)
    now = times.utc(times.parse("2023-05-31T09:00"))
    from tasks.chase.outbox import enqueue
    from tasks.chase.steps import letters_due

    first, second = at("2023-05-31T09:00"), open_floods()
    alone = letters_due(second)
    together = letters_due(first, [second])
    assert enqueue(first.ledger, first.store, together, now) == 3
    assert enqueue(second.ledger, second.store, alone, now) == 0
    assert enqueue(first.ledger, first.store, letters_due(first, [second]), now) == 0


def test_what_went_alone_does_not_go_again_together(home):
    write(home, "floods", OTHER)
    from tasks.chase.outbox import enqueue
    from tasks.chase.steps import letters_due

    now = times.utc(times.parse("2023-05-31T09:00"))
    first, second = at("2023-05-31T09:00"), open_floods()
    together = letters_due(first, [second])
    assert enqueue(second.ledger, second.store, letters_due(second), now) == 3
    assert enqueue(first.ledger, first.store, together, now) == 0


def test_what_was_set_aside_for_one_address_is_said_though_another_of_the_unit_was_written_to(home):
    two = CAMPAIGN.replace(
        '-1, at: "09:00", audience: [preparer]', '-1, at: "09:00", audience: [preparer, leader]'
    )
    write(home, "drill", two)
    leader = "east-leader@units.example"
    roster = ROSTER.replace("west@units.example,", f"west@units.example,{leader}")
    (home.config / "rosters" / "drill.csv").write_text(roster, "utf-8")
    plan.fn("drill", times.utc(times.parse("2023-05-31T09:00")))
    acts.waive(at("2023-05-31T09:01"), "A02", "summary", who="张三", why="机构撤并")
    for minute in ("05", "10", "15"):
        chased("drill", f"2023-05-31T09:{minute}")
    reached = sorted(m["To"].addresses[0].addr_spec for m in letters(home))
    assert reached == [leader, "east@units.example", "south@units.example"]
    assert set(of_kind(home, "reminder")) >= {leader}
