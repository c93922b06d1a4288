"""由去年的30场增加到48场: counts that say how one figure changed claim nothing. Pure."""

import re

_NOW = r"(?:今年|目前|现在|如今|本年|本期|本月|当前|[0-9]{1,2}月份?底?)?的?"
_CHANGED = re.compile(
    r"^(?:逐步|持续|稳步|大幅|进一步|已经?|又)*"
    r"(?:增加|增长|增|上升|升|提高|提升|扩大|扩充|发展|壮大|减少|减|下降|降低|降|缩减|压减|压缩|调整|变更|精简)"
    rf"(?:到了?|至|为|成){_NOW}$"
)


def is_change(between: str) -> bool:
    """Whether the words between two counts make the first what was, and the second what it is now."""
    return _CHANGED.match(between) is not None
