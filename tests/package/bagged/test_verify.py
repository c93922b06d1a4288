import io
import os
import random
import shutil
import stat
import struct
import zipfile

import bagit
import pytest

from tasks.package.bagged.bag import manifest
from tasks.package.bagged.holdings import Unreadable, opened
from tasks.package.bagged.verify import verify
from tasks.package.build import build_package
from tests.package import factory


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    dossier, store = factory.haikou()
    return build_package(dossier, store.read, tmp_path_factory.mktemp("packages"))


@pytest.fixture
def copy(built, tmp_path):
    return shutil.copytree(built.path, tmp_path / built.name)


def test_a_sound_package_has_no_faults(built):
    assert verify(built.path) == verify(built.zip_path) == []


def test_one_flipped_byte_in_any_file_names_the_file(built, copy):
    for path in built.files:
        target = copy / path
        sound = target.read_bytes()
        for place in {0, len(sound) // 2, len(sound) - 1}:
            changed = bytearray(sound)
            changed[place] ^= 0x20
            target.write_bytes(changed)
            assert path in "\n".join(verify(copy)), (path, place)
        target.write_bytes(sound)
    assert verify(copy) == []


def test_no_byte_of_the_tag_manifest_can_change_unseen(copy):
    target = copy / "tagmanifest-sha256.txt"
    sound = target.read_bytes()
    for place in range(len(sound)):
        for flip in (0x01, 0x20, 0x80):
            target.write_bytes(sound[:place] + bytes([sound[place] ^ flip]) + sound[place + 1 :])
            assert "tagmanifest-sha256.txt" in "\n".join(verify(copy)), (place, flip)


def test_missing_and_added_files_are_named_one_a_line(copy):
    (copy / "data/总结报告.docx").unlink()
    (copy / "data/私货.txt").write_text("x")
    (copy / "顶层.txt").write_text("x")
    faults = verify(copy)
    assert "缺少文件：data/总结报告.docx" in faults
    assert "多出文件：data/私货.txt" in faults
    assert "多出文件：顶层.txt" in faults


@pytest.mark.parametrize(
    "tag", ["bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"]
)
def test_every_tag_file_has_to_be_there(copy, tag):
    (copy / tag).unlink()
    assert f"缺少文件：{tag}" in verify(copy)


def test_the_independent_library_agrees_on_what_is_sound_and_what_is_not(built, copy):
    for path in built.files:
        if path == "tagmanifest-sha256.txt":
            continue  # the library passes over lines of it that it cannot read
        target = copy / path
        sound = target.read_bytes()
        target.write_bytes(sound + b"x")
        with pytest.raises(bagit.BagError):
            bagit.Bag(str(copy)).validate()
        assert verify(copy)
        target.write_bytes(sound)
    bagit.Bag(str(copy)).validate()


def test_what_is_no_package_is_said_to_be_none(tmp_path):
    (tmp_path / "空").mkdir()
    (tmp_path / "文本.zip").write_text("不是压缩包")
    assert verify(tmp_path / "空") == ["不是汇总件：没有 bagit.txt 和 manifest-sha256.txt"]
    assert "不是汇总件文件夹" in verify(tmp_path / "文本.zip")[0]
    assert "不是汇总件文件夹" in verify(tmp_path / "没有")[0]


def test_a_listed_path_outside_the_package_is_named_and_never_opened(copy, tmp_path, monkeypatch):
    (tmp_path / "secret").write_text("x")
    listed = (copy / "manifest-sha256.txt").read_text()
    outside = ["data/../../secret", "/etc/passwd", "data/../bagit.txt", "bagit.txt", "C:/x"]
    lines = "".join(f"{'0' * 64}  {path}\n" for path in outside)
    (copy / "manifest-sha256.txt").write_text(listed + lines)
    opened = []
    real = os.open
    monkeypatch.setattr(os, "open", lambda path, *a, **k: opened.append(str(path)) or real(path, *a, **k))
    faults = verify(copy)
    for path in outside:
        assert f"清单所列路径越出 data 之外：{path}" in faults
    assert opened
    assert not any(".." in path or path.startswith("/etc") for path in opened)


def test_links_and_devices_are_not_followed(copy, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("x")
    (copy / "data/链接.txt").symlink_to(secret)
    (copy / "data/目录").symlink_to(tmp_path)
    os.mkfifo(copy / "data/管道")
    faults = verify(copy)
    for name in ("链接.txt", "目录", "管道"):
        assert f"不是普通文件（链接或设备）：data/{name}" in faults


def test_a_file_swapped_for_a_link_to_the_same_content_is_a_fault(copy, tmp_path):
    target = copy / "data/总结报告.docx"
    target.rename(tmp_path / "moved")
    target.symlink_to(tmp_path / "moved")
    assert "不是普通文件（链接或设备）：data/总结报告.docx" in verify(copy)


def test_a_link_put_in_after_the_listing_is_not_followed_either(copy, tmp_path):
    target = copy / "data/总结报告.docx"
    with opened(copy) as holdings:
        target.rename(tmp_path / "moved")
        target.symlink_to(tmp_path / "moved")
        with pytest.raises(Unreadable):
            holdings.digest("data/总结报告.docx")


def zipped(tmp_path, members):
    path = tmp_path / "p.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, data in members:
            archive.writestr(info, data)
    return path


def members_of(built):
    with zipfile.ZipFile(built.zip_path) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def test_a_package_zipped_again_by_another_program_is_still_sound(built, tmp_path):
    assert verify(zipped(tmp_path, members_of(built))) == []
    bare = [(name.partition("/")[2], data) for name, data in members_of(built)]
    assert verify(zipped(tmp_path, bare)) == []


def test_members_that_would_leave_the_folder_are_named(built, tmp_path):
    evil = [("../evil.txt", b""), ("/abs.txt", b""), (f"{built.name}/../../x", b""), ("other/y.txt", b"")]
    faults = "\n".join(verify(zipped(tmp_path, members_of(built) + evil)))
    for name, _ in evil:
        assert name in faults


def test_links_and_doubles_in_a_zip_are_named(built, tmp_path):
    link = zipfile.ZipInfo(f"{built.name}/data/链接")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    twice = members_of(built)[0]
    with pytest.warns(UserWarning, match="Duplicate"):
        path = zipped(tmp_path, [*members_of(built), (link, b"/etc/passwd"), twice])
    faults = "\n".join(verify(path))
    assert "不是普通文件（链接或设备）：data/链接" in faults
    assert "压缩包内重名：" in faults


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("p/bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
        archive.writestr("p/manifest-sha256.txt", manifest({"data/x": "0" * 64}))
        with archive.open("p/data/x", "w") as member:
            for _ in range(300):
                member.write(bytes(1 << 20))
    path = tmp_path / "bomb.zip"
    path.write_bytes(out.getvalue())
    assert "疑为压缩炸弹" in verify(path)[0]


def test_a_member_that_lies_about_its_size_is_read_no_further(built, tmp_path):
    path = zipped(tmp_path, [*members_of(built)[:-1], (members_of(built)[-1][0], bytes(50_000_000))])
    data = bytearray(path.read_bytes())
    entry = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, entry + 24, 10)
    path.write_bytes(data)
    assert members_of(built)[-1][0].partition("/")[2] in "\n".join(verify(path))


def test_whatever_is_changed_in_a_zip_it_is_found(built, tmp_path):
    sound = built.zip_path.read_bytes()
    path, dice = tmp_path / "flipped.zip", random.Random(1)
    tail = len(sound) - 3000
    places = [dice.randrange(len(sound)) for _ in range(60)] + [
        dice.randrange(tail, len(sound)) for _ in range(240)
    ]
    for place in places:
        data = bytearray(sound)
        data[place] ^= 1 << dice.randrange(8)
        path.write_bytes(data)
        assert verify(path), place


def test_a_head_that_was_changed_is_named_by_its_member(built, tmp_path):
    with zipfile.ZipFile(built.zip_path) as archive:
        chosen = next(i for i in archive.infolist() if i.filename.endswith("总结报告.docx"))
    data = bytearray(built.zip_path.read_bytes())
    data[chosen.header_offset + 10] ^= 1  # the time of day, which no program checks
    path = tmp_path / built.zip_path.name
    path.write_bytes(data)
    assert verify(path) == [f"压缩包内的文件头或目录已改动：{chosen.filename}"]
    path.write_bytes(built.zip_path.read_bytes() + b"\0")
    assert verify(path) == [f"压缩包内的文件头或目录已改动：{path.name}"]


def test_one_part_of_several_says_what_to_do_with_it(tmp_path):
    path = tmp_path / "p-第01号.第2卷共3卷.zip"
    path.write_bytes(b"PK")
    (said,) = verify(path)
    assert "第2卷（共3卷）" in said
    assert "同一文件夹" in said


def test_a_zip_cut_short_is_no_package(built, tmp_path):
    path = tmp_path / "cut.zip"
    path.write_bytes(built.zip_path.read_bytes()[:-500])
    assert verify(path)


def test_an_encrypted_or_strangely_packed_member_is_a_fault_and_no_crash(built, tmp_path):
    data = bytearray(built.zip_path.read_bytes())
    first = data.find(b"PK\x01\x02")
    for offset, value in ((8, 0x0801), (10, 99)):
        changed = bytearray(data)
        struct.pack_into("<H", changed, first + offset, value)
        path = tmp_path / f"{offset}.zip"
        path.write_bytes(changed)
        assert verify(path)
