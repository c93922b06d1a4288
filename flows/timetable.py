"""When each flow of a campaign runs: one definition for ``serve`` and for ``deployments/prefect.yaml``."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from tasks.terms import times
from tasks.terms.campaign import Campaign

ZONE = "Asia/Shanghai"
POOL = "baosong"
"""The work pool every run of this office goes through."""

HEADER = """# Made by: python -m flows.timetable > deployments/prefect.yaml
# For those who run their own Prefect server: prefect work-pool create baosong --type process, then
# prefect deploy --all --prefect-file deployments/prefect.yaml. ``baosong serve`` needs none of this.
"""

OFFICE_DAY = range(8, 19)
"""Full hours at which a rung counted in hours may find its turn come."""
CHECK_CRONS = ("*/15 9-17 * * 1-5", "0 0-8,18-23 * * 1-5", "0 * * * 6,0")
"""Every 15 minutes in working hours, hourly otherwise; a make-up Saturday is checked hourly."""


COMPILE_RUNS = 6
"""Hourly from the package moment on: what was held back, by a mailbox out of reach say, goes when it can."""

SIGNED_RUNS = 24 * 7
"""Where a signature is asked for: a new arrival makes the package anew, and time may pass without one."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One deployment: a flow of one campaign with its schedules, in the words of prefect.yaml."""

    verb: str
    name: str
    description: str
    campaign: str
    schedules: tuple[dict[str, Any], ...] = ()

    @property
    def family(self) -> str:
        """What kind of deployment staff see: one that runs by itself, or a form they fill in."""
        return "定时任务" if self.schedules else "经办操作"


ACTS = {
    "assign": ("待确认件归位", "处理待确认的来件：归入单位，或了结"),
    "return": ("退回补正", "退回当前报件，写明原因"),
    "accept": ("人工通过", "通过当前报件，不论系统核对结果"),
    "extend": ("延期", "准予一个单位延期"),
    "waive": ("免报", "免除一个单位的报送，或撤销免报"),
    "receive": ("登记来件", "登记纸质、专人送达或电话报送的材料"),
    "sign-off": ("审签", "同意或不同意呈报汇总件"),
    "acknowledge": ("登记签收", "登记上级已签收汇总件"),
    "log-call": ("通话记录", "记录与一个单位的通话"),
}
"""The staff's acts: each is a form in the UI, run when somebody fills it in."""


def planned(campaign: Campaign) -> tuple[Planned, ...]:
    """The campaign's deployments."""
    title = campaign.title
    return (
        Planned(
            "check", f"收件核对-{campaign.id}", f"{title}：收件、核对、回执", campaign.id, _crons(CHECK_CRONS)
        ),
        Planned(
            "chase", f"催报-{campaign.id}", f"{title}：按梯次催报", campaign.id, _crons(_rung_times(campaign))
        ),
        Planned(
            "compile", f"汇总呈报-{campaign.id}", f"{title}：编成汇总件并呈报", campaign.id, _days(campaign)
        ),
        *(
            Planned(verb, f"{name}-{campaign.id}", f"{title}：{what}", campaign.id)
            for verb, (name, what) in ACTS.items()
        ),
    )


def all_planned(campaigns: Iterable[Campaign]) -> list[Planned]:
    """The deployments of all campaigns."""
    return [each for campaign in campaigns for each in planned(campaign)]


def _crons(crons: Iterable[str]) -> tuple[dict[str, Any], ...]:
    return tuple({"cron": cron, "timezone": ZONE} for cron in crons)


def _rung_times(campaign: Campaign) -> list[str]:
    """A run at each hour the ladder names, every day: which days are working days is the calendar's word.

    A make-up Saturday is chased, a holiday on a weekday is not; the flow decides, not the cron. Where a rung
    counts in hours its turn may come at any hour, for each unit at its own.
    """
    hours = {rung.at for rung in campaign.ladder}
    if any(rung.hours_before is not None or rung.hours_after is not None for rung in campaign.ladder):
        hours |= {time(hour) for hour in OFFICE_DAY}
    return [f"{hour.minute} {hour.hour} * * *" for hour in sorted(hours)]


def _days(campaign: Campaign) -> tuple[dict[str, Any], ...]:
    runs = SIGNED_RUNS if campaign.package.sign_off else COMPILE_RUNS
    return tuple(_from(moment, runs) for moment in campaign.package.moments)


def _from(moment: datetime, runs: int) -> dict[str, Any]:
    start = times.local(moment).strftime("%Y%m%dT%H%M%S")
    return {"rrule": f"DTSTART;TZID={ZONE}:{start}\nRRULE:FREQ=HOURLY;COUNT={runs}", "timezone": ZONE}


def prefect_yaml(campaigns: Iterable[Campaign]) -> str:
    """The timetable as ``prefect deploy`` reads it; flows are named by module, never by path."""
    import yaml

    from flows.engine import FLOWS

    deployments = [
        {
            "name": each.name,
            "description": each.description,
            "entrypoint": FLOWS[each.verb].replace(":", "."),
            "parameters": {"campaign": each.campaign},
            "schedules": [dict(schedule) for schedule in each.schedules],
            "tags": [each.campaign, each.family],
            "work_pool": {"name": POOL},
        }
        for each in all_planned(campaigns)
    ]
    text = yaml.safe_dump(
        {"name": "baosong", "deployments": deployments}, allow_unicode=True, sort_keys=False, width=100
    )
    return f"{HEADER}{text}"


def main() -> None:
    """Print the timetable of the campaigns in ``config`` below the current folder."""
    from pathlib import Path

    from tasks.notice.load import campaign_ids, load_campaign
    from tasks.settings import Home

    home = Home.at(Path())
    print(prefect_yaml(load_campaign(home, each) for each in campaign_ids(home)), end="")


if __name__ == "__main__":
    main()
