"""The home folder and ``config/office.yaml``: where things lie, and which accounts the office uses."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property
from pathlib import Path
from typing import ClassVar, Literal

from tasks.documents.strict_yaml import read, shaped
from tasks.store.bucket import Bucket
from tasks.terms.errors import Misconfigured
from tasks.terms.strict import STRICT

SHIPPED = Path(__file__).resolve().parents[1]
"""Where the product's own templates and configuration lie, in a checkout as in an installation."""

REHEARSAL = "演练.json"
"""Marks a home folder as a rehearsal's."""

MOST_READERS = 64
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True)
class Home:
    """A home folder: ``config/``, optional ``templates/`` overrides, and ``var/`` with everything else."""

    root: Path

    @classmethod
    def at(cls, path: Path) -> "Home":
        """The home at that folder.

        Raises:
            Misconfigured: it has no ``config`` folder.
        """
        root = path.resolve()
        if not (root / "config").is_dir():
            raise Misconfigured(f"主目录 {path} 下没有 config 文件夹；用 --home 指定含 config/ 的主目录")
        return cls(root)

    @property
    def config(self) -> Path:
        """What a clerk may edit."""
        return self.root / "config"

    @property
    def templates(self) -> Path:
        """The office's own templates, looked in before the shipped ones; need not exist."""
        return self.root / "templates"

    @property
    def shipped_templates(self) -> Path:
        """The product's templates."""
        return SHIPPED / "templates"

    def template_folders(self, campaign: str) -> tuple[Path, ...]:
        """Where a campaign's templates are looked for: its own, the office's, the shipped ones."""
        return (self.templates / "campaigns" / campaign, self.templates, self.shipped_templates)

    @property
    def var(self) -> Path:
        """Everything the product writes."""
        return self.root / "var"

    @property
    def store(self) -> Path:
        """Originals, by SHA-256."""
        return self.var / "store"

    @property
    def packages(self) -> Path:
        """Packages that were built."""
        return self.var / "packages"

    @property
    def captured(self) -> Path:
        """The Maildir of the embedded capture."""
        return self.var / "mail" / "captured"

    @property
    def prefect_home(self) -> Path:
        """Prefect's own folder and database."""
        return self.var / "prefect"

    @property
    def pulses(self) -> Path:
        """One file for each campaign, touched at the end of every check."""
        return self.var / "pulses"

    @property
    def alarms(self) -> Path:
        """Which alarms were given, and when."""
        return self.var / "alarms.json"

    @property
    def kill_switch(self) -> Path:
        """While this file exists no letter leaves."""
        return self.var / "STOP-SENDING"

    @property
    def rehearsal(self) -> bool:
        """Whether this home was made by ``baosong rehearse``: no real account is ever used in it."""
        return (self.root / REHEARSAL).is_file()

    @property
    def ledger_url(self) -> str:
        """The ledger: ``BAOSONG_LEDGER_URL``, or SQLite below ``var``."""
        own = f"sqlite:///{self.var / 'ledger.sqlite3'}"
        return own if self.rehearsal else os.environ.get("BAOSONG_LEDGER_URL") or own


class Secret(str):
    """A password: it works as one and never shows itself."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "Secret('***')"


@dataclass(frozen=True, kw_only=True)
class Server:
    """One mail server."""

    __pydantic_config__: ClassVar = STRICT
    host: str
    """服务器地址"""
    port: int
    """端口"""
    tls: Literal["ssl", "starttls", "none"] = "ssl"
    """加密方式；none 只允许用于本机"""
    user: str = ""
    """登录名；不填即为邮箱地址"""


@dataclass(frozen=True, kw_only=True)
class Account:
    """A mail account of the office. The password is never in a file that is shared: only where to find it."""

    __pydantic_config__: ClassVar = STRICT
    address: str
    """邮箱地址"""
    display_name: str
    """发件人显示名"""
    imap: Server | None = None
    """收件服务器"""
    smtp: Server | None = None
    """发件服务器；不填则只投到本机，不出门"""
    secret_env: str = ""
    """存放授权码的环境变量名"""
    secret_file: str = ""
    """存放授权码的文件（权限 0600）"""
    ca_file: str = ""
    """自建证书机构的根证书"""
    letters_per_minute: int = 30
    """每分钟最多发信数"""
    letters_per_day: int = 500
    """每日最多发信数"""
    authserv_id: str = ""
    """收件服务器在 Authentication-Results 里的署名；不填则认本邮箱域名和收件服务器的主机名"""
    own_copy: bool = True
    """每封信同时密送本邮箱一份，用作已发出的凭据（须已配置 imap）"""

    @property
    def receivers(self) -> frozenset[str]:
        """The names under which the account's mail server speaks of a sender (RFC 8601 authserv-id)."""
        if self.authserv_id:
            return frozenset({self.authserv_id})
        host = {self.imap.host} if self.imap else set()
        return frozenset({self.address.rpartition("@")[2], *host})

    def secret(self) -> Secret:
        """The account's password or authorisation code; empty when it names none (a relay without log-in).

        Raises:
            Misconfigured: it is not where the account says.
        """
        if self.secret_env and (found := os.environ.get(self.secret_env)):
            return self._usable(found)
        if self.secret_file:
            path = Path(os.environ.get("CREDENTIALS_DIRECTORY", "")) / self.secret_file
            try:
                return self._usable(path.read_text("utf-8-sig"))
            except (OSError, UnicodeDecodeError):
                raise Misconfigured(f"账户 {self.address} 的授权码文件读不到：{self.secret_file}") from None
        if self.secret_env:
            raise Misconfigured(f"账户 {self.address} 没有授权码：请设环境变量 {self.secret_env}")
        return Secret("")

    def _usable(self, given: str) -> Secret:
        """Without the line end it was copied with; the protocols take nothing but ASCII."""
        found = given.strip()
        if found.isascii() and found.isprintable():
            return Secret(found)
        raise Misconfigured(
            f"账户 {self.address} 的授权码里有中文、全角字符或换行，服务器不会认：请从邮箱设置页重新复制一遍"
        )


