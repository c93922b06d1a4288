"""三泉镇误发到我们这里，现转给你们: whose report a mail passes on, by its own words. Pure.

A form that names no unit would count for the messenger. Who is named here is asked about, never taken.
"""

import re
from collections.abc import Container, Iterator, Sequence

from tasks.intake.forms.remarks import sentences
from tasks.mail.parse import without_quote
from tasks.roster.names import Names, names_of
from tasks.terms.mails import Mail
from tasks.terms.text import fold
from tasks.terms.units import Roster

_BODY = 20_000
_NAME = "※"
_PASSES_ON = re.compile(
    rf"(?:误|错)(?:发|投|寄|报)|代为?{_NAME}?(?:上报|报送|转|提?交|送|发送?(?!言)|报)|受{_NAME}[^。；\n]{{0,8}}(?:委托|之托)"
    rf"|(?:帮忙?|替)(?:着|他们|它)?{_NAME}?[^。；，,\n]{{0,3}}(?:报|发|转|交|送)"
    rf"|(?<!贵局)(?<!贵科)(?<!你局)(?<!你科)(?:现|特|再|一并)?转(?:给|交|呈|报|送|发)?(?:你|您|贵|给你|局里|民政)"
)
_PAPER = r"(?:统计表|报表|情况表|汇总表|的表|总结|小结|材料|数据|数字)"
_ITS_FORM = re.compile(rf"{_NAME}[^。；，,\n]{{0,12}}{_PAPER}")
_AS_A_MODEL = re.compile(
    r"参照|参考|仿照|学习|借鉴|样式|模板|格式|范本|抄送|抄报|没有|还没|未收|尚未|索要|请向"
)
_SIGNATURE = re.compile(
    rf"[^\w]*(?:[\u4e00-\u9fff]{{0,6}}[区县市州])?{_NAME}(?:人民政府|办事处)?(?:[\u4e00-\u9fff]{{0,10}}(?:办|站|所|科|室|中心|局))?"
    r"(?:[^\w]*[\u4e00-\u9fff]{1,4})?[^\w]*[\d-]*[^\w]*$"
)
_OF_OURS = re.compile(r"[我本](?:镇|乡|街道|单位|社区|村|局|站|处|中心)|我们")
"""Who says 我镇 speaks for the unit he writes from."""
Places = Sequence[tuple[int, int, list[str]]]
Naming = Sequence[tuple[str, Places]]
"""The sentences that name units, with where they do."""


def passed_on(roster: Roster, mail: Mail) -> tuple[str, ...]:
    """Codes of the units whose report it may be besides the sender's: authors first, then who is named."""
    wrote = next((units for a in mail.authors if (units := roster.by_address.get(a))), ())
    own = {unit.code for unit in roster.by_address.get(mail.sender, ())}
    if own & {unit.code for unit in wrote}:
        wrote = ()
    words = without_quote(mail.text)[:_BODY]
    said = list(_naming(names_of(roster), words))
    spoken = _spoken_for(said, words, own) if own else ()
    found = (*(unit.code for unit in wrote), *_named(said), *spoken)
    return tuple(code for code in dict.fromkeys(found) if code not in own)


def _named(said: Naming) -> Iterator[str]:
    for plain, places in said:
        if _PASSES_ON.search(_masked(plain, places)):
            yield from (code for _, _, codes in places for code in codes)


def _spoken_for(said: Naming, text: str, own: Container[str]) -> Iterator[str]:
    """Whose form it is by the words or the signature, in a mail that nowhere names its sender's own unit."""
    if _OF_OURS.search(text) or any(
        code in own for _, places in said for _, _, codes in places for code in codes
    ):
        return
    for plain, places in said:
        masked = _masked(plain, places)
        if (_ITS_FORM.search(masked) and not _AS_A_MODEL.search(masked)) or _SIGNATURE.match(masked):
            yield from (code for _, _, codes in places for code in codes)


def _naming(names: Names, text: str) -> Iterator[tuple[str, Places]]:
    """The sentences that name units, with where they do."""
    for sentence in sentences(text):
        plain = fold(sentence)
        if places := names.places(plain):
            yield plain, places


def _masked(plain: str, places: Places) -> str:
    """The sentence with every unit's name as one sign."""
    for start, length, _ in reversed(places):
        plain = f"{plain[:start]}{_NAME}{plain[start + length :]}"
    return plain
