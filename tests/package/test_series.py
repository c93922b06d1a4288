"""A target over a recurring report stands once in every paper, beside what the series came to."""

import io
import json

import openpyxl
import pytest

from tasks.package.data import summary_json
from tasks.package.documents.report import summary_report
from tasks.package.dossier import Dossier
from tasks.package.figures import figures
from tasks.package.sheets.workbook import summary_workbook
from tasks.status.assess import tally
from tests.package.documents.test_report import words
from tests.status.factory import CLOSE, ROSTER
from tests.status.test_series import ON, TWO_WEEKS, stand, weekly


def dossier(over):
    of = weekly(over)
    found = stand(of, *TWO_WEEKS)
    return Dossier(
        campaign=of, roster=ROSTER, as_of=ON, number=1, standings=found,
        tallies=tally(of, found, office_close=CLOSE),
    )  # fmt: skip


def report(over):
    return words(summary_report(made := dossier(over), figures(made)))


def targets(over):
    return [
        (each.obligation.id[-5:], t.done, t.lacking, t.open)
        for each in figures(dossier(over))
        for t in each.targets
    ]


@pytest.mark.parametrize(
    ("over", "expected"),
    [
        ("sum", [("03-31", 85.0, 15.0, 1)]),
        ("latest", [("03-31", 55.0, 45.0, 0)]),
        (None, [("03-31", None, None, 0)]),
        ("each", [("03-24", 40.0, 60.0, 0), ("03-31", 45.0, 55.0, 1)]),
    ],
)
def test_a_target_of_the_series_stands_once_with_the_last_occurrence_begun(over, expected):
    assert targets(over) == expected


@pytest.mark.parametrize(
    ("over", "said"),
    [
        ("sum", "已完成85户（各次报送数相加），尚差15户；数据不明或尚无数据的1份报表未计入。"),
        ("latest", "已完成55户（各单位最近一次累计数相加），尚差45户。"),
        (
            None,
            "各次报送数相加为85户，各单位最近一次报送数相加为55户；各次所报是当次新增还是累计尚待确认，未与目标对照。",
        ),
    ],
)
def test_the_report_says_what_was_held_against_the_target(over, said):
    lines = [line for line in report(over).splitlines() if "“百户走访”" in line and "目标为100户" in line]
    assert lines == [f"每周进度——“百户走访”（家庭走访）：目标为100户，{said}"]
    assert "与各期分别对照" not in report(over)


def test_a_target_of_every_occurrence_is_held_against_each_and_the_report_says_so():
    text = report("each")
    assert text.count("目标为100户") == 2
    assert "按每期定的目标与各期分别对照" in text


def test_an_occurrence_whose_turn_has_not_come_is_not_reported_on():
    text = report("sum")
    assert "每周进度（3月31日）" in text
    assert "每周进度（4月7日）" not in text
    book = openpyxl.load_workbook(io.BytesIO(summary_workbook(made := dossier("sum"), figures(made))))
    assert [name for name in book.sheetnames if "4月7日" in name] == []


@pytest.mark.parametrize(
    ("over", "row"),
    [
        ("sum", ["每周进度", "百户走访（家庭走访）：各次相加", 100, 85, 15, 1]),
        ("latest", ["每周进度", "百户走访（家庭走访）：各单位最近一次累计数相加", 100, 55, 45, 0]),
    ],
)
def test_the_workbook_has_one_line_for_it(over, row):
    book = openpyxl.load_workbook(io.BytesIO(summary_workbook(made := dossier(over), figures(made))))
    rows = [[c.value for c in line[:6]] for line in book["总览"].iter_rows()]
    assert [line for line in rows if line[2] == 100] == [row]


def test_the_workbook_gives_both_sums_while_nobody_knows_which_is_meant():
    book = openpyxl.load_workbook(io.BytesIO(summary_workbook(made := dossier(None), figures(made))))
    texts = [str(c.value) for line in book["总览"].iter_rows() for c in line]
    assert any("各次相加85，各单位最近一次相加55；当次新增还是累计待确认" in text for text in texts)
    assert any("“每周进度”各次所报的数是当次新增还是累计" in text for text in texts)


def test_the_data_give_both_sums_and_what_was_compared():
    made = dossier("sum")
    told = json.loads(summary_json(made, figures(made)))
    (target,) = [t for each in told["obligations"] for t in each["targets"]]
    assert target == {
        "field": "visits", "title": "百户走访", "required": 100, "done": 85, "lacking": 15, "open": 1,
        "series": "progress", "over": "sum", "sum": 85, "latest": 55,
    }  # fmt: skip
