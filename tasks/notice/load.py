"""Campaign files, read, checked and made definite."""

from functools import lru_cache
from pathlib import Path

from tasks.documents.strict_yaml import Document, read, shaped
from tasks.notice.tables import LOCKS, load_calendar
from tasks.notice.unfold import Unclear, unfolded
from tasks.settings import Home, load_office
from tasks.terms.campaign import Campaign
from tasks.terms.errors import Misconfigured


def campaign_ids(home: Home) -> list[str]:
    """The campaigns of a home folder, by file name."""
    found = (path.stem for path in (home.config / "campaigns").glob("*.yaml"))
    return sorted(name for name in found if not name.startswith(LOCKS))


def campaign_path(home: Home, campaign_id: str) -> Path:
    """A campaign's file.

    Raises:
        Misconfigured: there is none; the known ones are named.
    """
    path = home.config / "campaigns" / f"{campaign_id}.yaml"
    if "/" in campaign_id or not path.is_file():
        known = "、".join(campaign_ids(home)) or "（无）"
        raise Misconfigured(f"config/campaigns/{campaign_id}.yaml：没有这个专项；现有：{known}")
    return path


def load_campaign(home: Home, campaign_id: str) -> Campaign:
    """A campaign by its id, with every due day known and every occurrence written out.

    Raises:
        Misconfigured: missing or wrong; one line with file, line and field.
    """
    campaign, document = campaign_and_lines(home, campaign_id)
    try:
        return unfolded(campaign, load_calendar(home), lambda day: load_office(home).closes_on(day))
    except Unclear as fault:
        raise document.fault(fault.place, fault.text) from None


def campaign_and_lines(home: Home, campaign_id: str) -> tuple[Campaign, Document]:
    """A campaign as its file says it, and the document, to name lines by."""
    path = campaign_path(home, campaign_id)
    return _read_campaign(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _read_campaign(path: Path, _changed: int) -> tuple[Campaign, Document]:
    document = read(path)
    campaign = shaped(document, Campaign)
    if campaign.id != path.stem:
        raise document.fault(("id",), f"“{campaign.id}”不对，应与文件名一致，写作 {path.stem}")
    return campaign, document
