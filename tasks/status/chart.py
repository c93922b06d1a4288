"""Arrivals over time as a small picture (SVG): how many units have reported, day by day. Pure."""

from base64 import b64encode
from collections.abc import Iterable
from datetime import date, datetime
from html import escape

from tasks.terms import times
from tasks.terms.standings import REPORTED, Standing, State

WIDTH, HEIGHT = 720, 220
LEFT, RIGHT, TOP, BOTTOM = 44, 16, 40, 34
ROOM = 16  # for a line of words
LINE, DUE, GRID, WORDS = "#3b82f6", "#ef4444", "#9ca3af", "#6b7280"
LEAST_DAYS = 2


def arrivals_chart(standings: Iterable[Standing], as_of: datetime, title: str) -> str:
    """The chart as an SVG document; empty while nothing has come or it all came on one day."""
    owed = [s for s in standings if s.state is not State.WAIVED]
    came = sorted(_day(s.received_at) for s in owed if s.state in REPORTED and s.received_at)
    if not came:
        return ""
    days = times.days_between(came[0], _day(as_of))
    if len(days) < LEAST_DAYS:
        return ""
    dues = {_day(s.due.at) for s in owed if s.due.at is not None}
    counts = [sum(day <= each for day in came) for each in days]
    return _picture(days, counts, len(owed), sorted(d for d in dues if d in days), title)


def embedded(picture: str) -> str:
    """The picture as an address for Markdown: Prefect's pages drop inline SVG and keep this."""
    return f"data:image/svg+xml;base64,{b64encode(picture.encode()).decode()}"


def _day(moment: datetime) -> date:
    return times.local(moment).date()


def _picture(days: list[date], counts: list[int], expected: int, dues: list[date], title: str) -> str:
    def across(number: int) -> float:
        return LEFT + number * (WIDTH - LEFT - RIGHT) / (len(days) - 1)

    def up(count: int) -> float:
        return HEIGHT - BOTTOM - count * (HEIGHT - TOP - BOTTOM) / expected

    steps = " ".join(f"{across(n):.1f},{up(c):.1f}" for n, c in enumerate(counts))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" role="img">',
        f"<title>{escape(title)}</title>",
        _text(LEFT, 16, title, "start"),
        *(_level(up(c), c) for c in (0, expected)),
        *(_due(across(days.index(d))) for d in dues),
        f'<polyline fill="none" stroke="{LINE}" stroke-width="2" points="{steps}"/>',
        _text(across(len(days) - 1), _clear(up(counts[-1])), str(counts[-1]), "end"),
        *(_text(across(n), HEIGHT - 12, f"{days[n].month}/{days[n].day}", "middle") for n in _marks(days)),
        "</svg>",
    ]
    return "".join(parts)


def _clear(y: float) -> float:
    """Where the last count stands: over the curve, or under it where the level of all would strike it out."""
    return y - 6 if y - ROOM > TOP else y + ROOM


def _marks(days: list[date]) -> list[int]:
    """The days to be named: first, last, and a few between."""
    step = max(1, (len(days) - 1) // 6)
    return [*(m for m in range(0, len(days), step) if len(days) - 1 - m >= step / 2), len(days) - 1]


def _level(y: float, count: int) -> str:
    return _line(LEFT, WIDTH - RIGHT, y, y, f'stroke="{GRID}"') + _text(LEFT - 6, y + 4, str(count), "end")


def _due(x: float) -> str:
    dashed = f'stroke="{DUE}" stroke-dasharray="4 3"'
    return _line(x, x, TOP, HEIGHT - BOTTOM, dashed) + _text(x, TOP - 6, "时限", "middle")


def _line(left: float, right: float, top: float, bottom: float, look: str) -> str:
    return f'<line x1="{left:.1f}" x2="{right:.1f}" y1="{top:.1f}" y2="{bottom:.1f}" {look}/>'


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="12" fill="{WORDS}"'
        f' font-family="sans-serif">{escape(words)}</text>'
    )
