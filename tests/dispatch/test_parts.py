import io
import random
import zipfile
from dataclasses import replace

import pytest

from tasks.dispatch.parts import plan, zipped
from tasks.package.bagged.verify import verify
from tasks.package.build import build_package
from tasks.terms.errors import NeedsPerson
from tests.package import factory


def large(tmp_path, *sizes):
    dossier, store = factory.haikou()
    files = {
        n: (store.add(f"材料{n}.pdf", random.Random(n).randbytes(size)),) for n, size in enumerate(sizes)
    }
    standings = tuple(s for s in dossier.standings if s.submission in files or s.submission is None)
    kept = replace(
        dossier,
        standings=standings,
        tallies=factory.tallies(dossier.campaign, standings, {t.obligation: t.due for t in dossier.tallies}),
        files=files,
    )
    return build_package(kept, store.read, tmp_path / "packages")


def test_a_package_that_fits_goes_whole(tmp_path):
    built = large(tmp_path, 50_000)
    (only,) = plan(built.path, 10)
    assert only.whole
    assert only.filename(built.name) == f"{built.name}.zip"
    assert zipped(built.path, only)  # the rule for parts packs it too


def test_every_part_fits_its_mail_and_together_they_are_the_package(tmp_path):
    built = large(tmp_path, 900_000, 900_000, 900_000)
    parts = plan(built.path, 2)
    assert [p.number for p in parts] == list(range(1, len(parts) + 1))
    assert {p.of for p in parts} == {len(parts)} != {1}
    for part in parts:
        data = zipped(built.path, part)
        assert len(data) * 1.37 + 100_000 <= 2_000_000
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            archive.extractall(tmp_path / "joined")
    assert verify(tmp_path / "joined" / built.name) == []


def test_the_first_part_holds_what_a_reader_opens_first(tmp_path):
    built = large(tmp_path, 900_000, 900_000, 900_000)
    first = plan(built.path, 2)[0]
    assert {"bagit.txt", "manifest-sha256.txt", "data/总结报告.docx", "data/数据/figures.csv"} <= set(
        first.paths
    )


def test_the_same_package_is_always_cut_the_same_way(tmp_path):
    built = large(tmp_path, 900_000, 900_000)
    parts = plan(built.path, 2)
    assert plan(built.path, 2) == parts
    assert zipped(built.path, parts[0]) == zipped(built.path, parts[0])


def test_one_file_beyond_the_limit_needs_a_person(tmp_path):
    built = large(tmp_path, 3_000_000)
    with pytest.raises(NeedsPerson, match=r"材料0\.pdf"):
        plan(built.path, 2)


def test_a_large_package_is_not_mailed_to_a_mailbox_nobody_knows(tmp_path):
    built = large(tmp_path, 12_000_000, 12_000_000)
    with pytest.raises(NeedsPerson, match="size_limit_mb"):
        plan(built.path, None)
