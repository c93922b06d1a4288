"""What a run came to, in sentences: for the terminal, the run's log and the run's page."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from tasks.terms.letters import LETTER_KINDS

Done = Mapping[str, Any]

OUTCOMES = (("submissions", "入账"), ("queued", "转待确认"), ("ignored", "只作记录"))
FATES = (
    ("sent", "发信"), ("dropped", "已不需要而未发"), ("retry", "稍后再发"),
    ("refused", "被拒收"), ("unknown", "去向不明"),
)  # fmt: skip
SHOWN = 40
"""Lines of a preview a terminal shows; the page has them all."""


def in_words(done: Done) -> list[str]:
    """A check, a chase or a compilation, from what came in to what a person must look at."""
    return [
        *_came(done),
        *_previewed(done),
        *_went(done),
        *_packed(done.get("package", {})),
        *_handed_up(done.get("dispatch", {})),
        *_stands(done),
    ]


def _came(done: Done) -> Iterator[str]:
    if done.get("below"):
        yield f"收下级汇总件 {done['below']} 件"
    outcomes = [f"{title} {done[key]}" for key, title in OUTCOMES if done.get(key)]
    if done.get("taken") or outcomes:
        yield "，".join([f"收件 {done.get('taken', 0)}", *outcomes])
    else:
        yield "没有新来件"


def _previewed(done: Done) -> Iterator[str]:
    if "would_send" not in done:
        return
    letters = done["would_send"]
    yield f"此刻将发 {len(letters)} 封，均未发出" if letters else "此刻没有要发的信"
    told = Counter(
        f"　{each['unit']}　{LETTER_KINDS.get(each['kind'], each['kind'])}　{each['subject']}"
        for each in letters
    )
    for line, count in islice(told.items(), SHOWN):
        yield f"{line}（{count} 个邮箱）" if count > 1 else line
    if len(told) > SHOWN:
        yield f"　另有 {sum(islice(told.values(), SHOWN, None))} 封，见界面里这次运行的 Artifacts 页"


def _went(done: Done) -> Iterator[str]:
    rounds = [done.get("answers", {}), done.get("letters", {})]
    counts = [(title, sum(each.get(key, 0) for each in rounds)) for key, title in FATES]
    if told := [f"{title} {count} 封" for title, count in counts if count]:
        yield "，".join(told)
    elif "would_send" not in done:
        yield "没有发信"
    yield from dict.fromkeys(f"发信中止：{each['stopped']}" for each in rounds if each.get("stopped"))
    if done.get("held"):
        yield done["held"]


def _packed(package: Done) -> Iterator[str]:
    if note := package.get("note"):
        yield f"{note}：{package['path']}" if package["path"] else note
    elif package.get("number"):
        how = "已编成" if package["new"] else "此前已编成"
        yield f"第 {package['number']} 号汇总件{how}（缺报 {package['gaps']} 项）：{package['path']}"


def _handed_up(dispatch: Done) -> Iterator[str]:
    for number in dispatch.get("sent", ()):
        yield f"第 {number} 号汇总件已呈报"
    for number in dispatch.get("laid_out", ()):
        yield f"第 {number} 号汇总件已排好，请照 var/packages/公文系统上传 里的 填报要素.txt 上传"
    for number, why in dispatch.get("why", {}).items():
        yield f"第 {number} 号汇总件暂缓呈报：{why}"


def _stands(done: Done) -> Iterator[str]:
    for number in dict.fromkeys((*done.get("acknowledged", ()), *_receipts(done))):
        yield f"上级已签收第 {number} 号汇总件"
    yield f"已报 {done['reported']}"
    if done["queue"]:
        yield f"待确认 {done['queue']} 件，请用“待确认件归位”处理"
    if done["unsettled_letters"]:
        yield f"去向不明的信 {done['unsettled_letters']} 封，请核实对方是否收到"
    yield from (f"来源 {name} 连接不上，恢复后自动补收" for name in done["unreached"])
    yield from (f"未能收取：{each}" for each in done["not_taken"])


def _receipts(done: Done) -> list[int]:
    found: list[int] = done.get("dispatch", {}).get("acknowledged", [])
    return found
