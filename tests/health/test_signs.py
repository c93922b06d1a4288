"""What happened between two looks is told once, as counts, and what passed unseen is named."""

from datetime import timedelta

import pytest

from tasks.desk import open_desk
from tasks.health.passing import missed, tell_until, told_until
from tasks.health.signs import signs
from tasks.intake.collect import collect
from tasks.intake.settle import rules_of, settle_new
from tasks.intake.sources import inboxes, source_names
from tasks.ledger import latest, submissions
from tasks.settings import Home
from tasks.status.view import look
from tasks.terms import times
from tests.line import office, papers


@pytest.fixture
def home(tmp_path) -> Home:
    made = office.make_home(tmp_path)
    for folder, words in (("东山镇", "东山镇"), ("西山镇", "太短"), ("无名", "某处")):
        place = made.var / "drop" / "drill" / folder
        place.mkdir(parents=True)
        data = papers.narrative(words) if words != "太短" else papers.narrative("西山镇", year=1999)
        (place / f"{words}总结.docx").write_bytes(data)
    return made


def take_in(home: Home, at: str) -> None:
    desk = open_desk("drill", times.parse(at), home)
    for inbox in inboxes(desk):
        collect(desk.ledger, desk.store, inbox, desk.now)
    own = desk.own_addresses
    settle_new(desk.ledger, desk.store, rules_of(desk), source_names(desk), desk.now, own_addresses=own)


def told(home: Home, since: str, now: str) -> dict[str, int]:
    desk = open_desk("drill", times.parse(now), home)
    with desk.ledger.read() as connection:
        versions = submissions.of_campaign(connection, "drill", desk.now)
    return {each.name: each.count for each in signs(look(desk), versions, times.parse(since))}


def test_a_report_that_came_is_told_once(home):
    take_in(home, "2023-05-31T10:00")
    assert told(home, "2023-05-31T09:45", "2023-05-31T10:00")["received"] == 2
    assert "received" not in told(home, "2023-05-31T10:00", "2023-05-31T10:15")


def test_a_queue_a_day_old_is_told_when_it_becomes_so(home):
    take_in(home, "2023-05-29T10:00")
    assert told(home, "2023-05-29T10:00", "2023-05-30T09:59") == {}
    assert told(home, "2023-05-30T09:59", "2023-05-30T10:01") == {"queue-old": 1}
    assert told(home, "2023-05-30T10:01", "2023-05-30T10:15") == {}


def test_too_few_reports_are_told_when_the_office_opens_on_the_day_before(home):
    assert told(home, "2023-06-01T08:00", "2023-06-01T08:59") == {}
    assert told(home, "2023-06-01T08:59", "2023-06-01T09:00") == {"few-reports": 3}


def test_what_is_overdue_is_told_at_the_due_moment_and_the_gap_at_the_packages(home):
    take_in(home, "2023-05-31T10:00")
    assert told(home, "2023-06-02T16:59", "2023-06-02T17:00")["overdue"] in {1, 3}
    assert told(home, "2023-06-02T17:45", "2023-06-02T18:00") == {"gap": 3}


def test_no_sentence_names_a_person_an_address_or_a_sender(home):
    take_in(home, "2023-05-29T10:00")
    desk = open_desk("drill", times.parse("2023-06-02T18:00"), home)
    with desk.ledger.read() as connection:
        versions = submissions.of_campaign(connection, "drill", desk.now)
    found = list(signs(look(desk), versions, desk.now - timedelta(days=10)))
    assert len(found) >= 4
    assert not any("@" in each.text or "演示" in each.text for each in found)


def test_what_came_due_while_the_machine_slept_is_named(home):
    slept, woke = times.parse("2023-06-02T08:00"), times.parse("2023-06-02T20:00")
    lines = missed(home, "drill", slept, woke)
    assert [line.split(" ", 1)[1] for line in lines] == ["演练总结报送时限", "演练统计表报送时限", "汇总呈报"]
    assert missed(home, "drill", woke - timedelta(hours=1), woke) == []


def test_the_moment_of_the_last_telling_is_kept(home):
    assert told_until(home, "drill") is None
    now = times.parse("2023-06-02T20:00:00.123456")
    tell_until(home, "drill", now)
    assert told_until(home, "drill") == now


def test_telling_changes_nothing_of_how_a_campaign_stands(home):
    take_in(home, "2023-06-02T10:00")
    ledger = open_desk("drill", times.parse("2023-06-02T10:00"), home).ledger
    with ledger.read() as connection:
        before = latest.mark_of(connection)
    tell_until(home, "drill", times.parse("2023-06-02T10:00"))
    with ledger.read() as connection:
        assert latest.mark_of(connection) == before != ""
