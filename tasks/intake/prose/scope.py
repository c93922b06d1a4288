"""Whose figures a sentence speaks of, of which time, done or planned: the state its words put a reader in.

A word such as 全区 or 去年 governs what follows it until another word takes its place or the sentence ends;
whose the figures are is carried on to the next sentence of the paragraph. What is not certainly the
reporting unit's own whole, of the campaign's own time, is left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from tasks.intake.prose.speaker import Speaker, Whose
from tasks.intake.prose.subjects import ASKED_TO_COME, DEEDS, EACH_ACTS, JOINED_IN, MEANS, NO_PLACE, subjects

_WHOLE_BEFORE = re.compile(r"[全我本][镇乡街]道?$")
_ITS_MONTHS = (
    r"(?:的?(?:全年|同期|同月|(?:1?[0-9](?:月份?)?[-至到~—～])?1?[0-9]月份?(?:[0-9]{1,2}日)?(?![0-9])))*"
)
"""去年9月 is no month of this year's."""
_TIMES = re.compile(
    rf"(?P<other>(?:去年|上年|往年|前年|历年|近年|同期|上届|往届|明年){_ITS_MONTHS}|上期|上月|上周|上季度?|下月|下周|下期|"
    r"昨日|昨天|前日|前天|明日|明天|平时|日常|近[一二两三五0-9]+年|(?:[一二两三四五六七八九十0-9]{1,3}|[多数几])年多?(?:以)?来|"
    r"(?:成立|组建|建站|建所|建会|挂牌)(?:至今|以来)|[1-9一二三四]季度|下半年)|"
    r"(?P<year_long>(?<!占)(?<!完成)全年|年初|今年以来|本年以来|(?:今年|本年度?|年内),?已?经?累计|今年1?[0-9](?![0-9月])|上半年)|"
    r"(?P<day>(?<!截至)(?<!截止)(?<!至)(?<!到)(?<!-)(?<![0-9])(?:20[0-9]{2}年)?(?<![截至止到][0-9]{4}年)(?<![至止到-])[0-9]{1,2}月[0-9]{1,2}日(?!.{0,8}(?:以来|起|至|到|-|~|—|～|前)))|"
    r"(?P<piece>第[一二三四五1-9](?:阶段|周|轮|批|季度|天|站|小?组|分?队|片区|网格)|前期|后期|初期|上旬|中旬|下旬|当天|当日|首日|当晚|次日|"
    r"启动仪式|活动现场|本周|这一周|首周|末周)|"
    r"(?P<holiday>(?:国庆|中秋|春节|元旦|五一|端午|重阳|清明|元宵|腊八|双节|三八|六一|七一|八一|十一|[寒暑]假)"
    r"[节日]?(?:、[\u4e00-\u9fff]{2}[节日]?)?(?:假期|长假|期间|黄金周|前后|前夕|当[天日]))|"
    r"(?P<this>[本全]月)|(?P<same>(?<!月)(?<!月份)当月)|"
    r"(?P<range>(?:(?P<range_year>20[0-9]{2})年)?(?<![0-9])(?P<from>[0-9]{1,2})(?P<named>月份?)?[至到~—～-](?P<to>[0-9]{1,2})月(?!(?:份)?[0-9]))|"
    r"(?P<span>(?:20[0-9]{2}年)?(?P<m1>[0-9]{1,2})月(?P<d1>[0-9]{1,2})日?[至到~—～-](?:20[0-9]{2}年)?(?:(?P<m2>[0-9]{1,2})月)?(?P<d2>[0-9]{1,2})日|自(?P<since>.{0,12}?)(?:以来|起))|"
    r"(?P<month>(?:(?P<month_year>20[0-9]{2})年)?(?<![0-9])(?P<number>[0-9]{1,2})月份?(?![0-9]))|"
    r"(?P<year>20[0-9]{2})年|"
    r"(?P<until>截[至止]到?(?:今年|本年|(?P<until_year>20[0-9]{2})年)?(?P<until_month>1?[0-9])月(?:份|底|末)*(?![0-9]))|"
    r"(?P<own>今年|本年|本次|本届|此次|期间|本期|截至|截止|目前)"
)
_PLANS = re.compile(
    r"(?P<plan>计划|(?<!按)(?<!按照)原定(?=[^,]*$)|(?<!模)拟|(?<!现)将(?!近|情况|有关)|下一步|下步|预计|预备|准备(?!工作)|力争|争取|打算|目标[是为]|任务[是为]|"
    r"要求(?=每|各|完成|开展|走访)|(?<![响反供适相对效])应(?!急|对|用|邀|届|征|有尽有|季)|需(?!求)|(?<![接招款优善看对等])待(?!遇)|可(?:容纳|服务|培训|接待|惠及|覆盖|满足|安置)|能容纳|"
    rf"如果|假如|倘若|一旦|若(?!干)|(?<![\u4e00-\u9fff])如(?={EACH_ACTS}|{DEEDS}|能))|"
    r"(?P<done>实际|已|完成|截至|目前|共|累计|总计|合计)"
)
_STAGES = re.compile(
    r"(?:^|[两二三四五六七八九2-9]个?)(?:阶段|轮|批次?|周|季度)(?:以来)?(?:一?共|累计|总计|合计)"
)
"""两个阶段共: all of them together; 两个 may have been read as a count."""
_SUMS = re.compile(r"(?<![一公])共(?!同|建|享|治|青|产|计划|有居|有户)|累计|总计|合计")
_OF_THE_MONTH = re.compile(r"[本当]月|(?<![0-9])1?[0-9]月份?(?![0-9])")
_RUNNING = re.compile(r"累计")
_ADDS = re.compile(r"另外?|此外|(?<!归)还(?!将)|(?<!不)又|(?<!不)再(?!次)|随后|后续")
_DOUBTS = re.compile(
    r"不完全统计|初步统计|估算|估计|预估|粗略|更正|应为|改为|有误|误报|实为|待核|未核实|为准|暂定|暂计"
)
_SEVERAL = re.compile(r"[0-9两三四五六七八九十]$")
_COUNTED_AS = frozenset("所家个支名")
"""6所学校: what several are counted by."""
_AHEAD = re.compile(r"下一?步|下一?阶段|今后|明年|来年|努力方向|(?:打算|计划|安排|设想|思路)$")
_MONTH_OR_YEAR = re.compile(r"[去上前明]年|往年|[0-9]月|20[0-9]{2}年|半年|季度")
_DONE_SO_FAR = frozenset({"实际", "已", "截至", "目前"})
"""What in a section on things to come still says that something was done."""
_ATTRIBUTE = re.compile(r"[\u4e00-\u9fff]{0,4}")
"""8个乡镇社工站: what stands between a count and what was counted."""
_NAMED = re.compile(r"^(?!.*(?:[在到赴]|依托|利用|借助|通过|联合|协同|会同|发动|动员|指导|组织))")
"""三泉镇观音村: a village with its town's name before it; 三泉镇动员社区 is the town."""
_LOCAL = re.compile(
    rf"要求|任务(?!完成)|目标(?!完成|人群|任务)|每|各(?={EACH_ACTS}|[0-9一二两三四五六七八九十])|平均|户均|人均|日均|场均|单场|单次|最多|最高|最少|增加|增长|减少|下降|新增|(?<![不许至很众最更大诸较])[多少](?={DEEDS}|[0-9])|因[^,]{{0,6}}(?:取消|顺延)|提高|提升|上升|扩大|降低|由(?=[0-9])|限期|责令|正在|中有|当中|"
    r"同比|环比|较(?=去|上|往|前)|未|没有|尚有|剩余|还差|还有|欠|现有|拥有|注册|在册|登记|储备|规模|名单|编制|常住|户籍"
)


