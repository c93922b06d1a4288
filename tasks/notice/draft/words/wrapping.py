"""Which line goes on in the next one: paper and PDF break lines anywhere, a notice's own lines end."""

import re

PAGE_NUMBER = re.compile(
    r"[-—－–·.\s]{0,4}\d{1,3}[-—－–·.\s]{0,4}|第\d{1,3}页(?:[，/]?共\d{1,3}页)?|页\d{1,3}"
)
_BULLET = re.compile(r"[-•●■◆▪*★☆※▲△►▶➤◇✦✓✔]+ ?(?=[（(\d一二三四五六七八九十\u4e00-\u9fff])")
STARTER = re.compile(
    r"[①-⑳]|[一二三四五六七八九十]{1,3}[、.]|[（][一二三四五六七八九十\d]{1,3}[）]|\d{1,2}[、.](?!\d)|第[一二三四五六七八九十]{1,3}[条章节]"
    r"|附件?[：:1-9一]|附件$|联系|电话|电子邮箱|邮箱|邮件|传真(?![至到给])|抄送|抄报|主送|地址|手机|[QＱ]{2}|特此|"
    r"[（](?:此件|信息公开|联系)"
)
_LABEL = re.compile(r"附件?[：:]|联系|电话|电子邮箱|邮箱|传真(?![至到给])|抄送|地址|手机")
DATE_LINE = re.compile(
    r"[（]?[0-9二〇○零OoＯ一三四五六七八九]{4}年[^年，。；]{1,8}[日号][）]?|20\d\d([./-])\d{1,2}\1\d{1,2}"
)
_ENDED = re.compile(r"[。；！？：][”’）》]?$|^[（].*[）]$")
_TITLE_END = re.compile(r"(?:通知|通告|公告|函|意见|方案|决定|办法|通报|请示|批复|文件)[》”]?$")
_ADDRESSEE = re.compile(r"各[^。；]{1,200}：$")
_TITLE_OPENS = re.compile(r"关于|转发|印发")
_OFFICE_END = re.compile(r"(?:局|委|委员会|办公室|部|厅|协会|联合会|指挥部|政府|院|总会|中心)$")
_OPEN_END = re.compile(r"[，、（“《‘—和及与的或将把于向至]$")
_CLOSING_START = re.compile(r"[，。、；：）”》’！？]")
_BODY = re.compile(r"[，。；]")
_TORN_VERBS = frozenset(
    ("报送", "上报", "提交", "发送", "报至", "寄送", "反馈", "填报", "汇总", "邮箱", "公章", "系统")
)
_LONG = 25
_TAIL = 60


class Joiner:
    """Reads line after line and says whether each goes on from the one before."""

    def __init__(self) -> None:
        self._line = ""
        self._tail = ""
        self._length = 0
        self._body = False
        self._row = False

    def continues(self, line: str, *, row: bool = False, apart: bool = False) -> bool:
        """Whether this line is the rest of the sentence before it; a table's row never is.

        Args:
            line: the line, its blanks squeezed out.
            row: it is a row of a table.
            apart: a blank line stands before it, where paragraphs are parted so.
        """
        goes_on = bool(self._tail) and not row and not self._row and self._goes_on(line, apart=apart)
        self._row = row
        if goes_on:
            self._tail = (self._tail + line)[-_TAIL:]
        else:
            self._line, self._tail, self._body, self._length = line[:_TAIL], line[-_TAIL:], False, 0
        self._length += len(line)
        self._body = self._body or self._length >= _LONG or bool(_BODY.search(line))
        return goes_on

    def _goes_on(self, line: str, *, apart: bool) -> bool:
        if _CLOSING_START.match(line) or self._torn(line):
            return True
        if _TITLE_OPENS.match(line) and _OFFICE_END.search(self._tail) and not _BODY.search(self._line):
            return False
        if STARTER.match(line) or DATE_LINE.fullmatch(line) or _ADDRESSEE.match(line):
            return False
        if _OPEN_END.search(self._tail) or self._tail[-1] + line[0] in _TORN_VERBS:
            return True
        if _ENDED.search(self._tail) or _TITLE_END.search(self._tail) or _LABEL.match(self._line):
            return False
        return self._body and not apart

    def _torn(self, line: str) -> bool:
        """A number, a date or an address torn in two."""
        last, first = self._tail[-1], line[0]
        if last.isdigit() and (first in "年月日号时点" or line[:12].rstrip("。").isdigit()):
            return True
        return last in ".@-_" and first.isascii() and first.isalnum() and not STARTER.match(line)


def bullet(line: str) -> int:
    """How many characters of a dash or dot stand before a list's item."""
    found = _BULLET.match(line)
    return found.end() if found else 0
