"""Numbers as clerks write them: 3, ３场, 1,200, 1.2万, 三十, 一百二十户; never a guess.

Only full-width forms and spaces are folded. Compatibility folding would turn “3²” into 32 and “①” into 1,
so whatever else stands in a cell makes it uncertain.
"""

import math
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tasks.intake.words.breakdown import without_parts
from tasks.terms.readings import Code
from tasks.terms.text import fold

DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {
    "零": 0, "○": 0, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9, "两": 2,
}  # fmt: skip
SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
LARGE = {"万": 10_000, "亿": 100_000_000}
SCALE_WORDS = {"百": 100, "千": 1000, **LARGE}
CHINESE = "".join([*DIGITS, *SMALL, *LARGE])

_ERRORS = re.compile(r"^#(?:REF!|DIV/0!|VALUE!|NAME\?|N/A|NUM!|NULL!|SPILL!|CALC!)", re.IGNORECASE)
_ARABIC = re.compile(r"^([+-]|负)?((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)(万|千|百|亿)?")
_CHINESE = re.compile(rf"^(负)?([{CHINESE}]+)(?:点([{''.join(DIGITS)}]+)([万亿])?)?")
_LEAD = re.compile(r"^(?:共计|合计|总计|累计|共有|共|计|已经?|完成|开展|走访|举办|组织)+")
_MONEY = re.compile(r"^(?:人民币|RMB)?[¥￥]?(?=[0-9])", re.IGNORECASE)
_TEXT_MARK = re.compile(r"^['‘’`](?=[0-9])")
"""What people type before a figure to keep it as text."""
_BRACKETED = re.compile(r"^\(([^()0-9]+)\)$")
_DIGIT = re.compile(rf"[0-9{CHINESE}]")
SPACED = re.compile(r"[0-9][ \u3000\u00a0]+[0-9]")
_BROKEN = re.compile(rf"[0-9.,，{CHINESE}][^\S\n\t]*[\n\t]\s*[0-9.,，{CHINESE}]")
"""A figure that goes on in the next line of its cell may be two."""
_THOUSANDS_BY_SPACE = re.compile(r"^[0-9]{1,3}(?:[ \u3000\u00a0][0-9]{3})+(?![0-9])")

MEASURES: tuple[frozenset[str], ...] = (
    frozenset({"场", "场次", "次", "场数", "次数"}),
    frozenset({"户", "家", "户数", "户家庭", "个家庭"}),
    frozenset({"户次", "户次数"}),
    frozenset({"人", "名", "位", "人数"}),
    frozenset({"人次", "人次数"}),
    frozenset({"张", "幅", "张数"}),
    frozenset({"篇", "篇次", "篇数"}),
    frozenset({"条", "条数"}),
    frozenset({"件", "件数"}),
    frozenset({"份", "份数"}),
    frozenset({"个", "个数"}),
    frozenset({"小时", "时长"}),
    frozenset({"台", "台套", "台(套)"}),
    frozenset({"公里", "千米"}),
    frozenset({"公斤", "千克"}),
    frozenset({"平方米", "平米", "㎡"}),
    frozenset({"立方米", "方"}),
    *map(
        frozenset,
        "期元处项起宗例支批辆套部艘架只头羽株棵亩吨升米天节堂所座栋间床针剂面块册本枚盏眼口班组对片段度",
    ),
    *(
        frozenset({word})
        for word in (
            "例次",
            "批次",
            "辆次",
            "车次",
            "家次",
            "条次",
            "剂次",
            "公顷",
            "课时",
            "学时",
            "张床",
            "千瓦时",
        )
    ),
)
"""Words for one kind of count; words of different rows never stand for each other (户 is not 户次)."""


@dataclass(frozen=True, slots=True)
class Number:
    """What a cell says as a number.

    Attributes:
        value: the number, exact, when it is certain.
        problem: why it is not; None with value None means the cell is blank.
    """

    value: float | None
    problem: Code | None = None


BLANK = Number(None)


_KINDS = {word: group for group in reversed(MEASURES) for word in group}


def is_measure(word: str) -> bool:
    """Whether a word is a measure by itself."""
    return word in _KINDS


def measure_of(word: str) -> frozenset[str]:
    """The words that count the same kind of thing; a word not known stands for itself."""
    return _KINDS.get(word) or frozenset({word})


def read_number(cell: Any, units: frozenset[str] = frozenset()) -> Number:
    """Read one cell.

    Args:
        cell: a value as the readers give it.
        units: measure words that may follow the number; empty allows any known one.
    """
    if cell is None:
        return BLANK
    if isinstance(cell, (bool, date)):
        return Number(None, "VAGUE")
    if isinstance(cell, (int, float)):
        return Number(float(cell)) if math.isfinite(cell) else Number(None, "ERROR_CELL")
    return _read_text(str(cell), units)


