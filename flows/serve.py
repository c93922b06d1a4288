"""Server, schedules and worker on loopback, in one command."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import FrameType

from flows import engine
from flows.timetable import POOL, all_planned
from tasks.desk import open_desk
from tasks.notice.load import campaign_ids
from tasks.roster.validate import ensure_sound
from tasks.settings import Home
from tasks.terms.errors import Misconfigured, Transient

HOST = "127.0.0.1"
START_LIMIT = 180
"""Seconds the server may take to start: the first start migrates its database."""


def serve(home: Home, port: int) -> int:
    """Run until interrupted. Prints the address once everything is up."""
    for each in campaign_ids(home):
        ensure_sound(home, each)
    desks = [open_desk(each, datetime.now(UTC), home) for each in campaign_ids(home)]
    campaigns = [desk.campaign for desk in desks]
    api = f"http://{HOST}:{port}/api"
    if engine.answers(api):
        raise Misconfigured(f"端口 {port} 已有 Prefect 服务在运行；先停掉它，或用 --port 换一个端口")
    with server(home, port):
        from flows.deploy import deploy

        asyncio.run(deploy(all_planned(campaigns), desks))
        with _worker(home):
            print(
                f"Prefect 界面：http://{HOST}:{port}  （{len(campaigns)} 个专项，按 Ctrl+C 停止）", flush=True
            )
            print(f"登录口令（整行）在 {engine.credentials_file(home)}", flush=True)
            _wait()
    return 0


@contextmanager
def server(home: Home, port: int) -> Iterator[str]:
    """A Prefect server for this home folder while the block runs; gives its API address."""
    api = f"http://{HOST}:{port}/api"
    before = dict(os.environ)
    os.environ["PREFECT_API_URL"] = api
    os.environ["PREFECT_UI_API_URL"] = api
    engine.prepare(home)
    os.environ["PREFECT_SERVER_API_AUTH_STRING"] = os.environ["PREFECT_API_AUTH_STRING"]
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", HOST, "--port", str(port)]
    with _child(home, command, "server.log") as process:
        _until_up(api, process)
        engine.server_file(home).write_text(json.dumps({"api": api}), "utf-8")
        try:
            yield api
        finally:
            engine.server_file(home).unlink(missing_ok=True)
            os.environ.clear()
            os.environ.update(before)


@contextmanager
def _worker(home: Home) -> Iterator[None]:
    os.environ["PREFECT_FLOWS_HEARTBEAT_FREQUENCY"] = str(engine.HEARTBEAT)
    command = [sys.executable, "-m", "prefect", "worker", "start", "--pool", POOL, "--type", "process"]
    with _child(home, command, "worker.log"):
        yield


@contextmanager
def _child(home: Home, command: list[str], log: str) -> Iterator[subprocess.Popen[bytes]]:
    """A child in its own process group, stopped with everything it started."""
    with (home.prefect_home / log).open("ab") as record:
        process = subprocess.Popen(command, stdout=record, stderr=record, start_new_session=True)  # noqa: S603
        try:
            yield process
        finally:
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    for how, patience in ((signal.SIGTERM, 15), (signal.SIGKILL, 5)):
        if process.poll() is not None:
            break
        os.killpg(process.pid, how)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            continue


def _until_up(api: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_LIMIT
    while not engine.answers(api):
        if process.poll() is not None:
            raise Transient("Prefect 服务没有启动起来，详情见 var/prefect/server.log")
        if time.monotonic() > deadline:
            raise Transient(f"Prefect 服务在 {START_LIMIT} 秒内没有启动起来，详情见 var/prefect/server.log")
        time.sleep(0.3)


def _wait() -> None:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    try:
        signal.pause()
    except KeyboardInterrupt:
        print("正在停止……", flush=True)
