"""Labels of our own forms: the star before what must be filled in is no word of theirs."""

import pytest

from tasks.intake.words.labels import vocabulary
from tasks.terms.obligation import Field

FIELDS = (Field(id="count", title="笔数", unit="笔"), Field(id="rest", title="差额", unit="元", whole=False))


@pytest.mark.parametrize("label", ["差额（元）", "*差额\n（元）", "＊差额(元)"])
def test_a_figure_named_by_a_mark_alone_is_asked_for_with_or_without_the_star(label):
    assert [hit.field for hit in vocabulary(FIELDS, frozenset({2026})).hits((label,))] == ["rest"]
