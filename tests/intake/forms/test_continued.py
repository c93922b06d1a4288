"""A table broken over the page under 续表 is one table; tables nobody calls so stay apart."""

import pytest

from tasks.intake.judge import read_document
from tasks.terms.readings import Content, Reading, Sheet
from tests.intake.factory import CAMPAIGN, ROSTER

MARKS = ["续表", "（续表）", "续上表", "续表1", "表1（续）", "统计表（续）", "接上页"]
TITLE = "“千场活动、万家走访”统计表"
TOWN = "填报单位：东城街道"
HEAD = ("村（社区）", "社区活动（场）", "走访家庭（户）")
FIRST = (HEAD, ("鼓楼坝社区", "3", "30"), ("长亭社区", "4", "31"))
SECOND = (HEAD, ("东街社区", "5", "32"), ("合计", "12", "93"))


def read(*parts: str | tuple, kind: str = "docx", town: str = TOWN) -> Reading:
    """A document of lines and tables, one below the other."""
    sheets, lines = [], [TITLE, town]
    for part in parts:
        if isinstance(part, str):
            lines.append(part)
        else:
            sheets.append(Sheet(f"表{len(sheets) + 1}", part))
            lines += [cell for row in part for cell in row if cell]
    return read_document(Content(kind, tuple(sheets), "\n".join(lines)), CAMPAIGN, ROSTER)


def codes(reading: Reading) -> list[str]:
    return [finding.code for finding in reading.findings]


def figures(reading: Reading) -> tuple[float | None, ...]:
    return tuple((reading.values or {}).get(name) for name in ("activities", "visits"))


@pytest.mark.parametrize("kind", ["docx", "doc", "pdf"])
@pytest.mark.parametrize(
    "mark", ["续表", "（续表）", "续上表", "续表1", "表1（续）", "统计表（续）", "接上页"]
)
def test_rows_under_the_words_that_a_table_goes_on_belong_to_it(kind: str, mark: str):
    assert figures(read(FIRST, mark, SECOND, kind=kind)) == (12, 93)


def test_a_total_that_is_not_the_sum_over_both_pages_is_asked_about():
    found = read(FIRST, "续表", (HEAD, ("东街社区", "5", "32"), ("合计", "13", "93")))
    assert ("TOTAL_MISMATCH" in codes(found), figures(found)) == (True, (None, 93))


def test_measures_that_go_on_over_the_page_are_one_form():
    head = ("项目", "计量单位", "数量")
    first, second = (head, ("社区活动", "场", "3")), (head, ("走访家庭", "户", "30"))
    found = read(first, "续表", second)
    assert (codes(found), figures(found)) == ([], (3, 30))


def test_a_table_that_goes_on_twice_is_one():
    found = read(FIRST, "续表", (HEAD, ("东街社区", "5", "32")), "续表", (HEAD, ("合计", "12", "93")))
    assert figures(found) == (12, 93)


def test_who_signed_in_a_table_of_its_own_changes_nothing():
    assert figures(read(FIRST, "续表", SECOND, (("填表人", "王某"),))) == (12, 93)


@pytest.mark.parametrize(
    "parts",
    [
        (FIRST, SECOND),
        (FIRST, "续表", SECOND, SECOND),
        (FIRST, "后续表彰另行通知", SECOND),
        (FIRST, "续表", (("村（社区）", "走访家庭（户）"), ("东街社区", "32"))),
    ],
)
def test_tables_nobody_says_go_on_stay_apart(parts: tuple):
    assert figures(read(*parts)) == (None, None)


def test_a_village_on_both_pages_is_not_counted_twice_in_silence():
    first, again = (HEAD, ("观音村", "3", "30")), (HEAD, ("观音村", "3", "30"), ("窑湾村", "5", "32"))
    found = read(first, "续表", again, town="填报单位：三泉镇")
    assert ("CONTRADICTION" in codes(found), figures(found)) == (True, (None, None))
