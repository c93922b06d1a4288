"""One piece may kill the child; the others are read all the same."""

import errno
import os
import signal
import socket
from pathlib import Path

import pytest

from tasks.bounded import child as limits
from tasks.bounded import parent, patience
from tasks.bounded.parent import Child


@pytest.fixture
def child():
    with Child("tests.bounded.victim") as made:
        yield made


def ask(child: Child, data: bytes, question: bytes = b"q") -> list[bytes] | None:
    return child.answer(question, data, lambda answer: answer.split(b":"))


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

    assert child.answer(b"q", b"a", refuse) is None


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
    assert child.answer(b"q", deadly, bytes, 0.5) is None
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
    assert child.answer(b"q", data, bytes) == b"q:" + data + b":" + str(child._process.pid).encode()


def test_an_answer_without_end_is_not_waited_for(child, monkeypatch):
    monkeypatch.setattr("tasks.bounded.frames.MAX_ANSWER", 10)
    assert ask(child, b"a" * 100) is None
