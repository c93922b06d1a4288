import threading

import pytest

from tasks.store.together import each_of


@pytest.mark.parametrize("count", [0, 1, 2, 8, 9, 100])
def test_each_thing_is_done_once(count):
    done = []
    each_of(range(count), done.append)
    assert sorted(done) == list(range(count))


def test_several_are_done_at_once():
    meet = threading.Barrier(3, timeout=10)
    each_of(range(3), lambda _: meet.wait())


@pytest.mark.parametrize("count", [1, 50])
def test_what_fails_is_heard_of_when_nothing_is_at_work_any_more(count):
    def work(number):
        if number == count // 2:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        each_of(range(count), work)
    assert not [t for t in threading.enumerate() if t.name.startswith("ThreadPool")]
