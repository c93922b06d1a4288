"""What a batch leaves in store and ledger, and what it never does."""

import pytest

from tasks.intake import reader, settle
from tasks.intake.settle import rules_of, settle_new
from tasks.intake.sources import source_names
from tasks.ledger import arrivals, submissions
from tasks.ledger.schema import judgement
from tests.dispatch.bureau import Bureau, bureau
from tests.line import office

AT = "2023-06-01T12:00"


class Killed(BaseException):
    """Stands for a kill: nothing may catch it."""


@pytest.fixture
def works(tmp_path) -> Bureau:
    """A bureau that holds six reports of which none is judged, and judges two at a time."""
    made = bureau(tmp_path)
    for n in range(6):
        made.report(list(office.UNITS)[n % 3], f"2023-05-{10 + n}T09:00", words=f"第{n}次")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tests.dispatch.bureau.settle_new", lambda *_, **__: None)
        made.take_in(AT)
    return made


def judge(works: Bureau) -> settle.Settled:
    desk = works.desk(AT)
    rules, names = rules_of(desk), source_names(desk)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settle, "BATCH", 2)
        return settle_new(desk.ledger, desk.store, rules, names, desk.now, own_addresses=desk.own_addresses)


def entered(works: Bureau) -> tuple[int, int]:
    """Judgements and reports in the ledger."""
    desk = works.desk(AT)
    with desk.ledger.read() as connection:
        judged = connection.execute(judgement.select()).all()
        return len(judged), len(submissions.of_campaign(connection, "drill", desk.now))


@pytest.mark.parametrize("step", ["record_judgements", "add_all", "enqueue_all"])
def test_killed_at_any_step_a_batch_is_entered_whole_or_not_at_all(works, monkeypatch, step):
    room = arrivals if step == "record_judgements" else submissions
    real, calls = getattr(room, step), []

    def killed(*given):
        calls.append(step)
        if len(calls) == 2:
            raise Killed
        return real(*given)

    with monkeypatch.context() as patch:
        patch.setattr(room, step, killed)
        with pytest.raises(Killed):
            judge(works)
    assert entered(works) == (2, 2)
    assert judge(works).submissions == 4
    assert entered(works) == (6, 6)


def test_what_a_row_names_is_in_the_store_before_the_row(works, monkeypatch):
    store, real, named = works.desk(AT).store, submissions.add_all, []

    def looked_at(connection, rows):
        named.extend(each["digest"] for row in rows for each in row.files)
        assert all(store.has(digest) for digest in named)
        return real(connection, rows)

    monkeypatch.setattr(submissions, "add_all", looked_at)
    assert judge(works).submissions == len(named) == 6


def test_what_one_mail_says_is_let_go_before_the_next_is_told(works, monkeypatch):
    done = []
    for room, step in ((reader, "_contents"), (settle, "_place")):
        real = getattr(room, step)
        monkeypatch.setattr(room, step, lambda *given, s=step, r=real: (done.append(s), r(*given))[1])
    judge(works)
    assert done == ["_contents", "_place"] * 6


def test_what_another_worker_judged_meanwhile_is_not_entered_again(works, monkeypatch):
    real = settle._enter

    def meanwhile(connection, entries):
        real(connection, entries[:1])
        return real(connection, entries)

    monkeypatch.setattr(settle, "_enter", meanwhile)
    assert judge(works).submissions == 3
    assert entered(works) == (6, 6)
