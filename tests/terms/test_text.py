"""Text folded for comparison: as people see it, never another number than they see."""

import pytest

from tasks.terms.text import fold


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("Ａ１２！（～", "A12!(~"),
        ("一\u3000二\t三\r\n四 五", "一二三四五"),
        ("3\u00ad0\u200b0\ufeff", "300"),
        ("三泉镇，白沙镇。", "三泉镇,白沙镇。"),
    ],
)
def test_full_width_marks_are_plain_ones_and_what_nobody_sees_is_not_there(written, compared):
    assert fold(written) == compared


@pytest.mark.parametrize("figure", ["3²", "①", "½", "〇", "\u202e123", "｟", "\uff00"])
def test_what_would_become_another_number_is_left_as_it_is(figure):
    assert fold(figure) == figure
