from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.exc import IntegrityError

from tasks.ledger import acts, arrivals, schema, submissions
from tests.ledger.factory import CAMPAIGN, FOREVER, NOON, act, arrival, digest, hours, queue_item, submission


def add(ledger, *new):
    with ledger.write() as connection:
        return [submissions.add(connection, each) for each in new]


def known(ledger, until=FOREVER, campaign=CAMPAIGN):
    with ledger.read() as connection:
        return submissions.of_campaign(connection, campaign, until)


@pytest.fixture
def arrived(ledger):
    with ledger.write() as connection:
        arrivals.add(connection, [arrival()])
    with ledger.read() as connection:
        return arrivals.unjudged(connection, CAMPAIGN, ["inbox"], 1)[0].id


@pytest.fixture
def enqueue(ledger):
    def enter(item):
        with ledger.write() as connection:
            return submissions.enqueue(connection, item)

    return enter


def undecided(ledger, until=FOREVER, campaign=CAMPAIGN):
    with ledger.read() as connection:
        return submissions.undecided(connection, campaign, until)


def test_versions_of_one_report_are_numbered_from_one(ledger):
    ids = add(ledger, submission("甲"), submission("乙"), submission("丙"))
    assert [(s.id, s.version) for s in known(ledger)] == list(zip(ids, (1, 2, 3), strict=True))


def test_each_unit_obligation_and_campaign_counts_its_own_versions(ledger):
    others = [submission(unit="T2"), submission(obligation="figures"), submission(campaign="other")]
    add(ledger, submission(), *others)
    assert {(s.unit, s.obligation, s.version) for s in known(ledger)} == {
        ("T1", "summary", 1), ("T2", "summary", 1), ("T1", "figures", 1),
    }  # fmt: skip


def test_the_same_file_by_two_ways_is_one_version(ledger):
    first, second = add(ledger, submission(), submission(sender="register", filename="另名.docx"))
    assert (first is None, second) == (False, None)
    assert [s.filename for s in known(ledger)] == ["甲.docx"]


def test_of_two_ways_the_earlier_receipt_stands_whichever_was_read_first(ledger):
    add(
        ledger,
        submission(received_at=hours(50)),
        submission(received_at=hours(1)),
        submission(received_at=hours(9)),
    )
    (found,) = known(ledger)
    assert found.received_at == hours(1)


def test_another_units_later_receipt_is_not_touched_by_an_earlier_one(ledger):
    add(ledger, submission(received_at=hours(5)), submission(unit="T2", received_at=hours(1)))
    assert {s.unit: s.received_at for s in known(ledger)} == {"T1": hours(5), "T2": hours(1)}


def test_a_submission_comes_back_as_it_was_entered(ledger):
    reading = {
        "rows": [{"unit": "T1", "values": {"visits": None, "activities": 3.0}, "evidence": {}}],
        "nil": False,
    }
    files = [{"filename": "统计表.xlsx", "digest": digest("甲"), "size": 12}]
    (number,) = add(ledger, submission(reading=reading, files=files, verdict="returned"))
    (found,) = known(ledger)
    assert found == submission(reading=reading, files=files, verdict="returned", version=1, id=number)


def test_versions_received_after_the_moment_asked_about_are_not_shown(ledger):
    add(ledger, submission("甲", received_at=hours(0)), submission("乙", received_at=hours(2)))
    assert [s.version for s in known(ledger, hours(1))] == [1]
    assert [s.version for s in known(ledger, hours(2))] == [1, 2]
    assert known(ledger, hours(-1)) == []


def test_what_was_entered_after_a_number_is_found_in_order(ledger):
    first, second, third = add(ledger, submission("甲"), submission("乙", unit="T0"), submission("丙"))
    with ledger.read() as connection:
        assert [s.id for s in submissions.after(connection, CAMPAIGN, first)] == [second, third]
        assert submissions.after(connection, CAMPAIGN, third) == []


