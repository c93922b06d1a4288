"""Arbitrary histories against a plain model, written from the promises and not from the code."""

import itertools
import os
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.ledger import acts, outbox, submissions
from tasks.ledger.session import Ledger
from tasks.status.assess import assess, tally
from tasks.status.facts import gather
from tasks.terms import times
from tasks.terms.letters import LetterState, Outcome
from tasks.terms.readings import NOT_A_REPORT
from tasks.terms.standings import DueMoment, Standing, State, Timeliness
from tests.ledger.factory import NOON, act, digest, hours, letter, submission
from tests.status.factory import CLOSE, DUE, ROSTER, campaign, form, obligation

NUMBER = int(os.environ.get("BAOSONG_HISTORIES", "70"))
PLAIN = settings(max_examples=NUMBER, deadline=None, derandomize=True, database=None)
serial = itertools.count()

SUMMARY, FIGURES = "summary", "figures"
OWED = {SUMMARY: ("T1", "T2"), FIGURES: ("T1", "T2", "V1", "V2", "V3")}
REPORTER = {"T1": "T1", "T2": "T2", "V1": "T1", "V2": "T1", "V3": "T2"}


# Histories: what may happen in an office, in the order in which it is written down

moments = st.integers(-60, 60).map(lambda n: DUE + timedelta(hours=n))
looks = moments | st.just(DUE + timedelta(hours=60))
figures = st.none() | st.integers(0, 3).map(float)
rows = st.dictionaries(
    st.sampled_from(sorted(REPORTER)), st.fixed_dictionaries({"activities": figures, "visits": figures})
)
codes = st.sampled_from([[], [], [], ["BLANK_FORM"], ["DAMAGED", "MISSING"], ["VAGUE"], ["BELOW_TARGET"]])
towns, obligations = st.sampled_from(["T1", "T1", "T2"]), st.sampled_from([SUMMARY, FIGURES])

reports = st.fixed_dictionaries(
    {
        "what": st.just("report"), "unit": towns, "obligation": obligations, "content": st.integers(0, 7),
        "at": moments, "verdict": st.sampled_from(["accepted", "accepted", "returned", "received"]),
        "codes": codes, "seen": st.booleans(),
        "rows": rows, "nil": st.sampled_from([False, False, False, True]),
    }
)  # fmt: skip
rulings = st.fixed_dictionaries(
    {"what": st.sampled_from(["accept", "return"]), "which": st.integers(0, 5), "at": moments}
)
grants = st.fixed_dictionaries(
    {
        "what": st.sampled_from(["extend", "extend", "waive", "waive", "unwaive"]),
        "unit": st.sampled_from(sorted(REPORTER)),
        "obligation": obligations, "at": moments, "until": moments,
    }
)  # fmt: skip
histories = st.lists(reports | reports | reports | rulings | grants, min_size=5, max_size=16)


# The model


