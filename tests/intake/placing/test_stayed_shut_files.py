"""What stays shut in an archive from a drop folder or the exchange is told of, as it is for a mail."""

import io
import zipfile
from datetime import timedelta

import pytest

from tasks.intake.collect import collect
from tasks.intake.placing.rules import Rules
from tasks.intake.settle import settle_new
from tasks.ledger import submissions
from tasks.mail.sources.incoming import Incoming
from tests.intake.factory import CAMPAIGN, ROSTER
from tests.mail.letters import attached, mail, text

RULES = Rules(CAMPAIGN, ROSTER, {"500119100": ("summary",)})
REPORT = (
    "三泉镇社会工作宣传周活动总结\n三泉镇人民政府\n" + "开展了五社联动、一老一小活动，群众广泛参与。" * 30
).encode()
NAME = "三泉镇活动总结.txt"


class Source:
    name = "drop:in"
    problems: list[str] = []  # noqa: RUF012

    def __init__(self, *items: Incoming) -> None:
        self.items = items

    def new(self, cursor):
        yield from self.items

    def cursor(self):
        return ""

    def settle(self, incoming):
        pass

    def close(self):
        pass


def archive(*members: tuple[str, bytes], encrypted: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members:
            made.writestr(name, data)
    data = bytearray(out.getvalue())
    if encrypted:  # the last member's flag, in its own head and in the directory
        for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            data[data.rindex(mark) + at] |= 1
    return bytes(data)


def nested(levels: int) -> bytes:
    data = archive(("内.txt", b"x"))
    for _ in range(levels):
        data = archive(("内.zip", data))
    return data


def settled(ledger, store, now, data: bytes, filename: str = "三泉镇.zip", form: str = "file"):
    hints = {"folder_hint": "三泉镇"} if form == "file" else {}
    item = Incoming("drop:in", "k1", now - timedelta(hours=1), data, filename, form, **hints)
    collect(ledger, store, Source(item), now)
    found = settle_new(ledger, store, RULES, ["drop:in"], now, own_addresses=frozenset())
    with ledger.read() as connection:
        queue = submissions.undecided(connection, CAMPAIGN.id, now)
        versions = submissions.of_campaign(connection, CAMPAIGN.id, now)
    return found, queue, versions


@pytest.mark.parametrize(
    ("beside", "encrypted", "said"),
    [
        (("表.csv", b"1,2"), True, "设有密码"),
        (("../../表.csv", b"1,2"), False, "指向目录之外"),
        (("表.csv", b"0" * 40_000_000), False, "解压后过大"),
        (("再.zip", nested(6)), False, "层数过多"),
        (("表.exe", b"MZ"), False, "可执行程序"),
    ],
)
def test_beside_what_came_out_a_person_is_told_of_what_did_not(
    sqlite_ledger, store, now, beside, encrypted, said
):
    found, queue, versions = settled(
        sqlite_ledger, store, now, archive((NAME, REPORT), beside, encrypted=encrypted)
    )
    assert [v.filename for v in versions if v.verdict == "accepted"] == [NAME]
    told = [q for q in queue if any(said in reason for reason in q.reasons)]
    assert told  # a program is told of twice: as a file of its own, and as what the archive held
    assert told[0].candidates == ("500119100",)
    assert found.ignored == 0


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (archive((NAME, REPORT), encrypted=True), "ENCRYPTED"),
        (archive(("../" + NAME, REPORT)), "HOSTILE"),
        (b"Rar!\x1a\x07\x00" + b"x" * 100, "WRONG_FORMAT"),
        (b"7z\xbc\xaf\x27\x1c" + b"x" * 100, "WRONG_FORMAT"),
        (archive((NAME, REPORT))[:-30], "DAMAGED"),
    ],
)
def test_an_archive_nothing_came_out_of_says_why(sqlite_ledger, store, now, data, code):
    _, queue, versions = settled(sqlite_ledger, store, now, data)
    codes = [f["code"] for v in versions for f in v.reading["findings"]]
    assert len(queue) + len(versions) == 1
    assert code in codes or any(q.reasons for q in queue)
    assert all(v.verdict == "returned" for v in versions)


