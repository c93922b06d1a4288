"""Where each original lies in the package: 原件/<code>_<unit>/<file>, under names that are safe."""

from dataclasses import dataclass

from tasks.package.dossier import COUNTED, Dossier, Original
from tasks.package.names import safe_name, without_collisions

FOLDER = "data/原件"


@dataclass(frozen=True, slots=True)
class Placed:
    """One original and its path from the package's root."""

    path: str
    reporter: str
    original: Original


def placed(dossier: Dossier) -> tuple[Placed, ...]:
    """Every original of an accepted version, once per reporter, in roster order.

    What was returned or still waits for a decision is not vouched for and stays behind; the workbook and
    the gap statement name it. A supplement carries only what changed since the package before it.
    """
    found: dict[str, dict[tuple[str, str], Original]] = {}
    for obligation in dossier.campaign.obligations:
        for standing in dossier.of(obligation):
            if standing.state in COUNTED and standing.submission is not None and dossier.changed(standing):
                mine = found.setdefault(standing.reporter, {})
                for each in dossier.files.get(standing.submission, ()):
                    mine.setdefault((each.digest, safe_name(each.filename)), each)
    folders = without_collisions(_folder(dossier, code) for code in found)
    return tuple(
        Placed(f"{FOLDER}/{folder}/{name}", reporter, original)
        for folder, (reporter, files) in zip(folders, found.items(), strict=True)
        for name, original in zip(without_collisions(n for _, n in files), files.values(), strict=True)
    )


def _folder(dossier: Dossier, code: str) -> str:
    return safe_name(f"{safe_name(code)}_{safe_name(dossier.unit_name(code))}")
