"""Figures a text states for certain, to hold against the form, and what is said of those it does not.

Only an exact count of the unit's own whole is taken; a stated sum weighs more than a mere count.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from tasks.intake.forms.check import number_text
from tasks.intake.forms.remarks import called, sentences, takes_back
from tasks.intake.prose.claims import Claim, Passed, claims
from tasks.intake.prose.speaker import Speaker, Whose
from tasks.terms.obligation import Field
from tasks.terms.readings import Finding, Reading

NOBODY = Speaker()


@dataclass
class TextFigures:
    """What was found: values and the words they stand in, and findings that ask about the others."""

    values: dict[str, float] = field(default_factory=dict)
    evidence: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    passed: dict[str, str] = field(default_factory=dict)
    """For a field: which count of the text was not taken, and why."""
    other_years: frozenset[int] = frozenset()
    """The years all its figures are of, where they are all of others."""

    @property
    def remarks(self) -> list[str]:
        """Why counts of the text were not taken, where nothing else was found or asked."""
        return [said for name, said in self.passed.items() if name not in self.values]

    def agreeing(self, other: "TextFigures") -> "TextFigures":
        """Only what another version of the text says, too: the rest is told as an open change."""
        kept = {name: v for name, v in self.values.items() if other.values.get(name) == v}
        findings = [f for f in self.findings if f in other.findings]
        evidence = {name: self.evidence[name] for name in kept}
        return TextFigures(kept, evidence, findings, self.passed, self.other_years)

    def beside(self, table: Reading, fields: tuple[Field, ...]) -> "TextFigures":
        """Together with a table in the text: where the two differ neither is used."""
        for asked in fields:
            stated = (table.values or {}).get(asked.id)
            if stated is not None:
                self._beside(asked, stated, (table.evidence or {}).get(asked.id, "表内"))
        return self

    def _beside(self, asked: Field, stated: float, where: str) -> None:
        said = self.values.get(asked.id)
        if said == stated:
            return
        if said is None:
            if not any(f.code == "CONTRADICTION" and f"“{asked.title}”" in f.text for f in self.findings):
                self.findings = [f for f in self.findings if f"“{asked.title}”" not in f.text]
                self.values[asked.id], self.evidence[asked.id] = stated, where
            return
        both = f"{number_text(said)} 与 {number_text(stated)}"
        apart = f"{self.evidence[asked.id]}与{where} 的“{asked.title}”不一致（{both}）"
        text = f"{apart}，未予采用，请核对后写明以哪个为准"
        self.findings.append(Finding("CONTRADICTION", text, where))
        del self.values[asked.id], self.evidence[asked.id]


def text_figures(text: str, fields: tuple[Field, ...], speaker: Speaker = NOBODY) -> TextFigures:
    """Read the figures of a text from one unit."""
    made: dict[str, list[Claim]] = defaultdict(list)
    passed: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims(text, fields, speaker):
        (passed if claim.passed else made)[claim.field].append(claim)
    found = TextFigures(other_years=frozenset() if made else _years(passed))
    for asked in fields:
        asked_before = len(found.findings)
        _decide(asked, made.get(asked.id, []), found)
        if asked.id not in found.values and len(found.findings) == asked_before:
            found.passed.update(_why_not(asked, made.get(asked.id, []), passed.get(asked.id, [])))
    for sentence in filter(takes_back, sentences(text)):
        _without_corrected(sentence, fields, found)
    return found


def _without_corrected(sentence: str, fields: tuple[Field, ...], found: TextFigures) -> None:
    """Drop what a sentence of the text itself takes back: 文中调解案件25件有误，应为26件."""
    back = called(sentence, fields)
    for asked in fields:
        if asked.id in back and asked.id in found.values:
            said = f"正文说“{sentence[:40]}”"
            text = f"{said}，不能确定“{asked.title}”以哪个数字为准，未予采用，请改正后重新报送"
            found.findings.append(Finding("CONTRADICTION", text, found.evidence[asked.id]))
            del found.values[asked.id], found.evidence[asked.id]


def _decide(asked: Field, made: list[Claim], found: TextFigures) -> None:
    own = [c for c in made if c.whose is Whose.OWN and not c.of_which and not _begins_a_list(c, made)]
    exact = [c for c in own if c.value is not None]
    if _is_maybe_of_the_year(exact):
        return
    wholes = [c for c in exact if c.whole and not c.added]
    if not exact or (not wholes and len(exact) < len(own)):
        vague = next((c for c in own if c.value is None), None)
        found.findings += [_vague(asked, vague)] if vague else []
        return
    if apart := _contradicting(wholes, exact, made) or _less_than_parts(exact, made):
        found.findings.append(_contradiction(asked, *apart))
        return
    if any(c.added for c in exact) and not (wholes and not _added_later(wholes, exact)):
        return  # something came on top: nobody says how much it is together
    kept = wholes or exact
    if len({c.value for c in kept}) == 1 and kept[0].value is not None:
        found.values[asked.id], found.evidence[asked.id] = kept[0].value, kept[0].where


def _years(passed: dict[str, list[Claim]]) -> frozenset[int]:
    """The other years counts of a text are of, where each that was passed over names one."""
    years = [c.year for made in passed.values() for c in made if c.passed is Passed.OTHER_TIME]
    return frozenset(year for year in years if year) if all(years) else frozenset()


def _why_not(asked: Field, made: list[Claim], passed: list[Claim]) -> dict[str, str]:
    """The first count that names a field and was not taken for it."""
    own = [c for c in made if c.whose is Whose.OWN and not c.of_which]
    claim = next(iter([*own, *made, *passed]), None)
    if claim is None:
        return {}
    differing = "等几处的数不同，没有写明合计" if len({c.value for c in own}) > 1 else "只是其中一部分"
    why = claim.passed or ("不是本单位的数" if claim.whose is Whose.OTHER else differing)
    return {asked.id: f"{claim.where}{why}，没有作为“{asked.title}”采用"}


def _begins_a_list(claim: Claim, made: list[Claim]) -> bool:
    """Whether parts follow in its sentence and nothing says it is none: 中心校300户、双河小学120户."""
    parts = (c for c in made if c.whose is Whose.PART and not c.listed and c.sentence == claim.sentence)
    return not claim.whole and not claim.said and any(parts)


def _is_maybe_of_the_year(exact: list[Claim]) -> bool:
    """本月10场，累计52场: unless 累计 is what the others come to, nobody can tell since when it counts."""
    running = [c.value for c in exact if c.running]
    others = [c.value or 0.0 for c in exact if not c.running]
    return bool(others) and any(v not in others and v != sum(others) for v in running)


def _contradicting(wholes: list[Claim], exact: list[Claim], made: list[Claim]) -> tuple[Claim, Claim] | None:
    """Two sums that differ, or a part greater than the whole."""
    for whole in wholes:
        parts = [c for c in made if c.of_which and c.whose is not Whose.OTHER]
        rivals = [c for c in wholes if c.value != whole.value]
        rivals += [c for c in (*exact, *parts) if (c.value or 0) > (whole.value or 0)]
        if rivals:
            return whole, rivals[0]
    return None


def _less_than_parts(exact: list[Claim], made: list[Claim]) -> tuple[Claim, Claim] | None:
    """A count and the greater part its own sentence says is of it."""
    parts = [c for c in made if c.of_which and c.whose is not Whose.OTHER]
    pairs = ((c, p) for c in exact for p in parts if p.sentence == c.sentence)
    return next(((c, p) for c, p in pairs if (p.value or 0) > (c.value or 0)), None)


def _added_later(wholes: list[Claim], exact: list[Claim]) -> bool:
    last = max(exact.index(w) for w in wholes)
    return any(c.added for c in exact[last + 1 :])


def _vague(asked: Field, claim: Claim) -> Finding:
    text = f"{claim.where}没有写明“{asked.title}”的确切数字，未予采用，请核实后写明确切数字"
    return Finding("VAGUE", text, claim.where, asks=True)


def _contradiction(asked: Field, one: Claim, other: Claim) -> Finding:
    both = (
        f"“{one.words}”与“{other.words}”（{number_text(one.value or 0)} 与 {number_text(other.value or 0)}）"
    )
    text = f"正文所写“{asked.title}”前后不一致：{both}，未予采用，请核对后写明以哪个为准"
    return Finding("CONTRADICTION", text, one.where)