def test_an_archive_that_kills_its_reader_is_a_hostile_file_alone(sqlite_ledger, store, now, monkeypatch):
    for room in ("mail", "intake"):
        monkeypatch.setattr(f"tasks.{room}.reader._CHILD.answer", lambda *_: None)
    _, queue, versions = settled(sqlite_ledger, store, now, archive((NAME, REPORT)))
    said = [f["code"] for v in versions for f in v.reading["findings"]] + [
        r for q in queue for r in q.reasons
    ]
    assert "HOSTILE" in said or any("耗尽了内存或时间" in each for each in said)


AUTO = (
    b"From: u500119100@town.example\r\nTo: b@district.example\r\nSubject: report\r\n"
    b"Auto-Submitted: auto-replied\r\n"
)


def test_a_report_on_an_automatic_answer_waits_for_a_person(sqlite_ledger, store, now):
    raw = mail(text("外出，请见附件"), attached(b"; filename=report.txt", REPORT), head=AUTO)
    found, queue, versions = settled(sqlite_ledger, store, now, raw, "", "mail")
    assert (found.queued, versions) == (1, [])
    assert (queue[0].filename, queue[0].candidates) == ("report.txt", ("500119100",))
    assert "自动回复" in queue[0].reasons[0]


def test_an_automatic_answer_with_a_picture_or_a_card_is_only_noted(sqlite_ledger, store, now):
    raw = mail(
        text("外出"), attached(b"; filename=a.png", b"\x89PNG\r\n\x1a\n"),
        attached(b"; filename=a.vcf", b"BEGIN:VCARD"), head=AUTO,
    )  # fmt: skip
    found, queue, versions = settled(sqlite_ledger, store, now, raw, "", "mail")
    assert (found.ignored, queue, versions) == (1, [], [])


def test_a_text_cut_short_on_the_way_is_no_report(sqlite_ledger, store, now):
    head = AUTO.replace(b"Auto-Submitted: auto-replied\r\n", b"")
    raw = mail(text("见附件"), attached(b"; filename=a.txt", REPORT), head=head)
    end = raw.rindex(b"\n\r\n--BOUND--")
    found, queue, versions = settled(sqlite_ledger, store, now, raw[: end - 9] + raw[end:], "", "mail")
    assert found.submissions + found.queued == 1
    assert all(v.verdict == "returned" for v in versions)
    assert any("不完整" in str(said) for said in (*versions, *queue))


def test_a_hundred_large_archives_are_not_held_at_once(sqlite_ledger, store, now, monkeypatch):
    monkeypatch.setattr("tasks.intake.settle.HELD", 1)
    held = []
    items = [
        Incoming("drop:in", f"k{n}", now, archive((NAME, REPORT + str(n).encode())), f"{n}.zip", "file")
        for n in range(3)
    ]
    collect(sqlite_ledger, store, Source(*items), now)
    keep = store.put_all

    def kept(files):
        held.append(list(files))
        return keep(held[-1])

    monkeypatch.setattr(store, "put_all", kept)
    settle_new(sqlite_ledger, store, RULES, ["drop:in"], now, own_addresses=frozenset())
    assert [len(files) for files in held] == [1, 1, 1]


def test_of_mails_full_of_pictures_no_more_are_held_than_of_others(sqlite_ledger, store, now, monkeypatch):
    monkeypatch.setattr("tasks.intake.settle.HELD", 100)
    shown = b"Content-Type: image/png\r\nContent-ID: <a>\r\n\r\n\x89PNG" + b"x" * 200
    monkeypatch.setattr(store, "put_all", lambda files, keep=store.put_all: (held.append(0), keep(files))[1])
    held: list[int] = []
    raws = [mail(text(f"第{n}封"), shown, head=AUTO) for n in range(3)]
    collect(
        sqlite_ledger,
        store,
        Source(*(Incoming("drop:in", f"k{n}", now, raw, "", "mail") for n, raw in enumerate(raws))),
        now,
    )
    held.clear()
    settle_new(sqlite_ledger, store, RULES, ["drop:in"], now, own_addresses=frozenset())
    assert len(held) == 3
