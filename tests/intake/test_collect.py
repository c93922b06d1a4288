from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from tasks.intake import collect as module
from tasks.intake.collect import collect
from tasks.ledger import arrivals, latest
from tasks.ledger.session import Ledger
from tasks.mail.sources.drop import DropFolder
from tasks.mail.sources.incoming import WHEN_TAKEN, Incoming
from tasks.store.files import Store
from tasks.terms.errors import Transient
from tests.ledger.factory import NOON, digest, hours


def mail(n, **more):
    return Incoming(
        **{"source": "inbox", "key": f"1:{n}", "received_at": NOON, "data": f"mail {n}".encode()} | more
    )


class Killed(BaseException):
    """Stands for a kill: nothing may catch it."""


class Mailbox:
    """A source that remembers what was settled, and may fail at a place."""

    name = "inbox"

    def __init__(self, items, *, fail_at=None, fault=Killed):
        self.items, self.settled, self.problems, self.remarks = list(items), [], [], []
        self._fail_at, self._fault, self._read = fail_at, fault, 0

    def new(self, cursor):
        self._read = int(cursor or 0)
        for n, item in enumerate(self.items[self._read :], self._read):
            if n == self._fail_at:
                raise self._fault("线路中断")
            yield item
            self._read = n + 1

    def cursor(self):
        return str(self._read)

    def settle(self, incoming):
        self.settled.append(incoming.key)

    def close(self):
        pass


@pytest.fixture
def take(ledger, store):
    return lambda inbox: collect(ledger, store, inbox, hours(1))


def entered(ledger):
    with ledger.read() as connection:
        return arrivals.unjudged(connection, "any", ["inbox"], 10_000)


def cursor(ledger):
    with ledger.read() as connection:
        return arrivals.cursor_of(connection, "inbox")


def test_what_arrives_is_stored_entered_settled_and_read_past(ledger, store, take):
    inbox = Mailbox([mail(1), mail(2)])
    assert take(inbox) == 2
    assert [store.read(a.digest) for a in entered(ledger)] == [b"mail 1", b"mail 2"]
    assert inbox.settled == ["1:1", "1:2"]
    assert cursor(ledger) == "2"


def test_taking_in_again_adds_nothing(take):
    items = [mail(1), mail(2)]
    take(Mailbox(items))
    again = Mailbox(items)
    assert take(again) == 0
    assert again.settled == []


def test_a_mailbox_that_renumbers_itself_adds_nothing_and_is_settled_under_its_new_numbers(ledger, take):
    take(Mailbox([mail(1)]))
    renumbered = Mailbox([mail(9, data=b"mail 1"), mail(1, key="7:1"), mail(2, key="7:2")])
    renumbered.new = lambda _cursor, real=renumbered.new: real("")
    assert take(renumbered) == 1
    assert renumbered.settled == ["1:9", "7:1", "7:2"]
    assert len(entered(ledger)) == 2


def test_an_item_is_in_store_and_ledger_before_its_source_lets_go_of_it(ledger, store):
    seen = []

    class Witness(Mailbox):
        def settle(self, _incoming):
            other = Ledger(ledger.url)  # another program looking at the same database
            seen.append([store.read(a.digest) for a in entered(other)])
            other.close()

    collect(ledger, store, Witness([mail(1)]), hours(1))
    assert seen == [[b"mail 1"]]


def test_the_cursor_never_passes_what_the_ledger_does_not_hold(ledger, store, monkeypatch):
    def refuse(*_):
        raise Killed

    monkeypatch.setattr(module.arrivals, "add", refuse)
    inbox = Mailbox([mail(1)])
    with pytest.raises(Killed):
        collect(ledger, store, inbox, hours(1))
    assert (cursor(ledger), inbox.settled, entered(ledger)) == ("", [], [])


