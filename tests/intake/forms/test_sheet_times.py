"""A workbook with a sheet a month: of a monthly report its own month's sheet is read, or a person asked."""

from dataclasses import replace
from datetime import date, time

import pytest

from tasks.intake.judge import read_document
from tasks.intake.placing.place import place_mail
from tasks.intake.placing.placement import Document
from tasks.intake.placing.rules import Rules
from tasks.mail.parse import parse_mail
from tasks.notice.tables import load_calendar
from tasks.notice.unfold import unfolded
from tasks.settings import SHIPPED, Home
from tasks.terms.due import Due, Recurrence
from tasks.terms.mails import as_file
from tasks.terms.obligation import Selector
from tasks.terms.readings import Content, Sheet
from tests.intake.factory import CAMPAIGN, FORM, ROSTER, SUMMARY
from tests.mail.letters import HEAD, mail, text

TOWN = "500119100"
MONTHLY = replace(
    FORM,
    id="monthly",
    title="月报表",
    due=Due(date=date(2023, 2, 5)),
    recurrence=Recurrence(every="monthly", until=date(2023, 6, 5)),
    owed_by=(Selector(kind="township"),),
    through_parent=(),
    quotas=(),
)
OF = unfolded(
    replace(CAMPAIGN, obligations=(SUMMARY, MONTHLY)), load_calendar(Home.at(SHIPPED)), lambda _: time(18)
)
RULES = Rules(OF, ROSTER, {TOWN: tuple(o.id for o in OF.obligations)})
CAME = replace(parse_mail(mail(text("x"), head=HEAD)), kind="submission", sender=f"u{TOWN}@town.example")
HEADS = ("社区活动（场）", "走访家庭（户）")


def sheet(month: int, figure: float, *, titled: bool = True) -> Sheet:
    title = f"2023年{month}月月报表" if titled else "月报表"
    return Sheet(f"{month}月", ((title,), ("填报单位：三泉镇",), HEADS, (figure, figure + 30)))


def placed(filename: str, *sheets: Sheet, subject: str = "月报"):
    content = Content("xlsx", sheets=sheets)
    document = Document(
        as_file(filename, b"x"), content, read_document(content, OF, ROSTER, filename=filename)
    )
    return place_mail(RULES, replace(CAME, subject=subject), [document], date(2023, 5, 4))


@pytest.mark.parametrize("titled", [True, False])
def test_the_sheet_of_the_month_the_file_is_named_for_is_the_report(titled):
    kept_all_year = [sheet(month, month * 10, titled=titled) for month in (1, 2, 3, 4)]
    (report,) = placed("三泉镇4月月报.xlsx", *kept_all_year).placed
    assert report.obligation == "monthly.2023-05-05"
    assert report.document.reading.values == {
        "activities": 40, "visits": 70, "served": None, "volunteers": None,
    }  # fmt: skip
    assert report.document.reading.findings == ()


@pytest.mark.parametrize(
    ("filename", "subject"), [("月报.xlsx", "3、4月月报"), ("月报.xlsx", "4月月报"), ("5月月报.xlsx", "月报")]
)
def test_where_the_name_does_not_say_which_sheet_a_person_is_asked_and_nobody_told_to_add_up(
    filename, subject
):
    found = placed(filename, sheet(3, 30), sheet(4, 40), subject=subject)
    assert found.placed == ()
    (waiting,) = found.undecided
    assert "看不出这次报的是哪一张工作表" in waiting.reasons[-1]


def test_sheets_that_name_no_time_are_left_as_they_are():
    notes = Sheet("说明", (("填报说明",),))
    (report,) = placed("4月月报.xlsx", notes, sheet(4, 40)).placed
    assert report.document.reading.values["activities"] == 40
