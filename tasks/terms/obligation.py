"""An obligation 报送事项: what is owed, by whom, in which form and how much, as the campaign file says it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar, Literal

from tasks.terms.due import Due, Inner, Recurrence
from tasks.terms.measures import adds_up
from tasks.terms.strict import STRICT, Unknown

SEPARATOR = "."
"""Between an obligation's id and its occurrence's date; no id of a campaign file contains it."""


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
    add_up: bool | None = None
    """各单位的数能否相加；不填则按名称和计量单位判断：比率、平均数、单价、名次等不相加"""

    @property
    def adds(self) -> bool:
        """Whether several units' figures come to a sum that means something."""
        return adds_up(self.title, self.unit) if self.add_up is None else self.add_up


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
    def day(self) -> date | None:
        """The day the notice gives this occurrence of a recurring obligation; None for any other."""
        return date.fromisoformat(self.id.partition(SEPARATOR)[2]) if self.recurs else None

    @property
    def series(self) -> str:
        """The id in the campaign file of an obligation or of one of its occurrences."""
        return self.id.partition(SEPARATOR)[0]

    @property
    def series_title(self) -> str:
        """The title in the campaign file of an obligation or of one of its occurrences."""
        return self.title.rpartition("（")[0] if self.recurs else self.title
