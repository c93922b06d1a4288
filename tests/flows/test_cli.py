"""The command line others script against: contract, exit codes, one clear Chinese line for what is wrong."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document

from flows.__main__ import main
from tasks.settings import SHIPPED, Home
from tests.line import office, papers

ROOT = Path(__file__).resolve().parents[2]
STATES = {"missing", "received", "returned", "accepted", "nil", "waived"}
SHIPPED_CAMPAIGNS = ("nanchuan-2023-publicity-week", "haikou-2023-publicity-week")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return office.make_home(tmp_path)


@pytest.fixture
def say(capsys):
    def run(*words: str) -> tuple[int, str, str]:
        try:
            code = main(list(words))
        except SystemExit as left:
            code = int(left.code or 0)
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


@pytest.fixture
def shipped(tmp_path: Path) -> Home:
    (tmp_path / "config").symlink_to(SHIPPED / "config")
    return Home.at(tmp_path)


def one_chinese_line(text: str) -> bool:
    return (
        text.count("\n") == 1 and re.search(r"[\u4e00-\u9fff]", text) is not None and "Traceback" not in text
    )


def in_a_process(home: Home, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "flows", "--home", str(home.root), *words],
        capture_output=True, text=True, check=False, cwd=ROOT, timeout=120,
        env={**os.environ, **environment},
    )  # fmt: skip


@pytest.mark.parametrize("campaign", SHIPPED_CAMPAIGNS)
def test_status_has_every_key_of_the_contract(shipped, say, campaign):
    code, out, _ = say(
        "--home", str(shipped.root), "status", campaign, "--json", "--as-of", "2023-04-03T10:00"
    )
    found = json.loads(out)
    assert code == 0
    assert {"campaign", "as_of", "obligations", "units", "queue", "totals"} <= set(found)
    assert found["campaign"] == campaign
    assert found["as_of"] == "2023-04-03T10:00:00+08:00"
    for each in found["obligations"]:
        assert {
            "id",
            "due",
            "expected",
            "received",
            "on_time",
            "reporting_rate",
            "reporting_rate_on_time",
        } <= set(each)
        assert each["received"] == 0
        assert each["reporting_rate"] == 0
    for each in found["units"]:
        assert {
            "code", "name", "obligation", "due", "due_explained", "state", "timeliness", "received_at",
            "version", "findings", "letters_sent", "values",
        } <= set(each)  # fmt: skip
        assert each["state"] in STATES
        assert each["timeliness"] is None
    assert found["queue"] == 0


def test_nanchuan_and_haikou_owe_what_their_notices_ask(shipped, say):
    def status(campaign: str) -> dict:
        return json.loads(
            say("--home", str(shipped.root), "status", campaign, "--json", "--as-of", "2023-04-01")[1]
        )

    nanchuan, haikou = map(status, SHIPPED_CAMPAIGNS)
    assert nanchuan["obligations"][0]["due"] == "2023-04-04T23:59:59+08:00"
    assert nanchuan["obligations"][1]["due"] is None  # the notice names no date for the figures
    assert haikou["obligations"][0]["expected"] == 5
    assert haikou["obligations"][0]["due"] == "2023-04-10T23:59:59+08:00"


def test_status_does_not_import_prefect(shipped):
    script = (
        "import sys; from flows.__main__ import main;"
        f"main(['--home', {str(shipped.root)!r}, 'status', {SHIPPED_CAMPAIGNS[1]!r}]);"
        "sys.exit(any(m == 'prefect' or m.startswith('prefect.') for m in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_moment_without_an_offset_is_the_offices_own(home, say):
    at = ("--home", str(home.root), "status", "drill", "--json", "--as-of")
    assert json.loads(say(*at, "2023-05-31T10:00")[1])["as_of"] == "2023-05-31T10:00:00+08:00"
    assert json.loads(say(*at, "2023-05-31T02:00Z")[1])["as_of"] == "2023-05-31T10:00:00+08:00"


@pytest.mark.parametrize("verb", ["status", "validate", "check", "chase", "compile"])
def test_a_campaign_that_is_not_there_is_wrong_use(home, say, verb):
    code, _, err = say("--home", str(home.root), verb, "no-such")
    assert code == 2
    assert one_chinese_line(err)
    assert "drill" in err  # what there is


@pytest.mark.parametrize(
    "words",
    [
        ["status"], ["status", "drill", "--as-of", "明天"], ["nonsense"], [], ["status", "drill", "--jsn"],
        ["receive", "drill"], ["assign", "drill", "x", "--who", "a", "--why", "b"],
    ],
)  # fmt: skip
def test_wrong_use_is_told_in_chinese_and_ends_with_two(home, say, words):
    code, _, err = say("--home", str(home.root), *words)
    assert code == 2
    assert "Traceback" not in err
    assert re.search(r"[\u4e00-\u9fff]", err.splitlines()[-1])


def test_a_folder_that_is_no_home_is_told(tmp_path, say):
    for folder in (tmp_path, tmp_path / "not-there"):
        code, _, err = say("--home", str(folder), "status", "drill")
        assert code == 2
        assert one_chinese_line(err)


def test_a_missing_roster_is_told_with_file_line_and_field(home, say):
    (home.config / "rosters" / "drill.csv").unlink()
    code, _, err = say("--home", str(home.root), "validate", "drill")
    assert code == 2
    assert one_chinese_line(err)
    assert re.search(r"drill\.yaml.*第 ?\d+ ?行.*roster", err), err


def test_status_of_a_file_that_contradicts_itself_is_told_with_its_line(home, say):
    (path,) = (home.config / "campaigns").glob("*.yaml")
    lines = path.read_text("utf-8").splitlines()
    wrong = next(n for n, line in enumerate(lines) if "kind: town}" in line)
    lines[wrong] = lines[wrong].replace("kind: town", "kind: county")
    path.write_text("\n".join(lines) + "\n", "utf-8")
    code, out, err = say("--home", str(home.root), "status", path.stem, "--json")
    assert (code, out) == (2, "")
    assert one_chinese_line(err)
    assert f"第 {wrong + 1} 行" in err


def test_a_damaged_ledger_is_a_clear_line_not_a_traceback(home, say):
    home.var.mkdir(exist_ok=True)
    (home.var / "ledger.sqlite3").write_bytes(b"no database" * 1000)
    code, _, err = say("--home", str(home.root), "status", "drill")
    assert code == 2
    assert one_chinese_line(err)


def test_a_bug_of_ours_is_one_line_and_its_traceback_a_file(home, say, monkeypatch):
    def broken(*_args):
        raise ZeroDivisionError("inside")

    monkeypatch.setattr("tasks.status.view.look", broken)
    code, _, err = say("--home", str(home.root), "status", "drill")
    assert code == 1
    assert one_chinese_line(err)
    assert "inside" in (home.var / "faults.log").read_text("utf-8")


def test_a_reader_that_has_seen_enough_ends_it_quietly(shipped):
    command = (
        f"{sys.executable} -m flows --home {shipped.root} status {SHIPPED_CAMPAIGNS[0]} --json | head -1"
    )
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.stdout == "{\n"


def test_validate_speaks_for_one_campaign_or_all(shipped, say):
    assert say("--home", str(shipped.root), "validate")[:2] == (0, "专项文件无误\n")
    assert say("--home", str(shipped.root), "validate", SHIPPED_CAMPAIGNS[0])[0] == 0


def test_validate_of_no_name_is_wrong_use_not_everything(shipped, say):
    code, out, err = say("--home", str(shipped.root), "validate", "")
    assert (code, out) == (2, "")
    assert one_chinese_line(err)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gbk"])
def test_scripts_are_given_utf_8_whatever_the_machine_s_locale(shipped, encoding):
    asked = ("status", SHIPPED_CAMPAIGNS[0], "--json", "--as-of", "2023-04-03T10:00")
    got = subprocess.run(
        [sys.executable, "-m", "flows", "--home", str(shipped.root), *asked],
        capture_output=True, check=True, cwd=ROOT, timeout=120,
        env={**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": encoding},
    )  # fmt: skip
    assert json.loads(got.stdout.decode("utf-8"))["units"][0]["name"] == "东城街道"


def test_verify_of_the_ledger_finds_a_changed_act(home, say):
    words = ("waive", "drill", "--unit", "A01", "--obligation", "summary", "--who", "甲", "--why", "撤并")
    assert say("--home", str(home.root), *words)[0] == 0
    assert say("--home", str(home.root), "verify")[0] == 0
    import sqlite3

    with sqlite3.connect(home.var / "ledger.sqlite3") as ledger:
        ledger.execute("UPDATE act SET why = '改过'")
    code, out, _ = say("--home", str(home.root), "verify")
    assert code == 1
    assert "第 1 条" in out


def test_explain_changes_nothing_and_says_what_a_check_would_do(home, say, tmp_path):
    path = tmp_path / "东山镇总结.docx"
    path.write_bytes(papers.narrative("东山镇"))
    code, out, _ = say("--home", str(home.root), "explain", str(path), "--campaign", "drill", "--json")
    found = json.loads(out)
    assert code == 0
    assert {"unit", "candidates", "values", "date", "findings", "evidence", "reasons"} <= set(found)
    assert found["unit"] == "东山镇"
    assert found["findings"] == []
    assert not home.var.exists()


def test_explain_of_a_mail_has_every_key_of_the_contract(home, say, tmp_path):
    east = office.address("A01")
    files = [("东山镇总结.docx", papers.narrative("东山镇"))]
    path = tmp_path / "mail.eml"
    path.write_bytes(papers.mail(east, office.OFFICE, "东山镇报送", files, "2023-05-31T10:00"))
    code, out, _ = say("--home", str(home.root), "explain", str(path), "--campaign", "drill", "--json")
    found = json.loads(out)
    assert code == 0
    assert found["kind"] == "submission"
    assert found["sender"] == east
    assert found["subject"] == "东山镇报送"
    assert found["units"] == ["东山镇"]
    assert [(a["filename"], a["size"]) for a in found["attachments"]] == [
        ("东山镇总结.docx", len(files[0][1]))
    ]
    assert {"message_id", "inline_images", "unpacked", "flags", "reasons"} <= set(found)


def test_explain_says_to_a_person_what_is_wrong_and_where_without_codes_and_addresses(home, say, tmp_path):
    table = Document().add_table(rows=2, cols=3)
    document = table.part.document
    for column, (head, value) in enumerate([("单位", "东山镇"), ("演练场次", "若干"), ("参演人数", "20")]):
        table.cell(0, column).text, table.cell(1, column).text = head, value
    document.save(tmp_path / "东山镇演练统计表.docx")
    file = str(tmp_path / "东山镇演练统计表.docx")
    code, out, _ = say("--home", str(home.root), "explain", file, "--campaign", "drill")
    assert code == 0
    assert "问题：数字不明确" in out
    assert "表1第2行第2列" in out
    assert "参演人数：20（表1第2行第3列）" in out
    assert "!" not in out


@pytest.mark.parametrize("name", ["missing.eml", "folder"])
def test_explain_of_what_is_no_file_is_wrong_use(home, say, tmp_path, name):
    (tmp_path / "folder").mkdir()
    code, _, err = say("--home", str(home.root), "explain", str(tmp_path / name), "--campaign", "drill")
    assert code == 2
    assert one_chinese_line(err)


@pytest.mark.parametrize("data", [b"", b"\0" * 300, b"PK\x03\x04", b"From: x\nSubject: y\n\n"])
def test_explain_of_rubbish_ends_well(home, say, tmp_path, data):
    for name in ("a.eml", "a.xlsx", "a.docx", "a"):
        (tmp_path / name).write_bytes(data)
        code, out, err = say(
            "--home", str(home.root), "explain", str(tmp_path / name), "--campaign", "drill", "--json"
        )
        assert (code, err) == (0, "")
        assert json.loads(out)["reasons"]


def test_a_check_ends_with_three_when_a_person_must_look(home):
    place = home.var / "drop" / "drill" / "无名"
    place.mkdir(parents=True)
    (place / "总结.docx").write_bytes(papers.narrative("某处"))
    done = in_a_process(home, "check", "drill", "--as-of", "2023-05-31T10:00")
    assert done.returncode == 3, done.stderr
    assert json.loads(done.stdout)["queue"] == 1
    assert done.stderr == ""


def test_what_lies_there_and_cannot_be_taken_is_for_a_person_until_it_is_gone(home, say):
    place = home.var / "drop" / "drill" / "东山镇"
    place.mkdir(parents=True)
    (place / "总结.docx - 快捷方式.lnk").write_bytes(b"L")
    done = in_a_process(home, "check", "drill", "--as-of", "2023-05-31T10:00")
    assert done.returncode == 3, done.stderr
    (told,) = json.loads(done.stdout)["not_taken"]
    assert "总结.docx - 快捷方式.lnk" in told
    assert "请放入原文件" in told
    status = ("--home", str(home.root), "status", "drill", "--as-of", "2023-05-31T10:00")
    code, out, _ = say(*status)
    assert (code, f"未能收取：{told}" in out) == (0, True)
    assert json.loads(say(*status, "--json")[1])["not_taken"] == [told]
    (place / "总结.docx - 快捷方式.lnk").unlink()
    assert in_a_process(home, "check", "drill", "--as-of", "2023-05-31T11:00").returncode == 0


def test_a_fault_of_the_configuration_in_a_run_is_one_line(tmp_path):
    home = office.make_home(tmp_path, office.Mailboxes(1, 1, "NO_SUCH_SECRET"))
    done = in_a_process(home, "check", "drill", "--as-of", "2023-05-31T10:00")
    assert done.returncode == 2
    assert one_chinese_line(done.stderr)
    assert "NO_SUCH_SECRET" in done.stderr
