"""Whom to ask: names and numbers as the notice gives them. A number that may be another's is left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tasks.notice.draft.model import Contact
from tasks.notice.draft.people.contact_words import OFFICE_END, PHONE, SURNAME, Word, surnamed, words
from tasks.notice.draft.words.header import evidence
from tasks.notice.draft.words.layout import HEADING, Layout, Line

_LABEL = re.compile(
    r"(?:业务|技术|政策|工作)?(?:联系人|联络人|咨询人|联系方式|经办人)(?:员)?(?:及)?(?:联系)?(?:电话|方式)?"
    r"|(?:业务|政策|技术)?(?:咨询|支持)(?=：)"
    r"|联系电话(?=：[\u4e00-\u9fff]{2,4} ?[\d，])|联系[\u4e00-\u9fff]{2,24}(?=：[\u4e00-\u9fff]{2,4}，)"
    r"|[与同](?=[\u4e00-\u9fff]{2,16}联系[（，：])"
    r"|有(?:问题|疑问)(?:请|可)?联系(?=[\u4e00-\u9fff]{2,12}，电话)"
    rf"|(?<![\u4e00-\u9fff])(?![\u4e00-\u9fff]{{0,20}}(?:举报|监督|投诉|热线))[\u4e00-\u9fff]{{1,24}}(?:{OFFICE_END})："
    rf"(?={SURNAME}[\u4e00-\u9fff·]{{1,3}}(?:（[^（）\d]{{1,12}}）)?[，：]?(?:联系)?(?:电话|手机)?：?{PHONE})"
)
"""The last: “市普法办：阮成蹊，……”, an office with a person and a number behind it."""
_OFFICE_BEFORE = re.compile(
    r"(?:^|(?<=[\n，。；：（、]))(?P<office>(?!各|请|由)[\u4e00-\u9fff]{2,20}(?:科|股|处|室|办|部))$"
)
_PHONE = re.compile(PHONE)
_NAMED_BEHIND = re.compile(r"（(?P<name>[\u4e00-\u9fff]{2,16})）")
_TITLED = re.compile(
    r"(?:主任|科长|股长|处长|局长|所长|站长|干事|科员|专干|工作人员|联络员)"
    rf"(?P<name>{SURNAME}[\u4e00-\u9fff]{{1,2}})（(?P<phone>{PHONE})）"
)
"""“联系爱卫办主任靳同舟（……）”: a person with a title and the number behind the name."""
_PHONE_LABEL = re.compile(r"(?:联系|咨询|值班|办公|服务)?(?:电话|手机)(?:号码)?(?:：|$)")
_PHONE_BEFORE = re.compile(
    rf"(?:电话|手机)：?(?P<phone>{PHONE})(?:[，、；](?:电子)?邮箱：?[A-Za-z0-9@._-]{{5,60}})?[，、；]$"
)
_NAME_ALONE = re.compile(rf"{SURNAME}[\u4e00-\u9fff]{{1,2}}(?=[，。；）]|$)")
_ANOTHER = re.compile(rf"[\u4e00-\u9fff（）·， ]{{2,40}}(?:电话|手机)?：?{PHONE}")
_OTHERS = re.compile(r"举报|监督|投诉|传真|热线|报名")
_REACH = 160
_SHORT = 60
_BELOW = 8


@dataclass
class _Group:
    """Names that stand together and the numbers behind them."""

    names: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Region:
    """The text of one contact line and of the lines that go on from it."""

    text: str
    start: int
    end: int


def contacts(layout: Layout) -> list[Contact]:
    """Every contact with his number; a number without a name stays so where no name is given at all."""
    found: list[Contact] = []
    for region in _regions(layout):
        quote = evidence(layout.page, region.start, region.end)
        found += [Contact(name, phone, quote) for name, phone in _paired(list(words(region.text)))]
    found += _titled(layout)
    if any(each.name for each in found):
        return list({(c.name, c.phone): c for c in found}.values())
    return list(_unnamed(layout))


def _titled(layout: Layout) -> Iterator[Contact]:
    for line in layout.body:
        for said in _TITLED.finditer(line.text):
            quote = evidence(layout.page, line.start + said.start("name"), line.start + said.end())
            yield Contact(said["name"], next(words(said["phone"])).value, quote)


def contact_offices(layout: Layout) -> list[tuple[str, int, int]]:
    """The offices named in the contact lines, each with its line's place."""
    found = [
        (word.value, region.start, region.end)
        for region in _regions(layout)
        for word in words(region.text)
        if word.kind == "office"
    ]
    return found + [
        (before["office"], region.start - len(before["office"]), region.end)
        for region in _regions(layout)
        if (before := _OFFICE_BEFORE.search(layout.page.text, max(0, region.start - 24), region.start))
    ]


