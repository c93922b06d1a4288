"""calls: whom to telephone. Never imports Prefect."""

import argparse
import json
from datetime import UTC, datetime

from flows.verbs.common import DONE, Verbs, add_campaign, home_of


def add(verbs: Verbs) -> None:
    """Enter the verb."""
    parser = verbs.add_parser("calls", help="电话催办：应打电话的单位")
    add_campaign(parser, _calls)
    parser.add_argument("--json", action="store_true", help="输出 JSON（号码遮盖）")
    parser.add_argument("--sheet", action="store_true", help="另写一份含完整号码的表格，放在 var/calls")


def _calls(given: argparse.Namespace) -> int:
    from tasks.chase.calls import calls_due, write_sheet
    from tasks.desk import open_desk
    from tasks.status.call_list import masked_lines

    desk = open_desk(given.campaign, given.as_of or datetime.now(UTC), home_of(given))
    calls = calls_due(desk)
    path = write_sheet(desk, calls) if given.sheet else None
    if given.json:
        rows = [
            {"code": c.unit.code, "name": c.unit.name, "phone": c.masked, "why": c.why,
             "owed": list(c.owed), "last": c.last}
            for c in calls
        ]  # fmt: skip
        print(json.dumps({"calls": rows, "sheet": str(path) if path else None}, ensure_ascii=False, indent=2))
        return DONE
    print("\n".join(masked_lines(calls, len(calls))) if calls else "没有需要电话联系的单位")
    if path:
        print(f"含完整号码的表格：{path}")
    return DONE
