"""Time in turn with the rivals, so that a slow moment slows all; memory in a process of its own."""

import contextlib
import gc
import io
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.case import Case, Rival, Work

ROOT = Path(__file__).parents[1]


def figure(name: str, case: Case, size: int, folder: Path, rounds: int) -> dict[str, Any]:
    """One row: our time, each rival's, the ratios (medians of pairs), and the peak of memory."""
    with case.stage(folder, size):
        return _measured(name, case, size, folder, rounds)


def _measured(name: str, case: Case, size: int, folder: Path, rounds: int) -> dict[str, Any]:
    rivals = [r for r in (case.floor, *case.peers) if r is not None]
    ours: list[float] = []
    theirs: dict[str, list[float]] = {r.name: [] for r in rivals}
    for turn in range(min(rounds, case.rounds)):
        case.reset(folder, size)
        ours.append(timed(case.ours, folder, size))
        for rival in rivals:
            if turn < rival.rounds:
                theirs[rival.name].append(_rival(rival, folder, size))
    return {
        "case": name,
        "title": case.title.format(size=f"{size:,}"),
        "size": size,
        "ours_s": median(ours),
        "floor": _held(case.floor, ours, theirs, size=size, slower=True) if case.floor else None,
        "peers": [_held(peer, ours, theirs, size=size, slower=False) for peer in case.peers],
        **alone(name, size, folder),
        "peak_goal_mb": case.megabytes,
        "own_goal_mb": case.own_megabytes,
        "rounds": len(ours),
    }


def _held(
    rival: Rival, ours: list[float], theirs: dict[str, list[float]], *, size: int, slower: bool
) -> dict[str, Any]:
    """Ours over the floor, or a peer's over ours: the median over the rounds both were in."""
    pairs = zip(ours, theirs[rival.name], strict=False)
    ratio = median([mine / other if slower else other / mine for mine, other in pairs])
    held = rival.goal is None or (ratio <= rival.goal if slower else ratio >= rival.goal)
    return {
        "name": rival.name,
        "seconds": median(theirs[rival.name]),
        "ratio": ratio,
        "goal": rival.goal,
        "holds": held,
        "scaled_from": rival.share if rival.share and rival.share < size else None,
    }


def _rival(rival: Rival, folder: Path, size: int) -> float:
    share = min(rival.share or size, size)
    rival.reset(folder, share)
    return timed(rival.work, folder, share) * size / share


def timed(work: Work, folder: Path, size: int) -> float:
    """Seconds one round takes; what it prints is kept from the table."""
    gc.collect()
    with contextlib.redirect_stdout(io.StringIO()):
        begin = time.perf_counter()
        work(folder, size)
        return time.perf_counter() - begin


def alone(name: str, size: int, folder: Path) -> dict[str, int]:
    """Megabytes of a fresh process that does our side once: at its peak, and with its libraries only.

    What lies between them, ``own_mb``, is the job's own, with what it loads while it runs.
    """
    command = [sys.executable, "-m", "benchmarks.alone", name, str(size), str(folder)]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return found | {"own_mb": max(0, found["peak_mb"] - found["libraries_mb"])}


def median(values: list[float]) -> float:
    """The middle one, of an even number the upper."""
    return sorted(values)[len(values) // 2]