def _regions(layout: Layout) -> Iterator[_Region]:
    lines = layout.lines
    for n, line in enumerate(lines):
        labels = list(_LABEL.finditer(line.text))
        for label, after in zip(labels, [*labels[1:], None], strict=False):
            stop = after.start() if after else len(line.text)
            before = _PHONE_BEFORE.search(line.text, max(0, label.start() - 90), label.start())
            behind = before and _NAME_ALONE.match(line.text, label.end())
            alone = label.group() == line.text
            if not behind and _asks_for_one(line.text, label.end(), stop, alone=alone):
                continue
            stop = _end_of_bracket(line.text, label.start(), min(stop, label.end() + _REACH))
            text = layout.page.spaced(line.start + label.end(), line.start + stop)
            below = (
                ""
                if after
                else "".join(f"\n{t}" for t in _below(layout, lines[n + 1 : n + 1 + _BELOW], text))
            )
            if before and not _PHONE.search(text + below):
                below += f"，{before['phone']}"
            yield _Region(text + below, line.start + label.start(), line.start + stop)


def _end_of_bracket(text: str, label: int, stop: int) -> int:
    """“（联系人：……），并于每月……”: what is said of a person in a bracket ends with it."""
    opened = text.rfind("（", max(0, label - _SHORT), label)
    if opened <= text.rfind("）", 0, label):
        return stop
    depth = 1
    for at in range(label, stop):
        depth += (text[at] == "（") - (text[at] == "）")
        if not depth:
            return at
    return stop


def _asks_for_one(text: str, at: int, stop: int, *, alone: bool) -> bool:
    """“注明联系人及联系方式” asks for a contact; it names none."""
    return (
        not alone and text[at : at + 1] not in {"：", ""} and not _PHONE.search(text, at, min(stop, at + 30))
    )


def _below(layout: Layout, lines: list[Line], text: str) -> Iterator[str]:
    """The lines that go on: the number under the name, and further people with their numbers."""
    so_far, waiting = text, not text.strip("： ")
    for line in lines:
        labelled = _PHONE_LABEL.match(line.text) and not _OTHERS.search(line.text)
        number_alone = _PHONE.fullmatch(line.text) is not None
        name_alone = waiting and len(line.text) <= 4  # noqa: PLR2004  a name
        another = len(line.text) <= _SHORT and _ANOTHER.match(line.text) and not HEADING.match(line.text)
        if labelled or number_alone:
            if _PHONE.search(so_far):
                return
        elif not name_alone and (not another or _OTHERS.search(line.text)):
            return
        said = layout.page.spaced(line.start, line.end)
        so_far += said
        yield said


def _paired(said: list[Word]) -> Iterator[tuple[str | None, str | None]]:
    """Names with their numbers; names behind the last number belong to something else."""
    groups = [_Group()]
    for word in said:
        if word.kind == "phone":
            groups[-1].phones.append(word.value)
        elif word.kind == "name":
            if groups[-1].phones:
                groups.append(_Group())
            groups[-1].names.append(word.value)
    numbered = any(group.phones for group in groups)
    for group in groups:
        if group.phones or not numbered:
            yield from _of_group(group)
    yield from ((None, word.value) for word in said if word.kind == "duty")


def _of_group(group: _Group) -> Iterator[tuple[str, str | None]]:
    """As many numbers as names are theirs in turn; one is shared; one person may have several."""
    names, phones = group.names, group.phones
    if len(names) == len(phones):
        yield from zip(names, phones, strict=True)
    elif len(names) == 1 and phones:
        yield from ((names[0], phone) for phone in phones)
    else:
        shared = phones[0] if len(phones) == 1 else None
        yield from ((name, shared) for name in names)


def _unnamed(layout: Layout) -> Iterator[Contact]:
    """联系电话 and the like without anybody's name."""
    for line in layout.body:
        for label in re.finditer(r"(?<![举报诉督真])(?:联系|咨询|值班|办公)?电话：", line.text):
            phone = _PHONE.match(line.text, label.end())
            if phone:
                number = next(words(phone.group())).value
                quote = evidence(layout.page, line.start + label.start(), line.start + phone.end())
                behind = _NAMED_BEHIND.match(line.text, phone.end())
                yield Contact(_name(behind["name"]) if behind else None, number, quote)


def _name(text: str) -> str | None:
    """The name, when the words are one that begins with a family's."""
    said = [word.value for word in words(text) if word.kind == "name"]
    return said[0] if len(said) == 1 and surnamed(said[0]) else None
