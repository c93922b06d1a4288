"""Plain ledger records; a test names only what it is about."""

import hashlib
from datetime import timedelta

from tasks.ledger.acts import Act
from tasks.ledger.arrivals import Arrival, Judgement
from tasks.ledger.packages import Package
from tasks.ledger.submissions import QueueItem, Submission
from tasks.terms import times
from tasks.terms.letters import Letter

NOON = times.parse("2023-03-28T12:00")
FOREVER = times.parse("2099-01-01")
CAMPAIGN = "bayu"


def digest(text):
    return hashlib.sha256(str(text).encode()).hexdigest()


def hours(number):
    return NOON + timedelta(hours=number)


def arrival(content="甲", **more):
    known = {
        "source": "inbox", "key": f"1:{content}", "digest": digest(content), "form": "mail", "filename": "",
        "hints": {}, "place": "", "received_at": NOON, "taken_at": NOON,
    }  # fmt: skip
    return Arrival(**known | more)


def judgement(arrival_id, campaign=CAMPAIGN, outcome="submission"):
    return Judgement(
        campaign, arrival_id, outcome, "submission", "clerk@town.example", "报送总结", "<1@town.example>",
        ("发件地址在名册上",), NOON,
    )  # fmt: skip


def submission(content="甲", **more):
    known = {
        "campaign": CAMPAIGN, "obligation": "summary", "unit": "T1", "digest": digest(content),
        "filename": f"{content}.docx", "files": [], "sender": "clerk@town.example", "verdict": "accepted",
        "reading": {"rows": None}, "received_at": NOON, "recorded_at": NOON,
    }  # fmt: skip
    return Submission(**known | more)


def queue_item(arrival_id, **more):
    known = {
        "campaign": CAMPAIGN, "arrival": arrival_id, "digest": digest("甲"), "filename": "总结.docx",
        "sender": "who@elsewhere.example", "subject": "总结", "candidates": ("T1", "T2"),
        "reasons": ("发件地址不在名册上",), "received_at": NOON, "queued_at": NOON,
    }  # fmt: skip
    return QueueItem(**known | more)


def act(kind="waive", **more):
    known = {
        "campaign": CAMPAIGN,
        "who": "王某",
        "why": "撤并",
        "at": NOON,
        "unit": "T1",
        "obligation": "summary",
    }
    return Act(kind=kind, **known | more)


def letter(number=1, **more):
    known = {
        "campaign": CAMPAIGN, "unit": f"T{number}", "kind": "reminder", "occasion": "r1:2023-04-04",
        "address": f"town{number}@units.example", "subject": "催报",
        "message_id": f"<{number}@bureau.example>",
        "wire": f"letter {number}".encode(), "obligations": ("summary",),
    }  # fmt: skip
    return Letter(**known | more)


def package(number=1, **more):
    known = {
        "campaign": CAMPAIGN, "number": number, "occasion": f"moment-{number}", "as_of": NOON,
        "digest": digest(number), "path": f"packages/{number}", "summary": {"reported": "21/34"},
        "built_at": NOON, "dispatched_at": None, "dispatch": {},
    }  # fmt: skip
    return Package(**known | more)
