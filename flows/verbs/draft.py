"""draft: a notice's text into a draft campaign; every value with its quote."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from flows.verbs.common import DONE, Verbs

YAML = (".yaml", ".yml")


def add(verbs: Verbs) -> None:
    """Enter the verb."""
    parser = verbs.add_parser("draft", help="由通知起草专项文件")
    parser.add_argument("notice", type=Path, metavar="通知", help="通知（.txt、.docx、.doc、.wps、.pdf）")
    parser.add_argument("--json", action="store_true", help="按约定格式输出 JSON")
    parser.add_argument("--out", type=Path, default=None, metavar="文件.yaml", help="把专项草稿写到这个文件")
    parser.add_argument(
        "--against",
        type=Path,
        default=None,
        metavar="原件",
        help="与原通知或已有的专项文件（.yaml）比较，列出变化",
    )
    parser.add_argument("--force", action="store_true", help="--out 的文件已存在时仍覆盖")
    parser.set_defaults(verb=_draft)


def _draft(given: argparse.Namespace) -> int:
    from tasks.notice.draft.shown.as_json import as_json
    from tasks.notice.draft.shown.as_yaml import as_yaml

    draft = _read(given, given.notice)
    found = as_json(draft)
    if given.against:
        found["changes"] = _changes(given, found)
    if given.out:
        _write(given.out, as_yaml(draft, given.out.stem), force=given.force)
    if given.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
    elif given.against:
        print("\n".join(found["changes"]) or "与原件相比没有变化")
    elif not given.out:
        print(as_yaml(draft, "draft"), end="")
    if not found["is_reporting_notice"]:
        print(f"{given.notice.name}：通知没有要求报送材料，草稿里没有报送事项", file=sys.stderr)
    if given.out:
        count = f"有 {len(found['unknown'])} 处待问，见文件开头"
        print(f"已写入 {given.out}，{count}；补全后运行 baosong validate {given.out.stem}", file=sys.stderr)
    return DONE


def _read(given: argparse.Namespace, path: Path) -> Any:
    from tasks.notice.draft.reading import draft_of, is_notice
    from tasks.notice.draft.source import notice_text
    from tasks.notice.tables import load_calendar
    from tasks.settings import SHIPPED, Home
    from tasks.terms.errors import Misconfigured

    home = Home.at(given.home if (given.home / "config").is_dir() else SHIPPED)
    draft = draft_of(notice_text(path), load_calendar(home))
    if not is_notice(draft):
        raise Misconfigured(f"{path.name}：没有标题、文号和报送要求，不像通知，请核对是否给错了文件")
    return draft


def _changes(given: argparse.Namespace, found: dict[str, Any]) -> list[str]:
    from tasks.documents.strict_yaml import read
    from tasks.notice.draft.shown.as_json import as_json
    from tasks.notice.draft.shown.compare import differences, from_campaign
    from tasks.terms.errors import Misconfigured

    old: Path = given.against
    if old.suffix.lower() not in YAML:
        return differences(as_json(_read(given, old)), found)
    if not old.is_file():
        raise Misconfigured(f"{old}：没有这个文件，请核对文件名")
    value = read(old).value
    if not isinstance(value, dict):
        raise Misconfigured(f"{old.name}：不是专项文件，无法比较")
    return differences(from_campaign(value), found, completed=True)


def _write(path: Path, text: str, *, force: bool) -> None:
    from tasks.terms.errors import Misconfigured

    if path.suffix.lower() not in YAML:
        raise Misconfigured(f"{path.name}：--out 应写 .yaml 文件")
    if path.exists() and not force:
        raise Misconfigured(f"{path}：文件已存在，为免覆盖已核对的内容没有写；换个文件名，或加 --force")
    if not path.parent.is_dir():
        raise Misconfigured(f"{path.parent}：没有这个文件夹，请先建好")
    path.write_text(text, "utf-8")
