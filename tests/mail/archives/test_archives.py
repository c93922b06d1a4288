"""Archives offices send besides zip: 7z (most Windows packers), tar.gz and gz (Kylin and UOS desktops)."""

import bz2
import gzip
import io
import lzma
import random
import struct
import tarfile
import time
import zlib

import pytest

from tasks.mail.archives import packed, sevenzip
from tasks.mail.contents import inside
from tasks.mail.parse import parse_mail
from tasks.terms.mails import as_file
from tests.mail.letters import attached, mail, text
from tests.mail.seven_zips import SEVEN_ZIPS, SUMMARY, TABLE
from tests.mail.test_parse import utf8_zip

NAME = "德隆镇活动总结.docx"


def came(data: bytes, name: str = "a.bin"):
    return parse_mail(mail(text("见附件"), attached(f'; filename="{name}"'.encode(), data)))


def tar(*members: tuple[str, bytes], style: int = tarfile.GNU_FORMAT, encoding: str = "utf-8") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=style, encoding=encoding) as made:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            info.type = tarfile.DIRTYPE if name.endswith("/") else tarfile.REGTYPE
            made.addfile(info, io.BytesIO(data))
    return out.getvalue()


def special(kind: bytes, name: str = "x", link: str = "/etc/passwd") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as made:
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, link
        made.addfile(info)
    return out.getvalue()


@pytest.mark.parametrize("packing", ["plain", "lzma1", "deflate", "bz", "copy", "bcj", "delta", "exe"])
def test_a_7z_is_opened_whichever_way_it_is_packed(packing):
    found = {m.name: m for m in sevenzip.members("a.7z", SEVEN_ZIPS[packing])}
    assert found["材料/德隆镇活动总结.txt"].data == SUMMARY
    assert found["材料/统计表.csv"].data == TABLE
    assert found["材料/空.txt"].data == b""
    assert all(m.flag is None for m in found.values())


def test_a_7z_on_a_mail_gives_its_files():
    found = came(SEVEN_ZIPS["plain"], "a.7z")
    assert (found.kind, found.flags) == ("submission", ())
    assert {f.filename: f.data for f in found.unpacked}["材料/德隆镇活动总结.txt"] == SUMMARY


def test_a_program_in_a_7z_is_suspicious():
    assert came(SEVEN_ZIPS["exe"], "a.7z").kind == "suspicious"


@pytest.mark.parametrize("packing", ["crypt", "crypthead"])
def test_a_7z_with_a_password_is_told(packing):
    found = came(SEVEN_ZIPS[packing], "a.7z")
    assert found.flags == ("ENCRYPTED",)
    assert "去掉密码" in "".join(found.reasons)


def test_a_7z_packed_by_a_rare_method_is_told_and_no_file_is_passed_over():
    found = came(SEVEN_ZIPS["ppmd"], "a.7z")
    assert "少见的压缩方法" in "".join(found.reasons)
    assert found.flags == ("DAMAGED",)


def test_a_7z_cut_short_or_spoilt_anywhere_is_told_and_never_raises():
    dice = random.Random(7)
    for name, whole in SEVEN_ZIPS.items():
        for _ in range(60):
            data = bytearray(whole)
            for _ in range(dice.randint(1, 4)):
                data[dice.randrange(6, len(data))] = dice.randrange(256)
            _repair_start(data)
            for member in sevenzip.members(name, bytes(data)):
                assert member.flag or member.data in {SUMMARY, TABLE, b""} or member.name.endswith("exe")
    assert [m.flag for m in sevenzip.members("a", SEVEN_ZIPS["plain"][:-20])] == ["DAMAGED"]


def _repair_start(data: bytearray) -> None:
    """Makes the checksums right again, so that what is spoilt is the directory itself."""
    offset, size = struct.unpack_from("<QQ", data, 12)
    if offset + size + 32 <= len(data):
        struct.pack_into("<I", data, 28, zlib.crc32(data[32 + offset : 32 + offset + size]))
    struct.pack_into("<I", data, 8, zlib.crc32(data[12:32]))


