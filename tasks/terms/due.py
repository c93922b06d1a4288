"""When work is done and when a report of it must have arrived, as the campaign file says it."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from tasks.terms.strict import STRICT


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
    """时限日期，如 2023-04-04；另写 working_days_after 或 _before 时为起算日；另写 month_end 时即该月月底"""
    working_days_after: int | None = None
    """起算日之后的第几个工作日（起算日不计）；不填则时限就是 date 当日"""
    working_days_before: int | None = None
    """起算日之前的第几个工作日（起算日不计），如“会议召开前3个工作日”；与 working_days_after 二选一"""
    month_end: bool = False
    """date 所在月的最后一天（“5月底前”）"""
    roll: Literal["next_working_day", "previous_working_day"] | None = None
    """遇节假日：next_working_day 顺延至下一工作日，previous_working_day 提前；通知写明才填，不填不动"""
    time: str | None = None
    """时限钟点：HH:MM、24:00 或 下班前；通知未写明则不填"""
    inclusive: bool = True
    """“前”是否含当日（默认含）"""
    quote: str = ""
    """通知原文"""

    @property
    def counted(self) -> int | None:
        """Working days from the date to the day itself, below nought where they lie before it."""
        return self.working_days_after if self.working_days_before is None else -self.working_days_before

    @property
    def reckoned(self) -> bool:
        """Whether the day itself is another than the date, or may be, and is yet to be found."""
        moved = self.counted is not None or self.month_end or self.roll is not None
        return moved or not self.inclusive


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
    every: Literal["daily", "working_daily", "weekly", "monthly", "quarterly", "listed"]
    """周期：daily 每日，working_daily 每个工作日，weekly 每周，monthly 每月，quarterly 每季，listed 见下"""
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
