"""What LibreOffice wrote as .doc reads cell by cell as the .docx it was made of; see ``word_papers``."""

import pytest

from tasks.documents.parse import parse
from tasks.intake.judge import explain_document, read_document
from tasks.notice.load import load_campaign
from tasks.roster.read import read_roster
from tasks.settings import SHIPPED, Home
from tests.documents.word_papers import campaign_forms, kept, papers

FORMS = dict(campaign_forms())
BUILT = papers()


def tables(content) -> list:
    return [(s.name, [[*r] for r in s.rows], sorted(s.merged)) for s in content.sheets]


@pytest.mark.parametrize("name", BUILT)
def test_each_paper_reads_the_same_as_doc_and_as_docx(name):
    new, old = parse("表.docx", BUILT[name]), parse("表.doc", kept(f"{name}.doc"))
    assert tables(new), "a paper without a table tells nothing here"
    assert tables(old) == tables(new)
    assert (old.text, old.findings) == (new.text, ())


@pytest.mark.parametrize("name", BUILT)
def test_libreoffice_reads_the_same_cells_out_of_the_doc(name):
    assert tables(parse("表.docx", kept(f"{name}.docx"))) == tables(parse("表.doc", kept(f"{name}.doc")))


def test_what_is_left_out_of_a_figure_was_there_to_be_left_out():
    raw = kept("left-out.doc")
    assert all(figure.encode("utf-16le") in raw for figure in ("19", "28", "37"))
    (sheet,) = parse("表.doc", raw).sheets
    assert sheet.rows == (("a", "b", "c"), ("1", "2", "3"))


def test_merges_and_empty_cells_are_where_the_paper_has_them():
    (sheet,) = parse("表.doc", kept("merged.doc")).sheets
    assert sheet.rows[:2] == (
        ("单位", "完成情况", None, None, None),
        (None, "清淤沟渠（公里）", "整修山塘（口）", "投工投劳（人次）", "投入资金（万元）"),
    )
    assert sheet.rows[3] == ("乙村", "6", "4", "200", None)
    assert set(sheet.merged) == {(0, 1, 0, 4), (0, 0, 1, 0)}


@pytest.mark.parametrize("ending", ["doc", "wps"])
@pytest.mark.parametrize("name", FORMS)
def test_the_form_of_a_real_campaign_is_read_and_says_which_cells_its_figures_are_from(name, ending):
    home = Home.at(SHIPPED)
    campaign = load_campaign(home, name)
    roster = read_roster(home.config / campaign.roster)
    new = read_document(parse("表.docx", FORMS[name]), campaign, roster)
    old = read_document(parse(f"表.{ending}", kept(f"{name}.doc")), campaign, roster)
    said = explain_document(old, campaign, roster)
    assert said == explain_document(new, campaign, roster)
    assert said["findings"] == []
    assert [*said["values"].values()] == [61 + n for n in range(len(said["values"]))]
    assert next(iter(said["evidence"].values())) == "表1!B2"
