"""A campaign 专项: what one notice asks for, as the campaign file says it.

These records are also the shape of ``config/campaigns/*.yaml``: the loader in ``tasks.notice`` checks a
file against them, so a field's name here is its key there and its docstring is the editor's help.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, ClassVar, Literal

STRICT: dict[str, Any] = {"extra": "forbid", "use_attribute_docstrings": True}
"""Read by the loader: an unknown key is an error, and the docstrings below become the editor's help."""

SEPARATOR = "."
"""Between an obligation's id and its occurrence's date; no id of a campaign file contains it."""

Unknown = Literal["unknown"]
"""What the notice does not say. It is shown and asked for, never guessed."""


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
class Window:
    """A period in which the reported work is done; not a reporting date."""

    __pydantic_config__: ClassVar = STRICT
    id: str
    """时段代号"""
    title: str
    """时段名称"""
    start: date
    """起始日"""
    end: date
    """截止日（含）"""


@dataclass(frozen=True, kw_only=True)
class Due:
    """When a report must have arrived.

    A date without an hour runs to the last instant of that day. ``inclusive`` false reads “前” as “not on
    that day any more”. Nothing here is ever rolled to another day unless the campaign says so.
    """

    __pydantic_config__: ClassVar = STRICT
    date: date
    """时限日期，如 2023-04-04；另写 working_days_after 时为起算日，另写 month_end 时为该月任一日"""
    working_days_after: int | None = None
    """起算日之后的第几个工作日（起算日不计）；不填则时限就是 date 当日"""
    month_end: bool = False
    """date 所在月的最后一天（“5月底前”）"""
    roll: Literal["next_working_day"] | None = None
    """遇节假日顺延至下一工作日；通知写明顺延才填，不填一律不顺延"""
    time: str | None = None
    """时限钟点：HH:MM、24:00 或 下班前；通知未写明则不填"""
    inclusive: bool = True
    """“前”是否含当日（默认含）"""
    quote: str = ""
    """通知原文"""

    @property
    def reckoned(self) -> bool:
        """Whether the day needs a calendar to be known."""
        return self.working_days_after is not None or self.month_end or self.roll is not None


@dataclass(frozen=True, kw_only=True)
class SettledDue(Due):
    """A due moment reckoned with the calendar: the very day, an hour of the clock, and how it came about."""

    how: str
    """推算依据"""


@dataclass(frozen=True, kw_only=True)
class Recurrence:
    """An obligation that comes again: every occurrence has a due moment of its own.

    The first is the obligation's own due date; the hour and the roll are the same for all.
    """

    __pydantic_config__: ClassVar = STRICT
    every: Literal["daily", "working_daily", "weekly", "monthly", "listed"]
    """周期：daily 每日，working_daily 每个工作日，weekly 每周，monthly 每月，listed 按 dates 所列日期"""
    until: date | None = None
    """最后一次不晚于这一日；不填则至所属时段的截止日"""
    dates: tuple[date, ...] = ()
    """listed：首次（due.date）以外的各次日期"""


@dataclass(frozen=True, kw_only=True)
class Inner:
    """An inner deadline 内部时限: one tier reports earlier, so that time is left before the superior's."""

    __pydantic_config__: ClassVar = STRICT
    tier: str | None = None
    """层级；与 kind 至少写一项"""
    kind: str | None = None
    """单位类别"""
    working_days: int
    """提前的工作日数"""
    before: Literal["superior", "due"] = "superior"
    """superior 早于上级规定的时限，due 早于本事项的时限"""
    time: str | None = None
    """钟点：HH:MM、24:00 或 下班前；不填则至当日24时"""

    def holds_for(self, *, tier: str, kind: str) -> bool:
        """Whether a unit of that tier and kind reports by it."""
        return self.tier in {None, tier} and self.kind in {None, kind}


@dataclass(frozen=True, kw_only=True)
class SettledInner(Inner):
    """An inner deadline whose day is known."""

    due: SettledDue
    """推算出的时限"""


@dataclass(frozen=True, kw_only=True)
class Selector:
    """A set of units: those that meet every stated condition."""

    __pydantic_config__: ClassVar = STRICT
    kind: str | None = None
    """单位类别"""
    tier: str | None = None
    """层级"""
    units: tuple[str, ...] = ()
    """点名的单位代码"""
    exclude: tuple[str, ...] = ()
    """除外的单位代码"""


@dataclass(frozen=True, kw_only=True)
class Field:
    """One figure a form asks for."""

    __pydantic_config__: ClassVar = STRICT
    id: str
    """代号（英文小写）"""
    title: str
    """表头"""
    unit: str = ""
    """计量单位：场、户、人次 …"""
    aliases: tuple[str, ...] = ()
    """常见的其他写法"""
    required: bool = True
    """是否必填"""
    whole: bool = True
    """是否必须为整数"""
    low: int = 0
    """合理下限"""
    high: int = 100_000
    """合理上限，超出须核实"""
    help: str = ""
    """填报说明"""


