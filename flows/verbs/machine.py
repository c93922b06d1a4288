"""rehearse, serve, work: the whole machine, on a virtual clock or for real."""

import argparse
from ipaddress import ip_address
from pathlib import Path

from flows.verbs.common import Verbs, home_of
from tasks.terms.errors import Misconfigured


def add(verbs: Verbs) -> None:
    """Enter the verbs."""
    rehearse = verbs.add_parser("rehearse", help="在虚拟时钟上演练整个专项")
    rehearse.add_argument("campaign", metavar="专项", nargs="?", help="专项代号")
    rehearse.add_argument("--tiers", action="store_true", help="演练站、区、市、省逐级汇总，逐单位核对")
    where = "演练目录；里面以前的演练会被换掉"
    rehearse.add_argument("--out", type=Path, default=None, metavar="目录", help=where)
    rehearse.add_argument("--seed", type=int, default=1, metavar="数", help="换一个数，演出的情形就不同")
    rehearse.set_defaults(verb=_rehearse)
    serve = verbs.add_parser("serve", help="启动 Prefect 服务、定时任务与执行器（默认仅本机可访问）")
    serve.add_argument("--port", type=int, default=4200, metavar="端口", help="网页的端口，默认 4200")
    serve.add_argument(
        "--host",
        type=_address,
        default="127.0.0.1",
        metavar="地址",
        help="本机在内网的地址；只在别的机器上也开执行器时才写",
    )
    serve.set_defaults(verb=_serve)
    work = verbs.add_parser("work", help="再启动一个执行器，与已启动的服务一同干活")
    work.set_defaults(verb=_work)


def _rehearse(given: argparse.Namespace) -> int:
    from flows.rehearse import rehearse, rehearse_tiers

    if given.tiers:
        return rehearse_tiers(given.out or home_of(given).var / "rehearsals" / "tiers", seed=given.seed)
    if not given.campaign:
        raise Misconfigured("请写明要演练的专项代号，或用 --tiers 演练逐级汇总")
    return rehearse(home_of(given), given.campaign, given.out, seed=given.seed)


def _serve(given: argparse.Namespace) -> int:
    from flows.serve import serve

    return serve(home_of(given), given.port, given.host)


def _address(text: str) -> str:
    """One address of this machine. Every address at once is refused: the pages have but one log-in."""
    try:
        found = ip_address(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是地址，应写作 192.0.2.10") from None
    if found.is_unspecified:
        raise argparse.ArgumentTypeError(f"“{text}”会让所有网络都能访问，应写本机在内网的那一个地址")
    return f"[{found}]" if found.version == 6 else str(found)  # noqa: PLR2004  as a URL writes it


def _work(given: argparse.Namespace) -> int:
    from flows.serve import work

    return work(home_of(given))
