"""What intake would conclude from one mail or document, and why. Changes nothing.

The same rules run as in a check, on the same readings: what is said here is what would be done.
"""

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from tasks.desk import Desk
from tasks.documents.reader import read_contents
from tasks.intake.judge import CLOSED, documents_of, explain_document
from tasks.intake.opening import with_losses
from tasks.intake.placing.impostor import unmasked
from tasks.intake.placing.place import place_mail
from tasks.intake.placing.placement import PICTURE, Document, Placement
from tasks.intake.reportable import reportable
from tasks.intake.settle import rules_of
from tasks.mail.reader import read_mail
from tasks.terms import times
from tasks.terms.mails import File, Mail, as_file

HEADER = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:From |[A-Za-z][A-Za-z0-9-]*:)")
MAIL_HEADERS = re.compile(
    rb"^(?:From|Received|Message-ID|Date|Subject|MIME-Version):", re.IGNORECASE | re.MULTILINE
)
ENOUGH_HEADERS = 2
HEAD = 4096


def is_mail(filename: str, data: bytes) -> bool:
    """Whether the bytes are a mail: by the name .eml, or by the headers they begin with."""
    if PurePath(filename).suffix.lower() == ".eml":
        return True
    head = data[:HEAD]
    return bool(HEADER.match(head)) and len(set(MAIL_HEADERS.findall(head.upper()))) >= ENOUGH_HEADERS


def explain(desk: Desk, filename: str, data: bytes) -> dict[str, Any]:
    """One file explained, as ``explain --json`` gives it (contract)."""
    if is_mail(filename, data):
        return explain_mail(desk, data)
    content = read_contents([(filename, data)])[0]
    read = documents_of(as_file(filename, data), content, desk.campaign, desk.roster)
    told = [explain_document(each.reading, desk.campaign, desk.roster) for each in read]
    return told[0] if len(told) == 1 else told[0] | {"documents": told}


def explain_mail(desk: Desk, data: bytes) -> dict[str, Any]:
    """One mail: what it is, whose, what hangs on it, and what each document says."""
    rules = rules_of(desk)
    mail = unmasked(rules, read_mail(data, own_addresses=desk.own_addresses, receivers=desk.receivers))
    documents = _documents(desk, mail)
    came = times.local(mail.received_at or mail.sent_at or desk.now).date()
    placement = place_mail(rules, mail, documents, came)
    return {
        "kind": mail.kind,
        "sender": mail.sender,
        "subject": mail.subject,
        "message_id": mail.message_id,
        "units": [desk.roster[code].name for code in _units(placement)],
        "attachments": [_file(f) | {"size": f.size} for f in mail.attachments],
        "inline_images": [f.filename for f in mail.inline_images],
        "unpacked": [_file(f) for f in mail.unpacked],
        "flags": _flags(mail, documents, placement),
        "reasons": _reasons(mail, placement),
        "outcome": placement.outcome,
        "documents": [
            {"filename": d.file.filename} | explain_document(d.reading, desk.campaign, desk.roster)
            for d in documents
        ],
    }


def _documents(desk: Desk, mail: Mail) -> list[Document]:
    files = reportable(mail)
    contents = read_contents([(f.filename, f.data) for f in files])
    read = [with_losses(c, f, mail) for f, c in zip(files, contents, strict=True)]
    return [
        document
        for f, c in zip(files, read, strict=True)
        for document in documents_of(f, c, desk.campaign, desk.roster, mail.subject)
    ]


def _units(placement: Placement) -> list[str]:
    """The units whose reports it carries; where several may be meant, none is named.

    A town's form for one of its villages is the village's, whoever reports it.
    """
    certain = [placed.document.reading.unit or placed.unit for placed in placement.placed]
    certain += [u.candidates[0] for u in placement.undecided if len(u.candidates) == 1]
    return list(dict.fromkeys(certain))


def _file(file: File) -> dict[str, Any]:
    return {"filename": file.filename, "sha256": file.digest}


def _flags(mail: Mail, documents: Sequence[Document], placement: Placement) -> list[str]:
    """Findings about the mail, and about files nothing could be read from.

    A picture that goes with a report is no report that could not be read.
    """
    beside = PICTURE if placement.placed else ""
    asked = (d for d in documents if d.content.format != beside)
    closed = (f.code for d in asked for f in d.reading.findings if f.code in CLOSED)
    return list(dict.fromkeys((*mail.flags, *closed)))


def _reasons(mail: Mail, placement: Placement) -> list[str]:
    placed = (r for p in placement.placed for r in p.document.reading.reasons)
    queued = (r for u in placement.undecided for r in u.reasons)
    return list(dict.fromkeys((*mail.reasons, *placement.reasons, *placed, *queued)))
