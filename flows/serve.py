"""Server, schedules and worker on loopback, in one command."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from flows import engine
from flows.timetable import POOL, all_planned
from tasks.desk import open_desk
from tasks.home_ledger import ledger_of
from tasks.notice.load import campaign_ids
from tasks.roster.validate import ensure_sound
from tasks.settings import Home
from tasks.terms.errors import Misconfigured, Transient

HOST = "127.0.0.1"
START_LIMIT = 180
"""Seconds the server may take to start: the first start migrates its database."""

LOOK_EVERY = 5
"""Seconds between two looks at server and worker."""

SILENT_LOOKS = 12
"""So many looks in a row without an answer, and the server is dead rather than busy."""

LARGEST_LOG = 20 << 20
"""A log longer than this is put aside; the one before it goes."""

LOGS = ("server.log", "worker.log")


def work(home: Home) -> int:
    """One more worker for the server of this home, until interrupted."""
    api = _given_server() or engine.running_server(home)
    if api is None:
        raise Transient("没有找到正在运行的 Prefect 服务；请先启动 baosong serve")
    engine.prepare(home)
    print(f"执行器已启动，服务在 {api}（按 Ctrl+C 停止）", flush=True)
    _work_until_stopped(home, api)
    return 0


def _given_server() -> str | None:
    """The server of another machine, named in the environment.

    Raises:
        Misconfigured: the log-in of that server is not given.
        Transient: it does not answer.
    """
    api = os.environ.get("PREFECT_API_URL")
    if api and "PREFECT_API_AUTH_STRING" not in os.environ:
        raise Misconfigured(
            "环境变量 PREFECT_API_URL 写了别的机器的服务，还要写 PREFECT_API_AUTH_STRING"
            "（那台机器 var/prefect/login.txt 里的整行）"
        )
    engine.ensure_answering(api)
    return api


def serve(home: Home, port: int, host: str = HOST) -> int:
    """Run until interrupted. Prints the address once everything is up."""
    for each in campaign_ids(home):
        ensure_sound(home, each)
    ledger_of(home)  # what no run could do without is told here, to whoever starts us
    desks = [open_desk(each, datetime.now(UTC), home) for each in campaign_ids(home)]
    campaigns = [desk.campaign for desk in desks]
    api = f"http://{host}:{port}/api"
    if engine.answers(api):
        raise Misconfigured(f"端口 {port} 已有 Prefect 服务在运行；先停掉它，或用 --port 换一个端口")
    with server(home, port, host):
        from flows.deploy import deploy

        asyncio.run(deploy(all_planned(campaigns), desks))
        print(f"Prefect 界面：http://{host}:{port}  （{len(campaigns)} 个专项，按 Ctrl+C 停止）", flush=True)
        print(f"登录口令（整行）在 {engine.credentials_file(home)}", flush=True)
        _work_until_stopped(home, api, _database(home))
    return 0


@contextmanager
def server(home: Home, port: int, host: str = HOST) -> Iterator[str]:
    """A Prefect server for this home folder while the block runs; gives its API address."""
    api = f"http://{host}:{port}/api"
    before = dict(os.environ)
    os.environ["PREFECT_API_URL"] = api
    os.environ["PREFECT_UI_API_URL"] = api
    engine.prepare(home)
    os.environ["PREFECT_SERVER_API_AUTH_STRING"] = os.environ["PREFECT_API_AUTH_STRING"]
    command = [
        sys.executable,
        "-m",
        "prefect",
        "server",
        "start",
        "--host",
        host.strip("[]"),
        "--port",
        str(port),
    ]
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
def _worker(home: Home) -> Iterator[subprocess.Popen[bytes]]:
    os.environ["PREFECT_FLOWS_HEARTBEAT_FREQUENCY"] = str(engine.HEARTBEAT)
    os.environ["PREFECT_WORKER_QUERY_SECONDS"] = "3"  # a clerk waits for what a form does
    command = [sys.executable, "-m", "prefect", "worker", "start", "--pool", POOL, "--type", "process"]
    with _child(home, command, "worker.log") as process:
        yield process


@contextmanager
def _child(home: Home, command: list[str], log: str) -> Iterator[subprocess.Popen[bytes]]:
    """A child in its own process group, stopped with everything it started."""
    with (home.prefect_home / log).open("ab") as record:
        process = subprocess.Popen(  # noqa: S603
            [*_dying_with_us(), *command], stdout=record, stderr=record, start_new_session=True
        )
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


def _dying_with_us() -> list[str]:
    """Killed hard, we take our children along: a server left behind would keep the port."""
    program = shutil.which("setpriv")
    return [program, "--pdeathsig", "TERM", "--"] if program else []


def _work_until_stopped(home: Home, api: str, database: int | None = None) -> None:
    """Keep a worker at work; one that died is replaced, and a server that died ends us.

    ``database`` is the file our own server writes to, where it writes to one; another's is not ours to watch.
    """

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    try:
        while True:
            with _worker(home) as worker:
                _while_both_live(worker, api, home, database)
            print("执行器中途停了，已重新启动；详情见 var/prefect/worker.log", flush=True)
    except KeyboardInterrupt:
        print("正在停止……", flush=True)


def _while_both_live(worker: subprocess.Popen[bytes], api: str, home: Home, database: int | None) -> None:
    silent = 0
    while worker.poll() is None:
        time.sleep(LOOK_EVERY)
        # The server would write on, into a file that has no name.
        if database is not None and _database(home) != database:
            raise Transient("Prefect 的数据库被删除了；账目不受影响，请重新启动 serve，它会建一个新的")
        for log in LOGS:
            keep_short(home.prefect_home / log)
        silent = 0 if engine.answers(api) else silent + 1
        if silent >= SILENT_LOOKS:
            raise Transient("Prefect 服务中途停了，请重新启动 serve；详情见 var/prefect/server.log")


def _database(home: Home) -> int | None:
    """Which file Prefect's database is: one made anew under the same name is another, and empty."""
    try:
        return (home.prefect_home / "prefect.db").stat().st_ino
    except FileNotFoundError:
        return None


def keep_short(log: Path) -> None:
    """Put a long log aside and begin anew; whoever writes to it appends, and goes on at its new beginning."""
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        shutil.copyfile(log, log.with_suffix(".log.1"))
        os.truncate(log, 0)
