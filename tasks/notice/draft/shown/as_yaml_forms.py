"""The fields of enclosed forms in a campaign file, each by the report it is handed in with.

A form goes with a report only where the report is named after it, or where both are the only ones of
their kind. One that goes with none is shown and asked about.
"""

import re
from collections.abc import Iterator, Sequence

from tasks.notice.draft.model import Draft, EnclosedForm, FormField, Obligation
from tasks.notice.draft.shown.as_yaml_figures import statistics
from tasks.notice.draft.shown.yaml_words import quoted, scalar

_BESIDES = re.compile(r"[《》“”\"（）()\s]|20\d\d年|附件\d?|电子版|纸质版")
_GENERIC = re.compile(r"(?:统计|汇总|数据|情况)表|报表")
_FRACTIONS = re.compile(
    r"[万千百亿].+|元|吨|公斤|千克|克|升|亩|公顷|米|公里|千米|平方.+|立方.+|小时|%|‰|千瓦时"
)
_LARGE = re.compile(r"元|千元|公斤|升|毫升|平方米|立方米|千瓦时|克|米")
_HIGH = 1_000_000_000


def forms_of(draft: Draft) -> list[EnclosedForm | None]:
    """For every report, the enclosed form that is handed in with it; None when it is not certain which."""
    if not draft.forms:
        return [None] * len(draft.obligations)
    tables = {statistics(each.what or "") for each in draft.obligations} - {""}
    only = draft.forms[0] if len(draft.forms) == 1 and len(tables) == 1 else None
    return [_form_of(draft.forms, each, only) for each in draft.obligations]


def _form_of(
    forms: Sequence[EnclosedForm], each: Obligation, only: EnclosedForm | None
) -> EnclosedForm | None:
    what, asked = _plain(each.what or ""), _plain(statistics(each.what or ""))
    named = [form for form in forms if _plain(form.name) in what]
    if len(named) == 1:
        return named[0]
    like = [form for form in forms if asked and asked in _plain(form.name)]
    if len(like) == 1:
        return like[0]
    return only if only and asked and _GENERIC.search(only.name) else None


def is_form_alone(each: Obligation, form: EnclosedForm) -> bool:
    """Whether the report is this form and nothing else."""
    what = _plain(each.what or "")
    if what in {_plain(form.name), _plain(statistics(each.what or ""))}:
        return True
    return what.endswith(_plain(form.name)) and not re.search("[、和及与]", what)


def without_form(what: str, form: EnclosedForm) -> str:
    """What is left of a report's name when its form is a report of its own."""
    for name in (form.name, statistics(what)):
        if name:
            rest = re.sub(
                rf"[、，和及与以]*《?[“”\"]?{re.escape(name)}[”\"]?》?(?:（[^（）]*）)?[、，和及与以]*",
                "",
                what,
            )
            if rest != what:
                return rest.strip("《》、，和及与“”") or what
    return what


def unclaimed(draft: Draft) -> list[EnclosedForm]:
    """The forms no report is named after."""
    claimed = forms_of(draft)
    return [form for form in draft.forms if form not in claimed]


def fields(form: EnclosedForm) -> Iterator[str]:
    """The form's figures, as the campaign file names them."""
    yield f"    fields:  # 取自所附“{form.name}”，请对照核对"
    for n, (each, title) in enumerate(zip(form.fields, _titles(form.fields), strict=True), 1):
        yield f"      - {_field(n, each, title)}"


def shown(form: EnclosedForm) -> Iterator[str]:
    """The form as a remark, for a clerk to copy."""
    yield f"# 所附“{form.name}”列有下列指标，通知没有写明随哪一项报送：{quoted(form.evidence.quote)}"
    yield "# 需要的，抄入那一项的 fields："
    for n, (each, title) in enumerate(zip(form.fields, _titles(form.fields), strict=True), 1):
        yield f"#      - {_field(n, each, title)}"


def _field(n: int, each: FormField, title: str) -> str:
    said = f"id: item{n}, title: {scalar(title)}"
    if not each.unit:
        return f"{{{said}}}  # 待填：表上没有写计量单位，可加 unit"
    said += f", unit: {scalar(each.unit)}"
    said += ", whole: false" if _FRACTIONS.fullmatch(each.unit) else ""
    said += f", high: {_HIGH}" if _LARGE.fullmatch(each.unit) else ""
    return f"{{{said}}}"


def _titles(asked: Sequence[FormField]) -> Iterator[str]:
    """No two fields of a form bear one title."""
    seen: dict[str, int] = {}
    for each in asked:
        seen[each.title] = seen.get(each.title, 0) + 1
        yield f"{each.title}（{seen[each.title]}）" if seen[each.title] > 1 else each.title


def _plain(name: str) -> str:
    return _BESIDES.sub("", name)
