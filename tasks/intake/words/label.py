"""What a header or label asks for, however the sender's office words it.

A label is taken apart into what it counts (core), in what measure, and marks that make it another figure:
a plan, a rate, another period, a part. Two labels mean the same figure only when all of these agree;
户数 is never 户次, a plan is never what was done.
"""

import re
from dataclasses import dataclass, replace

from tasks.intake.words.dates import find_years
from tasks.intake.words.numbers import SCALE_WORDS, is_measure, is_scaled, measure_of
from tasks.intake.words.period import ANY, Period
from tasks.terms.text import fold

Measure = frozenset[str]

_NUMBERING = re.compile(r"^(?:\(?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[).、](?![0-9])|[①-⑳]|[*※#]+)+")
_FORMULA = re.compile(r"=[①-⑳0-9÷×/*+%.-]+")
"""④整改率＝②÷①×100（%）: how it is worked out, no word of it."""
_FOOTNOTE_MARKS = ":①②③④⑤⑥⑦⑧⑨⑩*※"
BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
_NOTE = re.compile(
    r"^(?:必填|选填|填?(?:阿拉伯)?数字|填?整数|.{0,8}不计(?:入|在内)?|(?:可填|填|保留).{0,4}(?:小数|整数)|不?含.*|包括.*|截至.*|截止.*|.*以来|.*日前|如实填写|自动计算|下同)$"
)

_MARKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("rate", re.compile(r"率|占比|比例|百分比|%|比重|增幅|排名|名次")),
    (
        "other",
        re.compile(
            r"上年|去年|往年|历年|上期|上月|上周|上季度?|同期|同比|环比|增长|增减|下月|下周|下期|下一步|"
            r"昨[日天]|(?<!目)前[一1]?[日天](?!以)|上[一1]日"
        ),
    ),
    ("part", re.compile(r"其中")),
    (
        "plan",
        re.compile(
            r"计划(?:完成|开展|举办|走访)?|应(?:完成|开展|走访|报)|拟(?:完成|开展|走访)?|预计(?:完成|开展)?|"
            r"目标(?!任?务?完成)|任务(?!完成)|下达|指标数|欠|差额|剩余|未完成|未走访"
        ),
    ),
)
_SINCE_THE_BEGINNING = re.compile(r"累计|以来|至今|迄今|截至|截止|年初至")
_SINCE = re.compile(r"累计|以来|至今|迄今")
_PIECE = re.compile(r"本月|本周|本旬|本日|当月|当周|当日|今日|本期|当期")
_AT_MOST_A_MONTH = re.compile(r"[本当][月周旬日]|今日")
_DONE = re.compile(r"实际|完成|实绩|实有|落实|已")
_TOTAL = re.compile(r"合计|小计|总计|共计|总数|总量")
_MONTH = re.compile(r"本月|当月")
_OF_THE_YEAR = re.compile(r"[本今全当]年|年初|年内")
_TRAITS = (_DONE, _TOTAL, _SINCE, _PIECE, _MONTH)
"""In the order a ``Label`` has them."""
_ANYWHERE = re.compile(
    r"实际|(?<!未)已?完成|实绩|实有|落实|任务|目标|合计|小计|总计|共计|总数|总量|情况|统计|数据|数量|累计|填报|汇总|"
    r"本单位|本期|本月|本周|本季度|本年度?|本次|当期|当月|活动期间|宣传周期间|期间|各类|各项|的|指标|:|\*"
)
_AT_START = re.compile(
    r"^(?:开展|组织|举办|举行|累计|共|总|已|全部|截至目前|本(?:镇|乡|街道|村|社区|站|区)|全(?:镇|乡|村|区|街道)|今年)+(?=.)"
)
_AT_END = re.compile(r"(?:个数|数目|数|量)$")
_YEAR = re.compile(r"(?:20[0-9]{2}|二[〇零○][〇零○一二三四五六七八九]{2})年度?")
_SUFFIX = re.compile(r"(人次|户次|场次|篇次)数?$|(场|次|户|人|件|篇|张|条|份|家|名|个)数$|(场|次|户)$")


@dataclass(frozen=True, slots=True)
class Label:
    """A label taken apart.

    Attributes:
        core: what is counted, without measure, filler and marks.
        measure: words for the unit it is counted in, None when the label does not say.
        scale: 10000 for 万人次 and the like.
        word: the measure as the label writes it, 万人次.
        loose: the measure is but the end of the label's own words, as 人次 of 观众人次.
        marks: plan, rate, other (another period), part.
        done: it says outright that it is what was done; total: that it is the sum of columns beside it.
        since: it is what came together since the beginning; piece: it is of the last week or month only;
            month: of the month the report is filled in for.
    """

    core: str
    measure: Measure | None = None
    scale: int = 1
    word: str = ""
    marks: frozenset[str] = frozenset()
    done: bool = False
    total: bool = False
    since: bool = False
    piece: bool = False
    month: bool = False
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """In what a label counts."""

    measure: Measure
    scale: int
    word: str


