"""Reading in several processes gives what reading in one gives, and survives the death of any of them."""

import os
import signal
import sys
import time
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from tasks.intake import settle
from tasks.intake.settle import rules_of, settle_new
from tasks.intake.sources import source_names
from tasks.intake.spread import Readers
from tasks.ledger import submissions
from tasks.terms.errors import Misconfigured, Transient
from tests.dispatch.bureau import bureau
from tests.line import office

MAILS, BATCH = 25, 5
AT = "2023-06-01T12:00"


def spread(work, pieces, readers):
    with Readers(work, readers) as at_work:
        yield from at_work.done(pieces)


def shout(piece: str) -> str:
    sys.stdout.write("what a piece prints comes not between\n")
    return piece.upper()


def told_by(piece: int) -> tuple[int, int]:
    return piece, os.getpid()


BEGUN: list[int] = []
"""The pieces begun in this process."""


def waits_and_tells(piece: int) -> tuple[int, int]:
    BEGUN.append(piece)
    time.sleep(0.05)
    return told_by(piece)


def dies_elsewhere(home: int, piece: int) -> int:
    if os.getpid() != home:
        os.kill(os.getpid(), signal.SIGKILL)
    return piece * 2


def away(piece: int) -> int:
    raise Transient(f"第 {piece} 件：暂时用不了")


@pytest.mark.parametrize("readers", [1, 2, 5])
def test_the_answers_come_in_the_order_of_the_pieces(readers):
    assert list(spread(shout, ["a", "b", "c"], readers)) == ["A", "B", "C"]


def test_two_readers_are_this_process_and_another_and_one_is_this_one():
    assert {pid for _, pid in spread(told_by, list(range(20)), 1)} == {os.getpid()}
    assert len({pid for _, pid in spread(told_by, list(range(20)), 2)} | {os.getpid()}) == 2


def test_the_processes_started_are_kept_for_what_comes_later():
    with Readers(waits_and_tells, 3) as at_work:
        first, second = ({pid for _, pid in at_work.done(list(range(12)))} for _ in range(2))
    assert first == second
    assert len(first) == 3


def test_one_batch_alone_starts_no_process():
    assert list(spread(told_by, [1], 8)) == [(1, os.getpid())]


def test_what_a_dead_process_left_is_done_here():
    assert list(spread(partial(dies_elsewhere, os.getpid()), [1, 2, 3], 2)) == [2, 4, 6]


class Remembers:
    """A work that remembers what it has met, as rules do what they worked out once."""

    def __init__(self) -> None:
        self.met: list[int] = []

    def __reduce__(self) -> tuple[type, tuple[()]]:
        time.sleep(0.2)
        if self.met:
            raise RuntimeError("changed while it was written down")
        return Remembers, ()

    def __call__(self, piece: int) -> int:
        self.met.append(piece)
        return piece


def test_other_processes_are_told_of_a_work_before_anyone_is_at_it():
    assert list(spread(Remembers(), list(range(6)), 3)) == list(range(6))


def test_left_early_no_further_piece_is_begun():
    begun: list[int] = []

    def begins(piece: int) -> int:
        begun.append(piece)
        return piece

    with Readers(begins, 1) as alone, closing(alone.done([1, 2, 3])) as answers:
        next(answers)
    assert begun == [1]


def test_left_early_by_several_no_further_piece_is_begun():
    BEGUN.clear()
    with Readers(waits_and_tells, 2) as at_work, closing(at_work.done(list(range(1000)))) as answers:
        next(answers)
    assert 0 < len(BEGUN) < 500


def test_a_fault_keeps_its_kind_and_its_sentence():
    with pytest.raises(Transient, match=r"第 1 件：暂时用不了"):
        list(spread(away, [1, 2, 3], 2))


def entered(folder: Path, readers: int) -> list[tuple[str, str, str, str]]:
    works = bureau(folder)
    for n in range(MAILS):
        when = f"2023-05-{10 + n % 20}T{n % 24:02}:{n % 60:02}"
        works.report(list(office.UNITS)[n % 3], when, words=f"第{n}次")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tests.dispatch.bureau.settle_new", lambda *_, **__: None)
        works.take_in(AT)
    desk = works.desk(AT)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settle, "BATCH", BATCH)
        done = settle_new(
            desk.ledger, desk.store, rules_of(desk), source_names(desk), desk.now,
            own_addresses=desk.own_addresses, readers=readers,
        )  # fmt: skip
    assert done.submissions == MAILS
    with desk.ledger.read() as connection:
        found = submissions.of_campaign(connection, "drill", desk.now)
    assert all(desk.store.has(each.digest) for each in found)
    return [(each.unit, each.obligation, each.digest, each.verdict) for each in found]


def test_a_backlog_read_by_two_is_entered_as_read_by_one(tmp_path):
    one, two = entered(tmp_path / "one", 1), entered(tmp_path / "two", 2)
    assert [(u, o, v) for u, o, _, v in two] == [(u, o, v) for u, o, _, v in one]


@pytest.mark.parametrize("number", [0, -1, 65])
def test_a_number_of_readers_that_cannot_be_right_is_named(tmp_path, number):
    works = bureau(tmp_path)
    with (works.home.config / "office.yaml").open("a", encoding="utf-8") as file:
        file.write(f"readers: {number}\n")
    with pytest.raises(Misconfigured, match=f"readers.*“{number}”不对，应为 1 至 64"):
        works.desk(AT)
