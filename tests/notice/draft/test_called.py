"""No two reports of a draft bear one name: validate refuses them, and no clerk could tell them apart."""

import pytest

from tasks.notice.draft.reading import draft_of
from tasks.notice.draft.shown.as_yaml import as_yaml
from tasks.notice.draft.shown.called import called
from tests.notice.draft.score import FOLDERS, calendar, examples
from tests.notice.draft.texts import notice


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("各校于3月8日前报送方案，3月20日前报送总结。", ["方案", "总结"]),
        (
            "各校于3月20日前将总结报县教育局，各镇于3月15日前报送。",
            ["总结（各校）", "总结（各镇）"],
        ),
        (
            "整改情况报告，分别于4月3日、7月3日前报送。",
            ["整改情况报告（4月3日）", "整改情况报告（7月3日）"],
        ),
    ],
)
def test_a_name_says_more_only_where_it_must(body, names):
    assert called(draft_of(notice(body), calendar()).obligations) == names


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_no_notice_read_so_far_gives_two_reports_of_one_name(folder):
    for stem, text, _ in examples(folder):
        found = draft_of(text, calendar())
        names = [name for name in called(found.obligations) if name]
        assert len(set(names)) == len(names), stem
        assert all(name in as_yaml(found, "x") for name in names)
