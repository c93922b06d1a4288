"""What an automation runs when a run failed: the people on duty are told by mail."""

import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from prefect import flow

from tasks.desk import HOME
from tasks.health.alarm import tell
from tasks.health.finding import fault
from tasks.settings import Home, load_office

PREFECTS_WORDS = re.compile(r"^(?:Flow|Task) run encountered an exception:? (?:\w+: )?")
"""What Prefect puts before the sentence a fault is told by."""
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@flow(name="故障告警", flow_run_name="故障告警 {what}")
def alarm(what: str, text: str) -> list[dict[str, Any]]:
    """把故障写信告诉值班人员（office.yaml 的 on_duty）。

    Args:
        what: 哪一次运行
        text: 出了什么事
    """
    text = readable(text)
    home = Home.at(Path(os.environ.get(HOME, ".")))
    told = tell(home, load_office(home), [fault(what, text)], datetime.now(UTC))
    return [{"what": each.what, "text": each.text} for each in told]


def readable(text: str) -> str:
    """A run's last words for people on duty: our faults have a sentence, a bug and Prefect speak English."""
    said = PREFECTS_WORDS.sub("", text).strip()
    if CHINESE.search(said):
        return said
    return f"程序出错（{said[:80]}），请看这次运行的日志；已入账的不受影响，下一次运行会接着办"
