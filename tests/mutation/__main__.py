"""How many small faults in the pure rules the tests notice: ``python -m tests.mutation [FILE…]``.

Each fault is tried in a process of its own against the rule's own tests. ``BAOSONG_MUTANTS`` is how many a
file (default 40, drawn by seed; 0 for all). Prints the survivors and the score of every file as JSON.
"""

import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import random
import resource
import sys
from math import ceil
from pathlib import Path
from types import CodeType, ModuleType

import pytest

from tests.mutation.mutants import mutants
from tests.mutation.rules import RULES

ROOT = Path(__file__).parents[2]
SEED = 20230404
ENDLESS, LARGE = 60, 4 << 30
"""Seconds of the processor's time and bytes after which a fault is taken to have no end: noticed, too."""


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Serves one module from a changed source."""

    def __init__(self, name: str, path: Path, source: str) -> None:
        self.name, self.path, self.source = name, path, source

    def find_spec(
        self, name: str, _path: object, _target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        return (
            importlib.util.spec_from_loader(name, self, origin=str(self.path)) if name == self.name else None
        )

    def get_source(self, _name: str) -> str:
        return self.source

    def get_code(self, _name: str) -> CodeType:
        return compile(self.source, str(self.path), "exec")

    def exec_module(self, module: ModuleType) -> None:
        exec(self.get_code(module.__name__), module.__dict__)


def tried(file: str, source: str, tests: tuple[str, ...], seconds: int = ENDLESS) -> tuple[bool, float]:
    """Whether the tests fail, or never end, with this source in the file's place; the seconds they took."""
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (LARGE, LARGE))
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        sys.meta_path.insert(0, _Changed(file.removesuffix(".py").replace("/", "."), ROOT / file, source))
        paths = [str(ROOT / test) for test in tests]
        os._exit(int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", *paths]) != 0))
    _, status, used = os.wait4(child, 0)
    return status != 0, used.ru_utime + used.ru_stime


def main() -> None:
    """Try the faults and print what came of them."""
    os.environ.setdefault("BAOSONG_DEADLINES", "2000")
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # rules need none, and loading them is slow
    most, scores = int(os.environ.get("BAOSONG_MUTANTS", "40")), {}
    for file in sys.argv[1:] or RULES:
        source = (ROOT / file).read_text("utf-8")
        fails, usual = tried(file, source, RULES[file])
        if fails:
            raise SystemExit(f"{file}: its tests fail without any fault")
        every = list(mutants(source))
        drawn = random.Random(SEED).sample(every, min(most, len(every))) if most else every
        alive = 0
        for line, what, changed in drawn:
            if not tried(file, changed, RULES[file], min(ENDLESS, 5 + 3 * ceil(usual)))[0]:
                alive += 1
                sys.stdout.write(f"{file}:{line}: {what}: not noticed\n")
                sys.stdout.flush()
        scores[file] = {"faults": len(drawn), "noticed": len(drawn) - alive}
        sys.stdout.write(f"{file} {scores[file]}\n")
        sys.stdout.flush()
    total, caught = (sum(s[key] for s in scores.values()) for key in ("faults", "noticed"))
    told = {"files": scores, "faults": total, "noticed": caught, "score": round(caught / total, 3)}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
