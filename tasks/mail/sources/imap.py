"""Mail in a mailbox on a server, by IMAP.

Only UIDs and INTERNALDATE are relied on: QQ's server ignores SEARCH terms. Nothing is deleted or moved; a
mail is marked as read once the ledger holds it, because staff read the same mailbox.
"""

import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError

from tasks.mail.sending.session import Server
from tasks.mail.sending.tls import tls_context, why_not_trusted
from tasks.mail.sources.folders import log
from tasks.mail.sources.imap_manners import bound_literals, say_who_we_are
from tasks.mail.sources.incoming import Incoming
from tasks.terms.errors import Misconfigured, Transient
from tasks.terms.machine import why

TIMEOUT = 60
BATCH_BYTES = 16 * 1024 * 1024
BATCH_MAILS = 50
LARGEST_MAIL = 60 * 1024 * 1024
PART_OF_A_LARGE_ONE = 256 * 1024
SEEN_AT_ONCE = 100

UID = re.compile(rb"\bUID (\d+)")
SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
DATE = re.compile(rb'\bINTERNALDATE "\s?(\d{1,2})-(\w{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)"')
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
BUSY = re.compile(r"unavailable|inuse|limit|try again|too many|busy|稍后|频繁", re.IGNORECASE)

UNSAFE = re.compile(r"unsafe login", re.IGNORECASE)

JUNK_FLAG = "\\junk"
"""The special use of RFC 6154."""
JUNK = re.compile(r"^(INBOX[./])?(junk( e-?mail)?|spam|bulk|垃圾(邮件|箱|邮箱)?|广告邮件)$", re.IGNORECASE)
"""What QQ, 163, Coremail and Exchange call that folder where they tell no special use."""
LOST = (OSError, imaplib.IMAP4.error, ImapToolsError)
"""What a line that drops or a server that gives up looks like."""


