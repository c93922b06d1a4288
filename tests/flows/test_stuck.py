"""A run whose letters cannot go ends so that whoever scripts it notices."""

import pytest

from flows.check import stuck


@pytest.mark.parametrize(
    ("done", "expected"),
    [
        ({"answers": {"stuck": False}}, False),
        ({"answers": {"stuck": True}}, True),
        ({"answers": {"stuck": False}, "letters": {"stuck": True}}, True),
        ({"answers": {}}, False),  # remembered by a version that did not know the word
    ],
)
def test_letters_that_wait_for_a_person_are_for_a_person_to_look_at(done, expected):
    assert stuck(done) is expected
