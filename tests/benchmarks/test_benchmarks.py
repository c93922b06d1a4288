"""``make bench`` at the size of the suite: every case runs, and every figure says what it is held against."""

import pytest

from benchmarks.__main__ import run
from benchmarks.cases import NAMES, load
from benchmarks.table import BEGIN, END, into, table

FIGURE = {
    "case": "c", "title": "so many", "size": 3, "ours_s": 0.5, "peak_mb": 310, "peak_goal_mb": 300,
    "own_mb": 110, "own_goal_mb": 100, "rounds": 3,
    "floor": {"name": "floor", "seconds": 0.2, "ratio": 2.5, "goal": 2, "holds": False, "scaled_from": None},
    "peers": [{"name": "peer", "seconds": 150, "ratio": 300, "goal": 6, "holds": True, "scaled_from": 200}],
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_case_runs_at_the_size_of_the_suite_and_gives_whole_rows(name):
    (figure,) = run([name], small=True, rounds=1)
    assert figure["size"] == load(name).small
    assert figure["ours_s"] > 0
    assert figure["peak_mb"] > 10
    for rival in filter(None, (figure["floor"], *figure["peers"])):
        assert rival["seconds"] > 0
        assert rival["ratio"] > 0


def test_a_row_says_by_how_much_a_goal_is_missed_and_what_was_scaled():
    row = table([FIGURE], "a machine").splitlines()[-1]
    assert row == (
        "| so many | 500 ms | 2.50 × floor (goal 2 ×) | 300 × faster than peer, scaled from 200 "
        "| 310 MB (goal 300), 110 MB (goal 100) above its libraries |"
    )


def test_the_table_goes_between_its_markers_and_leaves_the_rest(tmp_path):
    path = tmp_path / "README.md"
    path.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", "utf-8")
    into(path, "new")
    assert path.read_text("utf-8") == f"before\n{BEGIN}\nnew\n{END}\nafter\n"


def test_a_file_without_markers_is_left_alone(tmp_path):
    path = tmp_path / "README.md"
    path.write_text("nothing\n", "utf-8")
    with pytest.raises(SystemExit, match="markers"):
        into(path, "new")
    assert path.read_text("utf-8") == "nothing\n"
