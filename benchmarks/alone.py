"""Our side of one case once, in a process of its own: ``python -m benchmarks.alone CASE SIZE FOLDER``."""

import contextlib
import io
import json
import re
import sys
from pathlib import Path

from benchmarks.cases import load


def peak_mb() -> int:
    """The most memory this process has held at once since the mark was set back."""
    return _megabytes("VmHWM")


def held_mb() -> int:
    """What this process holds now."""
    return _megabytes("VmRSS")


def _megabytes(what: str) -> int:
    found = re.search(what + r":\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) // 1024 if found else 0


def main(name: str, size: int, folder: Path) -> None:
    case = load(name)
    libraries = held_mb()
    with contextlib.redirect_stdout(io.StringIO()):
        case.reset(folder, size)
        with contextlib.suppress(OSError):
            Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew here
        case.ours(folder, size)
    print(json.dumps({"peak_mb": peak_mb(), "libraries_mb": libraries}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
