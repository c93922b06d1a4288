"""The page a clerk reads after pasting a notice."""

import pytest

from tasks.notice.draft.reading import draft_of
from tasks.notice.draft.shown.shown import FENCE, page
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


def test_what_is_to_be_asked_is_a_list_without_the_names_a_program_gives_it():
    text = "某局\n某发〔2026〕1号\n关于报送总结的通知\n各镇：\n请于5月8日前报送总结。\n"
    head = page(draft_of(text, calendar()), "x").partition("## 专项草稿")[0]
    asked = [line for line in head.splitlines() if line[:1].isdigit()]
    assert len(asked) > 2
    assert asked[0].startswith("1. ")
    assert any(line.endswith("（两种读法：含当日 / 不含当日）") for line in asked)
    assert "|" not in head
    assert "superior" not in head
