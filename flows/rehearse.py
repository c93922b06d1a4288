"""``baosong rehearse``: the whole campaign in a folder of its own; nothing leaves this machine."""

import json
import shutil
import socket
import sys
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flows.logs import not_on_terminal
from flows.rehearsal.summary import summary
from flows.serve import server
from tasks.desk import open_desk
from tasks.roster.validate import ensure_sound
from tasks.settings import REHEARSAL, Home
from tasks.terms.errors import Misconfigured


def rehearse(home: Home, campaign: str, out: Path | None, *, seed: int) -> int:
    """Rehearse a campaign and tell in Chinese what came of it. Running it again starts afresh.

    Raises:
        Misconfigured: the campaign contradicts itself, or the folder holds something else.
    """
    ensure_sound(home, campaign)
    folder = out or home.var / "rehearsals" / campaign
    stage = set_stage(home, campaign, folder, seed)
    print(f"演练目录：{folder}（随机种子 {seed}；全部信件只投到本机）", flush=True)
    print("正在启动 Prefect……", flush=True)
    with server(stage, _free_port()):
        ended = _perform(stage, campaign, seed)
    print()
    desk = open_desk(campaign, ended + timedelta(minutes=1), stage)
    for line in summary(desk):
        print(line)
    _where(folder)
    return 0


def rehearse_tiers(folder: Path, *, seed: int) -> int:
    """Rehearse the way from station to province and tell whether every unit and total agrees.

    Raises:
        Misconfigured: the folder holds something else.
    """
    from flows.rehearsal.tiers import rehearse_tiers as play

    _clear(folder, {"tiers": True, "seed": seed}, [p.name for p in folder.glob("*/")])
    print(f"演练目录：{folder}（随机种子 {seed}；全部信件只投到本机）", flush=True)
    faults = play(folder, seed)
    print("\n".join(faults) if faults else "逐单位、逐级核对一致")
    return 1 if faults else 0


def _perform(stage: Home, campaign: str, seed: int) -> datetime:
    """Perform the play with its progress printed; returns the moment it ended."""
    from prefect.logging.handlers import APILogWorker
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    from flows.rehearsal.play import Play

    not_on_terminal("tasks.dispatch")  # each line below says it as well
    play = Play(stage, campaign, seed)
    if added := [each for each in play.added if each]:
        print(f"演练中另行设定：{'；'.join(added)}", flush=True)
    # Nobody watches for a rehearsal's heartbeat, and waiting for its thread costs a second a run.
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        for scene in play.scenes():
            print(scene.line(), flush=True)
    APILogWorker.drain_all(timeout=10)  # while there is still a server to take the last lines
    return play.last


def set_stage(home: Home, campaign: str, folder: Path, seed: int) -> Home:
    """A fresh home folder with the office's configuration, marked as a rehearsal.

    Raises:
        Misconfigured: the folder is there and is no rehearsal's.
    """
    _clear(folder, {"campaign": campaign, "seed": seed}, ["config", "templates", "var"])
    shutil.copytree(home.config, folder / "config")
    if home.templates.is_dir() and home.templates != home.shipped_templates:
        shutil.copytree(home.templates, folder / "templates")
    return Home.at(folder)


def _clear(folder: Path, marker: Mapping[str, Any], names: Iterable[str]) -> None:
    """An empty folder, marked as a rehearsal's; what an earlier rehearsal left is removed."""
    if folder.exists() and any(folder.iterdir()) and not (folder / REHEARSAL).is_file():
        raise Misconfigured(f"{folder} 里已有别的文件，不是演练目录；请另指定一个目录")
    if (folder / REHEARSAL).is_file():
        for name in names:
            shutil.rmtree(folder / name, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / REHEARSAL).write_text(json.dumps(marker, ensure_ascii=False) + "\n", "utf-8")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _where(folder: Path) -> None:
    print()
    for name, path in (
        ("汇总件", "var/packages"),
        ("发出的邮件", "var/mail/captured（Maildir，可用邮件程序打开）"),
        ("收到的邮件", "var/mail/inbox"),
        ("台账", "var/ledger.sqlite3"),
        ("Prefect 数据库", "var/prefect/prefect.db"),
    ):
        print(f"{name}：{folder}/{path}")
    print(f"在浏览器中查看这次演练：{_command()} --home {folder} serve，然后打开它打印的地址")


def _command() -> str:
    return sys.argv[0] if sys.argv[0].endswith("baosong") else "baosong"
