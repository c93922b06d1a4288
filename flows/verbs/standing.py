"""status: who stands where. Never imports Prefect."""

import argparse
import json
from datetime import UTC, datetime

from flows.verbs.common import DONE, Verbs, add_campaign, home_of


def add(verbs: Verbs) -> None:
    """Enter the verb."""
    parser = verbs.add_parser("status", help="各单位报送状态")
    add_campaign(parser, _status)
    parser.add_argument("--json", action="store_true", help="按约定格式输出 JSON")


def _status(given: argparse.Namespace) -> int:
    from tasks.desk import open_desk
    from tasks.status.view import look

    view = look(open_desk(given.campaign, given.as_of or datetime.now(UTC), home_of(given)))
    print(json.dumps(view.as_json(), ensure_ascii=False, indent=2) if given.json else view.in_words())
    return DONE
