"""The staff's acts: extend, waive, accept, return, assign, receive, log-call. Each is recorded once."""

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flows.verbs.common import DONE, Verbs, add_campaign, home_of
from tasks.terms.acts import CALLS, WAYS
from tasks.terms.errors import Misconfigured

if TYPE_CHECKING:
    from tasks.desk import Desk

Act = Callable[["Desk", argparse.Namespace], str]


def add(verbs: Verbs) -> None:
    """Enter the verbs."""
    parser = _verb(verbs, "extend", "准予延期（可一次几个单位）", _extend, units=True)
    parser.add_argument("--until", required=True, metavar="时刻", help="延至何时；只写日期即当日24时")
    parser = _verb(verbs, "waive", "免报", _waive, units=True)
    parser.add_argument("--withdraw", action="store_true", help="撤销此前的免报，照常报送")
    _verb(verbs, "accept", "人工通过", _accept)
    parser = _verb(verbs, "return", "退回补正", _return, why="退回原因，写给报送单位看")
    parser.add_argument("--until", default="", metavar="时刻", help="补正期限；不填则按规则计算")
    parser = _verb(verbs, "receive", "登记纸质、送达或电话报送", _receive)
    parser.add_argument("--way", choices=WAYS, default="paper", help=_choices(WAYS))
    parser.add_argument("--at", default="", metavar="时刻", help="收到时间；不填即现在")
    parser.add_argument(
        "--figure", action="append", default=[], metavar="指标=数", help="如 社区活动=3；几个数的写几次"
    )
    parser.add_argument("--nil", action="store_true", help="零报告：该单位没有要报的")
    parser.add_argument("--file", type=Path, metavar="文件", help="一并送来的文件")
    parser = _verb(verbs, "log-call", "记录与单位的通话", _log_call, obligation=False)
    parser.add_argument("--outcome", choices=CALLS, required=True, help=_choices(CALLS))
    _add_assign(verbs)


def _verb(
    verbs: Verbs,
    name: str,
    help_text: str,
    act: Act,
    *,
    units: bool = False,
    obligation: bool = True,
    why: str = "理由",
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(name, help=help_text)
    add_campaign(parser, lambda given: _do(given, act))
    if units:
        named = "全称或代码；几个单位的写几次"
        parser.add_argument("--unit", action="append", required=True, metavar="单位", help=named)
    else:
        parser.add_argument("--unit", required=True, metavar="单位", help="全称或代码")
    if obligation:
        parser.add_argument("--obligation", default="", metavar="事项", help="标题或代号；只有一项时可不填")
    _add_signature(parser, why)
    return parser


def _add_assign(verbs: Verbs) -> None:
    parser = verbs.add_parser("assign", help="处理待确认的来件")
    add_campaign(parser, lambda given: _do(given, _assign))
    parser.add_argument("item", type=int, metavar="序号", help="“待确认”表中的序号")
    parser.add_argument("--unit", default="", metavar="单位", help="归入哪个单位（全称或代码）")
    parser.add_argument("--obligation", default="", metavar="事项", help="标题或代号；看得出时可不填")
    parser.add_argument("--not-a-report", action="store_true", help="不是报件，了结")
    _add_signature(parser, "依据，如 电话核实")


def _add_signature(parser: argparse.ArgumentParser, why: str) -> None:
    parser.add_argument("--who", required=True, metavar="姓名", help="经办人")
    parser.add_argument("--why", required=True, metavar="理由", help=why)


def _choices(words: dict[str, str]) -> str:
    return "、".join(f"{key} {title}" for key, title in words.items())


def _do(given: argparse.Namespace, act: Act) -> int:
    from tasks.desk import open_desk
    from tasks.roster.validate import ensure_sound

    home = home_of(given)
    ensure_sound(home, given.campaign)
    print(act(open_desk(given.campaign, given.as_of or datetime.now(UTC), home), given))
    return DONE


def _extend(desk: "Desk", given: argparse.Namespace) -> str:
    from flows.acts import extended

    return extended(desk, given.unit, given.obligation, given.until, who=given.who, why=given.why)


def _waive(desk: "Desk", given: argparse.Namespace) -> str:
    from flows.acts import owed_again, waived

    act = owed_again if given.withdraw else waived
    return act(desk, given.unit, given.obligation, who=given.who, why=given.why)


def _accept(desk: "Desk", given: argparse.Namespace) -> str:
    from flows.acts import accepted

    return accepted(desk, given.unit, given.obligation, who=given.who, why=given.why)


def _return(desk: "Desk", given: argparse.Namespace) -> str:
    from flows.acts import returned

    return returned(desk, given.unit, given.obligation, given.until, who=given.who, why=given.why)


def _receive(desk: "Desk", given: argparse.Namespace) -> str:
    from flows.acts import taken_by_hand

    return taken_by_hand(
        desk,
        given.unit,
        given.obligation,
        way=given.way,
        at=given.at,
        figures=given.figure,
        file=given.file,
        nil=given.nil,
        who=given.who,
        why=given.why,
    )


def _log_call(desk: "Desk", given: argparse.Namespace) -> str:
    from flows.acts import called

    return called(desk, given.unit, given.outcome, who=given.who, why=given.why)


def _assign(desk: "Desk", given: argparse.Namespace) -> str:
    from flows.acts import assigned, dismissed

    if given.not_a_report == bool(given.unit):
        raise Misconfigured("请用 --unit 写明归入哪个单位，或用 --not-a-report 了结，二者选一")
    if given.not_a_report:
        return dismissed(desk, given.item, who=given.who, why=given.why)
    return assigned(desk, given.item, given.unit, given.obligation, who=given.who, why=given.why)
