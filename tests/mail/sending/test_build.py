from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import SMTP, default

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.mail.addresses import UNSAFE
from tasks.mail.decode import LONGEST_NAME
from tasks.mail.parse import parse_mail
from tasks.mail.sending.build import NOT_IN_A_NAME, build_mail, message_id

ID = "<1f@nanchuan.example>"


def letter(**changes):
    fields = {
        "sender": "bureau@nanchuan.example",
        "sender_name": "南川区民政局",
        "recipient": "clerk@dongcheng.example",
        "recipient_name": "东城街道办事处",
        "subject": "关于报送活动总结的提醒",
        "text": "各单位：\n.请于4月4日前报送。\n",
        "html": "<p>各单位：</p>",
        "message_id": ID,
        "date": datetime(2023, 4, 1, 8, tzinfo=UTC),
    }
    return build_mail(**(fields | changes))


WORDS = st.text(
    st.sampled_from("关于报送活动总结的报告清明镇街道𠮷〇（）《》“”·—0123abcXYZ -_.=?"),
    min_size=1,
    max_size=160,
)
FREE = st.text(st.characters(codec="utf-8"), min_size=1, max_size=80)


def visible(text: str) -> bool:
    return not UNSAFE.search(text) and " ".join(text.split()) == text


@settings(max_examples=300, deadline=None)
@given(subject=st.one_of(WORDS, FREE).filter(visible))
def test_any_subject_comes_back_as_it_was(subject):
    raw = letter(subject=subject)
    assert parse_mail(raw).subject == subject
    assert all(len(line) <= 78 for line in raw.split(b"\r\n"))


@settings(max_examples=300, deadline=None)
@given(
    name=st.one_of(WORDS, FREE)
    .filter(visible)
    .filter(
        lambda n: (
            not NOT_IN_A_NAME.search(n) and n.strip(" .") == n and len(n) <= LONGEST_NAME and "\\" not in n
        )
    ),
    data=st.binary(max_size=200).map(lambda b: b"1" + b),  # no archive's first octets
)
def test_any_file_comes_back_as_it_was(name, data):
    found = parse_mail(letter(files=[(name, data)], html=""))
    assert [(f.filename, f.data) for f in found.attachments] == [(name, data)]
    assert found.flags == ()


@settings(max_examples=100, deadline=None)
@given(name=st.one_of(WORDS, FREE).filter(visible))
def test_any_display_name_leaves_the_address_alone(name):
    found = parse_mail(letter(sender_name=name))
    assert found.sender == "bureau@nanchuan.example"


def test_the_same_letter_is_the_same_bytes():
    files = [("统计表.xlsx", b"x" * 1000)]
    assert letter(files=files) == letter(files=files)
    assert letter() != letter(message_id="<2f@nanchuan.example>")


def test_the_standard_library_reads_it_the_same():
    raw = letter(files=[("活动统计表.et", b"data"), ("a.csv", b"1,2")])
    found = message_from_bytes(raw, policy=default)
    assert found["Subject"] == "关于报送活动总结的提醒"
    assert str(found["From"].addresses[0].display_name) == "南川区民政局"
    assert found["To"].addresses[0].addr_spec == "clerk@dongcheng.example"
    assert found["Date"].datetime == datetime(2023, 4, 1, 8, tzinfo=UTC)
    assert found.get_body(("plain",)).get_content() == "各单位：\r\n.请于4月4日前报送。\r\n"
    attached = list(found.iter_attachments())
    assert [a.get_filename() for a in attached] == ["活动统计表.et", "a.csv"]
    assert [a.get_content_type() for a in attached] == ["application/wps-office.et", "text/csv"]
    assert attached[0].get_payload(decode=True) == b"data"
    assert not found.defects


def test_a_file_name_stands_in_both_forms():
    raw = letter(files=[("关于开展清明节文明祭扫活动情况的总结（终稿）.docx", b"x")]).decode()
    assert 'name="=?UTF-8?B?' in raw
    assert "filename*0*=UTF-8''%E5%85%B3" in raw
    assert "None" not in raw


