"""From when to when a recurring report is due, where the notice says so."""

import pytest
import yaml

from tasks.notice.draft.reading import draft_of
from tasks.notice.draft.shown.as_yaml import as_yaml
from tests.notice.draft.score import calendar
from tests.notice.draft.texts import asked, notice


def ends(body: str) -> tuple:
    (only,) = asked(body)
    return only["first"], only["until"]


TIME = "一、活动时间：2024年3月11日至4月30日。\n"


@pytest.mark.parametrize(
    ("sentence", "stretch"),
    [
        ("工作周报：每周四17:00前报送（首报3月14日，末报4月25日）。", ("2024-03-14", "2024-04-25")),
        ("每周五前报送周报（首次报送时间为3月15日，最后一次为4月26日）。", ("2024-03-15", "2024-04-26")),
        ("自3月12日起，每日16:00前报送日报。", ("2024-03-12", None)),
        ("自3月12日起至4月10日，每周一上午10点前报送周报。", ("2024-03-18", "2024-04-10")),
        ("1月至4月，每月10日前报送上月月报。", ("2024-03-10", "2024-04-30")),
        ("3月12日至4月10日，每月25日前报送月报。", ("2024-03-25", "2024-04-10")),
    ],
)
def test_a_rhythm_begins_and_ends_where_its_sentence_says(sentence, stretch):
    assert ends(sentence) == stretch


def test_during_the_work_is_from_its_first_to_its_last_day():
    assert ends(f"{TIME}活动期间，每周五前报送进展。") == ("2024-03-15", "2024-04-30")


@pytest.mark.parametrize(
    "body",
    [
        "每周五前报送进展。",
        f"{TIME}每周五前报送进展。",
        f"{TIME}二、重点时段：2024年4月1日至4月10日。\n期间，每周五前报送进展。",
        "统计期为3月1日至3月31日，每周五前报送进展。",
        "应急响应期间，每日8时前报送动态。",
        "自3月12日起，每月底前报送月报。",
    ],
)
def test_what_nobody_says_stays_open(body):
    assert ends(body)[1] is None
    if "自" not in body:
        assert ends(body)[0] is None


def test_a_day_that_is_none_of_the_rhythm_does_not_begin_it():
    assert ends("每周四17:00前报送周报（首报3月15日）。")[0] is None


def test_what_a_rhythm_is_changed_into_does_not_begin_with_it():
    daily, weekly = asked("自3月11日起每日10:00前报送日报，3月29日后改为每周一报送周报，至4月30日止。")
    assert (daily["first"], weekly["first"]) == ("2024-03-11", None)


def test_all_that_is_reported_during_the_work_begins_with_it():
    daily, weekly = asked(f"{TIME}活动期间，每日10:00前报送日报，每周一报送周报。")
    assert (daily["first"], weekly["first"]) == ("2024-03-11", "2024-03-11")


def test_the_campaign_file_holds_both_and_asks_for_neither():
    draft = draft_of(notice(f"{TIME}活动期间，每周五17:00前报送进展。"), calendar())
    text = as_yaml(draft, "c1")
    (only,) = yaml.safe_load(text)["obligations"]
    assert str(only["due"]["date"]) == "2024-03-15"
    assert str(only["recurrence"]["until"]) == "2024-04-30"
    assert "首期和末期是哪天" not in text
