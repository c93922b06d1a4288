"""What someone wants who sends no file: to report, to ask, to beg for time, to take something back.

Pure: words in, yes or no. Nothing here decides about a report; it says which tray a person finds the mail in.
"""

import re

LONG = 300
"""A text beyond this is a report, whatever it asks at the end."""
REPORT = 100
"""A text beyond this may be one."""

_NUMBER = r"(?:\d[\d,.]*|[０-９]+|[零〇一二三四五六七八九十百千万两]+)\s*(?:余|多|几)?"
FIGURE = re.compile(rf"{_NUMBER}\s*(?:场次?|户次?|人次|人数|(?<!本)人(?!民|员)|名(?!称|单|册)|次|项|件|份)")
DONE = re.compile(rf"{_NUMBER}\s*(?:场次?|户次?|人次)")
"""What campaigns count: events, households, people served."""
_MEASURES = (
    r"处|条|起|宗|头|只|羽|尾|亩|公顷|公里|千米|平方米|立方米|米|吨|公斤|千克|斤|万元|亿元|元|支|剂|针|例|台|辆|套|座|栋"
    r"|间|所(?!有|在|属)|家|块|张|册|本(?!月|周|年|单位|镇|乡|村|局)|幅|篇|株|棵|批|个(?!工作日|月|小时|星期)|[%％]"
)
MEASURED = re.compile(
    rf"(?<![第\d.])\d[\d,.]*\s*[余多]?\s*万?\s*(?:{_MEASURES}|场|户|人(?!民|员)|名(?!称|单|册)|次|项|件|份)"
)
"""What any office counts, in digits: two of them are more than talk."""

CELL = re.compile(r"(?:^|  |\t|\n)\s{0,20}[\d０-９][\d０-９,.]{0,20}\s{0,20}(?=  |\t|\n|$)")
COUNTED = re.compile(rf"场|户|人次|人数|活动|走访|服务|志愿|数(?!据|字)|[（(](?:{_MEASURES})[）)]")
TABLE = 2
LISTED = re.compile(
    r"^[ \t]{0,40}(?![^\n:：]{0,12}(?:电话|手机|邮编|邮政|传真|房|室|号|日期|时间|年|月|QQ|微信|代码|页|楼))"
    r"[\u4e00-\u9fff（）()、/“”]{2,20}[ \t]*[:：][ \t]*\d[\d,]{0,6}(?:\.\d{1,2})?[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
"""社区活动：12, a line each, as typed on a telephone."""
NIL = re.compile(r"(?<!不实行)零报告|无(?:相关)?(?:内容|情况|活动)(?:可)?(?:上)?报|(?:本期|本月|本周)无情况")
"""Nothing to report is a report."""

ASKS = re.compile(
    r"[?？]|请问|怎么|怎样|如何|是否|能否|可否|咨询|请教|吗[。！\s]|吗$|[呢呀]\s*[。！]?\s*$|是[^。；，,\n]{1,15}还是|哪(里|个|份|天|一)|几号"
)
ASKS_PLAINLY = re.compile(r"[?？]|请问|请教|咨询|能否|可否|妥否|当否|可以吗|行不行|能不能")
BEGS = re.compile(
    r"(申请|请求|恳请|请予|希望|能否|可否|请|想|拟)[^。；\n]{0,20}(延期|延迟|推迟|延后|缓报|缓交|宽限|顺延|缓(几|两|三)天|晚(几|两|三|一)天|免报|免予)"
    r"|(延期|缓报|免报)[^。；\n]{0,8}(申请|请示|请求)|请(批准|批复|批示|审批|准予)|妥否|当否"
)
TAKES_BACK = re.compile(
    r"(想|要|已|将|尝试|希望|请(予|求)?)[^。；\n]{0,4}(撤回|召回|撤销)[^。；\n]{0,30}(邮件|信件|来信|报件|材料|总结|表)"
    r"|would like to recall the message|recall (this|the) (message|e-?mail)|作废",
    re.IGNORECASE,
)
TAKEN_BACK = re.compile(r"^\s*[\[【(（]?\s*(撤回|召回|撤销|recall)\s*[\]】)）]?\s*[:：]", re.IGNORECASE)
TEST = re.compile(
    r"^\s*[\[【(（]?\s*(邮件|邮箱|收发|发送)?测试(邮件|信件|一下|件|信)?\s*[\]】)）]?\s*($|[,，:：!！。—-]|\d)"
)
TESTS = re.compile(
    r"测试(一下|邮件|邮箱|收发|发送|用|信件)|(试发|试一下|试试)[^。；\n]{0,6}(邮箱|邮件|能否|能不能)"
)
NOT_MEANT = re.compile(
    r"(请|可|烦请)[^。；\n]{0,4}(忽略|不用理会|不必理会|勿理|删除)|无需(处理|理会|回复)|随便填|随意填|数据(是|为)(假|虚)|不作为?(正式)?(报送|上报)"
)
PROMISES = re.compile(
    r"请(予)?查收|查收附件|请审阅|请收|(见|详见|在|附于)附件|附后|附上|随信附|随文附|现将|报上|呈上|奉上|发上"
    r"|报送如下|上报如下|attached|enclosed",
    re.IGNORECASE,
)
REPORTS = re.compile(r"总结|小结|统计表|报表|汇总表|台账|佐证|材料|报送|上报|请(予)?查收")


def figures(text: str) -> int:
    """How many counts with their units the text holds."""
    return sum(1 for _ in FIGURE.finditer(text))


def reports(text: str) -> bool:
    """Whether the text itself holds a report: figures of what was done, or the length of one."""
    if NIL.search(text):
        return True
    count = figures(text)
    if len(LISTED.findall(text)) >= TABLE:
        return True
    if len(CELL.findall(text)) >= TABLE and len(COUNTED.findall(text)) >= TABLE:
        return True
    if count and DONE.search(text) and not ASKS.search(text):
        return True
    if len(MEASURED.findall(text)) > 1 and not ASKS.search(text):
        return True
    return count > 1 or len(text) >= LONG


def begs(text: str) -> bool:
    """Whether it asks for time or leave."""
    return BEGS.search(text) is not None


def asks(text: str) -> bool:
    """Whether it asks something; of a long text only plain questions count."""
    return (ASKS if len(text) < REPORT else ASKS_PLAINLY).search(text) is not None


def only_tests(subject: str, text: str) -> bool:
    """Whether the sender only tries out whether mail arrives; what hangs on it is not meant."""
    if TEST.search(subject):
        return True
    return TESTS.search(text[:LONG]) is not None and NOT_MEANT.search(text[:LONG]) is not None


def takes_back(subject: str, text: str) -> bool:
    """Whether the sender takes back an earlier mail."""
    return TAKEN_BACK.search(subject) is not None or (
        TAKES_BACK.search(text[: 2 * LONG]) is not None and not reports(text)
    )
