"""The two notices the product starts from, complete and exact; addresses and numbers are made up."""

import json

import pytest

from tests.notice.draft.score import CORPUS
from tests.notice.draft.texts import read

KEYS = (
    "name", "start", "end", "what", "due_date", "due_time", "inclusive", "recurrence", "roll", "who",
    "type", "address", "phone", "item", "min", "max", "per",
)  # fmt: skip


def found(name):
    return read((CORPUS / f"{name}.txt").read_text("utf-8"))


def only_contract(value):
    if isinstance(value, list):
        return [{key: row[key] for key in KEYS if key in row} for row in value]
    return value


@pytest.mark.parametrize("name", ["nanchuan", "haikou"])
def test_every_field_is_exactly_what_a_person_reads(name):
    wanted = json.loads((CORPUS / f"{name}.json").read_text("utf-8"))
    got = found(name)
    assert {key: only_contract(got[key]) for key in wanted} == wanted


def test_nanchuan_has_two_windows_and_no_date_for_the_figures_of_the_second():
    got = found("nanchuan")
    assert [(p["start"], p["end"]) for p in got["periods"]] == [
        ("2023-03-21", "2023-03-31"),
        ("2023-03-21", "2023-05-31"),
    ]
    assert [each["due_date"] for each in got["obligations"]] == ["2023-04-04"]
    assert "quotas_due" in got["unknown"]
    assert got["obligations"][0]["quote"] == "于4月4日前将活动总结电子版报区民政局（社会组织管理科）"


def test_haikou_reports_through_the_document_exchange_and_names_no_mail_address():
    got = found("haikou")
    assert [(c["type"], c["address"]) for c in got["channels"]] == [("document_exchange", None)]
    assert got["obligations"][0]["quote"] == "于4月10日前将总结材料通过公文系统报送我局"
    assert {"issue_date", "section"} <= set(got["unknown"])


@pytest.mark.parametrize("name", ["nanchuan", "haikou"])
def test_the_superiors_date_is_unknown_and_so_are_the_hour_and_the_area_code(name):
    got = found(name)
    assert got["superior_due"] is None
    assert {"superior_due", "obligations[0].due_time", "contacts[0].area_code"} <= set(got["unknown"])


@pytest.mark.parametrize("name", ["nanchuan", "haikou"])
def test_both_readings_of_a_bare_limit_are_shown(name):
    (doubt,) = [q for q in found(name)["questions"] if q["field"] == "obligations[0].inclusive"]
    assert doubt["readings"] == ["含当日", "不含当日"]
