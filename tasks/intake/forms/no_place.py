"""Rows among a unit's places that are none: 去年同期, 任务数, 完成率 below the villages. Pure.

A town lists its villages by whatever names they have, so any name may be a place; what a clerk writes below
them to compare with says by its words that it is of another time or kind, and is never one more of them.
"""

import re
from collections.abc import Iterable

from tasks.intake.forms.layout import Line
from tasks.intake.words.labels import Vocabulary
from tasks.roster.names import names_of
from tasks.terms.text import fold
from tasks.terms.units import Roster

_OF_ANOTHER_KIND = frozenset({"other", "plan", "rate"})
_BARE = re.compile(r"^[数值量额]?$")
_PLACE = re.compile(
    r"(?:村|社区|居委会|村委会|小区|新区|园区|[镇乡]|街道|[组队社站所院校园店厂局办科室]|中心|公司|协会|学会|部门|单位|机关|本级|"
    r"小学|中学|大学|幼儿园|企业|网格|片区)$"
)
_SPEAKS_OF_FIGURES = re.compile(
    r"^其中|^含|数$|[小总合]计|累计|任务|计划|目标|指标|下达|[村户人场日月镇校组]均|平均|率$|%|同比|环比|增减|"
    r"增加|增长|减少|下降|核[定减增]|修正|更正|调整|扣除|剔除|重复|统计|结转|同期|前期|上期|去年|上年|前年|20[0-9]{2}年|"
    r"[0-9]月|上月|本月|本年|全年|缺口|尚[欠差缺]|未完成|排名|名次|占比|备用|预留"
)


def places_only(lines: Iterable[Line], words: Vocabulary, roster: Roster) -> list[Line]:
    """The lines without those whose name says that they are of another time, planned, or a rate.

    Where no other line has figures nothing is left out: what the rows are is for others to tell.
    """
    found = list(lines)
    kept = [line for line in found if not _is_of_another_kind(line, words, roster)]
    return kept if any(not line.blank for line in kept) else found


def _is_of_another_kind(line: Line, words: Vocabulary, roster: Roster) -> bool:
    name = "".join(line.names)
    if not name or line.code or names_of(roster).find(name):
        return False
    label = words.parse(name)
    return _BARE.match(label.core) is not None and bool(label.marks & _OF_ANOTHER_KIND)


def names_a_place(line: Line) -> bool:
    """Whether a row's name ends as the names of villages, schools and offices do."""
    return _PLACE.search(fold("".join(line.names))) is not None


def names_no_place(line: Line) -> bool:
    """Whether a row's name speaks of figures, as 修正后 and 户均 do, and ends as no place's name does."""
    name = fold("".join(line.names))
    return _SPEAKS_OF_FIGURES.search(name) is not None and (
        _PLACE.search(name) is None or name.startswith("其中")
    )
