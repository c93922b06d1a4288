"""Turns of a rehearsal: a campaign nobody could be late in has none, and its clerk is told so."""

from dataclasses import replace
from datetime import time

import pytest

from flows.rehearsal.turns import turns
from tasks.terms.errors import Misconfigured
from tests.intake.factory import CAMPAIGN


def test_a_campaign_without_any_due_moment_is_told_in_a_sentence_what_it_lacks():
    undated = tuple(replace(each, due="unknown") for each in CAMPAIGN.obligations)
    with pytest.raises(Misconfigured, match="没有写明时限的必报事项，无法演练"):
        turns(replace(CAMPAIGN, obligations=undated), time(18))
