"""``make bench``: each figure beside its floor or peer, as JSON and as a table.

Absolute times depend on the machine and are printed only so that the ratio can be checked.
"""

import contextlib
import io
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import cases

ROUNDS = 5


def main() -> None:
    figures = [_figure(name, *made) for name, made in _cases()]
    print(json.dumps(figures, ensure_ascii=False, indent=2))
    print()
    for each in figures:
        print(f"{each['case']:<48} {each['ratio']:>6.2f} × {each['against']}")


def _cases() -> Iterator[tuple[str, tuple[str, Callable[[], object], Callable[[], object]]]]:
    with tempfile.TemporaryDirectory(prefix="bench-", dir=os.environ.get("BENCH_DIR")) as name:
        for case in (cases.recheck_with_nothing_new, cases.hand_over, cases.read_forms):
            folder = Path(name) / case.__name__
            folder.mkdir()
            yield case.__doc__ or case.__name__, case(folder)
            shutil.rmtree(folder)


def _figure(
    name: str, against: str, ours: Callable[[], object], theirs: Callable[[], object]
) -> dict[str, object]:
    """The median of pair-wise ratios: both run in turn, so that a slow moment slows both."""
    mine, floor = [], []
    for _ in range(ROUNDS):
        mine.append(_timed(ours))
        floor.append(_timed(theirs))
    ratios = sorted(a / b for a, b in zip(mine, floor, strict=True))
    return {
        "case": name.split("\n", maxsplit=1)[0].rstrip("."),
        "against": against,
        "ratio": ratios[len(ratios) // 2],
        "ours_s": sorted(mine)[len(mine) // 2],
        "against_s": sorted(floor)[len(floor) // 2],
    }


def _timed(work: Callable[[], object]) -> float:
    with contextlib.redirect_stdout(io.StringIO()):
        begin = time.perf_counter()
        work()
        return time.perf_counter() - begin


if __name__ == "__main__":
    main()
