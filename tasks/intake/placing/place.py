"""Whose report a document is, and of what: pure rules over what was read.

A document becomes part of a submission only when unit and obligation are both certain. Everything else
goes to the queue with the candidates and the reasons.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tasks.intake.forms.sheet_times import of_its_time, of_several_times
from tasks.intake.forms.units import Who, form_codes
from tasks.intake.forms.whose_rows import as_the_units, counted_nowhere
from tasks.intake.placing.asked_besides import asked_besides, asked_in_answer, is_polite
from tasks.intake.placing.from_below import without_those_from_below
from tasks.intake.placing.in_the_words import forms_in
from tasks.intake.placing.not_a_report import is_of_another_kind, is_our_notice, is_unrelated
from tasks.intake.placing.not_yet_meant import not_yet_meant, only_a_draft
from tasks.intake.placing.passed_on import passed_on
from tasks.intake.placing.placement import (
    CLOSED,
    PICTURE,
    STAYED_SHUT,
    Context,
    Document,
    Placed,
    Placement,
    Undecided,
    codes,
    said_of,
)
from tasks.intake.placing.robots import from_a_robot
from tasks.intake.placing.rules import Rules
from tasks.intake.placing.said_otherwise import held_back
from tasks.intake.placing.shared_mailbox import is_nobodys, ours
from tasks.intake.placing.together import one_form_each, with_companions
from tasks.intake.words.occurrence import head_of, stated
from tasks.mail.classify import REPLY, shows_photo
from tasks.mail.intent import REPORTS
from tasks.notice.unfold import is_once, series_of
from tasks.roster.duty import why_not_owed
from tasks.terms.campaign import Campaign
from tasks.terms.mails import ROBOTS, Mail
from tasks.terms.obligation import Obligation
from tasks.terms.wording import quoted

NAMING_FINDINGS = frozenset({"UNIT_MISSING", "AMBIGUOUS_UNIT"})
"""A form that does not name its unit is no fault once the sender is known."""

NOBODYS = "文件打不开或读不出，又看不出是哪个专项的材料，请与报送单位核实"

LINKED = "信中另有下载链接（超大附件或网盘），其中的文件没有随信发来"

_SHORT = 200
"""A reply beyond this says more than thanks."""


def place_mail(
    rules: Rules, mail: Mail, documents: Sequence[Document], received: date | None = None
) -> Placement:
    """Place a mail and its documents, received on that day.

    A robot's mail is noted and never answered; a report it brings or tells of is for a person.
    """
    context = Context(
        mail.sender, mail.subject, text=mail.text, received=received, passed_on=passed_on(rules.roster, mail)
    )
    if mail.kind in ROBOTS:
        return from_a_robot(rules, mail, context, documents)
    documents, elsewhere = ours(rules.campaign, rules.others, mail, documents)
    if elsewhere and not documents:
        return with_words(rules, mail, context, Placement(reasons=(*mail.reasons, *elsewhere)))
    own = [d for d in documents if is_our_notice(rules.campaign, d.file, d.content)]
    documents = [d for d in documents if d not in own]
    told = tuple(f"附件“{d.file.filename}”是本局的通知，不是报送材料" for d in own)
    mail = replace(mail, reasons=(*mail.reasons, *told)) if told else mail
    if not documents and _only_answers(mail, with_the_notice=bool(own)):
        return Placement(reasons=(*mail.reasons, "回复中没有报送内容，已记录"))
    if mail.kind in {"suspicious", "needs_person"} or not documents:
        return Placement(undecided=(_whole_mail(rules, mail, context),), reasons=mail.reasons)
    if mail.sender not in rules.roster.by_address:
        return Placement(undecided=tuple(_unknown_sender(rules, context, d) for d in documents))
    placement = place_documents(rules, context, documents)
    placement = not_yet_meant(rules.campaign, mail.subject, mail.text, placement)
    placement = held_back(rules.campaign, mail.text, placement)
    taken = mail.unpacked or any(CLOSED.isdisjoint(codes(p.document)) for p in placement.placed)
    said = (LINKED, *mail.reasons) if mail.linked else mail.reasons
    shut = taken and (mail.linked or not STAYED_SHUT.isdisjoint(mail.flags))
    placement = with_words(rules, mail, context, placement)
    placement = with_what_stayed_shut(rules, said, context, placement) if shut else placement
    return with_what_is_asked(rules, mail, context, placement)


def _only_answers(mail: Mail, *, with_the_notice: bool) -> bool:
    """Whether a mail only says thanks, our own notice beside it or not; who reports took a wrong file."""
    if len(mail.text) > _SHORT or not is_polite(mail.text):
        return False
    reports = not REPLY.search(mail.subject) and REPORTS.search(f"{mail.subject}\n{mail.text}")
    return mail.kind == "reply" or (with_the_notice and not reports)


def with_what_stayed_shut(
    rules: Rules, said: Sequence[str], context: Context, placement: Placement
) -> Placement:
    """Beside what was taken, what stayed shut or was lost: it may be a report, and a person is told of it."""
    found = rules.match(context, None, ())
    reasons = ("来件中有没能打开或不完整的内容，请查看原件", *said)
    left = Undecided(None, rules.reporting(found), reasons)
    return replace(placement, undecided=(*placement.undecided, left))


def with_what_is_asked(rules: Rules, mail: Mail, context: Context, placement: Placement) -> Placement:
    """Beside what was taken, what the mail asks, unless a person looks at it anyhow."""
    asked = "" if placement.undecided else asked_besides(mail)
    if not asked:
        return placement
    left = Undecided(None, rules.reporting(rules.match(context, None, ())), (asked,))
    return replace(placement, undecided=(left,))


def with_words(rules: Rules, mail: Mail, context: Context, placement: Placement) -> Placement:
    """Beside what was taken, a form the mail gives in its own words, when no file of it came."""
    if placement.undecided:
        return placement  # a person looks at this mail as it is
    taken = {series_of(p.obligation) for p in placement.placed}
    said = [o for o in forms_in(rules.campaign, mail.text) if series_of(o.id) not in taken]
    if not said:
        return placement
    titles = "、".join(dict.fromkeys(quoted(o.title.partition("（")[0]) for o in said))
    reasons = (f"邮件正文里另有{titles}的数字，没有随附件报来，请核实后登记", *mail.reasons)
    left = Undecided(None, rules.reporting(rules.match(context, None, ())), reasons)
    return replace(placement, undecided=(left,))


def _whole_mail(rules: Rules, mail: Mail, context: Context) -> Undecided:
    found = rules.match(context, None, ())
    # Only a mail that may hold the report itself, or waits for our word, keeps its unit from being chased.
    may_report = mail.kind in {"body_only", "large_attachment_link", "suspicious", "needs_person"}
    asked = asked_in_answer(mail)
    reasons = (*((asked,) if asked else ()), *mail.reasons, *found.reasons)
    shown = mail.kind == "incomplete" and shows_photo(mail.text, mail.inline_images)
    waits = (may_report or asked or shown) and (not mail.sender or mail.sender != rules.superior)
    return Undecided(None, rules.reporting(found) if waits else (), reasons)


def _unknown_sender(rules: Rules, context: Context, document: Document) -> Undecided:
    found = rules.match(context, document.reading, [document.file.filename])
    reason = f"发件地址 {context.sender or '（空）'} 不在名册上，请核实后指定报送单位"
    return Undecided(document.file, rules.reporting(found), (reason, *said_of(document), *found.reasons))


def place_documents(rules: Rules, context: Context, documents: Sequence[Document]) -> Placement:
    """Place documents that came together: main documents become reports, the rest goes with them."""
    main = [d for d in documents if d.content.format != PICTURE]
    if not main:
        found = rules.match(context, None, [d.file.filename for d in documents])
        reasons = ("只有图片，没有可读的材料", *found.reasons)
        return Placement(
            undecided=tuple(Undecided(d.file, rules.reporting(found), reasons) for d in documents)
        )
    placed: list[Placed] = []
    undecided: list[Undecided] = []
    for document in main:
        result = _place_one(rules, context, document)
        (placed if isinstance(result, Placed) else undecided).append(result)  # type: ignore[arg-type]
    placed, below = without_those_from_below(rules.campaign, rules.roster, placed)
    kept, doubled = one_form_each(placed)
    pictures = tuple(d.file for d in documents if d.content.format == PICTURE)
    return Placement(tuple(with_companions(kept, pictures)), (*undecided, *below, *doubled))


def _place_one(rules: Rules, context: Context, document: Document) -> Placed | Undecided:
    found = rules.match(context, document.reading, [document.file.filename])
    unit = rules.reporter(found.unit)
    obligation = obligation_of(rules.campaign, document, context.subject, context.received)
    reasons = (*said_of(document), *found.reasons, *document.reading.reasons)
    if unit is None:
        return Undecided(document.file, rules.reporting(found), reasons)
    if obligation is None:
        return Undecided(document.file, (unit,), (*reasons, _open_question(rules.campaign, document)))
    if is_nobodys(rules.campaign, rules.others, context, document):
        return Undecided(document.file, (unit,), (*reasons, NOBODYS))
    document = replace(document, reading=as_the_units(document.reading, found.unit or unit))
    if doubt := _doubt(rules, context, document, unit, rules.campaign.obligation(obligation)):
        candidates, said = doubt
        return Undecided(document.file, candidates, (*reasons, said))
    return Placed(obligation, unit, named(document), (document.file,))


def _doubt(
    rules: Rules, context: Context, document: Document, unit: str, asked: Obligation
) -> tuple[tuple[str, ...], str] | None:
    """What keeps a document from being that unit's report, and which units it may concern."""
    came = context.received or date.max
    if is_unrelated(rules.campaign, asked, document.file, document.content):
        return (unit,), "看不出这份文件是不是本专项的材料，请核实"
    if only_a_draft(document.file.filename, asked):
        return (unit,), "文件名写明是草稿、初稿一类，没有当作正式报件收取，请与报送单位核实"
    if asked.deliverable == "narrative" and is_of_another_kind(document.content):
        return (unit,), f"文件标题写明是通知、方案一类，看不出是不是{quoted(asked.title)}，请核实"
    if others := _others_in(rules, document, unit):
        listed = "、".join(quoted(rules.roster[code].name) for code in others)
        return (
            unit,
            *others,
        ), f"表中还有{listed}的数字，一份材料只能记在一个单位名下，请与报送单位核实后指定"
    if asked.id not in rules.reporters[unit] or (asked.since and came < asked.since):
        return (unit,), why_not_owed(rules.roster[unit], asked, rules.roster, came)
    said = counted_nowhere(document.reading, asked, unit, rules.roster, came)
    return ((unit,), said) if said else None


