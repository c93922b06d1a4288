"""Only our own server's word on a sender counts, and only when it says the sender failed (RFC 8601)."""

import pytest

from tasks.mail.auth import failed
from tasks.mail.parse import parse_mail
from tasks.settings import Account, Server

OURS = frozenset({"bureau.example", "imap.bureau.example"})
FROM = "zhang@town.example"


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("mx.bureau.example; dmarc=fail (p=none) header.from=town.example", "dmarc=fail"),
        ("bureau.example 1; spf=fail smtp.mailfrom=town.example; dkim=none", "spf=fail"),
        ("bureau.example; spf=softfail smtp.mailfrom=a@town.example; dkim=fail", "spf=softfail"),
        ("bureau.example; dkim=fail (bad signature) header.d=town.example", "dkim=fail"),
        ("bureau.example; spf=fail smtp.mailfrom=x.example; dkim=pass header.d=other.example", "spf=fail"),
    ],
)  # fmt: skip
def test_a_failure_our_server_found_is_told(header, said):
    assert failed([header.encode()], FROM, OURS) == said


@pytest.mark.parametrize(
    "header",
    [
        "mx.bureau.example; dmarc=pass header.from=town.example; spf=fail smtp.mailfrom=list.example",
        "bureau.example; spf=softfail smtp.mailfrom=town.example; dkim=pass header.d=town.example",
        "bureau.example; spf=pass smtp.mailfrom=town.example; dkim=fail header.d=town.example",
        "bureau.example; none",
        "bureau.example",
        "",
        "mx.elsewhere.example; dmarc=fail header.from=town.example",
        "evilbureau.example; dmarc=fail",
        "bureau.example; dmarc=temperror; spf=neutral",
        "bureau.example (comment; dmarc=fail); spf=pass smtp.mailfrom=town.example",
    ],
)
def test_whatever_else_stands_there_says_nothing_against_the_sender(header):
    assert failed([header.encode()], FROM, OURS) == ""


def test_only_the_topmost_header_of_our_server_counts():
    ours, written = b"mx.bureau.example; dmarc=fail", b"mx.bureau.example; dmarc=pass"
    assert failed([ours, written], FROM, OURS) == "dmarc=fail"
    assert failed([b"relay.example; dmarc=pass", ours], FROM, OURS) == "dmarc=fail"


def test_without_a_server_of_our_own_no_header_counts():
    assert failed([b"mx.bureau.example; dmarc=fail"], FROM, frozenset()) == ""


def test_a_mail_whose_sender_failed_is_put_before_a_person():
    raw = (
        b"Authentication-Results: mx.bureau.example;\r\n\tdmarc=fail header.from=town.example\r\n"
        b"From: zhang@town.example\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        b"--b\r\nContent-Disposition: attachment; filename=a.docx\r\n\r\nPK\r\n--b--\r\n"
    )
    mail = parse_mail(raw, receivers=OURS)
    assert mail.kind == "suspicious"
    assert "dmarc=fail" in mail.reasons[0]
    assert parse_mail(raw).kind == "submission"


def test_an_account_knows_its_servers_names_unless_it_is_told_one():
    account = Account(
        address="shgk@bureau.example", display_name="某局", imap=Server(host="imap.post.example", port=993)
    )
    assert account.receivers == {"bureau.example", "imap.post.example"}
    told = Account(address="shgk@bureau.example", display_name="某局", authserv_id="mx.post.example")
    assert told.receivers == {"mx.post.example"}
