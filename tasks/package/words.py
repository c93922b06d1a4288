"""Names and forms of words the package's documents share."""

import re
import unicodedata
from datetime import date, datetime

from tasks.terms import times
from tasks.terms.standings import DueMoment
from tasks.terms.strict import Unknown
from tasks.terms.wording import matter

KIND_ZH = {
    "township": "乡镇",
    "town": "镇",
    "street": "街道",
    "station": "站所",
    "studio": "工作室",
    "organisation": "社会组织",
    "village": "村",
    "community": "社区",
    "district": "区",
    "county": "县",
    "zone": "开发区",
    "bureau": "部门",
    "city": "市",
    "province": "省",
    "school": "学校",
    "hospital": "医院",
    "enterprise": "企业",
    "department": "部门",
    "institution": "事业单位",
    "team": "队伍",
}
"""Kinds of unit as staff name them; a kind that is not here is shown as the roster writes it."""

_SELF = (
    ("街道办事处", "我街道"), ("镇人民政府", "我镇"), ("乡人民政府", "我乡"), ("区人民政府", "我区"),
    ("县人民政府", "我县"), ("市人民政府", "我市"), ("委员会", "我委"), ("办公室", "我办"),
    ("局", "我局"), ("厅", "我厅"), ("委", "我委"), ("部", "我部"), ("科", "我科"), ("处", "我处"),
)  # fmt: skip
_INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_LONGEST = 30_000  # a cell of a workbook holds 32,767 characters


def clean(text: str) -> str:
    """Text from outside, fit for a document: one line, NFC, nothing invisible, no half characters."""
    kept = (text if text.isprintable() else _visible(text)).strip()
    kept = unicodedata.normalize("NFC", kept)
    return kept if len(kept) <= _LONGEST else kept[:_LONGEST] + "…（以下略）"


def _visible(text: str) -> str:
    spaced = re.sub(r"[\r\n\t\v\f\u0085\u2028\u2029]+", " ", text)
    return "".join(c for c in spaced if unicodedata.category(c) not in _INVISIBLE and c not in "\ufffe\uffff")


def due_zh(due: DueMoment | None) -> str:
    """A due moment as the superior reads it: who has yet to settle an open one is no affair of theirs."""
    if due is None:
        return "无应报单位"
    return due.explained if due.at is not None else "通知未写明"


def ourselves(issuer: str) -> str:
    """How the issuing office speaks of itself: 我局, 我街道; its full name when no form is usual."""
    return next((form for ending, form in _SELF if issuer.endswith(ending)), issuer)


def affair(title: str) -> str:
    """A campaign's title as it stands before “情况的报告”: 某某情况报送 is not said twice."""
    plain = matter(clean(title))
    return re.sub(r"(?:情况)?(?:材料|工作)?报送(?:工作)?$|情况$", "", plain) or plain


def report_title(title: str, *, supplement: bool) -> str:
    """The title of the report on a campaign, without the issuer; a supplement says that it is one."""
    return f"关于{'补报' if supplement else ''}{affair(title)}情况的报告"


def kind_zh(kind: str) -> str:
    """The kind of unit as staff name it."""
    return KIND_ZH.get(kind, clean(kind))


def number(value: float | None) -> str:
    """A figure as text: whole numbers without a point, unknown as 未知."""
    if value is None:
        return "未知"
    return str(int(value)) if value == int(value) else f"{value:.15g}"


def rate(part: int | None, whole: int) -> str:
    """A rate in per cent, one decimal; never rounded up to 100% or down to 0%; a dash without a whole."""
    if not whole or part is None:
        return "—"
    tenths = (part * 2000 + whole) // (whole * 2)
    if part < whole:
        tenths = min(tenths, 999)
    if part > 0:
        tenths = max(tenths, 1)
    return f"{tenths // 10}.{tenths % 10}%" if tenths % 10 else f"{tenths // 10}%"


def date_zh(day: date | Unknown) -> str:
    """A date as documents carry it: 2023年4月4日, no leading zeros."""
    return "日期待填" if isinstance(day, str) else f"{day.year}年{day.month}月{day.day}日"


def moment_zh(moment: datetime | None) -> str:
    """A moment on the office's clock: 2023年4月4日18:00; empty when there is none."""
    if moment is None:
        return ""
    here = times.local(moment)
    end_of_day = (here.hour, here.minute, here.second) == (23, 59, 59)
    return f"{date_zh(here.date())}{'24:00' if end_of_day else here.strftime('%H:%M')}"


def listed(names: list[str], most: int = 60) -> str:
    """Names joined with 、, cut after ``most`` with the number that follow."""
    shown = "、".join(names[:most])
    return shown if len(names) <= most else f"{shown}等{len(names)}个单位"
