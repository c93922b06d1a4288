"""Numbers as offices write them: 3, 三, 二十, 二〇二四, 二O二四, 一千."""

DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | dict.fromkeys("零○OoＯ0", 0)
DIGITS |= {str(n): n for n in range(10)} | {"两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_LONGEST = 9


def number(text: str) -> int | None:
    """The whole number a short numeral says; None when it says none."""
    if not text or len(text) > _LONGEST:
        return None
    if all(c in DIGITS for c in text):
        return int("".join(str(DIGITS[c]) for c in text))
    return _scaled(text)


def _scaled(text: str) -> int | None:
    total, held = 0, ""
    for char in text:
        if char in DIGITS:
            held += str(DIGITS[char])
        elif char == "万":
            total, held = (total + int(held or 0) or 1) * _SCALES[char], ""
        elif char in _SCALES:
            total, held = total + int(held or 1) * _SCALES[char], ""
        else:
            return None
    return total + int(held or 0) or None
