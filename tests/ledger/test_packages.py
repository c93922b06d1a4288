from concurrent.futures import ThreadPoolExecutor

import pytest

from tasks.ledger import packages
from tests.ledger.factory import CAMPAIGN, hours, package


@pytest.fixture
def record(ledger):
    def enter(built):
        with ledger.write() as connection:
            return packages.record(connection, built)

    return enter


def dispatch(ledger, number, now, detail):
    with ledger.write() as connection:
        packages.record_dispatch(connection, CAMPAIGN, number, now, detail)


def known(ledger, campaign=CAMPAIGN):
    with ledger.read() as connection:
        return packages.of_campaign(connection, campaign)


def test_a_package_comes_back_as_it_was_entered(ledger, record):
    assert record(package()) is True
    (found,) = known(ledger)
    assert found == package(id=found.id)
    with ledger.read() as connection:
        assert packages.for_occasion(connection, CAMPAIGN, "moment-1") == found
        assert packages.for_occasion(connection, CAMPAIGN, "moment-2") is None
        assert packages.for_occasion(connection, "other", "moment-1") is None


def test_one_moment_has_one_package_and_one_number_one_package(ledger, record):
    record(package(1))
    assert record(package(2, occasion="moment-1")) is False
    assert record(package(1, occasion="moment-2")) is False
    assert record(package(1, campaign="other")) is True
    assert len(known(ledger)) == 1


def test_packages_are_numbered_from_one_in_each_campaign(ledger, record):
    with ledger.read() as connection:
        assert packages.next_number(connection, CAMPAIGN) == 1
    record(package(1))
    record(package(2))
    with ledger.read() as connection:
        assert packages.next_number(connection, CAMPAIGN) == 3
        assert packages.next_number(connection, "other") == 1


def test_workers_building_the_same_moment_enter_one_package(ledger):
    def build(_):
        with ledger.write() as connection:
            number = packages.next_number(connection, CAMPAIGN)
            return packages.record(connection, package(number, occasion="moment-1"))

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(build, range(6))) == [False] * 5 + [True]
    assert [p.number for p in known(ledger)] == [1]


def test_the_first_record_of_a_dispatch_stands(ledger, record):
    record(package(1))
    record(package(2))
    dispatch(ledger, 1, hours(1), {"channel": "email"})
    dispatch(ledger, 1, hours(2), {"channel": "document_exchange"})
    first, second = known(ledger)
    assert (first.dispatched_at, first.dispatch) == (hours(1), {"channel": "email"})
    assert (second.dispatched_at, second.dispatch) == (None, {})
