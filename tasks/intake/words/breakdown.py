"""42（其中独居老人12户）, 5（镇级2、村级3）: the bracket says what the figure is made up of. Pure."""

import re
from decimal import Decimal

_FIGURE = re.compile(r"^(?P<whole>[0-9]+(?:\.[0-9]+)?)(?P<unit>[^0-9()]{0,3})\((?P<inner>[^()]+)\)$")
_OF_WHICH = re.compile(r"^(?:其中|含(?!税)|包含|包括)")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_PART = re.compile(r"^[^0-9]+[0-9]+(?:\.[0-9]+)?[^0-9]{0,3}$")
_DOUBTFUL = re.compile(
    r"[余多约近超万千百亿%-]|左右|以上|不含|不包括|累计|上[年月周]|去年|应为|更正|计划|任务|目标"
)


def without_parts(text: str) -> str:
    """A folded text without the bracket behind its figure, where that only says how the figure is made up.

    That is certain where the bracket begins with 其中 and names nothing larger than the figure, and where it
    lists parts that come to the very figure. Any other text is given back as it is.
    """
    hit = _FIGURE.match(text)
    if hit is None or _DOUBTFUL.search(hit["inner"]):
        return text
    whole, inner = Decimal(hit["whole"]), hit["inner"]
    said = [Decimal(number) for number in _NUMBER.findall(inner)]
    of_which = bool(said) and _OF_WHICH.match(inner) is not None and max(said) <= whole
    pieces = re.split(r"[、,;+]", inner)
    parts = len(pieces) > 1 and all(map(_PART.match, pieces)) and sum(said) == whole
    return hit["whole"] + hit["unit"] if of_which or parts else text
