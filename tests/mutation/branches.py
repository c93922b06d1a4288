"""How much of the pure rules their own tests walk through: ``python -m tests.mutation.branches [FILE…]``.

Every branch is looked at, taken and not taken. Prints each file's share and the lines and ways never gone.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.mutation.rules import RULES

ROOT = Path(__file__).parents[2]
QUIET = ("-q", "-p", "no:cacheprovider")


def walked(file: str, tests: tuple[str, ...]) -> tuple[float, str]:
    """The share in percent, and what of the file was never gone."""
    with TemporaryDirectory() as folder:
        data, told = Path(folder, "data"), Path(folder, "told.json")
        own = {"COVERAGE_FILE": str(data), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        run, report = (
            ["run", "--branch", f"--include={file}", "-m", "pytest"],
            ["json", "-q", "-o", str(told)],
        )
        for part in ([*run, *QUIET, *tests], report):
            command = [sys.executable, "-m", "coverage", *part]
            subprocess.run(
                command, cwd=ROOT, check=True, env={**os.environ, **own}, stdout=subprocess.DEVNULL
            )
        found = json.loads(told.read_text("utf-8"))["files"][file]
    never = [*found["missing_lines"], *(f"{start}→{end}" for start, end in found["missing_branches"])]
    return found["summary"]["percent_covered"], " ".join(map(str, never))


def main() -> None:
    """Walk through the rules and print what came of it."""
    os.environ.setdefault("BAOSONG_DEADLINES", "2000")
    for file in sys.argv[1:] or RULES:
        share, never = walked(file, RULES[file])
        sys.stdout.write(f"{file} {share:.1f} % {never}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
