from dataclasses import replace

import pytest

from tasks.package.figures import figures, meets, value_of
from tasks.package.words import rate
from tasks.terms.obligation import Quota
from tasks.terms.standings import DueMoment, State
from tasks.terms.units import Roster
from tests.package import factory


def form(states_and_values):
    """A dossier of one form, one unit for each (state, values)."""
    base, _ = factory.nanchuan(towns=len(states_and_values), organisations=0, studios=0)
    campaign = replace(base.campaign, obligations=base.campaign.obligations[1:])
    due = DueMoment(None, "待定")
    standings = tuple(
        factory.standing(unit.code, "figures", state, values=values)
        for unit, (state, values) in zip(base.roster, states_and_values, strict=True)
    )
    tallies = factory.tallies(campaign, standings, {"figures": due})
    return replace(base, campaign=campaign, standings=standings, tallies=tallies)


def test_only_accepted_reports_and_nil_returns_enter_a_sum():
    (only,) = figures(
        form([
            (State.ACCEPTED, {"activities": 4.0}),
            (State.NIL, {}),
            (State.RETURNED, {"activities": 50.0}),
            (State.RECEIVED, {"activities": 60.0}),
            (State.MISSING, {}),
        ])
    )  # fmt: skip
    added = only.sums[0]
    assert (added.total, added.known, added.unknown, added.absent) == (4.0, 2, (), 3)


def test_an_unknown_figure_is_named_and_never_counts_as_nought():
    dossier = form([(State.ACCEPTED, {"activities": None}), (State.ACCEPTED, {"activities": 5.0})])
    added = figures(dossier)[0].sums[0]
    assert added.unknown == (dossier.standings[0].unit,)
    assert (added.total, added.known) == (5.0, 1)
    assert not added.certain


def test_a_figure_the_report_does_not_mention_is_unknown_too():
    assert figures(form([(State.ACCEPTED, {})]))[0].sums[0].known == 0


def test_units_times_quota_and_the_target_are_two_figures_with_what_is_missing_to_each():
    (only,) = figures(form([(State.ACCEPTED, {"activities": 2.0, "visits": 40.0})] * 2))
    quota, target = only.quotas[0], only.targets[0]
    assert (quota.required, quota.done, quota.lacking, quota.met, quota.short) == (6, 4.0, 2.0, 0, 2)
    assert (target.target.min, target.lacking) == (1000, 996.0)
    assert only.quotas[1].lacking == 0


def test_decimals_add_up_to_the_digit():
    (only,) = figures(form([(State.ACCEPTED, {"activities": v}) for v in (0.1, 0.2, 42.15)]))
    assert only.sums[0].total == 42.45
    assert only.targets[0].lacking == 957.55


def test_where_no_figure_is_known_there_is_no_sum_and_nothing_done_which_is_not_nought():
    (only,) = figures(form([(State.ACCEPTED, {"activities": None}), (State.MISSING, {})]))
    assert only.sums[0].total is None
    assert (only.quotas[0].done, only.quotas[0].lacking) == (None, None)
    assert (only.targets[0].done, only.targets[0].lacking, only.targets[0].open) == (None, None, 2)


def test_a_waived_unit_neither_owes_a_quota_nor_counts_as_open():
    (only,) = figures(form([(State.WAIVED, {}), (State.ACCEPTED, {"activities": 3.0}), (State.MISSING, {})]))
    quota = only.quotas[0]
    assert (quota.units, quota.required, quota.met, quota.open) == (2, 6, 1, 1)
    assert only.whole.expected == 2


def test_without_a_due_moment_no_on_time_figure_is_given():
    (only,) = figures(form([(State.ACCEPTED, {})]))
    assert only.whole.on_time is None


def test_groups_add_up_to_the_whole():
    dossier, _ = factory.nanchuan()
    for each in figures(dossier):
        assert sum(g.expected for g in each.groups) == each.whole.expected
        assert sum(g.received for g in each.groups) == each.whole.received


def test_a_kind_only_the_office_reads_is_left_out_where_it_tells_nothing_apart():
    dossier, _ = factory.haikou()
    (*districts, zone) = dossier.roster
    own = tuple(replace(u, kind="xuexiao", tier="学校") for u in districts)
    alone = figures(replace(dossier, roster=Roster((*own, zone))))
    assert [g.label for g in alone[0].groups] == ["学校", "开发区"]
    mixed = Roster((*own, replace(zone, kind="peixun", tier="学校")))
    assert [g.label for g in figures(replace(dossier, roster=mixed))[0].groups] == [
        "学校（xuexiao）",
        "学校（peixun）",
    ]


def test_tallies_that_disagree_with_the_standings_stop_the_package():
    dossier, _ = factory.haikou()
    wrong = tuple(replace(t, received=t.received + 1) for t in dossier.tallies)
    with pytest.raises(ValueError, match="disagrees"):
        figures(replace(dossier, tallies=wrong))


def test_an_obligation_nobody_owes_has_noughts_and_no_rate():
    dossier, _ = factory.haikou()
    (only,) = figures(replace(dossier, standings=(), tallies=()))
    assert (only.whole.expected, only.groups, only.due) == (0, (), None)


@pytest.mark.parametrize(
    ("state", "value", "met"),
    [
        (State.ACCEPTED, 3.0, True), (State.ACCEPTED, 2.0, False), (State.ACCEPTED, None, None),
        (State.RETURNED, 9.0, None), (State.NIL, None, False),
    ],
)  # fmt: skip
def test_a_quota_is_met_missed_or_not_known(state, value, met):
    standing = factory.standing("u", "figures", state, values={"activities": value})
    assert meets(standing, Quota(field="activities", min=3), factory.FIELDS[0]) is met


def test_a_nil_return_is_nought_in_every_field():
    assert (
        value_of(factory.standing("u", "figures", State.NIL, values={"activities": 7.0}), factory.FIELDS[0])
        == 0
    )


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (0, 5, "0%"), (5, 5, "100%"), (1, 3, "33.3%"), (9999, 10000, "99.9%"), (1, 41000, "0.1%"),
        (0, 0, "—"), (None, 3, "—"),
    ],
)  # fmt: skip
def test_a_rate_is_never_rounded_to_all_or_nothing(part, whole, text):
    assert rate(part, whole) == text
