"""One piece may kill the child; the others are read all the same."""

import os
import signal
import socket
from pathlib import Path

import pytest

from tasks.bounded import child as limits
from tasks.bounded import parent
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


def test_the_child_reaches_no_network_where_the_kernel_allows_that(child):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        answered = ask(child, b"connect", str(server.getsockname()[1]).encode())
        confined = os.geteuid() == 0 or Path("/proc/sys/user/max_user_namespaces").read_text() != "0\n"
        assert (answered is None) == confined


def test_the_limits_are_those_promised():
    assert limits.MEMORY == 512 << 20
    assert limits.CPU_SECONDS < parent.WALL_SECONDS
