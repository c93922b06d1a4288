"""A notice's text into a draft campaign, every value with its quote."""

from pathlib import Path

from benchmarks.case import Case
from tasks.notice.draft.reading import draft_of
from tasks.notice.draft.shown.as_yaml import as_yaml
from tasks.notice.tables import load_calendar
from tasks.settings import SHIPPED, Home

CORPUS = Path(__file__).parents[2] / "tests" / "notice" / "draft" / "corpus"


def ours(_folder: Path, size: int) -> None:
    calendar = load_calendar(Home.at(SHIPPED))
    texts = [path.read_text("utf-8") for path in sorted(CORPUS.glob("*.txt"))]
    for number in range(size):
        as_yaml(draft_of(texts[number % len(texts)], calendar), "bench")


CASE = Case(title="drafting {size} notices", sizes=(36,), small=4, ours=ours, rounds=3)
