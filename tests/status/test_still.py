"""What is not worked out again, and what makes it be: the remembered must equal what would be worked out."""

import os
import random
from contextlib import suppress
from datetime import timedelta

import pytest

from tasks.chase.answer import ANSWERED, answer_all
from tasks.chase.rulings import answers_due
from tasks.desk import open_desk
from tasks.ledger import acts, latest, outbox, submissions
from tasks.ledger.session import Ledger
from tasks.status import still
from tasks.status.acts import extend
from tasks.status.board import overview
from tasks.status.shown import counts, shown, shown_again
from tasks.status.view import look
from tasks.terms import times
from tests.dispatch.bureau import bureau
from tests.line import office, papers

QUIET = "2023-06-01T12:00"


@pytest.fixture
def drill(tmp_path):
    """Two have reported; everything is answered and was shown."""
    made = bureau(tmp_path)
    for code in ("A01", "A02"):
        made.report(code, "2023-05-31T10:00")
    made.take_in(QUIET)
    for _ in range(2):
        answer_all(made.desk(QUIET))
    shown(made.desk(QUIET))
    return made


def later(made, at="2023-06-01T13:00"):
    return made.desk(at)


def test_what_nothing_has_changed_is_shown_again_under_the_present_moment(drill):
    again = shown_again(later(drill))
    assert again.rows is None
    assert again.board == overview(look(later(drill)))
    assert "截至 2023年6月1日（周四）13:00" in again.board
    assert again.counts == counts(look(later(drill)))


def test_an_answer_that_came_to_nothing_is_not_looked_for_again(drill, monkeypatch):
    monkeypatch.setattr("tasks.chase.answer.look", pytest.fail)
    assert not any(answer_all(later(drill)).values())


def test_a_new_report_is_answered_and_shown(drill):
    drill.report("A03", "2023-06-01T12:30")
    drill.take_in("2023-06-01T13:00")
    assert shown_again(later(drill)) is None
    assert answer_all(later(drill))["queued"] == 1


def grant(desk, until="2023-06-05T17:00"):
    extend(desk, "A03", "summary", times.parse(until), who="某人", why="道路中断")


def test_a_grant_is_answered_and_shown(drill):
    grant(later(drill))
    assert shown_again(later(drill)) is None
    assert answer_all(later(drill))["queued"] == 1


def test_an_act_between_answering_and_showing_is_answered(drill):
    desk = later(drill)
    grant(desk)
    shown(desk)
    assert answer_all(later(drill, "2023-06-01T13:01"))["queued"] == 1


def test_a_letter_in_doubt_or_waiting_is_never_at_rest(drill):
    for state in ("queued", "sending", "retry", "unknown", "claimed"):
        with later(drill).ledger.write() as connection:
            connection.exec_driver_sql("UPDATE letter SET state = ? WHERE id = 1", (state,))
        shown(later(drill))
        assert shown_again(later(drill)) is None, state


@pytest.mark.parametrize(
    "name", ["config/campaigns/drill.yaml", "config/rosters/drill.csv", "config/office.yaml"]
)
def test_a_changed_configuration_is_a_change(drill, name):
    path = drill.home.root / name
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    assert shown_again(later(drill)) is None
    assert still.recall(later(drill), ANSWERED) is None


def test_a_template_of_the_offices_own_is_a_change(drill):
    (drill.home.templates / "letters").mkdir(parents=True)
    (drill.home.templates / "letters" / "x.j2").write_text("")
    assert shown_again(later(drill)) is None


@pytest.mark.parametrize(
    "at",
    [
        "2023-06-01T11:59",
        "2023-06-01T17:00:01",
        "2023-06-02T00:00",
        "2023-06-02T17:00:01",
        "2023-06-02T18:00",
    ],
)
def test_another_hour_is_a_change(drill, at):
    assert shown_again(later(drill, at)) is None


def test_an_editors_lock_in_the_configuration_that_points_nowhere_stops_nothing(drill):
    desk = later(drill)
    (desk.home.config / "rosters" / ".#drill.csv").symlink_to("clerk@machine.1234")
    assert still.mark(desk)


def test_facts_of_a_later_moment_are_not_slept_through(drill):
    drill.report("A03", "2023-06-01T12:30")
    drill.take_in("2023-06-01T12:40")
    shown(later(drill, "2023-06-01T12:20"))
    assert shown_again(later(drill, "2023-06-01T12:50")) is None


def test_what_is_remembered_may_be_deleted_or_spoilt(drill):
    (path,) = (drill.home.var / "still").glob("*.shown")
    for text in ("", "[]", "{}", '{"mark": 1, "since": "x", "until": 3}', "\0"):
        path.write_text(text)
        assert shown_again(later(drill)) is None
    path.unlink()
    assert shown_again(later(drill)) is None


def test_every_write_renews_the_mark_and_a_write_taken_back_does_not(ledger):
    seen = []
    for fail in (False, True, False):
        with suppress(ZeroDivisionError), ledger.write() as connection:
            connection.exec_driver_sql("SELECT 1" if not fail else f"SELECT {1 / (not fail)}")
        with ledger.read() as connection:
            seen.append(latest.mark_of(connection))
    assert seen[0] == seen[1] != seen[2]


def test_reading_renews_nothing(drill):
    before = still.mark(later(drill))
    look(later(drill))
    drill.take_in("2023-06-01T13:00")
    answer_all(later(drill))
    assert still.mark(later(drill)) == before


def test_a_restored_ledger_has_the_mark_of_its_time(tmp_path):
    opened = Ledger(f"sqlite:///{tmp_path / 'a.sqlite3'}")
    with opened.write():
        pass
    with opened.read() as connection:
        then = latest.mark_of(connection)
    with opened.write():
        pass
    with opened.read() as connection:
        assert latest.mark_of(connection) != then
    opened.close()


def test_whatever_happens_what_is_shown_again_is_what_would_be_worked_out(tmp_path):
    """Months of a campaign in leaps: wherever something is remembered, it is right, and nothing is owed."""
    dice, made = random.Random(int(os.environ.get("BAOSONG_STILL_SEED", "1"))), bureau(tmp_path)
    now, remembered = times.parse("2023-05-30T08:00"), 0
    for turn in range(40):
        now += timedelta(minutes=dice.choice((1, 7, 60, 61, 300)))
        at = times.iso(now)
        match dice.randrange(6):
            case 0:
                code = dice.choice(list(office.UNITS))
                made.report(code, at[:16], f"第{turn}稿")
            case 1:
                grant(made.desk(at), times.iso(now + timedelta(hours=dice.randrange(1, 200))))
            case 2:
                data = papers.mail(
                    "x@y.example", office.OFFICE, "你好", [("a.docx", papers.narrative("某"))], at
                )
                made.receive(data, f"stranger-{turn}")
        made.take_in(at)
        desk = open_desk("drill", now, made.home)
        remembered += _agrees(desk)
        answer_all(desk)
        if shown_again(desk) is None:
            shown(desk)
    assert remembered > 5


def _agrees(desk) -> bool:
    if still.recall(desk, ANSWERED) is not None:
        with desk.ledger.read() as connection:
            answered = outbox.occasions(connection, "drill")
            versions = submissions.of_campaign(connection, "drill", desk.now)
            assert answers_due(versions, acts.of_campaign(connection, "drill", desk.now), answered) == []
    again = shown_again(desk)
    if again is None:
        return False
    view = look(desk)
    assert again.counts == counts(view)
    assert again.board == overview(view)
    return True
