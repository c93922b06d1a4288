"""The step of drafting, as Prefect runs it."""

from prefect import task
from prefect.artifacts import create_markdown_artifact

from tasks.notice.draft.reading import draft_of, is_notice
from tasks.notice.draft.shown.as_json import as_json
from tasks.notice.draft.shown.shown import page
from tasks.notice.tables import load_calendar
from tasks.settings import Home
from tasks.terms.errors import Misconfigured
from tasks.terms.machine import faults_told

LONGEST = 200_000
"""Characters; the longest notice with its forms has a tenth of it."""


@task(name="起草")
@faults_told()
def draft(home: Home, text: str, name: str) -> int:
    """Show the draft of a notice's text; nothing is written to the configuration. Returns the open questions.

    Raises:
        Misconfigured: the text is too long, or no notice.
    """
    if len(text) > LONGEST:
        raise Misconfigured(f"粘贴的文字超过 {LONGEST // 10_000} 万字，不像一份通知，请只粘贴通知正文")
    found = draft_of(text, load_calendar(home))
    if not is_notice(found):
        raise Misconfigured("粘贴的文字没有标题、文号和报送要求，不像通知，请核对是否粘贴完整")
    create_markdown_artifact(page(found, name), key="draft", description="由通知起草的专项文件")
    return len(as_json(found)["questions"])