def seven(plain: bytes, claimed: int, names: list[str], packed_row: bytes | None = None) -> bytes:
    """A 7z written by hand: one LZMA2 row that claims to be of that size."""

    def number(value: int) -> bytes:
        return b"\xff" + struct.pack("<Q", value)

    row = packed_row
    if row is None:
        row = lzma.compress(plain, lzma.FORMAT_RAW, filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 16}])
    title = b"".join(n.encode("utf-16-le") + b"\0\0" for n in names)
    head = b"\x01\x04\x06" + number(0) + b"\x01\x09" + number(len(row)) + b"\x00"
    head += b"\x07\x0b\x01\x00\x01\x21\x21\x01\x18\x0c" + number(claimed) + b"\x00\x00"
    head += b"\x05" + number(len(names)) + b"\x11" + number(len(title) + 1) + b"\x00" + title + b"\x00\x00"
    where = struct.pack("<QQI", len(row), len(head), zlib.crc32(head))
    return b"7z\xbc\xaf\x27\x1c\x00\x04" + struct.pack("<I", zlib.crc32(where)) + where + row + head


def test_the_hand_written_7z_is_one():
    (found,) = sevenzip.members("a", seven(b"figures", 7, [NAME]))
    assert (found.name, found.data) == (NAME, b"figures")


@pytest.mark.parametrize(
    ("data", "flag"),
    [
        (seven(b"x", 1, ["../../x.docx"]), "HOSTILE"),
        (seven(b"x", 1, ["/etc/x.docx"]), "HOSTILE"),
        (seven(b"x", 1, ["C:\\x.docx"]), "HOSTILE"),
        (seven(b"\0" * 30_000_000, 30_000_000, ["a.txt"]), "HOSTILE"),
        (seven(b"x", 1 << 60, ["a.txt"]), "HOSTILE"),
        (seven(b"x" * 50, 10, ["a.txt", "b.txt"]), "DAMAGED"),
        (seven(b"x", 2, ["a.txt"]), "DAMAGED"),
    ],
    ids=map(str, range(99)),
)
def test_a_hostile_7z_costs_little_and_gives_nothing(data, flag):
    began = time.process_time()
    found = inside(as_file("a.7z", data))
    assert {f.code for f in found.findings} == {flag}
    assert found.files == ()
    assert time.process_time() - began < 1


def test_a_7z_with_more_files_than_any_office_sends_is_not_opened():
    found = inside(as_file("a.7z", seven(b"", 0, ["x"] * 6000)))
    assert [f.code for f in found.findings] == ["HOSTILE"]


@pytest.mark.parametrize("style", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT, tarfile.USTAR_FORMAT])
@pytest.mark.parametrize(
    ("name", "squeeze"),
    [("总结.tar", bytes), ("总结.tar.gz", gzip.compress), ("总结.tgz", gzip.compress),
     ("总结.tar.bz2", bz2.compress), ("总结.tar.xz", lzma.compress)],
)  # fmt: skip
def test_a_tar_is_opened_however_it_is_squeezed(style, name, squeeze):
    data = squeeze(tar((f"材料/{NAME}", b"report"), ("材料/", b""), ("._x", b"mac"), style=style))
    found = came(data, name)
    assert [(f.filename, f.data) for f in found.unpacked] == [(f"材料/{NAME}", b"report")]
    assert (found.kind, found.flags) == ("submission", ())


def test_names_in_a_tar_may_be_gbk():
    made = tar((NAME, b"x"), encoding="gbk")
    assert [f.filename for f in came(gzip.compress(made)).unpacked] == [NAME]


@pytest.mark.parametrize(
    ("name", "squeeze"),
    [(f"{NAME}.gz", gzip.compress), (f"{NAME}.bz2", bz2.compress), (f"{NAME}.xz", lzma.compress)],
)
def test_a_single_squeezed_file_is_unpacked_under_its_name(name, squeeze):
    assert [(f.filename, f.data) for f in came(squeeze(b"report"), name).unpacked] == [(NAME, b"report")]


def test_a_gz_of_several_streams_and_with_padding_is_one_file():
    data = gzip.compress(b"first,") + gzip.compress(b"second") + b"\0" * 20
    assert [f.data for f in came(data, "a.csv.gz").unpacked] == [b"first,second"]


