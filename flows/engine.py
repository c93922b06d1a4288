"""Prefect's surroundings: set before Prefect is imported, so that a home folder is all it needs."""

import json
import os
import secrets
import urllib.request
from contextlib import suppress
from http import HTTPStatus
from importlib import import_module
from pathlib import Path
from typing import Any

from tasks.desk import HOME
from tasks.settings import Home
from tasks.store.writable import ensure_writable
from tasks.terms.errors import Transient

NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL


def prepare(home: Home) -> None:
    """Point Prefect at this home folder. A server started by ``baosong serve`` is used when it answers.

    Prefect is an alarm clock here: its database lies in ``var/prefect`` and may be deleted at any time.
    """
    ensure_writable(home.var)  # Prefect's server would be waited for in vain
    home.prefect_home.mkdir(parents=True, exist_ok=True)
    settings = {
        HOME: str(home.root),
        "PREFECT_HOME": str(home.prefect_home),
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        # The new pages ask a tracker abroad for its settings before anyone has logged in; the old do not.
        "PREFECT_SERVER_UI_V2_ENABLED": "false",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        # Runs and their forms are kept a quarter of a year; what they did is in the ledger.
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(KEPT_DAYS * 24 * 3600),
        "PREFECT_LOGGING_EXTRA_LOGGERS": "tasks",
        "PREFECT_CLI_PROMPT": "false",
        # The console is the user's: a fault is one sentence there, its details are in the run's log.
        "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
    }
    os.environ.update(settings)
    os.environ.setdefault("PREFECT_API_AUTH_STRING", credentials(home))
    if "PREFECT_API_URL" not in os.environ and (running := running_server(home)):
        os.environ["PREFECT_API_URL"] = running


KEPT_DAYS = 90
"""Days Prefect keeps a finished run."""

HEARTBEAT = 30
"""Seconds between two signs of life of a run the worker started."""

USER = "baosong"


def credentials_file(home: Home) -> Path:
    """Where the log-in of this home's Prefect pages is kept, for this machine's user alone."""
    return home.prefect_home / "login.txt"


def credentials(home: Home) -> str:
    """The log-in ``user:password``; made up at the first start. An office may write its own into the file."""
    path = credentials_file(home)
    if not path.exists():
        home.prefect_home.mkdir(parents=True, exist_ok=True)
        made = f"{USER}:{secrets.token_urlsafe(18)}"
        with suppress(FileExistsError), os.fdopen(os.open(path, NEW, 0o600), "w", encoding="utf-8") as file:
            file.write(made + "\n")
    return path.read_text("utf-8").strip()


def server_file(home: Home) -> Path:
    """Where ``baosong serve`` writes the address of its server."""
    return home.prefect_home / "server.json"


def running_server(home: Home) -> str | None:
    """The API address of this home's server, or None when none answers."""
    try:
        address = str(json.loads(server_file(home).read_text("utf-8"))["api"])
    except (OSError, ValueError, KeyError):
        return None
    return address if answers(address) else None


def answers(api: str) -> bool:
    """Whether a Prefect server answers at this API address."""
    try:
        with urllib.request.urlopen(f"{api}/health", timeout=3) as reply:  # noqa: S310  loopback http only
            return bool(reply.status == 200)  # noqa: PLR2004
    except OSError:
        return False


def ensure_answering(api: str | None) -> None:
    """Raise Transient where a server is named and none answers there."""
    if api and not answers(api):
        raise Transient(f"Prefect 服务 {api} 没有回应；请核对地址，并确认那台机器上 baosong serve 在运行")


FLOWS = {
    "check": "flows.check:check",
    "chase": "flows.chase:chase",
    "compile": "flows.compile:compile_package",
    "extend": "flows.operate:extend",
    "waive": "flows.operate:waive",
    "accept": "flows.operate:accept",
    "return": "flows.operate:give_back",
    "assign": "flows.operate:assign",
    "receive": "flows.operate:receive",
    "log-call": "flows.operate:log_call",
    "sign-off": "flows.operate:sign_off",
    "acknowledge": "flows.operate:acknowledge",
    "draft": "flows.draft:draft_campaign",
    "alarm": "flows.alarm:alarm",
}
"""Every flow by its verb, as a module path: Prefect's path entrypoints collide with package names."""


def load(verb: str) -> Any:
    """The flow behind a verb. Prefect is imported here, so its surroundings must be prepared before."""
    module, name = FLOWS[verb].split(":")
    return getattr(import_module(module), name)


def run(home: Home, verb: str, **parameters: Any) -> dict[str, Any]:
    """Run a flow in this process and give back what it returns.

    Raises:
        Transient: the Prefect server takes no runs; what the ledger holds is untouched.
    """
    ensure_answering(os.environ.get("PREFECT_API_URL"))  # one found by prepare has just answered
    # The terminal is the user's: what Prefect says about itself while its server is gone is not for them.
    os.environ.setdefault("PREFECT_LOGGING_INTERNAL_LEVEL", "CRITICAL")
    prepare(home)
    flow = load(verb)
    from httpx import TransportError
    from prefect.exceptions import PrefectHTTPStatusError

    try:
        result: dict[str, Any] = flow(**parameters)
    except PrefectHTTPStatusError as fault:
        raise Transient(_turned_away(fault.response.status_code)) from fault
    except TransportError as fault:  # nothing of ours speaks HTTP by this library
        raise Transient(GONE) from fault
    return result


GONE = (
    "Prefect 服务中途断开了，这次运行没有办完；已入账的不受影响，已发出的信不会再发。"
    "请重新启动 baosong serve 后再运行，服务的记录在 var/prefect/server.log"
)


def _turned_away(status: int) -> str:
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        return (
            "Prefect 服务不认登录口令；请核对环境变量 PREFECT_API_AUTH_STRING "
            "与那台机器的 var/prefect/login.txt 是否一致"
        )
    return (
        f"Prefect 服务没有办成（HTTP {status}）；已入账的不受影响。"
        "请重新启动 baosong serve 后再运行，服务的记录在 var/prefect/server.log"
    )
