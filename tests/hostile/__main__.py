"""``python -m tests.hostile [COUNT] [SEED]``: give so many hostile pieces, print what broke, as JSON."""

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tasks.intake import reader
from tests.hostile.ordeal import MEGABYTES, Ordeal, largest_child_mb, writes_seen

SLICE = 1000
COUNT, SEED = 2000, 20230404


def ordeal(count: int, seed: int) -> dict[str, Any]:
    """Everything given and everything that broke; a slice is repeated by its own seed."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="hostile-") as name:
        given = Ordeal(Path(name))
        with writes_seen(Path(name), Path("/dev")) as seen:
            for number in range(0, count, SLICE):
                given.run(min(SLICE, count - number), seed + number // SLICE)
                told = f"{sum(given.done.values())} given, {len(given.broken)} broke something"
                print(f"{told}, {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
    reader.close()  # only a child that has ended is measured
    return {
        "given": dict(given.done), "seed": seed, "seconds": round(time.monotonic() - begun),
        "broken": given.broken, "outside_writes": sorted(set(seen)), "slowest": given.slowest,
        "largest_child_mb": largest_child_mb(), "most_megabytes": MEGABYTES,
    }  # fmt: skip


def main(count: int = COUNT, seed: int = SEED) -> int:
    told = ordeal(count, seed)
    print(json.dumps(told, ensure_ascii=False, indent=2))
    return int(bool(told["broken"] or told["outside_writes"] or told["largest_child_mb"] > MEGABYTES))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
