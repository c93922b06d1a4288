"""Adding figures up to the digit, as a person with an abacus would."""

from collections.abc import Iterable
from decimal import Decimal


def added(values: Iterable[float]) -> float:
    """The sum of the values, each as a spreadsheet shows it: 0.1 and 0.2 make 0.3.

    Binary fractions added in another order may differ in the last digit; these never do, so that the sums
    of two tiers can be held against each other exactly.
    """
    return float(sum((Decimal(f"{value:.15g}") for value in values), Decimal(0)))