@dataclass(frozen=True, kw_only=True)
class Quota:
    """What every owing unit is asked to reach."""

    __pydantic_config__: ClassVar = STRICT
    field: str
    """指标代号"""
    min: int
    """每个单位至少"""
    max: int | None = None
    """每个单位至多（通知未写明则不填）"""


@dataclass(frozen=True, kw_only=True)
class Target:
    """What the whole campaign is to reach; a figure of its own, not units times quota."""

    __pydantic_config__: ClassVar = STRICT
    field: str
    """指标代号"""
    min: int
    """全区（全市）目标"""
    title: str
    """目标名称，如 千场活动"""
    over: Literal["each", "sum", "latest"] | None = None
    """周期报送须写明目标与哪个数相比：sum 各次数字是当次新增，相加后比；latest 各次数字是累计，取最近一次；each 每一次单独比。只报一次的不填"""  # noqa: E501


@dataclass(frozen=True, kw_only=True)
class NarrativeRule:
    """What a summary 活动总结 is expected to carry."""

    __pydantic_config__: ClassVar = STRICT
    keywords: tuple[str, ...] = ()
    """主题词，任一出现即可（两种语序都列出）"""
    topics: tuple[str, ...] = ()
    """通知要求重点宣传的内容"""
    compliance: tuple[str, ...] = ()
    """通知要求的合规事项，如 疫情防控、中央八项规定"""
    min_characters: int = 100
    """少于这个字数视为空白"""


@dataclass(frozen=True, kw_only=True)
class Obligation:
    """A reporting obligation 报送事项: who owes what, by when."""

    __pydantic_config__: ClassVar = STRICT
    id: str
    """事项代号（英文小写）"""
    title: str
    """事项名称"""
    deliverable: Literal["narrative", "form"]
    """报送形式：narrative 文字材料，form 统计表"""
    window: str | None = None
    """对应时段代号"""
    due: Due | Unknown
    """时限；通知未写明填 unknown"""
    recurrence: Recurrence | None = None
    """周期报送；不填则只报一次"""
    inner: tuple[Inner, ...] = ()
    """内部时限：为某一层级另定的、早于上级时限的时限"""
    closes: datetime | None = None
    """截止接收的时刻：时限之后、此刻之前到的算迟报，此后到的不再计入；不填则一直接收"""
    since: date | None = None
    """自这一日起才有这一事项（另行通知的填通知日）；不填则一开始就有"""
    owed_by: tuple[Selector, ...]
    """应报单位"""
    through_parent: tuple[str, ...] = ()
    """由上级单位代报的单位类别，如 村社工作室由镇街报送"""
    fields: tuple[Field, ...] = ()
    """统计指标（form 必填）"""
    quotas: tuple[Quota, ...] = ()
    """每个单位的任务数"""
    targets: tuple[Target, ...] = ()
    """全区（全市）目标"""
    narrative: NarrativeRule = field(default_factory=NarrativeRule)
    """文字材料要求"""
    optional: bool = False
    """可选事项：收，但不催"""

    @property
    def recurs(self) -> bool:
        """Whether it is one occurrence of a recurring obligation."""
        return SEPARATOR in self.id

    @property
    def series(self) -> str:
        """The id in the campaign file of an obligation or of one of its occurrences."""
        return self.id.partition(SEPARATOR)[0]

    @property
    def series_title(self) -> str:
        """The title in the campaign file of an obligation or of one of its occurrences."""
        return self.title.rpartition("（")[0] if self.recurs else self.title


@dataclass(frozen=True, kw_only=True)
class Rung:
    """One step of the ladder 梯次 of reminders.

    Counted from the unit's effective due day: ``working_days: -3`` is three working days before it, 0 the
    day itself, 2 two working days after. ``on`` instead names a fixed day (the notice of start), and
    ``hours_before`` counts back from the due moment, on its day not before ``at``; ``hours_after`` counts on
    from it, not before ``at`` of the day it comes to.
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
    """时限前的小时数（与 working_days、on、hours_after 四选一），用于截止前最后提醒；at 为当日不早于几点"""
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
        open_points = []
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
        open_points += [f"{o.title}的报送时限" for o in self.obligations if o.due == "unknown"]
        open_points += [
            f"“{o.series_title}”各次所报的数是当次新增还是累计（总目标“{t.title}”与哪个数相比）"
            for o in self.obligations
            if o.recurs
            for t in o.targets
            if t.over is None
        ]
        return tuple(dict.fromkeys(open_points))
