"""What a sender typed is shown without addresses and telephone numbers, however long it is."""

import pytest

from tasks.status.named import masked


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("联系li.si@town.example", "联系l***@town.example"),
        ("..x@y.example", "..x***@y.example"),
        ("a@b", "a@b"),
        ("电话023-71234567", "电话***"),
    ],
)
def test_an_address_and_a_number_are_masked(typed, shown):
    assert masked(typed) == shown


@pytest.mark.parametrize("typed", ["a" * 200_000, "a." * 100_000, "a-" * 100_000])
def test_a_name_without_end_is_looked_through_once(typed):
    assert masked(typed) == typed
