import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import get_args

import pytest

from tasks.status import report
from tasks.terms.due import Due
from tasks.terms.readings import Code
from tasks.terms.standings import DueMoment, State, Tally
from tests.status.factory import (
    AFTER,
    BEFORE,
    LATER,
    ROSTER,
    campaign,
    filled,
    form,
    obligation,
    standings,
    tallies,
    version,
)


def shown(*versions, of=None, letters_sent=None, queue=0, **facts):
    of = of or campaign()
    found = standings(*versions, of=of, **facts)
    return report.as_json(
        of, ROSTER, found, tuple(tallies(found, of).values()),
        as_of=LATER, letters_sent=letters_sent or {}, queue=queue,
    )  # fmt: skip


def row(answer, unit, obligation_id="summary"):
    return next(u for u in answer["units"] if (u["code"], u["obligation"]) == (unit, obligation_id))


def test_the_answer_has_every_key_of_the_contract():
    answer = shown(version())
    assert {"campaign", "as_of", "obligations", "units", "queue", "totals"} <= set(answer)
    obligation_keys = {
        "id",
        "due",
        "expected",
        "received",
        "on_time",
        "reporting_rate",
        "reporting_rate_on_time",
    }
    assert all(obligation_keys <= set(o) for o in answer["obligations"])
    unit_keys = {
        "code", "name", "obligation", "due", "due_explained", "state", "timeliness", "received_at", "version",
        "findings", "letters_sent", "values",
    }  # fmt: skip
    assert all(unit_keys <= set(u) for u in answer["units"])
    assert json.loads(json.dumps(answer, ensure_ascii=False, allow_nan=False)) == answer


def test_states_and_timeliness_are_the_contracts_words():
    answer = shown(
        version(1), version(2, State.RETURNED, AFTER, reporter="T2"), filled(3, nil=True, rows={}),
        waivers={("V3", "figures"): "撤并"},
    )  # fmt: skip
    assert {u["state"] for u in answer["units"]} <= {
        "missing",
        "received",
        "returned",
        "accepted",
        "nil",
        "waived",
    }
    assert {u["timeliness"] for u in answer["units"]} == {"on_time", "late", None}
    assert row(answer, "T1")["state"] == "accepted"
    assert row(answer, "T2")["state"] == "returned"
    assert row(answer, "T1", "figures")["state"] == "nil"
    assert row(answer, "V3", "figures")["state"] == "waived"


def test_moments_are_told_on_the_offices_clock():
    answer = shown(version())
    assert answer["as_of"] == "2023-04-20T00:00:00+08:00"
    assert row(answer, "T1")["received_at"] == "2023-04-03T10:00:00+08:00"
    assert row(answer, "T1")["due"] == "2023-04-04T23:59:59+08:00"
    assert answer["obligations"][0]["due"] == "2023-04-04T23:59:59+08:00"


def test_what_is_unknown_is_null_and_listed_as_unknown():
    of = campaign(obligation(due="unknown"))
    of = replace(of, superior=replace(of.superior, due="unknown"))
    answer = shown(version(), of=of)
    assert answer["obligations"][0]["due"] is None
    assert (row(answer, "T1")["due"], row(answer, "T1")["timeliness"]) == (None, None)
    assert answer["unknown"] == list(of.unknowns) != []
    assert row(shown(), "T1")["received_at"] is None


def test_figures_are_whole_where_they_are_whole_and_null_where_nobody_knows():
    rows = {"T1": {"activities": 3.0, "visits": None}, "V1": {"activities": 2.5, "visits": 0.0}}
    answer = shown(filled(rows=rows))
    assert json.dumps(row(answer, "T1", "figures")["values"]) == '{"activities": 3, "visits": null}'
    assert json.dumps(row(answer, "V1", "figures")["values"]) == '{"activities": 2.5, "visits": 0}'


