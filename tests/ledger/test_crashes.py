"""Any history, its writers killed anywhere: the standings are those of a history that nothing disturbed."""

import itertools
import os
import signal

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tasks.ledger import acts, schema
from tasks.ledger.session import Ledger
from tests.ledger.test_properties import (
    DATED,
    NUMBER,
    Model,
    histories,
    live_through,
    looks,
    office,
    plain,
    remember,
    standings,
    write_down,
)
from tests.status.factory import DUE

__all__ = ["office"]

KILLED = settings(max_examples=max(25, NUMBER // 5), deadline=None, derandomize=True, database=None)
serial = itertools.count()
deaths = st.lists(st.sampled_from(["none", "before commit", "after commit"]), min_size=16, max_size=16)


def recorded(connection, name):
    """The numbers of the campaign's submissions, in the order they came."""
    query = select(schema.submission.c.id).where(schema.submission.c.campaign == name)
    return list(connection.execute(query.order_by(schema.submission.c.id)).scalars())


def step(ledger, name, event, model):
    with ledger.write() as connection:
        write_down(connection, name, event, model, recorded(connection, name))


def killed(url, name, event, model, moment):
    """A worker of its own begins the step and dies by SIGKILL."""
    child = os.fork()
    if child == 0:
        try:
            own = Ledger(url)
            if moment == "after commit":
                step(own, name, event, model)
            else:
                with own.write() as connection:
                    write_down(connection, name, event, model, recorded(connection, name))
                    os.kill(os.getpid(), signal.SIGKILL)
            os.kill(os.getpid(), signal.SIGKILL)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the worker failed before it could be killed"


def live_through_deaths(ledger, name, history, moments):
    """Every step once whole; before it, where told, once cut short."""
    model = Model()
    for event, moment in zip(history, moments, strict=False):
        if moment != "none":
            killed(ledger.url, name, event, model, moment)
        step(ledger, name, event, model)
        remember(event, model)


@KILLED
@given(history=histories, moments=deaths, as_of=looks)
def test_a_writer_killed_before_or_after_its_commit_changes_no_standing(office, history, moments, as_of):
    calm, rough = f"calm-{next(serial)}", f"rough-{next(serial)}"
    live_through(office, calm, history)
    live_through_deaths(office, rough, history, moments)

    def seen(name):
        return [(s.unit, s.obligation, *plain(s)) for s in standings(office, name, as_of, DATED)]

    assert seen(rough) == seen(calm)
    with office.read() as connection:
        assert acts.broken_link(connection) is None


def test_a_step_that_was_not_committed_is_not_there(office):
    name = f"cut-{next(serial)}"
    report = {"what": "report", "unit": "T1", "obligation": "summary", "content": 1, "at": DUE,
              "verdict": "accepted", "codes": [], "seen": False, "rows": {}, "nil": False}  # fmt: skip
    killed(office.url, name, report, Model(), "before commit")
    with office.read() as connection:
        assert recorded(connection, name) == []
    killed(office.url, name, report, Model(), "after commit")
    with office.read() as connection:
        assert len(recorded(connection, name)) == 1
