"""The form with its last figure drawn in a way of its own, and what must come of it."""

from tasks.intake.judge import read_document
from tests.documents.pdf.paper import HEADS, LEFT, TOP, WIDE, form, text
from tests.intake.factory import CAMPAIGN, ROSTER

X = LEFT + 2 * WIDE
BASE = TOP - 40
OPEN = (HEADS, ("三泉镇", "3", ""))
NONE = (HEADS, ("三泉镇", "", ""))
MIDDLE = BASE + 4


def cell(said: str, at: float = 8, **drawn) -> str:
    """Words in the cell of the last figure."""
    return text(X + at, BASE, said, **drawn)


def with_figure(drawn: str) -> str:
    """The form with its last figure drawn in a way of its own."""
    return form(rows=OPEN, more=drawn)


def figures(reading) -> set:
    return {*(reading.values or {}).values(), *(v for row in reading.rows for v in row.values.values())} - {
        None
    }


def refused(content, why: str) -> None:
    """No table of the file is taken, the judge gives no figure and repeats the reason."""
    assert content.sheets == ()
    assert len(content.unread) == 1
    assert why in content.unread[0]
    reading = read_document(content, CAMPAIGN, ROSTER, filename="表.pdf")
    assert figures(reading) == set()
    assert [finding.code for finding in reading.findings] == ["WRONG_FORMAT"]
    assert content.unread[0] in reading.findings[0].text
