"""Prefect's pages as a clerk uses them: log in, open a form, fill it in, watch it run."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flows import engine
from tasks.settings import Home
from tests.rig.browser import Page
from tests.rig.postgresql import free_port

UP_WITHIN = 120
RUN_WITHIN = 300
AGAIN_AFTER = 12
SUBMIT = "[...document.querySelectorAll('button[type=submit]')].at(-1)"
CLOSE_NOTICES = "document.querySelectorAll('.p-toast__close-btn').forEach(e => e.click())"
"""After an answer that failed, Prefect lays a notice over the Submit button that stays until it is closed."""
BUSY, BUSY_TRIES = 503, 20
"""What an SQLite server says while it is writing; Prefect's own client asks again, too."""

FIELD = (
    "[...document.querySelectorAll('.schema-form-property')].find(e =>"
    " e.querySelector('.schema-form-property__label')?.innerText.startsWith({title}))"
)


class Office:
    """One running ``baosong serve``, and what its API says."""

    def __init__(self, home: Home, port: int) -> None:
        self.home = home
        self.address = f"http://127.0.0.1:{port}"
        self._login = b64encode(engine.credentials(home).encode()).decode()

    def ask(self, path: str, body: Any = None) -> Any:
        request = urllib.request.Request(
            f"{self.address}/api{path}",
            json.dumps(body).encode() if body is not None else None,
            {"content-type": "application/json", "authorization": f"Basic {self._login}"},
        )
        for _ in range(BUSY_TRIES):
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:
                    return json.load(answer)
            except urllib.error.HTTPError as fault:
                if fault.code != BUSY:
                    raise
                time.sleep(1)
        raise TimeoutError(path)

    def post(self, path: str, body: Any, method: str = "POST") -> None:
        """Tell the server something it answers with nothing."""
        login = {"content-type": "application/json", "authorization": f"Basic {self._login}"}
        request = urllib.request.Request(
            f"{self.address}/api{path}", json.dumps(body).encode(), login, method=method
        )
        with urllib.request.urlopen(request, timeout=30):
            pass

    def log(self) -> str:
        """What the server said last."""
        return (self.home.prefect_home / "server.log").read_text("utf-8", "replace")[-3000:]

    def deployments(self) -> dict[str, dict[str, Any]]:
        return {each["name"]: each for each in self.ask("/deployments/filter", {})}

    def newest_run(self, deployment: str) -> dict[str, Any] | None:
        chosen = {"deployments": {"id": {"any_": [self.deployments()[deployment]["id"]]}}}
        runs = self.ask("/flow_runs/filter", {**chosen, "sort": "START_TIME_DESC", "limit": 200})
        return next((run for run in runs if not run["auto_scheduled"]), None)


@contextmanager
def serving(home: Home) -> Iterator[Office]:
    """``baosong serve`` as a process of its own."""
    port = free_port()
    command = [sys.executable, "-m", "flows", "--home", str(home.root), "serve", "--port", str(port)]
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=inherited
    )
    assert process.stdout is not None
    try:
        said = [process.stdout.readline(), process.stdout.readline()]
        assert "登录口令" in said[1], said
        yield Office(home, port)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        process.stdout.close()


def log_in(page: Page, office: Office) -> None:
    page.open(f"{office.address}/dashboard")
    page.click("document.querySelector('input[type=password]')")
    page.type(engine.credentials(office.home))
    page.click("document.querySelector('button[type=submit]')")
    page.wait_for_text("Work Pools")


def open_form(page: Page, office: Office, deployment: str) -> None:
    page.open(f"{office.address}/deployments/deployment/{office.deployments()[deployment]['id']}/run")
    page.wait_for_text("Parameters")


def choose(page: Page, title: str, option: str) -> None:
    """Pick from a list, by the words it shows."""
    field = FIELD.format(title=json.dumps(title))
    page.wait(
        f"(() => {{ const list = {field}?.querySelector('select');"
        f" const found = [...(list?.options ?? [])].find(o => o.text === {json.dumps(option)});"
        " if (!found) return false; list.value = found.value;"
        " list.dispatchEvent(new Event('change', {bubbles: true})); return true; })()"
    )


def write(page: Page, title: str, text: str) -> None:
    page.click(f"{FIELD.format(title=json.dumps(title))}?.querySelector('textarea, input')", CLOSE_NOTICES)
    page.type(text)


def number(run: dict[str, Any] | None) -> str:
    return run["id"] if run else ""


def submit(page: Page, office: Office, deployment: str) -> dict[str, Any]:
    """Press Submit and wait until the run has ended; gives the run."""
    before = office.newest_run(deployment)
    page.click(SUBMIT, CLOSE_NOTICES)
    end, again = time.monotonic() + RUN_WITHIN, time.monotonic() + AGAIN_AFTER
    while time.monotonic() < end:
        run = office.newest_run(deployment)
        if (
            number(run) == number(before)
            and time.monotonic() > again
            and page.run("location.pathname").endswith("/run")
        ):
            # A page still busy with its own loading loses a click, as a clerk sees.
            page.click(SUBMIT, CLOSE_NOTICES)
            again = time.monotonic() + AGAIN_AFTER
        if run and number(run) != number(before) and run["state_type"] in {"COMPLETED", "FAILED", "CRASHED"}:
            return run
        time.sleep(0.3)
    raise TimeoutError(f"{deployment}: {page.shown()}\n{office.log()}")
