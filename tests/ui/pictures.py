"""The manual's pictures: the browser test of a clerk's day, its pages kept in docs/pictures.

python -m tests.ui.pictures
"""

import os
import sys

import pytest

from tasks.settings import SHIPPED

WHERE = "BAOSONG_PICTURES"


def main() -> int:
    folder = SHIPPED / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    os.environ[WHERE] = str(folder)
    return int(pytest.main(["-n", "0", "-q", "-p", "no:cacheprovider", "tests/ui/test_staff_day.py"]))


if __name__ == "__main__":
    sys.exit(main())
