"""What a server's refusal says of the recipient: there is none such, or something else was wrong. Pure.

An address is given up only where the server says so: a letter refused for its content, its size, its sender
or in haste leaves the address alone.
"""

import re

ENHANCED = re.compile(r"(?<![\d.])([45]\.\d{1,3}\.\d{1,3})(?![\d.])")

GONE = re.compile(r"5\.1\.([1-46]|10)|5\.2\.1|5\.4\.(4|310)")
"""Statuses that say it by themselves: no such mailbox, no such domain, mailbox disabled."""
SAYS_NOTHING = re.compile(r"|5\.0\.\d+|5\.1\.0|5\.2\.0|5\.3\.0|5\.5\.\d+")
"""Statuses that leave it to the words."""
DOORMAN = "5.4.1"
"""Exchange's own word for a recipient it does not know; with others it only means that nobody answered."""

_WHO = r"(user|mailbox|mail ?box|recipient|account|addressee|address)"
NO_SUCH = re.compile(
    rf"\b{_WHO}\b[^.;。；]{{0,60}}(unknown|not (be )?found|does ?n[o']t exist|do(es)? not exist|not exist"
    rf"|no longer|not local|invalid|disabled|inactive|suspended|deactivated|not listed)"
    rf"|\b(unknown|no such|no|invalid|non-?existent|inactive|unrout[e]?able)( local| mail)? {_WHO}\b"
    r"|recipient ?not ?found|host (unknown|not found)|domain not found"
    r"|(用户|收件人|收件方|账[号户]|帐[号户]|邮箱|地址)[^，。；,;]{0,14}(不存在|无效|未找到|找不到|有误|错误|停用|注销|禁用|冻结|失效)"
    r"|(无此|没有此|没有该|查无此|不存在此|不存在该|无效的?)(用户|邮箱|账号|帐号|收件人|地址|人)",
    re.IGNORECASE,
)
"""A recipient that is not there, in words."""

OF_US = re.compile(
    r"sender|from address|mail from|[发寄]件[人方]|发信[人方]|spf|dkim|dmarc|helo|ehlo|reverse|\b(ptr|dns)\b"
    r"|\byour (account|domain|ip|host|server)|您的(账|帐|邮箱|域名|ip)|贵方",
    re.IGNORECASE,
)
"""Words about who sends, not about who is to receive."""
OF_THE_LETTER = re.compile(
    r"spam|virus|policy|content|black ?list|block|\brbl\b|denied|relay|reputation|too (large|big)|size"
    r"|垃圾|病毒|策略|黑名单|内容|拒收|过大|大小",
    re.IGNORECASE,
)
"""Words about the letter, or about a server that does not want ours."""

_TOO_FAST = (
    r"frequen|rate limit|too (many(?! (hops|received))|much|fast)"
    r"|\b(connections?|sending|hourly|daily|sessions?)\b[^.;]{0,30}\b(limit|quota)|频率|频繁|过快"
    r"|(发送|发信|连接|并发|每日|当日|每小时)[^，。；]{0,8}(超限|上限|超过限制|过多)"
)
TOO_FAST = re.compile(_TOO_FAST, re.IGNORECASE)
"""The server asks for patience, whatever code it says so with."""
LATER = re.compile(
    rf"{_TOO_FAST}|try again later|quota|mailbox( is)? full|storage allocation"
    r"|grey-?list|5\.2\.2|5\.7\.28|稍后|已满|空间不足|超出[^，。；]{0,6}容量|容量已?超",
    re.IGNORECASE,
)
"""Permanent codes that are not: QQ answers 550 to sending too fast, a full mailbox is emptied again."""


def no_such_address(said: str, status: str = "") -> bool:
    """Whether a server's words (and their enhanced status, if it stands elsewhere) give the address up."""
    code = status or next(iter(ENHANCED.findall(said)), "")
    if re.search(r"sender|发件人|发信人", said, re.IGNORECASE):
        return False
    if GONE.fullmatch(code):
        return True
    if code == DOORMAN:
        return "recipient" in said.lower()
    silent = SAYS_NOTHING.fullmatch(code) is not None
    other = OF_US.search(said) or OF_THE_LETTER.search(said) or LATER.search(said)
    return silent and not other and NO_SUCH.search(said) is not None
