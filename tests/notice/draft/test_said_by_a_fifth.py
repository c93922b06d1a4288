"""Wordings of a fifth writer, who never saw the rules: what must not be read out of them comes first."""

import pytest

from tests.notice.draft.texts import asked, notice, read

FLOOD = "汛期为2024年5月1日至9月30日。"


@pytest.mark.parametrize(
    "event", ["处置结束后", "险情处置完成后", "救援工作完成后的抽查结束后", "应急响应结束后"]
)
def test_the_end_of_an_event_is_not_the_end_of_the_only_period(event):
    (only,) = asked(f"{FLOOD}{event}3日内将终报报县教育局。")
    assert only["due_date"] is None


@pytest.mark.parametrize("event", ["汛期结束后", "活动结束后", "此项工作结束后"])
def test_the_end_of_the_work_is_the_end_of_the_only_period(event):
    (only,) = asked(f"{FLOOD}{event}3日内将总结报县教育局。")
    assert only["due_date"] == "2024-10-03"


@pytest.mark.parametrize(
    "purpose", ["以便汇总后于3月18日前上报市局", "便于县局3月18日前报市教育局", "以便我局于3月18日前报送省厅"]
)
def test_what_the_reports_are_wanted_for_is_nobodys_duty(purpose):
    found = read(notice(f"请各校于3月8日前将总结报县教育局，{purpose}。"))
    assert [each["due_date"] for each in found["obligations"]] == ["2024-03-08"]
    assert found["superior_due"] == "2024-03-18"
