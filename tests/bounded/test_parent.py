"""One piece may kill the child; the others are read all the same."""

import errno
import os
import select
import signal
import socket
import time
from contextlib import closing
from pathlib import Path

import pytest

from tasks.bounded import child as limits
from tasks.bounded import parent, patience
from tasks.bounded.parent import Child, Piece


@pytest.fixture
def child():
    with Child("tests.bounded.victim") as made:
        yield made


def ask(child: Child, data: bytes, question: bytes = b"q") -> list[bytes] | None:
    return child.answer(Piece(question, data, lambda answer: answer.split(b":")))


def test_one_child_answers_piece_after_piece(child):
    first, second = ask(child, b"a"), ask(child, b"b")
    assert first is not None
    assert second is not None
    assert (first[:2], second[:2]) == ([b"q", b"a"], [b"q", b"b"])
    assert first[2] == second[2] != str(os.getpid()).encode()


@pytest.mark.parametrize("deadly", [b"die", b"sleep", b"eat", b"write", b"spin"])
def test_a_piece_that_kills_the_child_has_no_answer_and_the_next_one_has(child, deadly, monkeypatch):
    monkeypatch.setattr(parent, "WALL_SECONDS", 2.0)
    assert ask(child, b"before")
    assert ask(child, deadly) is None
    assert ask(child, b"after")
    assert not Path("/tmp/victim-was-here").exists() or not Path("/tmp/victim-was-here").stat().st_size
    Path("/tmp/victim-was-here").unlink(missing_ok=True)


def test_a_child_killed_from_outside_is_replaced_and_the_piece_read(child):
    before = ask(child, b"a")
    assert before is not None
    os.kill(int(before[2]), signal.SIGKILL)
    assert ask(child, b"b")


def test_an_answer_that_makes_no_sense_is_as_good_as_none(child):
    def refuse(answer: bytes) -> bytes:
        raise ValueError(answer)

    assert child.answer(Piece(b"q", b"a", refuse)) is None


def test_a_child_is_replaced_after_its_share(child, monkeypatch):
    monkeypatch.setattr(parent, "PIECES_PER_CHILD", 2)
    found = [ask(child, b"a") for _ in range(4)]
    seen = [each[2] for each in found if each]
    assert seen[0] == seen[1] != seen[2] == seen[3]


def test_a_fault_of_this_machine_is_no_word_on_the_piece(child, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "full")

    assert ask(child, b"before")
    with monkeypatch.context() as patch:
        patch.setattr(patience.os, "write", full)
        with pytest.raises(OSError, match="full"):
            ask(child, b"a")
    assert ask(child, b"a")


def test_a_child_that_has_kept_much_ends_before_a_later_piece_lacks_the_room(child):
    found = [ask(child, b"keep", b"200") for _ in range(4)]
    seen = [each[2] for each in found if each]
    assert len(seen) == len(found)
    assert seen[0] == seen[1] != seen[2] == seen[3]


def test_the_child_reaches_no_network_where_the_kernel_allows_that(child):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        answered = ask(child, b"connect", str(server.getsockname()[1]).encode())
        confined = os.geteuid() == 0 or Path("/proc/sys/user/max_user_namespaces").read_text() != "0\n"
        assert (answered is None) == confined


def test_the_limits_are_those_promised():
    assert limits.MEMORY == 512 << 20
    assert parent.CPU_SECONDS < parent.WALL_SECONDS <= 5


def starts_of(child: Child, monkeypatch) -> list[int]:
    made: list[int] = []
    start = Child._start
    monkeypatch.setattr(Child, "_start", lambda self: (made.append(1), start(self))[1])
    return made


@pytest.mark.parametrize("deadly", [b"spin", b"sleep"])
def test_a_piece_that_used_up_its_time_is_not_given_it_a_second_time(child, deadly, monkeypatch):
    monkeypatch.setattr(parent, "WALL_SECONDS", 2.0)
    started = starts_of(child, monkeypatch)
    assert ask(child, b"before")
    assert child.answer(Piece(b"q", deadly, bytes, 0.5)) is None
    assert len(started) == 1


