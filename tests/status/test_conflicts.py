"""What the staff granted and the notice says may contradict each other: it is shown, never hidden."""

from dataclasses import replace
from datetime import timedelta

from tasks.status.assess import Facts
from tasks.status.conflicts import after_closing, conflicts, doubts
from tasks.terms import times
from tasks.terms.standings import State
from tests.status.factory import (
    AFTER,
    CLOSE,
    DUE,
    LATER,
    ROSTER,
    campaign,
    filled,
    form,
    obligation,
    standings,
    version,
)

KEY = ("T1", "summary")


def told(*versions, of=None, as_of=LATER, **facts):
    return list(
        conflicts(of or campaign(obligation()), ROSTER, Facts(versions, **facts), as_of, office_close=CLOSE)
    )


def until(text):
    return {KEY: times.parse(text)}


def test_an_extension_later_than_the_notice_is_no_conflict():
    assert told(extensions=until("2023-04-06T18:00")) == []
    assert told() == []


def test_an_extension_that_gives_nothing_is_shown():
    assert told(extensions=until("2023-04-03T18:00")) == [
        "东坪镇“活动总结”准予延期至2023年4月3日（周一）18:00，不晚于通知时限2023年4月4日（周二）24:00，按通知时限计"
    ]
    assert len(told(extensions={KEY: DUE})) == 1


def test_an_extension_past_the_superiors_day_is_shown():
    of = replace(
        campaign(obligation()), superior=replace(campaign().superior, due=times.parse("2023-04-10T18:00"))
    )
    assert told(of=of, extensions=until("2023-04-11T18:00")) == [
        "东坪镇“活动总结”准予延期至2023年4月11日（周二）18:00，晚于上级时限2023年4月10日（周一）18:00"
    ]


def test_an_extension_to_the_superiors_or_the_packages_own_moment_is_no_conflict():
    moment = times.parse("2023-04-10T18:00")
    to_superior = replace(campaign(obligation()), superior=replace(campaign().superior, due=moment))
    to_package = replace(campaign(obligation()), package=replace(campaign().package, at=moment))
    for of in (to_superior, to_package):
        assert told(of=of, extensions={KEY: moment}) == []
        assert len(told(of=of, extensions={KEY: moment + timedelta(seconds=1)})) == 1


def test_what_concerns_one_unit_and_obligation_is_told_by_itself():
    of, other = campaign(obligation()), ("T2", "summary")
    facts = Facts((), extensions={KEY: DUE, other: DUE}, waivers={KEY: "灾情"})

    def about(key):
        return doubts(of, ROSTER, facts, LATER, office_close=CLOSE, about=key)

    everything = conflicts(of, ROSTER, facts, LATER, office_close=CLOSE)
    assert [line[:3] for line in everything] == ["东坪镇", "西坪镇", "东坪镇"]
    assert about(KEY) == (everything[0], everything[2])
    assert about(other) == (everything[1],)
    assert about(("T1", "figures")) == ()


def test_an_extension_past_the_package_is_shown():
    of = replace(
        campaign(obligation()), package=replace(campaign().package, at=times.parse("2023-04-05T18:00"))
    )
    assert told(of=of, extensions=until("2023-04-07T18:00")) == [
        "东坪镇“活动总结”准予延期至2023年4月7日（周五）18:00，晚于汇总呈报2023年4月5日（周三）18:00，届时到的只能编入补报件"
    ]


def test_an_extension_past_the_package_is_nothing_to_do_once_the_report_is_there():
    of = replace(
        campaign(obligation()), package=replace(campaign().package, at=times.parse("2023-04-05T18:00"))
    )
    granted = until("2023-04-07T18:00")
    assert told(version(), of=of, extensions=granted) == []
    assert len(told(version(1, State.RETURNED), of=of, extensions=granted)) == 1


def test_a_unit_both_excused_and_extended_is_shown():
    found = told(extensions=until("2023-04-06T18:00"), waivers={KEY: "灾情"})
    assert found == ["东坪镇“活动总结”既已免报（灾情），又准予延期，请核实以哪一项为准"]


def test_a_unit_excused_that_reported_all_the_same_is_shown():
    assert told(version(), waivers={KEY: "灾情"}) == [
        "东坪镇“活动总结”已免报（灾情），但收到了报件，按已报计"
    ]


def test_a_unit_excused_whose_report_was_sent_back_is_excused_and_no_conflict():
    assert told(version(1, State.RETURNED), waivers={KEY: "灾情"}) == []


def test_a_report_after_the_closing_is_told_once_for_all_it_speaks_of():
    of = campaign(form(closes=DUE))
    found = standings(filled(received_at=AFTER), of=of, as_of=LATER)
    assert [s.unit for s in found if s.too_late] == ["T1", "V1", "V2"]
    assert after_closing(of, ROSTER, found) == (
        "东坪镇“统计表”有报件在截止接收以后才到，未计入：要计入的用“人工通过”，不计入的用“退回补正”",
    )
    assert after_closing(of, ROSTER, standings(filled(), of=of, as_of=LATER)) == ()


def test_an_act_for_a_unit_that_does_not_owe_it_is_shown():
    granted = {("G1", "summary"): times.parse("2023-04-06T18:00")}
    assert told(extensions=granted) == ["某社会工作服务中心不承担“活动总结”，准予的延期不起作用"]
    assert told(waivers={("G1", "summary"): "x"}) == ["某社会工作服务中心不承担“活动总结”，免报不起作用"]


def test_an_act_on_what_is_no_longer_in_the_files_is_shown():
    granted = {("T9", "summary"): DUE, ("T1", "gone"): DUE}
    assert told(extensions=granted) == [
        "名册中已没有代码为“T9”的单位，准予的延期不起作用",
        "东坪镇的“gone”已不在专项文件中，准予的延期不起作用",
    ]
