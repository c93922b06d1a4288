"""What a report is called when its own sentence does not say: label, contents, title, or a list."""

import re
from itertools import takewhile

from tasks.notice.draft.words.layout import HEADING, Layout, Line
from tasks.notice.draft.words.objects import NOUN_END, ONLINE, label, tidy

_IN_TITLE = re.compile(
    r"关于(?:做好|开展|规范|加强)?(?:补充|及时|按时|按期|继续|再次|协助|商请|请)?(?:催报|提供|报送|上报|提交|填报|征集|反馈|收集)(?P<what>[^《》]{2,60}?)(?:工作)?(?:报送工作)?的(?:通知|函|紧急通知|预通知|补充通知)"
)
_REPORTING_OF = re.compile(
    r"关于(?:进一步|切实)?(?:做好|规范|加强|开展|完善|建立)?(?P<what>[^《》]{2,50}?)(?:报送|上报|填报)(?:工作|制度|机制|有关事项|有关工作){0,2}的[^《》]{0,4}(?:通知|函)"
)
_DONE_IN = re.compile(
    r"关于(?:做好|开展|组织|布置)(?P<what>[^《》]{2,50}?(?:[年旬月季日周快]报|统计报表))(?:工作)?的[^《》]{0,4}(?:通知|函)"
)
_OFTEN = re.compile(r"(?:月度|季度|年度|定期|日常)$")
_OPINIONS = re.compile(r"(?:反馈|征求)(?:对)?《[^《》]{2,80}》(?:的)?(?P<what>(?:修改)?意见)")
_CONTENTS = re.compile(
    r"(?:上报|报送|填报|提交|反馈|申报)(?:的)?(?:内容|材料|资料)(?:为|是|包括|主要包括|主要有|：)(?P<what>[^，。；]{2,60})"
)
_FILLED = re.compile(r"填(?:写|报|好)(?P<what>《[^《》]{2,40}(?:表|书|卡|单)》)")
_MATERIALS = re.compile(r"(?:报送|申报|提交|上报|推荐|参评|应交)(?:的)?(?:材料|资料)")
_ITEM = re.compile(r"(?:\d{1,2}[、.](?!\d)|（\d{1,2}）|[①-⑳])(?P<what>[^，。；：（\d]{2,24})")
_MOST = 400
COPY = re.compile(r"(?:纸质|电子|书面)(?:版|件|材料)")


def of_line(line: Line, sentence: Line) -> str:
    """The label before the colon, or “上报内容为……” in the same paragraph."""
    said = label(sentence.text) or label(line.text[:40])
    if said:
        return said
    after = line.text[sentence.end - line.start :][:_MOST]
    filled = _FILLED.search(line.text[: sentence.end - line.start][-_MOST:])
    if filled:
        return tidy(filled["what"])
    found = _CONTENTS.search(sentence.text[:_MOST]) or _CONTENTS.match(after)
    what = tidy(found["what"]) if found else ""
    return what if NOUN_END.search(what) else ""


def of_notice(layout: Layout) -> str:
    """What the title asks for, or else the list under a heading like 报送材料."""
    inner = re.search(r"(?:更正|调整|变更)《(?P<title>[^《》]{4,60})》", layout.title_text)
    found = _IN_TITLE.search(inner["title"] if inner else layout.title_text)
    if found:
        return tidy(found["what"]) or found["what"]
    other = _OPINIONS.search(layout.title_text) or _REPORTING_OF.search(layout.title_text)
    other = other or _DONE_IN.search(layout.title_text)
    return _OFTEN.sub("", tidy(other["what"])) if other else _listed(layout)


def online(quote: str) -> str:
    """“网上填报”, when nothing else says what is filled in."""
    found = re.search(rf"(?:{ONLINE.pattern.rstrip('$')})(?:填报|申报|报送|填写)", "".join(quote.split()))
    return found.group() if found else ""


def _listed(layout: Layout) -> str:
    for n, line in enumerate(layout.body):
        heading = HEADING.match(line.text)
        if not heading or not _MATERIALS.search(heading["title"]):
            continue
        following = takewhile(
            lambda each: not re.match("[一二三四五六七八九十]{1,3}、", each.text), layout.body[n + 1 : n + 12]
        )
        text = line.text[heading.end() :][:_MOST] + "".join(each.text[:60] for each in following)[:_MOST]
        items = [tidy(re.split("一式", found["what"])[0]) for found in _ITEM.finditer(text)]
        things = [item for item in items if NOUN_END.search(item)]
        return "、".join(things) if things and len(things) == len(items) else ""
    return ""
