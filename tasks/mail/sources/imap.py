"""Mail in a mailbox on a server, by IMAP.

Only UIDs and INTERNALDATE are relied on: QQ's server ignores SEARCH terms. Nothing is deleted or moved; a
mail is marked as read once the ledger holds it, because staff read the same mailbox.
"""

import imaplib
import re
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from datetime import datetime

from imap_tools import BaseMailBox
from imap_tools.errors import UnexpectedCommandStatusError

from tasks.mail.received import received_date
from tasks.mail.sending.session import Server
from tasks.mail.sources.folders import log
from tasks.mail.sources.imap_answers import Progress, Waiting, batches, bodies, listed
from tasks.mail.sources.imap_login import LOST, Door, lost
from tasks.mail.sources.incoming import WHEN_TAKEN, Incoming
from tasks.terms.errors import Transient
from tasks.terms.times import local

LARGEST_MAIL = 60 * 1024 * 1024
PART_OF_A_LARGE_ONE = 256 * 1024
SEEN_AT_ONCE = 100
LOST_IN_A_ROW = 3
"""So many mails one after the other over which the line is lost, and it is the line's fault, not theirs."""

ASIDE = "请在邮箱网页中找到它，把材料另存后放入投放目录或用“登记来件”录入，再把该邮件移到别的文件夹"
"""What a person does with a mail only the provider's own pages show."""

JUNK_FLAG = "\\junk"
"""The special use of RFC 6154."""
JUNK = re.compile(r"^(INBOX[./])?(junk( e-?mail)?|spam|bulk|垃圾(邮件|箱|邮箱)?|广告邮件)$", re.IGNORECASE)
"""What QQ, 163, Coremail and Exchange call that folder where they tell no special use."""

Ask = Callable[[Sequence[int], str], dict[int, bytes]]
"""Gives the mails' bytes by UID."""


class _No(UnexpectedCommandStatusError):
    """The server answered NO."""


