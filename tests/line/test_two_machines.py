"""Two machines of one office: each its own folder, one ledger, one bucket of originals; without Prefect."""

import shutil
from pathlib import Path

import pytest

from flows.__main__ import main
from tasks.backup import backup, restore
from tasks.chase.deliver import deliver_waiting
from tasks.chase.steps import answer
from tasks.desk import open_desk
from tasks.dispatch.code import KEY as SIGN_KEY
from tasks.health.doctor import examine
from tasks.health.finding import Level
from tasks.health.retention import forget_all
from tasks.ledger import arrivals, outbox, submissions
from tasks.package import make
from tasks.package.at_hand import at_hand
from tasks.settings import Home
from tasks.store.bucket import KEY, SECRET
from tasks.terms import times
from tasks.terms.errors import Misconfigured, Transient
from tests.dispatch.bureau import SIGNED, SIGNER, Bureau, rules
from tests.line import office
from tests.rig import s3 as rig
from tests.rig.postgresql import free_port

MORNING, LATER, YEARS_LATER = "2023-06-01T10:00", "2023-06-02T19:00", "2025-06-02T19:00"


@pytest.fixture
def s3(s3_server: rig.S3, tmp_path, monkeypatch) -> rig.S3:
    monkeypatch.setenv(KEY, rig.KEY)
    monkeypatch.setenv(SECRET, rig.SECRET)
    monkeypatch.setattr(make, "pdf_preview", lambda _package: "")  # LibreOffice is slow, and tested elsewhere
    monkeypatch.setenv(SIGN_KEY, "一处生成，各机相同")
    monkeypatch.setenv("BAOSONG_LEDGER_URL", f"sqlite:///{tmp_path / 'shared.sqlite3'}")
    for name in s3_server.objects():
        s3_server.lose(name)
    return s3_server


def machine(s3: rig.S3, folder: Path) -> Bureau:
    home = office.make_home(folder, campaign=rules(SIGNED))
    (home.config / "office.yaml").write_text(f"bureau: 某局\nkeep_days: 365\n{s3.setting}", "utf-8")
    return Bureau(home)


@pytest.fixture
def two(s3, tmp_path) -> tuple[Bureau, Bureau]:
    return machine(s3, tmp_path / "one"), machine(s3, tmp_path / "two")


def cut_off(of: Bureau) -> str:
    """The machine cannot reach the bucket any more; gives its settings as they were."""
    path = of.home.config / "office.yaml"
    before = path.read_text("utf-8")
    nowhere = rig.S3(f"http://127.0.0.1:{free_port()}")
    path.write_text(f"bureau: 某局\n{nowhere.setting}", "utf-8")
    return before


def doctor(home: Home) -> list[tuple[Level, str]]:
    return [(f.level, f.text) for f in examine(home, times.parse(LATER)) if f.what == "原件库"]


def test_what_one_took_in_and_packaged_the_other_signs_and_hands_up(two):
    one, other = two
    one.report("A01", "2023-06-01T09:00")
    assert one.compile()["held_back"] == [1]
    words = ["--home", str(other.home.root), "sign-off", "drill", "--as-of", LATER, "--name", SIGNER]
    assert main([*words, "--code", one.code()]) == 0
    (letter,) = other.letters("dispatch")
    (carried,) = letter.iter_attachments()
    made = (one.home.packages / "drill-第01号.zip").read_bytes()
    assert carried.get_payload(decode=True) == made
    assert one.letters("dispatch") == []


def test_a_package_the_other_built_but_never_entered_is_put_aside_for_the_one_in_the_ledger(two):
    one, other = two
    one.report("A01", "2023-06-01T09:00")
    one.compile()
    left = other.home.packages / "drill-第01号"
    left.mkdir(parents=True)
    (left / "manifest-sha256.txt").write_text("x")
    (signed,) = other.packages()
    folder = at_hand(other.desk(), signed)
    ours = one.home.packages / "drill-第01号"
    names = sorted(p.relative_to(ours) for p in ours.rglob("*") if p.is_file())
    assert sorted(p.relative_to(folder) for p in folder.rglob("*") if p.is_file()) == names
    assert all((folder / n).read_bytes() == (ours / n).read_bytes() for n in names)
    assert [p.name for p in (other.home.packages / "未入账").iterdir()] == ["01-drill-第01号"]


def test_a_package_that_is_nowhere_is_asked_for_and_nothing_goes(two, s3):
    one, other = two
    one.report("A01", "2023-06-01T09:00")
    one.compile()
    (made,) = one.packages()
    s3.lose(f"{made.summary['zip'][:2]}/{made.summary['zip'][2:]}")
    with pytest.raises(Misconfigured, match="请从编制它的机器拷来"):
        at_hand(other.desk(), made)


