"""A draft as a page for the clerk: what to ask first, then the campaign file to copy. Pure."""

from tasks.notice.draft.model import Draft
from tasks.notice.draft.shown.as_json import as_json
from tasks.notice.draft.shown.as_yaml import as_yaml

FENCE = "`" * 4


def page(draft: Draft, name: str) -> str:
    """Markdown: the questions, the ambiguities with their readings, and the campaign file with its quotes."""
    found = as_json(draft)
    title = found["title"] or "通知"
    lines = [f"# {_plain(title)}", ""]
    if not found["is_reporting_notice"]:
        lines += ["**通知没有要求报送材料，草稿里没有报送事项。**", ""]
    lines += _questions(found["questions"])
    lines += [f"## 专项草稿 {name}.yaml", ""]
    lines += ["每项后面的 # 是通知原文。补全后存到 config/campaigns/，用 baosong validate 检查。", ""]
    text = as_yaml(draft, name).replace(FENCE, "'" * 4)
    return "\n".join([*lines, f"{FENCE}yaml", text.rstrip(), FENCE, ""])


def _questions(asked: list[dict[str, object]]) -> list[str]:
    if not asked:
        return ["通知没有需要再问的。", ""]
    rows = ["## 须问清的", ""]
    for number, each in enumerate(asked, 1):
        readings = each["readings"]
        read = " / ".join(map(str, readings)) if isinstance(readings, list) else ""
        told = f"（两种读法：{_plain(read)}）" if read else ""
        rows.append(f"{number}. {_plain(str(each['question']))}{told}")
    return [*rows, ""]


def _plain(text: str) -> str:
    """Words of the notice as words: no markup of theirs takes effect on the page."""
    kept = text.replace("\n", " ").replace("&", "&amp;").replace("<", "&lt;")
    return "".join(f"\\{c}" if c in "\\`*_[]|#~" else c for c in kept)