def test_letters_are_counted_by_who_gets_them():
    answer = shown(letters_sent={"T1": 2})
    assert row(answer, "T1")["letters_sent"] == 2
    assert (row(answer, "V1", "figures")["letters_sent"], row(answer, "T2")["letters_sent"]) == (2, 0)


def test_counts_and_queue_are_told_as_they_are():
    answer = shown(version(1), version(2, received_at=AFTER, reporter="T2"), queue=4)
    first = answer["obligations"][0]
    assert (first["expected"], first["received"], first["on_time"]) == (2, 2, 1)
    assert (first["reporting_rate"], first["reporting_rate_on_time"], answer["queue"]) == (1.0, 0.5, 4)


def test_totals_add_what_is_known_and_count_what_is_not():
    rows = {
        "T1": {"activities": 3.0, "visits": None},
        "V1": {"activities": 2.0, "visits": 10.0},
        "V2": {"activities": None, "visits": 5.0},
    }
    total = report.totals(campaign(), standings(filled(rows=rows)))["figures"]
    assert total["activities"] == {
        "sum": 5, "units": 2, "unknown_units": 1, "quota": 15, "target": None, "target_title": None,
    }  # fmt: skip
    assert total["visits"] == {
        "sum": 15, "units": 2, "unknown_units": 1, "quota": None, "target": 100, "target_title": "百户走访",
    }  # fmt: skip


@pytest.mark.parametrize("verdict", [State.RETURNED, State.RECEIVED])
def test_totals_leave_out_figures_that_are_not_accepted(verdict):
    total = report.totals(campaign(), standings(filled(1, verdict)))["figures"]["activities"]
    assert (total["sum"], total["units"], total["unknown_units"]) == (0, 0, 0)


def test_a_nil_return_is_nought_and_a_waived_unit_owes_no_quota():
    total = report.totals(
        campaign(), standings(filled(nil=True, rows={}), waivers={("T2", "figures"): "灾情"})
    )
    assert total["figures"]["activities"] == {
        "sum": 0, "units": 3, "unknown_units": 0, "quota": 9, "target": None, "target_title": None,
    }  # fmt: skip


def test_a_figure_a_report_does_not_have_is_unknown_and_not_nought():
    total = report.totals(
        campaign(), standings(filled(rows={"T1": {"activities": 1.0}}, verdict=State.ACCEPTED))
    )
    assert (total["figures"]["visits"]["sum"], total["figures"]["visits"]["unknown_units"]) == (0, 1)


def test_only_obligations_with_figures_have_totals():
    assert list(report.totals(campaign(), standings())) == ["figures"]


def test_the_table_for_staff_is_chinese_without_address_or_telephone():
    found = standings(version(1, State.RETURNED, codes=("MISSING",)), held=frozenset({"T1"}))
    rows = report.rows_zh(campaign(), ROSTER, found)
    assert rows[0] == {
        "单位": "东坪镇", "层级": "镇街", "事项": "活动总结",
        "状态": "已退回（有件待确认）", "是否按时": "按时",
        "收到时间": "4月3日（周一）10:00", "时限": "4月4日（周二）24:00", "版本": "1", "问题": "缺项",
    }  # fmt: skip
    assert list(rows[0])[:2] == ["单位", "状态"]  # all that a telephone shows at once
    assert rows[1]["状态"] == "未报"
    assert (rows[1]["收到时间"], rows[1]["版本"], rows[1]["是否按时"]) == ("", "", "")
    assert "example" not in str(rows)
    assert "000-" not in str(rows)
    assert "MISSING" in get_args(Code)


def test_an_unknown_due_moment_is_shown_as_open():
    of = campaign(form(due="unknown"))
    assert report.rows_zh(of, ROSTER, standings(of=of))[0]["时限"] == "待定"


def test_the_status_in_words_names_counts_rate_and_queue():
    found = standings(version())
    text = report.in_words(campaign(), tuple(tallies(found).values()), queue=3)
    assert "活动总结：应报 2，已报 1，按时 1，报送率 50.0%" in text
    assert "待人工确认 3 件" in text
    assert "待人工确认" not in report.in_words(campaign(), tuple(tallies(found).values()), queue=0)


