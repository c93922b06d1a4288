"""Which of the files that came may be reports."""

from collections.abc import Sequence

from tasks.mail.classify import may_report
from tasks.terms.mails import File, Mail


def reportable(mail: Mail) -> tuple[File, ...]:
    """What a mail carries that may be a report: no card, no signature; an empty file is told of."""
    files = (*mail.attachments, *mail.unpacked)
    return without_wrapping([f for f in files if not f.size or may_report(f)], mail.opened)


def without_wrapping(files: Sequence[File], wrappings: Sequence[str]) -> tuple[File, ...]:
    """Each content once, and of an archive or a forwarded mail only what was inside it.

    An archive nothing could be taken out of stays: it must be told of, not passed over.
    """
    found = {f.digest: f for f in files}
    return tuple(f for f in found.values() if f.digest not in wrappings)
