"""A campaign 专项: what one notice asks for, as the campaign file says it.

These records are also the shape of ``config/campaigns/*.yaml``: the loader in ``tasks.notice`` checks a
file against them, so a field's name here is its key there and its docstring is the editor's help.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import ClassVar, Literal

from tasks.terms import times
from tasks.terms.due import Window
from tasks.terms.obligation import Obligation
from tasks.terms.strict import STRICT, Unknown


@dataclass(frozen=True, kw_only=True)
class Person:
    """Whom units may ask."""

    __pydantic_config__: ClassVar = STRICT
    name: str
    """联系人姓名"""
    phone: str | Unknown = "unknown"
    """联系电话，须带区号；通知未写明时填 unknown"""


@dataclass(frozen=True, kw_only=True)
class Notice:
    """The notice 通知 the campaign carries out."""

    __pydantic_config__: ClassVar = STRICT
    issuer: str
    """发文机关"""
    document_number: str
    """发文字号，年份用〔〕"""
    title: str
    """通知标题"""
    issued_on: date | Unknown
    """成文日期"""
    section: str | Unknown
    """承办科室"""
    contact: Person
    """联系人"""
    theme: str = ""
    """活动主题"""
    superior_document: str = ""
    """上级文件及文号"""
    public: bool = True
    """通知是否公开；各单位报来的材料一律不公开"""


@dataclass(frozen=True, kw_only=True)
class Rung:
    """One step of the ladder 梯次 of reminders.

    Counted from the unit's effective due day: ``working_days: -3`` is three working days before it, 0 the
    day itself, 2 two working days after. ``on`` instead names a fixed day (the notice of start), and
    ``hours_before`` counts back from the due moment, on its day not before ``at``; where the notice names no
    hour, or one at which the office is closed, from the last instant before it at which the office works.
    ``hours_after`` counts on from it, not before ``at`` of the day it comes to.
    """

    __pydantic_config__: ClassVar = STRICT
    id: str
    """梯次代号"""
    title: str
    """梯次名称，如 到期前三个工作日提醒"""
    working_days: int | None = None
    """距时限的工作日数，负数在前"""
    on: date | None = None
    """固定日期（与 working_days 二选一）"""
    hours_before: int | None = None
    """时限前的小时数（与 working_days、on、hours_after 四选一），用于截止前最后提醒；at 为当日不早于几点；时限没有写明钟点或在办公时间以外的，从此前最后一段办公时间结束时往回数"""  # noqa: E501
    hours_after: int | None = None
    """时限后的小时数（与 working_days、on、hours_before 四选一）；at 为当日不早于几点"""
    at: time
    """发出钟点"""
    audience: tuple[Literal["preparer", "sender", "leader", "parent", "ops"], ...]
    """收件人：preparer 填报人，sender 报送人，leader 分管领导，parent 上一级单位，ops 本局值班邮箱；情况摘要的 leader 为本局领导"""  # noqa: E501
    only: Literal["missing", "returned"] | None = None
    """只发给：missing 从未报来的，returned 退回未补的；不写为两者都发"""
    any_hour: bool = False
    """办公时间以外也发"""
    template: str
    """模板名：start、reminder、overdue、thanks 致谢、circular 通报、digest 情况摘要，或自拟的"""
    obligations: tuple[str, ...] = ()
    """只针对这些事项；空为全部有时限的事项"""


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where submissions come in.

    ``imap`` names an account of ``config/office.yaml``; the others name a folder below the home folder.
    """

    __pydantic_config__: ClassVar = STRICT
    kind: Literal["imap", "maildir", "eml", "drop", "exchange"]
    """来源：imap 邮箱，maildir/eml 邮件目录，drop 投放目录，exchange 公文系统登记簿及附件目录"""
    account: str | None = None
    """imap：config/office.yaml 中的账户名"""
    folder: str = "INBOX"
    """imap：邮件夹"""
    path: str | None = None
    """其余来源：目录（相对于主目录）"""


@dataclass(frozen=True, kw_only=True)
class Superior:
    """The bureau that gets the package."""

    __pydantic_config__: ClassVar = STRICT
    name: str
    """上级机关"""
    due: datetime | Unknown = "unknown"
    """上级规定的时限；通知未写明填 unknown"""
    channel: Literal["email", "document_exchange"] | Unknown = "unknown"
    """呈报渠道：email 邮件，document_exchange 公文系统"""
    address: str | None = None
    """邮件呈报的地址"""
    size_limit_mb: int | None = None
    """上级邮箱单封邮件的大小上限（MB），超出即分卷；不知道则不填"""


