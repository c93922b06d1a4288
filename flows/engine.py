"""Prefect's surroundings: set before Prefect is imported, so that a home folder is all it needs."""

import json
import os
import urllib.request
from pathlib import Path

from tasks.settings import Home

HOME = "BAOSONG_HOME"
"""The environment variable that tells runs started by Prefect which home folder they work for."""


def prepare(home: Home) -> None:
    """Point Prefect at this home folder. A server started by ``baosong serve`` is used when it answers.

    Prefect is an alarm clock here: its database lies in ``var/prefect`` and may be deleted at any time.
    """
    home.prefect_home.mkdir(parents=True, exist_ok=True)
    settings = {
        HOME: str(home.root),
        "PREFECT_HOME": str(home.prefect_home),
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_LOGGING_EXTRA_LOGGERS": "tasks",
        "PREFECT_CLI_PROMPT": "false",
    }
    os.environ.update(settings)
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")
    if "PREFECT_API_URL" not in os.environ and (running := running_server(home)):
        os.environ["PREFECT_API_URL"] = running


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
