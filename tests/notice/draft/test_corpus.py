"""Notices read by a person first: what the rules find is what the person found."""

import re
from collections import Counter
from datetime import date
from functools import cache

import pytest

from tests.notice.draft.score import (
    CORPUS,
    LISTS,
    SCALARS,
    UNSEEN,
    UNSEEN_AGAIN,
    calendar,
    count,
    drafted,
    examples,
    plain,
    verdicts,
)
from tests.notice.draft.score import FOLDERS as EVERY_FOLDER
from tests.notice.draft.texts import read

FOLDERS = {folder.name: folder for folder in EVERY_FOLDER}
EVERY = [(name, stem) for name, folder in FOLDERS.items() for stem, _, _ in examples(folder)]
CERTAIN = (
    "issuer", "doc_number", "title", "issue_date", "superior_document", "superior_due", "is_reporting_notice",
    "periods", "obligations", "channels", "contacts", "campaign_targets",
)  # fmt: skip
"""Dates, numbers and addresses: here an invented value is worse than ten missing ones."""


MISSED = {"section": 0.08}
counted = cache(count)


def example(folder, stem):
    return next((text, drafted(text)) for name, text, _ in examples(FOLDERS[folder]) if name == stem)


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("field", CERTAIN)
def test_no_date_number_or_address_is_invented(folder, field):
    assert counted(FOLDERS[folder])[field, "invented"] == 0


@pytest.mark.parametrize("field", [*SCALARS, *LISTS])
def test_of_every_field_almost_everything_is_found(field):
    total = sum((counted(folder) for folder in FOLDERS.values()), Counter())
    right, missed, invented = (total[field, each] for each in ("right", "missed", "invented"))
    assert right > 0
    assert missed <= MISSED.get(field, 0.06) * (right + missed)
    assert invented <= 0.04 * (right + invented)


@pytest.mark.parametrize(("folder", "stem"), EVERY)
def test_every_quote_stands_in_the_notice_word_for_word(folder, stem):
    text, found = example(folder, stem)
    rows = [
        row
        for key in ("periods", "obligations", "channels", "contacts", "quotas", "campaign_targets")
        for row in found[key]
    ]
    for row in (*rows, *found["evidence"].values()):
        assert row["quote"]
        assert row["quote"] in text
        assert row["quote"].split("\n")[0] in "\n".join(text.split("\n")[row["line"] - 1 :])


@pytest.mark.parametrize(("folder", "stem"), EVERY)
def test_what_is_not_said_is_listed_as_unknown(folder, stem):
    _, found = example(folder, stem)
    for name in ("issuer", "doc_number", "title", "issue_date", "superior_document", "theme", "section"):
        assert (found[name] is None) == (name in found["unknown"])
    for n, each in enumerate(found["obligations"]):
        if each["due_date"] is None:
            assert f"obligations[{n}].due_date" in found["unknown"]
        if each["due_time"] is None and not each["recurrence"] and each["due_date"]:
            assert f"obligations[{n}].due_time" in found["unknown"]
    assert [q["field"] for q in found["questions"]] == found["unknown"]
    assert all(re.search("[\u4e00-\u9fff]", q["question"]) for q in found["questions"])


@pytest.mark.parametrize(("folder", "stem"), EVERY)
def test_a_due_date_names_a_day_the_calendar_has_and_never_one_before_the_notice(folder, stem):
    _, found = example(folder, stem)
    issued = found["issue_date"] or "0000"
    for each in found["obligations"]:
        if each["due_date"]:
            assert date.fromisoformat(each["due_date"])
            assert each["due_date"] >= issued


def test_the_corpus_is_large_and_of_many_fields():
    assert len(list(CORPUS.glob("*.txt"))) >= 36
    assert len(list(UNSEEN.glob("*.txt"))) + len(list(UNSEEN_AGAIN.glob("*.txt"))) >= 24
    offices = {wanted.get("issuer") for folder in FOLDERS.values() for _, _, wanted in examples(folder)}
    assert len(offices) >= 55


def test_the_score_counts_a_wrong_date_as_invented_and_as_missed():
    found = {"obligations": [{"what": "总结", "due_date": "2024-03-05", "recurrence": None}]}
    wanted = {"obligations": [{"what": "总结", "due_date": "2024-03-06", "recurrence": None}]}
    told = [(name, verdict) for name, verdict, _ in verdicts(found, wanted)]
    assert ("obligations", "invented") in told
    assert ("obligations", "missed") in told


def test_reading_twice_gives_the_same():
    text = (CORPUS / "nanchuan.txt").read_text("utf-8")
    assert read(text) == read(text)
    assert calendar() is not None
    assert plain("《总 结》") == "总结"
