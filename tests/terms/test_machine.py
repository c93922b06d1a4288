"""What the machine says no to, in the language of the people who run it."""

import errno
import os
import re

import pytest

from tasks.store.writable import ensure_writable
from tasks.terms.errors import Misconfigured, Transient
from tasks.terms.machine import faults_told, why


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_no_word_of_the_systems_own_english_is_said(number):
    assert not re.search("[A-Za-z]", why(OSError(number, os.strerror(number))))


@pytest.mark.parametrize(
    ("number", "kind", "said"),
    [
        (errno.ENOSPC, Transient, "/x/y 写不进去：磁盘已满"),
        (errno.EROFS, Misconfigured, "/x/y 不能读写：所在磁盘是只读的"),
        (errno.EACCES, Misconfigured, "/x/y 不能读写：没有权限"),
        (errno.ESTALE, Transient, "网络盘断开了"),
        (errno.EMFILE, Transient, "打开的文件太多"),
    ],
)
def test_a_fault_of_the_machine_says_who_must_act(number, kind, said):
    with pytest.raises(kind, match=said), faults_told():
        raise OSError(number, os.strerror(number), "/x/y")


def test_a_file_of_ours_that_is_missing_is_a_bug_and_stays_one():
    with pytest.raises(FileNotFoundError), faults_told():
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", "/x/y")


def test_a_folder_that_takes_files_is_left_as_it_was(tmp_path):
    ensure_writable(tmp_path / "var")
    assert list((tmp_path / "var").iterdir()) == []


def test_a_file_in_the_folders_place_is_no_folder(tmp_path):
    (tmp_path / "var").touch()
    with pytest.raises(Misconfigured, match="var"):
        ensure_writable(tmp_path / "var")
