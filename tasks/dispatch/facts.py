"""What letters about a package say of it: what the package says of itself, not what has come since."""

from collections.abc import Mapping
from typing import Any

from tasks.desk import Desk
from tasks.ledger.packages import Package
from tasks.terms import times


def name_zh(package: Package) -> str:
    """The package as letters name it."""
    supplement = package.summary.get("supplement_to") is not None
    return f"第 {package.number} 号补报件" if supplement else f"第 {package.number} 号汇总件"


def facts(desk: Desk, package: Package) -> dict[str, Any]:
    """The facts of a letter about this package."""
    campaign, notice = desk.campaign, desk.campaign.notice
    return {
        "campaign": campaign.title,
        "issuer": notice.issuer,
        "unit": campaign.superior.name,
        "section": "" if notice.section == "unknown" else notice.section,
        "contact": notice.contact.name,
        "phone": "" if notice.contact.phone == "unknown" else notice.contact.phone,
        "today": times.date_zh(times.local(desk.now).date()),
        "superior_document": notice.superior_document,
        "package": name_zh(package),
        "attachment": f"{package.path.rpartition('/')[2]}.zip",
        "digest": package.digest,
        "counts": counts(package),
    }


def has_undated(package: Package) -> bool:
    """Whether something in it has no due moment: what is owed of that is not counted as a gap."""
    return any(told["on_time"] is None for told in package.summary["obligations"])


def counts(package: Package) -> list[str]:
    """One line an obligation: how many owe, reported, in time where there is a time."""
    return [_count(o) for o in package.summary["obligations"]]


def _count(told: Mapping[str, Any]) -> str:
    on_time = "（时限通知未写明）" if told["on_time"] is None else f"，其中按时 {told['on_time']} 个"
    return f"{told['title']}：应报 {told['expected']} 个，已报 {told['received']} 个{on_time}"
