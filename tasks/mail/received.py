"""When a mail reached us, by the word of the server that took it."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

HEAD = 256 * 1024
"""Octets of a mail in which its first Received header is looked for."""
HEADER_END = re.compile(rb"\r?\n[ \t]*\r?\n")
RECEIVED = re.compile(rb"(?:^(?:\xef\xbb\xbf)?|\n)received[ \t]*:((?:[^\r\n]|\r?\n[ \t])*)", re.IGNORECASE)
EARLIEST_YEAR = 1990


def received_date(raw: bytes) -> datetime | None:
    """The date of the topmost Received header (UTC), or None when there is none that can be read.

    An earlier hop's date is not taken instead: anyone on the way may have written it.
    """
    head = raw[:HEAD]
    if end := HEADER_END.search(head):
        head = head[: end.start()]
    found = RECEIVED.search(head)
    return parse_date(found[1].rpartition(b";")[2]) if found else None


def parse_date(value: bytes) -> datetime | None:
    """A mail date as UTC, or None. One without a zone is UTC, as RFC 5322 reads -0000."""
    text = re.sub(r"\s+", " ", value.decode("ascii", "replace")).strip()
    try:
        moment = parsedate_to_datetime(text)
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.year >= EARLIEST_YEAR else None
