"""Where each original lies in the package: 原件/<code>_<unit>/<file>, under names that are safe."""

from collections.abc import Iterator
from dataclasses import dataclass

from tasks.package.dossier import COUNTED, Dossier, Original
from tasks.package.names import safe_name, without_collisions

FOLDER = "data/原件"
_KNOWN = "_placed"  # kept with the dossier it belongs to, as its cached properties are


@dataclass(frozen=True, slots=True)
class Placed:
    """One original and its path from the package's root."""

    path: str
    reporter: str
    original: Original


def placed(dossier: Dossier) -> tuple[Placed, ...]:
    """Every original of an accepted version, once per reporter, in roster order; worked out once a dossier.

    What was returned or still waits for a decision is not vouched for and stays behind; the workbook and
    the gap statement name it. A supplement carries only what changed since the package before it.
    """
    known: tuple[Placed, ...] | None = vars(dossier).get(_KNOWN)
    if known is None:
        known = vars(dossier)[_KNOWN] = tuple(_placed(dossier))
    return known


def _placed(dossier: Dossier) -> Iterator[Placed]:
    found: dict[str, dict[tuple[str, str], Original]] = {}
    for obligation in dossier.campaign.obligations:
        for standing in dossier.of(obligation):
            if standing.state in COUNTED and standing.submission is not None and dossier.changed(standing):
                mine = found.setdefault(standing.reporter, {})
                for each in dossier.files.get(standing.submission, ()):
                    mine.setdefault((each.digest, safe_name(each.filename)), each)
    folders = without_collisions(_folder(dossier, code) for code in found)
    for folder, (reporter, files) in zip(folders, found.items(), strict=True):
        names = without_collisions(n for _, n in files)
        for name, original in zip(names, files.values(), strict=True):
            yield Placed(f"{FOLDER}/{folder}/{name}", reporter, original)


def _folder(dossier: Dossier, code: str) -> str:
    return safe_name(f"{safe_name(code)}_{safe_name(dossier.unit_name(code))}")