def parse_label(
    text: str,
    years: frozenset[int] = frozenset(),
    own: Measure = frozenset(),
    *,
    recurs: bool = False,
    period: Period = ANY,
) -> Label:
    """Take a label apart.

    ``years`` are the campaign's: another year in a label makes it another figure. ``own`` are measure
    words the campaign uses, known as such wherever they stand in brackets. In a report that recurs what
    is 累计 is another figure than that of the one week; in one on a single month so is that of another month.
    """
    plain = _FORMULA.sub("", _NUMBERING.sub("", fold(text))).rstrip(_FOOTNOTE_MARKS)
    apart = period.contradicts(plain)
    plain = period.without(plain)
    summed = recurs and _SINCE_THE_BEGINNING.search(plain) is not None
    stated, plain = _bracketed(plain, own)
    said = find_years(plain)
    plain = _YEAR.sub("", plain)
    if "/" in plain and (unit := measure_in(plain.rpartition("/")[2], own)):
        stated, plain = stated or unit, plain.rpartition("/")[0]
    marks = {name for name, pattern in _MARKS if pattern.search(plain)}
    if summed or apart or (said and years and not said & years):
        marks.add("other")
    traits = [pattern.search(plain) is not None for pattern in _TRAITS]
    marks |= _of_another_length(plain, period)
    for _, pattern in _MARKS:
        plain = pattern.sub("", plain)
    core = _AT_START.sub("", _ANYWHERE.sub("", plain))
    core, counted = _without_suffix(core, own)
    said_in = stated or counted
    if said_in is None:
        return Label(core, None, 1, "", frozenset(marks), *traits)
    found = Label(core, said_in.measure, said_in.scale, said_in.word, frozenset(marks), *traits)
    return replace(found, loose=stated is None)


def _of_another_length(plain: str, period: Period) -> set[str]:
    """The mark of another time on 本月 in a report over months, on 本年累计 in one on a part of the year."""
    since = _SINCE_THE_BEGINNING.search(plain)
    short = period.over_months and since is None and _AT_MOST_A_MONTH.search(plain) is not None
    long = period.part_of_year and since is not None and _OF_THE_YEAR.search(plain) is not None
    return {"other"} if short or long else set()


def _without_suffix(core: str, own: Measure) -> tuple[str, Counted | None]:
    """What is counted, and the measure its last characters are: 次 of 活动场次, all of 剂次 in 接种剂次."""
    own_word, ending = _own_ending(core, own)
    suffix = None if own_word else _SUFFIX.search(core)
    word = own_word or (next(filter(None, suffix.groups())) if suffix else "")
    if not word:
        return _AT_END.sub("", core) or core, None
    bare = core.removesuffix(ending) if own_word else core[: suffix.start() if suffix else None]
    return bare, Counted(measure_of(word), 1, word)


def _own_ending(core: str, own: Measure) -> tuple[str, str]:
    """A measure of the campaign's that words end with, and their end: 剂次 of 接种剂次, 栋数 of 危房栋数."""
    endings = [(w, w) for w in own if w.endswith("次") and len(w) > 1] + [(w, f"{w}数") for w in own]
    found = [(w, end) for w, end in endings if core.endswith(end) and core != end]
    return max(found, key=lambda each: len(each[1]), default=("", ""))


def _bracketed(plain: str, own: Measure) -> tuple[Counted | None, str]:
    """The measure a bracket states, and the text without brackets; other bracketed words stay part of it."""
    stated: Counted | None = None
    kept = ""
    for inner in BRACKETS.findall(plain):
        for piece in re.split(r"[,、;/]", inner.removeprefix("单位:").removeprefix("计量单位:")):
            if unit := measure_in(piece, own):
                stated = unit
            elif not _NOTE.match(piece):
                kept += piece
    return stated, BRACKETS.sub("", plain) + kept


def measure_in(word: str, own: Measure = frozenset()) -> Counted | None:
    """The measure a word is, alone; None for any other word."""
    scale, bare = (SCALE_WORDS[word[0]], word[1:]) if is_scaled(word) else (1, word)
    known = bare in own or is_measure(bare)
    return Counted(measure_of(bare), scale, word) if known else None
