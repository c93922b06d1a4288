"""Rows of which one is what was done, and pieces of a time with their whole."""

import pytest

from tests.intake.forms.test_form import HEAD, codes, figures, read

TITLE: list[object] = ["填报单位：三泉镇"]
KINDS: list[object] = ["项目", *HEAD[1:]]
PIECES: list[object] = ["时段", *HEAD[1:]]


@pytest.mark.parametrize("done", ["完成数", "实际完成", "完成情况", "已完成"])
@pytest.mark.parametrize("plan", ["任务数", "计划数", "目标任务"])
def test_of_rows_of_a_task_and_what_was_done_the_done_is_read(plan: str, done: str):
    for rows in ([[plan, 9, 90], [done, 3, 30]], [[plan, 9, 90], [done, 3, 30], ["完成率", "33%", "33%"]]):
        found = read(TITLE, KINDS, *rows)
        assert (codes(found), figures(found)) == ([], (3, 30))


@pytest.mark.parametrize(
    "rows",
    [
        [["完成数", 3, 30], ["实际完成", 4, 40]],
        [["任务数", 9, 90], ["完成率", 3, 30]],
        [["任务数", 9, 90], ["完成数", 3, 30], ["大桥村", 4, 40]],
    ],
)
def test_rows_of_which_none_or_several_are_what_was_done_are_asked_about(rows: list[list[object]]):
    found = read(TITLE, KINDS, *rows)
    assert found.findings
    assert None in figures(found)


@pytest.mark.parametrize("whole", ["全月", "合计", "全月合计"])
@pytest.mark.parametrize("pieces", [("上半月", "下半月"), ("白天", "夜间"), ("上旬", "中旬")])
def test_the_whole_of_the_pieces_of_a_time_is_read(pieces: tuple[str, str], whole: str):
    found = read(TITLE, PIECES, [pieces[0], 3, 30], [pieces[1], 4, 40], [whole, 7, 70])
    assert (codes(found), figures(found)) == ([], (7, 70))


@pytest.mark.parametrize("rows", [[["全月", 8, 70]], [["全月", 7, 70], ["全年", 9, 90]], [["大桥村", 7, 70]]])
def test_a_whole_that_is_not_what_its_pieces_come_to_or_is_not_alone_is_asked_about(rows):
    found = read(TITLE, PIECES, ["上半月", 3, 30], ["下半月", 4, 40], *rows)
    assert found.findings
    assert None in figures(found)
