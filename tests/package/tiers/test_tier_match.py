"""Which figures of a package from below are ours: the same name and measure, of the same period."""

from dataclasses import replace
from datetime import date

import pytest

from tasks.package.tiers.tier_match import Unfit, answering, field_of
from tasks.terms.due import Due
from tasks.terms.obligation import Field, Obligation, Selector
from tests.package import factory

FUNDS = Field(id="item1", title="投入资金", unit="万元", aliases=("资金投入",), whole=False)
DRILLS = Field(id="item2", title="演练场次", unit="场")


def obligation(identity="figures", deliverable="form", day=date(2026, 3, 28)):
    fields = (FUNDS, DRILLS) if deliverable == "form" else ()
    return Obligation(
        id=identity, title="统计表", deliverable=deliverable, due=Due(date=day), owed_by=(Selector(),),
        fields=fields,
    )  # fmt: skip


def theirs(identity="figures", **figures):
    """Their obligation; ``field=(title, unit)``."""
    told = figures or {"item1": ("投入资金", "万元"), "item2": ("演练场次", "场")}
    return {"id": identity, "sums": [{"field": f, "title": t, "unit": u} for f, (t, u) in told.items()]}


def campaign(*obligations):
    return replace(factory.nanchuan_campaign(), obligations=obligations)


def answer(told, ours=None, *others):
    ours = ours or obligation()
    return answering(told, ours, campaign(ours, *others))


def test_the_same_figures_answer_whatever_the_obligation_is_called():
    assert answer([theirs("progress")])["id"] == "progress"


def test_figures_are_told_by_name_and_measure_and_not_by_an_id_two_offices_happen_to_share():
    told = theirs(item1=("演练场次", "场"), item2=("资金投入", "万元"))
    assert answer([told]) is told
    assert (field_of(told, FUNDS), field_of(told, DRILLS)) == ("item2", "item1")


@pytest.mark.parametrize(
    "funds", [("投入资金", "元"), ("投入资金", ""), ("受灾人口", "万元"), ("受灾人口", "人")]
)
def test_another_measure_or_another_name_is_told_and_not_taken(funds):
    with pytest.raises(Unfit, match=r"投入资金（万元）.*没有名称和计量单位都相同"):
        answer([theirs(item1=funds, item2=("演练场次", "场"))])


def test_of_two_that_might_answer_neither_is_taken():
    with pytest.raises(Unfit, match="看不出"):
        answer([theirs("a"), theirs("b")])
    assert answer([theirs("a"), theirs("figures")])["id"] == "figures"


MONTHS = tuple(obligation(f"monthly.2026-0{m}-28", day=date(2026, m, 28)) for m in (3, 4, 5))


@pytest.mark.parametrize(("month", "expected"), [(0, "m.2026-03-25"), (1, "m.2026-04-25"), (2, None)])
def test_an_occurrence_is_answered_by_theirs_of_its_own_period_alone(month, expected):
    told = [theirs("m.2026-03-25"), theirs("m.2026-04-25")]
    found = answering(told, MONTHS[month], campaign(*MONTHS))
    assert (found and found["id"]) == expected


def test_a_figure_of_the_same_day_goes_before_one_of_the_days_before():
    told = [theirs("m.2026-03-14"), theirs("m.2026-03-28")]
    assert answering(told, MONTHS[0], campaign(*MONTHS))["id"] == "m.2026-03-28"


def test_several_of_theirs_in_one_period_of_ours_are_not_chosen_from():
    with pytest.raises(Unfit, match="几期"):
        answering([theirs("m.2026-04-03"), theirs("m.2026-04-10")], MONTHS[1], campaign(*MONTHS))


def test_what_is_reported_once_is_no_occurrence_and_an_occurrence_is_not_what_is_reported_once():
    with pytest.raises(Unfit):
        answering([theirs("figures")], MONTHS[0], campaign(*MONTHS))
    with pytest.raises(Unfit):
        answer([theirs("figures.2026-03-25")])


def test_a_recurring_narrative_is_of_its_own_period_too():
    told = [{"id": "brief.2026-03-25", "sums": []}, theirs("m.2026-03-25")]
    months = tuple(obligation(f"text.2026-0{m}-28", "narrative", date(2026, m, 28)) for m in (3, 4))
    assert answering(told, months[0], campaign(*months))["id"] == "brief.2026-03-25"
    assert answering(told, months[1], campaign(*months)) is None
