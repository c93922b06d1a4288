"""The command line. Exit codes: 0 done, 1 a fault, 2 wrong use or configuration, 3 a person must look."""

import argparse
import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tasks.settings import Home
from tasks.terms import times
from tasks.terms.errors import BaosongError, Misconfigured

DONE, FAULT, WRONG_USE, LOOK = 0, 1, 2, 3

Verb = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb. No traceback ever reaches the user."""
    given = _parser().parse_args(arguments)
    _quiet_log()
    try:
        verb: Verb = given.verb
        return verb(given)
    except Misconfigured as fault:
        return _say(str(fault), WRONG_USE)
    except BaosongError as fault:
        return _say(str(fault), FAULT)
    except BrokenPipeError:  # whoever read our output has seen enough
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  until the process ends
        return DONE
    except KeyboardInterrupt:
        return _say("已中断；已入账的不受影响，可重新运行", FAULT)
    except Exception as fault:  # noqa: BLE001  the last line of defence: a bug is recorded, not shown
        return _bug(fault, given.home)


def _quiet_log() -> None:
    """Only warnings reach the terminal; everything else is in the run's log in Prefect."""
    terminal = logging.StreamHandler()
    terminal.setLevel(logging.WARNING)
    terminal.setFormatter(logging.Formatter("%(message)s"))
    logging.getLogger().addHandler(terminal)


def _say(text: str, code: int) -> int:
    print(text, file=sys.stderr)
    return code


def _bug(fault: Exception, home: Path) -> int:
    """A fault of ours: the traceback goes to a file for the people who mend it, one line to the user."""
    import traceback

    record = home / "var" / "faults.log"
    record.parent.mkdir(parents=True, exist_ok=True)
    with record.open("a", encoding="utf-8") as file:
        traceback.print_exception(fault, file=file)
    return _say(
        f"程序出错（{type(fault).__name__}），详情记在 var/faults.log；已入账的不受影响，可重新运行", FAULT
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="baosong", description="报送：按时收齐各单位材料，汇总呈报")
    parser.add_argument(
        "--home", type=Path, default=Path(), help="主目录，含 config/ 与 var/（默认当前目录）"
    )
    verbs = parser.add_subparsers(dest="name", required=True, metavar="VERB")
    for name, verb, help_text in (
        ("check", _check, "收件、核对、回执、更新状态"),
        ("chase", _chase, "先核对，再按梯次催报"),
        ("compile", _compile, "先核对，再编成汇总件并呈报"),
        ("status", _status, "各单位报送状态"),
    ):
        _add_campaign(verbs.add_parser(name, help=help_text), verb)
    verbs.choices["chase"].add_argument("--dry-run", action="store_true", help="只列出将要发的信，不发")
    verbs.choices["status"].add_argument("--json", action="store_true", help="按约定格式输出 JSON")
    _add_other_verbs(verbs)
    return parser


def _add_campaign(parser: argparse.ArgumentParser, verb: Verb) -> None:
    parser.add_argument("campaign", metavar="CAMPAIGN", help="专项代号（config/campaigns 下的文件名）")
    parser.add_argument("--as-of", type=_moment, default=None, metavar="T", help="以哪一时刻为准（ISO 8601）")
    parser.set_defaults(verb=verb)


def _add_other_verbs(verbs: Any) -> None:
    validate = verbs.add_parser("validate", help="检查专项文件")
    validate.add_argument("campaign", nargs="?", metavar="CAMPAIGN")
    validate.set_defaults(verb=_validate)
    verify = verbs.add_parser("verify", help="核验汇总件，或不带参数核验台账")
    verify.add_argument("package", type=Path, nargs="?", metavar="PACKAGE")
    verify.set_defaults(verb=_verify)
    rehearse = verbs.add_parser("rehearse", help="在虚拟时钟上演练整个专项")
    rehearse.add_argument("campaign", metavar="CAMPAIGN")
    rehearse.add_argument("--out", type=Path, default=None, metavar="DIR", help="演练目录")
    rehearse.add_argument("--seed", type=int, default=1, help="随机种子")
    rehearse.set_defaults(verb=_rehearse)
    serve = verbs.add_parser("serve", help="启动 Prefect 服务、定时任务与执行器（仅本机可访问）")
    serve.add_argument("--port", type=int, default=4200)
    serve.set_defaults(verb=_serve)


def _moment(text: str) -> datetime:
    try:
        return times.parse(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是时刻，应写作 2023-04-04T09:00") from None


def _home(given: argparse.Namespace) -> Home:
    return Home.at(given.home)


def _check(given: argparse.Namespace) -> int:
    return _run(given, "check")


def _chase(given: argparse.Namespace) -> int:
    return _run(given, "chase", dry_run=given.dry_run)


def _compile(given: argparse.Namespace) -> int:
    return _run(given, "compile")


def _run(given: argparse.Namespace, verb: str, **options: Any) -> int:
    from flows.engine import run  # Prefect takes seconds to import: only for verbs that need it
    from tasks.roster.validate import ensure_sound

    home = _home(given)
    ensure_sound(home, given.campaign)  # a wrong file is told at once
    return _ended(run(home, verb, campaign=given.campaign, as_of=given.as_of, **options))


def _ended(result: dict[str, Any]) -> int:
    print(json.dumps(result, ensure_ascii=False, indent=2))
    return LOOK if result.get("needs_person") else DONE


def _status(given: argparse.Namespace) -> int:
    from tasks.desk import open_desk
    from tasks.status.view import look

    view = look(open_desk(given.campaign, given.as_of or datetime.now(UTC), _home(given)))
    print(json.dumps(view.as_json(), ensure_ascii=False, indent=2) if given.json else view.in_words())
    return DONE


def _validate(given: argparse.Namespace) -> int:
    from tasks.notice.load import campaign_ids
    from tasks.roster.validate import validate

    home = _home(given)
    faults = [line for each in _chosen(given.campaign, campaign_ids(home)) for line in validate(home, each)]
    for line in faults:
        print(line, file=sys.stderr)
    if not faults:
        print("专项文件无误")
    return WRONG_USE if faults else DONE


def _chosen(campaign: str | None, known: Sequence[str]) -> Sequence[str]:
    return [campaign] if campaign else known


def _verify(given: argparse.Namespace) -> int:
    if given.package is None:
        return _verify_ledger(_home(given))
    from tasks.package.verify import verify

    faults = verify(given.package)
    print("\n".join(faults) if faults else f"{given.package.name}：完好，与清单一致")
    return FAULT if faults else DONE


def _verify_ledger(home: Home) -> int:
    from tasks.ledger import acts
    from tasks.ledger.session import Ledger

    with Ledger(home.ledger_url).read() as connection:
        broken = acts.broken_link(connection)
    print(
        "台账操作记录完整，前后相连"
        if broken is None
        else f"台账第 {broken} 条操作记录与前一条不相连，曾被改动"
    )
    return DONE if broken is None else FAULT


def _rehearse(given: argparse.Namespace) -> int:
    from flows.rehearse import rehearse

    return rehearse(_home(given), given.campaign, given.out, seed=given.seed)


def _serve(given: argparse.Namespace) -> int:
    from flows.serve import serve

    return serve(_home(given), given.port)


if __name__ == "__main__":
    sys.exit(main())
