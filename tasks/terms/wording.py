"""Small rules of written Chinese that every room shares."""

import re

_NOTICE = re.compile(
    r"^(?:.{2,30}?)?关于(?:进一步|切实|认真|扎实|全面|深入|继续|组织|集中)*(?:印发|转发|下发|开展|做好|举办|实施|推进|加强|抓好)?"
    r"(?P<what>.{2,}?)的?(?:紧急|补充|预备?)?(?:通知|函|通告|公告)$"
)
_PLAN = re.compile(r"^《(?P<what>.{2,}?)(?:的?(?:实施)?方案|的?通知)?》$")


def quoted(text: str) -> str:
    """A name in quotation marks, once: “活动总结”, but 《“千场活动、万家走访”统计表》."""
    if text.startswith("“") and text.endswith("”") and text.count("“") == 1:
        return text
    return f"《{text}》" if "“" in text else f"“{text}”"


def book_title(text: str) -> str:
    """A title in 《》, titles inside it in 〈〉; one that has its marks already stays as it is."""
    if text.startswith("《") and "》" in text:
        return text
    return f"《{text.replace('《', '〈').replace('》', '〉')}》"


def matter(title: str) -> str:
    """What a notice is about: 甲 of 关于开展甲的通知, of 关于印发《甲方案》的通知; other titles stay."""
    notice = _NOTICE.match(title)
    if notice is None:
        return title
    plan = _PLAN.match(notice["what"])
    return plan["what"] if plan else notice["what"]
