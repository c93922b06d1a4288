"""A place in a file is told as people say it, wherever in a sentence it stands."""

import pytest

from tasks.terms.places import in_words


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("填报表!D5 的“社区活动”填的是 -3，请核对", "“填报表”D5格的“社区活动”填的是 -3，请核对"),
        ("请核实（见 Sheet1!C7）", "请核实（见 “Sheet1”C7格）"),
        ("总结正文与统计表 填报表!AB12 的数字不一致", "总结正文与统计表 “填报表”AB12格的数字不一致"),
        ("表1!C2 的“走访”未填", "表1第2行第3列的“走访”未填"),
        ("表2!AA10、表2!B3 都有数", "表2第10行第27列、表2第3行第2列都有数"),
        ("第1页表1!C2 有划线涂改", "第1页表1第2行第3列有划线涂改"),
        ("统计表!12:12 的单位看不出", "“统计表”第12行的单位看不出"),
        ("统计表!12:15 重复", "“统计表”第12至15行重复"),
        ("表1!2:4 重复", "表1第2至4行重复"),
        ("填报表!D5:J5", "“填报表”D5:J5格"),
    ],
)
def test_a_place_is_told_as_people_say_it(kept, said):
    assert in_words(kept) == said


@pytest.mark.parametrize("text", ["辛苦了!A组第1名", "时间是 10:30", "请选零报告!", "", "表1的数字"])
def test_what_is_no_place_is_left_as_it_is(text):
    assert in_words(text) == text


@pytest.mark.parametrize("text", ["字" * 200_000, "第1" * 100_000])
def test_a_text_without_end_is_looked_through_once(text):
    assert in_words(text) == text
