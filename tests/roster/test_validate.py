"""What a campaign file contradicts is named with its field before anything starts."""

import re

import pytest

from flows.__main__ import main
from tasks.notice.load import load_campaign
from tasks.roster.duty import owing
from tasks.roster.read import read_roster
from tasks.roster.validate import ensure_sound, validate
from tasks.terms.errors import Misconfigured
from tests.notice.homes import HAIKOU, NANCHUAN, campaign_file, new_home, replace_in
from tests.roster.contradictions import WRONG


@pytest.fixture
def home(tmp_path):
    return new_home(tmp_path)


def found(home, campaign=NANCHUAN):
    """Every contradiction, whether it stops the reading or is listed."""
    try:
        return validate(home, campaign)
    except Misconfigured as fault:
        return [str(fault)]


def only(home, campaign=NANCHUAN):
    lines = found(home, campaign)
    assert len(lines) == 1, lines
    return lines[0]


@pytest.mark.parametrize("campaign", [NANCHUAN, HAIKOU])
def test_the_shipped_campaigns_contradict_nothing(home, campaign):
    assert validate(home, campaign) == []
    ensure_sound(home, campaign)


@pytest.mark.parametrize("what", WRONG)
def test_a_contradiction_is_one_line_with_file_line_field_and_what_belongs_there(home, what):
    old, new, field, said = WRONG[what]
    replace_in(campaign_file(home), old, new)
    line = next((each for each in found(home) if f"行 {field}：" in each), None)
    assert line, found(home)
    assert re.match(rf"config/campaigns/{NANCHUAN}\.yaml 第 \d+ 行 ", line)
    assert said in line.partition("：")[2]
    assert "\n" not in line


def test_what_a_draft_could_not_know_is_asked_for_all_at_once_in_the_order_of_the_file(home):
    path = campaign_file(home)
    for old, new in (
        ("roster: rosters/nanchuan.csv", "roster: unknown"),
        ("      - kind: township\n", "      - kind: unknown\n"),
        ("  - {kind: maildir, path: var/mail/inbox}", "  - {kind: imap, account: unknown}"),
        ("  at: 2023-04-04T18:00", "  at: unknown"),
    ):
        replace_in(path, old, new)
    told = [line.partition(" 行 ")[2] for line in found(home)]
    assert told == [
        "roster：还没有填，请把 unknown 换成：名册文件，如 rosters/名册.csv",
        "obligations[0].owed_by[1].kind：还没有填，请把 unknown 换成：名册“类别”一列里的词，几类的写几条",
        "sources[0].account：还没有填，请把 unknown 换成：config/office.yaml 里的邮箱账户名",
        "package.at：还没有填，请把 unknown 换成：汇总呈报的时刻，写作 2023-04-04T18:00",
    ]


def test_contradictions_are_told_in_the_order_of_the_file(home):
    path = campaign_file(home)
    replace_in(path, "name: 吴琪", "name: unknown")
    replace_in(path, "title: 活动总结\n", "title: unknown\n")
    replace_in(path, "at: 2023-04-04T18:00", "at: 2023-04-01T18:00")
    lines = [int(line.split(" 第 ")[1].split(" 行")[0]) for line in found(home)]
    assert lines == sorted(lines)
    assert len(lines) == 3


@pytest.mark.parametrize("what", WRONG)
def test_the_command_ends_with_2_and_says_so_without_a_traceback(home, capsys, what):
    replace_in(campaign_file(home), *WRONG[what][:2])
    assert main(["--home", str(home.root), "validate", NANCHUAN]) == 2
    said = capsys.readouterr()
    assert WRONG[what][2] in said.err
    assert said.out == ""
    assert "Traceback" not in said.err
    assert not (home.root / "var" / "faults.log").exists()


def test_every_contradiction_is_listed_not_the_first_alone(home):
    path = campaign_file(home)
    replace_in(path, "window: week", "window: weeks")
    replace_in(path, "account: capture", "account: office")
    replace_in(path, "template: start}", "template: begin}")
    assert len(validate(home, NANCHUAN)) == 3
    with pytest.raises(Misconfigured, match="（另有 2 处）"):
        ensure_sound(home, NANCHUAN)


def test_a_digest_to_leaders_the_office_does_not_name_is_a_contradiction(home):
    replace_in(home.config / "office.yaml", "leaders: [fenguan@minzheng.example]", "leaders: []")
    assert "ladder[7].audience：" in only(home)
    assert "leaders" in only(home)


def test_rungs_for_one_obligation_and_rungs_counted_in_hours_contradict_nothing(home):
    path = campaign_file(home)
    replace_in(path, "template: start}", "template: start, obligations: [summary, figures]}")
    replace_in(path, "working_days: -5, ", "hours_before: 1, ")
    replace_in(path, "working_days: 1, ", "hours_after: 1, ")
    assert found(home) == []


def test_a_window_of_one_day_and_a_package_at_the_superiors_very_hour_contradict_nothing(home):
    path = campaign_file(home)
    replace_in(path, "end: 2023-03-31", "end: 2023-03-21")
    replace_in(path, "  due: unknown                       # 通知没有写市局", "  due: 2023-04-04T18:00 # ")
    assert found(home) == []


def test_units_of_the_roster_may_be_named_and_left_out(home):
    named = '- {kind: street, units: ["500119001", "500119002"], exclude: ["500119002"]}'
    replace_in(campaign_file(home), "- kind: street", named)
    assert found(home) == []


