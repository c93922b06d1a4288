"""Figures that would be accepted and counted for nobody: under no name, or under an office that owes none."""

from dataclasses import replace
from datetime import date

import pytest

from tasks.intake.forms.whose_rows import counted_nowhere, entered_as
from tasks.intake.placing.place import place_mail
from tasks.intake.placing.rules import Rules
from tests.intake.factory import CAMPAIGN, FORM, ROSTER
from tests.intake.forms.test_several_forms import OTHER, ROSTERED, RULES, TOWN, VILLAGE, form

DAY = date(2023, 5, 31)


def sent(document, rules: Rules = RULES):
    came = replace(ROSTERED, kind="submission", sender=f"u{TOWN}@town.example", subject="统计表")
    return place_mail(rules, came, [document])


def unnamed(figure: int):
    document = form("统计表.xlsx", ("", figure))
    return replace(document, reading=replace(document.reading, unit=None))


def test_the_figures_of_a_form_that_names_nobody_are_the_senders():
    owing = replace(CAMPAIGN, obligations=(replace(FORM, owed_by=CAMPAIGN.obligations[0].owed_by),))
    found = sent(unnamed(3), Rules(owing, ROSTER, {TOWN: ("figures",)}))
    assert [r.unit for p in found.placed for r in p.document.reading.rows] == [TOWN]


@pytest.mark.parametrize("document", [unnamed(3), form("统计表.xlsx", (TOWN, 3), (VILLAGE, 4))])
def test_figures_under_an_office_that_only_passes_on_others_are_for_a_person(document):
    found = sent(document)
    assert found.placed == ()
    (waiting,) = found.undecided
    assert waiting.candidates == (TOWN,)
    assert "“三泉镇”名下" in waiting.reasons[-1]
    assert "三泉镇观音村社会工作室、三泉镇窑湾村社会工作室分别填报" in waiting.reasons[-1]


def test_a_row_of_it_without_a_figure_is_in_nobodys_way():
    assert sent(form("统计表.xlsx", (TOWN, 0), (VILLAGE, 4))).undecided == ()


@pytest.mark.parametrize("named", ["", TOWN])
def test_a_clerks_word_gives_the_figures_to_the_village_they_name(named: str):
    reading = entered_as(form("a.xlsx", (named, 3)).reading, FORM, VILLAGE, ROSTER, DAY)
    assert [row.unit for row in reading.rows] == [VILLAGE]
    assert counted_nowhere(reading, FORM, TOWN, ROSTER, DAY) is None


def test_a_clerks_word_moves_no_figure_another_village_is_named_for():
    reading = form("a.xlsx", (OTHER, 3)).reading
    assert entered_as(reading, FORM, VILLAGE, ROSTER, DAY) == reading