CAPTURE = Account(address="baosong@capture.example", display_name="报送系统", letters_per_day=1_000_000)
"""The built-in account: a real SMTP conversation into a Maildir of this machine; nothing leaves."""


@dataclass(frozen=True, kw_only=True)
class Season:
    """Office hours of a part of the year: summer hours, winter hours."""

    __pydantic_config__: ClassVar = STRICT
    name: str
    """名称，如 夏季作息"""
    start: str
    """起始月日，如 05-01"""
    end: str
    """截止月日（含），如 09-30"""
    hours: tuple[tuple[time, time], ...]
    """办公时间"""

    def covers(self, day: date) -> bool:
        """Whether the day lies in the season; one that begins after it ends runs over the new year."""
        here = f"{day:%m-%d}"
        if self.start <= self.end:
            return self.start <= here <= self.end
        return here >= self.start or here <= self.end


@dataclass(frozen=True)
class Office:
    """The bureau: its name, office hours and accounts."""

    __pydantic_config__: ClassVar = STRICT
    bureau: str
    """本机关名称"""
    hours: tuple[tuple[time, time], ...] = ((time(9), time(12)), (time(14), time(18)))
    """办公时间"""
    accounts: Mapping[str, Account] = field(default_factory=dict)
    """邮箱账户"""
    seasons: tuple[Season, ...] = ()
    """夏令、冬令等分季节的办公时间；不在其中的日子用 hours"""
    on_duty: tuple[str, ...] = ()
    """值班邮箱：定时收件停了、磁盘满了等故障写信告诉谁"""
    leaders: tuple[str, ...] = ()
    """本局领导邮箱：报送情况摘要发给谁"""
    sign_key: str = ""
    """签名密钥：本机 gpg 密钥的指纹或邮箱；填了，每份汇总件呈报前另附一份签名文件；不填则不签"""
    keep_days: int | None = None
    """最后一次汇总后几天可以删除个人信息（baosong forget）；不填则一直保留"""
    readers: int = 1
    """首次收件等积压多时，同时用几个进程读材料；不超过处理器个数"""
    store: Bucket | None = None
    """几台机器共用的原件库（S3 兼容）；不填则原件只在本机 var/store"""

    @cached_property
    def closes_at(self) -> time:
        """The end of the office day (下班), Asia/Shanghai."""
        return max(end for _, end in self.hours)

    def hours_on(self, day: date) -> tuple[tuple[time, time], ...]:
        """The office's hours on that day (Asia/Shanghai)."""
        return next((s.hours for s in self.seasons if s.covers(day)), self.hours)

    def closes_on(self, day: date) -> time:
        """The end of the office day (下班) on that day."""
        return max(end for _, end in self.hours_on(day))

    def account(self, name: str) -> Account:
        """An account by name; ``capture`` is always there.

        Raises:
            Misconfigured: there is no such account.
        """
        if name not in self.accounts and name != "capture":
            raise Misconfigured(f"config/office.yaml 中没有名为“{name}”的账户")
        return self.accounts.get(name, CAPTURE)


def load_office(home: Home) -> Office:
    """Read ``config/office.yaml``.

    Raises:
        Misconfigured: it is missing or wrong; one line with file, line and field.
    """
    document = read(home.config / "office.yaml")
    office = shaped(document, Office)
    for place, fault in _office_faults(office):
        raise document.fault(place, fault)
    return office


def _office_faults(office: Office) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if not 1 <= office.readers <= MOST_READERS:
        yield ("readers",), f"“{office.readers}”不对，应为 1 至 {MOST_READERS}，不超过处理器个数"
    if office.store:
        yield from ((("store", name), text) for name, text in office.store.faults())
    yield from _hour_faults(("hours",), office.hours)
    for n, season in enumerate(office.seasons):
        for name in ("start", "end"):
            if not _is_day_of_a_year(getattr(season, name)):
                yield ("seasons", n, name), f"“{getattr(season, name)}”不对，应为月日，写作 05-01"
        yield from _hour_faults(("seasons", n, "hours"), season.hours)
    for name, account in office.accounts.items():
        for part in ("imap", "smtp"):
            server = getattr(account, part)
            if server and server.tls == "none" and server.host not in LOOPBACK:
                yield (
                    ("accounts", name, part, "tls"),
                    f"{server.host} 不是本机，tls 不能为 none，应为 ssl 或 starttls",
                )
            if server and not (server.user.isascii() and server.user.isprintable()):
                yield (
                    ("accounts", name, part, "user"),
                    f"登录名“{server.user}”里有中文或全角字符，服务器不会认",
                )


def _hour_faults(
    place: tuple[str | int, ...], hours: tuple[tuple[time, time], ...]
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if not hours:
        yield place, '办公时间是空的，应至少有一段，写作 ["09:00", "12:00"]'
    for n, (begin, end) in enumerate(hours):
        if begin >= end:
            yield (*place, n), f"{begin:%H:%M} 不早于 {end:%H:%M}，应先写上班、后写下班"


def _is_day_of_a_year(text: str) -> bool:
    try:
        date.fromisoformat(f"2024-{text}")
    except ValueError:
        return False
    return True
