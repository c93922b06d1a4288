"""The same runs at the same moment: nothing changes twice, nothing is sent twice."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from flows.serve import server
from tasks.settings import Home
from tests.line import office, papers
from tests.rig.postgresql import free_port

ROOT = Path(__file__).resolve().parents[2]
RUN_AT_MOST = 10


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = office.make_home(tmp_path_factory.mktemp("together"))
    inbox = made.var / "mail" / "inbox"
    for name in ("new", "cur", "tmp"):
        (inbox / name).mkdir(parents=True)
    east = office.address("A01")
    files = [("东山镇演练总结.docx", papers.narrative("东山镇"))]
    (inbox / "new" / "1685500000.M1.x").write_bytes(
        papers.mail(east, office.OFFICE, "东山镇报送", files, "2023-05-31T10:00")
    )
    return made


@pytest.fixture(scope="module")
def prefect(home: Home) -> Iterator[str]:
    with server(home, free_port()) as api:
        yield api


def at_once(home: Home, *commands: Sequence[str]) -> list[dict]:
    """Several commands in the same moment."""
    here = [sys.executable, "-m", "flows", "--home", str(home.root)]
    started = [
        subprocess.Popen([*here, *each], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
        for each in commands
    ]
    ended = [process.communicate(timeout=300) for process in started]
    for process, (_, err) in zip(started, ended, strict=True):
        assert process.returncode in {0, 3}, err.decode()
    return [json.loads(out) for out, _ in ended]


def thrice(verb: str, minute: str) -> list[list[str]]:
    """Three runs of a verb, each with a clock of its own that is a second apart."""
    return [[verb, "drill", "--as-of", f"{minute}:0{second}"] for second in range(3)]


def sent(home: Home) -> Counter[tuple[str, str]]:
    """Letters in the captured Maildir, by recipient and subject, read without the product's help."""
    import email
    import email.policy

    files = [p for name in ("new", "cur") for p in (home.captured / name).glob("*")]
    mails = [email.message_from_bytes(p.read_bytes(), policy=email.policy.default) for p in files]
    return Counter((str(m["to"]), str(m["subject"])) for m in mails)


def test_three_checks_take_one_mail_in_once_and_answer_it_once(home, prefect):
    found = at_once(home, *thrice("check", "2023-05-31T12:00"))
    assert sum(each["taken"] for each in found) == 1
    assert sum(each["submissions"] for each in found) == 1
    assert max(each["reported"] for each in found) == "1/3"  # one may publish before another has judged
    assert list(sent(home).values()) == [1]


def test_three_chases_send_every_letter_once_and_none_to_who_has_reported(home, prefect):
    at_once(home, *thrice("chase", "2023-06-01T09:30"))
    letters = sent(home)
    assert set(letters.values()) == {1}
    reminded = [to for to, subject in letters if "催报" in subject]
    assert not any(office.address("A01") in to for to in reminded if "演练总结" in to)
    again = at_once(home, ["chase", "drill", "--as-of", "2023-06-01T09:40"])
    assert again[0]["letters"]["sent"] == 0
    assert sent(home) == letters


def test_three_compiles_make_one_package_and_dispatch_it_once(home, prefect):
    before = sum(sent(home).values())
    found = at_once(home, *thrice("compile", "2023-06-02T18:00"))
    assert {each["package"]["number"] for each in found} == {1}
    assert sum(each["package"]["new"] for each in found) == 1
    dispatched = [to for to, subject in sent(home).elements() if "呈报" in subject]
    assert len(dispatched) == 1
    assert sum(sent(home).values()) == before + 1
    packages = [p.name for p in home.packages.glob("drill-*") if p.is_dir()]
    assert packages == ["drill-第01号"]


def test_a_run_is_a_handful_of_task_runs_whatever_the_number_of_units(home, prefect):
    import urllib.request
    from base64 import b64encode

    from flows.engine import credentials

    def ask(path: str, body: dict) -> list[dict]:
        login = b64encode(credentials(home).encode()).decode()
        request = urllib.request.Request(
            f"{prefect}{path}",
            json.dumps(body).encode(),
            {"content-type": "application/json", "authorization": f"Basic {login}"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    tasks = Counter(task["flow_run_id"] for task in ask("/task_runs/filter", {"limit": 200}))
    assert len(tasks) >= 10
    assert max(tasks.values()) <= RUN_AT_MOST
