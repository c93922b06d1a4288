"""From a notice's text to a draft campaign, in the UI: the clerk pastes the text and reads the draft."""

import os
import re
from pathlib import Path
from typing import Any

from prefect import State, flow
from prefect.states import Completed

from flows.ending import ending
from tasks.desk import HOME
from tasks.notice.draft.steps import draft
from tasks.settings import Home
from tasks.terms.errors import Misconfigured

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,60}")


@flow(name="起草专项", flow_run_name="起草 {name}")
@ending
def draft_campaign(text: str, name: str = "draft") -> State[Any]:
    """由通知的文字起草专项文件：列出要问清的，给出可复制的草稿；不写入任何配置。

    Args:
        text: 通知全文，从文号到成文日期，连同附件名一起粘贴
        name: 专项代号，小写字母、数字、- 或 _
    """
    if not NAME.fullmatch(name):
        raise Misconfigured(f"专项代号“{name[:30]}”不对，只能用小写字母、数字、- 和 _")
    home = Home.at(Path(os.environ.get(HOME, ".")))
    asked = draft(home, text, name)
    said = f"有 {asked} 处须问清" if asked else "没有须问清的"
    return Completed(message=f"草稿已列在“Artifacts”页，{said}")
