"""The State Council's tables in its own words, and a day-by-day count over them.

It shares no code with the product: months, leap years and weekdays are counted here on the fingers.
"""

ANNOUNCED = {
    2023: """
        元旦 2022-12-31..2023-01-02
        春节 2023-01-21..2023-01-27 上班 2023-01-28 2023-01-29
        清明节 2023-04-05..2023-04-05
        劳动节 2023-04-29..2023-05-03 上班 2023-04-23 2023-05-06
        端午节 2023-06-22..2023-06-24 上班 2023-06-25
        中秋节国庆节 2023-09-29..2023-10-06 上班 2023-10-07 2023-10-08
    """,
    2024: """
        元旦 2024-01-01..2024-01-01
        春节 2024-02-10..2024-02-17 上班 2024-02-04 2024-02-18
        清明节 2024-04-04..2024-04-06 上班 2024-04-07
        劳动节 2024-05-01..2024-05-05 上班 2024-04-28 2024-05-11
        端午节 2024-06-10..2024-06-10
        中秋节 2024-09-15..2024-09-17 上班 2024-09-14
        国庆节 2024-10-01..2024-10-07 上班 2024-09-29 2024-10-12
    """,
    2025: """
        元旦 2025-01-01..2025-01-01
        春节 2025-01-28..2025-02-04 上班 2025-01-26 2025-02-08
        清明节 2025-04-04..2025-04-06
        劳动节 2025-05-01..2025-05-05 上班 2025-04-27
        端午节 2025-05-31..2025-06-02
        国庆节中秋节 2025-10-01..2025-10-08 上班 2025-09-28 2025-10-11
    """,
    2026: """
        元旦 2026-01-01..2026-01-03 上班 2026-01-04
        春节 2026-02-15..2026-02-23 上班 2026-02-14 2026-02-28
        清明节 2026-04-04..2026-04-06
        劳动节 2026-05-01..2026-05-05 上班 2026-05-09
        端午节 2026-06-19..2026-06-21
        中秋节 2026-09-25..2026-09-27
        国庆节 2026-10-01..2026-10-07 上班 2026-09-20 2026-10-10
    """,
}
"""国务院办公厅关于部分节假日安排的通知, as published for each year."""

FEBRUARY, LEAP_MONTH = 2, 29
LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
SUNDAY, SATURDAY = 6, 5
FIRST, FIRST_WEEKDAY = 2022, SATURDAY
"""1 January 2022 was a Saturday."""
LAST = 2027


def length(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return LEAP_MONTH if leap and month == FEBRUARY else LENGTHS[month - 1]


DAYS = [
    (year, month, day)
    for year in range(FIRST, LAST + 1)
    for month in range(1, 13)
    for day in range(1, length(year, month) + 1)
]
"""Every day, one after the other."""
PLACE = {day: n for n, day in enumerate(DAYS)}


def _day(text: str) -> tuple[int, int, int]:
    year, month, day = text.split("-")
    return int(year), int(month), int(day)


def _marked() -> tuple[set[int], set[int]]:
    off, worked = set(), set()
    for table in ANNOUNCED.values():
        for line in table.split("\n"):
            words = line.split()
            if not words:
                continue
            first, last = words[1].split("..")
            off.update(range(PLACE[_day(first)], PLACE[_day(last)] + 1))
            worked.update(PLACE[_day(w)] for w in words[3:])
    return off, worked


OFF, WORKED = _marked()


def works(place: int) -> bool:
    """Whether offices work on the day at that place."""
    if place in WORKED:
        return True
    return (FIRST_WEEKDAY + place) % 7 < SATURDAY and place not in OFF


def working_day_after(place: int, number: int) -> int:
    """The place of the n-th working day after (before, when negative) a day."""
    step, left = (1, number) if number > 0 else (-1, -number)
    while left:
        place += step
        left -= works(place)
    return place


def microseconds(place: int, hour: int, minute: int, second: int = 0, micro: int = 0) -> int:
    """An hour on China's clock as microseconds since 1 January 2022, 00:00 UTC."""
    return ((((place * 24 + hour - 8) * 60 + minute) * 60) + second) * 1_000_000 + micro
