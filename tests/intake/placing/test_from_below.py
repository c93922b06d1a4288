"""A village's own text, sent by its town: it is not the town's summary."""

from dataclasses import replace

import pytest

from tasks.intake.judge import read_document
from tasks.intake.placing.place import place_mail
from tasks.intake.placing.placement import Document, Placement
from tasks.intake.placing.rules import Rules
from tasks.mail.parse import parse_mail
from tasks.terms.mails import as_file
from tasks.terms.obligation import Obligation
from tasks.terms.readings import Content
from tests.intake.factory import CAMPAIGN, ROSTER, SUMMARY
from tests.mail.letters import HEAD, plain

TOWN = "500119100"
VILLAGE = f"{TOWN}201"
BODY = "围绕五社联动、一小一老主题，广泛开展社会工作宣传活动，群众积极参与，反响良好。" * 5
OF_VILLAGE = f"三泉镇观音村宣传周活动总结\n{BODY}\n观音村村民委员会\n2023年4月3日"
OF_TOWN = f"三泉镇宣传周活动总结\n{BODY}\n三泉镇人民政府\n2023年4月3日"


def placed(*texts: str, summary: Obligation = SUMMARY) -> Placement:
    campaign = replace(CAMPAIGN, obligations=(summary, *CAMPAIGN.obligations[1:]))
    rules = Rules(campaign, ROSTER, {TOWN: ("summary",)})
    came = replace(parse_mail(plain("请查收", HEAD)), kind="submission", sender=f"u{TOWN}@town.example")
    documents = []
    for number, text in enumerate(texts):
        name, content = f"{number}.txt", Content("txt", text=text)
        reading = read_document(content, campaign, ROSTER, filename=name)
        documents.append(Document(as_file(name, text.encode()), content, reading))
    return place_mail(rules, came, documents)


def unit(text: str, filename: str = "") -> str | None:
    return read_document(Content("txt", text=text), CAMPAIGN, ROSTER, filename=filename).unit


def test_a_villages_summary_alone_is_for_a_person():
    found = placed(OF_VILLAGE)
    assert (found.placed, found.outcome) == ((), "queued")
    assert found.undecided[0].candidates == (TOWN,)
    assert "“三泉镇观音村社会工作室”的" in found.undecided[0].reasons[-1]


def test_beside_the_towns_own_it_goes_with_it_however_long_it_is():
    (report,) = placed(OF_VILLAGE.replace(BODY, BODY * 3), OF_TOWN).placed
    assert (report.unit, report.document.file.filename) == (TOWN, "1.txt")
    assert [f.filename for f in report.files] == ["1.txt", "0.txt"]


def test_where_villages_report_through_their_town_it_is_a_report():
    (report,) = placed(OF_VILLAGE, summary=replace(SUMMARY, through_parent=("studio",))).placed
    assert report.unit == TOWN


@pytest.mark.parametrize(
    ("text", "filename", "whose"),
    [
        (OF_VILLAGE, "", VILLAGE),
        (OF_VILLAGE, "观音村总结.docx", VILLAGE),
        (OF_VILLAGE.replace("\n观音村村民委员会", ""), "总结.docx", VILLAGE),
        (OF_VILLAGE.replace("\n观音村村民委员会", "\n三泉镇人民政府"), "", TOWN),
        (OF_VILLAGE.replace("\n观音村村民委员会", ""), "三泉镇总结.docx", TOWN),
        (OF_TOWN.replace("三泉镇宣传周", "三泉镇及观音村宣传周"), "", TOWN),
        (OF_TOWN, "", TOWN),
    ],
)
def test_a_village_named_behind_its_town_is_the_one_that_reports_unless_the_town_signs(text, filename, whose):
    assert unit(text, filename) == whose
