"""What is announced to one reader in one hour is one mail, as reminders are."""

from datetime import timedelta

from tasks.chase.steps import plan, send
from tasks.status import acts
from tasks.terms import times
from tests.chase.test_write import (
    CAMPAIGN,
    OFFICE,
    ROSTER,
    at,
    chased,
    home,
    letters,
    of_kind,
    reported,
    text_of,
)

__all__ = ["home"]

MORNING = "2023-06-02T09:00"


def to(home, address):
    return [m for m in letters(home) if m["To"].addresses[0].addr_spec == address]


def reminded_before(home):
    reported(home, "2023-05-20T10:00")
    chased("2023-06-01T09:00")


def test_thanks_and_a_circular_of_one_hour_are_one_mail(home):
    reminded_before(home)
    chased(MORNING)
    chased("2023-06-02T09:30")
    (mail,) = [m for m in to(home, "east@units.example") if m["X-Baosong-Letter"] != "receipt"]
    assert mail["X-Baosong-Letter"] == "bulletin"
    assert mail["Subject"] == "【通报、致谢】防汛演练"
    text = text_of(mail)
    assert text.startswith("东山镇：")
    assert "感谢支持" in text
    assert "尚未报送：西山镇、南山街道" in text
    assert set(of_kind(home, "circular")) == {
        "east-leader@units.example", "west@units.example", "south@units.example",
    }  # fmt: skip
    assert of_kind(home, "thanks") == {}


def test_a_clerk_of_two_units_gets_one_circular_that_names_both(home):
    roster = ROSTER.replace("south@units.example", "west@units.example")
    (home.config / "rosters" / "drill.csv").write_text(roster, "utf-8")
    reminded_before(home)
    chased(MORNING)
    (mail,) = [m for m in to(home, "west@units.example") if m["X-Baosong-Letter"] != "daily"]
    assert mail["X-Baosong-Letter"] == "circular"
    assert text_of(mail).startswith("西山镇、南山街道：")
    assert text_of(mail).count("尚未报送：") == 1


def test_what_the_leader_reads_for_the_office_and_for_a_unit_is_one_mail_with_its_picture(home):
    office = OFFICE.replace("fenguan@district.example", "east-leader@units.example")
    (home.config / "office.yaml").write_text(office, "utf-8")
    (home.config / "campaigns" / "drill.yaml").write_text(
        CAMPAIGN.replace("working_days: 0, at", "working_days: 1, at"), "utf-8"
    )
    reminded_before(home)
    chased(MORNING)
    (mail,) = to(home, "east-leader@units.example")
    assert mail["Subject"] == "【情况摘要、通报】防汛演练"
    assert text_of(mail).startswith("局领导、东山镇：")
    assert len([p for p in mail.walk() if p.get_content_type() == "image/png"]) == 1


def test_thanks_that_fell_away_leave_the_circular_to_go_alone(home):
    reminded_before(home)
    now = times.utc(times.parse(MORNING))
    plan.fn("drill", now)
    desk = at("2023-06-02T09:01")
    acts.give_back(desk, "A01", "summary", who="张三", why="数字有误")
    assert send.fn("drill", now + timedelta(minutes=5))["dropped"] == 1
    chased("2023-06-02T09:15")
    kinds = sorted(m["X-Baosong-Letter"] for m in to(home, "east@units.example"))
    assert kinds == ["circular", "receipt", "return"]