def test_a_rate_of_nothing_is_a_dash():
    assert (report.percent(None), report.percent(0.0), report.percent(2 / 3)) == ("—", "0.0%", "66.7%")


def test_a_run_is_named_by_its_first_dated_obligation():
    found = standings(filled(), of=(of := campaign(obligation(due="unknown"), form())))
    assert report.reported(iter(tallies(found, of).values()), LATER) == "3/5"
    undated = campaign(obligation(due="unknown"))
    assert report.reported(iter(tallies(standings(version(), of=undated), undated).values()), LATER) == "1/2"


def test_a_run_is_named_by_what_is_due_next_and_when_all_is_over_by_the_last():
    first, last = (
        Tally("march", DueMoment(BEFORE, ""), 9, 8, 8),
        Tally("april", DueMoment(LATER, ""), 9, 1, 1),
    )
    assert report.reported([first, last], BEFORE) == "8/9"
    assert report.reported([first, last], BEFORE + timedelta(seconds=1)) == "1/9"
    assert report.reported([last, first], LATER + timedelta(days=9)) == "1/9"


def test_owed_is_what_is_missing_or_returned():
    found = standings(
        version(1, State.RETURNED, BEFORE),
        filled(2, rows={"T1": {"activities": 1.0}}),
        waivers={("V1", "figures"): "撤并"},
    )
    assert [(s.unit, s.obligation) for s in report.still_owed(found)] == [
        ("T1", "summary"), ("T2", "summary"), ("T2", "figures"), ("V2", "figures"), ("V3", "figures"),
    ]  # fmt: skip


def test_rates_by_tier_and_kind_stand_beside_the_whole():
    found = shown(version(1), filled(2))
    assert set(found["rates"]) == {"tier", "kind"}
    (summary, *_) = found["rates"]["tier"]
    assert summary == {
        "obligation": "summary", "group": "镇街", "expected": 2, "received": 1, "on_time": 1,
        "reporting_rate": 0.5, "reporting_rate_on_time": 0.5,
    }  # fmt: skip


def test_without_a_due_moment_no_rate_on_time_is_given_for_a_group():
    (only,) = shown(version(1), of=campaign(obligation(due="unknown")))["rates"]["tier"]
    assert (only["on_time"], only["reporting_rate_on_time"]) == (None, None)


def test_due_late_and_closed_are_told_apart():
    closes = datetime(2023, 4, 10, 18)
    late, closed = (campaign(obligation(closes=c)) for c in (None, closes))
    assert [shown(of=of)["obligations"][0]["phase"] for of in (late, closed)] == ["late", "closed"]
    assert shown(of=closed)["obligations"][0]["closes"] == "2023-04-10T18:00:00+08:00"


def test_who_is_at_risk_is_named_without_address():
    of = campaign(obligation(due=Due(date=date(2023, 4, 20))))
    found = report.as_json(
        of, ROSTER, standings(of=of), (), as_of=LATER, letters_sent={}, queue=0, conflicts=["甲"]
    )
    assert [(r["code"], r["reasons"]) for r in found["at_risk"]] == [
        ("T1", ["距时限不足 24 小时，尚未收到"]),
        ("T2", ["距时限不足 24 小时，尚未收到", "名册中没有邮箱，提醒送不到"]),
    ]
    assert found["conflicts"] == ["甲"]


def test_before_anything_has_begun_nothing_is_reported_of_nothing():
    assert report.reported([], LATER) == "0/0"


def test_figures_of_an_obligation_whose_day_has_not_come_are_not_summed():
    of = campaign(obligation(), form(since=date(2023, 5, 1)), form(id="begun", since=date(2023, 4, 1)))
    assert set(shown(of=of)["totals"]) == {"begun"}
