"""What the notice leaves open, each as the question a clerk must ask; nothing here is an answer."""

import re
from collections.abc import Iterator

from tasks.notice.draft.model import Channel, Contact, Draft, Obligation, Question
from tasks.notice.draft.shown.as_yaml_forms import unclaimed
from tasks.notice.draft.shown.called import called

_ALWAYS = (
    ("issuer", "发文机关是谁"),
    ("doc_number", "发文字号是多少"),
    ("title", "通知的标题是什么"),
    ("issue_date", "通知的成文日期是哪天"),
    ("superior_document", "是否有上级文件，名称和文号是什么"),
    ("theme", "活动主题是什么（没有主题可不填）"),
    ("section", "由哪个科室承办、接收材料"),
)
_LISTS = (
    ("periods", "工作或活动从哪天到哪天"),
    ("channels", "材料通过什么渠道报送（邮箱、公文系统、纸质……）"),
    ("contacts", "联系人是谁，电话多少"),
)
_LOCAL_NUMBER = re.compile(r"\d{7,8}(?:(?:-|转)\d{1,5})?|\d{5,6}")


def questions(draft: Draft) -> list[Question]:
    """Every open point, in the order of the draft."""
    if not draft.obligations:
        return [*_plain(draft), *_nothing_asked(draft)]
    names = called(draft.obligations)
    return [
        *_plain(draft),
        *_superior(draft),
        *(q for n, each in enumerate(draft.obligations) for q in _obligation(n, each, names[n] or _UNSAID)),
        *_exceptions(draft),
        *(q for n, channel in enumerate(draft.channels) for q in _channel(n, channel)),
        *(q for n, contact in enumerate(draft.contacts) for q in _contact(n, contact)),
        *_figures(draft),
        *_forms(draft),
    ]


def _plain(draft: Draft) -> Iterator[Question]:
    for field, text in _ALWAYS:
        if getattr(draft, field) is None:
            yield Question(field, text)
    for field, text in _LISTS:
        if not getattr(draft, field) and draft.obligations:
            yield Question(field, text)


def _nothing_asked(draft: Draft) -> Iterator[Question]:
    if draft.forwarded:
        yield Question("obligations", "转发件自身没有提出报送要求；是否按所转发的文件报送，由科室确定")
    else:
        yield Question("obligations", "通知没有要求报送材料；如确需报送，请写明报什么、何时报")


def _superior(draft: Draft) -> Iterator[Question]:
    if draft.superior_due is None:
        yield Question("superior_due", "上级要求何时报、报给谁、走什么渠道，通知没有写")


def _obligation(n: int, each: Obligation, name: str) -> Iterator[Question]:
    field = f"obligations[{n}]"
    if each.due_date is None and each.recurrence is None:
        yield Question(f"{field}.due_date", f"“{name}”：{each.ask}", each.readings)
    elif each.due_time is None and (each.readings or each.ask):
        yield Question(f"{field}.due_time", f"“{name}”：{each.ask}", each.readings)
    elif each.due_time is None:
        yield Question(f"{field}.due_time", f"“{name}”几点截止，通知没有写；不写明则至当日24时")
    elif each.ask:  # the hour is known, what holidays do to the day is not
        yield Question(f"{field}.roll", f"“{name}”：{each.ask}", each.readings)
    if each.recurrence:
        yield Question(f"{field}.due_date", f"“{name}”按期报送，{_ends(each)}")
    if each.plain_limit and each.inclusive:
        yield Question(f"{field}.inclusive", f"“{name}”：{_BOTH}", ("含当日", "不含当日"))
    if each.what is None:
        yield Question(f"{field}.what", f"“{each.evidence.quote}”：要报什么，通知没有写明")
    if each.who is None:
        yield Question(f"{field}.who", f"“{name}”由哪些单位报送")


def _exceptions(draft: Draft) -> Iterator[Question]:
    for each in draft.exceptions:
        said = "".join(each.quote.split())
        yield Question("exceptions", f"“{said}”：对部分单位另有规定，请据此填写 owed_by")


def _ends(each: Obligation) -> str:
    """The first and last day to be asked for, or to be checked where they were worked out."""
    first, until = each.due_date or each.first, each.until
    if first and until:
        return f"首期为{first}，末期不晚于{until}，请核对"
    return "末期是哪天" if first else "首期是哪天" if until else "首期和末期是哪天"


_UNSAID = "（未写明报什么）"
_BOTH = "“前”是否含当日，通知没有写明；默认按含当日理解"


def _channel(n: int, channel: Channel) -> Iterator[Question]:
    needs = {
        "email": "邮箱地址",
        "fax": "传真号码",
        "paper": "送到哪里",
        "chat_group": "群名或群号",
        "website": "网址",
    }
    if channel.address is None and channel.type in needs:
        yield Question(f"channels[{n}].address", f"{needs[channel.type]}，通知没有写")


def _contact(n: int, contact: Contact) -> Iterator[Question]:
    if contact.phone is None:
        yield Question(f"contacts[{n}].phone", f"{contact.name}的电话，通知没有写")
    elif lacks_area(contact):
        yield Question(f"contacts[{n}].area_code", f"电话 {contact.phone} 没有区号，请补全")
    if contact.name is None:
        yield Question(f"contacts[{n}].name", f"电话 {contact.phone} 找谁，通知没有写")


def _figures(draft: Draft) -> Iterator[Question]:
    """Figures that are asked for, and no report that could carry them after the work is done."""
    if table := draft.allotted_by_table:
        said = "".join(table.quote.split())
        yield Question("quotas", f"“{said}”处的表列有各单位任务数，草稿没有读表，请照表逐单位填入 quotas")
    if not (draft.quotas or draft.targets):
        return
    for n, quota in enumerate(draft.quotas):
        if quota.item is None:
            yield Question(f"quotas[{n}].item", f"“{quota.evidence.quote}”：指什么，请写明")
    last = max((period.end for period in draft.periods), default=None)
    dated = [each.due_date for each in draft.obligations if each.due_date]
    if last is None or not any(due >= last for due in dated):
        yield Question("quotas_due", "完成任务数的统计何时报、怎么报，通知没有写")


def _forms(draft: Draft) -> Iterator[Question]:
    for form in unclaimed(draft):
        yield Question("forms", f"所附“{form.name}”随哪一项报送、何时报，通知没有写明")
    for n, form in enumerate(draft.forms):
        if open_ones := [each.title for each in form.fields if not each.unit]:
            yield Question(f"forms[{n}].unit", f"所附“{form.name}”没有写计量单位：{'、'.join(open_ones)}")


def lacks_area(contact: Contact) -> bool:
    """Whether a number lacks its area code; mobile numbers and those within a house need none."""
    phone = contact.phone or ""
    within = re.search(rf"(?:短号|小号|虚拟网号?)[：:为]?\s?{re.escape(phone)}", contact.evidence.quote)
    return bool(_LOCAL_NUMBER.fullmatch(phone)) and within is None
