"""A stranger whose display name is the bureau's or its superior's, and the superior itself. Pure.

Ordinary people write from private mailboxes under their unit's name; that is for a clerk to confirm and no
lie. Nobody but the bureau itself is called like the bureau.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tasks.intake.placing.rules import Rules
from tasks.terms.mails import ROBOTS, Mail
from tasks.terms.text import fold

_SECTION = re.compile(
    r"的?(报送|收发|办公|公文|邮件|邮箱|信息|综合|管理|服务){0,3}(系统|平台|中心)?(通知|公告|管理员|值班室|机关|客服)?"
    r"|[^院校]{2,12}(科|处|股|室)"
)
"""What may stand behind the bureau's name and still be the bureau."""
_OFFICE = re.compile(r"(办公室|综合科)$")
_PLACE = re.compile(r"^.{1,8}?(省|自治区|市|自治州|州|地区|盟|区|县|旗)(?=.)")
_QUOTES = re.compile(r"[\"'“”‘’《》「」【】\[\]()]")
_BARE = 3
"""民政局: shorter names are nobody's own."""
_PUBLIC = frozenset(
    {
        "qq.com",
        "foxmail.com",
        "vip.qq.com",
        "163.com",
        "126.com",
        "yeah.net",
        "vip.163.com",
        "sina.com",
        "sina.cn",
    }
    | {"sohu.com", "139.com", "189.cn", "wo.cn", "21cn.com", "aliyun.com", "tom.com"}
    | {"outlook.com", "hotmail.com", "live.com", "gmail.com", "icloud.com"}
)
"""Where anyone gets an address: the same domain proves nothing."""


def unmasked(rules: Rules, mail: Mail) -> Mail:
    """The mail; suspicious when a stranger's address stands under the bureau's or superior's name.

    A mail of the superior itself is for a person.
    """
    if mail.kind in ROBOTS or not mail.sender or mail.sender in rules.roster.by_address:
        return mail
    if mail.sender == rules.superior:
        return _from_above(rules, mail)
    claimed = next((n for n in _authorities(rules) if _is_called(mail.sender_name, n, rules)), "")
    if not claimed or mail.sender in rules.trusted or colleague(mail.sender, rules.trusted):
        return mail
    reason = (
        f"发件人自称“{mail.sender_name}”，但地址 {mail.sender} 既不是“{claimed}”的已知地址，也不在名册上，"
        "可能是冒名，请核实"
    )
    return replace(mail, kind="suspicious", reasons=(reason, *mail.reasons))


def _from_above(rules: Rules, mail: Mail) -> Mail:
    """What the superior writes is no unit's report, whatever hangs on it; its thanks stay thanks."""
    if mail.kind in {"reply", "suspicious", "empty"}:
        return mail
    reason = f"上级机关“{rules.campaign.superior.name}”的来信，不是下级单位的报件，请人工查看"
    return replace(mail, kind="needs_person", reasons=(reason, *mail.reasons))


def _authorities(rules: Rules) -> Iterable[str]:
    campaign = rules.campaign
    names = (rules.bureau, campaign.notice.issuer, campaign.superior.name)
    return dict.fromkeys(name for name in names if name and name != "unknown")


def _is_called(shown: str, authority: str, rules: Rules) -> bool:
    name = _QUOTES.sub("", fold(shown))
    if not name or rules.roster_names(name):
        return False
    rests = (name.removeprefix(way) for way in _ways_to_write(authority) if name.startswith(way))
    return any(_SECTION.fullmatch(rest) for rest in rests)


def _ways_to_write(authority: str) -> Iterator[str]:
    """重庆市南川区民政局, 南川区民政局, 区民政局, 民政局."""
    name = _OFFICE.sub("", fold(authority)) or fold(authority)
    yield name
    while (place := _PLACE.match(name)) and len(name) - place.end() >= _BARE:
        yield place[1] + name[place.end() :]
        name = name[place.end() :]
        yield name


def colleague(sender: str, trusted: Iterable[str]) -> bool:
    """Whether an address is at the own domain of one of these, where not anyone gets an address."""
    domain = sender.rpartition("@")[2]
    return domain not in _PUBLIC and any(known.rpartition("@")[2] == domain for known in trusted)