def test_a_piece_a_worn_child_broke_down_over_is_tried_afresh_once(child, monkeypatch):
    started = starts_of(child, monkeypatch)
    assert ask(child, b"before")
    assert ask(child, b"die") is None
    assert len(started) == 2
    assert ask(child, b"die") is None
    assert len(started) == 3


def test_a_busy_machine_is_no_fault_of_the_piece(child, monkeypatch):
    monkeypatch.setattr(parent, "WALL_SECONDS", 0.01)
    monkeypatch.setattr(patience, "_wants_to_run", lambda _: True)
    assert ask(child, b"a")


def test_more_than_a_pipe_holds_is_handed_over_and_given_back_whole(child):
    data = bytes(range(256)) * 8000
    assert child.answer(Piece(b"q", data, bytes)) == b"q:" + data + b":" + str(child._process.pid).encode()


def test_an_answer_without_end_is_not_waited_for(child, monkeypatch):
    monkeypatch.setattr("tasks.bounded.frames.MAX_ANSWER", 10)
    assert ask(child, b"a" * 100) is None


def asked(*every: bytes) -> list[Piece[list[bytes]]]:
    return [Piece(b"q", data, lambda answer: answer.split(b":")) for data in every]


def test_while_the_caller_is_at_one_answer_the_child_is_at_the_next(child):
    first, second = asked(b"a", b"b")
    with closing(child.answers([first, second])) as answers:
        assert next(answers)[1] == b"a"
        assert until(lambda: select.select([child._process.stdout], [], [], 0)[0])  # the second lies there
        assert next(answers)[1] == b"b"


@pytest.mark.parametrize("deadly", [b"die", b"sleep", b"eat", b"write", b"spin"])
def test_a_piece_asked_ahead_that_kills_the_child_costs_only_itself(child, deadly, monkeypatch):
    monkeypatch.setattr(parent, "WALL_SECONDS", 2.0)
    told = list(child.answers(asked(b"a", deadly, b"b", deadly, deadly, b"c")))
    Path("/tmp/victim-was-here").unlink(missing_ok=True)
    assert [answer and answer[1] for answer in told] == [b"a", None, b"b", None, None, b"c"]


def test_a_child_killed_while_it_reads_ahead_is_replaced_and_the_piece_read(child):
    answers = child.answers(asked(b"a", b"b", b"c"))
    assert next(answers)[1] == b"a"
    os.kill(child._process.pid, signal.SIGKILL)
    assert [answer[1] for answer in answers] == [b"b", b"c"]


def test_a_child_that_ends_of_itself_is_replaced_and_what_it_had_not_begun_is_read(child, monkeypatch):
    monkeypatch.setattr(parent, "PIECES_PER_CHILD", 2)
    told = list(child.answers(asked(*(b"%d" % n for n in range(7)))))
    assert [answer[1] for answer in told] == [b"%d" % n for n in range(7)]
    assert len({bytes(answer[2]) for answer in told}) == 4


def test_what_was_asked_ahead_and_not_fetched_is_nobodys_answer(child):
    answers = child.answers(asked(b"a", b"b"))
    next(answers)
    assert ask(child, b"x")[1] == b"x"  # another who asks meanwhile
    assert next(answers)[1] == b"b"
    left = child.answers(asked(b"c", b"d"))
    next(left)
    left.close()
    assert ask(child, b"y")[1] == b"y"


def test_a_piece_larger_than_the_pipe_has_its_turn_and_none_has_no_answer(child, monkeypatch):
    large = b"l" * (parent.ROOM + 1)
    told = list(child.answers([asked(b"a")[0], asked(large)[0], None, asked(b"b")[0]]))
    assert [answer and answer[1] for answer in told] == [b"a", large, None, b"b"]


def until(what) -> bool:
    end = time.monotonic() + 10
    while not what() and time.monotonic() < end:
        time.sleep(0.01)
    return bool(what())
