import io
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from tasks.package import build, shrink
from tasks.package.bagged.verify import verify
from tasks.package.build import build_package
from tests.package import factory

ROOT = Path(__file__).parents[2]


def photo(width=2400, height=1600, kind="JPEG", seed=1, **options):
    noise = np.random.default_rng(seed).integers(0, 255, (height // 8, width // 8, 3), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(noise).resize((width, height), Image.Resampling.BICUBIC).save(out, kind, **options)
    return out.getvalue()


def with_files(**named):
    dossier, store = factory.haikou()
    files = tuple(store.add(name, data) for name, data in named.items())
    return replace(dossier, files={0: files}), store


def test_a_large_photo_lies_small_beside_its_untouched_original(tmp_path):
    data = photo()
    dossier, store = with_files(**{"现场 照片.JPG": data})
    built = build_package(dossier, store.read, tmp_path)
    folder = built.path / "data"
    assert (folder / "原件/460105_秀英区民政局/现场 照片.JPG").read_bytes() == data
    small = folder / "照片缩小图/460105_秀英区民政局/现场 照片.jpg"
    with Image.open(small) as image:
        assert image.size == (1280, 853)
    assert small.stat().st_size < len(data) / 2
    assert verify(built.path) == []
    assert "照片缩小图/460105_秀英区民政局/现场 照片.jpg" in (folder / "数据/originals.csv").read_text(
        "utf-8-sig"
    )


def test_where_a_household_was_photographed_does_not_travel_in_the_small_copy(tmp_path):
    exif = Image.Exif()
    exif[0x010E] = "住址"
    exif[0x0112] = 6  # turned by 90 degrees
    dossier, store = with_files(**{"a.jpg": photo(exif=exif)})
    built = build_package(dossier, store.read, tmp_path)
    with Image.open(next((built.path / "data/照片缩小图").rglob("*.jpg"))) as image:
        assert not image.getexif()
        assert image.size == (853, 1280)


def test_a_small_photo_and_what_only_calls_itself_one_have_no_copy_and_break_nothing(tmp_path):
    bad = b"\xff\xd8\xff\xe0" + bytes(300_000)
    dossier, store = with_files(**{"小.jpg": photo(200, 150), "坏.jpg": bad, "好.png": photo(kind="PNG")})
    built = build_package(dossier, store.read, tmp_path)
    assert [p.name for p in (built.path / "data/照片缩小图").rglob("*.jpg")] == ["好.jpg"]
    assert verify(built.path) == []


def test_a_photo_that_kills_its_decoder_costs_only_its_own_copy(tmp_path, monkeypatch):
    dossier, store = with_files(**{f"{n}.jpg": photo(seed=n) for n in range(3)})
    killer = dossier.files[0][1].digest
    started = shrink._START.replace(
        "serve()",
        "import os, tasks.package.shrink as s; real = s._shrink_one;"
        f" s._shrink_one = lambda a, b: os.abort() if '{killer}' in str(a) else real(a, b); serve()",
    )
    monkeypatch.setattr(shrink, "_START", started)
    built = build_package(dossier, store.read, tmp_path)
    assert sorted(p.name for p in (built.path / "data/照片缩小图").rglob("*.jpg")) == ["0.jpg", "2.jpg"]


def test_two_photos_of_one_name_but_for_the_suffix_both_have_a_copy(tmp_path):
    dossier, store = with_files(**{"a.jpg": photo(seed=1), "a.png": photo(kind="PNG", seed=2)})
    built = build_package(dossier, store.read, tmp_path)
    names = sorted(p.name for p in (built.path / "data/照片缩小图").rglob("*.jpg"))
    assert names == ["a(2).jpg", "a.jpg"]


BUILD = """
import sys, pathlib
from tests.package.test_shrink import photo, with_files
from tasks.package.build import build_package
dossier, store = with_files(**{"照片.jpg": photo(), "图.png": photo(kind="PNG", seed=3)})
print(build_package(dossier, store.read, pathlib.Path(sys.argv[1])).zip_digest)
"""


def test_hash_seed_time_zone_locale_mask_and_working_folder_leave_no_trace(tmp_path):
    def digest(name, seed, zone, locale, mask):
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PYTHONPATH": str(ROOT)}
        env |= {"TMPDIR": str(tmp_path), "HOME": str(tmp_path)}
        command = [sys.executable, "-c", BUILD, str(tmp_path / name)]
        done = subprocess.run(
            command, env=env, cwd=tmp_path, check=True, capture_output=True, text=True, umask=mask
        )
        return done.stdout.strip()

    here = digest("a", "1", "Asia/Shanghai", "C.UTF-8", 0o022)
    there = digest("b", "99", "America/St_Johns", "POSIX", 0o077)
    assert len(here) == 64
    assert here == there


def test_what_a_killed_build_left_of_its_photos_goes_with_the_next_build(tmp_path, monkeypatch):
    dossier, store = with_files(**{"a.jpg": photo()})
    seen = []

    def watched(originals, read_original, folder):
        seen.append(folder)
        return shrink.shrunk(originals, read_original, folder)

    monkeypatch.setattr(build, "shrunk", watched)
    (tmp_path / ".building-of-one-who-died").mkdir()
    (tmp_path / ".building-of-one-who-died" / "a.jpg").write_bytes(b"half")
    build_package(dossier, store.read, tmp_path)
    assert [(folder.parent, folder.name.startswith(".building-")) for folder in seen] == [(tmp_path, True)]
    assert not list(tmp_path.glob(".building-*"))
