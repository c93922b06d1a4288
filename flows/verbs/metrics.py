"""metrics: figures for Prometheus, to the screen or into a file. Never imports Prefect."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from flows.verbs.common import DONE, Verbs, add_as_of, home_of


def add(verbs: Verbs) -> None:
    """Enter the verb."""
    parser = verbs.add_parser("metrics", help="监控指标（Prometheus 文本格式）")
    parser.add_argument("--out", type=Path, default=None, metavar="文件", help="写入文件（如 baosong.prom）")
    add_as_of(parser)
    parser.set_defaults(verb=_metrics)


def _metrics(given: argparse.Namespace) -> int:
    from tasks.health.metrics import metrics, write

    text = metrics(home_of(given), given.as_of or datetime.now(UTC))
    if given.out:
        write(given.out, text)
    else:
        print(text, end="")
    return DONE
