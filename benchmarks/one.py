"""One case at one size, in a process of its own: ``python -m benchmarks.one CASE SIZE ROUNDS``."""

import json
import os
import sys
import tempfile
from pathlib import Path

from benchmarks.cases import load
from benchmarks.measure import figure


def main(name: str, size: int, rounds: int) -> None:
    with tempfile.TemporaryDirectory(prefix="bench-", dir=os.environ.get("BENCH_DIR")) as folder:
        print(json.dumps(figure(name, load(name), size, Path(folder), rounds), ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
