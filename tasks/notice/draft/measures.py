"""The measures a form or a table of tasks counts in."""

import re

_BASE = (
    "人次|人|户次|户|场次|场|批次|批|班次|班|车次|例次|例|家次|家|次|个|篇|条|件|份|册|本|张|幅|块|处|起|名|位|项|期|课时|学时|小时|天|支|队|套|台|辆|部|艘"
    "|座|栋|间|床|株|棵|亩|公顷|平方米|平方公里|立方米|千米|公里|米|吨|公斤|千克|克|升|毫升|头|只|羽|所|站|组|对|宗|单|枚|瓶|盒|袋|箱|具|封|堂|节|百分点|千瓦时|元|美元"
)
COUNTING = rf"[十百千万亿]{{0,2}}(?:{_BASE})"
"""What things are counted in: 场, 万人次, 平方米."""
RATES = "%|‰"
MEASURE = re.compile(rf"(?:{COUNTING}|{RATES})")