class _No(imaplib.IMAP4.error):
    """The server answered NO."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    uid: int
    size: int
    received_at: datetime


class ImapInbox:
    """One folder of a mailbox.

    The cursor is ``uidvalidity:last uid``. A new UIDVALIDITY starts over: the ledger tells by digest what it
    has seen. A mail the server will not give out holds the cursor back, the others are taken.
    """

    def __init__(
        self, name: str, server: Server, user: str, password: str, *, folder: str = "INBOX", ca_file: str = ""
    ) -> None:
        self.name = name
        self.problems: list[str] = []
        self.remarks: list[str] = []
        self._server = server
        self._user = user
        self._password = password
        self._folder = folder
        self._ca_file = ca_file
        self._box: BaseMailBox | None = None
        self._cursor = ""
        self._validity = 0
        self._seen: list[int] = []
        self._withheld: list[int] = []

    def reach(self) -> dict[str, int]:
        """Log in, open the folder, look where mail may have gone astray, and leave again.

        Returns:
            how many unread mails lie in each folder the server, or its name, calls junk; none are left out.

        Raises:
            Transient, Misconfigured: as a run would find it.
        """
        try:
            box = self._open()
            names = [
                f.name
                for f in box.folder.list()
                if JUNK_FLAG in map(str.lower, f.flags) or JUNK.search(f.name)
            ]
            unread = {name: box.folder.status(name, ["UNSEEN"])["UNSEEN"] for name in names}
        except LOST as fault:
            raise Transient(f"收件邮箱 {self._user} 连接中断：{_lost(fault)}") from fault
        finally:
            self.close()
        return {name: count for name, count in unread.items() if count}

    def new(self, cursor: str) -> Iterator[Incoming]:
        """Offer mails with a UID above the cursor's, in the order the server took them."""
        self._cursor, self._withheld = cursor, []
        try:
            client = self._open().client
            self._validity, next_uid = _number(client, "UIDVALIDITY"), _number(client, "UIDNEXT")
            last = _last_uid(cursor, self._validity)
            waiting = [] if 0 < next_uid <= last + 1 else self._waiting(last)
            for batch in _batches(waiting):
                yield from self._fetch(batch)
        except LOST as fault:
            self.close()
            raise Transient(f"收件邮箱 {self._user} 连接中断：{_lost(fault)}，下次再收") from fault
        last = max([last, *(w.uid for w in waiting)])
        self._cursor = f"{self._validity}:{min([last, *(uid - 1 for uid in self._withheld)])}"

    def cursor(self) -> str:
        """``uidvalidity:last uid`` after a whole iteration; the session with the server ends with it."""
        self.close()
        return self._cursor

    def settle(self, incoming: Incoming) -> None:
        """Have the mail marked as read, many at a time."""
        validity, _, uid = incoming.key.partition(":")
        if self._box is None or validity != str(self._validity):
            return
        self._seen.append(int(uid))
        if len(self._seen) >= SEEN_AT_ONCE:
            self._mark_seen()

    def close(self) -> None:
        """Log out; may be repeated."""
        self._mark_seen()
        box, self._box = self._box, None
        if box is not None:
            with suppress(*LOST):
                box.logout()

    def _open(self) -> BaseMailBox:
        """The folder, selected anew: the counts are this moment's."""
        if self._box is None:
            self._box = self._logged_in()
        try:
            try:
                self._box.folder.set(self._folder)
            except MailboxFolderSelectError as fault:
                if not UNSAFE.search(str(fault)):
                    raise
                say_who_we_are(self._box.client)  # NetEase asks for it even where it does not offer it
                self._box.folder.set(self._folder)
        except MailboxFolderSelectError as fault:
            self.close()
            raise Misconfigured(
                f"邮箱 {self._user} 打不开邮件夹“{self._folder}”：{_answer(fault)}"
            ) from fault
        return self._box

    def _logged_in(self) -> BaseMailBox:
        box = self._connected()
        try:
            box.login(self._user, self._password, initial_folder=None)
        except (MailboxLoginError, imaplib.IMAP4.error) as fault:
            _end(box)
            if isinstance(fault, imaplib.IMAP4.abort) or BUSY.search(str(fault)):
                raise Transient(f"邮箱 {self._user} 暂时不能登录：{self._said(fault)}") from fault
            hint = "请检查用户名和授权码（QQ、163 须开启 IMAP 并用授权码）"
            raise Misconfigured(f"邮箱 {self._user} 登录被拒：{self._said(fault)}。{hint}") from None
        bound_literals(box.client)
        if "ID" in box.client.capabilities:  # NetEase refuses SELECT ("Unsafe Login") to who does not say
            say_who_we_are(box.client)
        return box

    def _said(self, fault: Exception) -> str:
        """The server's answer to the log-in; some repeat the password in it."""
        said = str(fault)
        return _answer(ValueError(said.replace(self._password, "***") if self._password else said))

    def _connected(self) -> BaseMailBox:
        host, port = self._server.host, self._server.port
        try:
            if self._server.tls == "none":
                return MailBoxUnencrypted(host, port, timeout=TIMEOUT)
            context = tls_context(self._ca_file)
            if self._server.tls == "ssl":
                return MailBox(host, port, timeout=TIMEOUT, ssl_context=context)
            return MailBoxStartTls(host, port, timeout=TIMEOUT, ssl_context=context)
        except ssl.SSLCertVerificationError as fault:
            raise Misconfigured(f"收件服务器 {host} 的证书不可信：{why_not_trusted(fault)}") from fault
        except LOST as fault:
            raise Transient(f"收件服务器 {host}:{port} 连接不上：{_lost(fault)}") from fault

    def _waiting(self, last: int) -> list[_Waiting]:
        """What lies above the last UID. ``n:*`` always names the newest mail, even an old one."""
        rows = self._uid("FETCH", f"{last + 1}:*", "(UID INTERNALDATE RFC822.SIZE)")
        found = []
        for row in rows:
            line = row if isinstance(row, bytes) else b""
            uid, size, date = UID.search(line), SIZE.search(line), DATE.search(line)
            if uid and date and int(uid[1]) > last:
                found.append(_Waiting(int(uid[1]), int(size[1]) if size else 0, _internal_date(date)))
        return sorted(found, key=lambda each: each.uid)

    def _fetch(self, batch: Sequence[_Waiting]) -> Iterator[Incoming]:
        """The batch's mails; one that vanished meanwhile is passed over."""
        part = "BODY.PEEK[]"
        if batch[0].size > LARGEST_MAIL:
            part = f"BODY.PEEK[]<0.{PART_OF_A_LARGE_ONE}>"
            self.problems.append(
                f"邮箱 {self._user} 有一封 {batch[0].size >> 20} MB 的邮件，只收取了开头部分，请人工处理"
            )
        bodies = self._bodies([w.uid for w in batch], part)
        for each in batch:
            if each.uid in bodies:
                key = f"{self._validity}:{each.uid}"
                yield Incoming(self.name, key, each.received_at, bodies.pop(each.uid))
            elif not self._is_gone(each.uid):
                self._withheld.append(each.uid)
                self.problems.append(
                    f"邮箱 {self._user} 有一封邮件（UID {each.uid}）服务器未能给出，下次再收"
                )

    def _bodies(self, uids: Sequence[int], part: str) -> dict[int, bytes]:
        """The mails' bytes by UID. One that vanished makes some servers refuse the whole batch."""
        try:
            rows = self._uid("FETCH", ",".join(map(str, uids)), f"(UID {part})")
        except _No:
            singly = [self._bodies([uid], part) for uid in uids] if len(uids) > 1 else []
            return {uid: body for each in singly for uid, body in each.items()}
        found = (_body(row, after) for row, after in zip(rows, [*rows[1:], b""], strict=True))
        return dict(filter(None, found))

    def _is_gone(self, uid: int) -> bool:
        rows = self._uid("FETCH", str(uid), "(UID)")
        return not any(isinstance(row, bytes) and UID.search(row) for row in rows)

    def _uid(self, command: str, *arguments: str) -> list[object]:
        if self._box is None:
            raise imaplib.IMAP4.abort("连接已断")
        status, rows = self._box.client.uid(command, *arguments)
        if status != "OK":
            raise _No(f"{command} {rows!r}")
        return list(rows)

    def _mark_seen(self) -> None:
        """A failure is only logged: the ledger knows the mails, whatever the server shows."""
        uids, self._seen = self._seen, []
        if not uids or self._box is None:
            return
        try:
            self._uid("STORE", ",".join(map(str, uids)), "+FLAGS.SILENT", r"(\Seen)")
        except LOST as fault:
            log.warning("%s：%d 封邮件未能标为已读（%s）", self.name, len(uids), fault)


