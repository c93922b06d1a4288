"""A real server and worker: what goes wrong reaches a person by mail, and what was killed heals."""

import email
import email.policy
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from flows.automations import automations
from tasks.health.passing import tell_until
from tasks.settings import Home
from tests.line import office
from tests.line.office import Mailboxes, rewire
from tests.ui.day import ahead, due, give
from tests.ui.prefect_pages import Office, serving

PATIENCE = 150
KILLS = int(os.environ.get("BAOSONG_KILLS", "3"))
"""How often a run, its worker, or the server is killed; 200 in the long run."""


@pytest.fixture
def home(tmp_path: Path, monkeypatch) -> Home:
    monkeypatch.setenv("DRILL_SECRET", "x")
    made = office.make_home(tmp_path, campaign=ahead())
    with (made.config / "office.yaml").open("a", encoding="utf-8") as file:
        file.write("on_duty: [duty@district.example]\n")
    return made


def until(what: Callable[[], Any], patience: float = PATIENCE) -> Any:
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if found := what():
            return found
        time.sleep(0.5)
    raise TimeoutError


def told(home: Home) -> list[str]:
    """The texts of the letters to the people on duty."""
    folder = home.captured / "new"
    files = sorted(folder.iterdir()) if folder.exists() else []
    letters = [email.message_from_bytes(f.read_bytes(), policy=email.policy.default) for f in files]
    mine = [x for x in letters if x["to"].addresses[0].addr_spec == "duty@district.example"]
    return [x.get_body(("plain",)).get_content() for x in mine]


def happens(server: Office, name: str, text: str) -> None:
    resource = {"prefect.resource.id": "baosong.campaign.drill", "prefect.resource.name": "防汛演练"}
    event = {"event": f"baosong.{name}", "resource": resource, "payload": {"count": 1, "text": text}}
    now = datetime.now(UTC).isoformat()
    server.post("/events", [{**event, "occurred": now, "id": str(uuid4())}])


def start(server: Office, name: str = "收件核对-drill") -> str:
    deployment = server.deployments()[name]["id"]
    return str(server.ask(f"/deployments/{deployment}/create_flow_run", {})["id"])


def state(server: Office, run: str) -> str:
    return str(server.ask(f"/flow_runs/{run}")["state_type"])


def test_every_automation_is_there_once_after_two_starts(home):
    for _ in range(2):
        with serving(home) as server:
            names = [each["name"] for each in server.ask("/automations/filter", {})]
    assert sorted(names) == sorted(each["name"] for each in automations("any"))
    assert len(set(names)) == len(names) > 8


def test_what_a_person_must_know_reaches_the_people_on_duty(home):
    with serving(home) as server:
        signs = {
            "gap": "汇总时刻已到，3 家未报齐",
            "queue-old": "2 件来件待确认已超过一天",
            "few-reports": "演练总结明日到期，只报了 1 家",
        }
        for name, text in signs.items():
            happens(server, name, text)
        until(lambda: all(any(text in letter for letter in told(home)) for text in signs.values()))


def test_a_machine_that_slept_does_what_is_due_and_says_what_was_late(home):
    give(home, due(datetime.now(UTC), 2))
    tell_until(home, "drill", datetime.now(UTC) - timedelta(hours=9))
    with serving(home) as server:
        run = start(server, "汇总呈报-drill")
        until(lambda: state(server, run) == "COMPLETED")
        until(lambda: any("误点" in letter and "汇总呈报" in letter for letter in told(home)))
    assert list(home.packages.glob("*/data/总结报告.docx"))


@contextmanager
def silent_mailbox(home: Home) -> Iterator[None]:
    """A mail server that takes the call and says nothing: whoever asks it waits."""
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        before = (home.config / "office.yaml").read_text("utf-8")
        campaign = home.config / "campaigns" / "drill.yaml"
        plain = campaign.read_text("utf-8")
        port = deaf.getsockname()[1]
        rewire(home, Mailboxes(port, port, "DRILL_SECRET"))
        asked = plain.replace("{kind: maildir, path: var/mail/inbox}", "{kind: imap, account: office}")
        campaign.write_text(asked.replace("account: capture", "account: office"), "utf-8")
        try:
            yield
        finally:
            (home.config / "office.yaml").write_text(before, "utf-8")
            campaign.write_text(plain, "utf-8")


def processes(home: Home, words: bytes) -> list[int]:
    """Processes of this home whose command line or surroundings hold these words."""
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            said = (folder / "cmdline").read_bytes() + (folder / "environ").read_bytes()
        except OSError:
            continue
        if words in said and f"{home.root}\0".encode() in said:
            found.append(int(folder.name))
    return found


def kill(pids: list[int]) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):  # it died with the one before
            os.kill(pid, signal.SIGKILL)


def running(server: Office, home: Home, run: str) -> list[int]:
    """The processes of a run that is under way, once it waits for the silent mailbox."""
    until(lambda: state(server, run) == "RUNNING")
    return until(lambda: processes(home, f"PREFECT__FLOW_RUN_ID={run}".encode()))


def heals(server: Office) -> None:
    run = start(server)
    until(lambda: state(server, run) == "COMPLETED")


def test_a_run_killed_with_its_worker_is_marked_and_the_next_run_heals(home):
    with serving(home) as server:
        rule = next(x for x in server.ask("/automations/filter", {}) if "心跳" in x["name"])
        shorter = {k: rule[k] for k in ("name", "description", "enabled", "actions", "trigger")}
        shorter["trigger"]["within"] = 60
        server.post(f"/automations/{rule['id']}", shorter, "PUT")
        with silent_mailbox(home):
            run = start(server)
            mine = running(server, home, run)
            time.sleep(2)  # its first heartbeat
            kill(processes(home, b"worker\0start") + mine)
        heals(server)  # by a new worker
        until(lambda: state(server, run) == "CRASHED", 180)
        until(lambda: any("没有心跳" in letter for letter in told(home)))


def test_runs_killed_again_and_again_leave_a_ledger_the_next_run_completes(home):
    with serving(home) as server:
        for _ in range(KILLS):
            with silent_mailbox(home):
                run = start(server)
                kill(running(server, home, run))
            until(lambda run=run: state(server, run) == "CRASHED")
        heals(server)


def test_after_the_whole_of_serve_is_killed_hard_a_new_one_starts_at_once(home):
    with serving(home) as server:
        kill(processes(home, b"\0serve\0"))
        until(lambda: not processes(home, b"server\0start"), 30)
        assert server.address
    with serving(home) as server:
        heals(server)


def test_when_prefects_database_is_deleted_serve_ends_and_the_next_one_begins_anew(home):
    with serving(home):
        until(lambda: processes(home, b"worker\0start"))
        (home.prefect_home / "prefect.db").unlink()
        until(lambda: not processes(home, b"\0serve\0"), 60)
    with serving(home) as server:
        heals(server)
