import random

import pytest

from tasks.terms.sums import added


@pytest.mark.parametrize(
    ("values", "total"),
    [((), 0.0), ((0.1, 0.2), 0.3), ((1.1, 2.2, 3.3), 6.6), ((0.30000000000000004,), 0.3), ((3.0, -1.0), 2.0)],
)
def test_tenths_add_up_to_tenths(values, total):
    assert added(values) == total


def test_the_order_of_the_parts_does_not_matter():
    dice = random.Random(7)
    hundredths = [dice.randrange(100_000) for _ in range(500)]
    values = [n / 100 for n in hundredths]
    assert added(values) == added(sorted(values)) == added(reversed(values)) == sum(hundredths) / 100
