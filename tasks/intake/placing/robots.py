"""What a program sent by itself: noted and never answered, but a report it brings is not lost. Pure."""

import re
from collections.abc import Sequence

from tasks.intake.placing.placement import PICTURE, Context, Document, Placement, Undecided, codes
from tasks.intake.placing.rules import Rules
from tasks.intake.placing.shared_mailbox import ours
from tasks.mail.classify import may_report
from tasks.terms.mails import Mail

_WAITS = re.compile(
    r"(?:公文|来文|收文|传文|文件|材料|报件|函件)[^。；\n]{0,20}(?:待|未|需|请)[^。；\n]{0,6}"
    r"(?:签收|接收|收取|下载|领取|提取)"
    r"|(?:登录|登陆|进入|点击)[^。；\n]{0,24}(?:签收|接收|下载|收取|领取|提取)|待签收|待接收|待收文"
    r"|(?:分享|发送|共享|传)(?:了|给)[^。；\n]{0,20}(?:文件|文档|表格|材料)"
)
"""Exchanges and file services tell by mail that something lies with them; the thing itself does not come."""

_LEFT = re.compile(
    r"调离|调任|离职|离任|辞职|退休|换岗|轮岗|(?:工作|岗位|职务|人事)(?:变动|调整|调动)|不再(?:负责|承担|从事|使用|受理)"
    r"|(?:邮箱|信箱|邮件地址)[^。；\n]{0,6}(?:停用|弃用|作废|变更|更换|注销)|(?:启用|改用|发(?:送)?(?:至|到))[^。；，\n]{0,6}新(?:的)?(?:邮箱|信箱)"
)
"""What we write to this address is read by nobody, however polite its robot."""
_WORDS = 2000

GONE = "自动回复说经办人已调离、不再负责或邮箱已停用，请核实联系人并更新名册；不会答复发件人"
BROUGHT = "自动回复的邮件带有文件，可能是报送材料，请核实后指定报送单位；不会答复发件人"
PUT_BY = "本机关邮箱发给自己的邮件带有文件，可能是转存的报送材料，请核实后指定报送单位"
WAITING = "系统通知说另有公文或文件待签收、待下载，可能是报送材料，请到该系统查看；不会答复发件人"


def from_a_robot(rules: Rules, mail: Mail, context: Context, documents: Sequence[Document]) -> Placement:
    """The files of an automatic mail that may be reports, or its word that one lies elsewhere."""
    if mail.kind == "own_mail" and not mail.by_system:
        return _kept_for_ourselves(rules, mail, context, documents)
    if mail.kind != "auto_reply":
        return Placement(reasons=mail.reasons)
    kept, elsewhere = ours(rules.campaign, rules.others, mail, documents)
    reasons = (*mail.reasons, *elsewhere)
    left = [_brought(rules, context, d) for d in kept if _may_report(d)]
    if not documents and not elsewhere and (mail.linked or _WAITS.search(f"{mail.subject}\n{mail.text}")):
        left = [Undecided(None, rules.reporting(rules.match(context, None, ())), (WAITING, *mail.reasons))]
    if not left and not elsewhere and _LEFT.search(mail.text[:_WORDS]):
        found = rules.match(context, None, ())
        left = [Undecided(None, (), (GONE, *mail.reasons, *found.reasons))]
    return Placement(undecided=tuple(left), reasons=reasons)


def _kept_for_ourselves(
    rules: Rules, mail: Mail, context: Context, documents: Sequence[Document]
) -> Placement:
    """A clerk sends on to our own mailbox what came by chat: where it names a unit, a person sees to it."""
    kept, elsewhere = ours(rules.campaign, rules.others, mail, documents)
    brought = [_brought(rules, context, d, PUT_BY) for d in kept if _may_report(d)]
    left = tuple(each for each in brought if each.candidates)
    return Placement(undecided=left, reasons=(*mail.reasons, *elsewhere))


def _brought(rules: Rules, context: Context, document: Document, why: str = BROUGHT) -> Undecided:
    found = rules.match(context, document.reading, [document.file.filename])
    return Undecided(document.file, rules.reporting(found), (why, *found.reasons))


def _may_report(document: Document) -> bool:
    """No picture, no card, and not our own blank form coming back."""
    blank = "BLANK_FORM" in codes(document)
    return document.content.format != PICTURE and not blank and may_report(document.file)
