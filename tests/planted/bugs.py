"""Bugs worth fearing, each as one change of the source and the test that must catch it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bug:
    file: str
    right: str
    wrong: str
    caught_by: str


BUGS = {
    "a letter is claimed without looking at its state": Bug(
        "tasks/ledger/outbox.py",
        "        .where(letter.c.id == letter_id, letter.c.state.in_(states))\n"
        "        .values(state=LetterState.SENDING.value",
        "        .where(letter.c.id == letter_id)\n        .values(state=LetterState.SENDING.value",
        "tests/ledger/test_outbox.py::test_of_workers_claiming_at_once_one_gets_the_letter[sqlite]",
    ),
    "the outbox has no unique occasion": Bug(
        "tasks/ledger/migrations/versions/m0001_ledger.py",
        '            "address",\n            name=op.f("uq_letter_campaign_unit_kind_occasion_address")',
        '            "id",\n            name=op.f("uq_letter_campaign_unit_kind_occasion_address")',
        "tests/ledger/test_outbox.py::test_one_occasion_has_one_letter[sqlite]",
    ),
    "a row already there counts as new": Bug(
        "tasks/ledger/arrivals.py",
        "    return new.execution_options(preserve_rowcount=True)\n",
        "    return new\n",
        "tests/ledger/test_arrivals.py::test_the_same_mail_under_a_new_number_adds_nothing[postgresql]",
    ),
    "a dead worker's letter is sent again": Bug(
        "tasks/ledger/outbox.py",
        ".values(state=LetterState.UNKNOWN.value, reply=",
        ".values(state=LetterState.RETRY.value, reply=",
        "tests/chase/test_two_workers.py"
        "::test_a_worker_killed_in_the_middle_of_a_hand_over_never_causes_a_second_one[sqlite]",
    ),
    "a live worker's letter is taken for a dead one's": Bug(
        "tasks/chase/outbox.py",
        "    take_from_the_dead(ledger, campaign, clock(), limits.up_since)\n",
        "    take_from_the_dead(ledger, campaign, clock() + ORPHANED_AFTER, limits.up_since)\n",
        "tests/chase/test_two_workers.py"
        "::test_a_worker_killed_in_the_middle_of_a_hand_over_never_causes_a_second_one[sqlite]",
    ),
    "the first byte leaves before the claim is committed": Bug(
        "tasks/chase/outbox.py",
        "                begun = self._begin_next(steps, rest, at)\n            while",
        "                self.carrier.deliver(b'', self.sender, claimed[0].address)\n"
        "                begun = self._begin_next(steps, rest, at)\n            while",
        "tests/chase/test_outbox.py"
        "::test_the_claim_is_committed_before_the_first_byte_and_the_outcome_after_it",
    ),
    "nobody asks whether a letter is still needed": Bug(
        "tasks/chase/outbox.py",
        "        why_not = self.objection(connection, queued)\n",
        "        why_not = None\n",
        "tests/chase/test_outbox.py"
        "::test_a_letter_no_longer_needed_is_dropped_with_the_reason_and_not_handed_over",
    ),
    "need is asked about once, at the head of the round": Bug(
        "tasks/chase/outbox.py",
        "    while waiting and not this.done.stopped:\n",
        "    with ledger.read() as connection:\n"
        "        early = {q.id: objection(connection, q) for q in waiting}\n"
        "    this.objection = lambda _, q: early[q.id]\n"
        "    while waiting and not this.done.stopped:\n",
        "tests/chase/test_outbox.py::test_a_need_is_asked_about_when_the_letters_turn_comes_not_before",
    ),
    "what was claimed before the machine fell is handed over": Bug(
        "tasks/ledger/claims.py",
        "old.where(letter.c.claimed_at < up_since + CLOCKS_SET)",
        "old.where(letter.c.claimed_at < up_since - 9999 * CLOCKS_SET)",
        "tests/ledger/test_claims.py::test_what_was_claimed_before_the_machine_fell_is_unknown[sqlite]",
    ),
    "a claim taken away is begun all the same": Bug(
        "tasks/ledger/claims.py",
        '    letter.c.claimed_at == bindparam("claimed"),\n',
        "",
        "tests/ledger/test_claims.py::test_a_claim_taken_away_is_not_begun[sqlite]",
    ),
    "a late sender settles the attempt after its own": Bug(
        "tasks/ledger/outbox.py",
        '    letter.c.attempts == bindparam("attempt"),\n',
        "",
        "tests/chase/test_outbox.py"
        "::test_a_sender_that_wakes_up_late_says_nothing_about_the_attempt_after_its_own",
    ),
    "what a dead worker had claimed stays claimed where no other letter waits": Bug(
        "tasks/chase/deliver.py",
        "    take_from_the_dead(desk.ledger, desk.campaign.id, desk.clock(), brakes.up_since)\n",
        "",
        "tests/chase/test_faults.py"
        "::test_letters_a_dead_worker_had_claimed_are_looked_after_though_no_other_waits",
    ),
    "what other workers sent does not count for the cap": Bug(
        "tasks/chase/brakes.py",
        "        if self._known != (latest.mark_of(connection), midnight) or self._sent >= most:\n",
        "        if self._known is None or self._sent >= most:\n",
        "tests/chase/test_brakes.py::test_what_another_worker_sent_counts[sqlite]",
    ),
    "a server that knows our own address but not the recipient's is given the text": Bug(
        "tasks/mail/sending/session.py",
        "        if READY in codes or not OVER.isdisjoint(codes):\n",
        "        if not OVER.isdisjoint(codes):\n",
        "tests/mail/sending/test_pipelining.py::test_a_server_that_wants_the_text_for_nobody_is_left_without_a_word",
    ),
    "a server that has answered more than it was asked is given the text": Bug(
        "tasks/mail/sending/session.py",
        "        if self.smtp.ahead:\n",
        "        if not self.smtp:\n",
        "tests/mail/sending/test_pipelining.py::test_a_server_that_answers_more_than_it_was_asked_is_not_given_the_text[data]",
    ),
    "letters claimed together go out though sending was stopped after the first of them": Bug(
        "tasks/chase/outbox.py",
        "                    given_back, rest = list(rest), deque()\n",
        "                    given_back = []\n",
        "tests/chase/test_claimed_together.py::test_the_kill_switch_gives_the_rest_back",
    ),
    "a server that waits for one letter is given another": Bug(
        "tasks/mail/sending/session.py",
        "        if told and told != words:",
        "        if told and not words:",
        "tests/mail/sending/test_pipelining.py::test_another_letter_than_the_announced_one_goes_by_itself",
    ),
    "a letter announced and never handed over is ended with a word the server takes for its text": Bug(
        "tasks/mail/sending/session.py",
        "                if self.smtp.sock is not None and not self._told:\n",
        "                if self.smtp.sock is not None:\n",
        "tests/mail/sending/test_pipelining.py::test_a_letter_announced_and_not_handed_over_is_not_taken",
    ),
    "the next letter is announced though the round stops": Bug(
        "tasks/chase/outbox.py",
        "                elif rest:\n                    self._announce(rest[0], texts)\n",
        "                if given_back or rest:\n"
        "                    self._announce([*given_back, *rest][0], texts)\n",
        "tests/chase/test_claimed_together.py::test_nothing_is_announced_where_the_round_stops[the account]",
    ),
    "a source lets go before the ledger holds": Bug(
        "tasks/intake/collect.py",
        "        with ledger.write() as connection:\n            taken +=",
        "        for item in batch:\n            inbox.settle(item)\n"
        "        with ledger.write() as connection:\n            taken +=",
        "tests/intake/test_collect.py"
        "::test_an_item_is_in_store_and_ledger_before_its_source_lets_go_of_it[sqlite]",
    ),
    "the cursor moves before the ledger holds": Bug(
        "tasks/intake/collect.py",
        "        with ledger.write() as connection:\n            taken +=",
        "        with ledger.write() as connection:\n"
        "            arrivals.move_cursor(connection, inbox.name, inbox.cursor())\n"
        "        with ledger.write() as connection:\n            taken +=",
        "tests/intake/test_collect.py::test_the_cursor_never_passes_what_the_ledger_does_not_hold[sqlite]",
    ),
    "reports of the future are shown": Bug(
        "tasks/status/assess.py",
        "        if version.received_at <= as_of:\n",
        "        if True:\n",
        "tests/status/test_assess.py"
        "::test_only_what_was_received_by_the_moment_asked_about_is_known",
    ),
    "decisions of the future are shown": Bug(
        "tasks/ledger/acts.py",
        "act.c.campaign == campaign, act.c.at <= until)",
        "act.c.campaign == campaign)",
        "tests/ledger/test_acts.py::test_acts_decided_after_the_moment_asked_about_are_not_shown[sqlite]",
    ),
    "an extension shortens": Bug(
        "tasks/status/assess.py",
        "    if own is None or (general.at is not None and own <= general.at):\n",
        "    if own is None:\n",
        "tests/status/test_assess.py::test_an_extension_never_shortens[earlier]",
    ),
    "a blank form makes its sender punctual": Bug(
        "tasks/status/assess.py",
        "    return version.verdict is State.ACCEPTED or not NOT_A_REPORT.intersection(version.codes)\n",
        "    return True\n",
        "tests/status/test_assess.py"
        "::test_a_first_version_that_reports_nothing_makes_no_unit_punctual[BLANK_FORM]",
    ),
    "a village with an empty row has reported": Bug(
        "tasks/status/assess.py",
        "    return version.ruled and unit.code == version.reporter\n",
        "    return True\n",
        "tests/status/test_assess.py::test_a_village_whose_row_was_left_empty_is_missing",
    ),
    "the seal leaves out when": Bug(
        "tasks/ledger/acts.py",
        "    return _digest([previous, given.key, moment])\n",
        "    return _digest([previous, given.key])\n",
        "tests/ledger/test_acts.py::test_any_change_to_an_act_breaks_the_chain_at_it[at]",
    ),
    "an original is named before it is whole": Bug(
        "tasks/store/files.py",
        'handle, temporary = tempfile.mkstemp(prefix=".", dir=path.parent)',
        "handle, temporary = os.open(path, os.O_WRONLY | os.O_CREAT), str(path)",
        "tests/store/test_files.py::test_a_writer_killed_midway_leaves_nothing_under_the_originals_name",
    ),
    "an original is not synced": Bug(
        "tasks/store/files.py",
        "            os.fsync(file.fileno())\n",
        "",
        "tests/store/test_files.py::test_the_first_original_and_every_folder_above_it_survive_a_power_cut",
    ),
}  # fmt: skip
