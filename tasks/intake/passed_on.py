"""三泉镇误发到我们这里，现转给你们: whose report a mail passes on, by its own words. Pure.

A form that names no unit would count for the messenger. Who is named here is asked about, never taken.
"""

import re
from collections.abc import Iterator, Sequence

from tasks.intake.form_remarks import sentences
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


def passed_on(roster: Roster, mail: Mail) -> tuple[str, ...]:
    """Codes of the units whose report it may be besides the sender's: authors first, then who is named."""
    wrote = next((units for a in mail.authors if (units := roster.by_address.get(a))), ())
    own = {unit.code for unit in roster.by_address.get(mail.sender, ())}
    if own & {unit.code for unit in wrote}:
        wrote = ()
    found = (*(unit.code for unit in wrote), *_named(names_of(roster), without_quote(mail.text)[:_BODY]))
    return tuple(code for code in dict.fromkeys(found) if code not in own)


def _named(names: Names, text: str) -> Iterator[str]:
    for sentence in sentences(text):
        plain = fold(sentence)
        places = names.places(plain)
        if places and _PASSES_ON.search(_masked(plain, places)):
            yield from (code for _, _, codes in places for code in codes)


def _masked(plain: str, places: Sequence[tuple[int, int, list[str]]]) -> str:
    """The sentence with every unit's name as one sign."""
    for start, length, _ in reversed(places):
        plain = f"{plain[:start]}{_NAME}{plain[start + length :]}"
    return plain
