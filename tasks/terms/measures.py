"""Which figures of several units may be added up, told by what they measure. Pure.

85 % here and 90 % there are not 175 %; nor do averages, prices, ranks or water levels come to a sum.
"""

import re
from functools import lru_cache

from tasks.terms.text import fold

_RATIO_UNIT = re.compile(r"%|‰|个?百分点|百分比|[百千万亿]?元(?:/|每).+|℃|摄氏度|名次|位次")
_RATIO_NAME = re.compile(
    r"(?:率|占比|比例|比重|百分比|[增降]幅|增速|排名|名次|位次|[均单]价|指数|水位|[气水]温|温度|浓度|密度|得分|评分|平均分)$"
    r"|^(?:人|户|亩|场|村|平)均(?!衡)|^每(?:人|户|亩|村|场|名|个)"
)
_ASIDE = re.compile(r"[(\[【][^()\[\]【】]*[)\]】]")
_MEASURED = re.compile(r"[(\[【](?:%|‰)[)\]】]")


@lru_cache(1024)
def adds_up(title: str, unit: str) -> bool:
    """Whether several units' figures of this name and measure come to a sum that means something."""
    name = fold(title)
    if _RATIO_UNIT.fullmatch(fold(unit)) or _MEASURED.search(name):
        return False
    return not _RATIO_NAME.search(_ASIDE.sub("", name))
