"""The harness is tried: ``python -m tests.crash.planted [WORD]`` plants each bug and lists what found it."""

import os
import sys
import tempfile
from pathlib import Path

from tests.crash.bugs import BUGS
from tests.planted.test_planted import ONE_TEST_FAILED, copied, planted, run


def main(word: str = "") -> int:
    missed = []
    with tempfile.TemporaryDirectory(prefix="planted-") as name:
        folder = copied(Path(name))
        for what, bug in BUGS.items():
            if word not in what:
                continue
            os.environ |= {"BAOSONG_POINTS": "all", "BAOSONG_CALLS": bug.calls}
            with planted(folder, bug):
                ended = run(folder, "-x", bug.finds)
            # Also when the undisturbed run before it was wrong; not when the harness itself broke down.
            found = ended.returncode == ONE_TEST_FAILED and "AssertionError" in ended.stdout
            missed += [] if found else [what]
            sys.stdout.write(f"{'found' if found else 'MISSED'}: {what}: {bug.finds.rpartition('::')[2]}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{len(BUGS) - len(missed)} of {len(BUGS)} found\n" if not word else "")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
