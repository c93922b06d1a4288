"""Both real campaigns from the notice of start to the superior, on a virtual clock through the real flows."""

import email
import email.policy
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import bagit
import pytest

from tasks.ledger import outbox
from tasks.ledger.session import Ledger
from tasks.notice.load import load_campaign
from tasks.settings import Home
from tasks.terms.letters import LETTER_KINDS

ROOT = Path(__file__).resolve().parents[2]
NANCHUAN, HAIKOU = "nanchuan-2023-publicity-week", "haikou-2023-publicity-week"


def baosong(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "flows", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=900)


def rehearse(campaign: str, folder: Path) -> str:
    done = baosong("rehearse", campaign, "--out", str(folder))
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def status(folder: Path, campaign: str, as_of: str) -> dict:
    return json.loads(baosong("--home", str(folder), "status", campaign, "--json", "--as-of", as_of).stdout)


@pytest.fixture(scope="module")
def nanchuan(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("nanchuan") / "demo"
    return folder, rehearse(NANCHUAN, folder)


@pytest.fixture(scope="module")
def haikou(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("haikou") / "demo"
    return folder, rehearse(HAIKOU, folder)


def letters(folder: Path) -> list[email.message.EmailMessage]:
    captured = folder / "var" / "mail" / "captured"
    files = [p for name in ("new", "cur") for p in (captured / name).glob("*")]
    return [email.message_from_bytes(p.read_bytes(), policy=email.policy.default) for p in files]


def test_the_summary_tells_quota_and_campaign_target_apart(nanchuan):
    _, said = nanchuan
    assert "各单位任务数合计 1,014 场" in said  # 338 units, three each
    assert "总目标“千场活动” 1,000 场" in said
    assert "各单位任务数合计 10,140 户" in said
    assert "总目标“万家走访” 10,000 户" in said


def test_units_report_early_late_wrongly_and_never(nanchuan):
    folder, said = nanchuan
    found = status(folder, NANCHUAN, "2023-04-11T18:00")
    states = Counter((u["obligation"], u["state"]) for u in found["units"])
    assert states["summary", "missing"] > 0
    assert states["summary", "waived"] == 1
    assert {u["timeliness"] for u in found["units"]} >= {"on_time", "late"}
    assert "退回补正" in said


def test_no_letter_is_in_the_mailbox_twice_and_no_unit_is_chased_after_it_has_reported(nanchuan):
    folder, _ = nanchuan
    mails = letters(folder)
    assert max(Counter(m["message-id"] for m in mails).values()) == 1
    assert len(mails) > 400


def test_what_is_in_the_mailboxes_is_what_the_summary_counts(nanchuan):
    folder, said = nanchuan
    line = next(line for line in said.splitlines() if line.strip().startswith("信件："))
    counted = sum(int("".join(filter(str.isdigit, part))) for part in line.split("，"))
    assert counted == len(letters(folder))


@pytest.mark.parametrize("campaign", ["nanchuan", "haikou"])
def test_every_package_is_whole_to_us_and_to_an_independent_program(campaign, request):
    folder, _ = request.getfixturevalue(campaign)
    packages = sorted(p for p in (folder / "var" / "packages").iterdir() if (p / "bagit.txt").is_file())
    assert len(packages) >= 2
    for path in packages:
        assert baosong("verify", str(path)).returncode == 0
        assert bagit.Bag(str(path)).validate()
    assert baosong("--home", str(folder), "verify").returncode == 0


def test_haikou_is_laid_out_for_the_exchange_and_nothing_is_mailed_upward(haikou):
    folder, said = haikou
    assert "待上传" in said
    assert (folder / "var" / "packages" / "公文系统上传").is_dir()
    assert not [m for m in letters(folder) if "呈报" in str(m["subject"])]


def test_a_rehearsal_made_again_in_its_folder_comes_out_the_same(haikou):
    folder, said = haikou
    before = status(folder, HAIKOU, "2023-04-17T18:00")
    assert rehearse(HAIKOU, folder) == said
    assert status(folder, HAIKOU, "2023-04-17T18:00") == before


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("mine", "utf-8")
    done = baosong("rehearse", HAIKOU, "--out", str(tmp_path))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert [p.name for p in tmp_path.iterdir()] == ["letter.txt"]


def test_every_rung_and_every_kind_of_letter_is_seen_in_one_of_the_two(nanchuan, haikou):
    kinds = {mail["X-Baosong-Letter"] for folder, _ in (nanchuan, haikou) for mail in letters(folder)}
    assert kinds == set(LETTER_KINDS)
    for campaign, (folder, _) in ((NANCHUAN, nanchuan), (HAIKOU, haikou)):
        home = Home.at(folder)
        ledger = Ledger(home.ledger_url)
        with ledger.read() as connection:
            spoken = {occasion for _, occasion in outbox.occasions(connection, campaign)}
        ledger.close()
        rungs = {each.split(":")[1].partition("@")[0] for each in spoken if each.startswith("rung:")}
        assert rungs == {rung.id for rung in load_campaign(home, campaign).ladder}


def test_what_a_rehearsal_adds_to_the_offices_own_settings_is_said(nanchuan, haikou):
    assert "由同一人填报" in nanchuan[1]
    assert "演练中另行设定：公文呈报前请分管局领导审签（专项文件没有要求）" in haikou[1]
    assert "第 2 号暂缓呈报：到时未审签" in haikou[1]
