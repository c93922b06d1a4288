"""What an IMAP server's answers say: which mails wait, their bytes, how far a folder has been read. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone

from tasks.mail.charset import decode_text
from tasks.mail.received import EARLIEST_YEAR

BATCH_BYTES = 16 * 1024 * 1024
BATCH_MAILS = 50

UID = re.compile(rb"\bUID (\d+)")
SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
DATE = re.compile(rb'\bINTERNALDATE "\s?(\d{1,2})-(\w{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)"')
LITERAL = re.compile(rb"\{\d+\}$")
QUOTED = re.compile(r"""\[?b(?:'([^']*)'|"[^"]*")\]?""")
"""How the library shows octets inside a sentence of its own."""
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

MOST_WITHHELD = 100
"""So many mails are remembered singly; where a server withholds more, everything behind the first is asked
for again."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A mail that lies there; ``received_at`` (UTC) is None where the server does not say."""

    uid: int
    size: int
    received_at: datetime | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a folder has been read: up to ``last``, but for those the server would not give out."""

    validity: int
    last: int = 0
    withheld: frozenset[int] = frozenset()

    @classmethod
    def read(cls, cursor: str, validity: int) -> "Progress":
        """From ``uidvalidity:last`` or ``uidvalidity:last;withheld,…``; another UIDVALIDITY starts over."""
        known, _, rest = cursor.partition(":")
        last, _, withheld = rest.partition(";")
        if known != str(validity) or not last.isdigit():
            return cls(validity)
        return cls(validity, int(last), frozenset(int(u) for u in withheld.split(",") if u.isdigit()))

    def __str__(self) -> str:
        if len(self.withheld) > MOST_WITHHELD:
            return f"{self.validity}:{min(self.withheld) - 1}"
        withheld = ",".join(map(str, sorted(self.withheld)))
        return f"{self.validity}:{self.last}" + (f";{withheld}" if withheld else "")

    def asks_for(self) -> str:
        """The UIDs to ask the server for."""
        return ",".join([*map(str, sorted(self.withheld)), f"{self.last + 1}:*"])

    def wants(self, uid: int) -> bool:
        """Whether this mail is still to come. ``n:*`` always names the newest mail, even an old one."""
        return uid > self.last or uid in self.withheld

    def without_the_gone(self, waiting: Sequence[Waiting]) -> "Progress":
        """Somebody moved away what was withheld: it is not waited for."""
        return replace(self, withheld=self.withheld & {w.uid for w in waiting})

    def past(self, batch: Sequence[Waiting], withheld: Sequence[int]) -> "Progress":
        """Behind this batch, of which these did not come."""
        uids = [w.uid for w in batch]
        left = (self.withheld - set(uids)) | set(withheld)
        return replace(self, last=max([self.last, *uids]), withheld=frozenset(left))


def listed(rows: Sequence[object]) -> list[Waiting]:
    """Every mail the answers name, each once, by UID; some servers tell of one mail in several answers."""
    found: dict[int, Waiting] = {}
    for line in _lines(rows):
        if not (uid := UID.search(line)):
            continue
        size, date = SIZE.search(line), DATE.search(line)
        known = found.get(int(uid[1]), Waiting(int(uid[1]), 0, None))
        found[known.uid] = Waiting(
            known.uid,
            int(size[1]) if size else known.size,
            (_internal_date(date) if date else None) or known.received_at,
        )
    return [found[uid] for uid in sorted(found)]


def _lines(rows: Sequence[object]) -> Iterator[bytes]:
    """The answers as lines, what came as a literal put where it belongs, in quotes."""
    line = b""
    for row in rows:
        if isinstance(row, tuple):
            line += LITERAL.sub(b"", row[0]) + b'"' + row[1] + b'"'
        elif isinstance(row, bytes):
            yield line + row
            line = b""
    yield line


def _internal_date(found: re.Match[bytes]) -> datetime | None:
    """INTERNALDATE as UTC. The month's name is English whatever the machine's language.

    None where there is no such moment, or one from before there was mail: a server without a clock.
    """
    day, month, year, hour, minute, second, sign, hours, minutes = (each.decode() for each in found.groups())
    offset = timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if sign == "-" else 1)
    try:
        moment = datetime(
            int(year),
            MONTHS.index(month.lower()) + 1,
            int(day),
            int(hour),
            int(minute),
            min(int(second), 59),  # a leap second
            tzinfo=timezone(offset),
        ).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if moment.year >= EARLIEST_YEAR else None


def bodies(rows: Sequence[object]) -> dict[int, bytes]:
    """The mails' bytes by UID; the UID may stand before or after the literal."""
    found = {}
    for row, after in zip(rows, [*rows[1:], b""], strict=True):
        if not isinstance(row, tuple):
            continue
        uid = UID.search(row[0]) or (UID.search(after) if isinstance(after, bytes) else None)
        if uid:
            found[int(uid[1])] = row[1]
    return found


def batches(waiting: Sequence[Waiting]) -> Iterator[list[Waiting]]:
    """In order, as many at a time as are held in memory."""
    batch: list[Waiting] = []
    size = 0
    for each in waiting:
        if batch and (size + each.size > BATCH_BYTES or len(batch) >= BATCH_MAILS):
            yield batch
            batch, size = [], 0
        batch.append(each)
        size += each.size
    if batch:
        yield batch


def said(fault: Exception) -> str:
    """What the server itself answered, in its own words, on one line that can be shown."""
    answer = getattr(fault, "command_result", ("", [QUOTED.sub(r"\1", str(fault))]))[1]
    words = [decode_text(each) if isinstance(each, bytes) else str(each) for each in answer if each]
    return " ".join(" ".join(words).split())[:200]
