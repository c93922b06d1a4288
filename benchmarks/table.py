"""The figures as a table, and into README between its markers."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

BEGIN, END = "<!-- figures: made by `make bench`, do not edit -->", "<!-- end of figures -->"
HEAD = "| what | time | against its floor | against peers | peak memory |\n|---|---|---|---|---|"


def table(figures: Sequence[dict[str, Any]], machine: str) -> str:
    """Markdown: one row a case and size; what falls short of its goal says so."""
    return "\n".join([machine, "", HEAD, *map(_row, figures)])


def _row(figure: dict[str, Any]) -> str:
    floor = _floor(figure["floor"]) if figure["floor"] else "—"
    peers = "<br>".join(map(_peer, figure["peers"])) or "—"
    return f"| {figure['title']} | {seconds(figure['ours_s'])} | {floor} | {peers} | {_memory(figure)} |"


def _floor(floor: dict[str, Any]) -> str:
    goal = "" if floor["holds"] else f" (goal {floor['goal']:g} ×)"
    return f"{floor['ratio']:.2f} × {floor['name']}{goal}"


def _peer(peer: dict[str, Any]) -> str:
    goal = "" if peer["holds"] else f" (goal {peer['goal']:g} ×)"
    scaled = f", scaled from {peer['scaled_from']:,}" if peer["scaled_from"] else ""
    return f"{times(peer['ratio'])} faster than {peer['name']}{scaled}{goal}"


def _memory(figure: dict[str, Any]) -> str:
    peak = _megabytes(figure["peak_mb"], figure["peak_goal_mb"])
    return f"{peak}, {_megabytes(figure['own_mb'], figure['own_goal_mb'])} above its libraries"


def _megabytes(value: int, goal: int | None) -> str:
    return f"{value} MB" + (f" (goal {goal})" if goal is not None and value > goal else "")


def times(ratio: float) -> str:
    return f"{ratio:,.0f} ×" if ratio >= 20 else f"{ratio:.2g} ×"


def seconds(value: float) -> str:
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.1f} s"


def into(path: Path, text: str) -> None:
    """Put the table between the markers of a file that has them."""
    whole = path.read_text("utf-8")
    if whole.count(BEGIN) != 1 or whole.count(END) != 1:
        raise SystemExit(f"{path.name} lacks the markers of the table of figures")
    between = re.compile(re.escape(BEGIN) + ".*" + re.escape(END), re.DOTALL)
    path.write_text(between.sub(lambda _: f"{BEGIN}\n{text}\n{END}", whole), "utf-8")
