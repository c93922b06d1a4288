"""Text as it is compared: full-width letters, digits and punctuation as plain ones, no space of any kind.

Only this much is folded. Compatibility folding would turn “3²” into 32 and “①” into 1.
"""

_SPACES = "\u3000\u00a0\u2002\u2003\u2009\u200b\ufeff \t\r\n\v\f"
_TABLE: dict[int, int | None] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_TABLE |= dict.fromkeys(map(ord, _SPACES))


def fold(text: str) -> str:
    """The text folded for comparison; never shown to anyone."""
    return text.translate(_TABLE)