@dataclass
class Scope:
    """The state of a reader in the middle of a text."""

    speaker: Speaker
    verbs: tuple[str, ...] = ()
    whose: Whose = Whose.OWN
    of_which: bool = False
    total: bool = False
    other_time: bool = False
    piece: bool = False
    """The other time is a piece of the campaign's own: 第一阶段."""
    planned: bool = False
    added: bool = False
    doubtful: bool = False
    running: bool = False
    """累计 behind what was said of the one month a report is on: maybe since January."""
    aside: Whose | None = None
    """Whose the figures were before 其中 and the names that stand there right before their figures."""
    said: bool = False
    """The sentence has said outright that the figures are the unit's own."""
    whole_whose: Whose | None = None
    """Whose the figures were before the last 其中 of the sentence."""
    section_ahead: bool = False
    """The section's heading speaks of what is to come."""
    section_other_time: bool = False
    """The section's heading names another month or year."""
    leads: int = 0
    month_in: int = 0
    """The lead that named the month last, from 1; 0 where the paragraph has named none."""
    planned_in: int = field(default=-1)
    other_month: bool = False
    """The month spoken of last in the paragraph is another."""

    def end_sentence(self) -> None:
        """Forget all but whose the figures are."""
        self.of_which = self.total = self.added = self.doubtful = False
        self.other_time, self.planned = self.section_other_time, self.section_ahead
        self.running = self.piece = self.said = False
        self.end_of_which()
        self.whole_whose = None

    def end_paragraph(self, heading: Whose = Whose.OWN) -> None:
        """Forget everything; a heading may say whose the following figures are."""
        self.end_sentence()
        self.whose, self.other_month, self.month_in = heading, False, 0

    def enter_section(self, heading: str) -> None:
        """Take in a heading: it says of when all its section is, and how its first sentence begins."""
        self.section_ahead = self.section_other_time = False
        self.end_paragraph()
        self.read(heading, 0)
        self.section_ahead = _AHEAD.search(heading) is not None
        self.section_other_time = self.other_time and _MONTH_OR_YEAR.search(heading) is not None

    def whole_again(self) -> None:
        """The parts behind 其中 are all there: what follows is of the whole again, whoever they were of."""
        self.end_of_which()
        if self.whole_whose is not None:
            self.whose = self.whole_whose

    def end_of_which(self) -> None:
        """Forget 其中."""
        self.of_which = False
        if self.aside is not None:
            self.whose, self.aside = self.aside, None

    def now(self) -> None:
        """What follows is of the campaign's time, whatever it was compared with."""
        self.other_time = False

    def read(self, text: str, part: int, *, counted: bool = False) -> None:
        """Take in the words up to the next count.

        ``part`` numbers the comma parts of the sentence. Behind a count the first words may be what was
        ``counted``: 14个工作室开展活动 speaks of no part.
        """
        self.leads += 1
        if "其中" in text:
            self.whole_whose = self.whose
        for at, kind, value in sorted(self._marks(text, counted), key=lambda mark: mark[0]):
            getattr(self, f"_on_{kind}")(value, part + text[:at].count(","))

    def _marks(self, text: str, counted: bool) -> Iterator[tuple[int, str, str]]:
        villages: list[tuple[int, int]] = []
        for found in (m for pattern in subjects(self.verbs) for m in pattern.finditer(text)):
            said = {k: v for k, v in found.groupdict().items() if v}
            of_count = counted and _ATTRIBUTE.fullmatch(text[: found.start()])
            if not (of_count and said.keys() & {"place", "office_part"}):
                at = found.end() if "guest" in said else found.start()  # 我镇 within is where, not who
                marks = list(self._subject(text, at, said))
                villages += [found.span()] * bool(marks and "place" in said and _NAMED.match(said["name"]))
                yield from marks
        if self.speaker.who:
            for start, length, codes in self.speaker.who.names.places(text):
                inside = any(first <= start and start + length < last for first, last in villages)
                if not inside and not MEANS.search(text[:start]):
                    kind = "listed" if start + length == len(text) else "unit"
                    yield start + length, kind, " ".join(codes)
        for found in _TIMES.finditer(text):
            yield found.start(), "time", self._time(found)
        for found in _PLANS.finditer(text):
            yield found.start(), "plan" if found["plan"] else "done", found[0]
        yield from ((m.start(), "month", "") for m in _OF_THE_MONTH.finditer(text))
        yield from ((m.start(), "running", "") for m in _RUNNING.finditer(text))
        yield from ((m.start(), "of_which", "") for m in re.finditer("其中", text))
        yield from ((m.start(), "stages", "") for m in _STAGES.finditer(text))
        yield from ((m.start(), "sum", "") for m in _SUMS.finditer(text))
        yield from ((m.start(), "add", "") for m in _ADDS.finditer(text))
        yield from ((m.start(), "doubt", "") for m in _DOUBTS.finditer(text))

    def _subject(self, text: str, at: int, said: dict[str, str]) -> Iterator[tuple[int, str, str]]:
        whose = self._whose(said, text[:at])
        if whose is not None:
            yield at, "whole" if said.get("level") == "全" else "whose", str(int(whose))

    def _whose(self, said: dict[str, str], before: str) -> Whose | None:
        """Whose the subject found is; None where the words are none, as in 农村社区 and 依托社工站."""
        if "level" in said:
            return self.speaker.of_level(said["level"], said["unit"])
        if said.keys() & {"person", "story"}:
            return None if "person" in said and MEANS.search(before) else Whose.PART
        if "that" in said:
            return None if said["that"] in self.speaker.name else Whose.PART
        if "learnt" in said:
            return Whose.OWN
        if said.keys() & {"office", "others", "guest"}:
            return None if self._was_asked(said, before) else Whose.OTHER
        return (Whose.OTHER if "town" in said else Whose.PART) if self._is_subject(said, before) else None

    @staticmethod
    def _was_asked(said: dict[str, str], before: str) -> bool:
        """Whether those from elsewhere came because the unit asked them to: 联合农商银行在我镇."""
        name = said.get("guest") or said.get("office") or ""
        joined = "office" in said and JOINED_IN.search(before + name) is not None
        return joined or ASKED_TO_COME.match(name) is not None

    def _is_subject(self, said: dict[str, str], before: str) -> bool:
        own = self.speaker.name
        if "each" in said:
            return self.whose is not Whose.OWN or not _WHOLE_BEFORE.search(before)
        if "office_part" in said:
            return said["office_part"][-3:] not in own and not MEANS.search(before)
        if _SEVERAL.search(before) and said.get("name", "")[:1] in _COUNTED_AS:
            return False
        if said.get("town", "-") in own:
            return False
        return not NO_PLACE.search(said.get("called") or said["name"]) and not MEANS.search(before)

    def _time(self, found: re.Match[str]) -> str:
        own = bool(found["own"] or found["span"])
        if found["same"]:  # 当月 is the month spoken of last
            return "own" if self.speaker.months and not self.other_month else ""
        if found["this"]:
            own = bool(self.speaker.months)
        elif found["range"] or found["span"]:
            own = self._own_span(found)
        elif found["year_long"]:
            own = self.speaker.since_january
        elif found["until"]:
            own = self.speaker.is_own_until(int(found["until_month"])) and self._own_year(found["until_year"])
        elif found["month"] and not found["span"]:
            own = int(found["number"]) in self.speaker.months and self._own_year(found["month_year"])
            self.other_month = not own
        elif found["year"]:
            own = self._own_year(found["year"])
        if found["holiday"]:
            return "own" if found["holiday"][:2] in self.speaker.title else "piece"
        if found["range_year"]:
            own = own and self._own_year(found["range_year"])
        return "own" if own else "piece" if found["piece"] or found["day"] else ""

    def _own_span(self, found: re.Match[str]) -> bool:
        """Whether 1至9月, 3月1日至15日, 自6月以来 is what the report is about."""
        if found["range"]:
            own = self.speaker.is_own_months(int(found["from"]), int(found["to"]))
            return own or bool(found["named"] and not self.speaker.months)
        if found["since"]:
            return self.speaker.is_own_since(found["since"])
        if not found["m1"]:
            return True
        first = (int(found["m1"]), int(found["d1"]))
        last = (int(found["m2"] or found["m1"]), int(found["d2"]))
        return self.speaker.is_own_stretch(first, last)

    def _own_year(self, year: str | None) -> bool:
        return year is None or not self.speaker.years or int(year) in self.speaker.years

    def _on_whose(self, value: str, _: int) -> None:
        self.whose, self.of_which, self.total, self.aside = Whose(int(value)), False, False, None
        self.said = self.said or self.whose is Whose.OWN

    def _on_whole(self, value: str, part: int) -> None:
        self._on_whose(value, part)
        self.total = True

    def _on_unit(self, value: str, part: int) -> None:
        self._on_whose(str(int(self.speaker.of_unit(value.split()))), part)

    def _on_listed(self, value: str, part: int) -> None:
        aside = self.aside
        self._on_unit(value, part)
        self.aside = aside

    def _on_time(self, value: str, _: int) -> None:
        self.piece = value == "piece" and (self.piece or not self.other_time)
        self.other_time = value != "own"

    def _on_stages(self, _: str, __: int) -> None:
        if self.piece:
            self.other_time = self.piece = False

    def _on_month(self, _: str, __: int) -> None:
        self.running, self.month_in = False, self.leads

    def _on_running(self, _: str, __: int) -> None:
        self.running = len(self.speaker.months) == 1 and 0 < self.month_in < self.leads

    def _on_plan(self, _: str, part: int) -> None:
        self.planned, self.planned_in = True, part

    def _on_done(self, said: str, part: int) -> None:
        if self.section_ahead and said not in _DONE_SO_FAR:
            return
        if self.planned_in < part:  # 计划完成 is still a plan
            self.planned = False

    def _on_of_which(self, _: str, __: int) -> None:
        self.of_which, self.total, self.aside = True, False, self.whose

    def _on_sum(self, _: str, __: int) -> None:
        self.total, self.of_which, self.added = True, False, False

    def _on_add(self, _: str, __: int) -> None:
        self.added = True

    def _on_doubt(self, _: str, __: int) -> None:
        self.doubtful = True


@lru_cache(maxsize=4096)
def rejected_here(part: str) -> bool:
    """Whether a folded comma part says by itself that its count is no achievement: 每, 未, 增加, 现有."""
    return _LOCAL.search(part) is not None
