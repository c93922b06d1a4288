"""What scanning and copying do to a text is undone, and every word can be shown as it stood."""

import pytest

from tasks.notice.draft.words.page import page_of


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("请 各 单 位 于 ３ 月 1 5 日 前 报 送", "请各单位于3月15日前报送"),
        ("请各单位于3\n月15日前报送", "请各单位于3月15日前报送"),
        (
            "请各单位认真总结，于3月15日前将工作总\n结报送我局",
            "请各单位认真总结，于3月15日前将工作总结报送我局",
        ),
        ("各单位要联动资源、\n\n履行职责", "各单位要联动资源、履行职责"),
        ("截止时间为17：30", "截止时间为17:30"),
        ("3 月 l0 日至3月2O日", "3月10日至3月20日"),
        ("电话：OOO-OOOO3O3O", "电话：000-00003030"),
        ("邮箱:a.b@unit.\nexample", "邮箱：a.b@unit.example"),
        ("甲(乙),丙;丁", "甲（乙），丙；丁"),
        ("甲。\n—2—\n乙", "甲。\n乙"),
        ("主题\r\n正文", "主题\n正文"),
    ],
)
def test_a_torn_line_is_made_whole(torn, whole):
    assert page_of(torn).text == whole


@pytest.mark.parametrize(
    "text",
    [
        "一、活动时间\n2024年3月1日",
        "联系人：方圆\n清河县教育局\n2024年3月5日",
        "电话：000-00000001\n清河县教育局",
        "关于开展检查的通知\n各单位：\n正文",
        "附件：1.统计表\n2.名单",
        "一、甲\n二、乙",
    ],
)
def test_lines_that_end_by_themselves_stay_apart(text):
    assert page_of(text).text == text


def test_letters_that_are_words_are_left_alone():
    assert (
        page_of("登录 OA 系统 https://oa.example/lOO1 上报").text == "登录OA系统https://oa.example/lOO1上报"
    )


def test_every_clean_character_knows_its_original():
    original = "请 各 单位\n于 ３月\n15 日前，报送。"
    page = page_of(original)
    assert len(page.text) == len(page.at)
    assert page.quote(0, len(page.text)) == original
    start = page.text.index("3月")
    assert page.quote(start, start + 2) == "３月"
    assert page.line_of(start) == 2


@pytest.mark.parametrize("text", ["", "\n\n", " ", "\u3000"])
def test_nothing_stays_nothing(text):
    assert page_of(text).text == ""


def test_a_broken_line_parts_no_word_but_a_blank_between_words_does():
    text = "为认真落实，润锦屏的书香 阅读向未\n来"
    page = page_of(text)
    assert page.spaced(6, len(page.text)) == "润锦屏的书香 阅读向未来"
