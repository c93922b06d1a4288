"""Frozen letters in the store: one alone as it will be handed over, many together in one file.

A file for each of 41,000 letters would have to reach the disk 41,000 times before the first is queued.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from tasks.chase.merge import fill_html, fill_text
from tasks.ledger.outbox import Queued
from tasks.mail.sending.build import build_mail
from tasks.store.files import Store
from tasks.terms.letters import Form, Letter

MARK = b"baosong letters 1\n"
LENGTH = 8
MOST_BYTES = 16 << 20
"""A file holds about as much; the rest goes into the next."""


def freeze(store: Store, letters: Sequence[Letter]) -> Iterator[tuple[Letter, str]]:
    """Keep these letters for good; each with the digest under which its text lies."""
    if len(letters) == 1:
        (letter,) = letters
        yield letter, store.put(wire_of(letter))
        return
    for batch in _batches(letters):
        digest = store.put(_packed(batch))
        yield from ((letter, digest) for letter in batch)


def wire_of(letter: Letter) -> bytes:
    """A letter as it will be handed over."""
    if letter.form is None:
        return letter.wire
    return _filled(letter.form, letter.name, letter.address, letter.message_id)


class Frozen:
    """Reads frozen letters; of many in one file what they have in common is read once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._digest = ""
        self._index: dict[str, Any] = {}
        self._forms: list[Form] = []
        self._texts = b""

    def wire(self, queued: Queued) -> bytes:
        """A queued letter as it is to be handed over."""
        if queued.wire != self._digest:
            data = self._store.read(queued.wire)
            if not data.startswith(MARK):
                return data
            self._open(queued.wire, data)
        start, length, name = self._index[queued.message_id]
        if length:
            return self._texts[start : start + length]
        return _filled(self._forms[start], name, queued.address, queued.message_id)

    def _open(self, digest: str, data: bytes) -> None:
        begin = len(MARK) + LENGTH
        end = begin + int.from_bytes(data[len(MARK) : begin])
        head = json.loads(data[begin:end])
        headers = [tuple(map(tuple, form.pop("headers"))) for form in head["forms"]]
        self._forms = [Form(**form, headers=h) for form, h in zip(head["forms"], headers, strict=True)]
        self._digest, self._index, self._texts = digest, head["letters"], data[end:]


def _batches(letters: Sequence[Letter]) -> Iterator[list[Letter]]:
    batch: list[Letter] = []
    size = 0
    for letter in letters:
        batch.append(letter)
        size += len(letter.wire)
        if size > MOST_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _packed(letters: Sequence[Letter]) -> bytes:
    """Of each letter [start, length, ""] of its bytes, or [number of its form, 0, name]."""
    forms: dict[Form, int] = {}
    index: dict[str, tuple[int, int, str]] = {}
    texts: list[bytes] = []
    at = 0
    for letter in letters:
        if letter.form is not None:
            index[letter.message_id] = (forms.setdefault(letter.form, len(forms)), 0, letter.name)
            continue
        index[letter.message_id] = (at, len(letter.wire), "")
        texts.append(letter.wire)
        at += len(letter.wire)
    head = json.dumps(
        {"forms": [asdict(form) for form in forms], "letters": index}, ensure_ascii=False
    ).encode()
    return b"".join([MARK, len(head).to_bytes(LENGTH), head, *texts])


def _filled(form: Form, name: str, address: str, message_id: str) -> bytes:
    return build_mail(
        sender=form.sender,
        sender_name=form.sender_name,
        recipient=address,
        recipient_name=name,
        subject=form.subject,
        text=fill_text(form.text, name),
        html=fill_html(form.html, name),
        message_id=message_id,
        date=datetime.fromisoformat(form.date),
        headers=dict(form.headers),
    )