def test_a_single_contradiction_is_told_alone_and_speaks_of_no_others(home):
    replace_in(campaign_file(home), "working_days: -5, ", "")
    said = only(home)
    with pytest.raises(Misconfigured) as fault:
        ensure_sound(home, NANCHUAN)
    assert str(fault.value) == said


def test_the_line_named_is_the_line_it_stands_on(home):
    number = replace_in(campaign_file(home), "window: week", "window: weeks")
    assert f"第 {number} 行" in only(home)


def test_an_obligation_added_with_working_days_of_an_unpublished_year_leaves_plain_dates_working(home):
    path = campaign_file(home, HAIKOU)
    for old, new in (
        ("2023-04-10\n", "2028-04-10\n"),
        ("2023-04-10T", "2028-04-10T"),
        ("2023-04-17T", "2028-04-17T"),
    ):
        replace_in(path, old, new)
    due = load_campaign(home, HAIKOU).obligation("summary").due
    assert (due.date.isoformat(), "how" in vars(due)) == ("2028-04-10", False)


def test_an_inner_deadline_after_the_obligations_own_day_is_a_contradiction(home):
    path = campaign_file(home)
    replace_in(path, "  due: unknown                       # 通知没有写市局", "  due: 2023-04-10T18:00 # ")
    replace_in(path, "    owed_by:", "    inner: [{tier: 镇街, working_days: 1}]\n    owed_by:")
    assert "obligations[0].inner[0].working_days：内部时限 2023年4月7日" in only(home)


# Office hours


def season(start, end, hours='[["09:00", "12:00"]]'):
    return f"accounts: {{}}\nseasons: [{{name: 夏季, start: {start}, end: {end}, hours: {hours}}}]"


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('["09:00", "12:00"]', '["12:00", "09:00"]', "hours[0]"),
        ('["09:00", "12:00"]', '["09:00", "25:00"]', "hours[0][1]"),
        ('hours:\n  - ["09:00", "12:00"]\n  - ["14:00", "18:00"]\n', "hours: []\n", "hours"),
        ("accounts: {}", season("13-01", "09-30"), "seasons[0].start"),
        ("accounts: {}", season("05-01", "02-30"), "seasons[0].end"),
        ("accounts: {}", season("05-01", "09-30", "[]"), "seasons[0].hours"),
    ],
)
def test_office_hours_that_are_none_are_refused_with_their_line(home, old, new, field):
    replace_in(home.config / "office.yaml", old, new)
    assert f"行 {field}：" in only(home)


# The figures of the two notices


def of(home, campaign, obligation):
    loaded = load_campaign(home, campaign)
    roster = read_roster(home.config / loaded.roster)
    return loaded.obligation(obligation), owing(
        loaded.obligation(obligation), roster, loaded.package.at.date()
    )


def test_nanchuans_stations_and_studios_owe_834_activities_and_8340_visits(home):
    figures, units = of(home, NANCHUAN, "figures")
    grass_roots = [u for u in units if u.kind in {"station", "studio"}]
    assert len(grass_roots) == 278
    assert {q.field: q.min * len(grass_roots) for q in figures.quotas} == {"activities": 834, "visits": 8340}


def test_nanchuans_campaign_targets_need_at_least_334_units(home):
    figures, units = of(home, NANCHUAN, "figures")
    quota = {q.field: q.min for q in figures.quotas}
    assert max(-(-t.min // quota[t.field]) for t in figures.targets) == 334
    assert len(units) >= 334


def test_haikou_has_five_direct_reporters(home):
    _, units = of(home, HAIKOU, "summary")
    assert [u.name[:3] for u in units] == ["秀英区", "龙华区", "琼山区", "美兰区", "桂林洋"]


def test_a_window_that_is_not_there_is_said_once_though_weeks_are_counted_to_its_end(home):
    replace_in(
        campaign_file(home),
        "    window: week\n    due:\n",
        "    window: w\n    recurrence: {every: weekly}\n    due:\n",
    )
    assert only(home).endswith("obligations[0].window：没有时段“w”，应为 week、thousand 之一")


def test_choices_are_listed_as_they_are_written_in_the_file(home):
    replace_in(campaign_file(home), "deliverable: narrative", "deliverable: letter")
    assert only(home).endswith("“letter”不对，应为 narrative、form 之一")


def test_a_roster_that_leaves_a_column_out_offers_no_empty_choice(home):
    (home.config / "rosters" / "nanchuan.csv").write_text("code,name,kind\n1,东城街道,street\n", "utf-8")
    lines = found(home)
    assert any(line.endswith("名册中没有类别“township”，应为 street 之一") for line in lines)
    replace_in(campaign_file(home), "- kind: township", "- tier: 镇街")
    assert any(line.endswith("名册中没有层级“镇街”，名册没有填这一列") for line in found(home))


def test_a_moment_may_be_24_00_of_its_day(home):
    path = campaign_file(home)
    replace_in(path, "    owed_by:", "    closes: 2023-04-10T24:00\n    owed_by:")
    replace_in(path, "at: 2023-04-04T18:00", "at: 2023-04-04 24:00:00")
    assert found(home) == []
    campaign = load_campaign(home, NANCHUAN)
    assert campaign.obligation("summary").closes.isoformat() == "2023-04-10T23:59:59.999999"
    assert campaign.package.at.isoformat() == "2023-04-04T23:59:59.999999"
    replace_in(path, "closes: 2023-04-10T24:00", "closes: 2023-04-10T24:30")
    assert "obligations[0].closes" in only(home)
