"""The office's mail accounts: password, log-in, certificate."""

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime

from tasks.health.finding import Found, fault, look, ok
from tasks.mail.sending.tls import tls_context
from tasks.mail.sending.transport import SmtpAccount, SmtpServer, Transport
from tasks.mail.sources.imap import ImapInbox
from tasks.settings import Account, Office, Server
from tasks.terms.errors import BaosongError
from tasks.terms.machine import why

RENEW_WITHIN = 21
"""Days before a certificate's end at which somebody should renew it."""
TIMEOUT = 10


def accounts(office: Office, now: datetime) -> Iterator[Found]:
    """Every account, logged in to as a run would."""
    if not office.accounts:
        yield look("邮箱", "尚未配置邮箱账户：信件只投到本机 var/mail/captured，不会寄出")
    for name, account in office.accounts.items():
        what = f"邮箱 {name}"
        try:
            yield from _account(what, account, now)
        except BaosongError as wrong:
            yield fault(what, str(wrong))


def _account(what: str, account: Account, now: datetime) -> Iterator[Found]:
    secret = account.secret()
    if account.imap:
        user = account.imap.user or account.address
        inbox = ImapInbox("doctor", account.imap, user, secret, ca_file=account.ca_file)
        junk = inbox.reach()
        yield ok(what, f"收件服务器 {account.imap.host} 可登录")
        for folder, count in junk.items():
            yield look(
                what,
                f"邮件夹“{folder}”里有 {count} 封未读邮件：请看有无各单位来件；"
                f"要一并收取的，在专项文件 sources 下加一条 folder: {folder}",
            )
        yield from _certificate(what, account.imap, account.ca_file, now)
    if account.smtp is None:
        yield look(what, "没有发件服务器：信件只投到本机，不会寄出")
        return
    server = SmtpServer(account.smtp.host, account.smtp.port, account.smtp.tls, account.smtp.user)
    with Transport(SmtpAccount(account.address, server, account.ca_file or None), secret) as transport:
        failed = transport.reach()
    if failed:
        yield fault(what, f"发件服务器 {server.host}：{failed.text}")
    else:
        yield ok(what, f"发件服务器 {server.host} 可登录")
        yield from _certificate(what, account.smtp, account.ca_file, now)


def _certificate(what: str, server: Server, ca_file: str, now: datetime) -> Iterator[Found]:
    """How long the server's certificate still lasts; for connections encrypted from the start."""
    if server.tls != "ssl":
        return
    try:
        with socket.create_connection((server.host, server.port), TIMEOUT) as line:
            line.settimeout(TIMEOUT)
            with tls_context(ca_file or None).wrap_socket(line, server_hostname=server.host) as secured:
                ends = str((secured.getpeercert() or {}).get("notAfter", ""))
    except OSError as wrong:
        yield fault(what, f"{server.host} 的证书核对不了：{why(wrong)}")
        return
    if not ends:
        return
    days = (datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC) - now).days
    if days < RENEW_WITHIN:
        yield look(what, f"{server.host} 的证书还有 {days} 天到期，请联系服务器管理员")