def test_lines_words_and_line_ends_keep_the_rules():
    raw = letter(
        subject="a" + "关于" * 300,
        files=[("长" * 120 + ".ofd", b"x" * 5000)],
        headers={"X-Baosong": "a" * 900},
    )
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) < 998
    words = [
        w for line in raw.split(b"\r\n") for w in line.replace(b'"', b" ").split() if w.startswith(b"=?")
    ]
    assert words
    assert max(map(len, words)) <= 75
    for word in words:
        assert (
            message_from_bytes(b"Subject: " + word + b"\r\n\r\n", policy=default)["Subject"].count("\ufffd")
            == 0
        )


def test_it_says_that_it_is_automatic_only_when_it_is():
    assert b"Auto-Submitted: auto-generated\r\n" in letter()
    assert b"Auto-Submitted" not in letter(auto=False)


def test_exchange_is_asked_for_no_answer_but_a_bounce():
    (line,) = [each for each in letter().split(b"\r\n") if each.startswith(b"X-Auto-Response-Suppress: ")]
    kept_back = line.partition(b": ")[2].split(b", ")
    assert {b"OOF", b"AutoReply"} <= set(kept_back)
    assert not {b"All", b"NDR"} & set(kept_back)


def test_an_answer_names_what_it_answers():
    assert b"In-Reply-To: <x@y.example>\r\nReferences: <x@y.example>\r\n" in letter(
        in_reply_to="<x@y.example>"
    )


def test_an_own_header_is_written_plainly():
    assert b"X-Baosong-Letter: spring/dongcheng/first\r\n" in letter(
        headers={"X-Baosong-Letter": "spring/dongcheng/first"}
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "a\nBcc: x@y.example"},
        {"subject": "总结\r\n"},
        {"subject": "a\u2028b"},
        {"subject": "总结\u202excod"},
        {"subject": "a\x00b"},
        {"subject": "\ud800"},
        {"sender_name": "局\x0b"},
        {"recipient_name": "局\x85"},
        {"recipient": "clerk@dongcheng.example\n"},
        {"recipient": "evil>\r\nX Evil"},
        {"recipient": "a@b.example, c@d.example"},
        {"recipient": "clerk"},
        {"recipient": "某@dongcheng.example"},
        {"recipient": ".a@b.example"},
        {"recipient": "a" * 65 + "@b.example"},
        {"sender": ""},
        {"message_id": "x@y.example"},
        {"message_id": "<a@b.example>\r\nX: y"},
        {"in_reply_to": "<a b@c>"},
        {"date": datetime(2023, 4, 1)},
        {"headers": {"Subject": "again"}},
        {"headers": {"X-A": "b\r\nX: c"}},
        {"headers": {"X-A": "中"}},
        {"headers": {"X-A": "a" * 2000}},
        {"headers": {"X A": "b"}},
        {"files": [("../a.docx", b"")]},
        {"files": [("", b"")]},
        {"files": [("a\r\nb.docx", b"")]},
        {"files": [("a\u202efdp.exe", b"")]},
    ],
)
def test_what_could_do_harm_in_a_header_is_refused(changes):
    with pytest.raises(ValueError):
        letter(**changes)


def test_a_message_id_is_made_of_its_parts():
    one = message_id("spring", "dongcheng", "first", domain="nanchuan.example")
    assert one == message_id("spring", "dongcheng", "first", domain="nanchuan.example")
    assert one != message_id("spring", "dongchengfirst", "", domain="nanchuan.example")
    assert one.endswith("@nanchuan.example>")
    with pytest.raises(ValueError):
        message_id("a", domain="bad domain")


def test_a_letter_survives_another_programs_rewriting():
    rewritten = message_from_bytes(letter(files=[("统计表.xlsx", b"x" * 99)]), policy=SMTP).as_bytes()
    found = parse_mail(rewritten)
    assert [f.filename for f in found.attachments] == ["统计表.xlsx"]
    assert found.text == "各单位：\n.请于4月4日前报送。"
