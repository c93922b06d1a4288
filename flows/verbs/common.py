"""What all verbs share: exit codes, the campaign they are about, the moment they count from."""

import argparse
from collections.abc import Callable
from datetime import datetime
from typing import Any

from tasks.settings import Home
from tasks.terms import times

DONE, FAULT, WRONG_USE, LOOK = 0, 1, 2, 3
"""Exit codes: done, a fault, wrong use or configuration, done and a person must look."""

Verb = Callable[[argparse.Namespace], int]
Verbs = Any
"""argparse's own type for a set of sub-commands is private."""


def add_campaign(parser: argparse.ArgumentParser, verb: Verb) -> None:
    """Let a verb take the campaign and the moment to count from."""
    parser.add_argument(
        "campaign", metavar="专项", help="专项代号，即 config/campaigns 下的文件名（不写 .yaml）"
    )
    add_as_of(parser)
    parser.set_defaults(verb=verb)


def add_as_of(parser: argparse.ArgumentParser) -> None:
    """Let a verb count from another moment than now."""
    parser.add_argument(
        "--as-of",
        type=moment,
        default=None,
        metavar="时刻",
        help="以哪一时刻为准，写作 2023-04-04T09:00；不写即现在",
    )


def moment(text: str) -> datetime:
    """An ISO 8601 moment; without an offset it is Asia/Shanghai."""
    try:
        return times.parse(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是时刻，应写作 2023-04-04T09:00") from None


def home_of(given: argparse.Namespace) -> Home:
    """The main folder the user named."""
    return Home.at(given.home)
