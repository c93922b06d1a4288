"""Figures for Prometheus, read off the ledger: a text a node exporter's textfile collector picks up."""

from datetime import datetime
from pathlib import Path

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from tasks.desk import open_desk
from tasks.health.passing import told_until
from tasks.notice.load import campaign_ids
from tasks.settings import Home
from tasks.status.view import View, look

BY_CAMPAIGN = ("campaign",)


def metrics(home: Home, now: datetime) -> str:
    """Every campaign's figures; no unit, person or address is a label."""
    registry = CollectorRegistry()
    gauges = _gauges(registry)
    for name in campaign_ids(home):
        _measure(gauges, look(open_desk(name, now, home)))
        checked = told_until(home, name)
        if checked:
            gauges["checked"].labels(name).set(checked.timestamp())
    gauges["stopped"].set(home.kill_switch.exists())
    return generate_latest(registry).decode()


def write(path: Path, text: str) -> None:
    """Replace the file whole: a scrape never sees half of it."""
    fresh = path.with_name(f".{path.name}.part")
    fresh.write_text(text, "utf-8")
    fresh.replace(path)


def _gauges(registry: CollectorRegistry) -> dict[str, Gauge]:
    def gauge(name: str, text: str, labels: tuple[str, ...] = BY_CAMPAIGN) -> Gauge:
        return Gauge(f"baosong_{name}", text, labels, registry=registry)

    by_obligation = (*BY_CAMPAIGN, "obligation")
    return {
        "expected": gauge("reports_expected", "Reports expected, waived ones apart", by_obligation),
        "received": gauge("reports_received", "Reports that have come", by_obligation),
        "on_time": gauge("reports_on_time", "Reports that came in time", by_obligation),
        "queue": gauge("queue_items", "Items that wait for a clerk's decision"),
        "letters": gauge("letters", "Letters by state", (*BY_CAMPAIGN, "state")),
        "unreached": gauge("sources_unreached", "Sources out of reach"),
        "checked": gauge("last_check_timestamp_seconds", "When the campaign was last checked"),
        "stopped": gauge("sending_stopped", "1 while the kill switch is on", ()),
    }


def _measure(gauges: dict[str, Gauge], view: View) -> None:
    name = view.desk.campaign.id
    for count in view.tallies:
        gauges["expected"].labels(name, count.obligation).set(count.expected)
        gauges["received"].labels(name, count.obligation).set(count.received)
        gauges["on_time"].labels(name, count.obligation).set(count.on_time)
    gauges["queue"].labels(name).set(len(view.queue))
    gauges["unreached"].labels(name).set(len(view.unreached))
    for each in view.mails:
        gauges["letters"].labels(name, each.state).inc()
