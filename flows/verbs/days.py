"""calendar: what a new table of working days would move, before it takes effect."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from flows.verbs.common import DONE, LOOK, Verbs, add_as_of, home_of


def add(verbs: Verbs) -> None:
    """Enter the verb."""
    parser = verbs.add_parser("calendar", help="放假调休表改动前，先看哪些时限会动")
    parser.add_argument("file", type=Path, metavar="文件", help="新的年表（如 2027.yaml）或 local.yaml")
    add_as_of(parser)
    parser.set_defaults(verb=_calendar)


def _calendar(given: argparse.Namespace) -> int:
    from tasks.notice.changes import moves
    from tasks.notice.load import campaign_and_lines, campaign_ids
    from tasks.notice.tables import calendar_with, load_calendar
    from tasks.notice.unfold import Unclear
    from tasks.settings import load_office

    home = home_of(given)
    old, new = load_calendar(home), calendar_with(home, given.file)
    closes_on, as_of = load_office(home).closes_on, given.as_of or datetime.now(UTC)
    moved = False
    for each in campaign_ids(home):
        campaign, document = campaign_and_lines(home, each)
        try:
            found = moves(campaign, old, new, closes_on, as_of)
        except Unclear as fault:
            raise document.fault(fault.place, fault.text) from None
        if found:
            print("\n".join([campaign.title, *(f"  {move}" for move in found)]))
            moved = True
    print(f"以上尚未生效；把文件放入 config/calendar/{given.file.name} 后生效" if moved else "没有时限会动")
    return LOOK if moved else DONE
