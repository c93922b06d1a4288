"""The developers' own documents, each quirk once: read right by explain, and the same by a real check."""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pytest

from flows.__main__ import main
from tasks.desk import Desk, open_desk
from tasks.documents.reader import read_contents
from tasks.intake.explain import explain
from tasks.intake.judge import explain_document, read_document
from tasks.ledger import submissions
from tasks.settings import Home
from tasks.terms import times
from tests.intake.corpus import office
from tests.intake.corpus.forms import forms
from tests.intake.corpus.paper import Paper
from tests.intake.corpus.prose import prose, spoilt

PAPERS = (*forms(), *prose(), *spoilt())
AT = "2024-12-04T10:00"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return office.make_home(tmp_path_factory.mktemp("winter"))


@pytest.fixture(scope="module")
def desk(home: Home) -> Iterator[Desk]:
    opened = open_desk(office.ID, times.parse(AT), home)
    yield opened
    opened.ledger.close()


@pytest.fixture(scope="module")
def explained(desk: Desk) -> dict[str, dict[str, Any]]:
    """What explain says, with one child for all of them."""
    contents = read_contents([(p.filename, p.data) for p in PAPERS])
    found = {}
    for paper, content in zip(PAPERS, contents, strict=True):
        reading = read_document(content, desk.campaign, desk.roster, filename=paper.filename)
        found[_digest(paper)] = explain_document(reading, desk.campaign, desk.roster)
    return found


def _digest(paper: Paper) -> str:
    return sha256(paper.data).hexdigest()


def test_there_are_enough_papers_and_no_quirk_twice():
    assert len(PAPERS) >= 100
    assert len({_digest(p) for p in PAPERS}) == len(PAPERS)
    assert len({(p.quirk, p.filename.rpartition(".")[2]) for p in PAPERS}) == len(PAPERS)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: p.quirk)
def test_each_paper_reads_as_a_careful_clerk_would_read_it(paper, explained):
    said = explained[_digest(paper)]
    figures = {k: v for k, v in said["values"].items() if v is not None}
    assert said["unit"] == paper.unit, said["reasons"]
    assert figures == paper.values, said["reasons"]
    assert set(paper.codes) == set(said["findings"]), said["reasons"]


@pytest.mark.parametrize("paper", PAPERS[::12], ids=lambda p: p.quirk)
def test_explain_by_itself_says_the_same(paper, desk, explained):
    assert explain(desk, paper.filename, paper.data) == explained[_digest(paper)]


def test_a_check_of_the_drop_folder_enters_what_explain_says(home, desk, explained, capsys):
    folder = home.var / "drop" / office.ID
    for number, paper in enumerate(PAPERS):
        place = folder / f"{number:03}"
        place.mkdir(parents=True)
        (place / paper.filename).write_bytes(paper.data)
    assert main(["--home", str(home.root), "check", office.ID, "--as-of", AT]) in {0, 3}
    capsys.readouterr()
    entered, waiting = _ledger(desk)
    assert {*entered, *waiting} == set(explained), "every paper is somewhere, and nothing else is"
    assert not {*entered} & {*waiting}
    for paper in PAPERS:
        said = explained[_digest(paper)]
        if row := entered.get(_digest(paper)):
            assert desk.roster[row.unit].name == said["unit"], paper.quirk
            values = {k: v for k, v in row.reading["values"].items() if v is not None}
            assert values == {k: v for k, v in said["values"].items() if v is not None}, paper.quirk
            assert {f["code"] for f in row.reading["findings"]} == set(said["findings"]), paper.quirk
        else:
            reasons = "".join(waiting[_digest(paper)].reasons)
            assert reasons, f"{paper.quirk} waits for a person who is told nothing"
            assert said["unit"] is None or paper.codes, f"{paper.quirk} is certain and waits all the same"


def _ledger(desk: Desk) -> tuple[dict[str, Any], dict[str, Any]]:
    until = times.parse("2024-12-31T00:00")
    with desk.ledger.read() as connection:
        entered = submissions.of_campaign(connection, office.ID, until)
        waiting = submissions.undecided(connection, office.ID, until)
    return {s.digest: s for s in entered}, {w.digest: w for w in waiting}


def test_what_is_accepted_counts_and_what_is_in_doubt_is_returned(home, capsys):
    main(["--home", str(home.root), "status", office.ID, "--as-of", AT, "--json"])
    status = json.loads(capsys.readouterr().out)
    states = {(u["name"], u["obligation"]): u["state"] for u in status["units"]}
    by_quirk = {p.quirk: p for p in forms() if p.unit}
    assert states[by_quirk["普通"].unit, "figures"] == "accepted"
    for quirk in ("约数", "备注改数", "合计不符", "同一张表两遍数字不同", "合计是公式没有结果"):
        assert states[by_quirk[quirk].unit, "figures"] == "returned", quirk
    vague = next(p for p in prose() if p.quirk == "数十")
    assert states[vague.unit, "summary"] == "accepted", "prose is asked about, not sent back"
