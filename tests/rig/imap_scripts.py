"""A mailbox server that behaves as certain providers do, or misbehaves on cue, in this process."""

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

DATE = "01-Jun-2023 10:00:00 +0800"


class Cut(Exception):
    """The line is cut here."""


@dataclass
class ImapScript:
    """One mailbox and how its server answers.

    Attributes:
        mails: by UID. validity: UIDVALIDITY; it may be changed between sessions.
        demands_id: SELECT is refused as unsafe until the client has said who it is (163, 126).
        tells_id: whether ID stands among the capabilities.
        before_mail: called with the UID before that mail is given out; it may raise ``Cut``, drop a mail,
            or return octets that are sent instead of it.
        tells: called with number, UID and size, gives instead of what the server says of a waiting mail.
        next_uid: what the server says the next mail's UID will be, where that is not true.
        read_only: the mailbox may be looked into, not written to.
        on: answers to whole commands, such as ``{"SELECT": "* BYE shutting down"}``.
        commands: what clients said, without tags.
    """

    port: int = 0
    mails: dict[int, bytes] = field(default_factory=dict)
    validity: int = 7
    demands_id: bool = False
    tells_id: bool = True
    before_mail: Callable[[int], bytes | None] = lambda _uid: None
    tells: Callable[[int, int, int], str | None] = lambda _number, _uid, _size: None
    next_uid: int | None = None
    read_only: bool = False
    on: dict[str, str] = field(default_factory=dict)
    commands: list[str] = field(default_factory=list)
    sessions: int = 0

    def count(self, word: str) -> int:
        """How many commands held the word."""
        return sum(word in c for c in self.commands)


@contextmanager
def scripted_mailbox(**script: object) -> Iterator[ImapScript]:
    """Serve one session after another until the block ends."""
    box = ImapScript(**script)  # type: ignore[arg-type]
    with socket.create_server(("127.0.0.1", 0)) as listener:
        box.port = listener.getsockname()[1]
        thread = threading.Thread(target=_serve, args=(listener, box), daemon=True)
        thread.start()
        yield box
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(10)


def _serve(listener: socket.socket, box: ImapScript) -> None:
    while True:
        try:
            line, _ = listener.accept()
        except OSError:
            return
        box.sessions += 1
        with line, line.makefile("rb") as commands, suppress(Cut, OSError, ValueError):
            _Session(box, line).talk(commands)


class _Session:
    def __init__(self, box: ImapScript, line: socket.socket) -> None:
        self._box = box
        self._line = line
        self._known = False

    def talk(self, commands: Iterator[bytes]) -> None:
        self._say(f"* OK [CAPABILITY {self._abilities()}] ready")
        for each in commands:
            tag, _, said = each.decode().rstrip("\r\n").partition(" ")
            word = said.upper().removeprefix("UID ").split()[0]
            self._box.commands.append(said)
            if (answer := self._box.on.get(word)) is not None:
                self._say(answer.replace("TAG", tag))
                if "BYE" in answer:
                    raise Cut
                continue
            getattr(self, f"_{word.lower()}", self._unknown)(tag, said)
            if word == "LOGOUT":
                return

    def _say(self, text: str) -> None:
        self._line.sendall(text.encode() + b"\r\n")

    def _abilities(self) -> str:
        return "IMAP4rev1 UIDPLUS" + (" ID" if self._box.tells_id else "")

    def _capability(self, tag: str, _said: str) -> None:
        self._say(f"* CAPABILITY {self._abilities()}\r\n{tag} OK done")

    def _login(self, tag: str, _said: str) -> None:
        self._say(f"{tag} OK LOGIN completed")

    def _id(self, tag: str, _said: str) -> None:
        self._known = True
        self._say(f'* ID ("name" "rig")\r\n{tag} OK ID completed')

    def _select(self, tag: str, _said: str) -> None:
        if self._box.demands_id and not self._known:
            self._say(f"{tag} NO SELECT Unsafe Login. Please contact kefu@provider.example for help")
            return
        following = self._box.next_uid or max(self._box.mails, default=0) + 1
        access = "READ-ONLY" if self._box.read_only else "READ-WRITE"
        self._say(f"* {len(self._box.mails)} EXISTS\r\n* OK [UIDVALIDITY {self._box.validity}] ok")
        self._say(f"* OK [UIDNEXT {following}] ok\r\n{tag} OK [{access}] done")

    _examine = _select

    def _fetch(self, tag: str, said: str) -> None:
        found = re.match(r"UID FETCH (\S+) \((.+)\)", said)
        assert found
        for number, uid in enumerate(sorted(self._box.mails), start=1):
            if not _within(uid, found[1], max(self._box.mails)):
                continue
            if "BODY" in found[2]:
                self._mail(number, uid)
            else:
                size = len(self._box.mails[uid])
                usual = f'(UID {uid} INTERNALDATE "{DATE}" RFC822.SIZE {size})'
                self._say(f"* {number} FETCH {self._box.tells(number, uid, size) or usual}")
        self._say(f"{tag} OK done")

    def _mail(self, number: int, uid: int) -> None:
        instead = self._box.before_mail(uid)
        if instead is not None:
            self._line.sendall(instead)
        elif uid in self._box.mails:
            data = self._box.mails[uid]
            self._line.sendall(b"* %d FETCH (UID %d BODY[] {%d}\r\n%b)\r\n" % (number, uid, len(data), data))

    def _search(self, tag: str, _said: str) -> None:
        """As QQ's: whatever is asked, everything is answered."""
        self._say(f"* SEARCH {' '.join(map(str, self._box.mails))}\r\n{tag} OK done")

    def _store(self, tag: str, _said: str) -> None:
        self._say(f"{tag} OK done")

    def _logout(self, tag: str, _said: str) -> None:
        self._say(f"* BYE bye\r\n{tag} OK done")

    def _unknown(self, tag: str, _said: str) -> None:
        self._say(f"{tag} BAD unknown command")


def _within(uid: int, wanted: str, last: int) -> bool:
    """Whether ``5``, ``1,3`` or ``4:*`` names the UID; a range always names the newest."""
    for each in wanted.split(","):
        low, _, high = each.partition(":")
        if not high and uid == int(low):
            return True
        if high and (uid >= int(low) or uid == last):
            return True
    return False
