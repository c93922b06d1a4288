import errno
import os
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from tasks.mail.sources import folders
from tasks.mail.sources.drop import DropFolder
from tasks.mail.sources.maildir import EmlFolder, Maildir
from tasks.terms.errors import Misconfigured
from tests.mail.letters import plain

TOP = (
    b"Received: by mx; Mon, 27 Mar 2023 10:00:00 +0800\r\nReceived: by x; Sun, 26 Mar 2023 10:00:00 +0800\r\n"
)


@pytest.fixture
def maildir(tmp_path):
    for each in ("tmp", "new", "cur"):
        (tmp_path / each).mkdir()
    return tmp_path


def put(path, data=b"x", age=0):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    at = datetime(2023, 3, 20, tzinfo=UTC).timestamp() - age
    os.utime(path, (at, at))
    return path


def take(inbox):
    found = list(inbox.new(inbox.cursor()))
    for item in found:
        inbox.settle(item)
        inbox.settle(item)
    return found


def test_a_maildirs_new_mail_is_offered_oldest_first_and_moved_to_cur_as_seen(maildir, now):
    put(maildir / "new" / "2.b", plain("b"), age=10)
    put(maildir / "new" / "1.a", plain("a"), age=5)
    put(maildir / "cur" / "0.z:2,S", plain("z"))
    assert [i.key for i in take(Maildir("m", maildir, now))] == ["2.b", "1.a"]
    assert sorted(p.name for p in (maildir / "cur").iterdir()) == ["0.z:2,S", "1.a:2,S", "2.b:2,S"]
    assert take(Maildir("m", maildir, now)) == []


def test_what_is_not_settled_is_offered_again(maildir, now):
    put(maildir / "new" / "1.a", plain("a"))
    assert len(list(Maildir("m", maildir, now).new(""))) == 1
    assert len(list(Maildir("m", maildir, now).new(""))) == 1


def test_receipt_is_the_topmost_received_else_the_files_time_and_never_later_than_now(maildir, now):
    put(maildir / "new" / "1", TOP + plain("a"))
    put(maildir / "new" / "2", plain("b"))
    put(maildir / "new" / "3", TOP.replace(b"2023", b"2031") + plain("c"))
    moments = {i.key: i.received_at for i in Maildir("m", maildir, now).new("")}
    assert moments["1"] == datetime(2023, 3, 27, 2, tzinfo=UTC)
    assert moments["2"] == datetime(2023, 3, 20, tzinfo=UTC)
    assert moments["3"] == now


def test_a_mail_taken_away_meanwhile_is_passed_over(maildir, now):
    for name in ("1", "2", "3"):
        put(maildir / "new" / name, plain(name))
    found = []
    for item in Maildir("m", maildir, now).new(""):
        found.append(item.key)
        (maildir / "new" / "2").unlink(missing_ok=True)
    assert found == ["1", "3"]


def test_it_streams(maildir, now):
    for name in range(5):
        put(maildir / "new" / str(name), plain("x"))
    first = next(Maildir("m", maildir, now).new(""))
    assert first.key == "0"


def test_a_failure_to_move_is_logged_and_not_fatal(maildir, now, caplog):
    put(maildir / "new" / "1", plain("a"))
    (maildir / "cur").rmdir()
    (maildir / "cur").write_text("in the way")
    assert len(take(Maildir("m", maildir, now))) == 1
    assert "未能移入" in caplog.text


def test_a_folder_that_is_not_there_is_the_operators_business(tmp_path, now):
    for inbox in (
        Maildir("m", tmp_path / "no", now),
        EmlFolder("e", tmp_path / "no", now),
        DropFolder("d", tmp_path / "no", now),
    ):
        with pytest.raises(Misconfigured, match="不存在"):
            list(inbox.new(""))


def test_eml_files_are_offered_and_moved_aside_without_overwriting(tmp_path, now):
    put(tmp_path / "来信.eml", TOP + plain("one"))
    put(tmp_path / "readme.txt")
    (found,) = take(EmlFolder("e", tmp_path, now))
    assert found.form == "mail"
    assert found.received_at == datetime(2023, 3, 27, 2, tzinfo=UTC)
    put(tmp_path / "来信.eml", plain("two"))
    (again,) = take(EmlFolder("e", tmp_path, now))
    assert again.key != found.key
    assert sorted(p.name for p in (tmp_path / "已收").iterdir()) == ["来信(2).eml", "来信.eml"]
    assert (tmp_path / "readme.txt").exists()


