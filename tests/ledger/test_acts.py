from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.exc import IntegrityError

from tasks.ledger import acts, schema
from tasks.terms import times
from tests.ledger.factory import CAMPAIGN, FOREVER, NOON, act, hours


@pytest.fixture
def record(ledger):
    def enter(given):
        with ledger.write() as connection:
            return acts.record(connection, given)

    return enter


def known(ledger, until=FOREVER, campaign=CAMPAIGN):
    with ledger.read() as connection:
        return acts.of_campaign(connection, campaign, until)


def broken(ledger):
    with ledger.read() as connection:
        return acts.broken_link(connection)


def extension(day, **more):
    return act("extend", why="暴雨", detail={"until": f"2023-04-{day:02}T18:00:00+08:00"}, **more)


def ruling(kind, submission=1, **more):
    return act(kind, why="电话核实", detail={"submission": submission}, **more)


def test_an_act_comes_back_as_it_was_given(ledger, record):
    given = extension(6, who="王某")
    assert record(given) is True
    assert known(ledger) == [given]


def test_the_same_act_typed_twice_is_one_act(ledger, record):
    assert record(extension(6)) is True
    assert record(extension(6, at=hours(1))) is False
    assert len(known(ledger)) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"unit": "T2"},
        {"obligation": "figures"},
        {"who": "李某"},
        {"why": "另因"},
        {"campaign": "other"},
        {"detail": {"a": 1}},
    ],
)
def test_an_act_that_differs_in_anything_but_its_hour_is_another_act(ledger, record, other):
    record(act())
    assert record(act(**other)) is True
    assert broken(ledger) is None


def test_a_decision_taken_again_after_it_was_overruled_counts_again(ledger, record):
    decisions = [ruling("accept"), ruling("return", at=hours(1)), ruling("accept", at=hours(2))]
    assert [record(each) for each in decisions] == [True, True, True]
    assert [a.kind for a in known(ledger)] == ["accept", "return", "accept"]
    assert broken(ledger) is None


def test_a_decision_taken_again_is_still_safe_to_repeat(record):
    for day in (6, 8):
        assert record(extension(day)) is True
    assert [record(extension(6, at=hours(n))) for n in range(1, 4)] == [True, False, False]
    assert [record(extension(8, at=hours(4))), record(extension(8, at=hours(5)))] == [True, False]


def test_acts_on_other_matters_in_between_overrule_nothing(ledger, record):
    record(ruling("accept"))
    record(act("waive"))
    record(ruling("return", unit="T2"))
    record(ruling("return", obligation="figures"))
    assert record(ruling("accept", at=hours(1))) is False
    record(extension(6))
    record(act("waive", unit="T2"))
    assert record(act("waive")) is False
    assert broken(ledger) is None
    assert len(known(ledger)) == 6


def test_a_waiver_given_withdrawn_and_given_again_is_three_decisions(ledger, record):
    words = ("waive", "waive", "unwaive", "unwaive", "waive", "waive", "unwaive")
    told = [record(act(kind, at=hours(n))) for n, kind in enumerate(words)]
    assert told == [True, False, True, False, True, False, True]
    assert broken(ledger) is None


def test_the_reason_a_waiver_was_given_last_stands(ledger, record):
    assert [record(act("waive", why=why)) for why in ("撤并", "灾情", "撤并")] == [True, True, True]
    assert [a.why for a in known(ledger)] == ["撤并", "灾情", "撤并"]


def test_acts_decided_after_the_moment_asked_about_are_not_shown(ledger, record):
    record(act(at=hours(0)))
    record(act(unit="T2", at=hours(2)))
    assert [a.unit for a in known(ledger, hours(1))] == ["T1"]
    assert [a.unit for a in known(ledger, hours(2))] == ["T1", "T2"]
    assert known(ledger, campaign="other") == []


def test_workers_recording_at_once_build_one_whole_chain(ledger, record):
    with ThreadPoolExecutor(4) as pool:
        new = list(pool.map(lambda n: record(act(unit=f"T{n // 2}")), range(20)))
    assert sum(new) == 10
    assert {a.unit for a in known(ledger)} == {f"T{n}" for n in range(10)}
    assert broken(ledger) is None


def test_an_empty_chain_is_whole(ledger):
    assert broken(ledger) is None


@pytest.mark.parametrize(
    "forged",
    [
        {"who": "他人"},
        {"why": "改过"},
        {"unit": "T9"},
        {"obligation": "figures"},
        {"kind": "extend"},
        {"detail": {"until": "2030"}},
        {"at": hours(99)},
        {"campaign": "other"},
        {"hash": "f" * 64},
        {"previous": "f" * 64},
    ],
    ids=lambda forged: next(iter(forged)),
)
def test_any_change_to_an_act_breaks_the_chain_at_it(sqlite_ledger, forged):
    with sqlite_ledger.write() as connection:
        for n in range(4):
            acts.record(connection, act(unit=f"T{n}"))
        connection.execute(schema.act.update().where(schema.act.c.id == 3).values(forged))
    assert broken(sqlite_ledger) == 3


def test_an_act_taken_out_breaks_the_chain_where_it_stood(ledger, record):
    for n in range(4):
        record(act(unit=f"T{n}"))
    with ledger.write() as connection:
        connection.execute(schema.act.delete().where(schema.act.c.unit == "T1"))
    assert broken(ledger) == 3


@pytest.mark.parametrize(("kept", "first_gone"), [(3, 4), (1, 4), (0, 4)])
def test_acts_cut_off_the_end_are_missed(ledger, record, kept, first_gone):
    for n in range(4):
        record(act(unit=f"T{n}"))
    with ledger.write() as connection:
        connection.execute(schema.act.delete().where(schema.act.c.id > kept))
    assert broken(ledger) == first_gone


def test_an_act_after_a_cut_does_not_hide_it(ledger, record):
    for n in range(4):
        record(act(unit=f"T{n}"))
    with ledger.write() as connection:
        connection.execute(schema.act_head.delete())
    assert broken(ledger) == 4
    record(act(unit="T9"))
    assert broken(ledger) is None


@pytest.mark.parametrize(("column", "junk"), [("detail", "{"), ("at", "yesterday")])
def test_an_act_that_cannot_even_be_read_is_named(sqlite_ledger, column, junk):
    with sqlite_ledger.write() as connection:
        for n in range(3):
            acts.record(connection, act(unit=f"T{n}"))
        connection.exec_driver_sql(f"UPDATE act SET {column} = ? WHERE id = 2", (junk,))
    assert broken(sqlite_ledger) == 2


def test_an_act_slipped_in_with_a_seal_of_its_own_breaks_the_chain(ledger, record):
    record(act(unit="T1"))
    record(act(unit="T2"))
    forged = act(unit="T3")
    row = {f: getattr(forged, f) for f in forged.__slots__}
    row |= {"key": forged.key, "previous": "a" * 64, "hash": "b" * 64}
    with ledger.write() as connection:
        connection.execute(schema.act.insert().values(row))
    assert broken(ledger) == 3


def test_two_acts_cannot_follow_the_same_act(ledger, record):
    record(act(unit="T1"))
    given = act(unit="T2")
    row = {f: getattr(given, f) for f in given.__slots__}
    row |= {"key": given.key, "previous": acts.FIRST, "hash": "b" * 64}
    with pytest.raises(IntegrityError), ledger.write() as connection:
        connection.execute(schema.act.insert().values(row))


def test_the_seal_covers_the_moment_in_utc_however_it_was_written(ledger, record):
    record(act(at=NOON.astimezone(times.SHANGHAI)))
    assert broken(ledger) is None
