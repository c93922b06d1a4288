"""sign-off, acknowledge: a named person lets a package go, or does not; the superior has it."""

import argparse
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flows.verbs.common import DONE, LOOK, Verbs, add_campaign, home_of

if TYPE_CHECKING:
    from tasks.desk import Desk


def add(verbs: Verbs) -> None:
    """Enter the verbs."""
    parser = verbs.add_parser("sign-off", help="审签汇总件；不带审签码则只显示待审签的情况")
    add_campaign(parser, _sign_off)
    parser.add_argument("--name", default="", metavar="姓名", help="审签人")
    parser.add_argument("--code", default="", metavar="审签码", help="审签请求中的一次性审签码")
    parser.add_argument("--refuse", default=None, metavar="理由", help="不同意呈报，须写理由")
    parser.add_argument("--renew", default="", metavar="理由", help="重发审签请求，原码作废（须写 --name）")
    receipt = verbs.add_parser("acknowledge", help="登记上级已签收某号汇总件")
    add_campaign(receipt, _acknowledge)
    receipt.add_argument("--number", type=int, required=True, metavar="号", help="第几号汇总件")
    receipt.add_argument("--who", required=True, metavar="姓名", help="经办人")
    receipt.add_argument("--why", required=True, metavar="依据", help="如 电话确认、公文系统已签收")


def _sign_off(given: argparse.Namespace) -> int:
    from flows.acts import sign_renewed, signed
    from tasks.dispatch.board import board
    from tasks.dispatch.hand_up import to_upload, waiting

    desk = _desk(given)
    if given.renew:
        print(sign_renewed(desk, given.name, given.renew))
    elif given.code:
        print(signed(desk, given.name, given.code, given.refuse))
    else:
        print(_plain(board(desk)) or "还没有编成的汇总件")
    return LOOK if waiting(desk) or to_upload(desk) else DONE


def _acknowledge(given: argparse.Namespace) -> int:
    from tasks.dispatch.acknowledge import acknowledge

    print(acknowledge(_desk(given), given.number, who=given.who, why=given.why))
    return DONE


def _desk(given: argparse.Namespace) -> "Desk":
    from tasks.desk import open_desk
    from tasks.roster.validate import ensure_sound

    home = home_of(given)
    ensure_sound(home, given.campaign)
    return open_desk(given.campaign, given.as_of or datetime.now(UTC), home)


def _plain(board: str) -> str:
    """The board's words without the marks a page is made of."""
    return "\n".join(line.removeprefix("## ").replace("`", "") for line in board.splitlines())