def test_a_dropped_file_came_when_it_was_put_down_not_when_it_was_taken(tmp_path):
    drop, elsewhere = tmp_path / "drop", tmp_path / "elsewhere"
    put(drop / "总结.docx", age=10**6)  # the time it carries is its sender's claim
    put(elsewhere / "东城街道" / "统计表.xlsx")
    before_the_move = datetime.now(UTC)
    (elsewhere / "东城街道").rename(drop / "东城街道")
    later = datetime.now(UTC) + timedelta(minutes=25)
    summary, form = sorted(DropFolder("d", drop, later).new(""), key=lambda i: i.filename)
    assert timedelta(minutes=24) < later - summary.received_at < timedelta(minutes=26)
    assert form.received_at >= before_the_move - timedelta(seconds=1)


def test_a_file_that_lay_for_weeks_tells_nothing_of_when_it_came(tmp_path):
    put(tmp_path / "总结.docx")
    later = datetime.now(UTC) + timedelta(days=8)
    (found,) = DropFolder("d", tmp_path, later).new("")
    assert found.received_at == later


def test_dropped_files_carry_their_folder_and_are_moved_with_it(tmp_path, now):
    put(tmp_path / "东城街道" / "照片" / "1.jpg")
    put(tmp_path / "东城街道" / "总结.docx", age=9)
    put(tmp_path / "统计表.xlsx", age=99)
    put(tmp_path / "转来.eml", plain("x"), age=999)
    found = take(DropFolder("d", tmp_path, now))
    assert [(i.filename, i.folder_hint, i.form) for i in found] == [
        ("转来.eml", "", "mail"), ("统计表.xlsx", "", "file"),
        ("总结.docx", "东城街道", "file"), ("1.jpg", "东城街道", "file"),
    ]  # fmt: skip
    assert {i.received_at for i in found} == {now}
    aside = tmp_path / "已收" / "20230328"
    assert sorted(p.relative_to(aside).as_posix() for p in aside.rglob("*.*")) == [
        "东城街道/总结.docx", "东城街道/照片/1.jpg", "统计表.xlsx", "转来.eml",
    ]  # fmt: skip
    assert take(DropFolder("d", tmp_path, now)) == []


def test_half_done_locked_and_hidden_files_are_left(tmp_path, now):
    for name in ("~$总结.docx", "a.tmp", "b.part", "c.crdownload", ".hidden", "Thumbs.db", "d.docx~"):
        put(tmp_path / name)
    assert take(DropFolder("d", tmp_path, now)) == []
    assert len(list(tmp_path.iterdir())) == 7


def test_a_file_another_program_still_writes_is_left_for_the_next_run(tmp_path, now):
    path = put(tmp_path / "大表.xlsx")
    code = f"import time; f = open({str(path)!r}, 'ab'); f.write(b'x'); f.flush()"
    code += "; print('open', flush=True); time.sleep(60)"
    writer = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    try:
        writer.stdout.readline()
        os.utime(path, (1, 1))
        assert take(DropFolder("d", tmp_path, now)) == []
    finally:
        writer.kill()
        writer.wait()
        writer.stdout.close()
    assert len(take(DropFolder("d", tmp_path, now))) == 1


def test_without_leases_a_file_that_just_changed_is_left(tmp_path, now, monkeypatch):
    def no_lease(*_: object) -> None:
        raise OSError(22, "Invalid argument")

    monkeypatch.setattr(folders.fcntl, "fcntl", no_lease)
    (tmp_path / "new.docx").write_bytes(b"x")
    put(tmp_path / "old.docx")
    assert [i.filename for i in take(DropFolder("d", tmp_path, now))] == ["old.docx"]


def test_a_file_replaced_after_it_was_read_is_not_put_aside_unread(tmp_path, now):
    put(tmp_path / "a.docx", b"first")
    inbox = DropFolder("d", tmp_path, now)
    (item,) = inbox.new("")
    put(tmp_path / "a.docx", b"second")
    inbox.settle(item)
    assert [i.data for i in take(DropFolder("d", tmp_path, now))] == [b"second"]