def _last_uid(cursor: str, validity: int) -> int:
    known, _, last = cursor.partition(":")
    return int(last) if known == str(validity) and last.isdigit() else 0


def _number(client: imaplib.IMAP4, name: str) -> int:
    """A number the server told when the folder was selected; 0 when it did not."""
    values = client.untagged_responses.get(name) or [b""]
    value = values[-1]
    return int(value) if isinstance(value, bytes) and value.isdigit() else 0


def _internal_date(found: re.Match[bytes]) -> datetime:
    """INTERNALDATE as UTC. The month's name is English whatever the machine's language."""
    day, month, year, hour, minute, second, sign, hours, minutes = (each.decode() for each in found.groups())
    offset = timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if sign == "-" else 1)
    number = MONTHS.index(month.lower()) + 1
    moment = datetime(
        int(year), number, int(day), int(hour), int(minute), int(second), tzinfo=timezone(offset)
    )
    return moment.astimezone(UTC)


def _body(row: object, after: object) -> tuple[int, bytes] | None:
    """UID and bytes of one FETCH answer; the UID may stand before or after the literal."""
    if not isinstance(row, tuple):
        return None
    uid = UID.search(row[0]) or (UID.search(after) if isinstance(after, bytes) else None)
    return (int(uid[1]), row[1]) if uid else None


def _batches(waiting: Sequence[_Waiting]) -> Iterator[list[_Waiting]]:
    batch: list[_Waiting] = []
    size = 0
    for each in waiting:
        if batch and (size + each.size > BATCH_BYTES or len(batch) >= BATCH_MAILS):
            yield batch
            batch, size = [], 0
        batch.append(each)
        size += each.size
    if batch:
        yield batch


def _answer(fault: Exception) -> str:
    return str(fault).replace("\n", " ")[:200]


def _end(box: BaseMailBox) -> None:
    with suppress(*LOST):
        box.client.shutdown()


def _lost(fault: Exception) -> str:
    """Why the line went, in Chinese; what the server itself said stays as it said it."""
    if isinstance(fault, OSError):
        return why(fault)
    return "连接被对方断开" if isinstance(fault, imaplib.IMAP4.abort) else str(fault)
