"""A kill, a full disk and an I/O error at every single write point of intake, answers, chase and compile.

``BAOSONG_POINTS`` is how many points of each phase (default 3, drawn by seed; ``all`` for every one);
``BAOSONG_CALLS`` is which system calls (``fsync,rename``; all when empty).
"""

import os
import random
import signal
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.crash import drill, oracle
from tests.crash.sink import Sink, delivered, running_sink
from tests.crash.trace import Worker, inject, running_worker
from tests.crash.worker import PHASES

POINTS = int(os.environ.get("BAOSONG_POINTS", "3").replace("all", "0"))
SEED = int(os.environ.get("BAOSONG_KILL_SEED", "20230404"))
CALLS = [each for each in os.environ.get("BAOSONG_CALLS", "").split(",") if each]
FAULTS = {"fsync": "EIO", "fdatasync": "EIO", "sendto": "ECONNRESET"}
"""The fault of a call; the others find the disk full, and by turns an I/O error."""


@dataclass
class Stage:
    """The office before each phase, and what it comes to when nobody disturbs it."""

    worker: Worker
    sink: Sink
    folder: Path
    originals: dict[str, str]
    letters: dict[str, int] = field(default_factory=dict)
    points: dict[str, list[tuple[str, int]]] = field(default_factory=dict)

    def before(self, phase: str) -> Path:
        return self.folder / f"before-{phase}"

    def fresh(self, phase: str) -> Path:
        """The office before a phase, and empty mailboxes."""
        home = drill.copied(self.before(phase), self.folder / "home")
        self.sink.root = Path(self.folder / "boxes" / f"{random.random()}")
        return home

    def delivered(self) -> dict[tuple[str, str], int]:
        return delivered({path.name: path for path in self.sink.root.glob("*")})


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    folder = tmp_path_factory.mktemp("points")
    with running_sink(folder / "boxes" / "peace", SEED) as sink, running_worker() as worker:
        made = Stage(worker, sink, folder, drill.make(folder / "before-intake", sink.port))
        phases = [*PHASES]
        for phase, following in zip(phases, [*phases[1:], "end"], strict=True):
            home = drill.copied(made.before(phase), made.before(following))
            before = letters(home)
            made.points[phase] = worker.points(phase, home)
            made.letters[phase] = letters(home) - before
        yield made


def letters(home: Path) -> int:
    if not (home / "var" / "ledger.sqlite3").exists():
        return 0
    return oracle.rows(home, "SELECT count(*) FROM letter")[0][0]


def chosen(stage: Stage, phase: str) -> list[tuple[str, int]]:
    every = [(call, n) for call, n in stage.points[phase] if not CALLS or call in CALLS]
    dice = random.Random(f"{SEED}/{phase}")
    return dice.sample(every, min(POINTS, len(every))) if POINTS else every


def at_any_time(stage: Stage, phase: str, home: Path) -> None:
    """What holds at the moment of the crash."""
    if (home / "var" / "ledger.sqlite3").exists() and oracle.tables(home):
        oracle.sound(home)
        if phase == "intake":
            oracle.never_let_go_too_early(home, stage.originals)
    oracle.never_half(home)
    assert all(count == 1 for count in stage.delivered().values())


def in_the_end(stage: Stage, phase: str, home: Path) -> None:
    """What holds after one more run, undisturbed."""
    oracle.sound(home)
    oracle.all_taken_in(home, stage.originals, drill.REPORTS)
    assert oracle.figures(home) == drill.FIGURES
    if phase in {"answer", "chase"}:
        before = {
            identity for (identity,) in oracle.rows(stage.before(phase), "SELECT message_id FROM letter")
        }
        oracle.mailed_once(home, stage.delivered(), stage.letters[phase], before)
    if phase == "compile":
        oracle.packaged_once(home)


def test_undisturbed_every_phase_does_its_work(stage):
    assert stage.letters == {"intake": 0, "answer": 4, "chase": 3, "compile": 0}
    assert all(len(points) > 50 for points in stage.points.values())
    in_the_end(stage, "compile", stage.before("end"))


@pytest.mark.parametrize("phase", PHASES)
def test_killed_at_any_write_point_it_loses_nothing_and_doubles_nothing(stage, phase):
    for call, n in chosen(stage, phase):
        home = stage.fresh(phase)
        code = stage.worker.run(phase, home, *inject(call, str(n), "signal=KILL"))
        assert code in {-signal.SIGKILL, 0}, (call, n, code)
        at_any_time(stage, phase, home)
        assert stage.worker.run(phase, home) == 0, (call, n)
        in_the_end(stage, phase, home)


@pytest.mark.parametrize("phase", PHASES)
def test_a_full_disk_or_an_io_error_at_any_write_point_loses_nothing_and_doubles_nothing(stage, phase):
    for call, n in chosen(stage, phase):
        home = stage.fresh(phase)
        fault = FAULTS.get(call, ("ENOSPC", "EIO")[n % 2])
        lasting = "+" if fault == "ENOSPC" else ""
        code = stage.worker.run(phase, home, *inject(call, f"{n}{lasting}", f"error={fault}"))
        assert code in {0, 1}, (call, n, fault, code)
        at_any_time(stage, phase, home)
        assert stage.worker.run(phase, home) == 0, (call, n, fault)
        in_the_end(stage, phase, home)