def test_equal_names_put_aside_keep_every_content(tmp_path, now):
    for content in (b"1", b"2", b"3"):
        put(tmp_path / "总结.docx", content)
        take(DropFolder("d", tmp_path, now))
    assert sorted(p.read_bytes() for p in (tmp_path / "已收" / "20230328").iterdir()) == [b"1", b"2", b"3"]


def test_links_pipes_and_files_too_large_are_not_taken(tmp_path, now, monkeypatch):
    put(tmp_path / "a.docx")
    (tmp_path / "link.docx").symlink_to("/etc/hostname")
    (tmp_path / "dangling.docx").symlink_to(tmp_path / "nothing")
    (tmp_path / "镇街").mkdir()
    (tmp_path / "镇街" / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.docx")
    with socket.socket(socket.AF_UNIX) as other:
        other.bind(str(tmp_path / "socket.docx"))
    monkeypatch.setattr(folders, "LARGEST_FILE", 5)
    put(tmp_path / "big.docx", b"123456")
    inbox = DropFolder("d", tmp_path, now)
    assert [i.filename for i in take(inbox)] == ["a.docx"]
    assert sorted(inbox.problems) == [
        "“dangling.docx”是快捷方式或链接，不是文件本身，未收取，请放入原文件",
        "“link.docx”是快捷方式或链接，不是文件本身，未收取，请放入原文件",
        "“loop”是快捷方式或链接，不是文件本身，未收取，请放入原文件",
        "“pipe.docx”是管道，不是文件，未收取，请移走；要报的材料请放入文件本身",
        "“socket.docx”是套接字，不是文件，未收取，请移走；要报的材料请放入文件本身",
        "文件“big.docx”超过 0 MB，未收取，已留在原处，请人工处理",
    ]
    assert (tmp_path / "big.docx").exists()


def test_a_pipe_in_a_maildir_is_told_and_never_waited_for(maildir, now):
    os.mkfifo(maildir / "new" / "1.x")
    inbox = Maildir("m", maildir, now)
    assert take(inbox) == []
    assert inbox.problems == ["“1.x”是管道，不是文件，未收取，请移走；要报的材料请放入文件本身"]


def test_what_lies_too_deep_is_told(tmp_path, now):
    put(tmp_path.joinpath(*"12345678", "eight.docx"))
    put(tmp_path.joinpath(*"123456789", "nine.docx"))
    inbox = DropFolder("d", tmp_path, now)
    assert [i.filename for i in take(inbox)] == ["eight.docx"]
    assert inbox.problems == ["文件夹“9”套得太深（超过 8 层），其中的文件未收取，请移到上面几层"]


def test_a_folder_that_cannot_be_looked_into_is_told_and_the_others_go_on(tmp_path, now, monkeypatch):
    put(tmp_path / "东山镇" / "a.docx")
    put(tmp_path / "西山镇" / "b.docx")
    look = os.scandir

    def refused(folder):
        if str(folder).endswith("东山镇"):
            raise PermissionError(errno.EACCES, "Permission denied", folder)
        return look(folder)

    monkeypatch.setattr(os, "scandir", refused)
    inbox = DropFolder("d", tmp_path, now)
    assert [i.filename for i in take(inbox)] == ["b.docx"]
    assert inbox.problems == ["文件夹“东山镇”打不开（没有权限），其中的文件未收取，请检查"]


def test_a_name_written_in_gbk_is_told_as_it_was_meant(tmp_path, now):
    os.mkfifo(os.fsencode(tmp_path) + "/东山镇总结.docx".encode("gbk"))
    inbox = DropFolder("d", tmp_path, now)
    assert take(inbox) == []
    assert inbox.problems == ["“东山镇总结.docx”是管道，不是文件，未收取，请移走；要报的材料请放入文件本身"]


def test_the_day_aside_is_the_offices_day(tmp_path):
    put(tmp_path / "a.docx")
    take(DropFolder("d", tmp_path, datetime(2023, 4, 4, 17, tzinfo=UTC) + timedelta(minutes=1)))
    assert (tmp_path / "已收" / "20230405" / "a.docx").exists()
