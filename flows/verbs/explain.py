"""explain: what intake would conclude from one file, and why. Changes nothing."""

import argparse
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flows.verbs.common import DONE, Verbs, add_as_of, home_of
from tasks.terms.errors import Misconfigured
from tasks.terms.machine import why
from tasks.terms.places import in_words
from tasks.terms.readings import FINDING_ZH

LARGEST = 100 << 20
KINDS = {
    "submission": "报送材料",
    "incomplete": "说有附件而没有附件",
    "body_only": "内容写在正文里",
    "large_attachment_link": "附件只是下载链接",
    "auto_reply": "自动回复",
    "read_receipt": "已读或送达回执",
    "bounce": "退信",
    "reply": "答复",
    "empty": "空邮件",
    "own_mail": "本机关自己的邮件",
    "suspicious": "可疑邮件",
    "needs_person": "须人工查看",
}
OUTCOMES = {"submission": "入账", "queued": "转待确认", "ignored": "只作记录"}


def add(verbs: Verbs) -> None:
    """Enter the verb."""
    parser = verbs.add_parser("explain", help="说明会怎样处理一个邮件或文件，以及为什么；不改动任何东西")
    parser.add_argument("file", type=Path, metavar="文件", help=".eml 邮件或文件")
    parser.add_argument("--campaign", required=True, metavar="专项", help="专项代号")
    add_as_of(parser)
    parser.add_argument("--json", action="store_true", help="按约定格式输出 JSON")
    parser.set_defaults(verb=_explain)


def _explain(given: argparse.Namespace) -> int:
    from tasks.desk import open_desk
    from tasks.intake.explain import explain

    data = _read(given.file)
    desk = open_desk(given.campaign, given.as_of or datetime.now(UTC), home_of(given))
    found = explain(desk, given.file.name, data)
    if given.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        titles = {f.id: f.title for o in desk.campaign.obligations for f in o.fields}
        print("\n".join(_mail(found, titles) if "kind" in found else _document(found, titles)))
    return DONE


def _read(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise Misconfigured(f"{path} 是文件夹，请指定一个文件")
        if path.stat().st_size > LARGEST:
            raise Misconfigured(f"{path} 超过 {LARGEST >> 20} MB，收件时也不会拆开，请人工处理")
        return path.read_bytes()
    except OSError as fault:
        raise Misconfigured(f"文件 {path} 读不到（{why(fault)}），请检查路径") from None


def _mail(found: dict[str, Any], titles: dict[str, str]) -> Iterator[str]:
    yield f"邮件：{KINDS[found['kind']]}；处理：{OUTCOMES[found['outcome']]}"
    yield f"发件地址：{found['sender'] or '（无）'}"
    yield f"主题：{found['subject'] or '（无）'}"
    yield f"报送单位：{'、'.join(found['units']) or '不能确定'}"
    for each in found["attachments"]:
        yield f"附件：{each['filename']}（{each['size']} 字节，{each['sha256'][:12]}）"
    for each in found["unpacked"]:
        yield f"附件中的文件：{each['filename']}（{each['sha256'][:12]}）"
    for name in found["inline_images"]:
        yield f"正文图片：{name}"
    for each in found["documents"]:
        yield f"—— {each['filename']}"
        yield from _document(each, titles)
    yield from _lines("依据", found["reasons"])


def _document(found: dict[str, Any], titles: dict[str, str]) -> Iterator[str]:
    yield f"报送单位：{found['unit'] or '、'.join(found['candidates']) or '不能确定'}"
    for field, value in found["values"].items():
        if value is not None:
            place = found["evidence"].get(field, "")
            yield f"{titles.get(field, field)}：{value}" + (f"（{in_words(place)}）" if place else "")
    if found["findings"]:
        yield f"问题：{'、'.join(FINDING_ZH.get(code, code) for code in found['findings'])}"
    yield from _lines("说明", found["reasons"])


def _lines(title: str, lines: list[str]) -> Iterator[str]:
    for line in lines:
        yield f"{title}：{in_words(line)}"
