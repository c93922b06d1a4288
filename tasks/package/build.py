"""Build a package: a BagIt folder and the zip of it, whole or not at all, the same bytes every time.

The folder is made beside its final place, every file and folder synced, then renamed; the zip follows the
same way. A kill at any point leaves nothing half done under a final name, and the next build completes.
"""

import hashlib
import zipfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Any

from tasks.package.bagged import bag, durable
from tasks.package.bagged.carry import Copy, Places, carry
from tasks.package.bagged.verify import verify
from tasks.package.bagged.zipping import StoredZip, add_stored
from tasks.package.data import figures_csv, originals_csv, summary, summary_json, units_csv
from tasks.package.documents.gap import cover_letter, gap_statement
from tasks.package.documents.report import summary_report
from tasks.package.dossier import Dossier, ReadOriginal
from tasks.package.figures import Figures, figures
from tasks.package.originals import Placed, placed
from tasks.package.schema import schema_json
from tasks.package.sheets.workbook import summary_workbook
from tasks.package.shrink import Small, shrunk
from tasks.package.words import clean, date_zh, moment_zh
from tasks.terms import times
from tasks.terms.errors import BaosongError

_CHUNK = 1 << 20


class PackageConflict(BaosongError):
    """Another package lies under this number; a package handed up is never overwritten."""


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
    with durable.sole_builder(packages_dir), ExitStack() as while_building:
        folder = while_building.enter_context(durable.scratch(packages_dir))
        photos = shrunk(originals, read_original, folder)
        made = _made(dossier, counted, originals, photos, templates)
        copies = [*map(_original, originals), *map(_photo, photos)]
        tags = bag.tag_files(_entries(made, copies), _info(dossier))
        ours = {**tags, **made}
        for there in (final, archive):
            if there.exists():
                _same(there, tags)

        def put(places: Places) -> None:
            carry(ours, copies, read_original, places)
            while_building.close()  # gone before anything has its name

        sizes = {path: len(data) for path, data in ours.items()} | {c.path: c.size for c in copies}
        zip_digest = _laid(final, archive, sizes, put)
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


def _original(each: Placed) -> Copy:
    return Copy(each.path, each.original.filename, each.original.digest, each.original.size)


def _photo(each: Small) -> Copy:
    return Copy(
        each.path,
        each.original.original.filename,
        _digest_of(each.source),
        each.source.stat().st_size,
        each.source,
    )


def _entries(made: Mapping[str, bytes], copies: list[Copy]) -> Iterator[bag.Entry]:
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
        "Internal-Sender-Description": notice.title
        + (f"（{notice.document_number}）" if notice.document_number else ""),
        "Bagging-Date": day.isoformat(),
        "Bag-Software-Agent": "baosong",
    }
    return {label: clean(value) for label, value in labels.items() if clean(value)}


def _laid(final: Path, archive: Path, sizes: Mapping[str, int], put: Callable[[Places], None]) -> str:
    """Folder and zip where they belong, whichever was not there yet; gives the zip's digest.

    ``put`` writes every file to its places. The digest is worked out while the disk is waited for.
    """
    zipped = StoredZip(archive.stem, dict(sorted(sizes.items(), key=lambda each: each[0].encode())))
    missing = [path for path in (final, archive) if not path.exists()]
    together = [path for path in missing if path != archive or zipped.possible]
    synced: set[Path] = set()
    with ThreadPoolExecutor(1) as aside, durable.staged_together(together, synced) as temporaries:
        at = dict(zip(together, temporaries, strict=True))
        if archive in at:
            with at[archive].open("xb") as out:
                zipped.open(out.fileno())
                put(Places(at.get(final), zipped, synced))
            digest = aside.submit(_digest_in, at[archive].open("rb"))
        elif final in at:
            put(Places(at[final], None, synced))
    if archive in at:
        return digest.result()
    if archive in missing:
        _zip(final, archive)
    return _digest_of(archive)


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


def _zip(folder: Path, archive: Path) -> None:
    """Zip a folder one file after the other, for what is too large to be laid out beforehand."""
    paths = sorted((p for p in folder.rglob("*") if p.is_file()), key=lambda p: p.as_posix().encode())
    with durable.staged(archive) as temporary, zipfile.ZipFile(temporary, "x", zipfile.ZIP_STORED) as out:
        for path in paths:
            add_stored(out, path, f"{archive.stem}/{path.relative_to(folder).as_posix()}")


def _digest_of(path: Path) -> str:
    return _digest_in(path.open("rb"))


def _digest_in(opened: BufferedReader) -> str:
    with opened as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
