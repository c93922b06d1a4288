"""Servers shared by the tests of one run, and mails written by hand."""

from collections.abc import Iterator

import pytest

from tests.rig.dovecot import Dovecot, running_dovecot
from tests.rig.postfix import Postfix, running_postfix

DOMAIN = "nanchuan.example"
BUREAU = f"bureau@{DOMAIN}"
STREET = f"dongcheng@{DOMAIN}"


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    with running_dovecot([BUREAU, STREET, *(f"box{n}@{DOMAIN}" for n in range(40))]) as server:
        yield server


@pytest.fixture(scope="session")
def postfix(dovecot: Dovecot) -> Iterator[Postfix]:
    with running_postfix(dovecot, DOMAIN) as server:
        yield server
