"""The way into a mailbox: connection, log-in, folder, and whose business it is where one is refused."""

import imaplib
import re
import ssl
from contextlib import suppress
from dataclasses import dataclass

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError

from tasks.mail.sending.session import Server
from tasks.mail.sending.tls import tls_context, why_not_trusted
from tasks.mail.sources.imap_answers import said
from tasks.mail.sources.imap_manners import bound_literals, say_who_we_are
from tasks.terms.errors import Misconfigured, Transient
from tasks.terms.machine import why

TIMEOUT = 60
BUSY = re.compile(
    r"unavailable|inuse|serverbug|limit|throttl|try again|too many|busy|internal error|timed? ?out"
    r"|稍后|频繁|繁忙|系统忙|超时",
    re.IGNORECASE,
)
"""What passes by itself (RFC 5530, and what QQ and NetEase say)."""
UNSAFE = re.compile(r"unsafe login", re.IGNORECASE)
OF_THE_PASSWORD = re.compile(r"password|passwd|not open|abnormal|密码|授权码|未开[启通]|异常", re.IGNORECASE)
CHECK = "请检查用户名和授权码（QQ、163 须开启 IMAP 并用授权码）"

LOST = (OSError, imaplib.IMAP4.error, ImapToolsError)
"""What a line that drops or a server that gives up looks like."""


@dataclass(frozen=True, slots=True)
class Door:
    """One folder of one account on one server."""

    server: Server
    user: str
    password: str
    folder: str
    ca_file: str

    def opened(self, box: BaseMailBox | None) -> BaseMailBox:
        """The folder, selected anew; in the session there is, else in another one.

        Raises:
            Transient: the server is away or busy.
            Misconfigured: it refuses the account, or there is no such folder.
        """
        box = box or self._logged_in()
        try:
            self._select(box)
        except MailboxFolderSelectError as fault:
            self.leave(box)
            refused = f"邮箱 {self.user} 打不开邮件夹“{self.folder}”：{said(fault)}"
            if BUSY.search(said(fault)):
                raise Transient(f"{refused}，下次再收") from fault
            raise Misconfigured(refused) from fault
        return box

    def leave(self, box: BaseMailBox | None) -> None:
        """Hang up, without a word: where the line is lost there is nobody to say it to."""
        if box is not None:
            with suppress(*LOST):
                box.client.shutdown()

    def _select(self, box: BaseMailBox) -> None:
        try:
            try:
                box.folder.set(self.folder)
            except MailboxFolderSelectError as fault:
                if not UNSAFE.search(str(fault)):
                    raise
                say_who_we_are(box.client)  # NetEase asks for it even where it does not offer it
                box.folder.set(self.folder)
        except imaplib.IMAP4.readonly:  # a full mailbox, somebody else's: it can be read all the same
            box.folder.set(self.folder, readonly=True)

    def _logged_in(self) -> BaseMailBox:
        box = self._connected()
        try:
            box.login(self.user, self.password, initial_folder=None)
        except (MailboxLoginError, imaplib.IMAP4.error) as fault:
            self.leave(box)
            raise self._refused(fault) from None
        bound_literals(box.client)
        if "ID" in box.client.capabilities:  # NetEase refuses SELECT ("Unsafe Login") to who does not say
            say_who_we_are(box.client)
        return box

    def _refused(self, fault: Exception) -> Transient | Misconfigured:
        """Whether the log-in may work later. QQ names every reason in one sentence: it may be any of them."""
        words = said(fault)
        if self.password:  # some servers repeat it
            words = words.replace(self.password, "***")
        if isinstance(fault, imaplib.IMAP4.abort):
            return Transient(f"邮箱 {self.user} 暂时不能登录：{lost(fault)}")
        if BUSY.search(words):
            hint = f"。一直如此的，{CHECK}" if OF_THE_PASSWORD.search(words) else ""
            return Transient(f"邮箱 {self.user} 暂时不能登录：{words}{hint}")
        return Misconfigured(f"邮箱 {self.user} 登录被拒：{words}。{CHECK}")

    def _connected(self) -> BaseMailBox:
        host, port = self.server.host, self.server.port
        try:
            if self.server.tls == "none":
                return MailBoxUnencrypted(host, port, timeout=TIMEOUT)
            context = tls_context(self.ca_file)
            if self.server.tls == "ssl":
                return MailBox(host, port, timeout=TIMEOUT, ssl_context=context)
            return MailBoxStartTls(host, port, timeout=TIMEOUT, ssl_context=context)
        except ssl.SSLCertVerificationError as fault:
            raise Misconfigured(f"收件服务器 {host} 的证书不可信：{why_not_trusted(fault)}") from fault
        except LOST as fault:
            raise Transient(f"收件服务器 {host}:{port} 连接不上：{lost(fault)}") from fault


def lost(fault: Exception) -> str:
    """Why the line went, in Chinese; what the server itself said stays as it said it."""
    if isinstance(fault, OSError):
        return why(fault)
    return "连接被对方断开" if isinstance(fault, imaplib.IMAP4.abort) else said(fault)
