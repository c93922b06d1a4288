"""The pure rules and the tests that must notice when one of them is changed."""

RULES: dict[str, tuple[str, ...]] = {
    "tasks/notice/deadline.py": ("tests/notice/test_deadline.py", "tests/notice/test_unfold.py"),
    "tasks/notice/reckon.py": ("tests/notice/test_deadline.py", "tests/notice/test_unfold.py"),
    "tasks/notice/unfold.py": ("tests/notice/test_unfold.py", "tests/notice/test_load.py"),
    "tasks/notice/calendar.py": ("tests/notice/test_calendar.py", "tests/notice/test_tables.py"),
    "tasks/notice/changes.py": ("tests/notice/test_changes.py",),
    "tasks/status/assess.py": ("tests/status/test_assess.py", "tests/status/test_facts.py"),
    "tasks/status/rates.py": ("tests/status/test_rates.py",),
    "tasks/status/conflicts.py": ("tests/status/test_conflicts.py",),
    "tasks/status/series.py": ("tests/status/test_series.py",),
    "tasks/status/today.py": ("tests/status/test_board.py",),
    "tasks/chase/ladder.py": (
        "tests/chase/test_ladder.py",
        "tests/chase/test_ladder_hours.py",
        "tests/chase/test_seasons.py",
        "tests/chase/test_ladder_properties.py",
    ),
    "tasks/roster/match.py": ("tests/roster/test_match.py",),
    "tasks/roster/names.py": (
        "tests/roster/test_names.py",
        "tests/roster/test_match.py",
        "tests/roster/test_forms_of_name.py",
    ),
    "tasks/roster/duty.py": ("tests/roster/test_duty.py",),
    "tasks/roster/forms_of_name.py": ("tests/roster/test_forms_of_name.py", "tests/roster/test_match.py"),
    "tasks/intake/numbers.py": ("tests/intake/test_numbers.py", "tests/intake/test_measures.py"),
    "tasks/intake/occurrence.py": ("tests/intake/test_occurrence.py",),
    "tasks/intake/typed.py": ("tests/intake/test_typed.py",),
    "tasks/intake/judge.py": ("tests/intake/test_judge.py",),
    "tasks/mail/auth.py": ("tests/mail/test_auth.py",),
}
