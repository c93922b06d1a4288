"""The watchdog tells the people on duty when the checks stop, once for each trouble."""

import email
import email.policy
import os
from datetime import timedelta
from pathlib import Path

import pytest

from tasks.health.alarm import tell
from tasks.health.watchdog import troubles
from tasks.home_ledger import ledger_of
from tasks.settings import Home, load_office
from tasks.terms import times
from tests.line import office

AT_WORK = times.parse("2023-05-31T10:00")
AT_NIGHT = times.parse("2023-05-31T22:00")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = office.make_home(tmp_path)
    with (made.config / "office.yaml").open("a", encoding="utf-8") as file:
        file.write("on_duty: [duty@district.example]\n")
    return made


def beat(home: Home, moment) -> None:
    ledger_of(home)
    home.pulses.mkdir(parents=True, exist_ok=True)
    path = home.pulses / "drill"
    path.touch()
    os.utime(path, (moment.timestamp(), moment.timestamp()))


def told(home: Home, now) -> list[str]:
    return [t.text for t in tell(home, load_office(home), list(troubles(home, now)), now)]


def letters(home: Home) -> list[email.message.EmailMessage]:
    files = sorted((home.captured / "new").glob("*")) if home.captured.exists() else []
    return [email.message_from_bytes(f.read_bytes(), policy=email.policy.default) for f in files]


@pytest.mark.parametrize(
    ("now", "ago", "alarming"),
    [
        (AT_WORK, timedelta(minutes=44), False),
        (AT_WORK, timedelta(minutes=46), True),
        (AT_NIGHT, timedelta(minutes=170), False),
        (AT_NIGHT, timedelta(minutes=190), True),
    ],
)
def test_a_check_that_did_not_happen_is_noticed_by_the_hours_of_the_office(home, now, ago, alarming):
    beat(home, now - ago)
    assert bool(list(troubles(home, now))) is alarming


def test_at_nine_the_night_is_not_held_against_the_checks(home):
    beat(home, times.parse("2023-05-31T08:00"))
    assert list(troubles(home, times.parse("2023-05-31T09:10"))) == []


def test_before_the_notice_and_after_the_last_package_nothing_is_expected(home):
    assert list(troubles(home, times.parse("2023-05-01T10:00"))) == []
    assert list(troubles(home, times.parse("2023-06-07T10:00"))) == []


def test_one_letter_for_one_trouble_until_a_quarter_of_a_day_has_passed(home):
    assert told(home, AT_WORK) == ["还没有收件核对过；请确认 baosong serve 在运行"]
    assert told(home, AT_WORK + timedelta(minutes=30)) == []
    assert told(home, AT_WORK + timedelta(hours=7)) != []
    first, second = letters(home)
    assert first["to"].addresses[0].addr_spec == "duty@district.example"
    assert "还没有收件核对过" in first.get_content()
    assert first["message-id"] != second["message-id"]


def test_what_the_server_did_not_take_is_told_again(home, monkeypatch):
    monkeypatch.setenv("NOWHERE", "x")
    with (home.config / "office.yaml").open("w", encoding="utf-8") as file:
        file.write(office.ACCOUNTS.format(office=office.OFFICE, imap=9, smtp=9, secret="NOWHERE"))
        file.write("on_duty: [duty@district.example]\n")
    assert told(home, AT_WORK) == []
    (home.config / "office.yaml").write_text("bureau: 某局\non_duty: [duty@district.example]\n", "utf-8")
    assert told(home, AT_WORK) != []


def test_without_anyone_on_duty_nothing_is_sent_and_nothing_breaks(home):
    (home.config / "office.yaml").write_text("bureau: 某局\n", "utf-8")
    assert told(home, AT_WORK) == []
    assert letters(home) == []


def test_a_check_of_the_future_does_not_silence_the_watchdog_until_then(home):
    beat(home, AT_WORK + timedelta(days=300))
    (said,) = [t.text for t in troubles(home, AT_WORK)]
    assert "晚于此刻" in said
    assert "校准时钟" in said
