"""The timetable: what runs when, by flows that import and have forms a clerk can read."""

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from prefect.server.schemas.schedules import CronSchedule, RRuleSchedule

from flows import engine
from flows.__main__ import _parser
from flows.forms import form
from flows.timetable import all_planned, prefect_yaml
from tasks.desk import open_desk
from tasks.notice.load import campaign_ids, load_campaign
from tasks.roster.duty import reporters
from tasks.settings import SHIPPED, Home
from tasks.terms import times

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    (tmp_path / "config").symlink_to(SHIPPED / "config")
    return Home.at(tmp_path)


@pytest.fixture
def planned(home):
    return all_planned(load_campaign(home, each) for each in campaign_ids(home))


def test_the_committed_timetable_is_the_one_the_campaigns_give(home):
    made = prefect_yaml(load_campaign(home, each) for each in campaign_ids(home))
    assert (SHIPPED / "deployments" / "prefect.yaml").read_text("utf-8") == made


def test_every_deployment_names_its_flow_by_module_and_it_imports():
    document = yaml.safe_load((SHIPPED / "deployments" / "prefect.yaml").read_text("utf-8"))
    for each in document["deployments"]:
        assert re.fullmatch(r"flows\.\w+\.\w+", each["entrypoint"])
        module, _, name = each["entrypoint"].rpartition(".")
        assert f"{module}:{name}" in engine.FLOWS.values()
    for verb in engine.FLOWS:
        assert engine.load(verb).parameters.properties, verb


async def _dates(schedule: dict, start: datetime, count: int) -> list[datetime]:
    zone = schedule["timezone"]
    if "cron" in schedule:
        return await CronSchedule(cron=schedule["cron"], timezone=zone).get_dates(count, start)
    return await RRuleSchedule(rrule=schedule["rrule"], timezone=zone).get_dates(count, start)


def dates(schedules, start: datetime, count: int) -> list[datetime]:
    import asyncio

    found = [d for s in schedules for d in asyncio.run(_dates(s, start, count))]
    return sorted(d.astimezone(SHANGHAI) for d in found)[:count]


def test_a_check_runs_every_quarter_of_an_hour_at_work_and_hourly_otherwise(planned):
    check = next(p for p in planned if p.verb == "check")
    monday = datetime(2023, 4, 3, 8, 30, tzinfo=SHANGHAI)
    hours = [f"{d:%H:%M}" for d in dates(check.schedules, monday, 6)]
    assert hours == ["09:00", "09:15", "09:30", "09:45", "10:00", "10:15"]
    evening = datetime(2023, 4, 3, 17, 40, tzinfo=SHANGHAI)
    assert [f"{d:%H:%M}" for d in dates(check.schedules, evening, 3)] == ["17:45", "18:00", "19:00"]
    sunday = datetime(2023, 4, 9, 10, 30, tzinfo=SHANGHAI)
    assert [f"{d:%H:%M}" for d in dates(check.schedules, sunday, 2)] == ["11:00", "12:00"]


@pytest.mark.parametrize("field", ["hours_before", "hours_after"])
def test_where_a_rung_counts_in_hours_there_is_a_chase_at_every_hour_of_work(home, field):
    campaign = load_campaign(home, "nanchuan-2023-publicity-week")
    counted = replace(campaign.ladder[-1], working_days=None, **{field: 3})
    ladder = (*campaign.ladder[:-1], counted)
    for each, hourly in ((campaign, False), (replace(campaign, ladder=ladder), True)):
        (chase,) = (p for p in all_planned([each]) if p.verb == "chase")
        crons = {schedule["cron"] for schedule in chase.schedules}
        assert {"0 9 * * *", "30 16 * * *"} <= crons
        assert ({f"0 {hour} * * *" for hour in range(8, 19)} <= crons) is hourly


def test_a_package_is_compiled_from_its_moment_on(planned, home):
    for each in (p for p in planned if p.verb == "compile"):
        campaign = load_campaign(home, each.campaign)
        first = dates(each.schedules, datetime(2023, 1, 1, tzinfo=SHANGHAI), 2)
        assert first[0] == times.utc(campaign.package.at)
        assert (first[1] - first[0]).total_seconds() == 3600


def test_the_forms_are_in_chinese_and_units_are_chosen_by_name(planned, home):
    for each in planned:
        desk = open_desk(each.campaign, times.parse("2023-04-01"), home)
        duties = tuple(reporters(desk.campaign, desk.roster, times.local(desk.now).date()))
        schema = form(engine.load(each.verb).parameters.model_dump(), desk.campaign, desk.roster, duties)
        for name, field in schema["properties"].items():
            assert re.match(r"[\u4e00-\u9fff“]", field["title"]), (each.verb, name)
            assert "anyOf" not in field, "the page would show a choice between types, in English"
        assert schema["properties"]["campaign"]["description"] == desk.campaign.title
        if unit := schema["properties"].get("unit"):
            assert len(unit["enum"]) == len(set(unit["enum"])) == len(duties)
            assert desk.roster[duties[0]].name in unit["enum"][0]


def test_the_compose_file_runs_verbs_there_are_and_listens_on_loopback_only():
    folder = SHIPPED / "deployments"
    document = yaml.safe_load((folder / "compose.yaml").read_text("utf-8"))
    services = document["services"]
    verbs = _parser()._subparsers._group_actions[0].choices
    for name in ("office", "worker"):
        (verb,) = services[name]["command"]
        assert verb in verbs
        assert services[name]["network_mode"] == "host", "serve listens on the machine's own loopback"
    assert all(port.startswith("127.0.0.1:") for each in services.values() for port in each.get("ports", ()))
    assert (folder / "setup" / "prefect.sql").is_file()
    assert (folder / "Dockerfile").read_text("utf-8").count("deployments/setup/venv.sh") == 1
    assert not any("PASSWORD" in str(v) and "_FILE" not in k for k, v in _environment(services))


def _environment(services: dict) -> list[tuple[str, str]]:
    return [pair for each in services.values() for pair in each.get("environment", {}).items()]


def test_every_unit_file_names_verbs_there_are():
    verbs = _parser()._subparsers._group_actions[0].choices
    for path in (SHIPPED / "deployments" / "systemd").glob("*.service"):
        named = re.findall(r"baosong --home /srv/baosong (\S+)", path.read_text("utf-8"))
        assert named, path.name
        assert set(named) <= set(verbs)


def test_the_service_may_write_what_signing_needs():
    """Gpg's agent has its socket in the home folder's .gnupg; read-only, nothing could ever be signed."""
    unit = (SHIPPED / "deployments" / "systemd" / "baosong.service").read_text("utf-8")
    assert "ProtectSystem=strict" in unit
    assert re.search(r"^ReadWritePaths=.*\s-/srv/baosong/\.gnupg$", unit, re.MULTILINE)
