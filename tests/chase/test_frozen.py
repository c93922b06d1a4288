from dataclasses import replace
from email import message_from_bytes, policy

import pytest

from tasks.chase import frozen
from tasks.chase.frozen import Frozen, freeze, wire_of
from tasks.chase.merge import BLANK
from tasks.chase.outbox import enqueue
from tasks.ledger import outbox
from tasks.terms.letters import Form
from tests.ledger.factory import CAMPAIGN, NOON, letter

FORM = Form(
    "bureau@bureau.example", "某局", "催报", f"{BLANK}：请报送。\n", f"<p>{BLANK}：请报送。</p>",
    "2023-04-03T09:00:00+08:00", (("X-Baosong-Letter", "reminder"),),
)  # fmt: skip


def merged(number, name):
    return letter(number, wire=b"", form=FORM, name=name, message_id=f"<{number}@bureau.example>")


def kept(ledger, store, letters):
    enqueue(ledger, store, letters, NOON)
    with ledger.read() as connection:
        return {q.message_id: q for q in outbox.waiting(connection, CAMPAIGN)}


def test_many_letters_lie_in_one_file_and_each_is_handed_over_as_it_was_written(sqlite_ledger, store):
    letters = [
        letter(1),
        merged(2, "甲&乙镇"),
        letter(3, wire=b"other"),
        merged(4, "丙镇"),
    ]
    queued = kept(sqlite_ledger, store, letters)
    assert len({q.wire for q in queued.values()}) == 1
    reader = Frozen(store)
    for each in letters:
        assert reader.wire(queued[each.message_id]) == wire_of(each)


def test_a_form_is_filled_with_name_address_and_identity(store):
    mail = message_from_bytes(wire_of(merged(7, "甲&乙镇")), policy=policy.default)
    assert mail["To"].addresses[0].display_name == "甲&乙镇"
    assert mail["Message-ID"] == "<7@bureau.example>"
    assert mail.get_body(("plain",)).get_content().startswith("甲&乙镇：")
    assert "甲&amp;乙镇" in mail.get_body(("html",)).get_content()
    assert mail["X-Baosong-Letter"] == "reminder"


def test_one_letter_alone_lies_there_as_it_will_be_handed_over(sqlite_ledger, store):
    for each in (letter(1), merged(2, "甲镇")):
        (found,) = (q for q in kept(sqlite_ledger, store, [each]).values() if q.message_id == each.message_id)
        assert store.read(found.wire) == wire_of(each) == Frozen(store).wire(found)


def test_letters_of_several_files_are_read_in_any_order(sqlite_ledger, store, monkeypatch):
    monkeypatch.setattr(frozen, "MOST_BYTES", 10)
    letters = [letter(n, wire=b"letter %d" % n) for n in range(1, 8)]
    queued = kept(sqlite_ledger, store, letters)
    assert len({q.wire for q in queued.values()}) == 4
    reader = Frozen(store)
    for each in [*letters[::2], *letters[::-1]]:
        assert reader.wire(queued[each.message_id]) == each.wire


def test_the_file_is_on_the_disk_before_the_letters_are_in_the_outbox(store):
    seen = []
    for each, digest in freeze(store, [letter(1), letter(2)]):
        seen.append((each.unit, store.path(digest).exists()))
    assert seen == [("T1", True), ("T2", True)]


@pytest.mark.parametrize("again", [[1], [1, 2], [2, 3]])
def test_letters_known_already_keep_the_text_they_were_queued_with(sqlite_ledger, store, again):
    first = kept(sqlite_ledger, store, [letter(1), letter(2)])
    new = [replace(letter(n), wire=b"written anew", message_id=f"<again{n}@bureau.example>") for n in again]
    assert enqueue(sqlite_ledger, store, new, NOON) == len(set(again) - {1, 2})
    with sqlite_ledger.read() as connection:
        now = {q.message_id: q.wire for q in outbox.waiting(connection, CAMPAIGN)}
    assert len(first) == 2
    assert all(now[m] == q.wire for m, q in first.items())