def _others_in(rules: Rules, document: Document, unit: str) -> tuple[str, ...]:
    """The other reporting units, not below this one, whose figures stand in rows of the same form."""
    who = Who(rules.roster)
    told = [r.unit for r in document.reading.rows if r.unit and any(v for v in r.values.values())]
    apart = [rules.reporter(code) for code in told if not who.related(code, unit)]
    return tuple(dict.fromkeys(code for code in apart if code and code != unit))


def obligation_of(
    campaign: Campaign, document: Document, subject: str = "", received: date | None = None
) -> str | None:
    """The obligation a document answers, or None when that is not certain."""
    filename, read = document.file.filename, document.reading.obligation
    content = of_its_time(campaign, document.content, filename)
    if read and is_once(campaign.obligation(read)):
        return read
    if read:
        if of_several_times(campaign, read, content):
            return None
        top = next((sheet.rows for sheet in content.sheets if sheet.visible and sheet.rows), ())
        titles = [filename, subject, *head_of(top, content.text)]
        return stated(campaign, read, form_codes(content), titles, received)
    if len(campaign.obligations) == 1:
        return campaign.obligations[0].id
    named = [o.id for o in campaign.obligations if _names(filename, o)]
    return named[0] if len(named) == 1 else None


def _open_question(campaign: Campaign, document: Document) -> str:
    if document.reading.obligation is None:
        return "看不出这份材料对应哪个报送事项，请指定"
    title = campaign.obligation(document.reading.obligation).title.partition("（")[0]
    if of_several_times(campaign, document.reading.obligation, document.content):
        return f"文件里有几次的{quoted(title)}，看不出这次报的是哪一张工作表，请核实；每次单独报一份最稳妥"
    return f"看不出这份材料是哪一次的{quoted(title)}，请指定"


def _names(filename: str, obligation: Obligation) -> bool:
    words = {"form": ("统计表", "汇总表", "报表"), "narrative": ("总结", "报告", "小结")}
    return obligation.title in filename or any(w in filename for w in words[obligation.deliverable])


def named(document: Document) -> Document:
    """A document whose unit is certain, without the findings that only said it was not named."""
    findings = tuple(f for f in document.reading.findings if f.code not in NAMING_FINDINGS)
    if findings == document.reading.findings:
        return document
    return replace(document, reading=replace(document.reading, findings=findings))
