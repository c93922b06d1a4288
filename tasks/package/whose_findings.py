"""Whose findings: in a form that speaks for many units a finding on one unit's cell is that unit's alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tasks.package.dossier import Dossier
from tasks.terms.readings import FINDING_ZH
from tasks.terms.standings import Standing


@dataclass(slots=True)
class _Form:
    """One form's findings: codes on a unit's own cell, by unit, and codes nobody's cell is named with."""

    of_unit: dict[str, set[str]] = field(default_factory=dict)
    located: set[str] = field(default_factory=set)
    of_all: set[str] = field(default_factory=set)


class WhoseFindings:
    """The findings of each unit, as short Chinese names; worked out once for each form."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self._forms: dict[int, _Form] = {}

    def __call__(self, standing: Standing) -> str:
        """Names joined with 、; what is only on another unit's cell of the same form is left out."""
        return "、".join(FINDING_ZH.get(code, code) for code in self._codes(standing))

    def _codes(self, standing: Standing) -> Iterator[str]:
        version = standing.submission or 0
        if version not in self._dossier.remarks:
            return iter(standing.findings)  # most forms: nothing is kept of 41,000
        if version not in self._forms:
            self._forms[version] = self._form(version)
        form = self._forms[version]
        others = form.located - form.of_all - form.of_unit.get(standing.unit, set())
        return (code for code in standing.findings if code not in others)

    def _form(self, version: int) -> _Form:
        form, remarks = _Form(), self._dossier.remarks[version]
        owners = _owners(self._dossier.evidence.get(version, {}).items())
        for remark in remarks:
            whose = owners.get(remark.where, set())
            (form.located if whose else form.of_all).add(remark.code)
            for unit in whose:
                form.of_unit.setdefault(unit, set()).add(remark.code)
        return form


def _owners(evidence: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Sheet and cell → the units whose figure stands there. A file's and a sheet's name may hold blanks."""
    owners: dict[str, set[str]] = {}
    for key, place in evidence:
        unit, shared, _ = key.partition("/")
        words = place.split(" ") if shared else []
        for start in range(len(words)):
            owners.setdefault(" ".join(words[start:]), set()).add(unit)
    return owners