class Model:
    """Keeps everything that happened and searches it anew for every question."""

    def __init__(self):
        self.versions, self.acts = [], []

    def report(self, event):
        same = [
            v for v in self.versions if (v["unit"], v["obligation"]) == (event["unit"], event["obligation"])
        ]
        for known in same:
            if known["content"] == event["content"]:
                known["at"] = min(known["at"], event["at"])
                return
        self.versions.append({**event, "number": len(same) + 1})

    def expected(self, unit, obligation_id, as_of, general_due, closes=None):
        due = max([m for m in (general_due, *self._granted(unit, obligation_id, as_of)) if m], default=None)
        waived = any(self._is_waived(u, obligation_id, as_of) for u in {unit, REPORTER[unit]})
        mine = [v for v in self._seen(REPORTER[unit], obligation_id, as_of) if self._speaks(v, unit, as_of)]
        if closes is not None:
            door = max(closes, due)
            mine = [v for v in mine if v["at"] <= door or self._ruling(v, as_of) == "accepted"]
        if not mine:
            return State.WAIVED if waived else State.MISSING, None, None, None, False, due, {}
        back = [v for v in mine if self._sent_back(v, as_of)]
        good = [
            v
            for v in mine
            if self._verdict(v, as_of) == "accepted" and not self._barred(v, back, mine, as_of)
        ]
        counts = (good or mine)[-1]
        taken = [
            v for v in mine if self._verdict(v, as_of) == "accepted"
        ]  # though one returned since bars it
        real = [v for v in mine if v in taken or not set(v["codes"]) & NOT_A_REPORT]
        state = State.NIL if counts["nil"] and counts in good else State(self._verdict(counts, as_of))
        if waived and state is State.RETURNED:
            state = State.WAIVED
        came = min((v["at"] for v in real), default=None)
        timely = None if came is None or due is None else came <= due
        values = {} if counts["obligation"] == SUMMARY else self._written(counts).get(unit, {})
        late_fix = timely is True and counts["at"] > due
        return state, timely, came or counts["at"], counts["number"], late_fix, due, values

    def _seen(self, reporter, obligation_id, as_of):
        found = [v for v in self.versions if (v["unit"], v["obligation"]) == (reporter, obligation_id)]
        return sorted((v for v in found if v["at"] <= as_of), key=lambda v: (v["at"], v["number"]))

    def _ruling(self, version, as_of):
        made = [
            a
            for a in self.acts
            if a["what"] in {"accept", "return"} and a["at"] <= as_of and a["on"] is version
        ]
        return {"accept": "accepted", "return": "returned"}[made[-1]["what"]] if made else None

    def _turn(self, version, as_of):
        made = [n for n, a in enumerate(self.acts) if a.get("on") is version and a["at"] <= as_of]
        return max(made, default=-1)

    def _sent_back(self, version, as_of):
        return self._ruling(version, as_of) == "returned"

    def _barred(self, version, sent_back, mine, as_of):
        """A person sent a later version back, and has not accepted this one since."""
        turn = self._turn(version, as_of)
        return any(mine.index(v) > mine.index(version) and self._turn(v, as_of) > turn for v in sent_back)

    def _verdict(self, version, as_of):
        return self._ruling(version, as_of) or version["verdict"]

    def _speaks(self, version, unit, as_of):
        if version["obligation"] == SUMMARY or version["nil"]:
            return True
        written = self._written(version)
        if unit not in written:
            return not written
        filled = any(v is not None for v in written[unit].values())
        if filled or self._verdict(version, as_of) != "accepted":
            return True
        return unit == version["unit"] and self._ruling(version, as_of) is not None

    def _written(self, version):
        """Rows in which anything stands, readable or not, and the sender's own."""
        own, seen = version["unit"], version["seen"]
        rows = version["rows"].items()
        return {u: row for u, row in rows if seen or u == own or any(v is not None for v in row.values())}

    def _acts(self, kind, unit, obligation_id, as_of):
        whose = {unit, REPORTER[unit]}
        found = [a for a in self.acts if a["what"] == kind and a["unit"] in whose and a["at"] <= as_of]
        return [a for a in found if a["obligation"] == obligation_id]

    def _is_waived(self, unit, obligation_id, as_of):
        """The last word on it, of those spoken by then."""
        spoken = [
            a["what"]
            for a in self.acts
            if a["what"] in {"waive", "unwaive"}
            and (a["unit"], a["obligation"]) == (unit, obligation_id)
            and a["at"] <= as_of
        ]
        return spoken[-1:] == ["waive"]

    def _granted(self, unit, obligation_id, as_of):
        return [a["until"] for a in self._acts("extend", unit, obligation_id, as_of)]