def _read_text(raw: str, units: frozenset[str]) -> Number:
    text = without_parts(_TEXT_MARK.sub("", fold(raw)).rstrip("。.;；,、"))
    if not text:
        return BLANK
    if text.startswith("="):
        return Number(None, "FORMULA_NO_CACHE")
    if _ERRORS.match(text):
        return Number(None, "ERROR_CELL")
    if scaled_words := {unit for unit in units if is_scaled(unit)}:
        return _in_scale(raw, text, scaled_words)
    plain = _MONEY.sub("", text) if "元" in units else text
    found = None if _two_numbers(raw) else _leading_number(_LEAD.sub("", plain))
    rest = _BRACKETED.sub(r"\1", found[1]) if found else ""
    if found is None or (rest and not _is_unit(rest, units)):
        return Number(None, "VAGUE")
    return Number(float(found[0]))


def is_scaled(unit: str) -> bool:
    """Whether a measure word counts in ten thousands and the like: 万元, 万人次, 千米 apart."""
    return len(unit) > 1 and unit[0] in SCALE_WORDS and not is_measure(unit)


def _in_scale(raw: str, text: str, words: set[str]) -> Number:
    """A number counted in 万元: 12 and 12万元 are twelve of it; 1.2万 and 12000元 are not certain."""
    bare = next((text.removesuffix(word) for word in words if text.endswith(word)), text)
    found = None if _two_numbers(raw) else _leading_number(_LEAD.sub("", bare))
    if found is None or found[1] or any(word in bare for word in (*LARGE, *"百千" * bare[:1].isascii())):
        return Number(None, "VAGUE")
    return Number(float(found[0]))


def _two_numbers(raw: str) -> bool:
    """Whether a space parts figures other than groups of thousands, or a new line: “3 5” is no 35."""
    plain = _plain_digits(raw.replace("\r", "\n")).strip()
    if _BROKEN.search(plain):
        return True
    return SPACED.search(plain) is not None and not _THOUSANDS_BY_SPACE.match(plain)


_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


def _plain_digits(raw: str) -> str:
    return raw.translate(_DIGITS)


def _is_unit(word: str, units: frozenset[str]) -> bool:
    if units:
        return any(word in measure_of(unit) for unit in units)
    return is_measure(word)


def _leading_number(text: str) -> tuple[Decimal, str] | None:
    if match := _ARABIC.match(text):
        value = Decimal(match[2].replace(",", "")) * (LARGE | SMALL).get(match[3] or "", 1)
        return (-value if match[1] in {"-", "负"} else value), text[match.end() :]
    if match := _CHINESE.match(text):
        chinese = chinese_number(match[2])
        if chinese is not None:
            tenths = "".join(str(DIGITS[c]) for c in match[3] or "")
            value = Decimal(f"{chinese}.{tenths or 0}") * LARGE.get(match[4] or "", 1)
            return (-value if match[1] else value), text[match.end() :]
    return None


def chinese_number(text: str) -> int | None:
    """A number in Chinese numerals, or None when it is none or could be two (三五, 一百二)."""
    if not text or any(c not in CHINESE for c in text):
        return None
    if all(c in DIGITS for c in text):
        return _by_places(text)
    total = 0
    rest = text
    for word in ("亿", "万"):
        if rest.count(word) > 1:
            return None
        if word in rest:
            head, _, rest = rest.partition(word)
            part = (chinese_number if "万" in head else _section)(head) if head else None
            if part is None or (rest and not _continues(rest, word)):
                return None
            total += part * LARGE[word]
    tail = _section(rest) if rest else 0
    return None if tail is None else total + tail


def _continues(rest: str, word: str) -> bool:
    """“三万五” is thirty-five thousand to some and nonsense to others: after 万 come 千 or 零."""
    return rest[0] in "零〇" or "千" in rest or "仟" in rest or (word == "亿" and "万" in rest)


def _by_places(text: str) -> int | None:
    if len(text) == 1:
        return DIGITS[text]
    # Two digits side by side are a span (三五户) unless a zero shows that places are meant.
    if not any(DIGITS[c] == 0 for c in text) and len(text) < 4:  # noqa: PLR2004  a year has four places
        return None
    return int("".join(str(DIGITS[c]) for c in text))


def _section(text: str) -> int | None:
    """A number below ten thousand: 三百二十一, 一千零五, 十二."""
    total, last = 0, 10_000
    pending: int | None = None
    zero = False
    for character in text:
        if character in SMALL:
            size = SMALL[character]
            if size >= last or (pending is None and (size > SMALL["十"] or total)):
                return None
            total += (1 if pending is None else pending) * size
            last, pending, zero = size, None, False
        elif DIGITS[character] == 0 and pending is None:
            zero = True
        elif pending is None:
            pending = DIGITS[character]
        else:
            return None
    if pending is None:
        return total
    return total + pending if last in {10, 10_000} or zero else None


def has_digits(text: str) -> bool:
    """Whether a text contains any numeral at all."""
    return _DIGIT.search(fold(text)) is not None
