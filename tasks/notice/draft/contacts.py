"""Whom to ask: names and numbers exactly as the notice gives them, no area code added."""

import re
from collections.abc import Iterator

from tasks.notice.draft.header import evidence
from tasks.notice.draft.layout import Layout, Line
from tasks.notice.draft.model import Contact

_LABEL = re.compile(
    r"(?:业务|技术|政策|工作)?(?:联系人|联络人|咨询人|联系方式|经办人)(?:及)?(?:联系)?(?:电话|方式)?|(?:业务|政策|技术)?(?:咨询|支持)(?=：)"
)
_PHONE_LABEL = re.compile(r"(?:联系|咨询|值班|办公|服务|监督)?(?:电话|手机)(?:号码)?：?")
_PHONE = re.compile(
    r"(?<![\dA-Za-z@.])(?:\+?86-?)?(?:\d{3,4}[-—–－ ]{1,2})?\d{7,8}(?:(?:-"
    r"|转)\d{1,5})?(?![\d@A-Za-z.])|(?<![\dA-Za-z@.])\d{11}(?![\d@])|(?<![\dA-Za-z@.-])\d{5,6}(?![\d@年号室A-Za-z.])"
)
_OTHER = re.compile(
    r"(?:QQ|微信|群)?(?:群|号)(?:号)?：?$|传真(?:号码|电话)?[：（]?$|邮编：?$|举报(?:电话)?：?$|热线：?$|QQ：?$|邮箱：?$"
)
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,5}")
_NO_NAME = re.compile(
    r"电话|手机|邮箱|传真|联系|科|局|股|处$|室|办$|中心|部$|委|会$|方式|地址|号码|单位|填表|姓名|短号|信息|咨询|工作|公开|同志$|QQ|以及|等"
)
_TITLES = re.compile(r"(?:同志|老师|主任|科长|股长|先生|女士|科员|主管)$")
_ELSEWHERE = re.compile(r"地址：|邮编|邮箱")
_REACH = 120


def contacts(layout: Layout) -> list[Contact]:
    """Every contact with his number; a number without a name stays so."""
    found: list[Contact] = []
    for line in layout.lines:
        for label in _LABEL.finditer(line.text):
            colon = line.text[label.end() : label.end() + 1] in {"：", ""}
            if colon or not _mid_sentence(line.text, label.end()):
                found += _after_label(layout, line, label)
    named = {c.phone for c in found}
    return [*_merged(found), *(c for c in _unnamed(layout) if c.phone not in named)]


def _mid_sentence(text: str, at: int) -> bool:
    """“注明联系人及联系方式” asks for one; it names none."""
    return not _PHONE.search(text[at : at + 30])


def _after_label(layout: Layout, line: Line, label: re.Match[str]) -> Iterator[Contact]:
    """Names and numbers up to the next label; the number may stand a line below."""
    at = label.end()
    ends = (pattern.search(line.text, at, at + _REACH) for pattern in (_LABEL, _ELSEWHERE))
    region_end = min((found.start() for found in ends if found), default=min(at + _REACH, len(line.text)))
    names = _names(layout, line, at, region_end)
    phones = _phones(line.text, at, region_end)
    if not phones:
        phones = _next_line(layout, line)
    if not names:
        return
    for n, name in enumerate(names):
        phone = phones[n] if n < len(phones) else (phones[-1] if len(phones) == 1 else None)
        yield Contact(name, phone, evidence(layout.page, line.start + label.start(), line.start + region_end))


def _names(layout: Layout, line: Line, start: int, end: int) -> list[str]:
    found = []
    for piece in re.finditer(r"[^：，；、。（）/\d ]+", line.text[start:end]):
        words = layout.page.spaced(line.start + start + piece.start(), line.start + start + piece.end())
        for word in words.split(" "):
            full = re.split(r"联系|电话|手机|邮箱|传真|电子", word)[0]
            bare = _TITLES.sub("", full)
            name = bare if len(bare) > 1 else full
            if _NAME.fullmatch(name) and not _NO_NAME.search(name):
                found.append(name)
    return found


def _phones(text: str, start: int, end: int) -> list[str]:
    return [
        re.sub(r"[-—–－ ]+", "-", m.group())
        for m in _PHONE.finditer(text, start, end)
        if not _OTHER.search(text[max(0, m.start() - 8) : m.start()])
    ]


def _next_line(layout: Layout, line: Line) -> list[str]:
    """The number under the name, when its line says that it is one."""
    end = layout.page.text.find("\n", line.end + 1)
    following = layout.page.text[line.end + 1 : end if end >= 0 else None][:_REACH]
    label = _PHONE_LABEL.match(following)
    return _phones(following, label.end(), min(len(following), label.end() + 40)) if label else []


def _merged(found: list[Contact]) -> list[Contact]:
    return list({(c.name, c.phone): c for c in found}.values())


def _unnamed(layout: Layout) -> Iterator[Contact]:
    """值班电话 and the like."""
    for line in layout.body:
        for label in re.finditer(r"(?<![举报诉督])(?:联系|咨询|值班|办公)?电话：", line.text):
            phones = _phones(line.text, label.end(), label.end() + 24)
            if phones and line.text[label.end() : label.end() + 1].isdigit():
                yield Contact(
                    None,
                    phones[0],
                    evidence(
                        layout.page, line.start + label.start(), line.start + label.end() + len(phones[0])
                    ),
                )
