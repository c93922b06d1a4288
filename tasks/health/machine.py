"""The machine: disk, clock, the ledger's file."""

import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import text

from tasks.health.finding import Found, fault, look, ok
from tasks.home_ledger import open_ledger
from tasks.ledger import acts
from tasks.ledger.latest import fact_after
from tasks.settings import Home
from tasks.store.writable import ensure_writable
from tasks.terms import times
from tasks.terms.errors import BaosongError
from tasks.terms.machine import why

LOW, FULL = 2 << 30, 200 << 20
"""Bytes free below which a person should make room, and below which intake may fail."""

SKEW = timedelta(minutes=10)
"""So far the clocks of two machines that are kept right, or corrected at the start, may be apart."""


def disk(home: Home) -> Iterator[Found]:
    """Room for originals and packages, and whether we may write there."""
    try:
        ensure_writable(home.var)
    except BaosongError as wrong:
        yield fault("磁盘", str(wrong))
        return
    except OSError as wrong:
        yield fault("磁盘", f"目录 {home.var} 不能写入（{why(wrong)}），请检查")
        return
    free = shutil.disk_usage(home.var).free
    room = f"var 所在磁盘剩余 {free / (1 << 30):.1f} GB"
    if free < FULL:
        yield fault("磁盘", f"{room}，收件和汇总可能失败，请立即清理")
    elif free < LOW:
        yield look("磁盘", f"{room}，请尽早清理")
    else:
        yield ok("磁盘", room)


def clock() -> Iterator[Found]:
    """Whether the machine's clock is kept right: what counts for a deadline is read off it."""
    program = shutil.which("timedatectl")
    answer = ""
    if program:
        command = [program, "show", "--property=NTPSynchronized", "--value"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=10)  # noqa: S603
        answer = done.stdout.strip()
    if answer == "yes":
        yield ok("时钟", "已与时间服务器同步")
    elif answer == "no":
        yield look("时钟", "没有与时间服务器同步，收到时刻可能不准；请启用网络对时")
    else:
        yield look("时钟", "看不出是否与时间服务器同步，请人工核对本机时间")


def backward(home: Home, now: datetime) -> Iterator[Found]:
    """Whether the ledger holds something later than now: the clock was wrong then, or is wrong now."""
    try:
        with open_ledger(home).read() as connection:
            ahead = fact_after(connection, now + SKEW)
    except BaosongError:
        return  # told with the ledger
    if ahead:
        yield fault(
            "时钟",
            f"台账里有晚于此刻（{times.moment_zh(now, year=True)}）的记录：本机时钟走错过，或正走错；"
            "请校准时钟，并核对其间收到的报件是否迟报",
        )


def ledger(home: Home) -> Iterator[Found]:
    """Whether the ledger opens, is whole, and its chain of acts unbroken."""
    try:
        opened = open_ledger(home)
        with opened.read() as connection:
            broken = acts.broken_link(connection)
            sqlite = connection.dialect.name == "sqlite"
            whole = connection.execute(text("PRAGMA quick_check")).scalar() if sqlite else "ok"
    except BaosongError as wrong:
        yield fault("台账", str(wrong))
        return
    if whole != "ok":
        yield fault("台账", "数据库文件已损坏，请从备份恢复")
    elif broken is not None:
        yield fault("台账", f"第 {broken} 条操作记录与前一条不相连，曾被改动")
    else:
        yield ok("台账", "完整，操作记录前后相连")
