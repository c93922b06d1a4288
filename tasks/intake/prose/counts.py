"""Counts in running text: a number, the measure behind it, and whether it is exact.

第2场 is no count, 数十户 and 50余户 are no numbers, 万家 in a slogan is neither.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tasks.intake.words.numbers import CHINESE, SCALE_WORDS, is_scaled, measure_of, read_number
from tasks.terms.obligation import Field
from tasks.terms.text import fold

_NUMBER = (
    rf"(?:[0-9][0-9,]*(?:\.[0-9]+)?[万千百亿]?(?:零?[0-9]+[千百十]?)*|[{CHINESE}]+(?:点[{CHINESE}]+[万亿]?)?)"
)
_COMMON = (*"户家场次人名位张篇条件份个期处元%", "人次", "户次", "场次", "小时")
_EXACT = r"高达|多达|达到?|仅"
_SOFT = (
    r"大约|大概|(?<![签预节违履毁续解邀契公条])约为?|将近|接近|(?<![最附])近|超过?|超出|逾|突破|不足|不到|不少于|不下于?|不低于|不超过|至少|"
    r"最少|最多|[少多]则|(?<!以)上(?=[十百千万])"
)
_BLANK = r"(?<![0-9A-Za-z])(?:[Xx×*＊_]{1,6})"
"""XX户: the pattern, left as it was sent."""
_SOME = rf"{_BLANK}|好几|[数几](?=[十百千万亿])|若干|(?<!许)多(?![0-9])|许多|几|数"
DOUBTED = "\x1e"
"""What stands where words in brackets doubted the count before them: 15户（含在建3户）."""
_SMALLER = rf"(?!十分)[零又]?[0-9{CHINESE}]{{1,3}}(?:分(?![钟之别会析])|角|厘)"
_AFTER = (
    rf"{DOUBTED}|有?余|多|左右|以上|以下|以内|上下|不等|开外|许(?!多)|之多|出头|挂零|半(?![年天日月数个])|"
    rf"/[天日周旬月年场车户人村趟班组亩]|{_SMALLER}"
)
"""What makes a count behind its measure inexact, or one of many: 300人次/天, 1520小时30分."""
PARTED = "\x1f"
"""What stands where a space parted two figures; no text that is read holds it."""
_OR = r"(?:或者?|至|到|[-~—～])"
_RANGE = re.compile(rf"[0-9{CHINESE}][-~—～至到{PARTED}]$")
_THOUSANDS = re.compile(
    r"(?<![0-9０-９.．])(?<![0-9０-９]\s)[1-9][0-9]{0,2}(?:[ \u00a0\u2009][0-9]{3})+(?!\s?[0-9０-９])"
)
_TORN = re.compile(r"(?<=[0-9０-９])\s+(?=[0-9０-９])")
_LESS_THAN_NOTHING = re.compile(r"(?:(?<![-—0-9A-Za-z])[-−]|负)$")
_LISTED_ORDINAL = re.compile(rf"第{_NUMBER}[、和及至到-]$")
_TENTHS = re.compile(
    r"(?:[达到至超过近约率为]|左右)([一二三四五六七八九]成半?)(?:以上|左右|多|余)?(?![立员为功果效绩长本交])"
)
"""成功率达九成以上: a share, and no exact one."""
_BARE = re.compile(r"^[百千万亿佰仟]+$")
_MANY = frozenset({"好几", "多", "许多", "几", "数"})
_OF_ANYTHING = frozenset({"次", "个", "名", "位", "家"})
_NAMES_A_COUNT = frozenset("户场人次总篇条件张份期个家名处量点")
"""Before 数 they make 户数, 人数: what follows is a number, not “several”."""


@dataclass(frozen=True, slots=True)
class Count:
    """One count.

    Attributes:
        start, end: where it stands in the sentence.
        value: in the bare measure (3.5万元 is 35000 元); None when the text does not say exactly.
        measure: the bare measure word.
        one: it is the word 一, which idioms are full of.
    """

    start: int
    end: int
    value: float | None
    measure: str
    one: bool = False


def counts(sentence: str, fields: tuple[Field, ...]) -> Iterator[Count]:
    """The counts of a folded sentence, in order; ordinals and slogans are left out."""
    found = [c for hit in _pattern(fields).finditer(sentence) if (c := _count(sentence, hit))]
    if any(f.unit == "%" for f in fields):
        found += [Count(hit.start(1), hit.end(), None, "%") for hit in _TENTHS.finditer(sentence)]
    yield from sorted(found, key=lambda count: count.start)


def torn_apart(sentence: str) -> str:
    """The sentence with a mark where a space parts two figures: “4 5家” is no 45, “1 260个” is 1260."""
    return _TORN.sub(PARTED, _THOUSANDS.sub(_joined, sentence))


def with_empty_places(sentence: str, fields: tuple[Field, ...]) -> str:
    """The sentence with the mark of a blank where one was left for a figure: 家访户数：    户."""
    return _empty_place(fields).sub("___", sentence)


def _joined(group: re.Match[str]) -> str:
    return "".join(group[0].split())


def bare_measure(unit: str) -> tuple[str, int]:
    """A field's measure without its scale: 万元 is 元, ten thousand of them."""
    plain = fold(unit)
    return (plain[1:], SCALE_WORDS[plain[0]]) if is_scaled(plain) else (plain, 1)


