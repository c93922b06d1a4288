"""What the units of a rehearsal write: the hour at which a rehearsal is run is no part of it."""

import io
import random
import time
from dataclasses import replace

import pytest
from docx import Document

from flows.rehearsal import papers
from tasks.documents.fillin import write_form
from tests.intake.factory import CAMPAIGN, FORM, ROSTER

TOWN = ROSTER["500119100"]
ROWS = ROSTER.children["500119100"]


def an_hour_later(monkeypatch: pytest.MonkeyPatch) -> None:
    later, real = time.time() + 3600, time.localtime
    monkeypatch.setattr("time.time", lambda: later)
    monkeypatch.setattr("time.localtime", lambda at=later: real(at))


def test_a_summary_written_an_hour_later_is_the_same_bytes(monkeypatch):
    first = papers.summary(CAMPAIGN, TOWN, None, random.Random(1))
    an_hour_later(monkeypatch)
    assert papers.summary(CAMPAIGN, TOWN, None, random.Random(1)) == first


def test_a_form_filled_in_an_hour_later_is_the_same_bytes(monkeypatch):
    said = papers.figures(FORM, ROWS, random.Random(1))
    first = papers.fill(write_form(CAMPAIGN, FORM, TOWN, ROWS), FORM, ROSTER, said)
    an_hour_later(monkeypatch)
    assert papers.fill(write_form(CAMPAIGN, FORM, TOWN, ROWS), FORM, ROSTER, said) == first


def test_a_campaign_whose_notice_names_no_period_is_rehearsed_all_the_same():
    campaign = replace(CAMPAIGN, windows=(), notice=replace(CAMPAIGN.notice, document_number=""))
    written = papers.summary(campaign, TOWN, None, random.Random(1))
    said = "".join(each.text for each in Document(io.BytesIO(written)).paragraphs)
    assert "开展了有关工作" in said
    assert "（）" not in said
