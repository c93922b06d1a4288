"""doctor, watchdog: whether everything the coming days need is there, and whether the checks still run."""

import argparse
import json
from dataclasses import asdict
from datetime import UTC, datetime

from flows.verbs.common import DONE, FAULT, LOOK, Verbs, add_as_of, home_of


def add(verbs: Verbs) -> None:
    """Enter the verb."""
    parser = verbs.add_parser("doctor", help="体检：磁盘、时钟、台账、邮箱、专项、未来七天")
    add_as_of(parser)
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(verb=_doctor)
    parser = verbs.add_parser("watchdog", help="看门：收件核对停了等故障写信告诉值班人员（由系统定时运行）")
    add_as_of(parser)
    parser.set_defaults(verb=_watchdog)


def _doctor(given: argparse.Namespace) -> int:
    from flows.engine import running_server
    from tasks.health.doctor import examine
    from tasks.health.finding import LEVEL_ZH, Level, look, ok

    home = home_of(given)
    found = list(examine(home, given.as_of or datetime.now(UTC)))
    address = running_server(home)
    found.append(
        ok("定时", f"Prefect 在运行：{address}")
        if address
        else look("定时", "baosong serve 没有在运行，不会按时收件和催报")
    )
    if given.json:
        print(json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=2))
    else:
        for each in found:
            print(f"[{LEVEL_ZH[each.level]}] {each.what}：{each.text}")
    levels = {each.level for each in found}
    return FAULT if Level.FAULT in levels else LOOK if Level.LOOK in levels else DONE


def _watchdog(given: argparse.Namespace) -> int:
    from tasks.health.alarm import tell
    from tasks.health.watchdog import troubles
    from tasks.settings import load_office

    home, now = home_of(given), given.as_of or datetime.now(UTC)
    found = list(troubles(home, now))
    told = tell(home, load_office(home), found, now)
    for each in found:
        print(f"{each.what}：{each.text}{'（已告知值班人员）' if each in told else ''}")
    return LOOK if found else DONE
