"""Two workers on two machines' networks: PostgreSQL for ledger and Prefect, S3 for originals, one account.

Nothing is on both machines but the configuration: each has its own folder, its own mail, its own captured
letters. What one took in the other sees; no letter goes twice; the account's limit holds for both together.
"""

import asyncio
import mailbox
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from flows.serve import server
from flows.timetable import all_planned
from tasks.chase.carrier import limits
from tasks.desk import Desk, open_desk
from tasks.ledger import acts, outbox, submissions
from tasks.settings import Home
from tasks.store.bucket import KEY, SECRET
from tasks.terms import times
from tests.line import office, papers
from tests.rig import s3 as rig
from tests.rig.networks import Machine, machines
from tests.rig.postgresql import free_port, running_postgresql
from tests.rig.s3 import running_s3
from tests.ui.prefect_pages import Office

CAP = 2
AT, NEXT_DAY = "2023-06-01T09:05", "2023-06-02T09:05"
PATIENCE = 240


@dataclass
class Site:
    hub: Machine
    homes: list[Home]
    machines: list[Machine]
    prefect: Office
    bucket: rig.S3

    def run(self, name: str, at: str) -> str:
        deployment = self.prefect.deployments()[f"{name}-drill"]["id"]
        given = {"parameters": {"campaign": "drill", "as_of": f"{at}:00+08:00"}}
        return str(self.prefect.ask(f"/deployments/{deployment}/create_flow_run", given)["id"])

    def ended(self, run: str) -> str:
        return self._until(run, {"COMPLETED", "FAILED", "CRASHED"})

    def _until(self, run: str, wanted: set[str]) -> str:
        end = time.monotonic() + PATIENCE
        while (state := str(self.prefect.ask(f"/flow_runs/{run}")["state_type"])) not in wanted:
            assert time.monotonic() < end, state
            time.sleep(0.5)
        return state


@pytest.fixture
def site(tmp_path: Path, monkeypatch) -> Iterator[Site]:
    folder = tmp_path / "hub"
    shared = office.make_home(folder)
    campaign = shared.config / "campaigns" / "drill.yaml"
    campaign.write_text(campaign.read_text("utf-8").replace("account: capture", "account: box"), "utf-8")
    with ExitStack() as life:
        data = life.enter_context(TemporaryDirectory(prefix="postgresql-"))
        hub, *others = life.enter_context(machines(["hub", "east", "west"]))
        life.enter_context(hub.inside())
        database = life.enter_context(running_postgresql(Path(data), hub.address))
        bucket = life.enter_context(running_s3(hub.address))
        account = f"{{address: box@district.example, display_name: 某局, letters_per_day: {CAP}}}"
        (shared.config / "office.yaml").write_text(
            f"bureau: 某局\naccounts: {{box: {account}}}\n{bucket.setting}", "utf-8"
        )
        homes = [_copied(shared, tmp_path / each.name) for each in others]
        for name, value in {
            KEY: rig.KEY,
            SECRET: rig.SECRET,
            "BAOSONG_LEDGER_URL": database.new_database(),
            "PREFECT_SERVER_DATABASE_CONNECTION_URL": database.new_database().replace("://", "+asyncpg://"),
        }.items():
            monkeypatch.setenv(name, value)
        port = free_port()
        life.enter_context(server(shared, port, hub.address))
        desk = open_desk("drill", times.parse(AT), shared)
        _deployed(desk, f"http://{hub.address}:{port}/api")
        for home, machine in zip(homes, others, strict=True):
            life.enter_context(_worker(home, machine, f"http://{hub.address}:{port}/api"))
        prefect = Office(shared, port)
        prefect.address = f"http://{hub.address}:{port}"
        yield Site(hub, homes, others, prefect, bucket)
        desk.ledger.close()


def _deployed(desk: Desk, api: str) -> None:
    """Register the deployments at that server, whatever server Prefect was told of before in this process."""
    from prefect.settings import PREFECT_API_AUTH_STRING, PREFECT_API_URL, temporary_settings

    from flows.deploy import deploy

    login = os.environ["PREFECT_API_AUTH_STRING"]
    with temporary_settings({PREFECT_API_URL: api, PREFECT_API_AUTH_STRING: login}):
        asyncio.run(deploy(all_planned([desk.campaign]), [desk]))


def _copied(shared: Home, folder: Path) -> Home:
    shutil.copytree(shared.config, folder / "config", symlinks=True)
    return Home.at(folder)


def _worker(home: Home, machine: Machine, api: str) -> Any:
    """``baosong work`` on that machine, until the block ends."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    login = {"PREFECT_API_URL": api, "PREFECT_API_AUTH_STRING": os.environ["PREFECT_API_AUTH_STRING"]}
    words = [sys.executable, "-m", "flows", "--home", str(home.root), "work"]
    with machine.inside():
        process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=inherited | login)
    life = ExitStack()
    life.callback(process.stdout.close)
    life.callback(process.wait, 60)
    life.callback(process.terminate)
    assert api in process.stdout.readline()
    return life


def deliver_mail(home: Home, code: str) -> None:
    box = home.var / "mail" / "inbox"
    for name in ("new", "cur", "tmp"):
        (box / name).mkdir(parents=True, exist_ok=True)
    name = office.UNITS[code]
    files = [(f"{name}总结.docx", papers.narrative(name))]
    path = box / "new" / code
    path.write_bytes(
        papers.mail(office.address(code), office.OFFICE, f"{name}报送", files, "2023-05-31T10:00")
    )
    os.utime(path, (1685494800, 1685494800))


def both_work(site: Site) -> None:
    """Checks, one at a time, until each machine has made one; each takes in its own mail."""
    end = time.monotonic() + PATIENCE
    while not all((home.pulses / "drill").exists() for home in site.homes):
        assert time.monotonic() < end
        assert site.ended(site.run("收件核对", "2023-05-31T12:00")) == "COMPLETED"


def letters(home: Home) -> Counter[str]:
    if not home.captured.exists():
        return Counter()
    return Counter(mail["Message-ID"] for mail in mailbox.Maildir(home.captured))


def test_two_machines_work_as_one_office_and_the_accounts_limit_holds_for_both(site):
    for home, code in zip(site.homes, ("A01", "A02"), strict=True):
        deliver_mail(home, code)
    both_work(site)
    desk = open_desk("drill", times.parse(NEXT_DAY), site.homes[0])
    with desk.ledger.read() as connection:
        versions = submissions.of_campaign(connection, "drill", desk.now)
    assert Counter(v.unit for v in versions) == {"A01": 1, "A02": 1}
    held = site.bucket.objects()
    assert {f"{v.digest[:2]}/{v.digest[2:]}" for v in versions} <= held.keys()
    answered = sum((letters(home) for home in site.homes), Counter())
    assert set(answered.values()) == {1}

    runs = [site.run("催报", AT) for _ in range(3)]
    assert {site.ended(run) for run in runs} == {"COMPLETED"}
    handed = sum((letters(home) for home in site.homes), Counter()) - answered
    assert handed.total() == len(handed) == CAP
    with desk.ledger.read() as connection:
        states = {each.state for each in outbox.of_campaign(connection, "drill", desk.now)}
        assert acts.broken_link(connection) is None
    assert "queued" in states, "more was due than the account may send in a day"
    assert limits(desk, desk.now).daily_cap == CAP