def test_with_the_bucket_away_nothing_is_entered_and_the_next_run_takes_everything_in_once(two):
    one, other = two
    one.report("A01", "2023-06-01T09:00")
    before = cut_off(one)
    with pytest.raises(Transient, match="共用原件库"):
        one.take_in()
    with one.desk().ledger.read() as connection:
        assert arrivals.unjudged(connection, "drill", ["maildir:var/mail/inbox"], 10) == []
    (one.home.config / "office.yaml").write_text(before, "utf-8")
    one.take_in()
    one.take_in()
    desk = other.desk()
    with desk.ledger.read() as connection:
        (version,) = submissions.of_campaign(connection, "drill", desk.now)
    assert desk.store.read(version.digest)[:2] == b"PK"


def test_with_the_bucket_away_no_letter_is_claimed_and_all_go_once_it_is_back(two):
    one, _ = two
    one.report("A01", "2023-06-01T09:00")
    one.take_in(MORNING)
    desk = one.desk(MORNING)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BAOSONG_HOME", str(one.home.root))
        one.home.kill_switch.touch()
        answer.fn("drill", desk.now)
        one.home.kill_switch.unlink()
    before = cut_off(one)
    shutil.rmtree(one.home.store)
    with pytest.raises(Transient, match="共用原件库"):
        deliver_waiting(one.desk(MORNING))
    assert states(one) == {"queued"}
    (one.home.config / "office.yaml").write_text(before, "utf-8")
    deliver_waiting(one.desk(MORNING))
    assert states(one) == {"sent"}


def states(of: Bureau) -> set[str]:
    desk = of.desk(LATER)
    with desk.ledger.read() as connection:
        found = outbox.of_campaign(connection, "drill", desk.now)
    return {each.state for each in found if each.kind == "receipt"}


def test_a_backup_made_on_either_machine_brings_back_both(two, s3, tmp_path, monkeypatch, capsys):
    one, other = two
    one.report("A01", "2023-06-01T09:00")
    one.compile()
    held = s3.objects()
    backup(other.home, tmp_path / "b.tar")
    for name in held:
        s3.lose(name)
    monkeypatch.setenv("BAOSONG_LEDGER_URL", f"sqlite:///{tmp_path / 'anew.sqlite3'}")
    restore(tmp_path / "b.tar", tmp_path / "again")
    assert s3.objects() == held
    assert main(["--home", str(tmp_path / "again"), "verify"]) == 0
    assert "都在，与校验值一致" in capsys.readouterr().out


def test_an_original_lost_or_changed_in_the_bucket_is_told_by_doctor_and_verify(two, s3, tmp_path, capsys):
    one, _ = two
    one.report("A01", "2023-06-01T09:00")
    one.take_in()
    told = doctor(one.home)
    assert [level for level, _ in told] == [Level.OK, Level.LOOK, Level.OK]  # the rig's http is not encrypted
    shutil.rmtree(one.home.store)
    names = [n for n, data in s3.objects().items() if data[:2] == b"PK"]
    s3.replace(names[0], b"x")
    assert main(["--home", str(one.home.root), "verify"]) == 1
    assert "与它的校验值不符" in capsys.readouterr().out
    s3.lose(names[0])
    assert main(["--home", str(one.home.root), "verify"]) == 1
    assert "不在原件库" in capsys.readouterr().out
    assert any(level is Level.FAULT and "请从备份恢复" in text for level, text in doctor(one.home))


def test_a_bucket_out_of_reach_is_a_fault_doctor_names(two):
    cut_off(two[0])
    ((level, text),) = doctor(two[0].home)
    assert level is Level.FAULT
    assert text.startswith("共用原件库")


def test_forgetting_on_one_machine_empties_the_bucket_and_doctor_names_the_others_cache(two, s3):
    one, other = two
    one.report("A01", "2023-06-01T09:00")
    one.compile()
    for digest in other.desk().store.digests():
        other.desk().store.read(digest)
    desk = open_desk("drill", times.parse(YEARS_LATER), one.home)
    deliver_waiting(desk)
    forget_all(desk, packages=True, who="甲", why="保存期满")
    assert s3.objects() == {}
    assert any("请删掉该目录" in text for _, text in doctor(other.home))
    assert not any("不在原件库" in text for _, text in doctor(other.home))


def test_a_wrong_setting_is_named_with_its_line(two):
    one, _ = two
    (one.home.config / "office.yaml").write_text(
        "bureau: 某局\nstore: {endpoint: s3.example, bucket: a-b}\n", "utf-8"
    )
    with pytest.raises(Misconfigured, match=r"office\.yaml.*第 ?2 ?行.*endpoint"):
        one.desk()