@pytest.mark.parametrize(
    ("data", "flag"),
    [
        (tar(("../x.docx", b"x")), "HOSTILE"),
        (tar(("/etc/cron.d/x", b"x")), "HOSTILE"),
        (special(tarfile.SYMTYPE), "HOSTILE"),
        (special(tarfile.LNKTYPE), "HOSTILE"),
        (special(tarfile.CHRTYPE), "HOSTILE"),
        (special(tarfile.BLKTYPE), "HOSTILE"),
        (special(tarfile.FIFOTYPE), "HOSTILE"),
        (tar(("a.docx", b"x" * 4000))[:2000], "DAMAGED"),
        (gzip.compress(b"\0" * 40_000_000), "HOSTILE"),
        (gzip.compress(gzip.compress(b"\0" * 101 * 1024 * 1024)), "HOSTILE"),
        (bz2.compress(b"\0" * 40_000_000), "HOSTILE"),
        (gzip.compress(b"report" * 99)[:-9], "DAMAGED"),
        (b"\x1f\x8b\x08\x00" + b"0" * 40, "DAMAGED"),
    ],
    ids=map(str, range(99)),
)
def test_a_hostile_or_broken_tar_or_gz_gives_nothing(data, flag):
    found = inside(as_file("a.tar", data))
    assert flag in {f.code for f in found.findings}
    assert all(f.data.startswith(b"\x1f\x8b") for f in found.files)


def test_a_tar_that_claims_more_than_it_holds_is_not_believed():
    made = bytearray(tar(("a.docx", b"x" * 600)))
    made[124:136] = b"77777777777\0"
    made[148:156] = b"%06o\0 " % (sum(made[:148]) + 8 * 32 + sum(made[156:512]))
    assert inside(as_file("a.tar", bytes(made))).files == ()


def test_a_tar_with_more_files_than_any_office_sends_is_told():
    found = inside(as_file("a.tar", tar(*((f"{n}.txt", b"") for n in range(1200)))))
    assert "HOSTILE" in {f.code for f in found.findings}


def test_archives_of_every_kind_nest_only_so_far():
    data = SEVEN_ZIPS["plain"]
    for level in range(8):
        data = gzip.compress(tar((f"{level}.bin", data))) if level % 2 else utf8_zip((f"{level}.gz", data))
    assert "HOSTILE" in came(data, "a.zip").flags


def test_spoilt_archives_of_every_kind_never_raise():
    dice = random.Random(20230404)
    whole = [
        tar((NAME, b"report" * 200)), gzip.compress(tar((NAME, b"report" * 200), style=tarfile.PAX_FORMAT)),
        bz2.compress(tar((NAME, b"x"))), lzma.compress(b"report" * 300), *SEVEN_ZIPS.values(),
    ]  # fmt: skip
    for number in range(400):
        data = bytearray(whole[number % len(whole)])
        for _ in range(dice.randint(1, 8)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        found = inside(as_file("a.bin", bytes(data)))
        assert found.files or found.findings or not packed.may_be(bytes(data)) or not found.opened


@pytest.mark.parametrize(
    "data",
    [
        b"Rar!\x1a\x07\x01\x00" + b"0" * 50,
        SEVEN_ZIPS["crypt"],
        SEVEN_ZIPS["empty"],
        gzip.compress(b"x" * 500)[:-9],
        utf8_zip(),
        utf8_zip(("__MACOSX/._a", b"x")),
        utf8_zip((NAME, b"x" * 999))[:-30],
    ],
    ids=map(str, range(99)),
)
def test_a_mail_whose_only_file_gave_nothing_is_incomplete(data):
    found = came(data, "总结.zip")
    assert found.kind == "incomplete"
    assert found.flags


def test_a_mail_whose_only_file_is_hostile_goes_to_a_person():
    assert came(utf8_zip(("big.txt", b"\0" * 60_000_000)), "a.zip").kind == "needs_person"
    assert came(gzip.compress(special(tarfile.SYMTYPE)), "a.tgz").kind == "needs_person"


def test_a_good_file_beside_one_that_stayed_shut_is_a_submission():
    raw = mail(
        text("见附件"), attached(b"; filename=a.docx"), attached(b"; filename=b.rar", b"Rar!\x1a\x07\x00")
    )
    assert parse_mail(raw).kind == "submission"


def test_an_archive_with_only_an_empty_file_brings_nothing():
    assert came(utf8_zip((NAME, b"")), "a.zip").kind == "incomplete"
