"""What is handed in before its time is kept, told so, and entered with the moment it came."""

import json
from pathlib import Path

import pytest

from flows.__main__ import main
from tasks.desk import open_desk
from tasks.documents.fillin import write_form
from tasks.intake.collect import collect
from tasks.intake.settle import rules_of, settle_new
from tasks.intake.sources import inboxes, source_names
from tasks.ledger import submissions
from tasks.settings import Home
from tasks.terms import times
from tests.line import office, papers

ONCE = 'deliverable: form\n    window: w\n    due: {date: 2023-06-02, time: "17:00"}\n'
WEEKLY = (
    office.CAMPAIGN.replace(ONCE, f"{ONCE}    recurrence: {{every: weekly, until: 2023-06-16}}\n")
    .replace("title: 五场演练}", "title: 五场演练, over: sum}")
    .replace("[2023-06-06T17:00]", "[2023-06-09T18:00, 2023-06-20T18:00]")
)
NEXT, TITLE = "figures.2023-06-16", "演练统计表（6月16日）"
EARLY, BEGUN = "2023-06-08T10:00", "2023-06-10T09:00"
SIGNED = ("--who", "经办人甲", "--why", "来电说明")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return office.make_home(tmp_path, campaign=WEEKLY)


def said(home: Home, capsys, *words: str, at: str) -> tuple[int, str]:
    code = main(["--home", str(home.root), *words, "--as-of", at])
    told = capsys.readouterr()
    return code, told.out + told.err


@pytest.mark.parametrize("judged", [EARLY, BEGUN])
def test_a_report_handed_in_before_its_week_waits_and_then_counts_from_the_moment_it_came(
    home, capsys, judged
):
    """Also when nothing was read before its week began: that the machine stood still decides nothing."""
    desk = open_desk("drill", times.parse(EARLY), home)
    place, town = home.var / "drop" / "drill" / "东山镇", desk.roster["A01"]
    place.mkdir(parents=True)
    form = write_form(desk.campaign, desk.campaign.obligation(NEXT), town, [town])
    (place / "东山镇.xlsx").write_bytes(papers.filled(form, town.name, 3, 120))
    for inbox in inboxes(desk):
        collect(desk.ledger, desk.store, inbox, desk.now)
    late = open_desk("drill", times.parse(judged), home)
    settle_new(
        late.ledger, late.store, rules_of(late), source_names(late), late.now, own_addresses=frozenset()
    )
    told = f"“东山镇”的“{TITLE}”从6月10日（周六）起才开始报，请届时再办理"
    with desk.ledger.read() as connection:
        (waiting,) = submissions.undecided(connection, "drill", late.now)
    assert told in waiting.reasons
    put = ("assign", "drill", "1", "--unit", "东山镇", "--obligation", TITLE, *SIGNED)
    if judged == EARLY:
        assert said(home, capsys, *put, at=EARLY) == (2, f"{told}\n")
    assert said(home, capsys, *put, at=BEGUN)[0] == 0
    status = json.loads(said(home, capsys, "status", "drill", "--json", at=BEGUN)[1])
    found = next(u for u in status["units"] if (u["name"], u["obligation"]) == ("东山镇", NEXT))
    assert (found["state"], found["timeliness"]) == ("accepted", "on_time")
    assert times.parse(found["received_at"]) == times.parse(EARLY)
    assert found["values"]["drills"] == 3


def test_time_asked_for_before_its_week_is_granted_when_it_begins(home, capsys):
    more = ("extend", "drill", "--unit", "东山镇", "--obligation", TITLE, "--until", "2023-06-20", *SIGNED)
    assert said(home, capsys, *more, at=EARLY)[1].endswith("从6月10日（周六）起才开始报，请届时再办理\n")
    assert said(home, capsys, *more, at=BEGUN)[0] == 0
