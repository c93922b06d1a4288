"""``make bench``: each figure beside its floor and its peers, as JSON and as a table.

``python -m benchmarks [CASE…] [--small] [--rounds N] [--json FILE] [--readme]``. Absolute times depend on
the machine and are printed only so that the ratios can be checked. ``BENCH_DIR`` is where the files go.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.cases import NAMES, load
from benchmarks.machine import described
from benchmarks.measure import ROOT
from benchmarks.table import into, table


def main(words: list[str] | None = None) -> list[dict[str, Any]]:
    given = _given(words)
    figures = []
    for each in run(given.case or NAMES, small=given.small, rounds=given.rounds):
        figures.append(each)
        print(table([each], "").splitlines()[-1], file=sys.stderr, flush=True)
    told = json.dumps({"machine": described(), "figures": figures}, ensure_ascii=False, indent=2)
    if given.json:
        given.json.write_text(told + "\n", "utf-8")
    print(told, table(figures, described()), sep="\n\n")
    if given.readme:
        into(ROOT / "README.md", table(figures, described()))
    return figures


def run(names: tuple[str, ...] | list[str], *, small: bool, rounds: int) -> Iterator[dict[str, Any]]:
    """Every case at every size, each in a process of its own: none inherits another's caches or memory."""
    for name in names:
        case = load(name)
        for size in (case.small,) if small else case.sizes:
            command = [sys.executable, "-m", "benchmarks.one", name, str(size), str(rounds)]
            done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
            yield json.loads(done.stdout.splitlines()[-1])


def _given(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("case", nargs="*", choices=[*NAMES, []], help="which cases; all when none is named")
    parser.add_argument("--small", action="store_true", help="at the size of the test suite")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path, help="write the figures to this file, too")
    parser.add_argument("--readme", action="store_true", help="rewrite the table in README.md")
    return parser.parse_args(words)


if __name__ == "__main__":
    main()
