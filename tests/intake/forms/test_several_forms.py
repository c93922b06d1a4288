"""A town sends a form for each of its villages in one mail: each is a report of its own."""

from dataclasses import replace

from tasks.intake.judge import contradictions
from tasks.intake.placing.place import place_mail
from tasks.intake.placing.placement import Document
from tasks.intake.placing.rules import Rules
from tasks.mail.parse import parse_mail
from tasks.terms.mails import as_file
from tasks.terms.readings import Content, Reading, Row
from tests.intake.factory import CAMPAIGN, ROSTER
from tests.mail.letters import HEAD, mail, text

RULES = Rules(CAMPAIGN, ROSTER, {"500119100": ("summary", "figures")})
ROSTERED = parse_mail(mail(text("x"), head=HEAD))
TOWN, VILLAGE, OTHER = "500119100", "500119100201", "500119100202"


def form(name: str, *rows: tuple[str, int]) -> Document:
    figures = tuple(Row(unit, {"activities": n}, {}) for unit, n in rows)
    reading = Reading(
        obligation="figures", unit=rows[0][0], values={"activities": sum(n for _, n in rows)}, rows=figures
    )
    return Document(as_file(name, name.encode()), Content("xlsx"), reading)


def placed(*documents: Document):
    came = replace(ROSTERED, kind="submission", sender="u500119100@town.example", subject="统计表")
    return place_mail(RULES, came, documents)


def test_forms_for_different_villages_are_each_a_report():
    found = placed(form("a.xlsx", (VILLAGE, 3)), form("b.xlsx", (OTHER, 4)))
    assert [(p.unit, p.document.reading.rows[0].unit) for p in found.placed] == [
        (TOWN, VILLAGE),
        (TOWN, OTHER),
    ]
    assert found.undecided == ()


def test_the_same_form_twice_is_one_report():
    found = placed(form("a.xlsx", (VILLAGE, 3)), form("b.xlsx", (VILLAGE, 3)))
    assert [len(p.files) for p in found.placed] == [2]


def test_two_forms_that_differ_about_one_village_are_for_a_person():
    found = placed(form("a.xlsx", (VILLAGE, 3), (OTHER, 4)), form("b.xlsx", (OTHER, 5)))
    assert found.placed == ()
    assert [u.file.filename for u in found.undecided if u.file] == ["a.xlsx", "b.xlsx"]


def test_a_summary_that_states_the_sum_of_the_forms_contradicts_none_of_them():
    forms = [form("a.xlsx", (VILLAGE, 3)).reading, form("b.xlsx", (OTHER, 4)).reading]

    def said(count: int) -> Reading:
        return Reading(obligation="summary", unit=TOWN, values={"activities": count})

    assert contradictions([*forms, said(7)]) == ()
    assert contradictions([*forms, said(4)]) == ()
    assert {f.code for f in contradictions([*forms, said(8)])} == {"CONTRADICTION"}


def test_one_form_with_the_figures_of_two_reporting_offices_is_for_a_person():
    neighbour = next(u.code for u in ROSTER if u.kind == "township" and u.code != TOWN)
    both = replace(RULES, reporters=dict.fromkeys((TOWN, neighbour), ("summary", "figures")))
    came = replace(ROSTERED, kind="submission", sender="u500119100@town.example", subject="统计表")
    shared = form("a.xlsx", (TOWN, 3), (neighbour, 4))
    found = place_mail(both, came, [replace(shared, reading=replace(shared.reading, unit=None, values=None))])
    assert found.placed == ()
    (waiting,) = found.undecided
    assert waiting.candidates == (TOWN, neighbour)
    assert f"表中还有“{ROSTER[neighbour].name}”的数字" in waiting.reasons[-1]
    empty = form("a.xlsx", (VILLAGE, 3), (neighbour, 0))  # the whole district's form, one row of it filled in
    assert [p.unit for p in place_mail(both, came, [empty]).placed] == [TOWN]
