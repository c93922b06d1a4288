"""check, chase, compile: the flows, in this process. A person reads sentences, a script gets JSON."""

import argparse
import json
import sys
from datetime import UTC, datetime
from typing import Any

from flows.told import in_words
from flows.verbs.common import DONE, LOOK, Verbs, add_campaign, home_of


def add(verbs: Verbs) -> None:
    """Enter the verbs."""
    for name, verb, help_text in (
        ("check", _check, "收件、核对、回执、更新状态"),
        ("chase", _chase, "先核对，再按梯次催报"),
        ("compile", _compile, "先核对，再编成汇总件并呈报"),
    ):
        parser = verbs.add_parser(name, help=help_text)
        add_campaign(parser, verb)
        parser.add_argument("--json", action="store_true", help="输出 JSON；不在终端里运行时总是如此")
    verbs.choices["chase"].add_argument("--dry-run", action="store_true", help="只列出将要发的信，不发")


def _check(given: argparse.Namespace) -> int:
    return _run(given, "check")


def _chase(given: argparse.Namespace) -> int:
    if not given.dry_run and sys.stdin.isatty() and not _wanted(given):
        print("没有发出任何信件", file=sys.stderr)
        return LOOK
    return _run(given, "chase", dry_run=given.dry_run)


def _wanted(given: argparse.Namespace) -> bool:
    """Whether a campaign that has not sent anything yet is really to begin; asked only of a person."""
    from tasks.chase.first import unseen
    from tasks.desk import open_desk
    from tasks.roster.validate import ensure_sound

    home = home_of(given)
    ensure_sound(home, given.campaign)
    desk = open_desk(given.campaign, given.as_of or datetime.now(UTC), home)
    if not unseen(desk):
        return True
    print(f"专项 {given.campaign} 将第一次从 {desk.account.address} 发信。", file=sys.stderr)
    print("先看将要发的信：加 --dry-run。现在就发请输入 yes：", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() == "yes"


def _compile(given: argparse.Namespace) -> int:
    return _run(given, "compile")


def _run(given: argparse.Namespace, verb: str, **options: Any) -> int:
    from flows.engine import run  # Prefect takes seconds to import: only for verbs that need it
    from tasks.home_ledger import ledger_of
    from tasks.roster.validate import ensure_sound

    home = home_of(given)
    ensure_sound(home, given.campaign)  # a wrong file is told at once
    ledger_of(home)  # and so is a ledger that cannot be had
    result = run(home, verb, campaign=given.campaign, as_of=given.as_of, **options)
    if given.json or not sys.stdout.isatty():
        print(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        print("\n".join(in_words(result)))
    return LOOK if result.get("needs_person") else DONE
