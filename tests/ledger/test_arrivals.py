from concurrent.futures import ThreadPoolExecutor

import pytest

from tasks.ledger import arrivals
from tests.ledger.factory import CAMPAIGN, arrival, hours, judgement


@pytest.fixture
def add(ledger):
    def enter(*new):
        with ledger.write() as connection:
            return arrivals.add(connection, new)

    return enter


def unjudged(ledger, campaign=CAMPAIGN, sources=("inbox",), limit=50, after=None):
    with ledger.read() as connection:
        return arrivals.unjudged(connection, campaign, sources, limit, after)


def judge(ledger, made):
    with ledger.write() as connection:
        return arrivals.record_judgement(connection, made)


def test_an_arrival_comes_back_as_it_was_entered(ledger, add):
    given = arrival(hints={"folder": "东坪镇"}, filename="总结.docx", form="file", place="东坪镇/总结.docx")
    add(given)
    (found,) = unjudged(ledger)
    assert {f: getattr(found, f) for f in found.__slots__ if f != "id"} == {
        f: getattr(given, f) for f in given.__slots__ if f != "id"
    }
    with ledger.read() as connection:
        assert arrivals.by_id(connection, found.id) == found
        assert arrivals.by_id(connection, found.id + 1) is None


def test_the_same_mail_under_a_new_number_adds_nothing(ledger, add):
    assert add(arrival(key="1:7")) == 1
    assert add(arrival(key="2:1"), arrival(key="2:2")) == 0
    assert [a.key for a in unjudged(ledger)] == ["1:7"]


def test_one_batch_may_hold_known_and_new_arrivals(ledger, add):
    add(arrival("甲"))
    assert add(arrival("乙"), arrival("甲"), arrival("丙")) == 2
    assert len(unjudged(ledger)) == 3


def test_equal_bytes_in_another_place_or_source_are_another_arrival(ledger, add):
    assert add(arrival(place="东坪镇"), arrival(place="西坪镇"), arrival(source="exchange")) == 3
    assert len(unjudged(ledger, sources=("inbox", "exchange"))) == 3


def test_a_name_no_database_can_hold_is_written_out_and_stops_nothing(ledger, add):
    assert add(arrival("甲", filename="a\x00b\udcc4.xls", form="file"), arrival("乙")) == 2
    assert [a.filename for a in unjudged(ledger)] == ["a\\x00b\\udcc4.xls", ""]


def test_arrivals_are_judged_in_the_order_they_were_received(ledger, add):
    add(
        arrival("甲", received_at=hours(2)),
        arrival("乙", received_at=hours(1)),
        arrival("丙", received_at=hours(1)),
    )
    assert [a.key for a in unjudged(ledger)] == ["1:乙", "1:丙", "1:甲"]
    assert [a.key for a in unjudged(ledger, limit=2)] == ["1:乙", "1:丙"]
    first, second, third = unjudged(ledger)
    assert [a.key for a in unjudged(ledger, after=first)] == ["1:丙", "1:甲"]
    assert [a.key for a in unjudged(ledger, after=second)] == ["1:甲"]
    assert unjudged(ledger, after=third) == []


def test_each_campaign_judges_an_arrival_once_and_only_from_its_own_sources(ledger, add):
    add(arrival("甲"), arrival("乙", source="drop"))
    (found,) = unjudged(ledger)
    assert judge(ledger, judgement(found.id)) is True
    assert judge(ledger, judgement(found.id, outcome="ignored")) is False
    assert unjudged(ledger) == []
    assert [a.key for a in unjudged(ledger, campaign="other")] == ["1:甲"]
    assert [a.key for a in unjudged(ledger, sources=("drop",))] == ["1:乙"]
    assert unjudged(ledger, sources=()) == []


def test_of_two_workers_judging_at_once_one_is_told_it_came_second(ledger, add):
    add(arrival())
    (found,) = unjudged(ledger)
    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(lambda _: judge(ledger, judgement(found.id)), range(4)))
    assert sorted(told) == [False, False, False, True]


def test_a_source_is_read_on_from_where_its_cursor_stands(ledger):
    with ledger.write() as connection:
        assert arrivals.cursor_of(connection, "inbox") == ""
        arrivals.move_cursor(connection, "inbox", "5:10")
        arrivals.move_cursor(connection, "drop", "1")
        arrivals.move_cursor(connection, "inbox", "5:12")
    with ledger.read() as connection:
        assert arrivals.cursor_of(connection, "inbox") == "5:12"
        assert arrivals.cursor_of(connection, "drop") == "1"
