"""The page a clerk reads after pasting a notice."""

import pytest

from tasks.notice.draft.reading import draft_of
from tasks.notice.draft.shown import FENCE, page
from tests.notice.draft.score import CORPUS, calendar, examples


@pytest.mark.parametrize(("stem", "text", "wanted"), list(examples(CORPUS))[:12], ids=lambda v: str(v)[:20])
def test_the_questions_come_first_then_the_file_to_copy(stem, text, wanted):
    made = draft_of(text, calendar())
    shown = page(made, stem)
    head, _, rest = shown.partition("## 专项草稿")
    assert wanted["title"][:4] in head
    assert rest.startswith(f" {stem}.yaml")
    assert "obligations:" in rest
    assert shown.count(FENCE) == 2
    assert ("须问清的" in head) or ("没有需要再问的" in head)


def test_markup_in_a_notice_takes_no_effect():
    text = "某局\n某发〔2026〕1号\n关于<script>报送|总结*的通知\n各镇：\n请于5月8日前报送总结。\n"
    head = page(draft_of(text, calendar()), "x").partition("````yaml")[0]
    assert "<script>" not in head
    assert "报送\\|总结\\*" in head
