"""Characters as people type them: some fonts' tables name the radical, or the twin, of what they draw."""

import unicodedata

_RADICALS = range(0x2E80, 0x2FE0)
_COMPATIBLE = range(0xF900, 0xFB00)
_UPRIGHT = dict(zip("︵︶︐︑︒︓︔︰︹︺﹁﹂﹃﹄", "（），、。：；：〔〕「」『』", strict=True))
"""Marks as they are set in a column."""
_SIMPLE = dict(
    zip(
        "⺒⺓⺝⺠⺩⺪⻁⻃⻄⻅⻆⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⼾",
        "巳幺月民王疋虎覀西见角贝车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙户",
        strict=True,
    )
)
"""Those for which no table of Unicode's says so, or another than is meant in simplified script."""


def _as_typed(code: int) -> str:
    return (_SIMPLE | _UPRIGHT).get(chr(code)) or unicodedata.normalize("NFKC", chr(code))


AS_TYPED: dict[int, str] = {
    code: typed
    for block in (_RADICALS, _COMPATIBLE, tuple(map(ord, _UPRIGHT)))
    for code in block
    if (typed := _as_typed(code)) != chr(code)
}
"""For ``str.translate``."""
