"""status, punctuality: who stands where, and how punctual each has been. Never imports Prefect."""

import argparse
import json
from datetime import UTC, datetime

from flows.verbs.common import DONE, Verbs, add_as_of, add_campaign, home_of


def add(verbs: Verbs) -> None:
    """Enter the verbs."""
    parser = verbs.add_parser("status", help="各单位报送状态")
    add_campaign(parser, _status)
    parser.add_argument("--json", action="store_true", help="按约定格式输出 JSON")
    record = verbs.add_parser("punctuality", help="各单位历次按时情况（全部专项）")
    add_as_of(record)
    record.add_argument("--json", action="store_true", help="输出 JSON")
    record.set_defaults(verb=_punctuality)


def _status(given: argparse.Namespace) -> int:
    from tasks.desk import open_desk
    from tasks.roster.validate import ensure_sound
    from tasks.status.view import look

    ensure_sound(home_of(given), given.campaign)  # a misspelt kind would show that nobody owes anything
    view = look(open_desk(given.campaign, given.as_of or datetime.now(UTC), home_of(given)))
    print(json.dumps(view.as_json(), ensure_ascii=False, indent=2) if given.json else view.in_words())
    return DONE


def _punctuality(given: argparse.Namespace) -> int:
    from tasks.status.record import in_words, record

    rows = record(home_of(given), given.as_of or datetime.now(UTC))
    print(json.dumps(rows, ensure_ascii=False, indent=2) if given.json else in_words(rows))
    return DONE