def test_workers_entering_versions_at_once_lose_none_and_number_none_twice(ledger):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: add(ledger, submission(n // 2)), range(16)))
    found = known(ledger)
    assert [s.version for s in found] == list(range(1, 9))
    assert {s.digest for s in found} == {digest(n) for n in range(8)}


def test_the_table_itself_refuses_a_second_row_for_the_same_bytes(ledger):
    row = {f: getattr(submission(), f) for f in submission().__slots__ if f != "id"}
    with ledger.write() as connection:
        connection.execute(schema.submission.insert().values(row | {"version": 1}))
    with pytest.raises(IntegrityError), ledger.write() as connection:
        connection.execute(schema.submission.insert().values(row | {"version": 2}))


def test_a_queue_item_waits_once_however_often_it_is_put_there(ledger, arrived, enqueue):
    assert enqueue(queue_item(arrived)) is True
    assert enqueue(queue_item(arrived, reasons=("另一理由",))) is False
    (item,) = undecided(ledger)
    assert item == queue_item(arrived, id=item.id)
    with ledger.read() as connection:
        assert submissions.queued(connection, CAMPAIGN, item.id) == item
        assert submissions.queued(connection, "other", item.id) is None
    assert undecided(ledger, campaign="other") == []


def test_an_item_leaves_the_queue_at_the_moment_a_clerk_places_it(ledger, arrived, enqueue):
    enqueue(queue_item(arrived))
    enqueue(queue_item(arrived, digest=digest("乙")))
    first, second = undecided(ledger)
    with ledger.write() as connection:
        acts.record(connection, act("assign", detail={"queue_item": first.id}, at=hours(3)))
    assert undecided(ledger, hours(3)) == [second]
    assert undecided(ledger, hours(2)) == [first, second]
    assert undecided(ledger, hours(-1)) == []


def test_an_assignment_in_another_campaign_or_of_no_item_settles_nothing(ledger, arrived, enqueue):
    enqueue(queue_item(arrived))
    (item,) = undecided(ledger)
    with ledger.write() as connection:
        acts.record(connection, act("assign", campaign="other", detail={"queue_item": item.id}))
        acts.record(connection, act("assign", detail={}))
        acts.record(connection, act("waive", detail={"queue_item": item.id}))
    assert undecided(ledger) == [item]


def test_a_version_is_answered_once_and_its_correction_anew(ledger):
    add(ledger, submission("甲"), submission("乙"))
    first, second = known(ledger)
    assert submissions.occasion(first) != submissions.occasion(second)
    assert submissions.unanswered([first, second], {submissions.occasion(first)}) == [second]


def test_moments_are_kept_to_the_microsecond_in_utc(ledger):
    moment = NOON.replace(microsecond=1)
    add(ledger, submission(received_at=moment))
    assert known(ledger, moment)[0].received_at == moment
    assert known(ledger, NOON) == []


def test_several_entered_at_once_are_what_they_are_one_after_the_other(ledger):
    before = [submission("甲", received_at=hours(9)), submission("乙", unit="T2")]
    add(ledger, *before)
    new = [
        submission("甲", received_at=hours(3)),
        submission("丙", received_at=hours(8)),
        submission("丙", received_at=hours(2)),
        submission("丙", received_at=hours(5)),
        submission("丁", unit="T2"),
        submission("甲", unit="T3"),
    ]
    with ledger.write() as connection:
        assert submissions.add_all(connection, new) == 3
        assert submissions.add_all(connection, []) == 0
    found = {(s.unit, s.version): (s.digest, s.received_at) for s in known(ledger)}
    assert {key: at for key, (_, at) in found.items() if key[0] == "T1"} == {
        ("T1", 1): hours(3), ("T1", 2): hours(2),
    }  # fmt: skip
    assert [key for key in found if key[0] != "T1"] == [("T2", 1), ("T2", 2), ("T3", 1)]


def test_more_reports_than_one_question_takes_are_all_entered(ledger, monkeypatch):
    monkeypatch.setattr(submissions, "AT_ONCE", 2)
    with ledger.write() as connection:
        many = [submission(word) for word in ("甲", "乙", "甲", "丙", "甲")]
        assert submissions.add_all(connection, many) == 3
    assert [s.version for s in known(ledger)] == [1, 2, 3]
