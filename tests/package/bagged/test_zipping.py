import io
import random
import zipfile
import zlib

import pytest

from tasks.package.bagged import zipping
from tasks.package.bagged.zipping import StoredZip, add_stored, altered

FILES = {
    "a.txt": b"1" * 70_000,
    "data/原件/空.txt": b"",
    "data/汇总表.xlsx": bytes(range(256)),
    "z%.csv": b"\xef",
}


def one_after_another(folder, name):
    """The zip as the standard library writes it."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        for path, data in FILES.items():
            (folder / "one").write_bytes(data)
            add_stored(archive, folder / "one", f"{name}/{path}")
    return whole.getvalue()


def laid_out(folder, name, dice):
    """The zip written in pieces, in any order."""
    made = StoredZip(name, {path: len(data) for path, data in FILES.items()})
    pieces = [
        (path, at, data[at : at + 999]) for path, data in FILES.items() for at in range(0, len(data), 999)
    ]
    dice.shuffle(pieces)
    with (folder / f"{name}.zip").open("xb") as out:
        made.open(out.fileno())
        for path, at, piece in pieces:
            made.put(path, at, piece)
        for path, data in FILES.items():
            made.check(path, zlib.crc32(data))
        made.finish()
    return folder / f"{name}.zip"


@pytest.mark.parametrize("name", ["demo-第01号", "plain"])
def test_a_zip_written_in_any_order_is_the_zip_the_standard_library_writes(tmp_path, name):
    path = laid_out(tmp_path, name, random.Random(6))
    assert path.read_bytes() == one_after_another(tmp_path, name)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert altered(path, archive.infolist()) == []


def test_a_write_the_disk_takes_in_two_goes_loses_nothing(tmp_path, monkeypatch):
    real = zipping.os.pwrite
    monkeypatch.setattr(
        zipping.os, "pwrite", lambda file, data, at: real(file, data[: len(data) // 2 + 1], at)
    )
    path = laid_out(tmp_path, "demo", random.Random(6))
    assert path.read_bytes() == one_after_another(tmp_path, "demo")


def test_what_needs_records_of_another_form_is_not_laid_out_beforehand():
    assert StoredZip("demo", {"a": 1 << 30}).possible
    assert not StoredZip("demo", {"a": 1 << 30, "b": 1 << 30}).possible
    assert not StoredZip("demo", {str(n): 1 for n in range(65_536)}).possible
