"""Build a package: a BagIt folder and the zip of it, whole or not at all, the same bytes every time.

The folder is made beside its final place, every file and folder synced, then renamed; the zip follows the
same way. A kill at any point leaves nothing half done under a final name, and the next build completes.
"""

import hashlib
import zipfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Any, BinaryIO

from tasks.package import bag, durable
from tasks.package.data import figures_csv, originals_csv, summary, summary_json, units_csv
from tasks.package.dossier import Dossier, ReadOriginal
from tasks.package.figures import Figures, figures
from tasks.package.gap import cover_letter, gap_statement
from tasks.package.originals import Placed, placed
from tasks.package.report import summary_report
from tasks.package.schema import schema_json
from tasks.package.shrink import Small, shrunk
from tasks.package.verify import verify
from tasks.package.words import clean, date_zh, moment_zh
from tasks.package.workbook import summary_workbook
from tasks.package.zipping import add_stored
from tasks.terms import times
from tasks.terms.errors import BaosongError

_CHUNK = 1 << 20


class PackageConflict(BaosongError):
    """Another package lies under this number; a package handed up is never overwritten."""


class OriginalChanged(BaosongError):
    """An original is not what the ledger recorded; nothing is handed up under its name."""


@dataclass(frozen=True, slots=True)
class BuiltPackage:
    """A package as it lies on disk.

    Attributes:
        name: ``<campaign>-第01号``, also of the folder ``path``; ``zip_path`` is the zip beside it.
        digest: the package's fingerprint: SHA-256 of its manifest, which fixes every payload byte.
        zip_digest: SHA-256 of the zip file.
        files: every file of the bag, sorted, relative to ``path``.
        summary: what the package says (``summary.json``).
    """

    name: str
    path: Path
    zip_path: Path
    digest: str
    zip_digest: str
    files: tuple[str, ...]
    summary: dict[str, Any]


def build_package(
    dossier: Dossier, read_original: ReadOriginal, packages_dir: Path, *, templates: Path | None = None
) -> BuiltPackage:
    """Build the dossier's package below ``packages_dir``, or return it when it already lies there.

    The files ``report/*.docx`` of the folder ``templates`` stand in for the product's own.

    Raises:
        PackageConflict: another package, or a damaged one, lies there under the same number.
        OriginalChanged: an original's bytes do not have the digest the dossier gives.
    """
    counted = figures(dossier)
    originals = placed(dossier)
    final = packages_dir / dossier.name
    archive = packages_dir / f"{dossier.name}.zip"
    with durable.sole_builder(packages_dir):
        with durable.scratch(packages_dir) as folder:
            photos = shrunk(originals, read_original, folder)
            made = _made(dossier, counted, originals, photos, templates)
            copies = [*map(_original, originals), *map(_photo, photos)]
            tags = bag.tag_files(_entries(made, copies), _info(dossier))
            _make_folder(final, {**tags, **made}, tags, copies, read_original)
        zip_digest = _make_archive(archive, final, tags)
    return BuiltPackage(
        name=dossier.name,
        path=final,
        zip_path=archive,
        digest=hashlib.sha256(tags[bag.MANIFEST]).hexdigest(),
        zip_digest=zip_digest,
        files=tuple(sorted((*tags, *made, *(c.path for c in copies)), key=str.encode)),
        summary=summary(dossier, counted),
    )


def _made(
    dossier: Dossier,
    counted: tuple[Figures, ...],
    originals: tuple[Placed, ...],
    photos: list[Small],
    templates: Path | None,
) -> dict[str, bytes]:
    """Every file this office writes itself, by its path."""
    small = {p.original.path: p.path for p in photos}
    return {
        "data/汇总表.xlsx": summary_workbook(dossier, counted),
        "data/总结报告.docx": summary_report(dossier, counted, templates=templates),
        "data/缺报说明.docx": gap_statement(dossier, counted, templates=templates),
        "data/呈报函.docx": cover_letter(dossier, templates=templates),
        "data/数据/summary.json": summary_json(dossier, counted),
        "data/数据/units.csv": units_csv(dossier),
        "data/数据/figures.csv": figures_csv(dossier, originals),
        "data/数据/originals.csv": originals_csv(dossier, originals, small),
        "data/数据/datapackage.json": schema_json(dossier),
    }


@dataclass(frozen=True, slots=True)
class _Copy:
    """A file the package takes over as it is: an original from the store, or a photo's smaller copy."""

    path: str
    name: str
    digest: str
    size: int
    source: Path | None = None


def _original(each: Placed) -> _Copy:
    return _Copy(each.path, each.original.filename, each.original.digest, each.original.size)