@pytest.mark.parametrize("fault", [Killed, Transient])
@pytest.mark.parametrize("place", [0, 1, 2, 3, 4])
def test_a_break_anywhere_in_the_source_loses_nothing_and_what_came_over_the_line_is_kept(
    sqlite_ledger, store, monkeypatch, place, fault
):
    monkeypatch.setattr(module, "BATCH_ITEMS", 2)
    items = [mail(n) for n in range(5)]
    with pytest.raises(fault):
        collect(sqlite_ledger, store, Mailbox(items, fail_at=place, fault=fault), hours(1))
    held = {a.digest for a in entered(sqlite_ledger)}
    assert cursor(sqlite_ledger) == (str(place) if fault is Transient else "")
    assert len(held) == (place if fault is Transient else place // 2 * 2)
    collect(sqlite_ledger, store, Mailbox(items), hours(1))
    assert len(entered(sqlite_ledger)) == 5
    assert cursor(sqlite_ledger) == "5"


def test_over_a_line_that_breaks_every_time_a_full_mailbox_comes_in_all_the_same(sqlite_ledger, store):
    items = [mail(n) for n in range(9)]
    for reached in ("3", "6"):
        with pytest.raises(Transient):
            collect(sqlite_ledger, store, Mailbox(items, fail_at=int(reached), fault=Transient), hours(1))
        assert cursor(sqlite_ledger) == reached
    assert collect(sqlite_ledger, store, Mailbox(items), hours(1)) == 3
    assert len(entered(sqlite_ledger)) == 9


def test_what_nobody_says_when_it_came_counts_from_when_it_is_taken(sqlite_ledger, store):
    collect(sqlite_ledger, store, Mailbox([mail(1, received_at=WHEN_TAKEN)]), hours(1))
    assert [a.received_at for a in entered(sqlite_ledger)] == [hours(1)]


def test_a_dropped_files_name_shows_its_true_end(sqlite_ledger, store):
    file = mail(1, form="file", filename="甲镇总结\u202excod.exe", folder_hint="甲\n镇")
    collect(sqlite_ledger, store, Mailbox([file]), hours(1))
    (entry,) = entered(sqlite_ledger)
    assert (entry.filename, entry.hints["folder"]) == ("甲镇总结xcod.exe", "甲 镇")


@pytest.mark.parametrize(
    ("step", "count"),
    [*((s, n) for s in ("put_all", "add", "settle") for n in (1, 2, 3)), ("move_cursor", 1)],
)
def test_a_kill_at_any_step_loses_nothing_and_the_next_run_finishes(
    sqlite_ledger, store, monkeypatch, step, count
):
    items = [mail(n) for n in range(3)]
    monkeypatch.setattr(module, "BATCH_ITEMS", 1)
    inbox = Mailbox(items)
    owner = {"put_all": store, "settle": inbox}.get(step, module.arrivals)
    real, calls = getattr(owner, step), []

    def killing(*given):
        calls.append(given)
        if len(calls) == count:
            raise Killed
        return real(*given)

    with monkeypatch.context() as patch:
        patch.setattr(owner, step, killing)
        with pytest.raises(Killed):
            collect(sqlite_ledger, store, inbox, hours(1))
    held = {a.digest for a in entered(sqlite_ledger)}
    assert {digest(f"mail {key[2:]}") for key in inbox.settled} <= held
    collect(sqlite_ledger, store, Mailbox(items), hours(1))
    assert {a.digest for a in entered(sqlite_ledger)} == {digest(f"mail {n}") for n in range(3)}
    assert cursor(sqlite_ledger) == "3"


def test_two_workers_at_one_source_at_once_enter_each_item_once(ledger, store):
    items = [mail(n) for n in range(40)]
    with ThreadPoolExecutor(3) as pool:
        taken = list(pool.map(lambda _: collect(ledger, store, Mailbox(items), hours(1)), range(3)))
    assert sum(taken) == 40
    assert len(entered(ledger)) == 40
    assert cursor(ledger) == "40"


def test_batches_are_cut_by_number_and_by_size(monkeypatch):
    monkeypatch.setattr(module, "BATCH_ITEMS", 3)
    monkeypatch.setattr(module, "BATCH_BYTES", 10)
    sizes = [4, 4, 4, 1, 1, 1, 1, 30, 2]
    coming = module._Coming(mail(n, data=b"x" * size) for n, size in enumerate(sizes))
    assert [[len(i.data) for i in batch] for batch in coming.batches()] == [
        [4, 4, 4],
        [1, 1, 1],
        [1, 30],
        [2],
    ]
    assert list(module._Coming([]).batches()) == []


def test_nothing_was_received_later_than_it_was_taken_in(ledger, take):
    take(Mailbox([mail(1, received_at=hours(-5)), mail(2, received_at=hours(99))]))
    assert [(a.received_at, a.taken_at) for a in entered(ledger)] == [
        (hours(-5), hours(1)),
        (hours(1), hours(1)),
    ]


def test_one_blank_form_from_two_units_is_two_arrivals_and_one_dropped_again_is_none(ledger, take):
    form = {"data": b"form", "form": "file", "filename": "统计表.xlsx"}
    take(Mailbox([mail(1, folder_hint="东坪镇", **form), mail(2, folder_hint="西坪镇", **form)]))
    again = Mailbox([mail(3, folder_hint="东坪镇", **form), mail(4, sender_hint="西坪镇", **form)])
    again.new = lambda _cursor, real=again.new: real("")
    assert take(again) == 1
    assert [a.hints for a in entered(ledger)] == [
        {"folder": "东坪镇"},
        {"folder": "西坪镇"},
        {"sender": "西坪镇"},
    ]


def test_a_title_longer_than_an_index_holds_is_taken_in(ledger, take):
    title = "".join(chr(0x4E00 + n * 7919 % 20000) for n in range(5000))
    item = mail(1, data=b"form", form="file", subject_hint=title)
    assert take(Mailbox([item])) == 1
    assert entered(ledger)[0].hints == {"subject": title}


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("东坪镇总结.docx".encode("gb18030"), "东坪镇总结.docx"),
        ("东坪镇总结.docx".encode(), "东坪镇总结.docx"),
        (b"plain.docx", "plain.docx"),
        (b"\xff\xff.docx", "\\udcff\\udcff.docx"),
    ],
    ids=["gb18030", "utf-8", "ascii", "neither"],
)
def test_a_file_name_in_any_encoding_is_taken_in_and_nothing_behind_it_waits(
    ledger, store, tmp_path, raw, read
):
    folder = tmp_path / "drop"
    folder.mkdir()
    for name, content in ((raw, b"form"), (b"later.docx", b"later")):
        with open(bytes(folder) + b"/" + name, "wb") as file:  # noqa: PTH123  a name that is no text
            file.write(content)
    assert collect(ledger, store, DropFolder("inbox", folder, hours(1)), hours(1)) == 2
    assert {a.filename for a in entered(ledger)} == {read, "later.docx"}
    assert list(folder.glob("*.docx")) == []
    assert collect(ledger, store, DropFolder("inbox", folder, hours(1)), hours(2)) == 0


def test_a_store_that_cannot_write_leaves_the_item_at_its_source(sqlite_ledger, tmp_path):
    (tmp_path / "store").write_text("in the way")
    inbox = Mailbox([mail(1)])
    with pytest.raises(OSError, match="directory"):
        collect(sqlite_ledger, Store(tmp_path / "store"), inbox, NOON + timedelta(hours=1))
    assert (inbox.settled, entered(sqlite_ledger), cursor(sqlite_ledger)) == ([], [], "")


def test_what_could_not_be_taken_is_remembered_until_the_source_no_longer_holds_it(ledger, take):
    def remembered():
        with ledger.read() as connection:
            return arrivals.left_there(connection, ["inbox", "other"])

    shut = Mailbox([])
    shut.problems.append("“总结.lnk”是快捷方式")
    take(shut)
    assert remembered() == {"inbox": ["“总结.lnk”是快捷方式"]}
    with ledger.read() as connection:
        mark = latest.mark_of(connection)
    take(shut)
    with ledger.read() as connection:
        assert latest.mark_of(connection) == mark, "nothing new at a source is nothing written"
    take(Mailbox([]))
    assert remembered() == {}
