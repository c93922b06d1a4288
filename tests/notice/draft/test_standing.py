"""Reports an event calls for: told to the clerk, and no obligation of anybody's."""

import pytest

from tasks.notice.draft.reading import draft_of
from tasks.notice.draft.shown.as_yaml import as_yaml
from tests.notice.draft.score import calendar
from tests.notice.draft.texts import notice, read

REPORT = "请各校于3月18日前将总结报县教育局。"


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        (
            "发生险情灾情的，须在事发后30分钟内电话首报，1小时内书面续报。",
            "须在事发后30分钟内电话首报，1小时内书面续报",
        ),
        ("重大矛盾纠纷须第一时间电话报告。", "重大矛盾纠纷须第一时间电话报告"),
        ("遇重大舆情，2小时内将书面情况报县委办。", "2小时内将书面情况报县"),
        ("突发事件半小时内上报。", "突发事件半小时内上报"),
    ],
)
def test_what_must_be_told_within_hours_of_an_event_is_shown(sentence, quote):
    found = read(notice(REPORT + sentence))
    assert [each["quote"] for each in found["standing_orders"]] == [quote]
    assert [each["due_date"] for each in found["obligations"]] == ["2024-03-18"]


@pytest.mark.parametrize(
    "sentence", ["公示时间不少于24小时。", "每次巡查1小时，做好记录。", "12小时降雨量达80毫米。"]
)
def test_hours_without_a_report_are_no_order(sentence):
    assert read(notice(REPORT + sentence))["standing_orders"] == []


def test_the_campaign_file_says_that_nobody_is_chased_for_them():
    text = as_yaml(draft_of(notice(f"{REPORT}发生险情的，30分钟内首报。"), calendar()), "x")
    assert "# 突发情况即时报告，不是定期报送，不列入本专项，也不催报：“30分钟内首报”" in text