def _photo(each: Small) -> _Copy:
    return _Copy(
        each.path,
        each.original.original.filename,
        _digest_of(each.source),
        each.source.stat().st_size,
        each.source,
    )


def _entries(made: Mapping[str, bytes], copies: list[_Copy]) -> Iterator[bag.Entry]:
    for path, data in made.items():
        yield bag.Entry(path, hashlib.sha256(data).hexdigest(), len(data))
    for each in copies:
        yield bag.Entry(each.path, each.digest, each.size)


def _info(dossier: Dossier) -> dict[str, str]:
    """bag-info.txt; a label whose value the notice leaves open is left out."""
    notice = dossier.campaign.notice
    day = times.local(dossier.as_of).date()
    labels = {
        "Source-Organization": notice.issuer,
        "Contact-Name": notice.contact.name,
        "Contact-Phone": "" if notice.contact.phone == "unknown" else notice.contact.phone,
        "External-Description": f"{dossier.campaign.title}汇总件第{dossier.number}号，"
        f"数据截至{moment_zh(dossier.as_of)}，{date_zh(day)}编制",
        "External-Identifier": dossier.name,
        "Internal-Sender-Identifier": dossier.campaign.id,
        "Internal-Sender-Description": f"{notice.title}（{notice.document_number}）",
        "Bagging-Date": day.isoformat(),
        "Bag-Software-Agent": "baosong",
    }
    return {label: clean(value) for label, value in labels.items() if clean(value)}


def _make_folder(
    final: Path,
    made: Mapping[str, bytes],
    tags: Mapping[str, bytes],
    copies: list[_Copy],
    read_original: ReadOriginal,
) -> None:
    if final.exists():
        _same(final, tags)
        return
    with durable.staged(final) as folder:
        for path, data in made.items():
            _room(folder / path)
            durable.write(folder / path, data)
        for each in copies:
            _room(folder / each.path)
        durable.each_of(copies, lambda each: _copy(each, read_original, folder / each.path))


def _make_archive(archive: Path, folder: Path, tags: Mapping[str, bytes]) -> str:
    """The zip of the folder; gives its digest, which is worked out while the disk is waited for."""
    if archive.exists():
        _same(archive, tags)
        return _digest_of(archive)
    with ThreadPoolExecutor(1) as aside, durable.staged(archive) as temporary:
        with temporary.open("xb") as out:
            _zip(folder, out, archive.stem)
        written = temporary.open("rb")
        digest = aside.submit(_digest_in, written)
    return digest.result()


def _same(path: Path, tags: Mapping[str, bytes]) -> None:
    """Let a package stand that is byte for byte the one being built; refuse any other."""
    faults = verify(path)
    if faults:
        raise PackageConflict(
            f"{path.name}已存在，但校验不符（{faults[0]}）；未作任何改动，请查明原因，将其移走后重新编制。"
        )
    if _tag_manifest(path) != tags[bag.TAG_MANIFEST]:
        raise PackageConflict(
            f"{path.name}已存在且内容不同；已编号的汇总件不得覆盖，请按补报件另编号，或将其移走后重新编制。"
        )


def _tag_manifest(path: Path) -> bytes:
    if path.is_dir():
        return (path / bag.TAG_MANIFEST).read_bytes()
    with zipfile.ZipFile(path) as archive:
        return archive.read(f"{path.stem}/{bag.TAG_MANIFEST}")


def _room(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)


def _copy(each: _Copy, read_original: ReadOriginal, target: Path) -> None:
    source = each.source or read_original(each.digest)
    with target.open("xb") as out:
        found = _write_bytes(source, out) if isinstance(source, bytes) else _write_file(source, out)
    if found != each.digest:
        raise OriginalChanged(
            f"原件“{clean(each.name)}”与台账记录不符（SHA-256 {each.digest[:12]}…），"
            "汇总件未编成；请检查原件库。"
        )


def _write_bytes(data: bytes, out: BinaryIO) -> str:
    out.write(data)
    return hashlib.sha256(data).hexdigest()


def _write_file(source: Path, out: BinaryIO) -> str:
    digest = hashlib.sha256()
    with source.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            out.write(chunk)
    return digest.hexdigest()


def _zip(folder: Path, out: BinaryIO, root: str) -> None:
    """Zip a folder: stored, sorted, one fixed time, so the same folder is always the same zip."""
    paths = sorted((p for p in folder.rglob("*") if p.is_file()), key=lambda p: p.as_posix().encode())
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for path in paths:
            add_stored(archive, path, f"{root}/{path.relative_to(folder).as_posix()}")


def _digest_of(path: Path) -> str:
    return _digest_in(path.open("rb"))


def _digest_in(opened: BufferedReader) -> str:
    with opened as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