class ImapInbox:
    """One folder of a mailbox.

    The cursor says how far the folder has been read (``Progress``). A new UIDVALIDITY, or a mailbox put back
    from a backup, starts over: the ledger tells by digest what it has seen. What a server will not give out
    is asked for again at every visit and told; it keeps nothing behind it waiting.
    """

    def __init__(
        self, name: str, server: Server, user: str, password: str, *, folder: str = "INBOX", ca_file: str = ""
    ) -> None:
        self.name = name
        self.problems: list[str] = []
        self.remarks: list[str] = []
        self._user = user
        self._door = Door(server, user, password, folder, ca_file)
        self._box: BaseMailBox | None = None
        self._cursor = ""
        self._validity = 0
        self._seen: list[int] = []

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
            raise Transient(f"收件邮箱 {self._user} 连接中断：{lost(fault)}") from fault
        finally:
            self.close()
        return {name: count for name, count in unread.items() if count}

    def new(self, cursor: str) -> Iterator[Incoming]:
        """Offer the mails above the cursor's UID, in the server's order; then those withheld before."""
        self._cursor = cursor
        try:
            client = self._open().client
            self._validity, next_uid = _number(client, "UIDVALIDITY"), _number(client, "UIDNEXT")
            reached = Progress.read(cursor, self._validity)
            if 0 < next_uid <= reached.last:
                reached = self._begun_anew(reached)
            waiting = self._waiting(reached, next_uid)
            reached = reached.without_the_gone(waiting)
            again = [[each] for each in waiting if each.uid in reached.withheld]
            for batch in batches([each for each in waiting if each.uid not in reached.withheld]):
                reached = yield from self._past(reached, batch, self._at_any_cost)
            for batch in again:  # last, for what broke the line before may break it now
                reached = yield from self._past(reached, batch, self._once_more)
        except LOST as fault:
            self.close()
            raise Transient(f"收件邮箱 {self._user} 连接中断：{lost(fault)}，下次再收") from fault
        self._cursor = str(reached)

    def cursor(self) -> str:
        """How far the folder was read; the session with the server ends with it."""
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
            self._door.leave(box)

    def _open(self) -> BaseMailBox:
        """The folder, selected anew: the counts are this moment's."""
        self._box = self._door.opened(self._box)
        return self._box

    def _reopen(self) -> None:
        """Another session where the last one was lost; the folder must be the same still."""
        self._door.leave(self._box)
        self._box = None
        if _number(self._open().client, "UIDVALIDITY") != self._validity:
            raise imaplib.IMAP4.abort("邮件夹已重新编号")

    def _begun_anew(self, reached: Progress) -> Progress:
        """A server that counts below what was read: it was put back from a backup, or it counts wrongly.

        Whichever it is, the mails there tell.
        """
        there = listed(self._uid("FETCH", "1:*", "(UID)"))
        if any(each.uid >= reached.last for each in there):
            return reached
        return Progress(self._validity)

    def _waiting(self, reached: Progress, next_uid: int) -> list[Waiting]:
        """What is still to come; a server that says it is at the very next one is not asked."""
        if next_uid == reached.last + 1 and not reached.withheld:
            return []
        rows = self._uid("FETCH", reached.asks_for(), "(UID INTERNALDATE RFC822.SIZE)")
        return [each for each in listed(rows) if reached.wants(each.uid)]

    def _past(
        self, reached: Progress, batch: Sequence[Waiting], ask: Ask
    ) -> Generator[Incoming, None, Progress]:
        """The batch's mails, and the cursor behind them."""
        withheld = yield from self._fetch(batch, ask)
        reached = reached.past(batch, withheld)
        self._cursor = str(reached)
        return reached

    def _fetch(self, batch: Sequence[Waiting], ask: Ask) -> Generator[Incoming, None, list[int]]:
        """The batch's mails; one that vanished meanwhile is passed over. Gives back what did not come."""
        part = "BODY.PEEK[]"
        if batch[0].size > LARGEST_MAIL:
            part = f"BODY.PEEK[]<0.{PART_OF_A_LARGE_ONE}>"
            self.problems.append(
                f"邮箱 {self._user} 有一封 {batch[0].size >> 20} MB 的邮件，只收取了开头部分，请人工处理"
            )
        found = ask([w.uid for w in batch], part)
        withheld = []
        for each in batch:
            if body := found.pop(each.uid, b""):
                yield Incoming(self.name, f"{self._validity}:{each.uid}", self._received(each, body), body)
            elif not self._is_gone(each.uid):
                withheld.append(each.uid)
                self.problems.append(f"邮箱 {self._user} 有一封邮件{_which(each)}，服务器给不出来；{ASIDE}")
        return withheld

    def _received(self, waiting: Waiting, body: bytes) -> datetime:
        """When the server took the mail; where it does not say, by the mail's own topmost Received."""
        if waiting.received_at:
            return waiting.received_at
        self.remarks.append(
            f"邮箱 {self._user} 有一封邮件（UID {waiting.uid}）服务器没有说明收到时间，"
            "按邮件头所记时间计，邮件头也没有的按本次收取时刻计，请核对"
        )
        return received_date(body) or WHEN_TAKEN

    def _at_any_cost(self, uids: Sequence[int], part: str) -> dict[int, bytes]:
        """The mails' bytes by UID. Where the line is lost over them, each is asked for by itself.

        One mail over which a server breaks down must not keep all that follow waiting.
        """
        try:
            return self._bodies(uids, part)
        except LOST:
            self._reopen()
        found: dict[int, bytes] = {}
        in_a_row = 0
        for uid in uids:
            try:
                found |= self._bodies([uid], part)
                in_a_row = 0
            except LOST:
                in_a_row += 1
                if in_a_row == LOST_IN_A_ROW:
                    raise
                self._reopen()
        return found

    def _once_more(self, uids: Sequence[int], part: str) -> dict[int, bytes]:
        """What was withheld before. That the line is lost over it once more tells nothing of the line."""
        try:
            return self._bodies(uids, part)
        except LOST:
            self._reopen()
            return {}

    def _bodies(self, uids: Sequence[int], part: str) -> dict[int, bytes]:
        """The mails' bytes by UID. One that vanished makes some servers refuse the whole batch."""
        try:
            return bodies(self._uid("FETCH", ",".join(map(str, uids)), f"(UID {part})"))
        except _No:
            singly = [self._bodies([uid], part) for uid in uids] if len(uids) > 1 else []
            return {uid: body for each in singly for uid, body in each.items()}

    def _is_gone(self, uid: int) -> bool:
        return not any(each.uid == uid for each in listed(self._uid("FETCH", str(uid), "(UID)")))

    def _uid(self, command: str, *arguments: str) -> list[object]:
        if self._box is None:
            raise imaplib.IMAP4.abort("连接已断")
        status, rows = self._box.client.uid(command, *arguments)
        if status != "OK":
            raise _No((status, rows), "OK")
        return list(rows)

    def _mark_seen(self) -> None:
        """A failure is only logged: the ledger knows the mails, whatever the server shows."""
        uids, self._seen = self._seen, []
        if not uids or self._box is None or self._box.client.is_readonly:
            return
        try:
            self._uid("STORE", ",".join(map(str, uids)), "+FLAGS.SILENT", r"(\Seen)")
        except LOST as fault:
            log.warning("%s：%d 封邮件未能标为已读（%s）", self.name, len(uids), fault)


def _number(client: imaplib.IMAP4, name: str) -> int:
    """A number the server told when the folder was selected; 0 when it did not."""
    values = client.untagged_responses.get(name) or [b""]
    value = values[-1]
    return int(value) if isinstance(value, bytes) and value.isdigit() else 0


def _which(waiting: Waiting) -> str:
    """By what a person finds the mail in the mailbox's own pages."""
    when = f"{local(waiting.received_at):%Y-%m-%d %H:%M} 收到，" if waiting.received_at else ""
    size = f"约 {max(1, waiting.size >> 10)} KB，" if waiting.size else ""
    return f"（{when}{size}UID {waiting.uid}）"
