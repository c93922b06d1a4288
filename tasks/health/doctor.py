"""One look at everything."""

from collections.abc import Iterator
from datetime import datetime

from tasks.health import machine
from tasks.health.accounts import accounts
from tasks.health.campaigns import campaign
from tasks.health.finding import Found, fault, look, ok
from tasks.health.originals import examine_originals
from tasks.health.retention import overdue
from tasks.health.week import coming
from tasks.notice.load import campaign_ids
from tasks.settings import Home, load_office
from tasks.terms import times
from tasks.terms.errors import BaosongError


def examine(home: Home, now: datetime) -> Iterator[Found]:
    """The machine, the accounts, every campaign, and the coming week."""
    yield from machine.disk(home)
    yield from machine.clock()
    yield from machine.ledger(home)
    yield from machine.backward(home, now)
    yield from _sending(home)
    try:
        office = load_office(home)
        yield from examine_originals(home, office)
        yield from accounts(office, now)
    except BaosongError as wrong:
        yield fault("机关配置", str(wrong))
    names = campaign_ids(home)
    if not names:
        yield look("专项", "config/campaigns 下还没有专项文件")
    for name in names:
        yield from campaign(home, name, now)
    yield from _to_forget(home, now)
    for name in names:
        yield from _week(home, name, now)


def _to_forget(home: Home, now: datetime) -> Iterator[Found]:
    try:
        names = overdue(home, now)
    except BaosongError:
        return  # told with the campaign already
    for name in names:
        yield look("个人信息", f"专项 {name} 保存期已满，请用 baosong forget {name} 删除个人信息")


def _sending(home: Home) -> Iterator[Found]:
    if home.kill_switch.exists():
        yield look("停发", f"停发开关打开着（{home.kill_switch}），信件都留在待发；删掉该文件即恢复")


def _week(home: Home, name: str, now: datetime) -> Iterator[Found]:
    try:
        events = list(coming(home, name, now))
    except BaosongError:
        return  # told with the campaign already
    for moment, text in events:
        yield ok("未来七天", f"{times.moment_zh(moment)} {name}：{text}")
