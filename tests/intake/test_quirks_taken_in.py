"""All the quirks in one mailbox: real Dovecot, a Maildir and ``explain`` say the same of each."""

import imaplib
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasks.desk import Desk, open_desk
from tasks.intake.collect import collect
from tasks.intake.explain import explain
from tasks.intake.settle import rules_of, settle_new
from tasks.intake.sources import inboxes, source_names
from tasks.ledger import arrivals, submissions
from tasks.ledger.schema import judgement
from tests.line.office import OFFICE, Mailboxes, make_home
from tests.mail.quirks import QUIRKS, Quirk
from tests.rig.dovecot import running_dovecot

NOW = datetime(2023, 6, 2, 4, tzinfo=UTC)
SECRET = "BAOSONG_QUIRKS_SECRET"


def check(desk: Desk) -> None:
    """What the flow does, without Prefect."""
    for inbox in inboxes(desk):
        with closing(inbox):
            collect(desk.ledger, desk.store, inbox, desk.now)
            assert inbox.problems == []
    settle_new(
        desk.ledger, desk.store, rules_of(desk), source_names(desk), desk.now,
        own_addresses=desk.own_addresses, receivers=desk.receivers,
    )  # fmt: skip


def judged(desk: Desk) -> list[tuple[str, str, str]]:
    """Kind, outcome and sender of every mail, in the order they were put into the mailbox."""
    with desk.ledger.read() as connection:
        rows = connection.execute(judgement.select()).mappings().all()
        keys = {r["arrival"]: arrivals.by_id(connection, r["arrival"]).key for r in rows}
    numbered = sorted(rows, key=lambda r: int(keys[r["arrival"]].rpartition(":")[2].partition(".")[0]))
    return [(r["kind"], r["outcome"], r["sender"]) for r in numbered]


def told(quirk: Quirk, found: tuple[str, str, str]) -> str:
    """What is wrong with what was found, or nothing."""
    kind, outcome, sender = found
    wrong = []
    if kind not in quirk.kinds:
        wrong.append(f"kind {kind}, not {quirk.kinds}")
    if quirk.outcome is not None and outcome != quirk.outcome:
        wrong.append(f"outcome {outcome}, not {quirk.outcome}")
    if sender != quirk.sender:
        wrong.append(f"sender {sender}")
    return f"{quirk.about}: {'; '.join(wrong)}" if wrong else ""


@pytest.fixture(scope="module")
def by_imap(tmp_path_factory: pytest.TempPathFactory):
    """The desk after one check of a mailbox that holds every quirk; the mailbox."""
    with pytest.MonkeyPatch.context() as patch, running_dovecot([OFFICE]) as dovecot:
        patch.setenv(SECRET, dovecot.password)
        client = imaplib.IMAP4("127.0.0.1", dovecot.imap)
        client.login(OFFICE, dovecot.password)
        for quirk in QUIRKS:
            status, _ = client.append("INBOX", None, '"01-Jun-2023 10:00:00 +0800"', quirk.raw)
            assert status == "OK", quirk.about
        home = make_home(tmp_path_factory.mktemp("quirks"), Mailboxes(dovecot.imap, 9, SECRET))
        desk = open_desk("drill", NOW, home)
        check(desk)
        yield desk, client
        client.logout()


def test_every_quirk_in_a_real_mailbox_ends_right_or_before_a_person(by_imap):
    desk, client = by_imap
    found = judged(desk)
    wrong = [said for q, f in zip(QUIRKS, found, strict=True) if (said := told(q, f))]
    assert not wrong, "\n".join(wrong)
    client.select("INBOX")
    assert len(client.search(None, "SEEN")[1][0].split()) == len(QUIRKS)


def test_nothing_is_lost_and_everything_undecided_has_its_reasons(by_imap):
    desk, _ = by_imap
    with desk.ledger.read() as connection:
        queue = submissions.undecided(connection, "drill", NOW)
        versions = submissions.of_campaign(connection, "drill", NOW)
        waiting = arrivals.unjudged(connection, "drill", source_names(desk), 1000)
        rows = connection.execute(judgement.select()).mappings().all()
    assert waiting == []
    assert all(any(item.reasons) for item in queue)
    kept = {r["arrival"] for r in rows if r["outcome"] != "ignored"}
    assert {i.arrival for i in queue} | {v.arrival for v in versions} == kept
    assert len(kept) > len(QUIRKS) * 3 // 4


def test_a_second_check_adds_nothing(by_imap):
    desk, _ = by_imap
    before = judged(desk)
    check(desk)
    assert judged(desk) == before


def test_a_maildir_and_explain_say_the_same(by_imap, tmp_path: Path):
    home = make_home(tmp_path)
    new = home.root / "var/mail/inbox/new"
    new.mkdir(parents=True)
    for number, quirk in enumerate(QUIRKS):
        (new / f"{number:03}.host").write_bytes(quirk.raw)
    desk = open_desk("drill", NOW, home)
    check(desk)
    for quirk, mailbox, folder in zip(QUIRKS, judged(by_imap[0]), judged(desk), strict=True):
        own = "own_mail" in quirk.kinds  # without an account the office has no address of its own
        assert own or folder == mailbox, quirk.about
        said = explain(by_imap[0], "a.eml", quirk.raw)
        assert (said["kind"], said["outcome"], said["sender"]) == mailbox, quirk.about
        if quirk.units is not None:
            assert tuple(said["units"]) == quirk.units, (quirk.about, said["reasons"])
