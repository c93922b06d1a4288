"""Every quirk once: what kind of mail it is, whose, and which files hang on it and lie in those."""

import pytest

from tasks.mail.parse import parse_mail
from tests.mail.quirks import QUIRKS, Quirk
from tests.mail.quirks.kit import OFFICE


def test_there_are_enough_of_them_and_no_two_are_alike():
    assert len({q.raw for q in QUIRKS}) == len({q.about for q in QUIRKS}) == len(QUIRKS)
    assert len(QUIRKS) >= 100


@pytest.mark.parametrize("quirk", QUIRKS, ids=lambda q: q.about)
def test_a_quirk_is_read_as_a_person_would(quirk: Quirk):
    found = parse_mail(quirk.raw, own_addresses=frozenset({OFFICE}))
    told = {
        "sender": found.sender,
        "subject": found.subject,
        "files": tuple(f.filename for f in found.attachments),
        "inside": tuple(f.filename for f in found.unpacked if not f.filename.endswith(".eml")),
        "inline": tuple(f.filename for f in found.inline_images),
    }
    wanted = {name: getattr(quirk, name) for name in told if getattr(quirk, name) is not None}
    assert {name: told[name] for name in wanted} == wanted
    if quirk.kinds != ("suspicious",) or "自称" not in quirk.about:  # who is on the roster is not known here
        assert found.kind in quirk.kinds, found.reasons
    if quirk.said:
        assert quirk.said in "".join(found.reasons)