@dataclass(frozen=True, kw_only=True)
class PackageRule:
    """When the package is built and handed up."""

    __pydantic_config__: ClassVar = STRICT
    at: datetime
    """汇总呈报时刻（北京时间）"""
    basis: str
    """这个时刻的依据"""
    supplements: tuple[datetime, ...] = ()
    """补报件时刻：此后到的材料编入补报件"""
    sign_off: bool = False
    """呈报前是否须审签；是则须写明 signer 和 signer_address"""
    signer: str = ""
    """审签人姓名"""
    signer_address: str | None = None
    """审签人邮箱：审签请求和一次性审签码发到这里"""
    sign_within_hours: int | None = None
    """编成后几小时内应审签；不填则一直等待"""
    unsigned: Literal["hold", "send"] = "hold"
    """过时未审签：hold 暂不呈报，send 照常呈报并记录未经审签"""

    @property
    def moments(self) -> tuple[datetime, ...]:
        """The package's moment and its supplements' (UTC), as the file lists them."""
        return tuple(map(times.utc, (self.at, *self.supplements)))

    @property
    def last(self) -> datetime:
        """The last of them (UTC): after it nothing is chased any more."""
        return max(self.moments)


@dataclass(frozen=True, kw_only=True)
class OwnTask:
    """Something the issuing bureau itself does in the campaign."""

    __pydantic_config__: ClassVar = STRICT
    title: str
    """任务"""
    deliverables: tuple[str, ...] = ()
    """成果"""
    done: str = ""
    """完成情况，由科室在汇总前填写，写进总结报告；不填则报告写明未作统计"""


@dataclass(frozen=True, kw_only=True)
class Campaign:
    """One notice, made workable."""

    __pydantic_config__: ClassVar = STRICT
    id: str
    """专项代号，与文件名一致"""
    title: str
    """专项名称"""
    notice: Notice
    """通知"""
    superior: Superior
    """上级机关"""
    roster: str
    """名册文件（相对于 config/）"""
    windows: tuple[Window, ...]
    """活动时段"""
    obligations: tuple[Obligation, ...]
    """报送事项"""
    sources: tuple[Source, ...]
    """收件来源"""
    account: str = "capture"
    """发信账户：config/office.yaml 中的账户名；capture 只投到本机，不出门"""
    ladder: tuple[Rung, ...] = ()
    """催报梯次"""
    package: PackageRule
    """汇总呈报"""
    own_tasks: tuple[OwnTask, ...] = ()
    """本机关自身任务"""
    notes: tuple[str, ...] = ()
    """其他说明：通知要求而不设时限的事项"""

    def obligation(self, obligation_id: str) -> Obligation:
        """The obligation with that id. Raises KeyError when there is none."""
        for each in self.obligations:
            if each.id == obligation_id:
                return each
        raise KeyError(obligation_id)

    @property
    def unknowns(self) -> tuple[str, ...]:
        """What the notice leaves open, in Chinese, for staff to ask about."""
        open_points: list[str] = []
        if self.superior.due == "unknown":
            open_points.append(f"{self.superior.name}规定的上报时限")
        if self.superior.channel == "unknown":
            open_points.append(f"向{self.superior.name}呈报的渠道")
        if self.notice.issued_on == "unknown":
            open_points.append("通知的成文日期")
        if self.notice.section == "unknown":
            open_points.append("承办科室")
        if self.notice.contact.phone == "unknown":
            open_points.append("联系电话（须带区号）")
        return tuple(dict.fromkeys((*open_points, *self.unknown_of_reports)))

    @property
    def unknown_of_reports(self) -> tuple[str, ...]:
        """The part of it that bears on what was reported: whoever reads the figures has to know, too."""
        undated = [f"{o.title}的报送时限" for o in self.obligations if o.due == "unknown" and not o.recurs]
        unclear = [
            f"“{o.series_title}”各次所报的数是当次新增还是累计（总目标“{t.title}”与哪个数相比）"
            for o in self.obligations
            if o.recurs
            for t in o.targets
            if t.over is None
        ]
        return tuple(dict.fromkeys((*undated, *unclear)))
