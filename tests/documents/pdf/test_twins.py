"""A character is the one people type, whatever its font's table calls it."""

import pytest

from tasks.documents.pdf.meant import says_the_same
from tasks.documents.pdf.twins import AS_TYPED


@pytest.mark.parametrize(
    ("named", "typed"),
    [
        ("⾛访家庭（⼾）", "走访家庭（户）"),
        ("⻰⻔镇", "龙门镇"),
        ("⺠政", "民政"),
        ("︵户︶", "（户）"),
        ("三⼗", "三十"),
    ],
)
def test_radicals_are_the_characters_they_look_like(named, typed):
    assert named.translate(AS_TYPED) == typed
    assert says_the_same(typed, named)


def test_nothing_else_is_another_character():
    assert "①３²一户龙".translate(AS_TYPED) == "①３²一户龙"


@pytest.mark.parametrize(("meant", "drawn"), [("80", "30"), ("走", "跑"), ("", "3"), ("1234", "123")])
def test_another_text_is_not_the_same(meant, drawn):
    assert not says_the_same(meant, drawn)
