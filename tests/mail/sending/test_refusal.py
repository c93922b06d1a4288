import pytest

from tasks.mail.sending.refusal import no_such_address

GONE = [
    "5.1.1 <a@b.example>: Recipient address rejected: User unknown in virtual mailbox table",
    "User not found: a@163.example",
    "Invalid User: a@126.example",
    "Mailbox not found. http://service.mail.example/detail/122/169",
    "5.1.1 The email account that you tried to reach does not exist. Please try double-checking the address",
    "5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
    "5.4.1 Recipient address rejected: Access denied. [PUZZLE.prod.example]",
    "5.2.1 The email account that you tried to reach is disabled",
    "5.4.4 Host or domain name not found. Name service error for name=gone.example type=MX",
    "5.3.0 <a@b.example>... No such user here",
    "sorry, no mailbox here by that name. (#5.1.1)",
    "No such recipient here",
    "unrouteable address",
    "user not local; please try <a@c.example>",
    "收件人地址不存在",
    "该用户已停用",
    "此邮箱帐号已被注销",
    "查无此人",
    "无效的收件人",
    "User suspended",
]
OTHER = [
    "5.7.1 垃圾邮件，拒绝接收",
    "5.7.1 <a@b.example>: Recipient address rejected: Access denied",
    "5.7.1 unable to relay for a@b.example: user unknown",
    "Mail content denied. http://service.mail.example/detail/0/1010",
    "Domain may not exist or DNS check failed",
    "Sender address rejected: Domain not found",
    "5.1.8 Access denied, bad outbound sender",
    "5.1.7 The sender's address syntax is not valid",
    "5.1.1 sender address rejected: undeliverable address: user unknown",
    "Ip frequency limited",
    "5.4.6 too many hops",
    "5.4.1 No answer from host",
    "SPF check failed: account does not exist",
    "Mailbox unavailable or access denied",
    "Requested mail action not taken: denied by system",
    "Greylisted, please try again later",
    "authentication is required",
    "DT:SPM 163 smtp8",
    "5.2.2 user's mailbox is full",
    "Quota exceeded or service disabled.",
    "5.3.4 message too large for user",
    "发件人地址不存在",
    "your account has been suspended",
    "您的帐号已被停用",
    "可能的原因：收件人地址不存在、对方邮箱已满、被判为垃圾邮件",
    "sorry",
    "no",
    "",
]


@pytest.mark.parametrize("said", GONE)
def test_an_address_is_given_up_where_the_server_says_there_is_none(said):
    assert no_such_address(said)


@pytest.mark.parametrize("said", OTHER)
def test_no_address_is_given_up_for_the_letter_the_sender_or_haste(said):
    assert not no_such_address(said)


def test_a_status_told_elsewhere_decides_before_the_words():
    assert no_such_address("rejected", "5.1.1")
    assert not no_such_address("user unknown", "5.7.1")
    assert no_such_address("user unknown", "5.0.0")