# Both worlds live through the same history


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def office(request, tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('properties') / 'ledger.sqlite3'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql").new_database()
    ledger = Ledger(url)
    yield ledger
    with ledger.read() as connection:  # after all those histories the chain of acts is whole
        assert acts.broken_link(connection) is None
    ledger.close()


def live_through(ledger, name, history, *, times_each=1):
    """Write a history down, each step so many times; returns the model of it."""
    model, ids = Model(), []
    with ledger.write() as connection:
        for event in history:
            for _ in range(times_each):
                write_down(connection, name, event, model, ids)
            remember(event, model)
    return model


def write_down(connection, name, event, model, ids):
    if event["what"] == "report":
        number = submissions.add(connection, as_submission(name, event))
        ids.extend([number] if number is not None else [])
    elif event["what"] in {"accept", "return"}:
        if event["which"] < len(ids):
            version = model.versions[event["which"]]
            who = {"unit": version["unit"], "obligation": version["obligation"]}
            ruling = act(
                event["what"],
                campaign=name,
                at=event["at"],
                detail={"submission": ids[event["which"]]},
                **who,
            )
            acts.record(connection, ruling)
    else:
        who = {"unit": event["unit"], "obligation": event["obligation"]}
        detail = {"until": event["until"].isoformat()} if event["what"] == "extend" else {}
        acts.record(connection, act(event["what"], campaign=name, at=event["at"], detail=detail, **who))


def remember(event, model):
    if event["what"] == "report":
        model.report(event)
    elif event["what"] in {"accept", "return"}:
        if event["which"] < len(model.versions):
            on = model.versions[event["which"]]
            _decide(model, {**event, "on": on, "unit": on["unit"], "obligation": on["obligation"]})
    else:
        _decide(model, event)


def _decide(model, decision):
    """A decision that stands already, in the same words, is no new one: its first hour counts."""
    pairs = ({"accept", "return"}, {"waive", "unwaive"}, {"extend"})
    kinds = next(pair for pair in pairs if decision["what"] in pair)
    where = (decision["unit"], decision["obligation"])
    before = [a for a in model.acts if a["what"] in kinds and (a["unit"], a["obligation"]) == where]

    def words(each):
        until = each["until"] if each["what"] == "extend" else None
        return each["what"], each.get("which"), until

    if not before or words(before[-1]) != words(decision):
        model.acts.append(decision)


def as_submission(name, event):
    evidence = {"visits": "统计表!C7"} if event["seen"] else {}
    form_rows = [{"unit": u, "values": v, "evidence": evidence} for u, v in event["rows"].items()]
    reading = {
        "rows": None if event["obligation"] == SUMMARY else form_rows,
        "findings": [{"code": c} for c in event["codes"]], "nil": event["nil"],
    }  # fmt: skip
    return submission(
        event["content"], campaign=name, unit=event["unit"], obligation=event["obligation"],
        verdict=event["verdict"], received_at=event["at"], reading=reading,
    )  # fmt: skip


def standings(ledger, name, as_of, of):
    with ledger.read() as connection:
        facts = gather(connection, name, as_of)
    return assess(replace(of, id=name), ROSTER, facts, as_of, office_close=CLOSE)


def plain(found: Standing):
    timely = None if found.timeliness is None else found.timeliness is Timeliness.ON_TIME
    return found.state, timely, found.received_at, found.version, found.late_fix, found.due.at, found.values


DATED = campaign()
UNDATED = campaign(obligation(due="unknown"), form(due="unknown"))
CLOSES = DUE + timedelta(hours=24)
CLOSING = campaign(obligation(closes=CLOSES), form(closes=CLOSES))
KINDS = {"dated": (DATED, DUE, None), "undated": (UNDATED, None, None), "closing": (CLOSING, DUE, CLOSES)}


@PLAIN
@given(history=histories, as_of=looks, kind=st.sampled_from(sorted(KINDS)))
def test_every_standing_is_what_the_model_says(office, history, as_of, kind):
    name = f"model-{next(serial)}"
    model = live_through(office, name, history)
    of, due, closes = KINDS[kind]
    found = standings(office, name, as_of, of)
    assert {(s.obligation, s.unit) for s in found} == {(o, u) for o, units in OWED.items() for u in units}
    for each in found:
        expected = model.expected(each.unit, each.obligation, as_of, due, closes)
        assert plain(each) == expected, (each.unit, each.obligation)


@PLAIN
@given(history=histories, as_of=looks)
def test_writing_every_step_twice_changes_no_standing(office, history, as_of):
    once, twice = f"once-{next(serial)}", f"twice-{next(serial)}"
    live_through(office, once, history)
    live_through(office, twice, history, times_each=2)

    def seen(name):
        return [(s.unit, s.obligation, *plain(s)) for s in standings(office, name, as_of, DATED)]

    assert seen(once) == seen(twice)


@PLAIN
@given(history=histories, later=st.lists(reports | rulings | grants, max_size=6), as_of=looks)
def test_what_happens_after_a_moment_does_not_change_what_is_shown_of_it(office, history, later, as_of):
    before, after = f"before-{next(serial)}", f"after-{next(serial)}"
    future = [{**e, "at": as_of + timedelta(hours=1) + (e["at"] - DUE + timedelta(hours=60))} for e in later]
    live_through(office, before, history)
    live_through(office, after, history + future)

    def seen(name):
        return [(s.unit, s.obligation, *plain(s)) for s in standings(office, name, as_of, DATED)]

    assert seen(before) == seen(after)


@PLAIN
@given(history=histories, as_of=looks)
def test_counts_hang_together_whatever_happened(office, history, as_of):
    name = f"counts-{next(serial)}"
    live_through(office, name, history)
    found = standings(office, name, as_of, DATED)
    for count in tally(DATED, found, office_close=CLOSE):
        mine = [s for s in found if s.obligation == count.obligation]
        assert 0 <= count.on_time <= count.received <= count.expected <= len(mine)
        assert count.expected == len(mine) - sum(s.state is State.WAIVED for s in mine)
    for each in found:
        assert isinstance(each.due, DueMoment)
        assert each.due.at >= DUE
        assert (each.version is None) == (each.received_at is None) == (each.submission is None)
        assert each.received_at is None or each.received_at <= as_of
        assert not each.late_fix or each.timeliness is Timeliness.ON_TIME


# The outbox: workers, brakes and deaths in any order

steps = st.tuples(
    st.sampled_from(["queue", "claim", "settle", "orphan", "drop"]),
    st.integers(1, 2),
    st.sampled_from([LetterState.SENT, LetterState.REFUSED, LetterState.RETRY, LetterState.UNKNOWN]),
)
OPEN = {"sending", "unknown"}  # who was taken for dead, or a witness, may still know better


@PLAIN
@given(plot=st.lists(steps, max_size=25))
def test_no_letter_is_taken_twice_unless_the_server_refused_it_for_now(office, plot):
    name = f"outbox-{next(serial)}"
    state = {}
    for hour, (what, number, outcome) in enumerate(plot):
        with office.write() as connection:
            ids = {q.unit: q.id for q in outbox.of_campaign(connection, name, hours(1000))}
            key = ids.get(f"T{number}", -1)
            before = state.get(number)
            if what == "queue":
                new = letter(number, campaign=name, message_id=f"<{name}-{number}@bureau.example>")
                assert outbox.queue(connection, new, digest(number), NOON) is (before is None)
                state.setdefault(number, "queued")
            elif what == "claim":
                taken = outbox.claim(connection, key, hours(hour))
                assert taken is (before in {"queued", "retry"})
                state |= {number: "sending"} if taken else {}
            elif what == "settle":
                outbox.settle(connection, key, Outcome(outcome), hours(hour))
                state |= {number: outcome.value} if before in OPEN else {}
            elif what == "orphan":
                outbox.orphan_to_unknown(connection, name, hours(hour + 1))
                state = {n: "unknown" if s == "sending" else s for n, s in state.items()}
            else:
                dropped = outbox.drop(connection, key, hours(hour), "已报")
                assert dropped is (before in {"queued", "retry"})
                state |= {number: "dropped"} if dropped else {}
    with office.read() as connection:
        held = {q.unit: q.state for q in outbox.of_campaign(connection, name, hours(1000))}
    assert held == {f"T{n}": s for n, s in state.items()}


def test_the_model_knows_the_promises_by_heart():
    model = Model()
    model.report({"unit": "T1", "obligation": SUMMARY, "content": 1, "verdict": "returned",
                  "at": DUE, "codes": [], "rows": {}, "seen": 0, "nil": False})  # fmt: skip
    model.report({"unit": "T1", "obligation": SUMMARY, "content": 2, "verdict": "accepted",
                  "at": DUE + timedelta(days=1), "codes": [], "rows": {}, "seen": 0, "nil": 0})  # fmt: skip
    state, timely, came, number, late_fix, _, _ = model.expected(
        "T1", SUMMARY, times.parse("2023-05-01"), DUE
    )
    assert (state, timely, came, number, late_fix) == (State.ACCEPTED, True, DUE, 2, True)
