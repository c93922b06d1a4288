"""What Python looks through while records that stay are made."""

import gc

import pytest

from tasks.terms.heap import everything_stays


def test_the_collector_rests_meanwhile_and_works_again_afterwards():
    assert gc.isenabled()
    with everything_stays():
        assert not gc.isenabled()
        with everything_stays():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_the_collector_works_again_after_a_fault():
    with pytest.raises(ZeroDivisionError), everything_stays():
        _ = 1 / 0
    assert gc.isenabled()
