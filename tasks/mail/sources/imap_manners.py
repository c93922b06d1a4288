"""What every IMAP session does whatever the provider: it says who it is, and bounds what it reads."""

import imaplib
from contextlib import suppress

LARGEST_LITERAL = 128 * 1024 * 1024
"""No answer is read beyond this: the library would make room for whatever length a server announces."""


def say_who_we_are(client: imaplib.IMAP4) -> None:
    """Send ID; a server that does not know it may say so."""
    with suppress(imaplib.IMAP4.error):
        client.xatom("ID", '("name" "baosong" "vendor" "baosong" "version" "0.1")')


def bound_literals(client: imaplib.IMAP4) -> None:
    """Give the session up where a literal is longer than any mail."""
    read = client.read

    def bounded(size: int) -> bytes:
        if size > LARGEST_LITERAL:
            raise imaplib.IMAP4.abort(f"服务器给出的内容过大（{size >> 20} MB），没有收取")
        return read(size)

    client.read = bounded  # type: ignore[method-assign]