def _measures(fields: tuple[Field, ...]) -> str:
    known = {word for f in fields if f.unit for word in measure_of(bare_measure(f.unit)[0])}
    return "|".join(re.escape(w) for w in sorted({*known, *_COMMON}, key=len, reverse=True))


@lru_cache(maxsize=16)
def _empty_place(fields: tuple[Field, ...]) -> re.Pattern[str]:
    left = r"(?:(?<=[\u4e00-\u9fff])[ \u3000\t]{2,}|(?<!单位)(?<=[:：])[ \u3000\t]*)"
    return re.compile(rf"{left}(?=(?:{_measures(fields)})\s*(?:[,，;；。、)）]|$))")


@lru_cache(maxsize=16)
def _pattern(fields: tuple[Field, ...]) -> re.Pattern[str]:
    words = _measures(fields)
    return re.compile(
        rf"(?P<ordinal>第)?(?:{_EXACT})?(?P<soft>{_SOFT})?(?:(?P<some>{_SOME})(?P<somenumber>[十百千万亿]*)|(?P<number>{_NUMBER})(?P<more>[余多来几])?)"
        rf"(?P<measure>{words})(?!\(|次)(?P<after>{_AFTER})?"
    )


def _is_one_of_two(sentence: str, found: re.Match[str]) -> bool:
    """Whether a number is one end of a span or one of two: 5户或6户, 50户至60户."""
    number, measure = f"[0-9{CHINESE}]", re.escape(found["measure"])
    before = re.search(rf"{number}(?:{measure})?{_OR}$", sentence[: found.start()])
    return before is not None or re.match(rf"{_OR}{number}+{measure}", sentence[found.end() :]) is not None


def _count(sentence: str, found: re.Match[str]) -> Count | None:
    before = sentence[: found.start()]
    if found["ordinal"] or _LISTED_ORDINAL.search(before):
        return None
    start, number = found.start(), found["number"]
    if found["some"]:
        if found["some"] == "数" and not found["somenumber"] and before[-1:] in _NAMES_A_COUNT:
            return None
        if found["some"] in _MANY and found["measure"] in _OF_ANYTHING and not found["somenumber"]:
            return None  # 多次开展, 多名专家: a manner of speaking, not a figure
        return Count(start, found.end(), None, found["measure"])
    soft = found["soft"] or found["more"] or found["after"] or _RANGE.search(before)
    soft = soft or _LESS_THAN_NOTHING.search(before) or _is_one_of_two(sentence, found)
    if before.endswith("数") and before[-2:-1] not in _NAMES_A_COUNT:
        soft = "数"
    if _BARE.match(number) and not soft:
        return None
    value = None if soft or _BARE.match(number) else read_number(number).value
    return Count(start, found.end(), value, found["measure"], number == "一")
