"""Which field a count in a sentence is of: the words beside it, before they are weighed by anyone. Pure."""

import re
from collections.abc import Sequence

from tasks.intake.prose.counts import Count, bare_measure
from tasks.intake.prose.subjects import begins_with_a_deed
from tasks.intake.words.labels import LEAST_WORD, field_words
from tasks.intake.words.numbers import measure_of
from tasks.terms.obligation import Field
from tasks.terms.text import fold

_AFTER, _NEAR = 8, 4
_OTHER_OBJECT = re.compile(
    r"企业|商户|商铺|商家|门店|店铺|工商户|单位|机构|学校|幼儿园|场所|部门|网点|工地|医院|药店|超市|协会|专家|记者|养老院"
)
_PEOPLE = re.compile(r"[者员人生师工]$")
_DONE_TO_PEOPLE = re.compile(
    r"(?:慰问|培训|表彰|奖励|招募|评选|关爱|服务|走访|看望|选树|注册|管理)(?:了|优秀)?$"
)
"""志愿者 they were done to did not take part."""
_TOGETHER = re.compile(r"[和及、等]|(?<!参)与")
_AND = r"(?:以?(?<![普惠涉波顾触危提])及(?![时格早])|和(?![谐睦平])|(?<![参赠给])与(?![会者])|、)"
_AND_MORE = re.compile(rf"^{_AND}[\u4e00-\u9fff]*?[\u4e00-\u9fff]{{2}}(?<!一共)(?<!共计)(?<!总计)(?<!合计)")
_MORE_AND = re.compile(rf"[\u4e00-\u9fff]{{2}}{_AND}$")
LIST_GOES_ON = re.compile(rf"^{_AND}")
LIST_OR_PAUSE = re.compile(rf"^(?:,|{_AND})")
_ALL_OF_THEM = re.compile(r"^(?:已|均|都)*(?:全部|全数|悉数|均已|都已)(?:已|完成)*")
_KIND = re.compile(r"^:(?!.*(?:[全共我本已]|累计|实际|完成|合计|其中))[\u4e00-\u9fff]{1,8}$")
_NEXT_KIND = re.compile(r"^[、,](?!.*(?:共|计|其中))[\u4e00-\u9fff]{1,8}$")
_OF_WHICH = re.compile(r"其中|含|包括")
_MET_WITH = re.compile(
    r"得到|获得|荣获|受到|[被获].*(?:报道|采用|刊[发登]|转载|表彰|表扬|推广)|报道$|采用$|刊[发登]$|转载$"
)
"""活动被市级媒体报道2次: what others made of it."""
_ANYBODY = re.compile(r"人次|人员|人数|人力")
_WHO = re.compile(r"[\u4e00-\u9fff]{1,5}[员警兵部师生众民工队者力人童女]")
_VERB = 2
_FILLER_AHEAD = re.compile(r"^(?:已|均|都|也|全部|完成|其?中?)+")
_FILLER = re.compile(r"(?:了|的|出|到|各类|辖区|辖区内)+$")


class Named:
    """The fields asked for, and the words a text calls them by."""

    def __init__(self, fields: tuple[Field, ...]) -> None:
        self.fields = fields
        self.words = {f.id: field_words(f) for f in fields}

    def field(self, before: str, after: str, count: Count) -> Field | None:
        """The one field of that measure whose words stand at the count; the words before it weigh more."""
        counted = [f for f in self.fields if f.unit and count.measure in measure_of(bare_measure(f.unit)[0])]
        other = {f for f in counted if self._is_anothers(before, f)}
        for found in (
            {f: self._named_before(f, before) for f in counted},
            {f: self._named_around(f, before, after) for f in counted},
            {f: self._named_after(f, after[:_AFTER]) for f in counted if f not in other},
        ):
            best = max(found.values(), default=0)
            if best:
                named = [f for f, length in found.items() if length == best]
                return named[0] if len(named) == 1 else None
        return None

    def gapped(self, before: str, count: Count, seen: Sequence[tuple[str, Field | None]]) -> Field | None:
        """The field whose verb or noun the count before has said: 出动人员9人次、车辆3台次."""
        last, own = seen[-1][1] if seen else None, _FILLER_AHEAD.sub("", before)
        if last is None or not own:
            return None
        words = {w for word in self.words[last.id] for w in (word[:_VERB] + own, own + word[_VERB:])}
        fitting = [
            f
            for f in self.fields
            if f is not last
            and f.unit
            and count.measure in measure_of(bare_measure(f.unit)[0])
            and words.intersection(self.words[f.id])
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _named_before(self, asked: Field, before: str) -> int:
        """走访家庭 in front of the count: how long the word is; the longest of several means its field."""
        for word in self.words[asked.id]:
            start = before.rfind(word)
            if start >= 0:
                between = before[start + len(word) :]
                fits = _is_object(between, word, before[:start], asked) and not _MET_WITH.search(between)
                return len(word) if fits and not self._names_another(between, asked) else 0
        return 0

    def counts_more(self, before: str, asked: Field) -> bool:
        """Whether a count is of two things together: 敬老活动和文艺演出共8场, 手册和宣传资料3500份."""
        for word in self.words[asked.id]:
            start = before.rfind(word)
            if start >= 0:
                behind, ahead = before[start + len(word) :], before[:start]
                more = _MORE_AND.search(ahead) and not begins_with_a_deed(word)
                return bool(more or _AND_MORE.match(behind))
        return False

    def is_first_kind(self, asked: Field, before: str, lead: str, count: Count, following: Count) -> bool:
        """Whether a count is the first of several kinds: 捐赠图书：小说120册、画报80册."""
        if count.measure != following.measure or not _NEXT_KIND.match(lead):
            return False
        behind = [before[at + len(w) :] for w in self.words[asked.id] if (at := before.rfind(w)) >= 0]
        named = any(word in lead for words in self.words.values() for word in words)
        return not named and any(map(_KIND.match, behind))

    def is_beside_a_kind(self, asked: Field, before: str, lead: str) -> bool:
        """Whether what is counted next is a kind of the same: 清理垃圾35吨、建筑垃圾12吨.

        What was done to them besides, as in 走访家庭30户、慰问困难家庭12户, is another matter.
        """
        said = [w for w in self.words[asked.id] if w in before and before.endswith(w[-LEAST_WORD:])]
        own = LIST_OR_PAUSE.sub("", lead)
        verb = next((w[:_VERB] for w in self.words[asked.id] if own.startswith(w[:_VERB])), "")
        kind = own.removeprefix(verb)
        others = (w for name, words in self.words.items() if name != asked.id for w in words)
        deed = _OF_WHICH.match(kind) or begins_with_a_deed(kind)
        if not LIST_OR_PAUSE.match(lead) or deed or any(word in own for word in others):
            return False
        if _WHO.fullmatch(kind) and self._is_of_anybody(asked, before):
            return True
        nouns = {w[-LEAST_WORD:] for w in said if not begins_with_a_deed(w[-LEAST_WORD:])}
        return any(re.fullmatch(rf"[\u4e00-\u9fff]{{1,3}}{noun}", kind) for noun in nouns)

    def _is_of_anybody(self, asked: Field, before: str) -> bool:
        """Whether 出动人次 is asked for, and what was counted are 党员 or 警力."""
        anybody = [w for w in (fold(asked.title), *map(fold, asked.aliases)) if _ANYBODY.search(w)]
        named = any(before.endswith(w) for w in anybody)
        return bool(anybody) and not named and re.search(f"{_WHO.pattern}$", before) is not None

    def _names_another(self, between: str, asked: Field) -> bool:
        """Whether what was taken part in is itself asked for: 参加讲座60人次 is not all who took part."""
        others = (word for name, words in self.words.items() if name != asked.id for word in words)
        return any(word in between for word in others if word not in self.words[asked.id])

    def _is_anothers(self, before: str, asked: Field) -> bool:
        """Whether right before a count another field stands: 志愿者60人次参与 is not all who took part."""
        own = self.words[asked.id]
        others = (w for words in self.words.values() for w in words if w not in own)
        return any(before.endswith(w) for w in others)

    def _named_around(self, asked: Field, before: str, after: str) -> int:
        """检查86家企业 for 检查企业: the verb before the count, its object behind."""
        verb = _FILLER.sub("", before)
        fits = [w for w in self.words[asked.id] if verb.endswith(w[:_VERB]) and _is_whole(after, w[_VERB:])]
        return max(map(len, fits), default=0)

    def _named_after(self, asked: Field, after: str) -> int:
        for word in self.words[asked.id]:
            start = after.find(word)
            if 0 <= start <= _NEAR:
                behind = after[start + len(word) :]
                mixed = _PEOPLE.search(word) and (_TOGETHER.search(after[:start]) or _TOGETHER.match(behind))
                return 0 if mixed or _OTHER_OBJECT.search(after) else len(word)
        return 0

    def all_of_them(self, before: str, after: str, asked: Field) -> Field | None:
        """排查的113条隐患已全部整改: the other field all of these count for, too."""
        if not before.endswith("的"):
            return None
        for noun in sorted(_nouns(self.words[asked.id]), key=len, reverse=True):
            rest = after.removeprefix(noun) if after.startswith(noun) else ""
            if rest and (verb := _ALL_OF_THEM.match(rest)):
                behind = rest[verb.end() :]
                others = [f for f in self.fields if f is not asked and f.unit == asked.unit]
                named = [f for f in others if any(behind.startswith(w) for w in self.words[f.id])]
                return named[0] if len(named) == 1 else None
        return None


def _is_whole(after: str, noun: str) -> bool:
    """Whether the object stands right behind the count, alone."""
    return bool(noun) and after.startswith(noun) and not _TOGETHER.match(after[len(noun) :])


def _nouns(words: Sequence[str]) -> set[str]:
    """The nouns at the end of a field's words: 隐患 of 排查隐患."""
    return {w[-LEAST_WORD:] for w in words}


def _is_object(between: str, word: str, ahead: str, asked: Field) -> bool:
    """Whether a count behind a word counts what the word names, and that alone."""
    named = fold("".join((asked.title, *asked.aliases)))
    other = _OTHER_OBJECT.search(between)
    if other and other[0] not in named:
        return False
    mixed = _TOGETHER.search(between) or _TOGETHER.search(ahead[-1:]) or _DONE_TO_PEOPLE.search(ahead)
    return not (_PEOPLE.search(word) and mixed)


def summed_up(
    count: Count, before: Sequence[Count], seen: Sequence[tuple[str, Field | None]]
) -> Field | None:
    """The field a sum without a word is of: 敬老活动3场、5场，合计8场."""
    alike = [(b.value, f) for b, (_, f) in zip(before, seen, strict=True) if b.measure == count.measure]
    fields = {f for _, f in alike}
    comes_to = sum(value or 0 for value, _ in alike)
    return fields.pop() if len(alike) > 1 and len(fields) == 1 and comes_to == count.value else None
